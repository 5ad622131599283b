/*
 * CSV as spreadsheets write it (RFC 4180): comma or semicolon, quotes doubled,
 * UTF-8 with or without a mark.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include <stddef.h>

enum {
	CSV_FIELDS_MAX = 64
};

struct csv_row {
	size_t line; /* where it begins, from 1 */
	const char **fields;
	size_t count;
};

struct csv {
	struct csv_row *rows; /* without empty lines */
	size_t count;
};

/* FAIL_INVALID names the line. */
bool csv_parse(struct bytes content, struct arena *arena, struct csv *ret_csv,
	       struct fail *why);
