/*
 * Sets of UIDs as IMAP writes them: "1:24,30".
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UIDSET_RANGES_MAX = 100000
};

struct uid_range {
	int64_t first, last; /* both inside */
};

/* Ranges ascend and never touch. */
struct uidset {
	struct uid_range *ranges; /* heap */
	size_t count, room;
};

void uidset_done(struct uidset *set);
#define auto_uidset __attribute__((cleanup(uidset_done))) struct uidset

/* "" is the empty set. UIDs are 1 to 4294967295; any order is accepted.
 * FAIL_INVALID, or FAIL_LIMIT beyond UIDSET_RANGES_MAX ranges. */
bool uidset_parse(const char *string, struct uidset *ret_set,
		  struct fail *why);
const char *uidset_print(const struct uidset *set, struct arena *arena);
bool uidset_add(struct uidset *set, int64_t first, int64_t last,
		struct fail *why);
bool uidset_has(const struct uidset *set, int64_t uid);
int64_t uidset_count(const struct uidset *set); /* UIDs */
/* What is in `set` and not in `without`. */
bool uidset_without(const struct uidset *set, const struct uidset *without,
		    struct uidset *ret_set, struct fail *why);
