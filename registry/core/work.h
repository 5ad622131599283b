/*
 * Work: what waits for a person, as lists that end when the person is done.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	WORK_PAGE_MAX = 100,
	WORK_COUNT_MAX = 1000 /* counts stop there */
};

enum work_tab {
	WORK_TO_SUBMIT,	 /* clerk: registered, not submitted */
	WORK_RETURNED,	 /* clerk: came back with a reason */
	WORK_EXTENSIONS, /* asked of this person */
	WORK_AWAITING,	 /* leader: awaits an instruction */
	WORK_TO_ASSIGN,	 /* unit head: nobody in the unit has it yet */
	WORK_ASSIGNED,	 /* leads */
	WORK_SUPPORTING, /* supports */
	WORK_DUE_SOON,	 /* today or in two working days */
	WORK_OVERDUE,
	WORK_INFORMATION, /* to know of */
	WORK_DONE,	  /* newest first */
	WORK_TAB_COUNT
};
const char *work_tab_name(enum work_tab tab); /* "to_submit" */
/* WORK_TAB_COUNT when there is none. */
enum work_tab work_tab_find(const char *name);

struct work_item {
	int64_t entry_id, assignment_id; /* 0: the document itself */
	const char *direction, *suffix, *day, *issuer, *symbol, *document_day;
	const char *subject, *status;
	int64_t year, number, urgency, version, files, at;
	const char *role, *state; /* NULL without an assignment */
	const char *due_day;
	const char *unit_name, *lead_name, *submitted_name;
	bool is_opened, is_overdue, is_due_soon;
	int64_t working_days_left; /* with a deadline */
};

struct work_list {
	const struct work_item *items;
	size_t count;
	int64_t next; /* 0: the last page */
};

struct work_request {
	const struct actor *actor;
	enum work_tab tab;
	int64_t after; /* as `next` said; 0: from the top */
	int64_t limit; /* 0: 50 */
	int64_t now;
};

/* Most urgent first. */
bool work_list(struct db *db, const struct work_request *request,
	       struct arena *arena, struct work_list *ret_list,
	       struct fail *why);

struct work_counts {
	int64_t counts[WORK_TAB_COUNT];
	int64_t done_today;
};
bool work_count(struct db *db, const struct actor *actor, int64_t now,
		struct work_counts *ret_counts, struct fail *why);
