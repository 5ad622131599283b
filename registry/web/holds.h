/*
 * Holds: who has which letter open right now, so that two clerks do not work
 * on one. A hint and no more: kept in memory, gone after three minutes.
 */
#pragma once
#include "base/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct holds;

struct hold_request {
	int64_t letter_id;
	int64_t actor_id;
	const char *actor_name;
	bool take;     /* from whoever has it */
	int64_t ticks; /* 0: the clock */
};

struct holds *holds_create(void);
void holds_destroy(struct holds **holds); /* accepts NULL, leaves NULL */
/*
 * Who else has the letter; NULL: nobody, and from now on this person has it,
 * in place of the one held before. From any thread.
 */
const char *holds_set(struct holds *holds, const struct hold_request *request,
		      struct arena *arena);
