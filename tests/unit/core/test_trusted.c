/* What a rule may register, and what it must leave to people. */
#include "core/letter.h"
#include "core/link.h"
#include "core/trusted.h"
#include "support/register.h"

static const char understand[] =
	"INSERT INTO reading (file_id, reader_version, subject, sender_address,"
	"  message_id, sameness, read_at, authentication) VALUES (101, '1',"
	"  'Báo cáo', 'vanthu@stc.vn', 'm1', 's1', 0,"
	"  '[\"mail.so.vn; dkim=pass header.d=stc.vn\"]')";
static const char add_agency[] =
	"INSERT INTO agency (id, organisation_id, name, created_at)"
	" VALUES (50, 1, 'Sở Tài chính', 0)";
static const char summarise[] =
	"INSERT INTO letter_summary (file_id, files, done, main_file_id,"
	"  symbol, symbol_key, document_day, issuer, agency_id, subject, sure,"
	"  made_at) VALUES (101, 2, 2, 102, '61/STC-NS', '61/stc-ns',"
	"  '2026-06-01', 'Sở Tài chính', 50, 'Báo cáo dự toán', 1, 0)";

static void run(struct fixture *f, const char *sql)
{
	must(db_run(f->db, sql, &f->why));
}

static struct actor program(struct fixture *f)
{
	return (struct actor){ .name = "command",
			       .organisation_id = f->organisation_id };
}

static void trust(struct fixture *f, const char *address)
{
	struct trusted_sender sender = { .kind = "address",
					 .value = address };
	struct actor actor = program(f);

	must(trusted_add(f->db, &sender, &actor, &f->why));
	must(trusted_set(f->db, true, "mail.so.vn", &actor, &f->why));
}

/* A letter about which nothing is in doubt, from one who is trusted. */
static void prepare(struct fixture *f)
{
	run(f, understand);
	run(f, add_agency);
	run(f, summarise);
	trust(f, "VanThu@stc.vn");
}

static int64_t attempt(struct fixture *f)
{
	int64_t entry_id = -1;

	must(trusted_register(f->db, 1, f->arena, &entry_id, &f->why));
	return entry_id;
}

static void test_it_is_registered_and_marked(void **state)
{
	struct fixture *f = *state;
	struct trusted_mark mark;
	struct letter letter;
	struct entry entry;
	int64_t id;

	prepare(f);
	id = attempt(f);
	assert_true(id > 0);
	must(entry_load(f->db, id, f->arena, &entry, &f->why));
	assert_string_equal(entry.fields.symbol, "61/STC-NS");
	assert_string_equal(entry.registered_name, "Quy tắc tự động");
	must(trusted_mark(f->db, id, f->arena, &mark, &f->why));
	assert_string_equal(mark.proof, "dkim stc.vn");
	assert_true(mark.may_undo);
	must(letter_load(f->db, 1, f->arena, &letter, &f->why));
	assert_int_equal(letter.entry_id, id);
	assert_int_equal(attempt(f), 0); /* once */
}

static void test_it_is_off_by_default(void **state)
{
	struct fixture *f = *state;
	struct actor actor = program(f);

	prepare(f);
	must(trusted_set(f->db, false, NULL, &actor, &f->why));
	assert_int_equal(attempt(f), 0);
	run(f, "DELETE FROM setting WHERE name LIKE 'trust.%'");
	assert_int_equal(attempt(f), 0);
	must(trusted_set(f->db, true, NULL, &actor, &f->why));
	assert_int_equal(attempt(f), 0); /* no server, no address */
}

/* Each change alone leaves the letter to people. */
static void test_any_doubt_leaves_it_to_people(void **state)
{
	static const char *const doubts[] = {
		"UPDATE letter_summary SET sure = 0",
		"UPDATE letter_summary SET symbol = NULL",
		"UPDATE letter_summary SET agency_id = NULL",
		"UPDATE letter_summary SET recognising = 1",
		"UPDATE letter_summary SET failed = 1",
		"UPDATE letter_summary SET done = 1",
		"UPDATE letter_summary SET main_file_id = NULL",
		"UPDATE reading SET flags = '[\"ambiguous\"]'",
		"UPDATE reading SET sender_address = 'khac@stc.vn'",
		"UPDATE reading SET authentication = '[]'",
		"UPDATE reading SET authentication ="
		" '[\"mail.so.vn; dkim=fail header.d=stc.vn\"]'",
		"UPDATE trusted_sender SET removed_at = 1",
		"UPDATE letter SET state = 'quarantine'",
		"INSERT INTO proposal (file_id, position, field, source,"
		" value, seen, page, box_left, box_top, box_right, box_bottom,"
		" confidence) VALUES (102, 0, 'symbol', 'text', '61/STC-NS',"
		" '', 1, 0, 0, 0, 0, 700)",
		"INSERT INTO proposal (file_id, position, field, source,"
		" value, seen, page, box_left, box_top, box_right, box_bottom,"
		" confidence) VALUES (102, 0, 'symbol', 'text', '67/STC-NS',"
		" '', 1, 0, 0, 0, 0, 750)",
	};
	struct fixture *f = *state;

	prepare(f);
	for (size_t i = 0; i < sizeof(doubts) / sizeof(doubts[0]); i++) {
		run(f, "SAVEPOINT doubt");
		run(f, doubts[i]);
		if (attempt(f) != 0)
			fail_msg("registered: %s", doubts[i]);
		run(f, "ROLLBACK TO doubt");
		run(f, "RELEASE doubt");
	}
	assert_true(attempt(f) > 0);
}

static void test_a_duplicate_near_leaves_it_to_people(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);

	prepare(f);
	request.fields.issuer = "Sở Tài chính";
	request.fields.agency_id = 50;
	request.fields.symbol = "61/STC-NS";
	request.fields.document_day = "2025-06-01"; /* only a hint */
	fixture_register(f, &request);
	assert_int_equal(attempt(f), 0);
}

static void test_undone_on_its_day_as_a_void_line(void **state)
{
	struct fixture *f = *state;
	struct trusted_mark mark;
	struct letter letter;
	struct entry entry;
	int64_t id;

	prepare(f);
	id = attempt(f);
	must(trusted_undo(f->db, id, &f->clerk, &f->why));
	must(entry_load(f->db, id, f->arena, &entry, &f->why));
	assert_string_equal(entry.state, "void");
	assert_int_equal(entry.number, 1); /* the number stays */
	must(letter_load(f->db, 1, f->arena, &letter, &f->why));
	assert_string_equal(letter.state, "todo");
	must(trusted_mark(f->db, id, f->arena, &mark, &f->why));
	assert_false(mark.may_undo);
	must_fail(trusted_undo(f->db, id, &f->clerk, &f->why), "trust.late");
}

static void test_late_is_late(void **state)
{
	struct fixture *f = *state;
	struct entry_request request = fixture_request(f);
	struct entry other = fixture_register(f, &request);
	int64_t id;

	prepare(f);
	id = attempt(f);
	run(f, "UPDATE rule_entry SET at = at - 86400");
	must_fail(trusted_undo(f->db, id, &f->clerk, &f->why), "trust.late");
	must_fail(trusted_undo(f->db, other.id, &f->clerk, &f->why),
		  "trust.no_rule");
}

static void test_results_of_our_server_only(void **state)
{
	static const struct {
		const char *json;
		bool passes;
	} cases[] = {
		{ "[\"mail.so.vn; dkim=pass header.d=stc.vn\"]", true },
		{ "[\"mail.so.vn 1; spf=pass; dkim=pass (2048-bit key) "
		  "header.d=STC.VN header.s=k1\"]",
		  true },
		{ "[\"MAIL.so.vn;dkim=pass header.i=@stc.vn "
		  "header.d=stc.vn\",\"mail.so.vn; dmarc=pass\"]",
		  true },
		/* another server's word */
		{ "[\"mx.evil.vn; dkim=pass header.d=stc.vn\"]", false },
		{ "[\"mail.so.vn.evil.vn; dkim=pass header.d=stc.vn\"]",
		  false },
		/* forged: ours says no, or says it twice */
		{ "[\"mail.so.vn; dkim=none\",\"mail.so.vn; dkim=pass "
		  "header.d=stc.vn\"]",
		  false },
		{ "[\"mail.so.vn; dkim=pass header.d=stc.vn\",\"mail.so.vn; "
		  "dkim=pass header.d=stc.vn\"]",
		  false },
		/* another domain, part of one, a longer one */
		{ "[\"mail.so.vn; dkim=pass header.d=evil.vn\"]", false },
		{ "[\"mail.so.vn; dkim=pass header.d=vn\"]", false },
		{ "[\"mail.so.vn; dkim=pass header.d=stc.vn.evil.vn\"]",
		  false },
		/* the domain of another result, or in a comment or string */
		{ "[\"mail.so.vn; dkim=pass header.d=evil.vn; spf=pass "
		  "header.d=stc.vn\"]",
		  false },
		{ "[\"mail.so.vn; dkim=pass (header.d=stc.vn) "
		  "header.d=evil.vn\"]",
		  false },
		{ "[\"mail.so.vn; dkim=fail reason=\\\"; dkim=pass "
		  "header.d=stc.vn\\\"\"]",
		  false },
		{ "[\"mail.so.vn; (dkim=pass header.d=stc.vn)\"]", false },
		{ "[\"mail.so.vn; dkim=passed header.d=stc.vn\"]", false },
		{ "[\"mail.so.vn\"]", false },
		{ "[\"\"]", false },
		{ "[7]", false },
		{ "{", false },
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (trusted_has_dkim(cases[i].json, "mail.so.vn", "stc.vn",
				     arena) != cases[i].passes)
			fail_msg("%s", cases[i].json);
	assert_false(trusted_has_dkim(cases[0].json, "", "stc.vn", arena));
	assert_false(trusted_has_dkim(NULL, "mail.so.vn", "stc.vn", arena));
}

static void test_a_signature_must_hold_and_be_trusted(void **state)
{
	struct fixture *f = *state;
	struct trusted_sender sender = { .kind = "signature",
					 .value = "Sở Tài chính" };
	struct actor actor = program(f);

	prepare(f);
	run(f, "UPDATE trusted_sender SET removed_at = 1");
	must(trusted_add(f->db, &sender, &actor, &f->why));
	run(f,
	    "INSERT INTO file_reading (file_id, reader_version, type,"
	    " read_at, signatures) VALUES (102, '1', 'application/pdf', 0,"
	    " '[{\"state\":\"signed\",\"name\":\"Trần A\","
	    "\"organisation\":\"SỞ TÀI CHÍNH\",\"trusted\":false}]')");
	assert_int_equal(attempt(f), 0);
	run(f,
	    "UPDATE file_reading SET signatures ="
	    " replace(signatures, 'false', 'true')");
	run(f,
	    "UPDATE file_reading SET signatures ="
	    " replace(signatures, '\"signed\"', '\"changed\"')");
	assert_int_equal(attempt(f), 0);
	run(f,
	    "UPDATE file_reading SET signatures ="
	    " replace(signatures, '\"changed\"', '\"signed\"')");
	assert_true(attempt(f) > 0);
}

static void test_no_patterns_are_trusted(void **state)
{
	static const char *const wrong[] = { "@stc.vn", "*@stc.vn", "a@vn",
					     "a@b.vn,c@d.vn", "a@b@c.vn", "" };
	struct fixture *f = *state;
	struct actor actor = program(f);
	struct trusted_sender sender = { .kind = "address" };

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		sender.value = wrong[i];
		assert_false(trusted_add(f->db, &sender, &actor, &f->why));
	}
	sender.value = "vanthu@stc.vn";
	must(trusted_add(f->db, &sender, &actor, &f->why));
	must_fail(trusted_add(f->db, &sender, &actor, &f->why),
		  "trust.exists");
	must(trusted_remove(f->db, "VANTHU@stc.vn", &actor, &f->why));
	must_fail(trusted_remove(f->db, "vanthu@stc.vn", &actor, &f->why),
		  "trust.none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_it_is_registered_and_marked),
		FIXTURE_TEST(test_it_is_off_by_default),
		FIXTURE_TEST(test_any_doubt_leaves_it_to_people),
		FIXTURE_TEST(test_a_duplicate_near_leaves_it_to_people),
		FIXTURE_TEST(test_undone_on_its_day_as_a_void_line),
		FIXTURE_TEST(test_late_is_late),
		cmocka_unit_test(test_results_of_our_server_only),
		FIXTURE_TEST(test_a_signature_must_hold_and_be_trusted),
		FIXTURE_TEST(test_no_patterns_are_trusted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
