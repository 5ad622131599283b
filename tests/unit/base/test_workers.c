#include "base/workers.h"
#include "support/test.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static atomic_int made, unmade, ran;
static sem_t started, go_on;

static void *make(void *context)
{
	(void)atomic_fetch_add(&made, 1);
	return context;
}

static void unmake(void *own)
{
	assert_ptr_equal(own, &made);
	(void)atomic_fetch_add(&unmade, 1);
}

static void count(void *own, void *argument)
{
	assert_ptr_equal(own, &made);
	(void)atomic_fetch_add(&ran, *(int *)argument);
}

static void block(void *own, void *argument)
{
	(void)own;
	(void)argument;
	(void)sem_post(&started);
	(void)sem_wait(&go_on);
}

static void test_every_job_runs_once_before_the_end(void **state)
{
	const struct workers_request request = {
		.name = "test",
		.threads = 4,
		.waiting_max = 1000,
		.make = make,
		.unmake = unmake,
		.context = &made,
	};
	struct fail why;
	struct workers *workers = workers_create(&request, &why);
	int one = 1;

	(void)state;
	assert_non_null(workers);
	for (int i = 0; i < 1000; i++)
		assert_true(workers_add(workers, count, &one, &why));
	workers_destroy(&workers);
	assert_null(workers);
	assert_int_equal(ran, 1000);
	assert_int_equal(made, 4);
	assert_int_equal(unmade, 4);
}

static void test_a_full_queue_says_busy_and_recovers(void **state)
{
	const struct workers_request request = {
		.name = "full",
		.threads = 1,
		.waiting_max = 2,
	};
	struct fail why;
	struct workers *workers = workers_create(&request, &why);

	(void)state;
	assert_true(workers_add(workers, block, NULL, &why));
	(void)sem_wait(&started); /* it runs, it waits no more */
	assert_true(workers_add(workers, block, NULL, &why));
	assert_true(workers_add(workers, block, NULL, &why));
	assert_int_equal(workers_waiting(workers), 2);
	assert_false(workers_add(workers, block, NULL, &why));
	assert_int_equal(why.kind, FAIL_BUSY);
	(void)sem_post(&go_on);
	(void)sem_wait(&started);
	assert_true(workers_add(workers, block, NULL, &why));
	for (int i = 0; i < 3; i++)
		(void)sem_post(&go_on);
	workers_destroy(&workers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_job_runs_once_before_the_end),
		cmocka_unit_test(test_a_full_queue_says_busy_and_recovers),
	};

	(void)sem_init(&started, 0, 0);
	(void)sem_init(&go_on, 0, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
