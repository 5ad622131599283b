/*
 * UID sets: sorted ranges without overlap, as IMAP writes them ("1:24,30").
 *
 * Never holds 0 and never knows "*": `n:*` answers with the last letter even
 * when its UID is below n (RFC 9051 6.4.9), so nobody here may say it.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"
#include <stddef.h>
#include <stdint.h>

struct uid_range {
	uint32_t first, last; /* both inside; 1 <= first <= last */
};

struct uids {
	struct uid_range *ranges;
	size_t count;
	size_t room;
};

void uids_done(struct uids *uids); /* frees; leaves it empty */
#define auto_uids __attribute__((cleanup(uids_done))) struct uids

/* "" is the empty set; any order and overlap is taken. */
bool uids_parse(const char *string, struct uids *ret_uids, struct fail *why);
void uids_print(const struct uids *uids, struct text *ret_string);

void uids_add(struct uids *uids, uint32_t first, uint32_t last);
void uids_remove(struct uids *uids, uint32_t first, uint32_t last);
void uids_add_all(struct uids *uids, const struct uids *more);
void uids_remove_all(struct uids *uids, const struct uids *less);
bool uids_has(const struct uids *uids, uint32_t uid);
uint64_t uids_count(const struct uids *uids);

/* Takes the lowest `max` UIDs out of `uids` into an empty set. */
void uids_take(struct uids *uids, uint32_t max, struct uids *ret_taken);
