/*
 * States of a mailbox. One table says which may follow which.
 */
#pragma once
#include <stdbool.h>

/* clang-format off */
#define TO(name) (1u << SYNC_##name)
/*	  state        may be followed by                               */
#define SYNC_STATES(S) \
	S(RESTING,     TO(QUEUED)) \
	S(QUEUED,      TO(CONNECTING) | TO(CHECKING) | TO(RESTING)) \
	S(CONNECTING,  TO(LOGGING_IN) | TO(RESTING)) \
	S(LOGGING_IN,  TO(CHECKING) | TO(RESTING)) \
	S(CHECKING,    TO(CHECKING) | TO(LISTING) | TO(IDLING) | TO(RESTING)) \
	S(LISTING,     TO(LISTING) | TO(FETCHING) | TO(SETTLING) | \
		       TO(CHECKING) | \
		       TO(RESTING)) \
	S(FETCHING,    TO(FETCHING) | TO(LISTING) | TO(SETTLING) | \
		       TO(RESTING)) \
	S(SETTLING,    TO(CHECKING) | TO(IDLING) | TO(RESTING)) \
	S(IDLING,      TO(QUEUED) | TO(RESTING))
/* clang-format on */

enum sync_state {
#define NAME(name, next) SYNC_##name,
	SYNC_STATES(NAME)
#undef NAME
	SYNC_STATE_COUNT
};

const char *sync_state_name(enum sync_state state); /* "RESTING" */
bool sync_state_may_follow(enum sync_state from, enum sync_state to);
/* The only way to change a state; asserts the arrow. */
void sync_enter(enum sync_state *state, enum sync_state to);
