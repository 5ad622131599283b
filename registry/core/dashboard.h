/*
 * The dashboard: figures of a period with those of the same period a year
 * before, by unit and by week, and the eight buckets of the report.
 *
 * On time means: finished on or before the deadline, in whole days of Việt
 * Nam, as the one that leads decides. Of those with a deadline that are
 * finished or overdue; without a deadline a document counts nowhere.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	DASHBOARD_DAYS_MAX = 3660,
	DASHBOARD_LONGEST = 10
};

struct dashboard_request {
	const struct actor *viewer; /* who does not see all: own unit only */
	const char *from, *to;	    /* days of arrival, both included */
	int64_t now;
};

/* value < 0: there is none (no median without letters). */
struct dashboard_figure {
	double value;
	double last; /* a year before; < 0: none */
	int64_t count, of;
};

struct dashboard_unit {
	int64_t unit_id;
	const char *name;
	int64_t assigned, done, working, overdue;
	int64_t on_time, counted; /* n of N */
};

struct dashboard_week {
	const char *first_day; /* Monday */
	int64_t incoming, outgoing;
};

struct dashboard_late {
	int64_t entry_id, year, number;
	const char *subject, *issuer, *name, *due_day;
	int64_t working_days; /* past the deadline */
};

struct dashboard {
	struct dashboard_figure incoming, outgoing, on_time, overdue;
	struct dashboard_figure minutes_to_register;
	const struct dashboard_unit *units;
	size_t unit_count;
	const struct dashboard_week *weeks;
	size_t week_count;
	const struct dashboard_late *longest;
	size_t longest_count;
};

/* FAIL_INVALID "dashboard.period". */
bool dashboard_load(struct db *db, const struct dashboard_request *request,
		    struct arena *arena, struct dashboard *ret_dashboard,
		    struct fail *why);

/* Every piece of work that leads is in exactly one of them. */
struct bucket_row {
	int64_t unit_id, user_id; /* user 0: the whole unit */
	const char *name;
	int64_t in_time_done, in_time_working, in_time_new;
	int64_t late_done, overdue_working, overdue_new;
	int64_t today_working, today_new;
	int64_t no_deadline;
};

struct bucket_list {
	const struct bucket_row *rows;
	size_t count;
};

struct bucket_request {
	struct dashboard_request period;
	bool by_person;
	int64_t unit_id; /* 0: all */
};

bool bucket_load_list(struct db *db, const struct bucket_request *request,
		      struct arena *arena, struct bucket_list *ret_list,
		      struct fail *why);
