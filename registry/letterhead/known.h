/*
 * Known names: places and agencies that every register meets. What was
 * recognised with a wrong letter or a blank too few is put right by them.
 */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

/* The place whose letters are these, whatever their diacritics; NULL. */
const char *known_place(const char *text, struct arena *arena);
/* The agency whose name is nearest, when it is near enough and no other is as
 * near; NULL. `may_repair`: letters may be wrong. */
const char *known_agency(const char *text, bool may_repair,
			 struct arena *arena);
