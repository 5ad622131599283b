#include "base/tree.h"
#include "support/test.h"

static void test_wrong_json_is_refused_with_its_place(void **state)
{
	static const char *const wrong[] = {
		"",
		"{",
		"{\"a\":1,\"a\":2}",
		"{'a':1}",
		"[1,]",
		"{} x",
		"\"\\u0000\"",
		"{\"a\":01}",
		"[\"\xC0\xAF\"]",
		"{\"a\" 1}",
		"nul",
	};
	struct fail why;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		auto_tree *tree = tree_parse(bytes_of(wrong[i]), &why);
		assert_null(tree);
		assert_int_equal(why.kind, FAIL_INVALID);
		assert_non_null(strstr(why.sentence, "line"));
	}
}

static void test_depth_has_a_limit(void **state)
{
	auto_text deep = { 0 };
	struct fail why;
	auto_tree *tree = NULL;

	(void)state;
	for (int i = 0; i < 100000; i++)
		text_add(&deep, "[");
	tree = tree_parse(bytes_of(deep.string), &why);
	assert_null(tree);
	assert_int_equal(why.kind, FAIL_INVALID);
}

static void test_members_come_back_in_order(void **state)
{
	auto_tree *tree = tree_create();
	auto_text json = { 0 };

	(void)state;
	tree_set_text(tree, "z", "văn bản \"đến\"\n");
	tree_set_int(tree, "a", INT64_MAX);
	tree_set_bool(tree, "b", true);
	tree_set_text(tree, "n", NULL);
	tree_add_text(tree_set_list(tree, "l"), "x");
	tree_print(tree, &json);
	assert_string_equal(json.string,
			    "{\"z\":\"văn bản \\\"đến\\\"\\n\","
			    "\"a\":9223372036854775807,\"b\":true,"
			    "\"n\":null,\"l\":[\"x\"]}");
}

static void test_needed_members_say_what_is_wrong(void **state)
{
	struct fail why;
	const char *text = "kept";
	int64_t number = 5;
	auto_tree *tree = tree_parse(
		bytes_of("{\"t\":7,\"long\":\"12345\",\"n\":\"x\",\"o\":null}"),
		&why);

	(void)state;
	assert_false(tree_need_text(tree, "t", 10, &text, &why));
	assert_non_null(strstr(why.sentence, "'t'"));
	assert_false(tree_need_text(tree, "long", 4, &text, &why));
	assert_false(tree_need_text(tree, "absent", 4, &text, &why));
	assert_false(tree_need_int(tree, "n", &number, &why));
	assert_true(tree_may_text(tree, "o", 4, &text, &why));
	assert_true(tree_may_int(tree, "absent", &number, &why));
	assert_string_equal(text, "kept");
	assert_int_equal(number, 5);
}

static void test_bytes_that_are_not_text_are_replaced(void **state)
{
	auto_text out = { 0 };

	(void)state;
	json_text_string(&out, "a\xFF\xC3\x01z");
	assert_string_equal(out.string,
			    "\"a\xEF\xBF\xBD\xEF\xBF\xBD\\u0001z\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_json_is_refused_with_its_place),
		cmocka_unit_test(test_depth_has_a_limit),
		cmocka_unit_test(test_members_come_back_in_order),
		cmocka_unit_test(test_needed_members_say_what_is_wrong),
		cmocka_unit_test(test_bytes_that_are_not_text_are_replaced),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
