#include "base/moment.h"
#include "support/test.h"

static const struct {
	int64_t moment;
	const char *day;
} midnights[] = {
	/* the year changes at 17:00 UTC of 31 December */
	{ 1767200399, "2025-12-31" },
	{ 1767200400, "2026-01-01" },
	{ 0, "1970-01-01" },
	{ -25201, "1969-12-31" },
	{ 951757199, "2000-02-28" },
	{ 951757200, "2000-02-29" },
	{ 4102419599, "2099-12-31" },
};

static void test_day_changes_at_midnight_in_vietnam(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(midnights) / sizeof(*midnights); i++) {
		char iso[DAY_SIZE];
		day_print(moment_day(midnights[i].moment), iso);
		assert_string_equal(iso, midnights[i].day);
	}
}

static void test_every_day_of_600_years_comes_back(void **state)
{
	struct day first = { 1900, 1, 1 }, last = { 2499, 12, 31 };

	(void)state;
	for (int64_t n = day_number(first); n <= day_number(last); n++) {
		struct day day = day_from_number(n);
		assert_int_equal(day_number(day), n);
		assert_true(day_is_valid(day));
	}
}

static void test_days_that_do_not_exist_are_refused(void **state)
{
	static const char *const wrong[] = {
		"2026-02-29",
		"2026-13-01",
		"2026-00-10",
		"2026-06-31",
		"2026-6-01",
		"26-06-01",
		"2026-06-01 ",
		"",
		"2026/06/01",
		"202a-06-01",
		"1899-12-31",
	};
	struct day day;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(day_parse(wrong[i], &day));
	assert_true(day_parse("2028-02-29", &day));
}

static void test_moment_prints_utc(void **state)
{
	char utc[MOMENT_SIZE];

	(void)state;
	moment_print(1767200400, utc);
	assert_string_equal(utc, "2025-12-31T17:00:00Z");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_day_changes_at_midnight_in_vietnam),
		cmocka_unit_test(test_every_day_of_600_years_comes_back),
		cmocka_unit_test(test_days_that_do_not_exist_are_refused),
		cmocka_unit_test(test_moment_prints_utc),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
