#include "imap/utf7.h"
#include "support/test.h"

static void test_names_become_modified_utf7(void **state)
{
	static const struct {
		const char *name, *utf7;
	} cases[] = {
		{ "INBOX", "INBOX" },
		{ "Hộp thư đến", "H&Htk-p th&AbA- &AREevw-n" },
		{ "a & b", "a &- b" },
		{ "&", "&-" },
		{ "Đã gửi", "&ARAA4w- g&Hu0-i" },
		{ "台北", "&U,BTFw-" },
		{ "\xf0\x9f\x93\x84", "&2D3cxA-" },
		{ "~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fail why = { 0 };
		const char *utf7 = NULL;
		assert_true(utf7_of_name(cases[i].name, arena, &utf7, &why));
		assert_string_equal(utf7, cases[i].utf7);
	}
}

static void test_names_that_could_be_commands_are_refused(void **state)
{
	static const char *const cases[] = {
		"",
		"a\r\nb",
		"a\nb",
		"\x01",
		"a\x7f",
		"\xc2\x85",
		"\xff",
		"\xc3",
		"\xed\xa0\x80",
	};
	auto_arena *arena = arena_create(0);
	char long_name[1002];

	(void)state;
	memset(long_name, 'a', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fail why = { 0 };
		const char *utf7 = NULL;
		assert_false(utf7_of_name(cases[i], arena, &utf7, &why));
		assert_int_equal(why.kind, FAIL_INVALID);
		assert_false(utf7_of_name(long_name, arena, &utf7, &why));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_become_modified_utf7),
		cmocka_unit_test(test_names_that_could_be_commands_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
