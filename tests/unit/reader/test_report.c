/* What reports say about our mail, and our server about the sender. */
#include "base/text.h"
#include "reader/mail.h"
/* last: it brings a macro called fail */
#include "support/test.h"

static struct tree *read_letter(const char *letter, struct arena *arena)
{
	struct bytes bytes = bytes_of(letter);
	struct mail_room room = { .size = bytes.size * 2 + 4096 };
	struct tree *answer = tree_create();
	struct fail why = { 0 };

	room.at = arena_alloc(arena, room.size);
	if (!mail_read(bytes, room, arena, answer, &why))
		fail_msg("%s", why.sentence);
	return answer;
}

static const char bounce[] =
	"From: mailer-daemon@stc.vn\r\nSubject: Undelivered\r\n"
	"Content-Type: multipart/report; report-type=delivery-status;"
	" boundary=b\r\n\r\n"
	"--b\r\nContent-Type: text/plain\r\n\r\nKhong gui duoc.\r\n"
	"--b\r\nContent-Type: message/delivery-status\r\n\r\n"
	"Reporting-MTA: dns; stc.vn\r\n\r\n"
	"Final-Recipient: rfc822; lan@stc.vn\r\nAction: Failed\r\n"
	"Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 no\r\n such user\r\n\r\n"
	"Final-Recipient: rfc822; an@stc.vn\r\nAction: delayed\r\n"
	"Status: 4.0.0\r\n\r\n"
	"Final-Recipient: rfc822; x@stc.vn\r\nAction: exploded\r\n\r\n"
	"--b\r\nContent-Type: text/rfc822-headers\r\n\r\n"
	"Subject: Gop y\r\nMessage-ID: <ours@so.vn>\r\n\r\n"
	"--b--\r\n";

static void test_a_delivery_status_is_taken_apart(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_letter(bounce, arena);
	const struct tree *reports = tree_member(answer, "reports");
	const struct tree *first = tree_at(reports, 0);

	(void)state;
	assert_int_equal(tree_count(reports), 2);
	assert_string_equal(tree_text(first, "state", ""), "failed");
	assert_string_equal(tree_text(first, "recipient", ""), "lan@stc.vn");
	assert_string_equal(tree_text(first, "message_id", ""), "ours@so.vn");
	assert_string_equal(tree_text(first, "words", ""),
			    "550 no such user");
	assert_string_equal(tree_text(tree_at(reports, 1), "state", ""),
			    "delayed");
}

static void test_a_disposition_names_its_letter(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_letter(
		"From: lan@stc.vn\r\nContent-Type: multipart/report;"
		" report-type=disposition-notification; boundary=b\r\n\r\n"
		"--b\r\n\r\nDa doc.\r\n"
		"--b\r\nContent-Type: message/disposition-notification\r\n"
		"Content-Transfer-Encoding: base64\r\n\r\n"
		/* Final-Recipient: rfc822;lan@stc.vn … */
		"RmluYWwtUmVjaXBpZW50OiByZmM4MjI7bGFuQHN0Yy52bg0KT3JpZ2luYWwt"
		"TWVz\r\nc2FnZS1JRDogPG91cnNAc28udm4+DQpEaXNwb3NpdGlvbjogbWFu"
		"dWFsLWFjdGlv\r\nbi9NRE4tc2VudC1tYW51YWxseTsgZGlzcGxheWVkDQo="
		"\r\n--b--\r\n",
		arena);
	const struct tree *reports = tree_member(answer, "reports");

	(void)state;
	assert_int_equal(tree_count(reports), 1);
	assert_string_equal(tree_text(tree_at(reports, 0), "state", ""),
			    "displayed");
	assert_string_equal(tree_text(tree_at(reports, 0), "message_id", ""),
			    "ours@so.vn");
	assert_string_equal(tree_text(tree_at(reports, 0), "recipient", ""),
			    "lan@stc.vn");
}

static void test_a_forwarded_letter_is_no_report(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_letter(
		"From: a@b.vn\r\nContent-Type: multipart/mixed; boundary=b\r\n"
		"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
		"Message-ID: <1@x>\r\nAction: failed\r\n\r\nx\r\n--b--\r\n",
		arena);

	(void)state;
	assert_int_equal(tree_count(tree_member(answer, "reports")), 0);
}

static void test_results_of_servers_come_from_the_top(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_letter(
		"Received: by x\r\n"
		"Authentication-Results: mail.so.vn;\r\n\tdkim=pass"
		" header.d=stc.vn\r\n"
		"authentication-results: mx.evil.vn; dkim=pass\r\n"
		"Authentication-Results: \xff\xfe\r\n"
		"X-Authentication-Results: no\r\n"
		"From: a@stc.vn\r\n\r\nAuthentication-Results: body\r\n",
		arena);
	const struct tree *list = tree_member(answer, "authentication");

	(void)state;
	assert_int_equal(tree_count(list), 3);
	assert_string_equal(tree_text_at(list, 0),
			    "mail.so.vn; dkim=pass header.d=stc.vn");
	assert_string_equal(tree_text_at(list, 1), "mx.evil.vn; dkim=pass");
	assert_string_equal(tree_text_at(list, 2), "");
}

/* A head with a line that is no field hides what follows: nothing of it may
 * vouch for anybody. */
static void test_a_broken_head_vouches_for_nobody(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_letter(
		"Authentication-Results: mail.so.vn; dkim=pass\r\n"
		"To : a@stc.vn\r\n"
		"Subject: x\r\n\r\nx",
		arena);

	(void)state;
	assert_int_equal(tree_count(tree_member(answer, "authentication")), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_delivery_status_is_taken_apart),
		cmocka_unit_test(test_a_disposition_names_its_letter),
		cmocka_unit_test(test_a_forwarded_letter_is_no_report),
		cmocka_unit_test(test_results_of_servers_come_from_the_top),
		cmocka_unit_test(test_a_broken_head_vouches_for_nobody),
	};
	mail_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
