#include "web/holds.h"
#include <string.h>

#include "support/test.h"

enum {
	MINUTE = 60 * 1000
};

/* Whether the answer to this person is `who`; NULL: nobody else. */
static bool says(struct holds *holds, struct hold_request request,
		 const char *who)
{
	auto_arena *arena = arena_create(0);

	request.actor_name = request.actor_id == 1 ? "Hà" : "Liên";
	const char *by = holds_set(holds, &request, arena);
	return who && by ? strcmp(who, by) == 0 : who == by;
}

#define ASK(letter, actor, minute)                          \
	(struct hold_request)                               \
	{                                                   \
		.letter_id = (letter), .actor_id = (actor), \
		.ticks = (minute)*MINUTE                    \
	}

static void the_second_is_told_who_was_first(void **state)
{
	struct holds *holds = holds_create();

	(void)state;
	assert_true(says(holds, ASK(5, 1, 1), NULL));
	assert_true(says(holds, ASK(5, 1, 1), NULL));
	assert_true(says(holds, ASK(5, 2, 2), "Hà"));
	assert_true(says(holds, ASK(6, 2, 2), NULL));
	holds_destroy(&holds);
	assert_null(holds);
}

static void who_takes_over_has_it(void **state)
{
	struct holds *holds = holds_create();

	(void)state;
	assert_true(says(holds, ASK(5, 1, 1), NULL));
	struct hold_request take = ASK(5, 2, 1);
	take.take = true;
	assert_true(says(holds, take, NULL));
	assert_true(says(holds, ASK(5, 1, 1), "Liên"));
	holds_destroy(&holds);
}

static void it_ends_by_itself_and_with_the_next_letter(void **state)
{
	struct holds *holds = holds_create();

	(void)state;
	assert_true(says(holds, ASK(5, 1, 1), NULL));
	assert_true(says(holds, ASK(5, 2, 4), NULL));
	assert_true(says(holds, ASK(7, 2, 4), NULL));
	assert_true(says(holds, ASK(5, 1, 4), NULL));
	holds_destroy(&holds);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_second_is_told_who_was_first),
		cmocka_unit_test(who_takes_over_has_it),
		cmocka_unit_test(it_ends_by_itself_and_with_the_next_letter),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
