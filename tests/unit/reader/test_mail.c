/* Text and envelope: what a person reads of a letter. */
#include "base/moment.h"
#include "base/text.h"
#include "reader/mail.h"
/* last: it brings a macro called fail */
#include "support/test.h"

static struct tree *read_part(struct bytes letter, struct arena *arena)
{
	struct mail_room room = { .size = letter.size * 2 + 4096 };
	struct tree *answer = tree_create();
	struct fail why = { 0 };

	room.at = arena_alloc(arena, room.size);
	if (!mail_read(letter, room, arena, answer, &why))
		fail_msg("%s", why.sentence);
	return answer;
}

static struct tree *read_string(const char *letter, struct arena *arena)
{
	return read_part(bytes_of(letter), arena);
}

static void test_envelope_is_read(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_string(
		"From: =?UTF-8?B?U+G7nyBO?= =?UTF-8?B?w7RuZyBuZ2hp4buHcA==?="
		" <vt@snn.vn>\r\n"
		"To: \"Phong A\" <a@b.vn>, nhom: c@d.vn, e@f.vn;\r\n"
		"Cc: =?windows-1258?Q?V=E3n_th=FD?= <g@h.vn>\r\n"
		"Subject: =?UTF-8?Q?V=E1=BB=81_vi=E1=BB?=\r\n"
		" =?UTF-8?Q?=87c_b=C3=A1o_c=C3=A1o?=\r\n"
		"Message-ID: <1@x>\r\nIn-Reply-To: <0@x>\r\n"
		"References: <a@x> <0@x>\r\n"
		"Date: Tue, 24 Nov 2026 08:00:00 +0700\r\n\r\nx",
		arena);
	const struct tree *to = tree_member(answer, "recipients");

	(void)state;
	assert_string_equal(tree_text(answer, "sender_name", ""),
			    "Sở Nông nghiệp");
	assert_string_equal(tree_text(answer, "sender_address", ""),
			    "vt@snn.vn");
	assert_string_equal(tree_text(answer, "subject", ""),
			    "Về việc báo cáo");
	assert_int_equal(tree_count(to), 4);
	assert_string_equal(tree_text(tree_at(to, 3), "name", ""), "Văn thư");
	assert_string_equal(tree_text(tree_at(to, 1), "address", ""),
			    "c@d.vn");
	assert_string_equal(tree_text(answer, "message_id", ""), "1@x");
	assert_string_equal(tree_text(answer, "in_reply_to", ""), "0@x");
	assert_int_equal(tree_count(tree_member(answer, "references")), 2);
	assert_int_equal(tree_int(answer, "sent_at", 0), 1795482000);
}

static void test_plain_text_goes_before_html(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_string(
		"Content-Type: multipart/alternative; boundary=b\r\n\r\n"
		"--b\r\nContent-Type: text/html\r\n\r\n<p>trang</p>\r\n"
		"--b\r\nContent-Type: text/plain\r\n\r\nthuan\r\n--b--",
		arena);

	(void)state;
	assert_string_equal(tree_text(answer, "text", ""), "thuan");
}

static void test_html_becomes_text(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = read_string(
		"Content-Type: text/html; charset=utf-8\r\n\r\n"
		"<html><head><title>t</title><style>s{}</style></head><body>"
		"<p>Kính&nbsp;gửi <b>các</b>\r\nđơn vị</p><script>x()"
		"</script><div>dòng hai<br>dòng ba</div></body></html>",
		arena);

	(void)state;
	assert_string_equal(tree_text(answer, "text", ""),
			    "Kính\xc2\xa0gửi các đơn vị\n"
			    "dòng hai\ndòng ba\n");
}

static void test_old_charsets_become_unicode(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *labelled = read_string(
		"Content-Type: text/plain; charset=windows-1258\r\n"
		"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
		"C=F4ng v=E3n s=F4=EC 61 v=EA=CC vi=EA=F2c",
		arena);
	auto_tree *wrong = read_string(
		"Content-Type: text/plain; charset=us-ascii\r\n\r\n"
		"Về việc báo cáo",
		arena);

	(void)state;
	assert_string_equal(tree_text(labelled, "text", ""),
			    "Công văn số 61 về việc");
	assert_string_equal(tree_text(wrong, "text", ""), "Về việc báo cáo");
}

/* Lists that would make a parser of address groups recurse to death. */
static void test_recipients_are_limited(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_text letter = { 0 };
	struct tree *answer;

	(void)state;
	text_add(&letter, "To: ");
	for (int i = 0; i < 50000; i++)
		text_add(&letter, "g:");
	text_add(&letter, "\r\nFrom: ");
	for (int i = 0; i < 50000; i++)
		text_add(&letter, "(");
	text_add(&letter, "\r\n\r\nx");
	answer = read_string(letter.string, arena);
	assert_string_equal(
		tree_text_at(tree_member(answer, "flags"), 0), "ambiguous");
	tree_destroy(&answer);
}

/* What is quadratic in a parser shows here as a test that does not end. */
static void test_hostile_headers_end_soon(void **state)
{
	static const char *const pieces[] = { "=?a?q?", "=?utf-8?B?w6k=?= ",
					      ";a*0=b", "\"", "\\\"",
					      "filename*1*=a%41;" };
	const int64_t start = moment_ticks();

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		auto_arena *arena = arena_create(0);
		auto_text letter = { 0 };
		struct tree *answer;

		text_add(&letter, "Content-Disposition: attachment; filename=");
		while (letter.size < 600 * 1000)
			text_add(&letter, pieces[i]);
		text_add(&letter, "\r\nSubject: x\r\n\r\nx");
		answer = read_string(letter.string, arena);
		tree_destroy(&answer);
	}
	assert_true(moment_ticks() - start < 20 * 1000);
}

static void test_a_room_too_small_is_said(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_tree *answer = tree_create();
	unsigned char room[4];
	struct fail why = { 0 };

	(void)state;
	assert_false(mail_read(
		bytes_of("Content-Type: application/pdf\r\n\r\n0123456789"),
		(struct mail_room){ .at = room, .size = sizeof(room) }, arena,
		answer, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
}

static int open_all(void **state)
{
	(void)state;
	mail_open();
	return 0;
}

static int close_all(void **state)
{
	(void)state;
	mail_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_envelope_is_read),
		cmocka_unit_test(test_plain_text_goes_before_html),
		cmocka_unit_test(test_html_becomes_text),
		cmocka_unit_test(test_old_charsets_become_unicode),
		cmocka_unit_test(test_recipients_are_limited),
		cmocka_unit_test(test_hostile_headers_end_soon),
		cmocka_unit_test(test_a_room_too_small_is_said),
	};

	return cmocka_run_group_tests(tests, open_all, close_all);
}
