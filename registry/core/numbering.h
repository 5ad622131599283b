/*
 * Which types share a series, and with what number a year begins: decided by
 * an administrator before a year has numbers, so that no number and no symbol
 * is given twice or lost. Each change is audited in the same transaction.
 */
#pragma once
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>

struct db;

struct numbering_change {
	struct actor actor;
	int64_t book_id;
	const int64_t *type_ids;
	size_t type_count; /* 0: all that have none of their own */
	int64_t series_id;
	int year;    /* this one or the next; else "series.year" */
	int64_t now; /* 0: the clock */
};

/* FAIL_CONFLICT "series.in_use" (see series_share), "series.same_symbol" when
 * outgoing types of one abbreviation would count apart,
 * "series.other_direction" when books of both directions would share it. All
 * or nothing. */
bool numbering_share(struct db *db, const struct numbering_change *change,
		     struct fail *why);
/* A new series that nothing counts in yet. FAIL_CONFLICT "series.exists". */
bool numbering_add_series(struct db *db, const struct actor *actor,
			  const char *code, const char *name, int64_t *ret_id,
			  struct fail *why);
/* A year that was begun on paper goes on with `first`. FAIL_CONFLICT
 * "series.in_use" when numbers are given or set aside. */
bool numbering_begin(struct db *db, const struct actor *actor,
		     int64_t series_id, int year, int64_t first, int64_t now,
		     struct fail *why);
/* Đóng sổ: every series that the book counted in takes no more in that year.
 */
bool numbering_close(struct db *db, const struct actor *actor, int64_t book_id,
		     int year, int64_t now, struct fail *why);
/* As it is printed from now on. */
bool numbering_rename_book(struct db *db, const struct actor *actor,
			   int64_t book_id, const char *name,
			   struct fail *why);
