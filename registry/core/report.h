/*
 * Reports: figures of a period, for leadership.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct report_count {
	int64_t id;	  /* of the type, unit, agency; 0: none */
	const char *name; /* "" when id is 0 */
	int64_t in, out;
};

struct report {
	int64_t in, out; /* lines, void ones not counted */
	int64_t void_in, void_out;
	int64_t due, on_time, late; /* incoming with a deadline */
	const struct report_count *types;
	size_t type_count;
	const struct report_count *units;
	size_t unit_count;
};

/* Days from `from` to `to`, both included; late as of `today`. */
struct report_request {
	int64_t organisation_id;
	const char *from, *to, *today;
};

bool report_make(struct db *db, const struct report_request *request,
		 struct arena *arena, struct report *ret_report,
		 struct fail *why);
