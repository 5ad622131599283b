/*
 * Positions: what the person who signs is, as it is written in text.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

extern const char *const position_names[];
extern const size_t position_count;

/* Whether the compact text begins with a position; with so many wrong letters
 * in it. */
bool position_begins(const char *compact, size_t wrong);
/* The position that differs by a letter or two at most; NULL. */
const char *position_nearest(const char *compact);
/* The position whose end the compact text is, as a seal leaves it; NULL when
 * there is none, or the text is too short to say. */
const char *position_by_end(const char *compact);
