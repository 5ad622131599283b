#include "base/text.h"
#include "core/entry_list.h"
#include "core/series.h"
#include "core/verify.h"
#include "support/register.h"

static void fill(struct fixture *f, int count)
{
	for (int i = 0; i < count; i++) {
		struct entry_request request = fixture_request(f);
		if (i % 3 == 0)
			request.fields.unit_id = f->unit_id;
		if (i == count / 2)
			f->now += 86400;
		request.now = f->now;
		fixture_register(f, &request);
	}
}

static struct entry_filter all_of(struct fixture *f)
{
	struct book book;
	must(book_load_first(f->db, f->organisation_id, DIRECTION_IN, f->arena,
			     &book, &f->why));
	return (struct entry_filter){ .book_id = book.id, .year = 2026 };
}

static void test_pages_join_without_loss(void **state)
{
	struct fixture *f = *state;
	struct entry_list page;
	fill(f, 25);
	struct entry_filter filter = all_of(f);
	filter.limit = 10;
	int64_t expected = 25;
	do {
		must(entry_list(f->db, &filter, f->arena, &page, &f->why));
		for (size_t i = 0; i < page.count; i++)
			assert_int_equal(page.entries[i].number, expected--);
		filter.after = page.next_after;
		filter.after_suffix = page.next_suffix;
	} while (page.next_after);
	assert_int_equal(expected, 0);
	filter.limit = ENTRY_PAGE_MAX + 1;
	assert_false(entry_list(f->db, &filter, f->arena, &page, &f->why));
}

static void test_suffixes_do_not_confuse_pages(void **state)
{
	struct fixture *f = *state;
	struct entry_list page;
	fill(f, 2);
	must(db_run(f->db, "UPDATE book SET allows_suffix = 1", &f->why));
	struct entry_request request = fixture_request(f);
	request.number = 1;
	request.suffix = "a";
	fixture_register(f, &request);
	struct entry_filter filter = all_of(f);
	filter.limit = 1;
	const char *suffixes[] = { "", "a", "" };
	int64_t numbers[] = { 2, 1, 1 };
	for (int i = 0; i < 3; i++) {
		must(entry_list(f->db, &filter, f->arena, &page, &f->why));
		assert_int_equal(page.entries[0].number, numbers[i]);
		assert_string_equal(page.entries[0].suffix, suffixes[i]);
		filter.after = page.next_after;
		filter.after_suffix = page.next_suffix;
	}
	assert_int_equal(page.next_after, 0);
}

static void test_filters_and_counts_agree(void **state)
{
	struct fixture *f = *state;
	struct entry_list page;
	struct entry_day_list days;
	int64_t count;
	fill(f, 12);
	struct entry_filter filter = all_of(f);
	must(entry_count(f->db, &filter, &count, &f->why));
	assert_int_equal(count, 12);
	must(entry_count_days(f->db, &filter, f->arena, &days, &f->why));
	assert_int_equal(days.count, 2);
	assert_string_equal(days.days[0].day, "2026-06-25");
	assert_int_equal(days.days[0].count, 6);
	filter.unit_id = f->unit_id;
	must(entry_list(f->db, &filter, f->arena, &page, &f->why));
	assert_int_equal(page.count, 4);
	filter.to_day = "2026-06-24";
	must(entry_count(f->db, &filter, &count, &f->why));
	assert_int_equal(count, 2);
	filter = all_of(f);
	filter.from_number = 3;
	filter.to_number = 5;
	must(entry_count(f->db, &filter, &count, &f->why));
	assert_int_equal(count, 3);
	filter = all_of(f);
	filter.state = "void";
	must(entry_count(f->db, &filter, &count, &f->why));
	assert_int_equal(count, 0);
	filter = all_of(f);
	filter.due_before = "2027-01-01";
	must(entry_count(f->db, &filter, &count, &f->why));
	assert_int_equal(count, 0);
	filter = all_of(f);
	filter.year = 2025;
	must(entry_count(f->db, &filter, &count, &f->why));
	assert_int_equal(count, 0);
}

static void test_specialists_see_what_their_unit_received(void **state)
{
	struct fixture *f = *state;
	struct entry_list page;
	fill(f, 3); /* the first one is for the unit */
	struct entry_receiver receiver = { .user_id = f->specialist.id };
	struct entry_request request = fixture_request(f);
	request.receivers = &receiver;
	request.receiver_count = 1;
	fixture_register(f, &request);
	struct entry_filter filter = all_of(f);
	filter.viewer = &f->specialist;
	must(entry_list(f->db, &filter, f->arena, &page, &f->why));
	assert_int_equal(page.count, 2);
	assert_int_equal(page.entries[0].number, 4);
	assert_int_equal(page.entries[1].number, 1);
	must(entry_may_open(f->db, &page.entries[0], &f->specialist, f->arena,
			    &f->why));
	filter.viewer = &f->clerk;
	must(entry_list(f->db, &filter, f->arena, &page, &f->why));
	assert_int_equal(page.count, 4);
	must_fail(entry_may_open(f->db, &page.entries[1], &f->specialist,
				 f->arena, &f->why),
		  "entry.denied");
	must(entry_may_open(f->db, &page.entries[1], &f->clerk, f->arena,
			    &f->why));
	struct actor administrator = f->clerk;
	administrator.id = 0;
	administrator.unit_id = 0;
	administrator.roles = 1u << ROLE_ADMINISTRATOR;
	must_fail(entry_may_open(f->db, &page.entries[0], &administrator,
				 f->arena, &f->why),
		  "entry.denied");
}

static void test_an_entry_is_found_by_its_number(void **state)
{
	struct fixture *f = *state;
	struct entry entry;
	fill(f, 3);
	struct entry_filter filter = all_of(f);
	struct entry_place place = { filter.book_id, 2026, 2, NULL };
	must(entry_load_number(f->db, &place, f->arena, &entry, &f->why));
	assert_int_equal(entry.number, 2);
	place.number = 9;
	must_fail(entry_load_number(f->db, &place, f->arena, &entry, &f->why),
		  "entry.none");
	must_fail(entry_load(f->db, 99, f->arena, &entry, &f->why),
		  "entry.none");
}

static bool collect(void *context, const char *json, struct fail *why)
{
	(void)why;
	text_add(context, json);
	text_add_char(context, '\n');
	return true;
}

static void test_two_exports_are_identical(void **state)
{
	struct fixture *f = *state;
	auto_text first = { .limit = 0 }, second = { .limit = 0 };
	fill(f, 5);
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	struct relation_wish wish = { RELATION_SAME_MATTER, 1 };
	request.relations = &wish;
	request.relation_count = 1;
	fixture_register(f, &request);
	must(entry_export(f->db, collect, &first, &f->why));
	must(entry_export(f->db, collect, &second, &f->why));
	assert_string_equal(text_string(&first), text_string(&second));
	size_t lines = 0;
	for (const char *c = text_string(&first); *c; c++)
		lines += *c == '\n';
	assert_int_equal(lines, 6);
	assert_non_null(strstr(text_string(&first), "\"61.PDF\""));
	assert_non_null(strstr(text_string(&first), "same_matter"));
}

static void say(void *context, const char *sentence)
{
	text_add(context, sentence);
	text_add_char(context, '\n');
}

static void check_faults(struct fixture *f, int64_t wrong, const char *words)
{
	auto_text said = { .limit = 0 };
	struct verify_report report = { .say = say, .context = &said };
	must(entry_verify(f->db, &report, &f->why));
	if (report.wrong != wrong)
		fail_msg("%lld wrong: %s", (long long)report.wrong,
			 text_string(&said));
	assert_non_null(strstr(text_string(&said), words));
	assert_true(report.checked > 0);
}

static void test_a_sound_book_has_no_faults(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	request.letter_id = 1;
	struct entry entry = fixture_register(f, &request);
	struct entry_change change = { .actor = f->clerk,
				       .id = entry.id,
				       .version = entry.version,
				       .now = f->now };
	must(entry_undo(f->db, &change, &f->why));
	fill(f, 8);
	f->now = fixture_moment("2027-01-01", 8, 0);
	fill(f, 2);
	check_faults(f, 0, "");
}

static void test_what_was_tampered_with_is_named(void **state)
{
	struct fixture *f = *state;
	fill(f, 5);
	must(db_run(f->db, "DROP TRIGGER entry_number_stays", &f->why));
	must(db_run(f->db, "DROP TRIGGER entry_never_deleted", &f->why));
	must(db_run(f->db, "UPDATE entry SET day = '2026-06-20' WHERE id = 2",
		    &f->why));
	check_faults(f, 1, "den 2026: 2: earlier day");
	must(db_run(f->db, "UPDATE entry SET day = '2026-06-24' WHERE id = 2",
		    &f->why));
	must(db_run(f->db, "UPDATE entry SET number = 6 WHERE id = 5",
		    &f->why));
	check_faults(f, 2, "den 2026: 6: numbers are missing");
	must(db_run(f->db, "UPDATE entry SET number = 5 WHERE id = 5",
		    &f->why));
	must(db_run(f->db, "DELETE FROM entry WHERE id = 3", &f->why));
	check_faults(f, 1, "den 2026: 4: numbers are missing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_pages_join_without_loss),
		FIXTURE_TEST(test_suffixes_do_not_confuse_pages),
		FIXTURE_TEST(test_filters_and_counts_agree),
		FIXTURE_TEST(test_specialists_see_what_their_unit_received),
		FIXTURE_TEST(test_an_entry_is_found_by_its_number),
		FIXTURE_TEST(test_two_exports_are_identical),
		FIXTURE_TEST(test_a_sound_book_has_no_faults),
		FIXTURE_TEST(test_what_was_tampered_with_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
