#include "base/text.h"
#include "imap/session.h"
#include "support/test.h"
#include <sys/socket.h>

/* A session that hears `said` and then the end of the connection. */
static struct session *hear(const char *said, size_t size, struct fail *why)
{
	int ends[2];
	struct session *session;

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0,
				    ends),
			 0);
	assert_int_equal(write(ends[1], said, size), (ssize_t)size);
	assert_int_equal(shutdown(ends[1], SHUT_WR), 0);
	session = session_adopt(ends[0], 2000, why);
	return session;
}

/* The same with a folder open: `said` answers from the second command on. */
static struct session *hear_in_folder(const char *said, struct fail *why)
{
	auto_text all = { 0 };
	struct folder_status status;
	struct session *session;

	text_addf(&all, "* PREAUTH hi\r\n* 1 EXISTS\r\n1 OK done\r\n%s",
		  said);
	session = hear(all.string, all.size, why);
	assert_non_null(session);
	assert_true(session_examine(session, "INBOX", &status, why));
	return session;
}

static void test_the_end_of_a_connection_is_a_failure(void **state)
{
	/* At 1.9.4's own driver the third one spins for ever. */
	static const char *const cases[] = {
		"",
		"* OK half a gree",
		"* PREAUTH hi\r\n* STATUS INBOX {500}\r\nhalf of it",
		"* PREAUTH hi\r\n* STATUS INBOX (MESSAGES 3",
		"* PREAUTH hi\r\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct folder_status status;
		struct fail why = { 0 };
		struct session *session =
			hear(cases[i], strlen(cases[i]), &why);
		if (session)
			assert_false(session_status(session, "INBOX", &status,
						    &why));
		assert_string_equal(why.code, "server.closed");
		session_close(&session);
	}
}

static void test_a_status_is_read(void **state)
{
	static const char said[] =
		"* PREAUTH hi\r\n"
		"* STATUS INBOX (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7)\r\n"
		"1 OK done\r\n2 NO no such folder\r\n";
	struct folder_status status;
	struct fail why = { 0 };
	struct session *session = hear(said, strlen(said), &why);

	(void)state;
	assert_non_null(session);
	assert_true(session_status(session, "INBOX", &status, &why));
	assert_int_equal(status.messages, 3);
	assert_int_equal(status.uidnext, 9);
	assert_int_equal(status.uidvalidity, 7);
	assert_false(session_status(session, "x", &status, &why));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	assert_string_equal(why.code, "folder.missing");
	session_close(&session);
}

static void test_dates_become_moments(void **state)
{
	static const struct {
		const char *date;
		int64_t moment;
	} cases[] = {
		{ "01-Jan-2024 10:00:00 +0700", 1704078000 },
		{ " 1-Jan-2024 03:00:00 +0000", 1704078000 },
		{ "31-Dec-2023 21:30:00 -0530", 1704078000 },
		{ "31-Feb-2024 00:00:00 +0000", 0 },
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char *said = arena_print(arena,
					 "* 1 FETCH (UID 5 "
					 "RFC822.SIZE 10 INTERNALDATE "
					 "\"%s\")\r\n2 OK done\r\n",
					 cases[i].date);
		struct fail why = { 0 };
		struct session *session = hear_in_folder(said, &why);
		auto_uids uids = { 0 };
		struct listing listing;
		uids_add(&uids, 5, 5);
		assert_true(
			session_list(session, &uids, arena, &listing, &why));
		assert_int_equal(listing.count, 1);
		assert_int_equal(listing.letters[0].uid, 5);
		assert_int_equal(listing.letters[0].internaldate,
				 cases[i].moment);
		session_close(&session);
	}
}

static bool count_bytes(void *context, uint32_t uid, const void *data,
			size_t size, struct fail *why)
{
	size_t *total = context;

	(void)uid;
	(void)data;
	(void)why;
	*total += size;
	return true;
}

static bool fetch(const char *said, size_t *ret_total, struct fail *why)
{
	struct session *session = hear_in_folder(said, why);
	auto_uids uids = { 0 };
	const struct piece_request request = {
		.uids = &uids,
		.size = 10,
		.budget = 1000,
		.take = count_bytes,
		.context = ret_total,
	};
	bool good;

	uids_add(&uids, 5, 5);
	*ret_total = 0;
	good = session_fetch(session, &request, why);
	session_close(&session);
	return good;
}

static void test_pieces_are_what_was_asked_for(void **state)
{
	struct fail why = { 0 };
	size_t total;

	(void)state;
	assert_true(fetch(
		"* 1 FETCH (UID 5 BODY[]<0> {4}\r\nabcd)"
		"\r\n* 2 FETCH (UID 6 BODY[]<0> {2}\r\nxx)\r\n"
		"* 3 EXISTS\r\n2 OK done\r\n",
		&total, &why));
	assert_int_equal(total, 4);
	assert_false(fetch(
		"* 1 FETCH (UID 5 BODY[]<0> {12}\r\n"
		"abcdefghijkl)\r\n2 OK done\r\n",
		&total, &why));
	assert_string_equal(why.code, "server.garbage");
	assert_false(fetch(
		"* 1 FETCH (UID 5 BODY[]<7> {2}\r\nab)"
		"\r\n2 OK done\r\n",
		&total, &why));
}

static void test_a_login_with_a_line_end_is_not_sent(void **state)
{
	struct fail why = { 0 };
	static const char said[] = "* OK hi\r\n1 OK done\r\n";
	struct session *session = hear(said, strlen(said), &why);

	(void)state;
	assert_false(session_login(session, "a\r\n2 LOGOUT", "x", &why));
	assert_false(session_login(session, "a", "x\n", &why));
	assert_false(session_login(session, "a", "", &why));
	assert_true(session_login(session, "a", "x \"\\ đ", &why));
	session_close(&session);
}

static void test_the_budget_ends_an_answer(void **state)
{
	auto_text said = { 0 };
	struct fail why = { 0 };
	size_t total;

	(void)state;
	text_add(&said, "* 1 FETCH (");
	for (int i = 0; i < 10000; i++)
		text_add(&said, "AAAAAAAAAA");
	assert_false(fetch(said.string, &total, &why));
	assert_string_equal(why.code, "over_budget");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_end_of_a_connection_is_a_failure),
		cmocka_unit_test(test_a_status_is_read),
		cmocka_unit_test(test_dates_become_moments),
		cmocka_unit_test(test_pieces_are_what_was_asked_for),
		cmocka_unit_test(test_a_login_with_a_line_end_is_not_sent),
		cmocka_unit_test(test_the_budget_ends_an_answer),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
