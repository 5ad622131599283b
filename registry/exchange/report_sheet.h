/*
 * The report of a period: how documents were handled, in sentences and by
 * unit, as half-year reports have it.
 */
#pragma once
#include "base/arena.h"
#include "exchange/sheet.h"
#include <stdint.h>

/* value < 0: there is none. */
struct report_figure {
	double value;
	double last;	   /* a year before; < 0: none */
	int64_t count, of; /* of a share: n of N */
};

struct report_unit {
	const char *name;
	int64_t assigned, done, working, overdue;
	int64_t on_time, counted; /* n of N */
};

/* Of all that has a deadline. */
struct report_buckets {
	int64_t in_time_done, in_time_working, in_time_new;
	int64_t late_done, overdue_working, overdue_new;
	int64_t today_working, today_new;
};

struct report_print {
	const char *superior, *organisation;
	const char *printed;   /* when and by whom; NULL: not said */
	const char *from, *to; /* "2026-01-01", both included */
	struct report_figure incoming, outgoing, on_time, overdue;
	struct report_figure minutes_to_register;
	struct report_buckets buckets;
	const struct report_unit *units;
	size_t unit_count;
};

/* Portrait; the last row is of all units. */
struct sheet report_sheet(const struct report_print *print,
			  struct arena *arena);
