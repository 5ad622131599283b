/*
 * Reasons that people must give: long enough to say something.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"

enum {
	REASON_MIN = 10 /* characters, blanks and marks alone do not count */
};

/* In normal form. FAIL_INVALID "entry.reason". */
bool reason_check(const char *text, struct arena *arena,
		  const char **ret_reason, struct fail *why);
