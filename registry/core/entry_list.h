/*
 * Reading entries: one, a page of a book, counts by day, all of them.
 */
#pragma once
#include "core/entry.h"

struct verify_report;

enum {
	ENTRY_PAGE_MAX = 200
};

struct entry_list {
	const struct entry *entries;
	size_t count;
	int64_t next_after; /* 0: the last page */
	const char *next_suffix;
};

bool entry_load(struct db *db, int64_t id, struct arena *arena,
		struct entry *ret_entry, struct fail *why);

struct entry_place {
	int64_t book_id, year, number;
	const char *suffix; /* NULL: none */
};
/* FAIL_NOT_FOUND when there is none; for /vb/den/2026/4871. */
bool entry_load_number(struct db *db, const struct entry_place *place,
		       struct arena *arena, struct entry *ret_entry,
		       struct fail *why);
/* FAIL_DENIED "entry.denied" names who handles it. */
bool entry_may_open(struct db *db, const struct entry *entry,
		    const struct actor *actor, struct arena *arena,
		    struct fail *why);

/* Newest number first. Filters that are 0 or NULL let everything through. */
struct entry_filter {
	int64_t book_id; /* needed */
	int64_t year;	 /* needed */
	int64_t after;	 /* number of the last line seen; 0: from the top */
	const char *after_suffix;
	int64_t limit; /* 0: 100 */
	const char *from_day, *to_day;
	int64_t from_number, to_number;
	int64_t unit_id; /* receives or drafts it */
	int64_t agency_id;
	int64_t type_id;
	const char *state;	    /* "valid", "void" */
	const char *status;	    /* "registered" … */
	const char *due_before;	    /* open, and due before this day */
	const struct actor *viewer; /* NULL or one who sees all: everything */
};

bool entry_list(struct db *db, const struct entry_filter *filter,
		struct arena *arena, struct entry_list *ret_list,
		struct fail *why);

struct entry_day_count {
	const char *day;
	int64_t count;
};

struct entry_day_list {
	const struct entry_day_count *days; /* newest first */
	size_t count;
};

/* Lines per day under the same filter (after and limit are ignored). */
bool entry_count_days(struct db *db, const struct entry_filter *filter,
		      struct arena *arena, struct entry_day_list *ret_list,
		      struct fail *why);
bool entry_count(struct db *db, const struct entry_filter *filter,
		 int64_t *ret_count, struct fail *why);

struct entry_receivers {
	const struct entry_receiver *receivers;
	size_t count;
};
bool entry_list_receivers(struct db *db, int64_t id, struct arena *arena,
			  struct entry_receivers *ret_receivers,
			  struct fail *why);

/* One JSON line each (without line end), by book code, year, number, suffix.
 * Two exports of the same state are byte-identical. */
bool entry_export(struct db *db,
		  bool (*each)(void *context, const char *json,
			       struct fail *why),
		  void *context, struct fail *why);

/* Numbers without gaps, void lines with reasons, references that exist. */
bool entry_verify(struct db *db, struct verify_report *report,
		  struct fail *why);
