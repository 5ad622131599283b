/*
 * Number series: consecutive from 1 within a year of Việt Nam's calendar,
 * given in the order of time, never twice, never with a gap.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct series {
	int64_t id;
	int64_t organisation_id;
	const char *code; /* "den", "di" */
	const char *name;
};

struct series_list {
	const struct series *series;
	size_t count;
};

bool series_add(struct db *db, const struct series *wanted, int64_t *ret_id,
		struct fail *why);
bool series_list(struct db *db, int64_t organisation_id, struct arena *arena,
		 struct series_list *ret_list, struct fail *why);
/* From this year on documents of this type in this book count in this series.
 * FAIL_CONFLICT "series.in_use" when the book has numbers of this type, or of
 * one with the same abbreviation, in that year or holds some aside: it changes
 * before the first number of a year only. */
struct series_sharing {
	int64_t book_id;
	int64_t type_id; /* 0: all that have none of their own */
	int64_t series_id;
	int year;
};
bool series_share(struct db *db, const struct series_sharing *sharing,
		  struct fail *why);
/* The series for a book and type (0: none) in a year. */
bool series_find(struct db *db, int64_t book_id, int64_t type_id, int year,
		 int64_t *ret_series_id, struct fail *why);

/* The number that the next registration takes; nothing is reserved. */
bool series_next(struct db *db, int64_t series_id, int year,
		 int64_t *ret_number, struct fail *why);
/* Day of the youngest line of all years, "" when there is none. */
bool series_last_day(struct db *db, int64_t series_id, struct arena *arena,
		     const char **ret_day, struct fail *why);
/* Numbers of a book that was begun on paper: the year goes on with `first`.
 * FAIL_CONFLICT when it or a later year has numbers already. */
bool series_begin_year(struct db *db, int64_t series_id, int year,
		       int64_t first, struct fail *why);
/* Đóng sổ: no more numbers in this year. */
bool series_close_year(struct db *db, int64_t series_id, int year,
		       int64_t user_id, int64_t now, struct fail *why);
bool series_is_closed(struct db *db, int64_t series_id, int year,
		      bool *ret_closed, struct fail *why);
