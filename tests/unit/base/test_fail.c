#include "base/fail.h"
#include "support/test.h"

#undef fail /* cmocka has one, too */

static void test_a_failure_is_false_and_says_what(void **state)
{
	struct fail why = { 0 };

	(void)state;
	assert_false(fail(&why, FAIL_NOT_FOUND, "no entry numbered '%d'", 7));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	assert_string_equal(why.sentence, "no entry numbered '7'");
	assert_string_equal(why.code, "not_found");
	assert_null(why.hint);
}

static void test_a_code_is_replaced_by_the_next_failure(void **state)
{
	struct fail why = { 0 };

	(void)state;
	fail(&why, FAIL_CONFLICT, "same number");
	assert_false(fail_code(&why, "entry.duplicate", "Trùng số."));
	assert_string_equal(why.code, "entry.duplicate");
	fail(&why, FAIL_BROKEN, "other");
	assert_string_equal(why.code, "broken");
	assert_null(why.hint);
}

static void test_only_what_was_not_found_is_named(void **state)
{
	struct fail why = { 0 };

	(void)state;
	fail(&why, FAIL_NOT_FOUND, "no row");
	assert_false(fail_not_found(&why, "book.none", "Không có sổ này.",
				    "no book with id %d", 7));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	assert_string_equal(why.code, "book.none");
	assert_string_equal(why.hint, "Không có sổ này.");
	assert_string_equal(why.sentence, "no book with id 7");
	fail(&why, FAIL_BUSY, "locked");
	assert_false(fail_not_found(&why, "book.none", "Không có sổ này.",
				    "no book with id %d", 7));
	assert_string_equal(why.code, "busy");
	assert_string_equal(why.sentence, "locked");
}

static void test_a_long_sentence_is_cut_not_overrun(void **state)
{
	char long_text[2000];
	struct fail why;

	(void)state;
	memset(long_text, 'x', sizeof(long_text) - 1);
	long_text[sizeof(long_text) - 1] = '\0';
	fail(&why, FAIL_INVALID, "%s", long_text);
	assert_int_equal(strlen(why.sentence), sizeof(why.sentence) - 1);
}

static void test_every_kind_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int a = 0; a < FAIL_KIND_COUNT; a++)
		for (int b = 0; b < a; b++)
			assert_string_not_equal(
				fail_kind_name((enum fail_kind)a),
				fail_kind_name((enum fail_kind)b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_failure_is_false_and_says_what),
		cmocka_unit_test(test_a_code_is_replaced_by_the_next_failure),
		cmocka_unit_test(test_only_what_was_not_found_is_named),
		cmocka_unit_test(test_a_long_sentence_is_cut_not_overrun),
		cmocka_unit_test(test_every_kind_has_a_name_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
