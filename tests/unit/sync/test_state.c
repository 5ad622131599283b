#include "sync/state.h"

#include "support/test.h"

static void test_every_state_leads_back_to_rest(void **state)
{
	(void)state;
	for (int from = 0; from < SYNC_STATE_COUNT; from++) {
		assert_non_null(sync_state_name((enum sync_state)from));
		assert_true(from == SYNC_RESTING ||
			    sync_state_may_follow((enum sync_state)from,
						  SYNC_RESTING));
	}
}

static void test_no_letter_is_fetched_before_login(void **state)
{
	(void)state;
	assert_false(sync_state_may_follow(SYNC_RESTING, SYNC_CONNECTING));
	assert_false(sync_state_may_follow(SYNC_CONNECTING, SYNC_CHECKING));
	assert_false(sync_state_may_follow(SYNC_LOGGING_IN, SYNC_FETCHING));
	assert_false(sync_state_may_follow(SYNC_IDLING, SYNC_FETCHING));
	assert_true(sync_state_may_follow(SYNC_LISTING, SYNC_FETCHING));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_state_leads_back_to_rest),
		cmocka_unit_test(test_no_letter_is_fetched_before_login),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
