/*
 * Back-off: when to look again. Pure; the caller brings the chance.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum {
	BACKOFF_FIRST = 30 * 1000,
	BACKOFF_MAX = 30 * 60 * 1000,
	BACKOFF_LOGIN_TRIES = 3
};

/* `chance` is any 32 random bits: the result is spread over ±25 %. */
int64_t backoff_spread(int64_t milliseconds, uint32_t chance);
/* After the n-th failure in a row (n >= 1): 30 s, 1 min, 2 min … 30 min. */
int64_t backoff_after(unsigned failures, uint32_t chance);
/* Polling: news bring the shortest time back, quiet doubles it. */
int64_t backoff_poll(int64_t last, bool news, int64_t min, int64_t max);
