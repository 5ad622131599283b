#include "base/moment.h"
#include "core/audit.h"
#include "core/job.h"
#include "core/part.h"
#include "unit/core/intake.h"

static const char letter_a[] = "Subject: a\r\n\r\nKính gửi\r\n";
static const char letter_b[] = "Subject: b\r\n\r\nTrân trọng\r\n";

static void test_putting_twice_changes_nothing(void **state)
{
	struct intake intake;
	struct letter_put put;
	int64_t first = 0;
	int64_t second = 0;
	auto_text found = { 0 };

	(void)state;
	intake_open(&intake);
	put = intake_put(&intake, 7, letter_a);
	assert_int_equal(intake_take(&intake, &put, &first), LETTER_NEW);
	assert_int_equal(intake_take(&intake, &put, &second), LETTER_KNOWN);
	assert_int_equal(first, second);
	assert_int_equal(folder_number(intake.db,
				       "SELECT count(*) FROM audit"
				       " WHERE object_type = 'letter'"),
			 1);
	assert_int_equal(folder_number(intake.db,
				       "SELECT count(*) FROM job"),
			 1);
	assert_int_equal(intake_verify(&intake, &found), 0);
	intake_close(&intake);
}

static void test_a_new_uidvalidity_moves_what_is_known(void **state)
{
	struct intake intake;
	struct letter_put put;
	int64_t first = 0;
	int64_t second = 0;
	auto_text found = { 0 };

	(void)state;
	intake_open(&intake);
	put = intake_put(&intake, 7, letter_a);
	intake_take(&intake, &put, &first);
	put.uidvalidity = 2;
	put.uid = 1;
	assert_int_equal(intake_take(&intake, &put, &second), LETTER_MOVED);
	assert_int_equal(first, second);
	assert_int_equal(folder_number(intake.db,
				       "SELECT count(*) FROM letter"),
			 1);
	/* Another date is another letter. */
	put.uid = 2;
	put.internaldate++;
	assert_int_equal(intake_take(&intake, &put, &second), LETTER_NEW);
	assert_int_equal(intake_verify(&intake, &found), 0);
	intake_close(&intake);
}

static void test_a_reused_uid_keeps_both_and_shows_it(void **state)
{
	struct intake intake;
	struct letter_put put;
	struct letter letter;
	struct fail why = { 0 };
	int64_t first = 0;
	int64_t second = 0;

	(void)state;
	intake_open(&intake);
	put = intake_put(&intake, 7, letter_a);
	intake_take(&intake, &put, &first);
	put = intake_put(&intake, 7, letter_b);
	assert_int_equal(intake_take(&intake, &put, &second), LETTER_CONFLICT);
	assert_int_not_equal(first, second);
	assert_int_equal(intake_take(&intake, &put, &second), LETTER_KNOWN);
	assert_true(letter_load(intake.db, second, intake.arena, &letter,
				&why));
	assert_string_equal(letter.state, "quarantine");
	assert_string_equal(letter.flags_json, "[\"uid_reused\"]");
	intake_close(&intake);
}

static void test_a_lost_lease_takes_nothing(void **state)
{
	struct intake intake;
	struct letter_put put;
	enum letter_taken taken;
	struct fail why = { 0 };
	int64_t id = 0;

	(void)state;
	intake_open(&intake);
	put = intake_put(&intake, 7, letter_a);
	put.lease = "somebody else's";
	assert_false(letter_take(intake.db, &put, &taken, &id, &why));
	assert_int_equal(why.kind, FAIL_CONFLICT);
	assert_string_equal(why.code, "lease.lost");
	intake_close(&intake);
}

static void read_letter(struct intake *intake, const struct letter_put *put,
			const char *message_id, const struct part *part)
{
	const struct reading reading = {
		.reader_version = "1",
		.subject = "Công văn",
		.message_id = message_id,
		.body = "Kính gửi",
		.flags_json = "[]",
	};
	const struct part_request request = {
		.raw = put->digest,
		.reading = &reading,
		.parts = part,
		.part_count = part ? 1 : 0,
	};
	struct fail why = { 0 };
	int64_t file_id = 0;

	assert_true(part_replace_all(intake->db, &request, &file_id, &why));
}

static int64_t queue(struct intake *intake, enum letter_state state,
		     struct letter *ret_first)
{
	const struct letter_page page = { state, 0, 50 };
	struct letter_list list = { 0 };
	struct fail why = { 0 };

	assert_true(letter_queue(intake->db, &page, intake->arena, &list,
				 &why));
	if (list.count)
		*ret_first = list.items[0];
	return (int64_t)list.count;
}

static void test_one_letter_to_many_is_shown_and_decided_once(void **state)
{
	struct intake intake;
	struct letter_put put[3];
	struct letter letter;
	struct letter_decision decision = { .decision = "not_document",
					    .actor_id = 1,
					    .actor_name = "Lan" };
	struct fail why = { 0 };
	int64_t id = 0;
	auto_text found = { 0 };

	(void)state;
	intake_open(&intake);
	put[0] = intake_put(&intake, 1, letter_a);
	put[1] = intake_put(&intake, 2, letter_b);
	put[2] = intake_put(&intake, 3, "Subject: c\r\n\r\n");
	for (size_t i = 0; i < 3; i++)
		intake_take(&intake, &put[i], &id);
	assert_int_equal(queue(&intake, LETTER_TODO, &letter), 3);
	read_letter(&intake, &put[0], "<1@a>", NULL);
	read_letter(&intake, &put[1], "<1@a>", NULL);
	read_letter(&intake, &put[2], "<2@a>", NULL);
	assert_int_equal(queue(&intake, LETTER_TODO, &letter), 2);
	assert_int_equal(letter.copies, 1);
	decision.letter_id = letter.id - 2;
	decision.version = 1;
	assert_true(letter_decide(intake.db, &decision, &why));
	assert_int_equal(queue(&intake, LETTER_TODO, &letter), 1);
	assert_int_equal(queue(&intake, LETTER_DONE, &letter), 1);
	assert_int_equal(letter.copies, 2);
	assert_string_equal(letter.decided_name, "Lan");
	/* Who saw the old version is told. */
	decision.decision = "reopen";
	assert_false(letter_decide(intake.db, &decision, &why));
	assert_int_equal(why.kind, FAIL_CONFLICT);
	assert_string_equal(why.code, "letter.changed");
	/* A third copy that comes later follows. */
	put[2] = intake_put(&intake, 4, letter_a);
	intake_take(&intake, &put[2], &id);
	assert_int_equal(queue(&intake, LETTER_TODO, &letter), 1);
	assert_int_equal(intake_verify(&intake, &found), 0);
	intake_close(&intake);
}

static const char set_received[] =
	"UPDATE letter SET received_at = ?2 WHERE id = ?1";
static const char insert_summary[] =
	"INSERT INTO letter_summary (file_id, action, urgency, made_at)"
	" SELECT file_id, iif(?2 < 0, 'not_document', 'register'),"
	"        max(?2, 0), 0 FROM letter WHERE id = ?1";

static void test_the_walk_takes_what_is_urgent_and_what_is_late(void **state)
{
	static const char *const letters[] = { "a", "b", "c", "d", "e", "f" };
	static const int urgency[] = { 0, 0, 2, -1, 0, 1 };
	static const int hours_ago[] = { 30, 0, 40, 0, 50, 1 };
	static const size_t order[] = { 2, 5, 0, 4, 1 };
	const int64_t noon = moment_of_day((struct day){ 2026, 11, 25 }) +
			     (int64_t)12 * 3600;
	struct intake intake;
	int64_t ids[6];
	int64_t *walk = NULL;
	size_t count = 0;
	struct fail why = { 0 };

	(void)state;
	intake_open(&intake);
	for (size_t i = 0; i < 6; i++) {
		struct letter_put put = intake_put(&intake, (uint32_t)i + 1,
						   letters[i]);
		intake_take(&intake, &put, &ids[i]);
		assert_true(db_run_two(intake.db, set_received, ids[i],
				       noon - (int64_t)hours_ago[i] * 3600,
				       &why));
		/* the first is not read yet */
		assert_true(i == 0 || db_run_two(intake.db, insert_summary,
						 ids[i], urgency[i], &why));
	}
	assert_true(letter_walk(intake.db, noon, intake.arena, &walk, &count,
				&why));
	assert_int_equal(count, 5);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(walk[i], ids[order[i]]);
	intake_close(&intake);
}

static void test_decisions_follow_the_arrows(void **state)
{
	static const struct {
		const char *decision;
		const char *reason;
		bool ok;
	} steps[] = {
		{ "reopen", NULL, false },
		{ "quarantine", NULL, false },
		{ "quarantine", "có mã độc", true },
		{ "quarantine", "lần nữa", false },
		{ "attach", NULL, false }, /* to what? */
		{ "burn", NULL, false },
		{ "not_document", NULL, true },
		{ "not_document", NULL, false },
		{ "reopen", NULL, true },
		{ "return", "", false },
		{ "return", "sai thể thức", true },
	};
	struct intake intake;
	struct letter_put put;
	struct fail why = { 0 };
	struct letter_decision decision = { .actor_name = "Lan" };

	(void)state;
	intake_open(&intake);
	put = intake_put(&intake, 1, letter_a);
	intake_take(&intake, &put, &decision.letter_id);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		decision.decision = steps[i].decision;
		decision.reason = steps[i].reason;
		assert_int_equal(letter_decide(intake.db, &decision, &why),
				 steps[i].ok);
	}
	intake_close(&intake);
}

static bool collect(void *context, const char *json, struct fail *why)
{
	(void)why;
	text_add(context, json);
	text_add(context, "\n");
	return true;
}

#define EXPECTED                                                   \
	"{\"mailbox\":\"vanthu\",\"folder\":\"INBOX\",\"uid\":7,"  \
	"\"uidvalidity\":1,\"raw_sha256\":\"%s\",\"flags\":[],"    \
	"\"attachments\":[{\"name\":\"a \\\"b\\\".pdf\",\"type\":" \
	"\"application/pdf\",\"class\":\"file\",\"bytes\":3,"      \
	"\"sha256\":\"%s\",\"entry\":null}]}\n"

static void test_export_is_what_was_promised(void **state)
{
	struct intake intake;
	struct letter_put put;
	struct part part = { .path = "1",
			     .type = "application/pdf",
			     .name = "a \"b\".pdf",
			     .class = "file",
			     .bytes = 3 };
	struct fail why = { 0 };
	char raw[DIGEST_HEX_SIZE];
	char content[DIGEST_HEX_SIZE];
	int64_t id = 0;
	auto_text first = { 0 };
	auto_text second = { 0 };

	(void)state;
	intake_open(&intake);
	put = intake_put(&intake, 7, letter_a);
	intake_take(&intake, &put, &id);
	assert_true(vault_add(store_vault(intake.store), "pdf", 3,
			      &part.digest, &why));
	read_letter(&intake, &put, "<1@a>", &part);
	read_letter(&intake, &put, "<1@a>", &part);
	assert_true(letter_export(intake.db, collect, &first, &why));
	assert_true(letter_export(intake.db, collect, &second, &why));
	digest_print(&put.digest, raw);
	digest_print(&part.digest, content);
	assert_string_equal(text_string(&first),
			    arena_print(intake.arena, EXPECTED, raw, content));
	assert_string_equal(text_string(&first), text_string(&second));
	intake_close(&intake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_putting_twice_changes_nothing),
		cmocka_unit_test(test_a_new_uidvalidity_moves_what_is_known),
		cmocka_unit_test(test_a_reused_uid_keeps_both_and_shows_it),
		cmocka_unit_test(test_a_lost_lease_takes_nothing),
		cmocka_unit_test(
			test_one_letter_to_many_is_shown_and_decided_once),
		cmocka_unit_test(
			test_the_walk_takes_what_is_urgent_and_what_is_late),
		cmocka_unit_test(test_decisions_follow_the_arrows),
		cmocka_unit_test(test_export_is_what_was_promised),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
