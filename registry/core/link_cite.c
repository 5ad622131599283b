#include "core/link_cite.h"
#include "base/moment.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	CITED_MAX = 64,
	BEFORE = 90,	 /* bytes before a number that tell its role */
	AFTER = 60,	 /* bytes behind it that tell its day */
	TEXT_MAX = 60000 /* bytes of a text that are looked at */
};

/* The nearest before the number counts. */
static const struct {
	const char *words, *role;
} roles[] = {
	{ "tra loi", "reply" },
	{ "phuc dap", "reply" },
	{ "thay the", "replaces" },
	{ "huy bo", "replaces" },
	{ "dinh chinh", "replaces" },
	{ "thu hoi", "replaces" },
	{ "kem theo", "supplements" },
	{ "bo sung", "supplements" },
	{ "phu luc", "supplements" },
	{ "can cu", "basis" },
	{ "thuc hien", "carries_out" },
	{ "trien khai", "carries_out" },
};

static const char *role_before(const char *text, size_t at,
			       struct arena *arena)
{
	size_t from = at > BEFORE ? at - BEFORE : 0;
	const char *role = "mentions", *best = NULL;
	const char *before;

	while (from < at && ((unsigned char)text[from] & 0xC0) == 0x80)
		from++;
	before = viet_fold(arena_copy_part(arena, text + from, at - from),
			   arena);
	for (const char *stop = before; (stop = strpbrk(stop, ";\n"));)
		before = ++stop;
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++) {
		const char *found = before;

		while ((found = strstr(found, roles[i].words))) {
			if (!best || found > best) {
				best = found;
				role = roles[i].role;
			}
			found++;
		}
	}
	return role;
}

static bool take_number(const char **at, int digits_max, int *ret)
{
	int digits = 0, value = 0;

	while (isspace((unsigned char)**at))
		(*at)++;
	while (isdigit((unsigned char)**at) && digits < digits_max) {
		value = value * 10 + (**at - '0');
		(*at)++;
		digits++;
	}
	*ret = value;
	return digits > 0;
}

static bool take_word(const char **at, const char *word)
{
	size_t size = strlen(word);

	while (isspace((unsigned char)**at))
		(*at)++;
	if (strncmp(*at, word, size) != 0)
		return false;
	*at += size;
	return true;
}

/* "02/6/2026", "02-6-2026", "02 tháng 6 năm 2026", folded. */
static bool take_day(const char *at, struct day *day)
{
	const char *start = at;

	if (!take_number(&at, 4, &day->day))
		return false;
	if (take_word(&at, "thang"))
		return take_number(&at, 2, &day->month) &&
		       take_word(&at, "nam") && take_number(&at, 4, &day->year);
	if (at - start >= 4 && day->day > 31) { /* 2026-06-22 */
		day->year = day->day;
		return take_word(&at, "-") &&
		       take_number(&at, 2, &day->month) &&
		       take_word(&at, "-") && take_number(&at, 2, &day->day);
	}
	return (take_word(&at, "/") || take_word(&at, "-") ||
		take_word(&at, ".")) &&
	       take_number(&at, 2, &day->month) &&
	       (take_word(&at, "/") || take_word(&at, "-") ||
		take_word(&at, ".")) &&
	       take_number(&at, 4, &day->year);
}

static const char *day_after(const char *text, size_t end, bool *ret_signed,
			     struct arena *arena)
{
	size_t size = strnlen(text + end, AFTER);
	const char *after, *at;
	char iso[DAY_SIZE];
	struct day day;

	while (size && ((unsigned char)text[end + size] & 0xC0) == 0x80)
		size--;
	after = viet_fold(arena_copy_part(arena, text + end, size), arena);
	*ret_signed = *after == ';';
	at = *ret_signed ? after + 1 : strstr(after, "ngay ");
	if (!at || at > after + 14)
		return NULL;
	at += *ret_signed ? 0 : 5;
	if (!take_day(at, &day) || !day_is_valid(day) || day.year < 1990) {
		*ret_signed = false;
		return NULL;
	}
	day_print(day, iso);
	return arena_copy(arena, iso);
}

static void add(struct link_cited_list *list, const struct link_cited *cited,
		struct arena *arena)
{
	for (size_t i = 0; i < list->count; i++) {
		struct link_cited *known = &list->items[i];

		if (strcmp(known->symbol_key, cited->symbol_key) != 0)
			continue;
		if (!known->day)
			known->day = cited->day;
		if (strcmp(known->role, "mentions") == 0)
			known->role = cited->role;
		return;
	}
	if (list->count == CITED_MAX)
		return;
	list->items = arena_grow(arena, list->items, list->count,
				 sizeof(*list->items));
	list->items[list->count++] = *cited;
}

/* A number begins behind what is neither letter, digit nor sign. */
static bool may_begin(const char *text, size_t at)
{
	unsigned char before = at ? (unsigned char)text[at - 1] : ' ';

	return isdigit((unsigned char)text[at]) && !isalnum(before) &&
	       before < 0x80 && before != '/' && before != '-' &&
	       before != '.' && before != ',' && before != '@';
}

void link_cite_scan(const char *text, int confidence, struct arena *arena,
		    struct link_cited_list *list)
{
	size_t size = text ? strnlen(text, TEXT_MAX) : 0;
	struct bytes bytes = { (const unsigned char *)text, size };

	for (size_t at = 0; at < size; at++) {
		char key[SYMBOL_KEY_SIZE];
		struct link_cited cited = { .confidence = confidence };
		bool is_signed = false;
		size_t end;

		if (!may_begin(text, at) || !symbol_scan(bytes, at, key, &end))
			continue;
		cited.symbol_key = arena_copy(arena, key);
		cited.day = day_after(text, end, &is_signed, arena);
		cited.role = is_signed ? "signed_with"
				       : role_before(text, at, arena);
		add(list, &cited, arena);
		at = end > at ? end - 1 : at;
	}
}
