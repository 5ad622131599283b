/*
 * Dateline: the place beside the day. Many agencies are called by it, and small
 * letters are recognised better than capitals.
 */
#pragma once
#include "base/arena.h"

/* The name of an agency with the place at its end as the dateline has it, when
 * that is nearly the same: "xã Ia Pal" for "XÃIAPAL". NULL: it is not. */
char *dateline_mend(const char *name, const char *place, struct arena *arena);
