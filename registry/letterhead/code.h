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
/* Whether it is one of ours, to the letter. */
bool code_is_known(const char *group);
/* Whether recognition may have made `seen` of it: one letter is lost or too
 * much, or one looks like the other. A small letter was seen. */
bool code_may_be(const char *code, const char *seen, struct arena *arena);
/* The only code that differs by one letter at most; NULL. */
const char *code_near(const char *group, struct arena *arena);
