/*
 * Moments and days. A moment is seconds since 1970 in UTC; a day is a civil
 * date in Asia/Ho_Chi_Minh (UTC+7, no summer time since 1975), which is what
 * the register's years and deadlines are made of.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum {
	MOMENT_SIZE = 32,
	DAY_SIZE = 11 /* "2026-06-24" and NUL */
};

struct day {
	int year;
	int month; /* 1..12 */
	int day;   /* 1..31 */
};

/* The wall clock; a test sets it with the environment's faketime only. */
int64_t moment_now(void);
int64_t moment_now_micro(void);
/* Never goes back: for deadlines, sessions and back-off. Milliseconds. */
int64_t moment_ticks(void);

struct day moment_day(int64_t moment);
int64_t moment_of_day(struct day day); /* its first second in Việt Nam */

void moment_print(int64_t moment, char ret_utc[MOMENT_SIZE]); /* RFC 3339 Z */
void day_print(struct day day, char ret_iso[DAY_SIZE]);	      /* "2026-06-24" */
/* Accepts exactly YYYY-MM-DD of a day that exists, years 1900 to 2999. */
bool day_parse(const char *iso, struct day *ret_day);
bool day_is_valid(struct day day);
int64_t day_number(struct day day); /* days since 1970-01-01 */
struct day day_from_number(int64_t number);
