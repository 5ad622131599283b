#include "sync/state.h"
#include <assert.h>

const char *sync_state_name(enum sync_state state)
{
	static const char *const names[] = {
#define NAME(name, next) #name,
		SYNC_STATES(NAME)
#undef NAME
	};
	assert(state < SYNC_STATE_COUNT);
	return names[state];
}

bool sync_state_may_follow(enum sync_state from, enum sync_state to)
{
	static const unsigned next_of[] = {
#define NEXT(name, next) (next),
		SYNC_STATES(NEXT)
#undef NEXT
	};
	assert(from < SYNC_STATE_COUNT && to < SYNC_STATE_COUNT);
	return next_of[from] & 1u << to;
}

void sync_enter(enum sync_state *state, enum sync_state to)
{
	assert(sync_state_may_follow(*state, to));
	*state = to;
}
