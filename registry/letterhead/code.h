/*
 * Codes: the short names of agencies and offices in numbers.
 */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

/* The code with its diacritics back: "HDND" gives "HĐND"; others as they
 * are. *ret_known is set when it is one of ours, and else left. */
const char *code_restore(const char *group, struct arena *arena,
			 bool *ret_known);
/* The only code that differs by one letter at most; NULL. */
const char *code_near(const char *group, struct arena *arena);
