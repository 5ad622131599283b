#include "core/mailbox_import.h"
#include "unit/core/intake.h"

#define HEADER "address,host,port,security,user,password,unit,folders,keep\n"

static const char *unit_of(struct intake *intake)
{
	struct mailbox mailbox = { 0 };
	struct fail why = { 0 };

	assert_true(mailbox_load(intake->db, intake->mailbox, intake->arena,
				 &mailbox, &why));
	return mailbox.unit;
}

static bool look(struct intake *intake, const char *csv, bool apply,
		 const char *stand, struct mailbox_import_result *ret,
		 struct fail *why)
{
	const struct mailbox_import import = {
		.actor = { .name = "Lan" },
		.csv = bytes_of(csv),
		.public_key = intake->public_key,
		.apply = apply,
		.stand = stand,
	};

	*why = (struct fail){ 0 };
	return mailbox_import(intake->db, &import, intake->arena, ret, why);
}

static const char table[] =
	HEADER
	"vanthu@tinh.vn,mail.tinh.vn,993,tls,vanthu,,VP,,\n"
	"b@x.vn,h,993,tls,b,p,,,\n"
	"c@x.vn,h,99999,tls,c,p,,,\n"
	"d@x.vn,h,993,tls,B,p,,,\n"
	"e@x.vn,h,993,tls,e,,,,\n";

static void test_a_preview_says_what_each_line_would_do(void **state)
{
	static const struct {
		enum mailbox_import_kind kind;
		const char *code;
	} expected[] = { { MAILBOX_IMPORT_SAME, NULL },
			 { MAILBOX_IMPORT_WRONG, "mailbox.double" },
			 { MAILBOX_IMPORT_WRONG, "mailbox.port" },
			 { MAILBOX_IMPORT_WRONG, "mailbox.double" },
			 { MAILBOX_IMPORT_WRONG, "mailbox.password" } };
	struct intake intake;
	struct mailbox_import_result result;
	struct fail why;

	(void)state;
	intake_open(&intake);
	assert_true(look(&intake, table, false, NULL, &result, &why));
	assert_int_equal(result.count, 5);
	for (size_t i = 0; i < result.count; i++) {
		assert_int_equal(result.lines[i].number, i + 2);
		assert_int_equal(result.lines[i].kind, expected[i].kind);
		if (expected[i].code)
			assert_string_equal(result.lines[i].fault.code,
					    expected[i].code);
	}
	assert_false(look(&intake, table, true, NULL, &result, &why));
	assert_int_equal(
		folder_number(intake.db, "SELECT count(*) FROM mailbox"), 1);
	intake_close(&intake);
}

static void test_what_was_looked_at_is_applied_or_nothing(void **state)
{
	static const char csv[] =
		HEADER
		"vanthu@tinh.vn,mail.tinh.vn,993,tls,vanthu,,KHTC,,\n"
		"b@x.vn,h,993,tls,b,p,,,\n";
	struct intake intake;
	struct mailbox_import_result seen, result;
	struct mailbox_act act = { .actor_name = "Lan" };
	struct fail why;

	(void)state;
	intake_open(&intake);
	assert_true(look(&intake, csv, false, NULL, &seen, &why));
	assert_int_equal(seen.lines[0].kind, MAILBOX_IMPORT_CHANGE);
	assert_int_equal(seen.lines[0].differs, 1u << MAILBOX_UNIT);
	assert_int_equal(seen.lines[1].kind, MAILBOX_IMPORT_ADD);
	act.mailbox_id = intake.mailbox;
	assert_true(mailbox_set_password(intake.db, &act, "mới",
					 intake.public_key, &why));
	assert_false(look(&intake, csv, true, seen.stand, &result, &why));
	assert_string_equal(why.code, "import.changed");
	assert_string_equal(unit_of(&intake), "VP");
	assert_true(look(&intake, csv, false, NULL, &seen, &why));
	assert_true(look(&intake, csv, true, seen.stand, &result, &why));
	assert_string_equal(unit_of(&intake), "KHTC");
	assert_true(look(&intake, csv, false, NULL, &seen, &why));
	assert_int_equal(seen.counts[MAILBOX_IMPORT_SAME], 1);
	intake_close(&intake);
}

static void test_two_mailboxes_may_change_places_in_a_table(void **state)
{
	static const char before[] = HEADER
		"a@x.vn,h,993,tls,a,p,,,\n"
		"b@x.vn,h,993,tls,b,p,,,\n";
	static const char after[] = HEADER
		"a@x.vn,h,993,tls,b,p,,,\n"
		"b@x.vn,h,993,tls,a,p,,,\n";
	struct intake intake;
	struct mailbox_import_result result;
	struct fail why;

	(void)state;
	intake_open(&intake);
	assert_true(look(&intake, before, true, NULL, &result, &why));
	assert_true(look(&intake, after, true, NULL, &result, &why));
	assert_int_equal(result.counts[MAILBOX_IMPORT_CHANGE], 2);
	intake_close(&intake);
}

static void test_no_bytes_are_no_table(void **state)
{
	struct intake intake;
	struct mailbox_import import = { .apply = true };
	struct mailbox_import_result result;
	struct fail why = { 0 };

	(void)state;
	intake_open(&intake);
	assert_false(mailbox_import(intake.db, &import, intake.arena, &result,
				    &why));
	assert_string_equal(why.code, "import.file");
	intake_close(&intake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_preview_says_what_each_line_would_do),
		cmocka_unit_test(test_what_was_looked_at_is_applied_or_nothing),
		cmocka_unit_test(
			test_two_mailboxes_may_change_places_in_a_table),
		cmocka_unit_test(test_no_bytes_are_no_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
