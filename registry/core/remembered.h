/*
 * Remembered senders: whose letters are filed as no document by themselves,
 * as a person said once. Only a letter that looks like no document either is
 * filed; one with a number, a letterhead or a file that could not be read
 * waits for people.
 */
#pragma once
#include "base/fail.h"
#include <stdbool.h>
#include <stdint.h>

struct db;
struct letter_decision;

enum {
	REMEMBERED_MAX = 2000
};

/* Writer, in the transaction of the decision: the sender of its letter.
 * FAIL_INVALID "sender.none" without an address, FAIL_LIMIT "sender.limit". */
bool remembered_add(struct db *db, const struct letter_decision *decision,
		    struct fail *why);
/* The letter is wanted after all, so its sender is forgotten. Fine when it was
 * not remembered. */
bool remembered_forget(struct db *db, const struct letter_decision *decision,
		       struct fail *why);
/* Writer, once all of the letter was read: files it when its sender is
 * remembered. Never twice: a letter that was put back stays. */
bool remembered_file(struct db *db, int64_t letter_id, struct fail *why);
