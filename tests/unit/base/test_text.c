#include "base/text.h"
#include "support/test.h"

static void test_text_grows_and_stays_terminated(void **state)
{
	auto_text text = { 0 };

	(void)state;
	assert_string_equal(text_string(&text), "");
	for (int i = 0; i < 1000; i++)
		text_addf(&text, "%d,", i);
	text_add_part(&text, "xyz", 1);
	text_add_char(&text, '!');
	assert_int_equal(strlen(text.string), text.size);
	assert_string_equal(text.string + text.size - 6, "999,x!");
	assert_false(text.over);
}

static void test_going_over_the_limit_sticks(void **state)
{
	auto_text text = { .limit = 10 };

	(void)state;
	text_add(&text, "0123456789");
	assert_false(text.over);
	text_add_char(&text, 'x');
	assert_true(text.over);
	text_add(&text, "");
	assert_true(text.over);
	assert_string_equal(text.string, "0123456789");
}

static void test_a_long_piece_is_taken_whole_or_not(void **state)
{
	auto_text text = { .limit = 12 };

	(void)state;
	text_add(&text, "12345678");
	text_addf(&text, "%s", "abcdef");
	assert_true(text.over);
	assert_string_equal(text.string, "12345678");
}

static void test_clear_starts_again_with_the_same_limit(void **state)
{
	auto_text text = { .limit = 4 };

	(void)state;
	text_add(&text, "12345");
	assert_true(text.over);
	text_clear(&text);
	assert_false(text.over);
	text_add(&text, "1234");
	assert_string_equal(text.string, "1234");
	text_done(&text);
	assert_null(text.string);
	text_add(&text, "12345");
	assert_true(text.over);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_grows_and_stays_terminated),
		cmocka_unit_test(test_going_over_the_limit_sticks),
		cmocka_unit_test(test_a_long_piece_is_taken_whole_or_not),
		cmocka_unit_test(test_clear_starts_again_with_the_same_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
