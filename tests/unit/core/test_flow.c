#include "core/dashboard.h"
#include "core/flow.h"
#include "core/reminder.h"
#include "core/substitute.h"
#include "core/work.h"
#include "support/desk.h"

static struct bucket_row bucket_of(struct desk *desk)
{
	struct fixture *f = desk->f;
	const struct bucket_request request = {
		.period = { .viewer = &desk->leader,
			    .from = "2026-01-01",
			    .to = "2026-12-31",
			    .now = f->now },
	};
	struct bucket_list list;
	must(bucket_load_list(f->db, &request, f->arena, &list, &f->why));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.rows[0].unit_id, f->unit_id);
	return list.rows[0];
}

static void test_every_document_is_in_one_of_eight_buckets(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t late;
	complete(&desk, give(&desk, "2026-06-24")); /* on its last day */
	late = give(&desk, "2026-06-24");
	give(&desk, "2026-06-25"); /* will be overdue, not begun */
	start(&desk, give(&desk, "2026-06-25"));
	give(&desk, "2026-06-26"); /* will be due today */
	start(&desk, give(&desk, "2026-06-26"));
	give(&desk, "2026-06-29"); /* in time */
	start(&desk, give(&desk, "2026-06-29"));
	give(&desk, NULL);
	f->now = fixture_moment("2026-06-26", 8, 0);
	complete(&desk, late);
	struct bucket_row row = bucket_of(&desk);
	assert_int_equal(row.in_time_done, 1);
	assert_int_equal(row.late_done, 1);
	assert_int_equal(row.in_time_new, 1);
	assert_int_equal(row.in_time_working, 1);
	assert_int_equal(row.overdue_new, 1);
	assert_int_equal(row.overdue_working, 1);
	assert_int_equal(row.today_new, 1);
	assert_int_equal(row.today_working, 1);
	assert_int_equal(row.no_deadline, 1);
}

static void test_on_time_is_of_those_with_a_deadline(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t late = give(&desk, "2026-06-24");
	complete(&desk, give(&desk, "2026-06-25"));
	complete(&desk, give(&desk, "2026-06-26"));
	complete(&desk, give(&desk, NULL)); /* counts nowhere */
	give(&desk, "2026-06-25");	    /* overdue and open */
	give(&desk, "2026-07-30");	    /* open, in time: not yet */
	f->now = fixture_moment("2026-06-26", 0, 0);
	complete(&desk, late);
	const struct dashboard_request request = {
		.viewer = &desk.leader,
		.from = "2026-06-01",
		.to = "2026-06-30",
		.now = f->now,
	};
	struct dashboard dashboard;
	must(dashboard_load(f->db, &request, f->arena, &dashboard, &f->why));
	assert_int_equal(dashboard.on_time.count, 2);
	assert_int_equal(dashboard.on_time.of, 4);
	assert_int_equal((int)dashboard.on_time.value, 50);
	assert_int_equal((int)dashboard.overdue.value, 1);
	assert_int_equal((int)dashboard.incoming.value, 6);
	assert_int_equal(dashboard.longest_count, 1);
	assert_string_equal(dashboard.longest[0].due_day, "2026-06-25");
	assert_int_equal(dashboard.longest[0].working_days, 1);
}

static void test_done_on_the_last_second_of_the_day_is_on_time(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t id = give(&desk, "2026-06-24");
	f->now = fixture_moment("2026-06-24", 23, 59) + 59;
	complete(&desk, id);
	struct bucket_row row = bucket_of(&desk);
	assert_int_equal(row.in_time_done, 1);
	id = give(&desk, "2026-06-24");
	f->now++;
	complete(&desk, id);
	row = bucket_of(&desk);
	assert_int_equal(row.late_done, 1);
}

static void test_recall_ends_after_thirty_seconds(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	struct instruction_list list;
	for (int late = 0; late < 2; late++) {
		int64_t id = give(&desk, "2026-06-30");
		struct flow_change change = change_of(&desk, &desk.leader, id);
		must(instruction_list(f->db, id, f->now, f->arena, &list,
				      &f->why));
		change.now = f->now + FLOW_UNDO_SECONDS + late;
		bool done = instruction_recall(f->db, &change,
					       list.instructions[0].id,
					       &f->why);
		assert_int_equal(done, !late);
		assert_string_equal(status_of(f, id),
				    late ? "routed" : "registered");
	}
}

static void test_reminders_come_once(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	int64_t count;
	give(&desk, "2026-06-30"); /* four working days off */
	must(reminder_run(f->db, f->organisation_id, f->now, &count, &f->why));
	assert_int_equal(count, 0);
	f->now = fixture_moment("2026-06-26", 8, 0); /* Friday: two */
	must(reminder_run(f->db, f->organisation_id, f->now, &count, &f->why));
	assert_int_equal(count, 1);
	must(reminder_run(f->db, f->organisation_id, f->now, &count, &f->why));
	assert_int_equal(count, 0);
	f->now = fixture_moment("2026-06-30", 8, 0); /* on the day, again */
	must(reminder_run(f->db, f->organisation_id, f->now, &count, &f->why));
	assert_int_equal(count, 1);
	must(reminder_run(f->db, f->organisation_id, f->now, &count, &f->why));
	assert_int_equal(count, 0);
}

static void test_a_substitute_ends_with_the_day(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	const struct substitute wanted = {
		.user_id = desk.leader.id,
		.substitute_id = desk.head.id,
		.from_day = "2026-06-24",
		.to_day = "2026-06-25",
	};
	int64_t id;
	must(substitute_add(f->db, &wanted, &desk.leader, f->now, &id,
			    &f->why));
	static const struct {
		const char *day;
		bool leads;
	} cases[] = {
		{ "2026-06-23", false },
		{ "2026-06-24", true },
		{ "2026-06-25", true },
		{ "2026-06-26", false },
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct actor actor = desk.head;
		must(substitute_extend(f->db, &actor,
				       fixture_moment(cases[i].day, 12, 0),
				       f->arena, &f->why));
		assert_int_equal((actor.roles & 1u << ROLE_LEADER) != 0,
				 cases[i].leads);
		assert_int_equal(actor.stands_for_count, cases[i].leads);
	}
	/* nobody else ends or begins it */
	must_fail(substitute_end(f->db, id, &f->specialist, f->now, &f->why),
		  "substitute.denied");
}

static void test_work_lists_follow_the_deadline(void **state)
{
	struct fixture *f = *state;
	struct desk desk = desk_of(f);
	struct work_counts counts;
	give(&desk, "2026-06-26");
	give(&desk, "2026-07-20");
	must(work_count(f->db, &desk.head, f->now, &counts, &f->why));
	assert_int_equal(counts.counts[WORK_TO_ASSIGN], 2);
	assert_int_equal(counts.counts[WORK_DUE_SOON], 1);
	assert_int_equal(counts.counts[WORK_OVERDUE], 0);
	must(work_count(f->db, &desk.head, fixture_moment("2026-06-27", 0, 0),
			&counts, &f->why));
	assert_int_equal(counts.counts[WORK_DUE_SOON], 0);
	assert_int_equal(counts.counts[WORK_OVERDUE], 1);
	must(work_count(f->db, &desk.leader,
			fixture_moment("2026-06-27", 0, 0), &counts, &f->why));
	assert_int_equal(counts.counts[WORK_OVERDUE], 1);
	assert_int_equal(counts.counts[WORK_TO_ASSIGN], 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_every_document_is_in_one_of_eight_buckets),
		FIXTURE_TEST(test_on_time_is_of_those_with_a_deadline),
		FIXTURE_TEST(
			test_done_on_the_last_second_of_the_day_is_on_time),
		FIXTURE_TEST(test_recall_ends_after_thirty_seconds),
		FIXTURE_TEST(test_reminders_come_once),
		FIXTURE_TEST(test_a_substitute_ends_with_the_day),
		FIXTURE_TEST(test_work_lists_follow_the_deadline),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
