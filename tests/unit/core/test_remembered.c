/* Whose letters are filed by themselves, and which of them wait. */
#include "core/letter.h"
#include "core/remembered.h"
#include "support/register.h"

static const char read_it[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_address,"
	"  message_id, sameness, read_at) VALUES (101, '1', 'Bản tin',"
	"  'BanTin@Bao.vn', 'm1', 's1', 0)";
static const char summarise[] =
	"INSERT INTO letter_summary (file_id, files, done, sure, action,"
	"  made_at) VALUES (101, 1, 1, 0, 'not_document', 0)";
static const char forget_decision[] =
	"UPDATE letter SET state = 'todo', decision = NULL";

static void run(struct fixture *f, const char *sql)
{
	must(db_run(f->db, sql, &f->why));
}

static const char *state_of(struct fixture *f)
{
	struct letter letter;

	must(letter_load(f->db, 1, f->arena, &letter, &f->why));
	return letter.state;
}

static struct letter_decision decide(struct fixture *f, const char *decision,
				     bool remembers)
{
	return (struct letter_decision){ .letter_id = 1,
					 .decision = decision,
					 .remembers = remembers,
					 .actor_id = f->clerk.id,
					 .actor_name = f->clerk.name };
}

/* One letter of the sender was filed; as if the next one came. */
static void remember(struct fixture *f)
{
	struct letter_decision filed = decide(f, "not_document", true);

	run(f, read_it);
	run(f, summarise);
	must(letter_decide(f->db, &filed, &f->why));
	run(f, forget_decision);
}

static void test_the_next_letter_is_filed_by_itself(void **state)
{
	struct fixture *f = *state;
	struct letter letter;

	remember(f);
	run(f, "UPDATE reading SET sender_address = ' bantin@bao.VN'");
	must(remembered_file(f->db, 1, &f->why));
	must(letter_load(f->db, 1, f->arena, &letter, &f->why));
	assert_string_equal(letter.state, "done");
	assert_string_equal(letter.decision, "not_document");
	assert_string_equal(letter.decided_name, "registry");
	must(remembered_file(f->db, 1, &f->why));
}

static void test_what_may_be_a_document_waits(void **state)
{
	static const char *const doubts[] = {
		"UPDATE letter_summary SET action = 'register'",
		"UPDATE letter_summary SET action = NULL",
		"UPDATE letter_summary SET symbol = '61/STC-NS'",
		"UPDATE letter_summary SET done = 0",
		"UPDATE letter_summary SET failed = 1",
		"UPDATE letter_summary SET recognising = 1",
		"UPDATE reading SET sender_address = 'khac@bao.vn'",
		"UPDATE letter SET decision = 'reopen'",
	};
	struct fixture *f = *state;

	remember(f);
	for (size_t i = 0; i < sizeof(doubts) / sizeof(*doubts); i++) {
		run(f, "SAVEPOINT doubt");
		run(f, doubts[i]);
		must(remembered_file(f->db, 1, &f->why));
		assert_string_equal(state_of(f), "todo");
		run(f, "ROLLBACK TO doubt");
		run(f, "RELEASE doubt");
	}
}

static void test_putting_it_back_forgets_the_sender(void **state)
{
	struct fixture *f = *state;
	struct letter_decision reopen = decide(f, "reopen", false);

	remember(f);
	must(remembered_file(f->db, 1, &f->why));
	must(letter_decide(f->db, &reopen, &f->why));
	run(f, forget_decision);
	must(remembered_file(f->db, 1, &f->why));
	assert_string_equal(state_of(f), "todo");
}

static void test_only_what_is_no_document_is_remembered(void **state)
{
	struct fixture *f = *state;
	struct letter_decision wrong = decide(f, "quarantine", true);
	struct letter_decision nobody = decide(f, "not_document", true);

	wrong.reason = "Nghi có mã độc";
	assert_false(letter_decide(f->db, &wrong, &f->why));
	assert_int_equal(f->why.kind, FAIL_INVALID);
	must_fail(letter_decide(f->db, &nobody, &f->why), "sender.none");
	assert_string_equal(state_of(f), "todo"); /* nothing half done */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_the_next_letter_is_filed_by_itself),
		FIXTURE_TEST(test_what_may_be_a_document_waits),
		FIXTURE_TEST(test_putting_it_back_forgets_the_sender),
		FIXTURE_TEST(test_only_what_is_no_document_is_remembered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
