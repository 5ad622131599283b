#include "base/moment.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const int64_t vietnam_offset = INT64_C(7) * 3600;
static const int64_t seconds_a_day = 86400;

static int64_t read_clock(clockid_t clock, int64_t parts)
{
	struct timespec now;

	(void)clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * parts +
	       (int64_t)now.tv_nsec / (INT64_C(1000000000) / parts);
}

int64_t moment_now(void)
{
	return read_clock(CLOCK_REALTIME, 1);
}

int64_t moment_now_micro(void)
{
	return read_clock(CLOCK_REALTIME, 1000000);
}

int64_t moment_ticks(void)
{
	return read_clock(CLOCK_MONOTONIC, 1000);
}

static int64_t floor_divide(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* Howard Hinnant's "chrono-compatible low-level date algorithms": years start
 * in March, so that the leap day is the last of its year. */
int64_t day_number(struct day day)
{
	int64_t year = day.month <= 2 ? day.year - 1 : day.year;
	int64_t era = floor_divide(year, 400);
	int64_t year_of_era = year - era * 400;
	int64_t month = (day.month + 9) % 12;
	int64_t day_of_year = (153 * month + 2) / 5 + day.day - 1;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + day_of_year - 719468;
}

struct day day_from_number(int64_t number)
{
	int64_t shifted = number + 719468;
	int64_t era = floor_divide(shifted, 146097);
	int64_t of_era = shifted - era * 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 -
			of_era / 146096) /
		       365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * of_year + 2) / 153;
	struct day day;

	day.day = (int)(of_year - (153 * month + 2) / 5 + 1);
	day.month = (int)(month < 10 ? month + 3 : month - 9);
	day.year = (int)(year + era * 400 + (day.month <= 2));
	return day;
}

struct day moment_day(int64_t moment)
{
	return day_from_number(
		floor_divide(moment + vietnam_offset, seconds_a_day));
}

int64_t moment_of_day(struct day day)
{
	return day_number(day) * seconds_a_day - vietnam_offset;
}

void moment_print(int64_t moment, char ret_utc[MOMENT_SIZE])
{
	int64_t number = floor_divide(moment, seconds_a_day);
	int64_t rest = moment - number * seconds_a_day;
	struct day day = day_from_number(number);

	(void)snprintf(ret_utc, MOMENT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		       day.year, day.month, day.day, (int)(rest / 3600),
		       (int)(rest / 60 % 60), (int)(rest % 60));
}

void day_print(struct day day, char ret_iso[DAY_SIZE])
{
	(void)snprintf(ret_iso, DAY_SIZE, "%04u-%02u-%02u",
		       (unsigned)day.year % 10000U, (unsigned)day.month % 100U,
		       (unsigned)day.day % 100U);
}

bool day_is_valid(struct day day)
{
	struct day again;

	if (day.year < 1900 || day.year > 2999 || day.month < 1 ||
	    day.month > 12 || day.day < 1 || day.day > 31)
		return false;
	again = day_from_number(day_number(day));
	return again.month == day.month && again.day == day.day;
}

static int digits(const char *start, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (!isdigit((unsigned char)start[i]))
			return -1;
		value = value * 10 + (start[i] - '0');
	}
	return value;
}

bool day_parse(const char *iso, struct day *ret_day)
{
	struct day day;

	if (strlen(iso) != 10 || iso[4] != '-' || iso[7] != '-')
		return false;
	day.year = digits(iso, 4);
	day.month = digits(iso + 5, 2);
	day.day = digits(iso + 8, 2);
	if (!day_is_valid(day))
		return false;
	*ret_day = day;
	return true;
}
