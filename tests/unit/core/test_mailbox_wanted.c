#include "core/mailbox_wanted.h"
#include "unit/core/intake.h"

static const struct {
	enum mailbox_column column;
	const char *typed;
	const char *code; /* NULL: right */
} typed[] = {
	{ MAILBOX_ADDRESS, "a@x.vn", NULL },
	{ MAILBOX_ADDRESS, "", "mailbox.address" },
	{ MAILBOX_ADDRESS, "a", "mailbox.address" },
	{ MAILBOX_ADDRESS, "a@", "mailbox.address" },
	{ MAILBOX_ADDRESS, "a@b@c", "mailbox.address" },
	{ MAILBOX_ADDRESS, "a b@c", "mailbox.address" },
	{ MAILBOX_HOST, "imap-1.x.vn", NULL },
	{ MAILBOX_HOST, "2001:db8::1", NULL },
	{ MAILBOX_HOST, "", "mailbox.host" },
	{ MAILBOX_HOST, "imap x", "mailbox.host" },
	{ MAILBOX_HOST, "https://x", "mailbox.host" },
	{ MAILBOX_HOST, "máy", "mailbox.host" },
	{ MAILBOX_PORT, "65535", NULL },
	{ MAILBOX_PORT, "65536", "mailbox.port" },
	{ MAILBOX_PORT, "-1", "mailbox.port" },
	{ MAILBOX_PORT, "9x", "mailbox.port" },
	{ MAILBOX_PORT, "", "mailbox.port" },
	{ MAILBOX_SECURITY, "starttls", NULL },
	{ MAILBOX_SECURITY, "ssl", "mailbox.security" },
	{ MAILBOX_SECURITY, "plain", "mailbox.plain" },
	{ MAILBOX_USER, "", "mailbox.user" },
	{ MAILBOX_USER, "a\nb", "mailbox.user" },
	{ MAILBOX_PASSWORD, "", NULL },
	{ MAILBOX_PASSWORD, "một hai", NULL },
	{ MAILBOX_PASSWORD, "a\rb", "mailbox.password" },
	{ MAILBOX_UNIT, "Chi cục Kiểm lâm", NULL },
	{ MAILBOX_UNIT, "a\x7f", "mailbox.unit" },
	{ MAILBOX_FOLDERS, "", NULL },
	{ MAILBOX_FOLDERS, "Sent;INBOX", NULL },
	{ MAILBOX_FOLDERS, ";", "mailbox.folders" },
	{ MAILBOX_FOLDERS, "A;B;A", "mailbox.folders" },
	{ MAILBOX_FOLDERS, "inbox;InBox", "mailbox.folders" },
	{ MAILBOX_KEEP, "documents", NULL },
	{ MAILBOX_KEEP, "none", "mailbox.keep" },
};

static struct mailbox_wanted wanted_for(const char *address, const char *host,
					const char *port, const char *user)
{
	return (struct mailbox_wanted){
		.value = { address, host, port, "tls", user, "mới", "", "",
			   "" },
	};
}

static void test_what_is_typed_is_checked_by_column(void **state)
{
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(typed) / sizeof(*typed); i++) {
		struct mailbox_wanted wanted =
			wanted_for("b@x.vn", "h", "993", "b");
		struct fail why = { 0 };
		bool ok;

		wanted.value[typed[i].column] = typed[i].typed;
		ok = mailbox_check(&wanted, false, arena, &why);
		assert_int_equal(ok, typed[i].code == NULL);
		if (!ok) {
			assert_string_equal(why.code, typed[i].code);
			assert_non_null(why.hint);
		}
	}
}

static void test_lengths_have_limits(void **state)
{
	static const size_t limits[MAILBOX_COLUMN_COUNT] = {
		254, 253, 5, 8, 254, 1000, 50, 2000, 9
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++) {
		struct mailbox_wanted wanted =
			wanted_for("b@x.vn", "h", "993", "b");
		char *text = arena_alloc(arena, limits[i] + 2);
		struct fail why = { 0 };

		memset(text, '1', limits[i] + 1);
		wanted.value[i] = text;
		assert_false(mailbox_check(&wanted, false, arena, &why));
		assert_non_null(strstr(why.sentence, "longer than"));
	}
}

static void test_plain_stays_on_this_machine_unless_allowed(void **state)
{
	static const struct {
		const char *host;
		bool may;
	} hosts[] = {
		{ "localhost", true },
		{ "127.0.0.1", true },
		{ "::1", true },
		{ "127.0.0.1.x.vn", false },
		{ "localhost.x", false },
		{ "10.0.0.1", false },
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(hosts) / sizeof(*hosts); i++) {
		struct mailbox_wanted wanted =
			wanted_for("b@x.vn", hosts[i].host, "143", "b");
		struct fail why = { 0 };

		wanted.value[MAILBOX_SECURITY] = "plain";
		assert_int_equal(mailbox_check(&wanted, false, arena, &why),
				 hosts[i].may);
		assert_true(mailbox_check(&wanted, true, arena, &why));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_typed_is_checked_by_column),
		cmocka_unit_test(test_lengths_have_limits),
		cmocka_unit_test(
			test_plain_stays_on_this_machine_unless_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
