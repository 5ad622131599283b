#include "core/audit.h"
#include "core/kind_change.h"
#include "core/numbering.h"
#include "core/reservation.h"
#include "core/series.h"
#include "support/register.h"

static struct book book_of(struct fixture *f, enum direction direction)
{
	struct book book;
	must(book_load_first(f->db, f->organisation_id, direction, f->arena,
			     &book, &f->why));
	return book;
}

static const char *issue(struct fixture *f, int64_t type_id)
{
	struct entry_request request = fixture_request(f);
	request.direction = DIRECTION_OUT;
	request.fields.type_id = type_id;
	return fixture_register(f, &request).fields.symbol;
}

static int64_t series_named(struct fixture *f, const char *code)
{
	int64_t id;
	must(numbering_add_series(f->db, &f->clerk, code, code, &id, &f->why));
	return id;
}

static struct numbering_change change_of(struct fixture *f, int64_t series,
					 const int64_t *types, size_t count)
{
	return (struct numbering_change){
		.actor = f->clerk,
		.book_id = book_of(f, DIRECTION_OUT).id,
		.type_ids = types,
		.type_count = count,
		.series_id = series,
		.year = 2026,
		.now = f->now,
	};
}

static int64_t audited(struct fixture *f, const char *type, int64_t id)
{
	struct audit_filter filter = { .object_type = type,
				       .object_id = id,
				       .limit = 10 };
	struct audit_list list;
	must(audit_load_list(f->db, &filter, f->arena, &list, &f->why));
	return (int64_t)list.count;
}

static void test_next_years_series_leave_this_year_alone(void **state)
{
	static const int64_t decision = 2;
	struct fixture *f = *state;
	int64_t own = series_named(f, "qd"), found, usual;
	struct numbering_change change = change_of(f, own, &decision, 1);
	must(series_find(f->db, change.book_id, 0, 2026, &usual, &f->why));
	assert_string_equal(issue(f, 2), "01/QĐ-SNNMT");
	must_fail(numbering_share(f->db, &change, &f->why), "series.in_use");
	change.year = 2027;
	must(numbering_share(f->db, &change, &f->why));
	assert_int_equal(audited(f, "book", change.book_id), 1);
	must(series_find(f->db, change.book_id, 2, 2026, &found, &f->why));
	assert_int_equal(found, usual);
	must(series_find(f->db, change.book_id, 2, 2027, &found, &f->why));
	assert_int_equal(found, own);
	assert_string_equal(issue(f, 14), "02/BC-SNNMT");
	assert_string_equal(issue(f, 2), "03/QĐ-SNNMT");
	f->now = fixture_moment("2027-01-04", 9, 0);
	assert_string_equal(issue(f, 14), "01/BC-SNNMT");
	assert_string_equal(issue(f, 2), "01/QĐ-SNNMT");
	bool closed;
	must(numbering_close(f->db, &f->clerk, change.book_id, 2027, f->now,
			     &f->why));
	must(series_is_closed(f->db, usual, 2027, &closed, &f->why));
	assert_true(closed);
	must(series_is_closed(f->db, own, 2027, &closed, &f->why));
	assert_true(closed);
	change.year = 2025;
	must_fail(numbering_share(f->db, &change, &f->why), "series.year");
}

static void test_types_of_one_symbol_stay_together(void **state)
{
	static const int64_t letters[] = { KIND_LETTER, 29 };
	struct fixture *f = *state;
	int64_t own = series_named(f, "cv"), found;
	struct numbering_change change = change_of(f, own, letters, 1);
	must_fail(numbering_share(f->db, &change, &f->why),
		  "series.same_symbol");
	must(series_find(f->db, change.book_id, KIND_LETTER, 2026, &found,
			 &f->why));
	assert_int_not_equal(found, own); /* nothing half done */
	change.type_count = 2;
	must(numbering_share(f->db, &change, &f->why));
	struct kind_change kind = { .actor = f->clerk,
				    .name = "Thư ngỏ",
				    .now = f->now };
	int64_t id;
	must(kind_create(f->db, &kind, f->arena, &id, &f->why));
	must(series_find(f->db, change.book_id, id, 2026, &found, &f->why));
	assert_int_equal(found, own);
	assert_string_equal(issue(f, KIND_LETTER), "01/SNNMT");
	assert_string_equal(issue(f, id), "02/SNNMT");
}

static void test_a_number_set_aside_is_not_lost(void **state)
{
	static const int64_t decision = 2;
	struct fixture *f = *state;
	struct reservation_wish wish = { .type_id = decision,
					 .purpose = "Quyết định bổ nhiệm",
					 .now = f->now };
	int64_t id, series;
	struct numbering_change change =
		change_of(f, series_named(f, "qd"), &decision, 1);
	must(reservation_add(f->db, &wish, &f->clerk, &id, &f->why));
	must_fail(numbering_share(f->db, &change, &f->why), "series.in_use");
	must(series_find(f->db, change.book_id, 0, 2026, &series, &f->why));
	must_fail(numbering_begin(f->db, &f->clerk, series, 2026, 100, f->now,
				  &f->why),
		  "series.in_use");
}

static void test_books_of_both_directions_count_apart(void **state)
{
	struct fixture *f = *state;
	int64_t series;
	must(series_find(f->db, book_of(f, DIRECTION_IN).id, 0, 2026, &series,
			 &f->why));
	struct numbering_change change = change_of(f, series, NULL, 0);
	must_fail(numbering_share(f->db, &change, &f->why),
		  "series.other_direction");
	change.series_id = 999;
	must_fail(numbering_share(f->db, &change, &f->why), "series.none");
	must_fail(numbering_add_series(f->db, &f->clerk, "di", "x", &series,
				       &f->why),
		  "series.exists");
}

static void test_a_year_begins_with_another_number(void **state)
{
	struct fixture *f = *state;
	struct book book = book_of(f, DIRECTION_OUT);
	int64_t series;
	must(series_find(f->db, book.id, 0, 2026, &series, &f->why));
	must(numbering_begin(f->db, &f->clerk, series, 2026, 215, f->now,
			     &f->why));
	assert_string_equal(issue(f, 14), "215/BC-SNNMT");
	must_fail(numbering_begin(f->db, &f->clerk, series, 2026, 1, f->now,
				  &f->why),
		  "series.in_use");
	must(numbering_rename_book(f->db, &f->clerk, book.id,
				   "Sổ văn bản đi", &f->why));
	assert_string_equal(book_of(f, DIRECTION_OUT).name, "Sổ văn bản đi");
	must_fail(numbering_rename_book(f->db, &f->clerk, book.id, "",
					&f->why),
		  "field.missing");
}

static int64_t created(struct fixture *f, const char *name,
		       const char *abbreviation)
{
	struct kind_change change = { .actor = f->clerk,
				      .name = name,
				      .abbreviation = abbreviation,
				      .now = f->now };
	int64_t id;
	must(kind_create(f->db, &change, f->arena, &id, &f->why));
	return id;
}

static void test_an_abbreviation_belongs_to_one_type(void **state)
{
	static const struct {
		const char *name, *abbreviation, *code;
	} cases[] = {
		{ "Báo cáo tuần", "BC", "type.abbreviation" },
		{ "  QUYẾT định", "X", "type.exists" },
		{ "", "X", "type.name" },
		{ "Phiếu trình", "P/T", "type.abbreviation_form" },
		{ "Phiếu trình", "P T", "type.abbreviation_form" },
	};
	struct fixture *f = *state;
	struct kind_change change = { .actor = f->clerk, .now = f->now };
	int64_t id;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		change.name = cases[i].name;
		change.abbreviation = cases[i].abbreviation;
		must_fail(kind_create(f->db, &change, f->arena, &id, &f->why),
			  cases[i].code);
	}
	change.id = 2;
	change.name = "Quyết nghị";
	must_fail(kind_rename(f->db, &change, f->arena, &id, &f->why),
		  "type.decree");
	must_fail(kind_close(f->db, &change, f->arena, &f->why),
		  "type.decree");
}

static void test_a_renamed_type_counts_on(void **state)
{
	struct fixture *f = *state;
	int64_t type = created(f, "Phiếu trình", "PT"), id;
	struct numbering_change share =
		change_of(f, series_named(f, "pt"), &type, 1);
	struct kind_change change = { .actor = f->clerk,
				      .id = type,
				      .name = "Phiếu xin ý kiến",
				      .abbreviation = "PYK",
				      .now = f->now };
	must(numbering_share(f->db, &share, &f->why));
	must(kind_rename(f->db, &change, f->arena, &id, &f->why));
	assert_int_equal(id, type); /* never used: it just changes */
	assert_string_equal(issue(f, type), "01/PYK-SNNMT");
	change.name = "Phiếu lấy ý kiến";
	must_fail(kind_rename(f->db, &change, f->arena, &id, &f->why),
		  "type.too_new");
	f->now = change.now = fixture_moment("2026-06-25", 9, 0);
	must(kind_rename(f->db, &change, f->arena, &id, &f->why));
	assert_int_not_equal(id, type);
	assert_string_equal(issue(f, id), "02/PYK-SNNMT");
	share.type_ids = &id;
	share.now = f->now;
	must_fail(numbering_share(f->db, &share, &f->why), "series.in_use");
	must_fail(kind_rename(f->db, &change, f->arena, &id, &f->why),
		  "type.closed");
}

static void test_a_closed_type_takes_no_numbers(void **state)
{
	struct fixture *f = *state;
	int64_t type = created(f, "Phiếu trình", "PT");
	struct reservation_wish wish = { .type_id = type,
					 .purpose = "Phiếu trình gấp",
					 .now = f->now };
	struct kind_change change = { .actor = f->clerk,
				      .id = type,
				      .day = "2026-06-01",
				      .now = f->now };
	struct entry_request request = fixture_request(f);
	struct entry_answer answer;
	int64_t held;
	must_fail(kind_close(f->db, &change, f->arena, &f->why), "type.day");
	change.day = NULL;
	must(reservation_add(f->db, &wish, &f->clerk, &held, &f->why));
	must_fail(kind_close(f->db, &change, f->arena, &f->why),
		  "type.reserved");
	must(reservation_drop(f->db, held, "không ban hành nữa", &f->clerk,
			      f->now, &f->why));
	must(kind_close(f->db, &change, f->arena, &f->why));
	assert_int_equal(audited(f, "type", type), 2);
	f->now = fixture_moment("2026-06-25", 9, 0);
	request.direction = DIRECTION_OUT;
	request.fields.type_id = type;
	request.now = wish.now = f->now;
	must_fail(entry_register(f->db, &request, f->arena, &answer, &f->why),
		  "type.closed");
	must_fail(reservation_add(f->db, &wish, &f->clerk, &held, &f->why),
		  "type.closed");
	change = (struct kind_change){ .actor = f->clerk,
				       .name = "Phiếu tin",
				       .abbreviation = "PT",
				       .now = f->now };
	must_fail(kind_create(f->db, &change, f->arena, &type, &f->why),
		  "type.abbreviation"); /* its symbols are of this year */
	change.now = fixture_moment("2027-01-04", 9, 0);
	must(kind_create(f->db, &change, f->arena, &type, &f->why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_next_years_series_leave_this_year_alone),
		FIXTURE_TEST(test_types_of_one_symbol_stay_together),
		FIXTURE_TEST(test_a_number_set_aside_is_not_lost),
		FIXTURE_TEST(test_books_of_both_directions_count_apart),
		FIXTURE_TEST(test_a_year_begins_with_another_number),
		FIXTURE_TEST(test_an_abbreviation_belongs_to_one_type),
		FIXTURE_TEST(test_a_renamed_type_counts_on),
		FIXTURE_TEST(test_a_closed_type_takes_no_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
