#include "core/letter.h"
#include "core/match.h"
#include "core/search.h"
#include "core/search_item.h"
#include "store/query.h"
#include "support/register.h"

static const char check_index[] =
	"INSERT INTO search_index (search_index, rank)"
	" VALUES ('integrity-check', 1)";
static const char insert_reading[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_name,"
	" sender_address, body, sameness, read_at)"
	" VALUES (101, '1', 'Mời họp về cấp nước', 'Nguyễn Văn Bình',"
	" 'binh@dongthap.gov.vn',"
	" 'Kính gửi các đơn vị, hạn hán kéo dài ở các xã ven biển.', 's', 0)";
static const char insert_forwarded[] =
	"INSERT INTO part (of_file_id, position, path, type, name, class,"
	"                  bytes, file_id)"
	" VALUES (101, 2, '4', 'message/rfc822', NULL, 'message', 200, 103),"
	"        (103, 0, '2', 'application/pdf', 'thu-moi.pdf', 'file', 1,"
	"         102)";
static const char insert_forwarded_reading[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_name,"
	" sameness, read_at)"
	" VALUES (103, '1', 'Thư chuyển tiếp', 'Lê Thị Hạnh', 't', 0)";

static void decide(struct fixture *f, const char *decision)
{
	struct letter_decision wanted = {
		.letter_id = 1,
		.decision = decision,
		.reason = "thử",
		.actor_id = f->clerk.id,
		.actor_name = f->clerk.name,
	};

	must(letter_decide(f->db, &wanted, &f->why));
}

/* Registers an incoming document with this subject. */
static int64_t add(struct fixture *f, const char *subject)
{
	struct entry_request request = fixture_request(f);

	request.fields.subject = subject;
	return fixture_register(f, &request).id;
}

static int64_t add_symbol(struct fixture *f, const char *symbol)
{
	struct entry_request request = fixture_request(f);

	request.fields.symbol = symbol;
	return fixture_register(f, &request).id;
}

static struct search_answer find(struct fixture *f, const char *text)
{
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = text,
	};
	struct search_answer answer = { .hits = NULL };

	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	return answer;
}

static bool finds(struct fixture *f, const char *text, int64_t id)
{
	struct search_answer answer = find(f, text);

	for (size_t i = 0; i < answer.hit_count; i++) {
		if (answer.hits[i].id == id &&
		    strcmp(answer.hits[i].kind, "entry") == 0)
			return true;
	}
	return false;
}

/* The text with its marks in brackets; ASCII and Vietnamese only. */
static const char *marked(struct fixture *f, const struct search_text *text)
{
	auto_text result = { 0 };
	size_t unit = 0;

	for (const char *c = text->string;; c++) {
		bool is_start = ((unsigned char)*c & 0xC0) != 0x80;

		for (size_t i = 0; is_start && i < text->range_count; i++) {
			const struct search_range *range = &text->ranges[i];

			if (range->start + range->length == unit)
				text_add_char(&result, ']');
			if (range->start == unit)
				text_add_char(&result, '[');
		}
		if (*c == '\0')
			return arena_copy(f->arena, text_string(&result));
		unit += is_start;
		text_add_char(&result, *c);
	}
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

static void test_edits_leave_no_old_words(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = { .actor = f->clerk,
				       .id = entry.id,
				       .version = entry.version,
				       .now = f->now };

	entry.fields.subject = "Tuyển sinh lớp sáu";
	must(entry_edit(f->db, &change, &entry.fields, f->arena, &f->why));
	assert_true(finds(f, "tuyen sinh", entry.id));
	assert_false(finds(f, "cai cach", entry.id));
	must(db_run(f->db, check_index, &f->why));
}

static void test_an_undone_registration_leaves(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Tuyển sinh lớp sáu");
	struct entry_change change = { .actor = f->clerk,
				       .id = id,
				       .version = 1,
				       .now = f->now + 1 };

	assert_true(finds(f, "tuyen sinh", id));
	must(entry_undo(f->db, &change, &f->why));
	assert_false(finds(f, "tuyen sinh", id));
	assert_int_equal(find(f, "").hit_count, 0);
	must(db_run(f->db, check_index, &f->why));
}

static int64_t count_pending(struct fixture *f)
{
	auto_query *query = db_query(
		f->db, "SELECT count(*) FROM search_pending", &f->why);

	must(query_one(query, &f->why));
	return query_get_int(query, 0);
}

static void test_what_did_not_change_is_not_written(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Tuyển sinh lớp sáu");

	assert_int_equal(count_pending(f), 1);
	must(search_item_settle(f->db, &f->why));
	must(search_index_entry(f->db, id, &f->why));
	assert_int_equal(count_pending(f), 0);
	must(db_run(f->db, "UPDATE entry SET note = 'khác'", &f->why));
	must(search_index_entry(f->db, id, &f->why));
	assert_int_equal(count_pending(f), 1);
}

static void test_letters_are_found_unless_in_quarantine(void **state)
{
	struct fixture *f = *state;
	struct search_answer answer;

	must(search_index_letter(f->db, 1, &f->why));
	assert_int_equal(find(f, "").hit_count, 0); /* not read yet */
	must(db_run(f->db, insert_reading, &f->why));
	must(search_index_letter(f->db, 1, &f->why));
	answer = find(f, "han han");
	assert_int_equal(answer.hit_count, 1);
	assert_string_equal(answer.hits[0].kind, "letter");
	assert_string_equal(answer.hits[0].files.string, "61.PDF\nPL.PDF");
	assert_string_equal(marked(f, &answer.hits[0].excerpt),
			    "Kính gửi các đơn vị, [hạn] [hán] kéo dài ở các "
			    "xã ven biển.");
	assert_int_equal(find(f, "61.pdf").hit_count, 1);
	assert_int_equal(find(f, "binh@dongthap").hit_count, 1);
	decide(f, "quarantine");
	assert_int_equal(find(f, "han han").hit_count, 0);
	decide(f, "reopen");
	assert_int_equal(find(f, "han han").hit_count, 1);
	must(db_run(f->db, check_index, &f->why));
}

static void test_a_letter_carries_what_was_forwarded_in_it(void **state)
{
	struct fixture *f = *state;

	must(db_run(f->db, insert_reading, &f->why));
	must(db_run(f->db, insert_forwarded, &f->why));
	must(db_run(f->db, insert_forwarded_reading, &f->why));
	must(search_index_file(f->db, 103, &f->why));
	assert_int_equal(find(f, "chuyen tiep").hit_count, 1);
	assert_int_equal(find(f, "le thi hanh").hit_count, 1);
	assert_int_equal(find(f, "thu-moi.pdf").hit_count, 1);
}

static void test_an_entry_carries_the_words_of_its_letter(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct search_answer answer;
	int64_t id;

	must(db_run(f->db, insert_reading, &f->why));
	must(search_index_letter(f->db, 1, &f->why));
	request.letter_id = 1;
	id = fixture_register(f, &request).id;
	must(search_index_letter(f->db, 1, &f->why));
	answer = find(f, "hạn hán");
	assert_int_equal(answer.hit_count, 1);
	assert_string_equal(answer.hits[0].kind, "entry");
	assert_int_equal(answer.hits[0].id, id);
	assert_true(finds(f, "nguyen van binh", id));
	assert_true(finds(f, "PL.PDF", id));
}

static void test_filters_and_days(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Báo cáo tuần");
	struct search_request request = {
		.organisation_id = f->organisation_id,
		.text = "bao cao",
		.direction = "in",
		.year = 2026,
		.from = "2026-06-24",
		.to = "2026-06-24",
	};
	struct search_answer answer;

	must(search_find(f->db, &request, f->arena, &answer, &f->why));
	assert_int_equal(answer.hit_count, 1);
	assert_int_equal(answer.hits[0].id, id);
	assert_string_equal(answer.hits[0].date, "2026-06-24");
	request.agency_id = answer.hits[0].agency_id;
	assert_true(request.agency_id > 0);
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
	request.direction = NULL;
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

static const struct search_facet *facet(const struct search_facets *facets,
					const char *name)
{
	for (size_t i = 0; i < facets->facet_count; i++) {
		if (strcmp(facets->facets[i].name, name) == 0)
			return &facets->facets[i];
	}
	fail_msg("no facet %s", name);
	return NULL;
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
	request.agency_id = strtoll(issuers->counts[1].value, NULL, 10);
	must(search_count_facets(f->db, &request, f->arena, &facets,
				 &f->why));
	assert_int_equal(facets.total, 1);
	assert_int_equal(facet(&facets, "issuer")->count, 2);
	assert_int_equal(facet(&facets, "year")->counts[0].count, 1);
}

/* Every line is looked at in two ways: by the index, and, while its words
 * wait, by itself. Both must say the same. */
static void test_waiting_lines_are_found_as_settled_ones(void **state)
{
	static const char *const subjects[] = {
		"Chống mưa lũ",
		"Vụ mùa, mua sắm",
		"Về 12/QĐ-UBND và hòa giải",
		"Họp UBND tỉnh",
		"Ủy ban nhân dân họp",
		"Nghị quyết số 05",
	};
	static const char *const typed[] = {
		"mưa",
		"mua",
		"\"mua\"",
		"mưa l",
		"hoà",
		"12/qd",
		"12 qd ubnd",
		"ubnd",
		"uy ban nhan dan",
		"\"Ủy ban\"",
		"họp ubnd",
		"5",
		"05",
		"\"05\"",
		"nghi quy",
		"vu mua",
		"\"vụ mùa\" sam",
		"x",
		"kt",
	};
	struct fixture *f = *state;
	const char *before[sizeof typed / sizeof typed[0]];

	for (size_t i = 0; i < sizeof subjects / sizeof subjects[0]; i++)
		(void)add(f, subjects[i]);
	for (int settled = 0; settled < 2; settled++) {
		for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
			struct search_answer answer = find(f, typed[i]);
			auto_text ids = { 0 };

			for (size_t j = 0; j < answer.hit_count; j++)
				text_addf(&ids, "%lld ",
					  (long long)answer.hits[j].id);
			if (settled)
				assert_string_equal(text_string(&ids),
						    before[i]);
			before[i] = arena_copy(f->arena, text_string(&ids));
		}
		must(search_item_settle(f->db, &f->why));
	}
	must(db_run(f->db, check_index, &f->why));
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

static void test_rebuilding_changes_nothing(void **state)
{
	struct fixture *f = *state;
	int64_t id = add(f, "Về đẩy mạnh cải cách");
	bool is_stale = true;

	must(db_run(f->db, insert_reading, &f->why));
	must(search_rebuild(f->db, &f->why));
	must(search_is_stale(f->db, &is_stale, &f->why));
	assert_false(is_stale);
	assert_true(finds(f, "day manh", id));
	assert_int_equal(find(f, "han han").hit_count, 1);
	must(db_run(f->db, check_index, &f->why));
	must(db_run(f->db, "UPDATE search_version SET version = version - 1",
		    &f->why));
	must(search_is_stale(f->db, &is_stale, &f->why));
	assert_true(is_stale);
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
		FIXTURE_TEST(test_edits_leave_no_old_words),
		FIXTURE_TEST(test_an_undone_registration_leaves),
		FIXTURE_TEST(test_what_did_not_change_is_not_written),
		FIXTURE_TEST(test_letters_are_found_unless_in_quarantine),
		FIXTURE_TEST(test_a_letter_carries_what_was_forwarded_in_it),
		FIXTURE_TEST(test_an_entry_carries_the_words_of_its_letter),
		FIXTURE_TEST(test_filters_and_days),
		FIXTURE_TEST(test_people_find_only_what_they_may_open),
		FIXTURE_TEST(test_nonsense_is_refused),
		FIXTURE_TEST(
			test_pages_follow_each_other_without_gap_or_double),
		FIXTURE_TEST(test_facets_count_without_their_own_filter),
		FIXTURE_TEST(test_waiting_lines_are_found_as_settled_ones),
		FIXTURE_TEST(test_whatever_is_typed_compiles),
		FIXTURE_TEST(test_rebuilding_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
