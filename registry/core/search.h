/*
 * Search: one index over entries and letters, newest first.
 *
 * Words find with and without diacritics; those typed with them rank first;
 * "in quotes" finds the exact form only; the last word may be unfinished.
 * Results live in the caller's arena.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct actor;
struct db;

enum {
	SEARCH_LIMIT_MAX = 200,
	SEARCH_TEXT_MAX = 400,	   /* bytes of what a person types */
	SEARCH_VALUES_MAX = 20,	   /* of one filter */
	SEARCH_COUNTED_MAX = 2000, /* hits that facets look at */
	SEARCH_DAYS_MAX = 50000	   /* hits that a histogram looks at */
};

enum search_order {
	SEARCH_BEST,   /* right number, exact spelling, then newest */
	SEARCH_NEWEST, /* by date only */
	SEARCH_ORDER_COUNT
};

/* Filters that are NULL or "" let everything through. Those before `from` may
 * name several values, "7,12": an item passes with any of them. */
struct search_request {
	int64_t organisation_id;
	/* Who looks: finds only what access_sees_all() and MAY_READ_INTAKE let
	 * that person see. NULL: a program, which sees everything. */
	const struct actor *viewer;
	const char *text;	 /* as typed; blank lists the newest */
	const char *kind;	 /* "entry", "letter" */
	const char *direction;	 /* "in", "out" (entries) */
	const char *book, *type; /* ids, as those below */
	const char *issuer;	 /* agencies */
	const char *unit;	 /* who handles it */
	const char *year;
	const char *status;    /* as in entry.status */
	const char *signer;    /* by name, however it is written */
	const char *urgency;   /* as in entry.urgency */
	const char *deadline;  /* "met", "open", "overdue", as of `now` */
	const char *file;      /* "signed" (digitally), "paper" */
	const char *from, *to; /* "2026-06-01", both included */
	enum search_order order;
	const char *after; /* next_after of the page before */
	size_t limit;	   /* 1..SEARCH_LIMIT_MAX; 0: 50 */
	int64_t now;	   /* seconds; 0: the clock */
};

/* In UTF-16 units, as JavaScript counts; whole words, in order. */
struct search_range {
	size_t start, length;
};

struct search_text {
	const char *string; /* the original; "" when there is none */
	const struct search_range *ranges;
	size_t range_count;
};

/* Ids are 0 when there is none. */
struct search_hit {
	const char *kind;     /* "entry" or "letter" */
	int64_t id;	      /* of that entry or letter */
	bool is_right_number; /* what was typed is its number: stands first */
	bool is_void;
	const char *direction; /* "in", "out"; "" for letters */
	const char *status;    /* as in entry.status; "" for letters */
	const char *date;      /* "2026-06-24": of arrival, issue, receipt */
	int64_t book_id;
	int64_t agency_id;
	int64_t type_id;
	int64_t unit_id;
	struct search_text number;  /* in the book: "4871" */
	struct search_text symbol;  /* "1234/UBND-KT" */
	struct search_text subject; /* trích yếu; of the letter */
	struct search_text issuer;
	struct search_text signer;
	struct search_text sender;  /* of the letter, or of the entry's */
	struct search_text files;   /* names, one a line */
	struct search_text excerpt; /* of the body, when the match is there */
	const char *file;	    /* of the excerpt; NULL: the letter */
	int64_t page;		    /* of that file; 0: none */
};

struct search_answer {
	const struct search_hit *hits;
	size_t hit_count;
	const char *next_after; /* NULL on the last page */
};

/* FAIL_INVALID for a filter, a cursor or a text that cannot be. */
bool search_find(struct db *db, const struct search_request *request,
		 struct arena *arena, struct search_answer *ret_answer,
		 struct fail *why);

struct search_count {
	/* An id, "in", "2026", "Nguyễn Văn An"; what the filter takes. */
	const char *value;
	const char *label; /* name of the agency, type, unit, book */
	int64_t count;
};

struct search_facet {
	/* kind, direction, book, issuer, type, unit, year, status, signer,
	 * urgency, deadline, file */
	const char *name;
	/* Most frequent first; values asked for stand there even with 0. */
	const struct search_count *counts;
	size_t count;
};

struct search_facets {
	const struct search_facet *facets;
	size_t facet_count;
	int64_t total;	/* hits under all filters */
	bool is_capped; /* there are more than SEARCH_COUNTED_MAX */
};

/* Counts of each facet leave out the facet's own filter. */
bool search_count_facets(struct db *db, const struct search_request *request,
			 struct arena *arena, struct search_facets *ret_facets,
			 struct fail *why);

struct search_bar {
	const char *from, *to; /* "2026-06-01", both included */
	int64_t count;
};

/* Hits over time, without gaps, oldest first; whatever days were asked for. */
struct search_histogram {
	const char *step; /* "day", "week", "month" or "year": a bar's width */
	const struct search_bar *bars;
	size_t count;
	bool is_capped; /* older hits than the newest SEARCH_DAYS_MAX exist */
};

bool search_count_days(struct db *db, const struct search_request *request,
		       struct arena *arena,
		       struct search_histogram *ret_histogram,
		       struct fail *why);

/* Called in the transaction that wrote, after the write, whatever it was: they
 * look at what is there now. Letters in quarantine, those that do not lead
 * their group and those of an entry (which carries their words) leave the
 * index; so do withdrawn entries. A letter takes along the copies of its group
 * and their entries; a raw letter or message, by its file, every letter that
 * holds it. */
bool search_index_entry(struct db *db, int64_t id, struct fail *why);
bool search_index_letter(struct db *db, int64_t id, struct fail *why);
bool search_index_file(struct db *db, int64_t file_id, struct fail *why);

/* Lines of the last minutes go from the list that each search walks into the
 * index. For a quiet moment; nothing is written when there are none. */
bool search_settle(struct db *db, struct fail *why);
/* Everything anew; in a transaction of the caller's, slow. */
bool search_rebuild(struct db *db, struct fail *why);
/* Whether the tokenizer is newer than the index: time for search_rebuild(). */
bool search_is_stale(struct db *db, bool *ret_stale, struct fail *why);
