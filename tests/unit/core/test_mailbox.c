#include "core/uidset.h"
#include "unit/core/intake.h"

#define HEADER "address,host,port,security,user,password,unit,folders,keep\n"
#define GOOD "a@x.vn,h,993,tls,a,p,,,\n"

static const struct {
	const char *csv;
	const char *sentence; /* that the failure must hold */
} wrong[] = {
	{ HEADER GOOD "b@x.vn,h,99999,tls,b,p,,,\n", "line 3: port '99999'" },
	{ HEADER GOOD "b@x.vn,h,0,tls,b,p,,,\n", "line 3: port '0'" },
	{ HEADER GOOD "b@x.vn,h,993,ssl,b,p,,,\n", "line 3: 'security'" },
	{ HEADER GOOD "b,h,993,tls,b,p,,,\n", "line 3: 'b' is not a mail" },
	{ HEADER GOOD "b@x.vn,h,993,tls,b,,,,\n",
	  "line 3: 'password' is empty" },
	{ HEADER GOOD "b@x.vn,h,993,tls,b,p,,,some\n", "line 3: 'keep'" },
	{ HEADER GOOD "A@X.vn,h,993,tls,b,p,,,\n",
	  "line 3: 'A@X.vn' is on line 2 already" },
	{ HEADER GOOD "b@x.vn,h,993,tls,b,p\n", "line 3: 6 fields" },
	{ HEADER GOOD "b@x.vn,H,143,starttls,A,p,,,\n",
	  "line 2: 'b@x.vn' reads this account" },
	{ HEADER GOOD "b@x.vn,h,993,tls,b,p,,INBOX;inbox,\n",
	  "line 3: the folder 'INBOX' comes twice" },
	{ HEADER GOOD "b@x.vn,h,143,plain,b,p,,,\n",
	  "line 3: 'security' may be 'plain' only" },
	{ HEADER GOOD "b@x.vn,\"h,993,tls,b,p,,,\n", "line 3: a quote" },
	{ HEADER GOOD "b@x.vn,h\x01,993,tls,b,p,,,\n",
	  "line 3: 'host' has a control" },
	{ "address,host,port,user,password\na@x.vn,h,1,a,p\n",
	  "line 1: the column 'security' is missing" },
	{ "address,colour\n", "line 1: unknown column 'colour'" },
	{ HEADER "\xff\n", "not UTF-8" },
	{ "", "empty" },
};

static void test_a_wrong_file_is_refused_whole_with_its_line(void **state)
{
	struct intake intake;
	struct fail why = { 0 };
	int64_t count = 0;

	(void)state;
	intake_open(&intake);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_false(intake_import(intake.db, wrong[i].csv,
					   intake.public_key, &count, &why));
		if (!strstr(why.sentence, wrong[i].sentence))
			fprintf(stderr, "%s\n", why.sentence);
		assert_non_null(strstr(why.sentence, wrong[i].sentence));
		assert_int_equal(folder_number(intake.db,
					       "SELECT count(*) FROM mailbox"),
				 1);
	}
	intake_close(&intake);
}

static void test_passwords_are_sealed_and_nowhere_clear(void **state)
{
	struct intake intake;
	struct mailbox mailbox;
	struct fail why = { 0 };
	const char *secret = NULL;

	(void)state;
	intake_open(&intake);
	assert_true(mailbox_find(intake.db, "VANTHU@tinh.vn", intake.arena,
				 &mailbox, &why));
	assert_null(strstr(mailbox.sealed, "khẩu"));
	assert_true(secret_unseal(intake.private_key, mailbox.address,
				  mailbox.sealed, intake.arena, &secret,
				  &why));
	assert_string_equal(secret, "mật,khẩu");
	intake_close(&intake);
}

static struct mailbox load(struct intake *intake)
{
	struct mailbox mailbox = { 0 };
	struct fail why = { 0 };

	assert_true(mailbox_load(intake->db, intake->mailbox, intake->arena,
				 &mailbox, &why));
	return mailbox;
}

static bool report(struct intake *intake, const char *state, const char *code)
{
	const struct mailbox_report told = {
		.mailbox_id = intake->mailbox,
		.lease = intake->lease,
		.state = state,
		.code = code,
		.detail = "như máy chủ nói",
	};
	struct fail why = { 0 };

	return mailbox_report(intake->db, &told, &why);
}

static void test_three_refused_logins_block_until_a_new_password(void **state)
{
	const struct mailbox_lease_request request = { "other", 300, 10 };
	struct intake intake;
	struct mailbox_lease_list list = { 0 };
	struct mailbox_act act = { .actor_id = 1, .actor_name = "Lan" };
	struct fail why = { 0 };

	(void)state;
	intake_open(&intake);
	assert_true(report(&intake, "error", "login.refused"));
	assert_true(report(&intake, "error", "connect.timeout"));
	assert_true(report(&intake, "error", "login.refused"));
	assert_string_equal(load(&intake).state, "error");
	assert_true(report(&intake, "error", "login.refused"));
	assert_string_equal(load(&intake).state, "blocked");
	assert_int_equal(load(&intake).failures, 4);
	assert_true(mailbox_lease(intake.db, &request, intake.arena, &list,
				  &why));
	assert_int_equal(list.count, 0);
	act.mailbox_id = intake.mailbox;
	assert_true(mailbox_set_password(intake.db, &act, "mới",
					 intake.public_key, &why));
	intake_lease(&intake);
	assert_true(report(&intake, "ok", "ok"));
	assert_string_equal(load(&intake).state, "ok");
	assert_int_equal(load(&intake).refusals, 0);
	intake_close(&intake);
}

static void test_a_gateway_that_asks_again_keeps_its_lease(void **state)
{
	struct intake intake;
	struct fail why = { 0 };
	const char *lease;

	(void)state;
	intake_open(&intake);
	lease = intake.lease;
	intake_lease(&intake);
	assert_string_equal(intake.lease, lease);
	assert_true(mailbox_check_lease(intake.db, intake.mailbox, lease,
					&why));
	intake_close(&intake);
}

static void test_a_live_lease_keeps_others_out(void **state)
{
	const struct mailbox_lease_request other = { "other", 300, 10 };
	struct intake intake;
	struct mailbox_lease_list list = { 0 };
	struct mailbox_report told = { .state = "ok", .release = true };
	struct fail why = { 0 };

	(void)state;
	intake_open(&intake);
	assert_true(mailbox_lease(intake.db, &other, intake.arena, &list,
				  &why));
	assert_int_equal(list.count, 0);
	assert_true(mailbox_check_lease(intake.db, intake.mailbox,
					intake.lease, &why));
	told.mailbox_id = intake.mailbox;
	told.lease = intake.lease;
	assert_true(mailbox_report(intake.db, &told, &why));
	assert_true(mailbox_lease(intake.db, &other, intake.arena, &list,
				  &why));
	assert_int_equal(list.count, 1);
	assert_false(mailbox_check_lease(intake.db, intake.mailbox,
					 intake.lease, &why));
	assert_string_equal(why.code, "lease.lost");
	intake_close(&intake);
}

static struct mailbox_place place(struct intake *intake)
{
	return (struct mailbox_place){
		.mailbox_id = intake->mailbox,
		.lease = intake->lease,
		.folder = "INBOX",
		.uidvalidity = 1,
	};
}

static void test_three_strikes_set_aside_and_retry_brings_back(void **state)
{
	struct intake intake;
	struct mailbox_place at;
	struct mailbox_retry retry = { .uid = 9, .reason = "server.closed" };
	struct mailbox_act act = { .actor_name = "Lan" };
	struct letter_put put;
	struct fail why = { 0 };
	int64_t id = 0;

	(void)state;
	intake_open(&intake);
	at = place(&intake);
	for (int i = 1; i <= 3; i++) {
		assert_true(mailbox_strike(intake.db, &at, &retry, &why));
		assert_int_equal(retry.strikes, i);
		assert_int_equal(retry.aside, i == 3);
	}
	assert_int_equal(load(&intake).aside, 1);
	act.mailbox_id = intake.mailbox;
	assert_true(mailbox_retry(intake.db, &act, &why));
	intake_lease(&intake); /* the old one ended */
	assert_int_equal(load(&intake).aside, 0);
	put = intake_put(&intake, 9, "Subject: x\r\n\r\n");
	intake_take(&intake, &put, &id);
	assert_int_equal(folder_number(intake.db,
				       "SELECT count(*) FROM strike"),
			 0);
	intake_close(&intake);
}

static void test_reconciling_names_both_differences(void **state)
{
	const struct mailbox_skip skip = { 2, 10, 1700000000, "kept_out" };
	struct intake intake;
	struct mailbox_place at;
	struct mailbox_folder found = { 0 };
	struct mailbox_folder_list folders = { 0 };
	struct letter_put put;
	struct fail why = { 0 };
	int64_t id = 0;
	auto_text wrongs = { 0 };

	(void)state;
	intake_open(&intake);
	at = place(&intake);
	put = intake_put(&intake, 1, "Subject: x\r\n\r\n");
	intake_take(&intake, &put, &id);
	assert_true(mailbox_skip_letters(intake.db, &at, &skip, 1, &why));
	at.uids = "2:4";
	assert_true(mailbox_reconcile(intake.db, &at, intake.arena, &found,
				      &why));
	assert_string_equal(found.missing_here, "3:4");
	assert_string_equal(found.gone_there, "1");
	assert_true(mailbox_folders(intake.db, intake.mailbox, intake.arena,
				    &folders, &why));
	assert_string_equal(folders.items[0].done, "1:2");
	assert_int_equal(folders.items[0].retry_count, 2);
	assert_int_equal(intake_verify(&intake, &wrongs), 0);
	intake_close(&intake);
}

static const struct {
	const char *given;
	const char *printed; /* NULL: refused */
} sets[] = {
	{ "", "" },
	{ "1", "1" },
	{ "3,1,2", "1:3" },
	{ "1:24,30", "1:24,30" },
	{ "30,24:1", "1:24,30" },
	{ "1:5,3:9", "1:9" },
	{ "2,4,6,3", "2:4,6" },
	{ "1:2,4:5,7:8,2:7", "1:8" },
	{ "4294967295", "4294967295" },
	{ "4294967296", NULL },
	{ "0", NULL },
	{ "1,", NULL },
	{ "1:", NULL },
	{ "*", NULL },
	{ "1 2", NULL },
	{ "99999999999", NULL },
};

static void test_sets_of_uids_are_read_and_written(void **state)
{
	auto_arena *arena = arena_create(0);
	struct fail why = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		auto_uidset set = { 0 };
		bool ok = uidset_parse(sets[i].given, &set, &why);

		assert_int_equal(ok, sets[i].printed != NULL);
		if (ok)
			assert_string_equal(uidset_print(&set, arena),
					    sets[i].printed);
	}
}

/* Against a plain array of flags, over many pseudo-random steps. */
static void test_sets_agree_with_a_plain_array(void **state)
{
	enum {
		SIZE = 200
	};
	auto_uidset set = { 0 };
	auto_uidset rest = { 0 };
	auto_uidset evens = { 0 };
	bool flags[SIZE + 1] = { false };
	struct fail why = { 0 };
	uint32_t seed = 7;

	(void)state;
	for (int step = 0; step < 60; step++) {
		int64_t first;

		seed = seed * 1664525 + 1013904223;
		first = 1 + (seed >> 8) % (SIZE - 5);
		assert_true(uidset_add(&set, first, first + step % 3, &why));
		for (int64_t i = first; i <= first + step % 3; i++)
			flags[i] = true;
		for (int64_t i = 1; i <= SIZE; i++)
			assert_int_equal(uidset_has(&set, i), flags[i]);
	}
	for (int64_t i = 2; i <= SIZE; i += 2)
		assert_true(uidset_add(&evens, i, i, &why));
	assert_true(uidset_without(&set, &evens, &rest, &why));
	for (int64_t i = 1; i <= SIZE; i++)
		assert_int_equal(uidset_has(&rest, i), flags[i] && i % 2);
}

static void test_letters_are_counted_by_the_hour_and_day(void **state)
{
	static const int64_t ages[] = { 90000, 86399, 7200, 3599, 10 };
	struct intake intake;
	struct fail why = { 0 };
	struct mailbox_list list;
	int64_t hours[MAILBOX_HOURS], id, now = 1782280000;

	(void)state;
	intake_open(&intake);
	for (size_t i = 0; i < sizeof(ages) / sizeof(*ages); i++) {
		const char *text = arena_print(intake.arena,
					       "Subject: %zu\r\n\r\n", i);
		struct letter_put put =
			intake_put(&intake, (int64_t)i + 1, text);
		assert_int_equal(intake_take(&intake, &put, &id), LETTER_NEW);
		assert_true(db_run(
			intake.db,
			arena_print(intake.arena,
				    "UPDATE letter SET taken_at = %lld"
				    " WHERE id = %lld",
				    (long long)(now - ages[i]),
				    (long long)id),
			&why));
	}
	assert_true(mailbox_hours(intake.db, intake.mailbox, now, hours, &why));
	for (size_t i = 0; i < MAILBOX_HOURS; i++)
		assert_int_equal(hours[i], i == 0 || i == 21 ? 1
					   : i == 23	     ? 2
							     : 0);
	assert_true(mailbox_load_list(intake.db, intake.arena, &list, &why));
	assert_true(mailbox_count_today(intake.db, now - 7200, &list, &why));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].today_letters, 3);
	assert_int_equal(list.items[0].today_files, 0);
	intake_close(&intake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_a_wrong_file_is_refused_whole_with_its_line),
		cmocka_unit_test(test_passwords_are_sealed_and_nowhere_clear),
		cmocka_unit_test(
			test_three_refused_logins_block_until_a_new_password),
		cmocka_unit_test(
			test_a_gateway_that_asks_again_keeps_its_lease),
		cmocka_unit_test(test_a_live_lease_keeps_others_out),
		cmocka_unit_test(
			test_three_strikes_set_aside_and_retry_brings_back),
		cmocka_unit_test(test_letters_are_counted_by_the_hour_and_day),
		cmocka_unit_test(test_reconciling_names_both_differences),
		cmocka_unit_test(test_sets_of_uids_are_read_and_written),
		cmocka_unit_test(test_sets_agree_with_a_plain_array),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
