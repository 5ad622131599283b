#include "core/search.h"
#include "support/search.h"

static int64_t add_symbol(struct fixture *f, const char *symbol)
{
	struct entry_request request = fixture_request(f);

	request.fields.symbol = symbol;
	return fixture_register(f, &request).id;
}

static void test_words_find_without_diacritics(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Về đẩy mạnh cải cách hành chính, xoá đói");

	assert_true(finds(f, "cai cach hanh chinh", id));
	assert_true(finds(f, "CẢI CÁCH", id));
	assert_true(finds(f, "day manh", id));
	assert_true(finds(f, "xóa đói", id)); /* the other school's spelling */
	assert_true(finds(f, "xoá đói", id));
	assert_true(finds(f, "ca\u0309i ca\u0301ch", id)); /* NFD */
	assert_true(finds(f, "cải cá", id));		   /* unfinished */
	assert_false(finds(f, "cải cách xyz", id));
}

static void test_exact_spelling_stands_first(void **state)
{
	struct fixture *f = *state;
	int64_t rain = add(f, "Phòng chống mưa lũ");
	int64_t season = add(f, "Sản xuất mùa vụ");
	int64_t buy = add(f, "Kế hoạch mua sắm");
	struct search_answer answer = find(f, "mưa");

	assert_int_equal(answer.hit_count, 3);
	assert_int_equal(answer.hits[0].id, rain);
	assert_int_equal(answer.hits[1].id, buy);
	assert_int_equal(answer.hits[2].id, season);
	answer = find(f, "mua"); /* no diacritics typed: newest first */
	assert_int_equal(answer.hits[0].id, buy);
	assert_int_equal(answer.hits[2].id, rain);
}

static void test_quotes_find_the_exact_form_only(void **state)
{
	struct fixture *f = *state;
	int64_t rain = add(f, "Phòng chống mưa lũ");
	int64_t season = add(f, "Sản xuất mùa vụ");
	int64_t buy = add(f, "Kế hoạch mua sắm");

	assert_true(finds(f, "\"mưa\"", rain));
	assert_false(finds(f, "\"mưa\"", season));
	assert_true(finds(f, "\"mua\"", buy));
	assert_false(finds(f, "\"mua\"", rain));
	assert_true(finds(f, "“mưa lũ” chống", rain));
	assert_false(finds(f, "\"lũ mưa\"", rain));
	assert_true(finds(f, "lũ mưa", rain));
}

static void test_numbers_whole_and_in_parts(void **state)
{
	static const char *const typed[] = {
		"12",
		"12/",
		"12/q",
		"12/qd",
		"12/QĐ",
		"12/qd-ubnd",
		"12/QD-UBND",
		"12 qd ubnd",
		"012/QĐ-UBND",
		"12 / QĐ - UBND",
		"qd-ubnd",
		"Số 12/QĐ-UBND",
	};
	struct fixture *f = *state;
	int64_t id = add_symbol(f, "12/QĐ-UBND");
	int64_t other = add_symbol(f, "123/QĐ-UBND");

	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		if (!finds(f, typed[i], id))
			fail_msg("'%s' does not find 12/QĐ-UBND", typed[i]);
	}
	assert_false(finds(f, "12/qd-ubnd", other));
	assert_true(finds(f, "ubnd", other));
	assert_true(finds(f, "ủy ban nhân dân", other)); /* spelled out */
}

static void test_the_right_number_stands_first(void **state)
{
	struct fixture *f = *state;
	int64_t id = add_symbol(f, "1234/UBND-KT");
	struct search_answer answer;

	(void)add(f, "Trả lời công văn số 1234/UBND-KT của tỉnh");
	answer = find(f, "1234 ubnd kt");
	assert_int_equal(answer.hit_count, 2);
	assert_int_equal(answer.hits[0].id, id);
	assert_true(answer.hits[0].is_right_number);
	assert_false(answer.hits[1].is_right_number);
	answer = find(f, "đến 1"); /* the first line of the book */
	assert_int_equal(answer.hits[0].id, id);
	assert_true(answer.hits[0].is_right_number);
	assert_int_equal(find(f, "đi 1").hit_count, 0);
}

static void test_marks_are_whole_words_of_the_original(void **state)
{
	struct fixture *f = *state;
	struct search_answer answer;

	(void)add(f, "Về đẩy mạnh Cải cách hành chính (12/QĐ-UBND)");
	answer = find(f, "cai cach \"hành chính\" 12/qd");
	assert_int_equal(answer.hit_count, 1);
	assert_string_equal(marked(f, &answer.hits[0].subject),
			    "Về đẩy mạnh [Cải] [cách] [hành chính] "
			    "([12/QĐ-UBND])");
	answer = find(f, "đẩ");
	assert_string_equal(marked(f, &answer.hits[0].subject),
			    "Về [đẩy] mạnh Cải cách hành chính (12/QĐ-UBND)");
	answer = find(f, "dong thap");
	assert_string_equal(marked(f, &answer.hits[0].issuer),
			    "UBND tỉnh [Đồng] [Tháp]");
}

static void test_filters_and_days(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Báo cáo tuần");
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = "bao cao",
		.direction = "in",
		.year = "2026",
		.from = "2026-06-24",
		.to = "2026-06-24",
	};
	struct search_answer answer;

	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 1);
	assert_int_equal(answer.hits[0].id, id);
	assert_string_equal(answer.hits[0].date, "2026-06-24");
	assert_true(answer.hits[0].agency_id > 0);
	request.issuer = arena_print(f->arena, "%lld",
				     (long long)answer.hits[0].agency_id);
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 1);
	request.to = "2026-06-23";
	request.from = NULL;
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 0);
	request.to = NULL;
	request.direction = "out";
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 0);
	request.direction = "in";
	request.organisation_id++;
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 0);
}

static size_t count_for(struct fixture *f, const struct actor *viewer)
{
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.viewer = viewer,
	};
	struct search_answer answer = { .hits = NULL };

	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	return answer.hit_count;
}

static void test_people_find_only_what_they_may_open(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct actor nobody = f->specialist;

	must(db_run(f->db, insert_reading, &f->why));
	must(search_index_letter(f->db, 1, &f->why));
	(void)fixture_register(f, &request);
	assert_int_equal(count_for(f, &f->clerk), 2);
	assert_int_equal(count_for(f, &f->specialist), 0);
	request = fixture_request(f);
	request.fields.unit_id = f->unit_id;
	(void)fixture_register(f, &request);
	assert_int_equal(count_for(f, &f->specialist), 1);
	nobody.unit_id = f->other_unit_id;
	assert_int_equal(count_for(f, &nobody), 0);
	nobody.unit_id = 0;
	assert_int_equal(count_for(f, &nobody), 0);
}

static void test_nonsense_is_refused(void **state)
{
	struct fixture *f = *state;
	struct search_request request = { .organisation_id = 1, .text = "x" };
	struct search_answer answer;

	request.from = "24/06/2026";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.from = NULL;
	request.direction = "up";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.direction = "in,";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.direction = NULL;
	request.issuer = "1,2,x";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.issuer =
		"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,"
		"21";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.issuer = NULL;
	request.status = "done OR working";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.status = NULL;
	request.limit = SEARCH_LIMIT_MAX + 1;
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.invalid");
	request.limit = 0;
	request.after = "2; DROP TABLE entry";
	must_fail(search_find(f->db, &request, f->arena, &answer, &f->why),
		  "search.cursor");
}

static void test_pages_follow_each_other_without_gap_or_double(void **state)
{
	struct fixture *f = *state;
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = "mưa",
		.limit = 3,
	};
	int64_t seen[40];
	size_t count = 0;

	for (int i = 0; i < 20; i++)
		(void)add(f, i % 3 == 0 ? "Chống mưa lũ" : "Vụ mùa");
	do {
		struct search_answer answer;

		must(search_find(f->db, &request, f->arena, &answer, &f->why));
		assert_true(answer.hit_count > 0);
		for (size_t i = 0; i < answer.hit_count; i++)
			seen[count++] = answer.hits[i].id;
		assert_true(count <= 20);
		request.after = answer.next_after;
	} while (request.after);
	assert_int_equal(count, 20);
	for (size_t i = 1; i < count; i++) {
		for (size_t j = 0; j < i; j++)
			assert_int_not_equal(seen[i], seen[j]);
		if (i != 7) /* 7 exact ones, newest first; then the others */
			assert_true(seen[i] < seen[i - 1]);
	}
}

static void test_facets_count_without_their_own_filter(void **state)
{
	struct fixture *f = *state;
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = "bao cao",
	};
	struct entry_request other = fixture_request(f);
	struct search_facets facets;
	const struct search_facet *issuers;

	(void)add(f, "Báo cáo tháng");
	(void)add(f, "Báo cáo quý");
	other.fields.issuer = "Sở Nội vụ";
	(void)fixture_register(f, &other);
	must(search_count_facets(f->db, &request, f->arena, &facets,
				 &f->why));
	assert_int_equal(facets.total, 3);
	issuers = facet(&facets, "issuer");
	assert_int_equal(issuers->count, 2);
	assert_int_equal(issuers->counts[0].count, 2);
	assert_string_equal(issuers->counts[0].label, "UBND tỉnh Đồng Tháp");
	assert_string_equal(facet(&facets, "year")->counts[0].value, "2026");
	assert_string_equal(facet(&facets, "direction")->counts[0].value, "in");
	request.issuer = issuers->counts[1].value;
	must(search_count_facets(f->db, &request, f->arena, &facets,
				 &f->why));
	assert_int_equal(facets.total, 1);
	assert_int_equal(facet(&facets, "issuer")->count, 2);
	assert_int_equal(facet(&facets, "year")->counts[0].count, 1);
}

static void test_values_of_a_filter_are_or_filters_are_and(void **state)
{
	struct fixture *f = *state;
	struct search_request request = {
		.organisation_id = f->organisation_id,
	};
	struct entry_request other = fixture_request(f);
	struct search_facets facets;
	const struct search_facet *issuers;
	struct search_answer answer;

	(void)add(f, "Báo cáo tháng");
	other.fields.issuer = "Sở Nội vụ";
	(void)fixture_register(f, &other);
	other.fields.issuer = "Sở Tài chính";
	(void)fixture_register(f, &other);
	must(search_count_facets(f->db, &request, f->arena, &facets,
				 &f->why));
	issuers = facet(&facets, "issuer");
	assert_int_equal(issuers->count, 3);
	request.issuer = arena_print(f->arena, "%s,%s",
				     issuers->counts[0].value,
				     issuers->counts[1].value);
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 2);
	must(search_count_facets(f->db, &request, f->arena, &facets,
				 &f->why));
	assert_int_equal(facets.total, 2);
	assert_int_equal(facet(&facets, "issuer")->count, 3);
	request.status = "done,working";
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 0);
	request.status = "done,registered";
	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 2);
	must(search_count_facets(f->db, &request, f->arena, &facets,
				 &f->why));
	assert_int_equal(facet(&facets, "status")->count, 2);
	assert_int_equal(facet(&facets, "status")->counts[0].count, 2);
	assert_string_equal(facet(&facets, "status")->counts[1].value, "done");
	assert_int_equal(facet(&facets, "status")->counts[1].count, 0);
}

static void test_a_histogram_has_no_gaps_and_no_span(void **state)
{
	static const struct {
		const char *day, *step;
		size_t bars;
		const char *first;
	} older[] = {
		{ "2026-06-20", "day", 5, "2026-06-20" },
		{ "2026-01-05", "week", 25, "2026-01-05" },
		{ "2023-12-31", "month", 31, "2023-12-01" },
	};
	struct fixture *f = *state;
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = "bao cao",
		.from = "2026-06-24",
	};
	struct search_histogram histogram;

	must(search_count_days(f->db, &request, f->arena, &histogram,
			       &f->why));
	assert_int_equal(histogram.count, 0);
	(void)add(f, "Báo cáo tháng");
	(void)add(f, "Báo cáo quý");
	for (size_t i = 0; i < sizeof older / sizeof older[0]; i++) {
		must(db_run(f->db,
			    arena_print(f->arena,
					"UPDATE entry SET day = '%s'"
					" WHERE id = (SELECT min(id)"
					"               FROM entry)",
					older[i].day),
			    &f->why));
		must(search_rebuild(f->db, &f->why));
		must(search_count_days(f->db, &request, f->arena, &histogram,
				       &f->why));
		assert_string_equal(histogram.step, older[i].step);
		assert_int_equal(histogram.count, older[i].bars);
		assert_string_equal(histogram.bars[0].from, older[i].first);
		assert_int_equal(histogram.bars[0].count, 1);
		assert_int_equal(histogram.bars[1].count, 0);
		assert_int_equal(histogram.bars[histogram.count - 1].count, 1);
		assert_false(histogram.is_capped);
	}
}

static void test_whatever_is_typed_compiles(void **state)
{
	static const char *const typed[] = {
		"\"",
		"\"\"",
		"\"\"\"",
		"AND",
		"NOT x",
		"a OR",
		"NEAR(a b)",
		"(",
		")))",
		"^a",
		"a*",
		"*",
		"col : x",
		"tags : \x01ke",
		"{a b} : c",
		"a + b",
		"-a",
		"\\",
		"';--",
		"%",
		"a\"b\"c",
		"“",
		"«a",
		"12/",
		"/",
		"1/a/b/c/d/e/f/g/h/i",
		"\xFF\xFE",
		"=a",
		"= =",
		"\x01",
		"\x01\x01",
		"a\n\tb",
		"...",
		"'",
	};
	struct fixture *f = *state;
	unsigned value = 3;

	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++)
		(void)find(f, typed[i]);
	for (int round = 0; round < 3000; round++) {
		static const char signs[] =
			"\"\"''()*^:+-{}ab12/ \x01\xE1\xBB\x91"
			"NOT AND OR =,";
		char text[40] = { 0 };

		for (size_t i = 0; i < (size_t)round % sizeof text; i++) {
			value = value * 1664525u + 1013904223u;
			text[i] = signs[(value >> 16) % (sizeof signs - 1)];
		}
		text[sizeof text - 1] = '\0';
		(void)find(f, text);
		if (round % 100 == 0)
			arena_reset(f->arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_words_find_without_diacritics),
		FIXTURE_TEST(test_exact_spelling_stands_first),
		FIXTURE_TEST(test_quotes_find_the_exact_form_only),
		FIXTURE_TEST(test_numbers_whole_and_in_parts),
		FIXTURE_TEST(test_the_right_number_stands_first),
		FIXTURE_TEST(test_marks_are_whole_words_of_the_original),
		FIXTURE_TEST(test_filters_and_days),
		FIXTURE_TEST(test_people_find_only_what_they_may_open),
		FIXTURE_TEST(test_nonsense_is_refused),
		FIXTURE_TEST(
			test_pages_follow_each_other_without_gap_or_double),
		FIXTURE_TEST(test_facets_count_without_their_own_filter),
		FIXTURE_TEST(
			test_values_of_a_filter_are_or_filters_are_and),
		FIXTURE_TEST(test_a_histogram_has_no_gaps_and_no_span),
		FIXTURE_TEST(test_whatever_is_typed_compiles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
