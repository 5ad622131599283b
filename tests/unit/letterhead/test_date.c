#include "letterhead/date.h"
#include "reading.h"

struct spelling {
	const char *text;
	int year, month, day; /* day 0: none */
};

static void test_dates_in_every_spelling(void **state)
{
	static const struct spelling spellings[] = {
		{ "Lâm Đồng, ngày 22 tháng 6 năm 2026", 2026, 6, 22 },
		{ "ngày 05 tháng 01 năm 2020", 2020, 1, 5 },
		{ "Ngày 22 tháng 06 năm 2026.", 2026, 6, 22 },
		{ "ngày22 tháng6 năm2026", 2026, 6, 22 },
		{ "ngày 22 thảng 6 năm 2 026", 2026, 6, 22 },
		{ "ngày 2l tháng 6 năm 2O26", 2026, 6, 21 },
		{ "ngày 22 tháng 6/2026", 2026, 6, 22 },
		{ "ngày 22 tháng Sáu năm 2026", 2026, 6, 22 },
		{ "ngày mùng 5 tháng mười hai năm 2026", 2026, 12, 5 },
		{ "ngày 22 tháng VI năm 2026", 2026, 6, 22 },
		{ "22/6/2026", 2026, 6, 22 },
		{ "22-06-2026", 2026, 6, 22 },
		{ "(22.6.2026)", 2026, 6, 22 },
		{ "22 / 6 / 2026", 2026, 6, 22 },
		{ "22/6/26", 2026, 6, 22 },
		{ "trước ngày 22/6", 0, 6, 22 },
		{ "gửi trước 22/6", 0, 6, 22 },
		{ "ngày 22 tháng 6 tới", 0, 6, 22 },
		{ "Lâm Đồng, ngày tháng 6 năm 2026", 0, 0, 0 },
		{ "ngày 31 tháng 6 năm 2026", 0, 0, 0 },
		{ "ngày 00 tháng 6 năm 2026", 0, 0, 0 },
		{ "tỷ lệ 3/4", 0, 0, 0 },
		{ "Điều 5, khoản 6", 0, 0, 0 },
		{ "028.3829.1234", 0, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
		const struct spelling *own = &spellings[i];
		struct line line = lines_of(own->text).items[0];
		struct date date = { 0 };
		bool is_found = date_find(&line, 0, &date);

		if (is_found != (own->day > 0) ||
		    date.day.year != own->year ||
		    date.day.month != own->month || date.day.day != own->day)
			fail_msg("'%s' is %d-%d-%d", own->text, date.day.year,
				 date.day.month, date.day.day);
	}
}

static void test_dates_in_the_names_of_files(void **state)
{
	struct day day = { 0 };

	(void)state;
	assert_true(date_find_text("cv 12 ngay 22-6-2026.pdf", &day));
	assert_int_equal(day.month, 6);
	assert_false(date_find_text("gm-275-2012-4.pdf", &day));
	assert_false(date_find_text("", &day));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_dates_in_every_spelling),
		cmocka_unit_test(test_dates_in_the_names_of_files),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
