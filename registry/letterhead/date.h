/*
 * Dates as documents write them: "ngày 22 tháng 6 năm 2026", "22/6/2026".
 */
#pragma once
#include "base/moment.h"
#include "letterhead/line.h"

struct date {
	struct day day;	  /* year 0: not said */
	size_t from, to;  /* terms of the line, `to` is not among them */
	bool is_worded;	  /* with "tháng", as the decree wants it */
	bool is_repaired; /* letters were taken for digits */
};

/* The first date whose first term is `from` or later. "ngày" belongs to it.
 * Dates without a year are given too, worded ones and "22/6" behind "ngày". */
bool date_find(const struct line *line, size_t from, struct date *ret_date);
/* The same in a text without places, such as the name of a file. */
bool date_find_text(const char *fold, struct day *ret_day);
