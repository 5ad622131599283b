#include "imap/uids.h"
#include <assert.h>
#include <string.h>

void uids_done(struct uids *uids)
{
	memory_free(uids->ranges);
	*uids = (struct uids){ 0 };
}

static void make_room(struct uids *uids)
{
	if (uids->count < uids->room)
		return;
	uids->room = uids->room ? uids->room * 2 : 4;
	uids->ranges = memory_grow(uids->ranges,
				   uids->room * sizeof(*uids->ranges));
}

/* The first range whose end is at or behind `uid`. */
static size_t find(const struct uids *uids, uint32_t uid)
{
	size_t low = 0, high = uids->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (uids->ranges[middle].last < uid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void cut_out(struct uids *uids, size_t from, size_t to)
{
	memmove(uids->ranges + from, uids->ranges + to,
		(uids->count - to) * sizeof(*uids->ranges));
	uids->count -= to - from;
}

static void put_in(struct uids *uids, size_t at, struct uid_range range)
{
	make_room(uids);
	memmove(uids->ranges + at + 1, uids->ranges + at,
		(uids->count - at) * sizeof(*uids->ranges));
	uids->ranges[at] = range;
	uids->count++;
}

void uids_add(struct uids *uids, uint32_t first, uint32_t last)
{
	struct uid_range range = { first, last };
	size_t from, to;

	assert(first >= 1 && first <= last);
	from = find(uids, first > 1 ? first - 1 : 1);
	for (to = from; to < uids->count; to++) {
		const struct uid_range *old = &uids->ranges[to];
		if (last < UINT32_MAX && old->first > last + 1)
			break;
		if (old->first < range.first)
			range.first = old->first;
		if (old->last > range.last)
			range.last = old->last;
	}
	if (to == from) {
		put_in(uids, from, range);
		return;
	}
	uids->ranges[from] = range;
	cut_out(uids, from + 1, to);
}

void uids_remove(struct uids *uids, uint32_t first, uint32_t last)
{
	size_t i = find(uids, first);

	assert(first >= 1 && first <= last);
	while (i < uids->count && uids->ranges[i].first <= last) {
		struct uid_range old = uids->ranges[i];
		cut_out(uids, i, i + 1);
		if (old.first < first)
			put_in(uids, i++,
			       (struct uid_range){ old.first, first - 1 });
		if (old.last > last)
			put_in(uids, i++,
			       (struct uid_range){ last + 1, old.last });
	}
}

void uids_add_all(struct uids *uids, const struct uids *more)
{
	for (size_t i = 0; i < more->count; i++)
		uids_add(uids, more->ranges[i].first, more->ranges[i].last);
}

void uids_remove_all(struct uids *uids, const struct uids *less)
{
	for (size_t i = 0; i < less->count; i++)
		uids_remove(uids, less->ranges[i].first, less->ranges[i].last);
}

bool uids_has(const struct uids *uids, uint32_t uid)
{
	size_t i = find(uids, uid);

	return i < uids->count && uids->ranges[i].first <= uid;
}

uint64_t uids_count(const struct uids *uids)
{
	uint64_t count = 0;

	for (size_t i = 0; i < uids->count; i++)
		count += (uint64_t)uids->ranges[i].last -
			 uids->ranges[i].first + 1;
	return count;
}

void uids_take(struct uids *uids, uint32_t max, struct uids *ret_taken)
{
	assert(ret_taken->count == 0 && max > 0);
	while (uids->count > 0 && max > 0) {
		struct uid_range range = uids->ranges[0];
		if (range.last - range.first >= max)
			range.last = range.first + max - 1;
		max -= range.last - range.first + 1;
		uids_add(ret_taken, range.first, range.last);
		uids_remove(uids, range.first, range.last);
	}
}

static bool parse_number(const char **at, uint32_t *ret_number)
{
	uint64_t number = 0;
	const char *start = *at;

	while (**at >= '0' && **at <= '9' && number <= UINT32_MAX)
		number = number * 10 + (uint64_t)(*(*at)++ - '0');
	*ret_number = (uint32_t)number;
	return *at > start && number >= 1 && number <= UINT32_MAX;
}

static bool parse_range(const char **at, struct uid_range *ret_range)
{
	uint32_t swap;

	if (!parse_number(at, &ret_range->first))
		return false;
	ret_range->last = ret_range->first;
	if (**at == ':') {
		(*at)++;
		if (!parse_number(at, &ret_range->last))
			return false;
	}
	if (ret_range->last < ret_range->first) {
		swap = ret_range->first;
		ret_range->first = ret_range->last;
		ret_range->last = swap;
	}
	return true;
}

bool uids_parse(const char *string, struct uids *ret_uids, struct fail *why)
{
	const char *at = string;
	struct uid_range range;

	*ret_uids = (struct uids){ 0 };
	while (*at) {
		if (!parse_range(&at, &range) ||
		    (*at != '\0' && *at != ',') || (*at == ',' && !at[1])) {
			uids_done(ret_uids);
			return fail(why, FAIL_INVALID,
				    "'%.40s' is not a set of UIDs", string);
		}
		uids_add(ret_uids, range.first, range.last);
		if (*at == ',')
			at++;
	}
	return true;
}

void uids_print(const struct uids *uids, struct text *ret_string)
{
	for (size_t i = 0; i < uids->count; i++) {
		const struct uid_range *range = &uids->ranges[i];
		text_addf(ret_string, "%s%u", i ? "," : "", range->first);
		if (range->last > range->first)
			text_addf(ret_string, ":%u", range->last);
	}
}
