/*
 * Quarantine by rule: a secret mark, a virus, a scanner that did not answer.
 */
#pragma once
#include "base/fail.h"
#include "core/letter_file.h"
#include <stdint.h>

struct db;

/* Writer: sends the undecided letters of this raw blob to quarantine when
 * something in them demands it, with the reason, an audit row, and out of the
 * index. A letter that a person took out again stays where it is, unless a
 * virus was found; one that only waited for the scanner comes
 * back by itself. */
bool quarantine_check(struct db *db, int64_t letter_file_id,
		      const struct letter_file_list *files,
		      struct fail *why);
