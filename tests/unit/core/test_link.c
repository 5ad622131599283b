/* Links: certain ones are made, others wait, all can be undone, each decision
 * is held against what was proposed. */
#include "core/attachment.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/receipt.h"
#include "support/register.h"

static void run(struct fixture *f, const char *sql)
{
	must(db_run(f->db, sql, &f->why));
}

/* Letter 2 brings the first file of letter 1 (see fixture_parts). */
static const char readings[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_address,"
	"  message_id, sameness, read_at) VALUES"
	" (101, '1', 'Báo cáo', 'vanthu@stc.vn', 'm1', 's1', 0),"
	" (104, '1', 'Báo cáo', 'lan@so.vn', 'm2', 's2', 0)";

static struct link_list find(struct fixture *f, int64_t letter_id)
{
	struct link_list list;

	must(link_find(f->db, letter_id, f->arena, &f->why));
	must(link_list(f->db, letter_id, f->arena, &list, &f->why));
	return list;
}

static struct entry register_letter(struct fixture *f, int64_t letter_id,
				    const char *symbol)
{
	struct entry_request request = fixture_request(f);

	request.letter_id = letter_id;
	request.duplicate_reason = "dùng để thử nghiệm";
	request.fields.symbol = symbol;
	return fixture_register(f, &request);
}

static const char *state_of(struct fixture *f, int64_t letter_id)
{
	struct letter letter;

	must(letter_load(f->db, letter_id, f->arena, &letter, &f->why));
	return letter.state;
}

static void decide(struct fixture *f, const struct link *link,
		   const char *decision)
{
	struct link_decision wish = { .letter_id = link->letter_id,
				      .link_id = link->id,
				      .decision = decision,
				      .actor = f->clerk };

	must(link_decide(f->db, &wish, &f->why));
}

static struct link_figures figures(struct fixture *f, enum link_kind kind)
{
	struct link_figures kinds[LINK_KIND_COUNT];

	must(link_report(f->db, kinds, &f->why));
	return kinds[kind];
}

static void test_same_files_are_linked_and_can_be_unlinked(void **state)
{
	struct fixture *f = *state;
	struct link_list list;
	struct entry entry;

	run(f, readings);
	entry = register_letter(f, 1, "61/STC-NS");
	list = find(f, 2);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].state, "linked");
	assert_string_equal(list.items[0].reason, "same_files");
	assert_string_equal(list.items[0].decided_name, "Quy tắc tự động");
	assert_int_equal(list.items[0].entry_id, entry.id);
	assert_string_equal(state_of(f, 2), "done");
	decide(f, &list.items[0], "unlink");
	assert_string_equal(state_of(f, 2), "todo");
	list = find(f, 2); /* not linked again */
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].state, "unlinked");
	assert_string_equal(state_of(f, 2), "todo");
	assert_int_equal(figures(f, LINK_DUPLICATE).unlinked, 1);
	decide(f, &list.items[0], "accept"); /* after all */
	assert_string_equal(state_of(f, 2), "done");
	assert_int_equal(figures(f, LINK_DUPLICATE).linked, 1);
}

static void test_a_letter_taken_back_is_unlinked(void **state)
{
	struct fixture *f = *state;
	struct letter_decision reopen = { .letter_id = 2,
					  .decision = "reopen",
					  .actor_id = f->clerk.id,
					  .actor_name = "lien" };
	struct link_list list;

	run(f, readings);
	register_letter(f, 1, "61/STC-NS");
	assert_string_equal(find(f, 2).items[0].state, "linked");
	must(attachment_decide(f->db, &reopen, ATTACHMENT_MAIN, &f->clerk,
			       &f->why));
	must(link_list(f->db, 2, f->arena, &list, &f->why));
	assert_string_equal(list.items[0].state, "unlinked");
}

static void test_a_void_line_is_no_target(void **state)
{
	struct fixture *f = *state;
	struct entry_change change = { .actor = f->clerk, .now = f->now };
	struct link_decision wish = { .letter_id = 2,
				      .decision = "accept",
				      .actor = f->clerk };
	struct link_list list;
	struct entry entry;

	run(f, readings);
	entry = register_letter(f, 1, "61/STC-NS");
	list = find(f, 2);
	decide(f, &list.items[0], "unlink");
	change.id = entry.id;
	change.version = entry.version;
	must(entry_void(f->db, &change, "đăng ký nhầm văn bản", &f->why));
	wish.link_id = list.items[0].id;
	must_fail(link_decide(f->db, &wish, &f->why), "link.void");
	run(f, "DELETE FROM link_proposal");
	assert_int_equal(find(f, 2).count, 0);
}

static void test_in_quarantine_nothing_is_told(void **state)
{
	struct fixture *f = *state;

	run(f, readings);
	register_letter(f, 1, "61/STC-NS");
	run(f, "UPDATE letter SET state = 'quarantine' WHERE id = 2");
	assert_int_equal(find(f, 2).count, 0);
	run(f, "UPDATE letter SET state = 'todo' WHERE id = 2");
	assert_int_equal(find(f, 2).count, 1);
}

static void test_two_that_are_as_good_stay_proposals(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct attachment_choice file = { .role = ATTACHMENT_MAIN };
	struct link_list list;

	run(f, readings);
	register_letter(f, 1, "61/STC-NS");
	file.sha256 =
		"2222222222222222222222222222222222222222222222222222222222222"
		"222";
	run(f,
	    "UPDATE file SET sha256 = replace(hex(zeroblob(32)), '0', '2')"
	    " WHERE id = 102");
	request.files = &file;
	request.file_count = 1;
	request.duplicate_reason = "dùng để thử nghiệm";
	fixture_register(f, &request);
	list = find(f, 2);
	assert_int_equal(list.count, 2);
	assert_string_equal(list.items[0].state, "proposed");
	assert_string_equal(list.items[1].state, "proposed");
	assert_string_equal(state_of(f, 2), "todo");
}

static const char summary_of_two[] =
	"INSERT INTO letter_summary (file_id, files, done, main_file_id,"
	"  symbol, symbol_key, document_day, issuer, subject, sure, made_at)"
	" VALUES (104, 1, 1, 102, '1000/UBND-KT', '', '2026-01-02',"
	"  'Ủy ban nhân dân tỉnh Đồng Tháp',"
	"  'Báo cáo cải cách hành chính', 1, 0)";

static void test_mail_after_paper_is_the_paper(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct attachment_list files;
	struct link_list list;
	struct entry entry;

	run(f, readings);
	run(f, summary_of_two);
	request.fields.symbol = "1000/UBND-KT";
	request.fields.subject = "Báo cáo cải cách hành chính";
	entry = fixture_register(f, &request);
	list = find(f, 2);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].state, "linked");
	assert_string_equal(list.items[0].reason, "paper_twin");
	must(attachment_list(f->db, entry.id, f->arena, &files, &f->why));
	assert_int_equal(files.count, 1); /* the entry has its file now */
}

static void test_another_issuer_or_year_is_another_document(void **state)
{
	static const char *const others[] = {
		"UPDATE letter_summary SET issuer = 'UBND tỉnh An Giang'",
		"UPDATE letter_summary SET document_day = '2025-01-02'",
		"UPDATE letter_summary SET symbol = '1001/UBND-KT'",
	};
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);

	run(f, readings);
	request.fields.symbol = "1000/UBND-KT";
	request.fields.subject = "Về việc khác hẳn";
	fixture_register(f, &request);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		run(f, "DELETE FROM letter_summary");
		run(f, summary_of_two);
		run(f, others[i]);
		assert_int_equal(find(f, 2).count, 0);
	}
}

static void test_said_to_be_corrected_is_never_linked_at_once(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct link_list list;

	run(f, readings);
	run(f,
	    "UPDATE reading SET subject = 'Gửi lại bản đúng' WHERE"
	    " file_id = 104");
	run(f, summary_of_two);
	request.fields.symbol = "1000/UBND-KT";
	fixture_register(f, &request);
	list = find(f, 2);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].state, "proposed");
	assert_int_equal(list.items[0].kind, LINK_CORRECTION);
}

/* One of ours, "01/SNNMT-KHTC" of 2026-06-24. */
static struct entry register_ours(struct fixture *f)
{
	struct entry_request request = fixture_request(f);

	request.direction = DIRECTION_OUT;
	request.fields.type_id = 18;
	request.fields.unit_id = f->unit_id;
	request.fields.subject = "Về việc góp ý dự thảo";
	return fixture_register(f, &request);
}

static const char cite_ours[] =
	"INSERT INTO proposal (file_id, position, field, source, value, seen,"
	"  page, box_left, box_top, box_right, box_bottom, confidence, role,"
	"  day) VALUES (102, 0, 'cited', 'text', '01/SNNMT-KHTC', '', 1, 0, 0,"
	"  0, 0, 950, 'reply', '2026-06-24')";

static void test_a_reply_is_related_when_it_is_registered(void **state)
{
	struct fixture *f = *state;
	struct entry ours = register_ours(f), reply;
	struct relation_list relations;
	struct link_list list;

	assert_string_equal(ours.fields.symbol, "01/SNNMT-KHTC");
	run(f, readings);
	run(f, summary_of_two);
	run(f, cite_ours);
	list = find(f, 2);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].state, "linked");
	assert_int_equal(list.items[0].kind, LINK_REPLY);
	assert_string_equal(state_of(f, 2), "todo"); /* still to register */
	reply = register_letter(f, 2, "77/UBND-KT");
	must(relation_list(f->db, reply.id, f->arena, &relations, &f->why));
	assert_int_equal(relations.count, 1);
	assert_int_equal(relations.relations[0].other_id, ours.id);
	decide(f, &list.items[0], "unlink");
	must(relation_list(f->db, reply.id, f->arena, &relations, &f->why));
	assert_int_equal(relations.count, 0);
	assert_string_equal(state_of(f, 2), "done"); /* it stays registered */
}

static void test_the_day_of_a_cited_number_is_checked(void **state)
{
	struct fixture *f = *state;
	struct link_list list;

	register_ours(f);
	run(f, readings);
	run(f, summary_of_two);
	run(f, cite_ours);
	run(f, "UPDATE proposal SET day = '2026-06-20'");
	list = find(f, 2);
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].state, "proposed");
	run(f, "UPDATE proposal SET day = '2024-06-24'");
	assert_int_equal(find(f, 2).count, 0);
	run(f,
	    "UPDATE proposal SET day = '2026-06-24',"
	    " issuer = 'Sở Nông nghiệp và Môi trường tỉnh Hà Sơn'");
	run(f,
	    "UPDATE organisation SET name ="
	    " 'Sở Nông nghiệp và Môi trường tỉnh Lam Giang'");
	assert_int_equal(find(f, 2).count, 0);
}

static void send_ours(struct fixture *f, int64_t entry_id)
{
	struct link_sent sent = { .entry_id = entry_id,
				  .message_id = "ours@so.vn",
				  .recipients = "vanthu@stc.vn",
				  .subject = "Góp ý dự thảo",
				  .sent_at = f->now };

	must(link_sent_add(f->db, &sent, &f->why));
}

static void test_a_bounce_is_told_where_it_belongs(void **state)
{
	struct fixture *f = *state;
	struct entry ours = register_ours(f);
	struct delivery_list deliveries;
	struct link_list list;

	send_ours(f, ours.id);
	run(f, readings);
	run(f, "DELETE FROM part WHERE of_file_id = 104");
	run(f,
	    "UPDATE reading SET reports = '[{\"state\":\"failed\","
	    "\"recipient\":\"vanthu@stc.vn\",\"message_id\":\"ours@so.vn\","
	    "\"words\":\"550 no such user\"}]' WHERE file_id = 104");
	list = find(f, 2);
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].kind, LINK_BOUNCE);
	assert_string_equal(list.items[0].state, "linked");
	must(receipt_list(f->db, ours.id, f->arena, &deliveries, &f->why));
	assert_int_equal(deliveries.count, 1);
	assert_string_equal(deliveries.items[0].state, "failed");
	assert_string_equal(deliveries.items[0].words, "550 no such user");
	decide(f, &list.items[0], "unlink");
	must(receipt_list(f->db, ours.id, f->arena, &deliveries, &f->why));
	assert_int_equal(deliveries.count, 0);
}

static void test_a_report_about_other_mail_is_none(void **state)
{
	struct fixture *f = *state;

	send_ours(f, register_ours(f).id);
	run(f, readings);
	run(f, "DELETE FROM part WHERE of_file_id = 104");
	run(f,
	    "UPDATE reading SET reports = '[{\"state\":\"failed\","
	    "\"recipient\":\"x@y.vn\",\"message_id\":\"other@so.vn\"},"
	    "{\"state\":\"exploded\",\"message_id\":\"ours@so.vn\"},7]'"
	    " WHERE file_id = 104");
	assert_int_equal(find(f, 2).count, 0);
}

static void test_what_people_do_is_held_against_proposals(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct letter_decision decision = { .letter_id = 2,
					    .decision = "attach",
					    .actor_id = f->clerk.id,
					    .actor_name = "lien" };
	struct entry other;

	run(f, readings);
	run(f,
	    "UPDATE reading SET subject = 'Gửi lại bản đúng' WHERE"
	    " file_id = 104");
	run(f, summary_of_two);
	request.fields.symbol = "1000/UBND-KT";
	fixture_register(f, &request);
	assert_int_equal(find(f, 2).count, 1);
	request.fields.symbol = "9/UBND-VX";
	other = fixture_register(f, &request);
	decision.entry_id = other.id; /* not the one proposed */
	must(attachment_decide(f->db, &decision, ATTACHMENT_ANNEX, &f->clerk,
			       &f->why));
	assert_int_equal(figures(f, LINK_CORRECTION).rejected, 1);
	assert_int_equal(figures(f, LINK_CORRECTION).decided, 1);
	assert_int_equal(figures(f, LINK_ANNEX).missed, 1);
}

static void test_paper_registered_later_meets_the_letter(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct link_list list;

	run(f, readings);
	run(f, summary_of_two);
	assert_int_equal(find(f, 2).count, 0);
	request.fields.symbol = "1000/UBND-KT";
	request.fields.subject = "Báo cáo cải cách hành chính";
	fixture_register(f, &request);
	must(link_list(f->db, 2, f->arena, &list, &f->why));
	assert_int_equal(list.count, 1);
	assert_string_equal(list.items[0].reason, "paper_twin");
}

static void test_a_decision_is_for_the_letter_it_is_of(void **state)
{
	struct fixture *f = *state;
	struct link_list list;
	struct link_decision wish = { .decision = "accept",
				      .actor = f->clerk };

	run(f, readings);
	register_letter(f, 1, "61/STC-NS");
	list = find(f, 2);
	wish.letter_id = 1;
	wish.link_id = list.items[0].id;
	must_fail(link_decide(f->db, &wish, &f->why), "link.none");
	wish.letter_id = 2;
	must_fail(link_decide(f->db, &wish, &f->why), "link.changed");
	wish.link_id = 9999;
	must_fail(link_decide(f->db, &wish, &f->why), "link.none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_same_files_are_linked_and_can_be_unlinked),
		FIXTURE_TEST(test_a_letter_taken_back_is_unlinked),
		FIXTURE_TEST(test_a_void_line_is_no_target),
		FIXTURE_TEST(test_in_quarantine_nothing_is_told),
		FIXTURE_TEST(test_two_that_are_as_good_stay_proposals),
		FIXTURE_TEST(test_mail_after_paper_is_the_paper),
		FIXTURE_TEST(test_another_issuer_or_year_is_another_document),
		FIXTURE_TEST(
			test_said_to_be_corrected_is_never_linked_at_once),
		FIXTURE_TEST(test_a_reply_is_related_when_it_is_registered),
		FIXTURE_TEST(test_the_day_of_a_cited_number_is_checked),
		FIXTURE_TEST(test_a_bounce_is_told_where_it_belongs),
		FIXTURE_TEST(test_a_report_about_other_mail_is_none),
		FIXTURE_TEST(test_what_people_do_is_held_against_proposals),
		FIXTURE_TEST(test_paper_registered_later_meets_the_letter),
		FIXTURE_TEST(test_a_decision_is_for_the_letter_it_is_of),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
