#include "imap/uids.h"
#include "support/test.h"

static void expect(const struct uids *uids, const char *want)
{
	auto_text text = { 0 };

	uids_print(uids, &text);
	assert_string_equal(text_string(&text), want);
}

static void test_sets_are_read_and_written_in_one_form(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "7", "7" },
		{ "1:24", "1:24" },
		{ "24:1", "1:24" },
		{ "3,1,2", "1:3" },
		{ "1:5,4:9,20", "1:9,20" },
		{ "4294967295,4294967294", "4294967294:4294967295" },
		{ "1:4294967295", "1:4294967295" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fail why = { 0 };
		auto_uids uids = { 0 };
		assert_true(uids_parse(cases[i].in, &uids, &why));
		expect(&uids, cases[i].out);
	}
}

static void test_what_is_no_set_is_refused(void **state)
{
	static const char *const cases[] = {
		"0",
		"*",
		"1:*",
		"1,",
		",1",
		"1:",
		":1",
		"a",
		"1 2",
		"-1",
		"4294967296",
		"1::2",
		"99999999999999999999",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fail why = { 0 };
		struct uids uids;
		assert_false(uids_parse(cases[i], &uids, &why));
		assert_int_equal(why.kind, FAIL_INVALID);
		assert_int_equal(uids.count, 0);
	}
}

/* Against a plain table of flags, with many random changes. */
static void test_changes_agree_with_a_table(void **state)
{
	bool table[66] = { 0 };
	auto_uids uids = { 0 };
	uint32_t chance = 12345;

	(void)state;
	for (int turn = 0; turn < 5000; turn++) {
		uint32_t first, last, count = 0;
		chance = chance * 1664525u + 1013904223u;
		first = 1 + chance / 65536 % 64;
		last = first + chance / 16777216 % 8;
		last = last > 64 ? 64 : last;
		if (chance >> 31)
			uids_add(&uids, first, last);
		else
			uids_remove(&uids, first, last);
		for (uint32_t uid = first; uid <= last; uid++)
			table[uid] = chance >> 31;
		for (uint32_t uid = 1; uid <= 64; uid++) {
			assert_int_equal(uids_has(&uids, uid), table[uid]);
			count += table[uid];
		}
		assert_int_equal(uids_count(&uids), count);
		for (size_t i = 1; i < uids.count; i++)
			assert_true(uids.ranges[i - 1].last + 1 <
				    uids.ranges[i].first);
	}
}

static void test_taking_gives_the_lowest_and_leaves_the_rest(void **state)
{
	struct fail why = { 0 };
	auto_uids uids = { 0 }, taken = { 0 };

	(void)state;
	assert_true(uids_parse("5:9,20,30:4294967295", &uids, &why));
	uids_take(&uids, 7, &taken);
	expect(&taken, "5:9,20,30");
	expect(&uids, "31:4294967295");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sets_are_read_and_written_in_one_form),
		cmocka_unit_test(test_what_is_no_set_is_refused),
		cmocka_unit_test(test_changes_agree_with_a_table),
		cmocka_unit_test(
			test_taking_gives_the_lowest_and_leaves_the_rest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
