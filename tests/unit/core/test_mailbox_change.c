#include "core/mailbox_change.h"
#include "unit/core/intake.h"

static struct mailbox_wanted wanted_for(const char *address, const char *host,
					const char *port, const char *user)
{
	return (struct mailbox_wanted){
		.value = { address, host, port, "tls", user, "mới", "", "",
			   "" },
	};
}

static struct mailbox load(struct intake *intake)
{
	struct mailbox mailbox = { 0 };
	struct fail why = { 0 };

	assert_true(mailbox_load(intake->db, intake->mailbox, intake->arena,
				 &mailbox, &why));
	return mailbox;
}

/* The mailbox of the intake as it stands, with no password typed. */
static struct mailbox_wanted as_it_is(struct intake *intake)
{
	struct mailbox old = load(intake);

	return (struct mailbox_wanted){
		.value = { old.address, old.host,
			   arena_print(intake->arena, "%lld",
				       (long long)old.port),
			   old.security, old.user, "",
			   old.unit ? old.unit : "", "INBOX", old.keep }
	};
}

static bool correct(struct intake *intake, struct mailbox_wanted *wanted,
		    int64_t version, struct fail *why)
{
	const struct mailbox_change change = {
		.actor = { .id = 0, .name = "Lan" },
		.id = intake->mailbox,
		.version = version,
		.wanted = wanted,
		.public_key = intake->public_key,
	};

	*why = (struct fail){ 0 };
	return mailbox_check(wanted, true, intake->arena, why) &&
	       mailbox_correct(intake->db, &change, intake->arena, why);
}

static bool add(struct intake *intake, struct mailbox_wanted *wanted,
		int64_t *ret_id, struct fail *why)
{
	const struct mailbox_change change = {
		.actor = { .id = 0, .name = "Lan" },
		.wanted = wanted,
		.public_key = intake->public_key,
	};

	*why = (struct fail){ 0 };
	return mailbox_check(wanted, false, intake->arena, why) &&
	       mailbox_add(intake->db, &change, intake->arena, ret_id, why);
}

static void test_what_is_read_already_is_not_added(void **state)
{
	static const struct {
		const char *address, *host, *port, *user, *code;
	} doubles[] = {
		{ "VanThu@tinh.vn", "x", "993", "u", "mailbox.exists" },
		{ "b@x.vn", "Mail.Tinh.vn", "993", "VANTHU",
		  "mailbox.double" },
		{ "b@x.vn", "mail.tinh.vn", "143", "vanthu",
		  "mailbox.double" },
		{ "b@x.vn", "mail.tinh.vn", "1993", "vanthu", NULL },
		{ "c@x.vn", "mail.tinh.vn", "993", "vanthu2", NULL },
	};
	struct intake intake;
	struct fail why;
	int64_t id = 0;

	(void)state;
	intake_open(&intake);
	for (size_t i = 0; i < sizeof(doubles) / sizeof(*doubles); i++) {
		struct mailbox_wanted wanted =
			wanted_for(doubles[i].address, doubles[i].host,
				   doubles[i].port, doubles[i].user);
		bool added = add(&intake, &wanted, &id, &why);

		assert_int_equal(added, doubles[i].code == NULL);
		if (!added)
			assert_string_equal(why.code, doubles[i].code);
	}
	intake_close(&intake);
}

static void test_a_new_mailbox_needs_a_password(void **state)
{
	struct intake intake;
	struct mailbox_wanted wanted = wanted_for("b@x.vn", "h", "993", "b");
	struct fail why;
	int64_t id = 0;

	(void)state;
	intake_open(&intake);
	wanted.value[MAILBOX_PASSWORD] = "";
	assert_false(add(&intake, &wanted, &id, &why));
	assert_string_equal(why.code, "mailbox.password");
	intake_close(&intake);
}

static const char *opened(struct intake *intake)
{
	struct mailbox mailbox = load(intake);
	const char *secret = NULL;
	struct fail why = { 0 };

	assert_true(secret_unseal(intake->private_key, mailbox.address,
				  mailbox.sealed, intake->arena, &secret,
				  &why));
	return secret;
}

static void test_an_empty_password_keeps_the_old_one(void **state)
{
	struct intake intake;
	struct mailbox_wanted wanted;
	struct fail why;

	(void)state;
	intake_open(&intake);
	wanted = as_it_is(&intake);
	wanted.value[MAILBOX_UNIT] = "KHTC";
	assert_true(correct(&intake, &wanted, 1, &why));
	assert_string_equal(opened(&intake), "mật,khẩu");
	assert_string_equal(load(&intake).unit, "KHTC");
	wanted.value[MAILBOX_PASSWORD] = "khác";
	assert_true(correct(&intake, &wanted, 2, &why));
	assert_string_equal(opened(&intake), "khác");
	intake_close(&intake);
}

/* Whoever may correct a mailbox must not be able to have its password sent to
 * a server of his own. */
static void test_a_password_goes_nowhere_it_was_not_entered_for(void **state)
{
	static const struct {
		enum mailbox_column column;
		const char *now;
		bool may;
	} moves[] = {
		{ MAILBOX_HOST, "imap.evil.vn", false },
		{ MAILBOX_PORT, "1993", false },
		{ MAILBOX_SECURITY, "plain", false },
		{ MAILBOX_ADDRESS, "other@tinh.vn", false },
		{ MAILBOX_HOST, "MAIL.tinh.vn", true },
		{ MAILBOX_SECURITY, "starttls", true },
		{ MAILBOX_PORT, "143", true },
	};
	struct intake intake;
	struct fail why;

	(void)state;
	intake_open(&intake);
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++) {
		struct mailbox_wanted wanted = as_it_is(&intake);

		wanted.value[moves[i].column] = moves[i].now;
		assert_int_equal(correct(&intake, &wanted,
					 load(&intake).version, &why),
				 moves[i].may);
		if (!moves[i].may)
			assert_string_equal(why.code, "mailbox.password");
	}
	intake_close(&intake);
}

static void test_a_stale_version_is_refused(void **state)
{
	struct intake intake;
	struct mailbox_act act = { .actor_name = "Lan" };
	struct mailbox_wanted wanted;
	struct fail why;

	(void)state;
	intake_open(&intake);
	wanted = as_it_is(&intake);
	wanted.value[MAILBOX_KEEP] = "documents";
	assert_true(correct(&intake, &wanted, 1, &why));
	wanted.value[MAILBOX_KEEP] = "all";
	assert_false(correct(&intake, &wanted, 1, &why));
	assert_string_equal(why.code, "mailbox.changed");
	assert_string_equal(load(&intake).keep, "documents");
	act.mailbox_id = intake.mailbox;
	why = (struct fail){ 0 };
	assert_true(mailbox_set_password(intake.db, &act, "mới",
					 intake.public_key, &why));
	assert_false(correct(&intake, &wanted, 2, &why));
	intake_close(&intake);
}

static void test_changes_are_audited_and_passwords_are_not(void **state)
{
	struct intake intake;
	struct mailbox_wanted wanted;
	struct fail why;

	(void)state;
	intake_open(&intake);
	wanted = as_it_is(&intake);
	wanted.value[MAILBOX_USER] = "vanthu9";
	wanted.value[MAILBOX_PASSWORD] = "bí-mật-mới";
	assert_true(correct(&intake, &wanted, 1, &why));
	assert_int_equal(
		folder_number(
			intake.db,
			"SELECT count(*) FROM audit WHERE action ="
			" 'mailbox.edit' AND actor_name = 'Lan'"
			" AND detail ->> '$.user.old' = 'vanthu'"
			" AND detail ->> '$.user.new' = 'vanthu9'"),
		1);
	assert_int_equal(folder_number(intake.db,
				       "SELECT count(*) FROM audit"
				       " WHERE detail LIKE '%bí-mật%'"
				       " OR detail LIKE '%mật,khẩu%'"),
			 0);
	intake_close(&intake);
}

/* --- reading again ------------------------------------------------------ */

static enum letter_taken take(struct intake *intake, const char *folder,
			      int64_t uid, const char *content)
{
	struct letter_put put = intake_put(intake, uid, content);
	int64_t id = 0;

	put.folder = folder;
	put.internaldate = 1700000000 + (int64_t)strlen(content);
	return intake_take(intake, &put, &id);
}

static int64_t letters(struct intake *intake)
{
	return folder_number(intake->db, "SELECT count(*) FROM letter");
}

static void check_clean(struct intake *intake)
{
	auto_text found = { 0 };

	if (intake_verify(intake, &found) != 0)
		fprintf(stderr, "%s\n", text_string(&found));
	assert_int_equal(intake_verify(intake, &found), 0);
}

static void move_to(struct intake *intake, const char *host)
{
	struct mailbox_wanted wanted = as_it_is(intake);
	const char *before = intake->lease;
	struct fail why;

	wanted.value[MAILBOX_HOST] = host;
	wanted.value[MAILBOX_PASSWORD] = "mới";
	assert_true(correct(intake, &wanted, load(intake).version, &why));
	/* What was on its way from the old server is not taken. */
	assert_false(mailbox_check_lease(intake->db, intake->mailbox, before,
					 &why));
	assert_string_equal(why.code, "lease.lost");
	intake_lease(intake);
	assert_string_not_equal(intake->lease, before);
}

static const char *done(struct intake *intake)
{
	struct mailbox_folder_list folders = { 0 };
	struct fail why = { 0 };

	assert_true(mailbox_folders(intake->db, intake->mailbox,
				    intake->arena, &folders, &why));
	return folders.items[0].done;
}

static void test_another_server_with_the_same_uids_loses_nothing(void **state)
{
	struct intake intake;

	(void)state;
	intake_open(&intake);
	assert_int_equal(take(&intake, "INBOX", 1, "one"), LETTER_NEW);
	assert_int_equal(take(&intake, "INBOX", 2, "second"), LETTER_NEW);
	move_to(&intake, "imap.moi.vn");
	assert_string_equal(done(&intake), "");
	check_clean(&intake);
	/* The same UIDVALIDITY: one letter under the other's UID, a new one
	 * under the UID of one. */
	assert_int_equal(take(&intake, "INBOX", 1, "second"), LETTER_MOVED);
	assert_int_equal(take(&intake, "INBOX", 2, "only there"), LETTER_NEW);
	assert_int_equal(take(&intake, "INBOX", 3, "one"), LETTER_MOVED);
	assert_int_equal(letters(&intake), 3);
	assert_string_equal(done(&intake), "1:3");
	check_clean(&intake);
	/* And back, and on again. */
	move_to(&intake, "mail.tinh.vn");
	assert_int_equal(take(&intake, "INBOX", 1, "one"), LETTER_MOVED);
	move_to(&intake, "imap.moi.vn");
	assert_int_equal(take(&intake, "INBOX", 1, "second"), LETTER_MOVED);
	assert_int_equal(take(&intake, "INBOX", 2, "only there"),
			 LETTER_MOVED);
	assert_int_equal(take(&intake, "INBOX", 3, "one"), LETTER_MOVED);
	assert_int_equal(letters(&intake), 3);
	check_clean(&intake);
	intake_close(&intake);
}

static void set_folders(struct intake *intake, const char *names)
{
	struct mailbox_wanted wanted = as_it_is(intake);
	struct fail why;

	wanted.value[MAILBOX_FOLDERS] = names;
	assert_true(correct(intake, &wanted, load(intake).version, &why));
	intake_lease(intake);
}

static void test_a_folder_that_is_replaced_doubles_nothing(void **state)
{
	struct intake intake;

	(void)state;
	intake_open(&intake);
	set_folders(&intake, "INBOX;INBOX.Den");
	assert_int_equal(take(&intake, "INBOX", 1, "stays"), LETTER_NEW);
	assert_int_equal(take(&intake, "INBOX.Den", 1, "goes"), LETTER_NEW);
	set_folders(&intake, "INBOX;INBOX/Den");
	assert_string_equal(done(&intake), "1");
	assert_int_equal(take(&intake, "INBOX/Den", 1, "goes"), LETTER_MOVED);
	assert_int_equal(letters(&intake), 2);
	check_clean(&intake);
	set_folders(&intake, "INBOX;INBOX.Den;INBOX/Den");
	assert_int_equal(take(&intake, "INBOX.Den", 2, "came later"),
			 LETTER_NEW);
	check_clean(&intake);
	intake_close(&intake);
}

static void test_a_new_password_lifts_block_and_strikes(void **state)
{
	struct intake intake;
	struct mailbox_place at;
	struct mailbox_retry retry = { .uid = 9, .reason = "server.closed" };
	struct mailbox_wanted wanted;
	struct fail why = { 0 };

	(void)state;
	intake_open(&intake);
	at = (struct mailbox_place){ .mailbox_id = intake.mailbox,
				     .lease = intake.lease,
				     .folder = "INBOX",
				     .uidvalidity = 1 };
	for (int i = 0; i < 3; i++) {
		const struct mailbox_report told = {
			.mailbox_id = intake.mailbox,
			.lease = intake.lease,
			.state = "error",
			.code = "login.refused",
		};
		assert_true(mailbox_strike(intake.db, &at, &retry, &why));
		assert_true(mailbox_report(intake.db, &told, &why));
	}
	assert_string_equal(load(&intake).state, "blocked");
	assert_int_equal(load(&intake).aside, 1);
	/* Another unit is no reason to try the same password again. */
	wanted = as_it_is(&intake);
	wanted.value[MAILBOX_UNIT] = "KHTC";
	assert_true(correct(&intake, &wanted, 1, &why));
	assert_string_equal(load(&intake).state, "blocked");
	assert_true(mailbox_check_lease(intake.db, intake.mailbox,
					intake.lease, &why));
	wanted.value[MAILBOX_PASSWORD] = "đúng";
	assert_true(correct(&intake, &wanted, 2, &why));
	assert_string_equal(load(&intake).state, "error");
	assert_int_equal(load(&intake).refusals, 0);
	assert_int_equal(load(&intake).aside, 0);
	intake_lease(&intake);
	intake_close(&intake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_read_already_is_not_added),
		cmocka_unit_test(test_a_new_mailbox_needs_a_password),
		cmocka_unit_test(test_an_empty_password_keeps_the_old_one),
		cmocka_unit_test(
			test_a_password_goes_nowhere_it_was_not_entered_for),
		cmocka_unit_test(test_a_stale_version_is_refused),
		cmocka_unit_test(
			test_changes_are_audited_and_passwords_are_not),
		cmocka_unit_test(
			test_another_server_with_the_same_uids_loses_nothing),
		cmocka_unit_test(
			test_a_folder_that_is_replaced_doubles_nothing),
		cmocka_unit_test(test_a_new_password_lifts_block_and_strikes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
