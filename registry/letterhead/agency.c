#include "letterhead/agency.h"
#include "base/bytes.h"
#include "letterhead/casing.h"
#include "letterhead/flow.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	NAME_MAX_SIZE = 400,
	REST_MAX = 3,
	PER_WRONG = 12 /* letters for each that may be wrong */
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Whether the words of the name stand in the text from the term on, not all in
 * capitals. */
static bool is_written_at(const struct flow *flow, size_t at,
			  const struct parts *keys, struct arena *arena)
{
	for (size_t i = 0; i < keys->count; i++) {
		const char *text = flow->line.terms[at + i].word->text;
		const char *key = viet_key(text, arena);
		size_t size = strlen(keys->words[i]);

		if (flow->owners[at + i]->is_shouted ||
		    strncmp(key, keys->words[i], size) != 0 ||
		    (key[size] != '\0' && (i + 1 < keys->count ||
					   !strchr(".,;:)", key[size]))))
			return false;
	}
	return true;
}

static char *take(const struct sheet *sheet, const struct flow *flow,
		  size_t at, size_t count)
{
	char *text = line_part(&flow->line, at, at + count, sheet->arena);
	size_t size = strlen(text);

	while (size > 0 && strchr(".,;:)", text[size - 1]))
		text[--size] = '\0';
	return casing_raise(text, sheet->arena);
}

static bool ends_with(const char *text, const char *end)
{
	size_t size = strlen(text), own = strlen(end);

	return size > own && text[size - own - 1] == ' ' &&
	       strcmp(text + size - own, end) == 0;
}

static bool ends_with_any(const char *text, const char *const *ends,
			  size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ends_with(text, ends[i]))
			return true;
	}
	return false;
}

bool agency_is_open(const char *name, struct arena *arena)
{
	static const char *const ends[] = { "số", "khu vực", "vùng",
					    "miền", "và", "của",
					    "các", "cụm", "quân khu",
					    "khu" };
	/* of people, or digital: no number follows */
	static const char *const whole[] = { "dân số", "đổi số", "nghệ số",
					     "thuật số", "tế số" };
	/* "BỆNH VIỆN ĐA KHOA TỈNH" is a whole name, "UBND TỈNH" is not */
	static const char *const places[] = {
		"tỉnh",
		"huyện",
		"quận",
		"phường",
		"xã",
		"thị xã",
		"thị trấn",
		"thành phố",
		"đặc khu",
		"nhân dân",
	};
	const char *key = viet_key(agency_write_out(name, arena), arena);
	bool is_of_place =
		strncmp(key, "ủy ban nhân dân", strlen("ủy ban nhân dân")) == 0;

	if (ends_with_any(key, whole, COUNT(whole)))
		return false;
	return ends_with_any(key, ends, COUNT(ends)) ||
	       (is_of_place && ends_with_any(key, places, COUNT(places)));
}

static bool begins_high(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;
	uint32_t c = bytes.size > 0 ? character_read(bytes, &at) : 0;

	return character_is_upper(c) || character_is_digit(c);
}

/* How many words the text goes on with a name that ends in "khu vực": a number
 * or a place. */
static size_t count_rest(const struct flow *flow, size_t at)
{
	size_t count = 0;

	while (count < REST_MAX && at + count < flow->line.count) {
		const char *before =
			flow->line.terms[at + count - 1].word->text;
		const char *text = flow->line.terms[at + count].word->text;

		if (strchr(".,;:)", before[strlen(before) - 1]) ||
		    !begins_high(text) ||
		    (count > 0 && flow->starts[at + count]))
			break;
		count++;
		if (strspn(text, "0123456789IVX.,;") == strlen(text))
			break;
	}
	return count;
}

static bool is_read(const struct sheet *sheet)
{
	return sheet->count > 0 &&
	       sheet->lines[sheet->head].page->source == PAGE_OCR;
}

/* Where the text writes the name, from `at` on; the end of it: nowhere. */
static size_t find_name(const struct flow *flow, size_t at,
			const struct parts *keys, const struct parts *fold,
			struct arena *arena)
{
	for (; at + keys->count <= flow->line.count; at++) {
		if (strcmp(flow->line.terms[at].fold, fold->words[0]) == 0 &&
		    is_written_at(flow, at, keys, arena))
			return at;
	}
	return flow->line.count;
}

/* The name as the text of the document writes it; NULL: it does not. A name
 * that may go on is whole where the text does not go on with it once; else
 * *ret_open, and of what was recognised it is taken on. */
static char *by_text(const struct sheet *sheet, const char *capitals,
		     bool *ret_open)
{
	struct arena *arena = sheet->arena;
	struct parts keys = parts_split(viet_key(capitals, arena), arena);
	struct parts fold = parts_split(viet_fold(capitals, arena), arena);
	struct flow flow = flow_of(sheet);
	bool is_open = agency_is_open(capitals, arena);
	size_t first, rest;

	if (keys.count < 3 || keys.count != fold.count)
		return NULL;
	first = find_name(&flow, 0, &keys, &fold, arena);
	if (first == flow.line.count)
		return NULL;
	rest = count_rest(&flow, first + keys.count);
	for (size_t at = first; is_open && at < flow.line.count;
	     at = find_name(&flow, at + 1, &keys, &fold, arena))
		is_open = count_rest(&flow, at + keys.count) > 0;
	*ret_open = is_open;
	return take(sheet, &flow, first,
		    keys.count + (is_open && is_read(sheet) ? rest : 0));
}

/* Of head and text each word that was recognised better, written as the text
 * does. */
static char *choose(const struct sheet *sheet, const struct flow *flow,
		    size_t at, const struct agency_print *printed)
{
	struct arena *arena = sheet->arena;
	struct parts head =
		parts_split(casing_lower(printed->text, arena), arena);
	struct parts text =
		parts_split(take(sheet, flow, at, printed->count), arena);

	if (head.count != printed->count || text.count != head.count)
		return take(sheet, flow, at, printed->count);
	for (size_t i = 0; i < text.count; i++) {
		const struct page_word *word = flow->line.terms[at + i].word;
		bool is_small = strcmp(casing_lower(text.words[i], arena),
				       text.words[i]) == 0;

		if (printed->confidences[i] < word->confidence)
			continue;
		text.words[i] = is_small ? head.words[i]
					 : casing_raise(head.words[i], arena);
	}
	return parts_join(&text, arena);
}

/* As by_text(), with letters wrong. */
static char *near_text(const struct sheet *sheet,
		       const struct agency_print *printed, const char *capitals)
{
	struct arena *arena = sheet->arena;
	struct parts fold = parts_split(viet_fold(capitals, arena), arena);
	const char *compact = term_compact(capitals, arena);
	size_t wrong = strlen(compact) / PER_WRONG, best = wrong + 1, found = 0;
	struct flow flow = flow_of(sheet);

	if (fold.count < 4 || wrong == 0)
		return NULL;
	for (size_t at = 0; at + fold.count <= flow.line.count; at++) {
		size_t distance;

		if (flow.line.terms[at].fold[0] != compact[0] ||
		    flow.owners[at]->is_shouted)
			continue;
		distance = term_distance(
			term_compact(line_part(&flow.line, at,
					       at + fold.count, arena),
				     arena),
			compact, wrong);
		if (distance < best) {
			best = distance;
			found = at;
		}
	}
	if (best > wrong)
		return NULL;
	return fold.count == printed->count
		       ? choose(sheet, &flow, found, printed)
		       : take(sheet, &flow, found, fold.count);
}

char *agency_write_out(const char *text, struct arena *arena)
{
	struct parts parts = parts_split(text, arena);
	bool is_shouted = true;

	for (size_t i = 0; i < parts.count; i++)
		is_shouted &= strcmp(casing_lower(parts.words[i], arena),
				     parts.words[i]) != 0;
	for (size_t i = 0; i < parts.count; i++) {
		const char *fold = viet_fold(parts.words[i], arena);

		if (strcmp(fold, "ubnd") == 0)
			parts.words[i] = arena_copy(
				arena, is_shouted ? "ỦY BAN NHÂN DÂN"
						  : "Ủy ban nhân dân");
		else if (strcmp(fold, "hdnd") == 0)
			parts.words[i] = arena_copy(
				arena, is_shouted ? "HỘI ĐỒNG NHÂN DÂN"
						  : "Hội đồng nhân dân");
	}
	return parts_join(&parts, arena);
}

char *agency_name(const struct sheet *sheet,
		  const struct agency_print *printed,
		  enum agency_source *ret_source)
{
	const char *capitals = printed->text;
	struct arena *arena = sheet->arena;
	char *text, *full = agency_write_out(capitals, arena);
	bool is_open = false;

	*ret_source = AGENCY_RULES;
	if (strlen(capitals) > NAME_MAX_SIZE)
		return arena_copy(arena, capitals);
	text = by_text(sheet, full, &is_open);
	if (text) {
		*ret_source = is_open ? AGENCY_NEAR : AGENCY_TEXT;
		return text;
	}
	text = by_text(sheet, capitals, &is_open);
	if (text) {
		*ret_source = is_open ? AGENCY_NEAR : AGENCY_TEXT;
		return agency_write_out(text, arena);
	}
	text = is_read(sheet) ? near_text(sheet, printed, full) : NULL;
	if (!text)
		return casing_by_rules(full, is_read(sheet), arena);
	*ret_source = AGENCY_NEAR;
	return casing_mend(text, arena);
}
