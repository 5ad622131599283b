#include "core/calendar.h"
#include "support/register.h"

static const struct day wednesday = { 2026, 6, 24 };

static struct calendar_day day_of(const char *iso, bool is_off)
{
	struct day day;
	assert_true(day_parse(iso, &day));
	return (struct calendar_day){ day_number(day), is_off, "" };
}

/* Weekends only, and the days that a test gives, in order. */
static struct calendar calendar_of(const struct calendar_day *days,
				   size_t count)
{
	struct calendar calendar = { .days = days, .count = count };
	calendar.weekend[6] = calendar.weekend[7] = true;
	return calendar;
}

static void assert_day(struct day day, const char *iso)
{
	char have[DAY_SIZE];
	day_print(day, have);
	assert_string_equal(have, iso);
}

static void test_weekdays_are_known(void **state)
{
	static const struct {
		struct day day;
		int weekday;
	} cases[] = {
		{ { 1970, 1, 1 }, 4 },
		{ { 2026, 6, 24 }, 3 },
		{ { 2024, 2, 29 }, 4 },
		{ { 2026, 12, 31 }, 4 },
		{ { 2027, 1, 1 }, 5 },
		{ { 1969, 12, 31 }, 3 },
		{ { 2000, 2, 29 }, 2 },
		{ { 1900, 1, 1 }, 1 },
		{ { 2026, 11, 29 }, 7 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(calendar_weekday(cases[i].day),
				 cases[i].weekday);
}

static void test_terms_count_working_days(void **state)
{
	struct calendar calendar = calendar_of(NULL, 0);
	(void)state;
	assert_day(calendar_add(&calendar, wednesday, 0), "2026-06-24");
	assert_day(calendar_add(&calendar, wednesday, 1), "2026-06-25");
	assert_day(calendar_add(&calendar, wednesday, 3), "2026-06-29");
	assert_day(calendar_add(&calendar, wednesday, 5), "2026-07-01");
	assert_day(calendar_add(&calendar, (struct day){ 2026, 6, 27 }, 0),
		   "2026-06-29");
	assert_day(calendar_add(&calendar, (struct day){ 2026, 6, 27 }, 1),
		   "2026-06-29");
	assert_day(calendar_add(&calendar, (struct day){ 2026, 12, 31 }, 1),
		   "2027-01-01");
}

static void test_tet_and_swapped_saturdays(void **state)
{
	/* Tết Bính Ngọ as five days off, with a Saturday worked before it */
	const struct calendar_day days[] = {
		day_of("2026-02-07", false),
		day_of("2026-02-16", true),
		day_of("2026-02-17", true),
		day_of("2026-02-18", true),
		day_of("2026-02-19", true),
		day_of("2026-02-20", true),
	};
	struct calendar calendar = calendar_of(days, 6);
	(void)state;
	assert_day(calendar_add(&calendar, (struct day){ 2026, 2, 6 }, 1),
		   "2026-02-07");
	assert_day(calendar_add(&calendar, (struct day){ 2026, 2, 13 }, 1),
		   "2026-02-23");
	assert_int_equal(calendar_between(&calendar,
					  (struct day){ 2026, 2, 13 },
					  (struct day){ 2026, 2, 23 }),
			 1);
	assert_int_equal(calendar_between(&calendar,
					  (struct day){ 2026, 2, 23 },
					  (struct day){ 2026, 2, 6 }),
			 -7);
	assert_true(calendar_knows_tet(&calendar, 2026));
	assert_false(calendar_knows_tet(&calendar, 2027));
}

static void test_a_term_and_its_distance_agree(void **state)
{
	const struct calendar_day days[] = {
		day_of("2026-09-02", true),
		day_of("2026-09-05", false),
	};
	struct calendar calendar = calendar_of(days, 2);
	struct day from = { 2026, 8, 20 };
	(void)state;
	for (int start = 0; start < 40; start++) {
		struct day day = day_from_number(day_number(from) + start);
		for (int term = 1; term < 30; term++) {
			struct day due = calendar_add(&calendar, day, term);
			assert_true(calendar_is_working(&calendar, due));
			assert_int_equal(
				calendar_between(&calendar, day, due), term);
		}
	}
}

static void test_a_year_is_written_as_a_whole(void **state)
{
	struct fixture *f = *state;
	const struct calendar_day days[] = { day_of("2026-07-01", true) };
	struct calendar_change change = {
		.actor = f->clerk,
		.year = 2026,
		.days = days,
		.count = 1,
		.version = 1,
	};
	struct calendar_effects effects;
	struct calendar calendar;
	must(calendar_write(f->db, &change, f->arena, &effects, &f->why));
	must(calendar_load(f->db, f->organisation_id, f->arena, &calendar,
			   &f->why));
	assert_false(
		calendar_is_working(&calendar, (struct day){ 2026, 7, 1 }));
	/* what stood in this year is gone, other years stay */
	assert_true(
		calendar_is_working(&calendar, (struct day){ 2026, 9, 2 }));
	assert_false(
		calendar_is_working(&calendar, (struct day){ 2027, 1, 1 }));
	must_fail(calendar_write(f->db, &change, f->arena, &effects, &f->why),
		  "calendar.changed");
	change.version = 2;
	change.year = 2027;
	must_fail(calendar_write(f->db, &change, f->arena, &effects, &f->why),
		  "calendar.days");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_weekdays_are_known),
		cmocka_unit_test(test_terms_count_working_days),
		cmocka_unit_test(test_tet_and_swapped_saturdays),
		cmocka_unit_test(test_a_term_and_its_distance_agree),
		FIXTURE_TEST(test_a_year_is_written_as_a_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
