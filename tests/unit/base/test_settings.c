#include "base/descriptor.h"
#include "base/settings.h"
#include "support/test.h"

struct target {
	const char *listen;
	int64_t bodies;
	bool tls;
};

/* clang-format off */
static const struct setting table[] = {
	{ "listen", SETTING_TEXT, offsetof(struct target, listen), "127.0.0.1:8080", 0, 0, "address and port" },
	{ "bodies", SETTING_INT, offsetof(struct target, bodies), "100", 1, 1000, "MiB" },
	{ "tls", SETTING_BOOL, offsetof(struct target, tls), "false", 0, 0, "behind TLS" },
	{ NULL, SETTING_TEXT, 0, NULL, 0, 0, NULL },
};
/* clang-format on */

static struct arena *arena;
static char *path;

static bool read_with(const char *content, struct target *target,
		      struct fail *why)
{
	assert_true(descriptor_write_file(path, bytes_of(content), 0600, why));
	return settings_read(table, path, target, arena, why);
}

static void test_defaults_and_file_are_read(void **state)
{
	struct target target;
	struct fail why;

	(void)state;
	assert_true(settings_read(table, NULL, &target, arena, &why));
	assert_string_equal(target.listen, "127.0.0.1:8080");
	assert_int_equal(target.bodies, 100);
	assert_true(read_with("# xin chào\nbodies = 7\ntls = true\n", &target,
			      &why));
	assert_int_equal(target.bodies, 7);
	assert_true(target.tls);
}

static void test_wrong_lines_are_named(void **state)
{
	static const struct {
		const char *file, *place;
	} cases[] = {
		{ "bodies = 7\nliten = \"x\"\n", ":2:" },
		{ "bodies = 7\n\nbodies = many\n", ":3:" },
		{ "bodies = 100000\n", ":1:" },
		{ "tls = maybe\n", ":1:" },
	};
	struct target target;
	struct fail why;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_false(read_with(cases[i].file, &target, &why));
		assert_int_equal(why.kind, FAIL_INVALID);
		assert_non_null(strstr(why.sentence, cases[i].place));
		assert_non_null(strstr(why.sentence, path));
	}
}

static void test_printed_settings_read_back_the_same(void **state)
{
	struct target target, again;
	auto_text file = { 0 };
	struct fail why;

	(void)state;
	assert_true(read_with("bodies = 9\n", &target, &why));
	settings_print(table, &target, &file);
	assert_true(read_with(file.string, &again, &why));
	assert_int_equal(again.bodies, 9);
	assert_string_equal(again.listen, target.listen);
}

static void test_a_file_that_is_not_there_is_said(void **state)
{
	struct target target;
	struct fail why;

	(void)state;
	assert_false(settings_read(table, "/nowhere/x", &target, arena, &why));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_defaults_and_file_are_read),
		cmocka_unit_test(test_wrong_lines_are_named),
		cmocka_unit_test(test_printed_settings_read_back_the_same),
		cmocka_unit_test(test_a_file_that_is_not_there_is_said),
	};
	char *folder = test_folder();
	int failed;

	arena = arena_create(0);
	path = arena_print(arena, "%s/settings", folder);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(path);
	(void)rmdir(folder);
	arena_destroy(&arena);
	return failed;
}
