/*
 * Jobs: what counts as an attempt, and what a death of the service does not.
 */
#include "core/job.h"
#include "support/register.h"

static const int64_t file_id = 101;

static int64_t start_one(struct fixture *f)
{
	struct job_list list;

	must(job_start(f->db, JOB_READ_FILE, 10, f->arena, &list, &f->why));
	assert_int_equal(list.count, 1);
	return list.items[0].id;
}

static struct job_counts counts_of(struct fixture *f)
{
	struct job_kind_list kinds;

	must(job_count_kinds(f->db, f->arena, &kinds, &f->why));
	assert_int_equal(kinds.count, 1);
	return kinds.items[0].counts;
}

static void test_three_failures_are_the_last(void **state)
{
	struct fixture *f = *state;

	must(job_add(f->db, JOB_READ_FILE, file_id, 0, &f->why));
	for (int i = 0; i < JOB_ATTEMPTS_MAX; i++) {
		assert_int_equal(counts_of(f).waiting, 1);
		must(job_fail(f->db, start_one(f), "crashed", &f->why));
	}
	assert_int_equal(counts_of(f).failed, 1);
}

/* It may have been at the head of the queue each time the service died, and
 * never been looked at. */
static void test_death_of_the_service_is_no_attempt(void **state)
{
	struct fixture *f = *state;

	must(job_add(f->db, JOB_READ_FILE, file_id, 0, &f->why));
	for (int i = 0; i < 2 * JOB_ATTEMPTS_MAX; i++) {
		(void)start_one(f);
		must(job_recover(f->db, &f->why));
	}
	must(job_fail(f->db, start_one(f), "killed", &f->why));
	assert_int_equal(counts_of(f).failed, 0);
	assert_int_equal(counts_of(f).waiting, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_three_failures_are_the_last),
		FIXTURE_TEST(test_death_of_the_service_is_no_attempt),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
