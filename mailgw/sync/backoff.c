#include "sync/backoff.h"
#include <assert.h>

int64_t backoff_spread(int64_t milliseconds, uint32_t chance)
{
	int64_t quarter = milliseconds / 4;

	return milliseconds - quarter +
	       (int64_t)((uint64_t)chance * (uint64_t)quarter * 2 /
			 UINT32_MAX);
}

int64_t backoff_after(unsigned failures, uint32_t chance)
{
	int64_t wait = BACKOFF_FIRST;

	assert(failures >= 1);
	while (--failures > 0 && wait < BACKOFF_MAX)
		wait *= 2;
	if (wait > BACKOFF_MAX)
		wait = BACKOFF_MAX;
	return backoff_spread(wait, chance);
}

int64_t backoff_poll(int64_t last, bool news, int64_t min, int64_t max)
{
	if (news || last < min)
		return min;
	return last > max / 2 ? max : last * 2;
}
