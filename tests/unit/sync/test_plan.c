#include "sync/plan.h"

#include "support/test.h"

/* One row: what the registry knows, what the server says, what to do. */
struct row {
	const char *what;
	uint32_t known_validity, known_next;
	const char *done, *retry, *aside;
	uint32_t validity, next, messages;
	enum plan_kind kind;
	const char *wanted;
	bool moved, remark;
};

/* clang-format off */
static const struct row rows[] = {
	{ "never read", 0, 0, "", "", "", 7, 25, 24,
	  PLAN_READ, "1:24", true, false },
	{ "never read, empty", 0, 0, "", "", "", 7, 1, 0,
	  PLAN_NOTHING, "", true, false },
	{ "nothing new", 7, 25, "1:24", "", "", 7, 25, 24,
	  PLAN_NOTHING, "", false, false },
	{ "nothing new, some deleted there", 7, 25, "1:24", "", "", 7, 25, 3,
	  PLAN_NOTHING, "", false, false },
	{ "one new", 7, 25, "1:24", "", "", 7, 26, 25,
	  PLAN_READ, "25", false, false },
	{ "cut off in the middle of the first pass", 7, 0, "1:9", "", "",
	  7, 25, 24, PLAN_READ, "10:24", false, false },
	{ "due again", 7, 25, "1:6,8:24", "7", "", 7, 25, 24,
	  PLAN_READ, "7", false, false },
	{ "set aside", 7, 25, "1:6,8:24", "", "7", 7, 25, 24,
	  PLAN_NOTHING, "", false, false },
	{ "set aside and new", 7, 0, "1:6", "", "7", 7, 9, 8,
	  PLAN_READ, "8", false, false },
	{ "other UIDVALIDITY", 7, 25, "1:24", "3", "4", 8, 12, 11,
	  PLAN_READ, "1:11", true, false },
	{ "UIDNEXT backwards", 7, 25, "1:24", "", "", 7, 10, 9,
	  PLAN_READ, "1:9", false, true },
	{ "UIDNEXT stands still, more letters", 7, 25, "1:20", "", "",
	  7, 25, 24, PLAN_READ, "21:24", false, false },
	{ "no UIDNEXT told", 7, 25, "1:24", "", "", 7, 0, 25,
	  PLAN_READ, "25:4294967295", false, false },
	{ "no UIDVALIDITY told", 7, 25, "1:24", "", "", 0, 25, 24,
	  PLAN_REFUSE, "", false, true },
	{ "largest UID", 7, 4294967295u, "", "", "", 7, 4294967295u, 0,
	  PLAN_NOTHING, "", false, false },
};
/* clang-format on */

static void set(struct uids *uids, const char *string)
{
	struct fail why = { 0 };

	assert_true(uids_parse(string, uids, &why));
}

static void check(const struct row *row)
{
	struct position position = { .uidvalidity = row->known_validity,
				     .uidnext = row->known_next };
	const struct folder_status status = { row->validity, row->next,
					      row->messages };
	auto_text wanted = { 0 };
	struct plan plan;

	set(&position.done, row->done);
	set(&position.retry, row->retry);
	set(&position.aside, row->aside);
	plan = plan_after_status(&position, &status);
	uids_print(&plan.wanted, &wanted);
	if (plan.kind != row->kind ||
	    strcmp(text_string(&wanted), row->wanted) != 0 ||
	    plan.moved != row->moved || (plan.remark != NULL) != row->remark)
		fail_msg("%s: kind %d, wanted '%s', moved %d, remark %s",
			 row->what, (int)plan.kind, text_string(&wanted),
			 plan.moved, plan.remark ? plan.remark : "none");
	uids_done(&plan.wanted);
	uids_done(&position.done);
	uids_done(&position.retry);
	uids_done(&position.aside);
}

static void test_plan_follows_from_position_and_status(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		check(&rows[i]);
}

static void test_only_what_was_asked_for_is_taken_once(void **state)
{
	struct listed_letter letters[] = {
		{ 9, 1, 0 },
		{ 5, 2, 0 },
		{ 9, 3, 0 },
		{ 2, 4, 0 },
		{ 6, 5, 0 },
		{ 30, 6, 0 },
	};
	struct listing listing = { letters, 6 };
	auto_uids asked = { 0 }, absent = { 0 };
	auto_text text = { 0 };

	(void)state;
	set(&asked, "5:9");
	plan_after_list(&asked, &listing, &absent);
	assert_int_equal(listing.count, 3);
	assert_int_equal(letters[0].uid, 5);
	assert_int_equal(letters[1].uid, 6);
	assert_int_equal(letters[2].uid, 9);
	uids_print(&absent, &text);
	assert_string_equal(text_string(&text), "7:8");
}

static void test_batches_fit_in_memory(void **state)
{
	struct listed_letter letters[] = {
		{ 1, 400, 0 },
		{ 2, 500, 0 },
		{ 3, 200, 0 },
		{ 4, 4294967295u, 0 },
		{ 5, 4294967295u, 0 },
		{ 6, 0, 0 },
		{ 7, 0, 0 },
	};
	struct listing listing = { letters, 7 };

	(void)state;
	assert_int_equal(plan_batch(&listing, 0, 1000, 48), 2);
	assert_int_equal(plan_batch(&listing, 2, 1000, 48), 1);
	assert_int_equal(plan_batch(&listing, 3, 1000, 48), 1);
	assert_int_equal(plan_batch(&listing, 5, 1000, 48), 2);
	assert_int_equal(plan_batch(&listing, 5, 1000, 1), 1);
	assert_int_equal(plan_batch(&listing, 6, 1000, 48), 1);
}

static void test_a_short_piece_is_no_end(void **state)
{
	(void)state;
	assert_true(plan_is_end(500, 500, 1000, 500));
	assert_true(plan_is_end(100, 500, 1000, 500)); /* larger than told */
	assert_false(plan_is_end(500, 300, 1000, 300));
	assert_true(plan_is_end(500, 300, 1000, 0));
	assert_false(plan_is_end(1000, 1000, 1000, 1000)); /* maybe more */
	assert_true(plan_is_end(0, 0, 1000, 0));
}

static void test_listings_widen_when_sparse(void **state)
{
	uint32_t width = plan_list_width(0, 0);
	int turns = 0;

	(void)state;
	for (uint64_t covered = 0; covered < UINT32_MAX; turns++) {
		covered += width;
		width = plan_list_width(width, 0);
	}
	assert_true(turns < 30);
	assert_int_equal(plan_list_width(500, 500), 500);
	assert_true(plan_list_width(64000, 64000) < 64000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plan_follows_from_position_and_status),
		cmocka_unit_test(test_only_what_was_asked_for_is_taken_once),
		cmocka_unit_test(test_batches_fit_in_memory),
		cmocka_unit_test(test_a_short_piece_is_no_end),
		cmocka_unit_test(test_listings_widen_when_sparse),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
