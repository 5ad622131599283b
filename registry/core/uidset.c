#include "core/uidset.h"
#include "base/text.h"
#include <string.h>

static const int64_t uid_max = INT64_C(4294967295);

void uidset_done(struct uidset *set)
{
	memory_free(set->ranges);
	*set = (struct uidset){ 0 };
}

/* First range that ends at or after `uid`; count when there is none. */
static size_t place_of(const struct uidset *set, int64_t uid)
{
	size_t low = 0;
	size_t high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (set->ranges[middle].last < uid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool make_room(struct uidset *set, struct fail *why)
{
	if (set->count >= UIDSET_RANGES_MAX)
		return fail(why, FAIL_LIMIT, "more than %d ranges of UIDs",
			    UIDSET_RANGES_MAX);
	if (set->count == set->room) {
		set->room = set->room ? set->room * 2 : 8;
		set->ranges = memory_grow(set->ranges,
					  set->room * sizeof(*set->ranges));
	}
	return true;
}

bool uidset_add(struct uidset *set, int64_t first, int64_t last,
		struct fail *why)
{
	struct uid_range range = { first, last };
	size_t from;
	size_t to;

	if (first < 1 || last < first || last > uid_max)
		return fail(why, FAIL_INVALID, "no range of UIDs: %lld:%lld",
			    (long long)first, (long long)last);
	from = place_of(set, first - 1);
	for (to = from; to < set->count && set->ranges[to].first <= last + 1;
	     to++) {
		if (set->ranges[to].first < range.first)
			range.first = set->ranges[to].first;
		if (set->ranges[to].last > range.last)
			range.last = set->ranges[to].last;
	}
	if (from == to && !make_room(set, why))
		return false;
	if (set->count > to || from == to)
		memmove(set->ranges + from + 1, set->ranges + to,
			(set->count - to) * sizeof(*set->ranges));
	set->count = set->count - (to - from) + 1;
	set->ranges[from] = range;
	return true;
}

/* A decimal of at most ten digits; NULL when there is none. */
static const char *parse_uid(const char *at, int64_t *ret_uid)
{
	int64_t uid = 0;
	const char *start = at;

	for (; *at >= '0' && *at <= '9' && at - start < 10; at++)
		uid = uid * 10 + (*at - '0');
	if (at == start || uid < 1 || uid > uid_max)
		return NULL;
	*ret_uid = uid;
	return at;
}

static const char *parse_range(const char *at, struct uid_range *ret_range)
{
	struct uid_range range;

	at = parse_uid(at, &range.first);
	if (!at)
		return NULL;
	range.last = range.first;
	if (*at == ':')
		at = parse_uid(at + 1, &range.last);
	if (!at)
		return NULL;
	if (range.last < range.first) {
		int64_t first = range.last;

		range.last = range.first;
		range.first = first;
	}
	*ret_range = range;
	return at;
}

static bool parse_all(const char *at, struct uidset *set, struct fail *why)
{
	struct uid_range range;

	while (*at) {
		at = parse_range(at, &range);
		if (!at || (*at && *at != ',') || (*at == ',' && !at[1]))
			return fail(why, FAIL_INVALID, "not a set of UIDs");
		if (!uidset_add(set, range.first, range.last, why))
			return false;
		if (*at == ',')
			at++;
	}
	return true;
}

bool uidset_parse(const char *string, struct uidset *ret_set, struct fail *why)
{
	struct uidset set = { 0 };

	if (!parse_all(string, &set, why)) {
		uidset_done(&set);
		return false;
	}
	*ret_set = set;
	return true;
}

const char *uidset_print(const struct uidset *set, struct arena *arena)
{
	auto_text text = { 0 };

	for (size_t i = 0; i < set->count; i++) {
		const struct uid_range *range = &set->ranges[i];

		text_addf(&text, "%s%lld", i ? "," : "",
			  (long long)range->first);
		if (range->last > range->first)
			text_addf(&text, ":%lld", (long long)range->last);
	}
	return arena_copy(arena, text_string(&text));
}

bool uidset_has(const struct uidset *set, int64_t uid)
{
	size_t i = place_of(set, uid);

	return i < set->count && set->ranges[i].first <= uid;
}

int64_t uidset_count(const struct uidset *set)
{
	int64_t count = 0;

	for (size_t i = 0; i < set->count; i++)
		count += set->ranges[i].last - set->ranges[i].first + 1;
	return count;
}

static bool add_without(const struct uid_range *range,
			const struct uidset *without, struct uidset *set,
			struct fail *why)
{
	int64_t from = range->first;

	for (size_t i = place_of(without, from);
	     i < without->count && from <= range->last; i++) {
		const struct uid_range *hole = &without->ranges[i];
		int64_t to = hole->first - 1;

		if (to > range->last)
			to = range->last;
		if (to >= from && !uidset_add(set, from, to, why))
			return false;
		if (hole->last + 1 > from)
			from = hole->last + 1;
	}
	return from > range->last || uidset_add(set, from, range->last, why);
}

bool uidset_without(const struct uidset *set, const struct uidset *without,
		    struct uidset *ret_set, struct fail *why)
{
	struct uidset rest = { 0 };

	for (size_t i = 0; i < set->count; i++) {
		if (!add_without(&set->ranges[i], without, &rest, why)) {
			uidset_done(&rest);
			return false;
		}
	}
	*ret_set = rest;
	return true;
}
