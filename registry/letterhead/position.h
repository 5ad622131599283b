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
