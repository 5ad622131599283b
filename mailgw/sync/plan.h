/*
 * Plans: what to do next in a folder, from what the registry knows and what
 * the server says. Pure: no I/O, no clock.
 */
#pragma once
#include "sync/mailbox.h"

enum plan_kind {
	PLAN_NOTHING, /* nothing new; one round trip was enough */
	PLAN_READ,    /* list and fetch `wanted` */
	PLAN_REFUSE   /* the server's answer cannot be: see `remark` */
};

struct plan {
	enum plan_kind kind;
	struct uids wanted; /* free with uids_done */
	bool moved;	    /* other UIDVALIDITY: nothing done counts */
	const char *remark; /* what is odd, for the report, or NULL */
};

struct plan plan_after_status(const struct position *position,
			      const struct folder_status *status);

/* Sorts by UID and keeps what is wanted, once each; adds to `ret_absent` what
 * was asked for and is not there. */
void plan_after_list(const struct uids *asked, struct listing *listing,
		     struct uids *ret_absent);

/* How many UIDs to list next time: a sparse answer doubles, a full one
 * halves. */
uint32_t plan_list_width(uint32_t width, size_t found);

/* Letters listing->letters[from ..] that one command may bring: their sizes
 * together fit in `max`. At least 1. */
size_t plan_batch(const struct listing *listing, size_t from, uint64_t max,
		  size_t count_max);

/* Whether a letter ends after a piece. A piece that is short although the
 * letter should go on is no end: only an empty one is. */
bool plan_is_end(uint32_t size, uint64_t total, uint32_t asked, size_t got);
