/*
 * Values that belong to the data folder: name and text.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"

struct db;

/* *ret_value is NULL when it was never set. */
bool setting_find(struct db *db, const char *name, struct arena *arena,
		  const char **ret_value, struct fail *why);
bool setting_set(struct db *db, const char *name, const char *value,
		 struct fail *why);
