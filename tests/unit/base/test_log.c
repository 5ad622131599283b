#include "base/log.h"
#include "base/tree.h"
#include "support/test.h"

/* What one call writes to standard error. */
static const char *written(enum log_level level, const char *event,
			   const char *value)
{
	static char line[40000];
	int ends[2], kept = dup(STDERR_FILENO);
	ssize_t size;

	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
	log_event(level, event, "key", value, "absent", NULL, NULL);
	assert_true(dup2(kept, STDERR_FILENO) >= 0);
	(void)close(kept);
	(void)close(ends[1]);
	size = read(ends[0], line, sizeof(line) - 1);
	(void)close(ends[0]);
	line[size > 0 ? size : 0] = '\0';
	return line;
}

static void test_an_event_is_one_json_line_with_its_priority(void **state)
{
	const char *line = written(LOG_LEVEL_WARNING, "mailbox.error",
				   "xin \"chào\"\nđịa chỉ");
	struct fail why;
	auto_tree *tree = NULL;

	(void)state;
	assert_true(strncmp(line, "<4>{", 4) == 0);
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	tree = tree_parse(bytes_of(line + 3), &why);
	assert_non_null(tree);
	assert_string_equal(tree_text(tree, "program", ""), "test");
	assert_string_equal(tree_text(tree, "event", ""), "mailbox.error");
	assert_string_equal(tree_text(tree, "key", ""),
			    "xin \"chào\"\nđịa chỉ");
	assert_false(tree_has(tree, "absent"));
}

static void test_what_is_too_detailed_is_left_out(void **state)
{
	(void)state;
	assert_string_equal(written(LOG_LEVEL_DEBUG, "detail", "x"), "");
}

static void test_a_huge_value_does_not_flood(void **state)
{
	static char huge[20000];
	const char *line;

	(void)state;
	memset(huge, 'x', sizeof(huge) - 1);
	line = written(LOG_LEVEL_ERROR, "huge", huge);
	assert_non_null(strstr(line, "log.too_long"));
	assert_true(strlen(line) < 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_an_event_is_one_json_line_with_its_priority),
		cmocka_unit_test(test_what_is_too_detailed_is_left_out),
		cmocka_unit_test(test_a_huge_value_does_not_flood),
	};

	log_open("test", LOG_LEVEL_INFO);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
