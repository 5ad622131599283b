/*
 * The calendar: which days people work, as data; deadlines counted in them.
 *
 * A loaded calendar is a value; its questions need no database.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/moment.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	CALENDAR_DAYS_MAX = 366, /* of one change */
	CALENDAR_TERM_MAX = 400	 /* working days of one deadline */
};

/* A day that is not what its weekday says. */
struct calendar_day {
	int64_t number; /* day_number() */
	bool is_off;
	const char *name;
};

struct calendar {
	bool weekend[8];		 /* 1 Monday to 7 Sunday */
	const struct calendar_day *days; /* in order */
	size_t count;
	int64_t version;
};

bool calendar_load(struct db *db, int64_t organisation_id, struct arena *arena,
		   struct calendar *ret_calendar, struct fail *why);

bool calendar_is_working(const struct calendar *calendar, struct day day);
/* The last of `count` working days after `day`; 0: `day` itself or the next
 * working day. */
struct day calendar_add(const struct calendar *calendar, struct day day,
			int64_t count);
/* Working days after `from` up to and with `to`; negative backwards. */
int64_t calendar_between(const struct calendar *calendar, struct day from,
			 struct day to);
/* Some day off from 21 January to 20 February that its weekday is not. */
bool calendar_knows_tet(const struct calendar *calendar, int year);
int calendar_weekday(struct day day); /* 1 Monday to 7 Sunday */

/* What the days of a year become. */
struct calendar_change {
	struct actor actor;
	int year;
	const bool *weekend; /* NULL: stays */
	const struct calendar_day *days;
	size_t count;
	int64_t version; /* 0: a preview */
};

/* One open deadline that moves, or (new_day NULL) lies on a day off now. */
struct calendar_effect {
	int64_t entry_id, assignment_id;
	const char *direction, *subject;
	const char *name; /* who has to do it */
	int64_t number, year;
	const char *old_day, *new_day;
};

struct calendar_effects {
	const struct calendar_effect *effects;
	size_t count;
};

/* What a change would do; nothing is written. */
bool calendar_preview(struct db *db, const struct calendar_change *change,
		      struct arena *arena, struct calendar_effects *ret_effects,
		      struct fail *why);
/* Does it. Open deadlines that were given in working days move; those given
 * as a day stay. FAIL_CONFLICT "calendar.changed" on a stale version. */
bool calendar_write(struct db *db, const struct calendar_change *change,
		    struct arena *arena, struct calendar_effects *ret_effects,
		    struct fail *why);
