#include "sync/backoff.h"

#include "support/test.h"

static void test_failures_wait_longer_up_to_a_limit(void **state)
{
	int64_t last = 0;

	(void)state;
	for (unsigned failures = 1; failures < 100; failures++) {
		int64_t wait = backoff_after(failures, UINT32_MAX / 2);
		assert_true(wait >= last);
		assert_true(wait <= BACKOFF_MAX);
		last = wait;
	}
	assert_true(backoff_after(1, UINT32_MAX / 2) < 31 * 1000);
	assert_true(last > BACKOFF_MAX * 9 / 10);
}

static void test_chance_spreads_by_a_quarter(void **state)
{
	(void)state;
	assert_int_equal(backoff_spread(1000, 0), 750);
	assert_int_equal(backoff_spread(1000, UINT32_MAX), 1250);
	assert_int_equal(backoff_spread(0, 12345), 0);
}

static void test_polling_follows_the_traffic(void **state)
{
	int64_t wait = 0;

	(void)state;
	wait = backoff_poll(wait, false, 60, 900);
	assert_int_equal(wait, 60);
	for (int i = 0; i < 10; i++)
		wait = backoff_poll(wait, false, 60, 900);
	assert_int_equal(wait, 900);
	assert_int_equal(backoff_poll(wait, true, 60, 900), 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_failures_wait_longer_up_to_a_limit),
		cmocka_unit_test(test_chance_spreads_by_a_quarter),
		cmocka_unit_test(test_polling_follows_the_traffic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
