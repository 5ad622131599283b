/*
 * Settings: one const table per program says name, kind, default, bounds and
 * help; it reads the file, refuses what it does not know with file and line,
 * and prints itself. libconfuse's home.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"
#include <stdint.h>

enum setting_kind {
	SETTING_TEXT,
	SETTING_INT, /* whole number within min and max */
	SETTING_BOOL
};

struct setting {
	const char *name; /* "listen"; the table ends with a NULL name */
	enum setting_kind kind;
	size_t offset; /* of a const char *, int64_t or bool in the target */
	const char *fallback;
	int64_t min, max; /* SETTING_INT */
	const char *help; /* one line, with the unit */
};

/* Fills the target with the defaults, then with the file when path is not
 * NULL. FAIL_INVALID names file and line. Strings live in the arena. */
bool settings_read(const struct setting *table, const char *path, void *target,
		   struct arena *arena, struct fail *why);
/* One value from the command line, as if the file had said it. */
bool settings_set(const struct setting *table, const char *name,
		  const char *value, void *target, struct arena *arena,
		  struct fail *why);
/* The whole table as a settings file with comments. */
void settings_print(const struct setting *table, const void *target,
		    struct text *ret_file);
