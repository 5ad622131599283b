#include "letterhead/number.h"
#include "base/bytes.h"
#include "base/text.h"
#include "letterhead/code.h"
#include "letterhead/label.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	DIGITS_MAX = 6,
	GROUP_SIZE_MAX = 40,
	YEAR_FIRST = 1945,
	YEAR_LAST = 2100
};

struct scan {
	struct bytes text;
	size_t at;
	bool is_repaired;
	char digits[DIGITS_MAX + 1];
	size_t digit_count;
	const char *suffix;
	char separators[NUMBER_GROUPS_MAX];
	const char *groups[NUMBER_GROUPS_MAX];
	size_t count;
	size_t end;
};

static uint32_t peek(const struct scan *scan, size_t at)
{
	return at < scan->text.size ? character_read(scan->text, &at) : 0;
}

static size_t past(const struct scan *scan, size_t at)
{
	if (at < scan->text.size)
		(void)character_read(scan->text, &at);
	return at;
}

static size_t past_blanks(const struct scan *scan, size_t at)
{
	while (peek(scan, at) == ' ')
		at++;
	return at;
}

static bool is_dash(uint32_t c)
{
	return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

static char separator_of(uint32_t c)
{
	if (is_dash(c))
		return '-';
	return c == '/' || c == 0x2044 || c == 0x2215 || c == '\\' ? '/'
	       : c == '.' || c == '_'				   ? '.'
								   : '\0';
}

/* What recognition makes of 0 and 1. */
static char digit_of(uint32_t c)
{
	if (character_is_digit(c))
		return (char)c;
	if (c == 'O' || c == 'o' || c == 'Q')
		return '0';
	return c == 'l' || c == 'I' || c == '|' || c == 'i' ? '1' : '\0';
}

/* Whether a digit or the end of the number comes behind a doubtful one. */
static bool goes_on(const struct scan *scan, size_t at)
{
	uint32_t c = peek(scan, at);

	return character_is_digit(c) || separator_of(c) != '\0' ||
	       (digit_of(c) && separator_of(peek(scan, past(scan, at))));
}

static bool is_letter(uint32_t c)
{
	return character_class_of(c) == CHARACTER_LETTER &&
	       !character_is_digit(c);
}

/* A digit of the number at the place; '\0' when none is there. */
static char take_digit(struct scan *scan, size_t at)
{
	uint32_t c = peek(scan, at);
	char digit = digit_of(c);

	if (!digit || character_is_digit(c))
		return digit;
	if (!goes_on(scan, past(scan, at)))
		return '\0';
	scan->is_repaired = true;
	return digit;
}

/* "12 34" is one number when a stroke comes behind it. */
static bool is_torn(const struct scan *scan, size_t at)
{
	size_t digits = 0;

	while (character_is_digit(peek(scan, at))) {
		at++;
		digits++;
	}
	return digits > 0 &&
	       separator_of(peek(scan, past_blanks(scan, at))) == '/';
}

/* "1.234" is one number: a dot and three digits, and then a stroke. */
static bool is_thousand(const struct scan *scan, size_t at)
{
	if (scan->digit_count == 0 || peek(scan, at) != '.')
		return false;
	for (size_t i = 1; i <= 3; i++) {
		if (!character_is_digit(peek(scan, at + i)))
			return false;
	}
	return peek(scan, at + 4) == '/';
}

static void scan_digits(struct scan *scan)
{
	while (scan->digit_count < DIGITS_MAX) {
		size_t next = past_blanks(scan, scan->at);
		char digit;

		if (is_thousand(scan, scan->at))
			next = scan->at = scan->at + 1;
		if (next > scan->at && scan->digit_count > 0) {
			if (!is_torn(scan, next))
				break;
			scan->is_repaired = true;
		}
		digit = take_digit(scan, next);
		if (!digit)
			break;
		scan->digits[scan->digit_count++] = digit;
		scan->at = past(scan, next);
	}
	scan->digits[scan->digit_count] = '\0';
}

static void scan_suffix(struct scan *scan)
{
	static const char *const suffixes[] = { "bis", "a", "b",
						"c", "d", "e" };

	scan->suffix = "";
	if (scan->digit_count == 0)
		return;
	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		size_t size = strlen(suffixes[i]);

		if (scan->text.size - scan->at < size ||
		    strncasecmp((const char *)scan->text.data + scan->at,
				suffixes[i], size) != 0 ||
		    !separator_of(peek(scan, past_blanks(
						     scan, scan->at + size))))
			continue;
		scan->at += size;
		scan->suffix = suffixes[i];
		return;
	}
}

/* A stroke that was read as a letter: "1234lUBND". */
static bool is_hidden_stroke(const struct scan *scan, size_t at)
{
	uint32_t c = peek(scan, at);

	return scan->count == 0 && scan->digit_count > 0 &&
	       (c == 'l' || c == 'I' || c == '|' || c == '!' || c == 'J') &&
	       character_is_upper(peek(scan, past(scan, at)));
}

/* A stroke that was not seen: "95GM-UBND". */
static bool is_lost_stroke(const struct scan *scan, size_t at)
{
	size_t capitals = 0;

	if (scan->count > 0 || scan->digit_count == 0 || at != scan->at)
		return false;
	while (is_letter(peek(scan, at))) {
		capitals += character_is_upper(peek(scan, at));
		at = past(scan, at);
	}
	return capitals >= 2 && separator_of(peek(scan, at)) != '\0';
}

static char scan_separator(struct scan *scan)
{
	size_t at = past_blanks(scan, scan->at);
	char separator = separator_of(peek(scan, at));

	if (!separator && is_hidden_stroke(scan, at)) {
		scan->is_repaired = true;
		separator = '/';
	} else if (!separator && is_lost_stroke(scan, at)) {
		scan->is_repaired = true;
		return '/';
	}
	if (!separator)
		return '\0';
	/* "1234/-UBND", "1234//UBND" */
	do
		at = past_blanks(scan, past(scan, at));
	while (separator_of(peek(scan, at)));
	scan->at = at;
	return separator;
}

/* The letters with every kind of Đ the same, and only one of "ĐÐ", which is
 * one letter seen twice. */
static const char *one_stroke(struct bytes text, size_t from, size_t to,
			      struct arena *arena)
{
	auto_text group = { 0 };
	char utf8[CHARACTER_UTF8_SIZE];
	uint32_t before = 0;

	while (from < to) {
		uint32_t own = character_read(text, &from);
		bool is_other = own == 0xD0 || own == 0x189;
		uint32_t c = is_other ? 0x110 : own;

		if (c != 0x110 || before == 0 || before == own)
			text_add_part(&group, utf8, character_write(c, utf8));
		before = c == 0x110 ? own : 0;
	}
	return arena_copy(arena, text_string(&group));
}

static const char *scan_group(struct scan *scan, struct arena *arena)
{
	size_t at = scan->at, start = at;

	while (at < scan->text.size && at - start < GROUP_SIZE_MAX) {
		uint32_t c = peek(scan, at);

		if (!is_letter(c) && !character_is_digit(c) && c != '&')
			break;
		at = past(scan, at);
	}
	if (at == start)
		return NULL;
	scan->at = at;
	return one_stroke(scan->text, start, at, arena);
}

/* "QĐ - UBND", but not "UBND - Về việc": a part that stands apart has two
 * capitals. */
static bool may_be_spaced(const struct scan *scan, size_t before)
{
	size_t at = before, capitals = 0;
	bool is_spaced = false;

	while (at < scan->at) {
		uint32_t c = peek(scan, at);

		is_spaced |= c == ' ';
		capitals += character_is_upper(c);
		at = past(scan, at);
	}
	return !is_spaced || capitals >= 2;
}

static void scan_groups(struct scan *scan, struct arena *arena)
{
	scan->end = scan->at;
	while (scan->count < NUMBER_GROUPS_MAX) {
		size_t before = scan->at;
		bool was_spaced = peek(scan, before) == ' ';
		char separator = scan_separator(scan);
		const char *group;

		if (!separator)
			break;
		group = scan_group(scan, arena);
		if (!group || (separator == '.' && was_spaced) ||
		    (scan->count > 0 && !may_be_spaced(scan, before))) {
			scan->at = before;
			break;
		}
		scan->separators[scan->count] = separator;
		scan->groups[scan->count++] = group;
		scan->end = scan->at;
	}
}

static int year_of(const char *group)
{
	int year = 0;

	for (size_t i = 0; i < 4; i++) {
		if (!character_is_digit((unsigned char)group[i]))
			return 0;
		year = year * 10 + (group[i] - '0');
	}
	return group[4] == '\0' && year >= YEAR_FIRST && year <= YEAR_LAST
		       ? year
		       : 0;
}

/* The code of a type at the beginning of the notation. */
static const struct type *type_of(const char *group, struct arena *arena)
{
	const char *fold = viet_fold(group, arena);

	/* what recognition makes of QĐ */
	if (strcmp(fold, "od") == 0 || strcmp(fold, "0d") == 0 ||
	    strcmp(fold, "qb") == 0)
		return type_by_code("QĐ");
	return type_by_code(group);
}

/* Between groups; dots of a file's name stand for dashes. */
static char joint_of(const struct scan *scan, size_t i)
{
	char separator = scan->separators[i];

	return separator == '.' && scan->separators[0] == '.' ? '-' : separator;
}

static void read_groups(struct number *number, const struct scan *scan,
			struct arena *arena)
{
	size_t first = 0;

	if (scan->count > 0 && scan->separators[0] == '/')
		number->year = year_of(scan->groups[0]);
	first = number->year > 0;
	for (size_t i = first; i < scan->count; i++) {
		const char *group = scan->groups[i];
		const struct type *type =
			i == first ? type_of(group, arena) : NULL;

		if (type) {
			number->type = type;
			number->is_known = true;
			group = type->code;
		} else {
			group = code_restore(group, arena,
					     &number->is_known);
			number->is_respelt |=
				strcmp(group, scan->groups[i]) != 0;
		}
		number->joints[number->group_count] = joint_of(scan, i);
		number->groups[number->group_count++] = group;
	}
	number->is_party = scan->count - first > 1 &&
			   scan->separators[first] == '-' &&
			   scan->separators[first + 1] == '/';
}

bool number_is_of_copy(const struct number *number)
{
	return number->type && (strcmp(number->type->code, "SY") == 0 ||
				strcmp(number->type->code, "TrS") == 0 ||
				strcmp(number->type->code, "SL") == 0);
}

void number_print(struct number *number, struct arena *arena)
{
	auto_text notation = { 0 };
	const char *join = number->group_count == 0 ? ""
			   : number->is_party	    ? "-"
						    : "/";

	for (size_t i = 0; i < number->group_count; i++) {
		if (i > 0)
			text_add_char(&notation, number->joints[i]);
		text_add(&notation, number->groups[i]);
	}
	number->notation = arena_copy(arena, text_string(&notation));
	number->value = "";
	if (number->digits[0] == '\0')
		return;
	if (number->year > 0)
		number->value = arena_print(arena, "%s/%d%s%s", number->digits,
					    number->year, join,
					    number->notation);
	else
		number->value = arena_print(arena, "%s%s%s", number->digits,
					    join, number->notation);
}

/* Whether what was scanned may be a number of a document. */
static bool is_likely(const struct scan *scan)
{
	if (scan->digit_count == 0 && scan->count == 0)
		return false;
	for (size_t i = 0; i < scan->count; i++) {
		if (is_letter(peek(&(struct scan){ .text = bytes_of(
							   scan->groups[i]) },
				   0)))
			return true;
	}
	return scan->count == 0 ||
	       (scan->count == 1 && scan->separators[0] == '/' &&
		year_of(scan->groups[0]) > 0);
}

static bool read_text(const char *text, struct arena *arena,
		      struct number *ret_number, size_t *ret_end)
{
	struct scan scan = { .text = bytes_of(viet_normal(text, arena)) };
	struct number number = { 0 };

	scan.at = past_blanks(&scan, 0);
	while (peek(&scan, scan.at) == ':' || peek(&scan, scan.at) == ';')
		scan.at = past_blanks(&scan, scan.at + 1);
	/* a dotted line where the number is to be written */
	while (peek(&scan, scan.at) == '.' || peek(&scan, scan.at) == 0x2026)
		scan.at = past_blanks(&scan, past(&scan, scan.at));
	scan_digits(&scan);
	scan_suffix(&scan);
	scan_groups(&scan, arena);
	if (!is_likely(&scan))
		return false;
	read_groups(&number, &scan, arena);
	number.digits = scan.digit_count == 0
				? ""
				: arena_print(arena, "%s%s%s",
					      scan.digit_count == 1 ? "0" : "",
					      scan.digits, scan.suffix);
	number_print(&number, arena);
	number.is_repaired = scan.is_repaired;
	*ret_number = number;
	*ret_end = scan.end;
	return true;
}

static size_t term_at(const struct line *line, size_t byte)
{
	size_t at = 0;

	for (size_t i = 0; i < line->count; i++) {
		at += strlen(line->terms[i].word->text) + 1;
		if (byte < at)
			return i;
	}
	return line->count;
}

bool number_read(const struct line *line, struct arena *arena,
		 struct number *ret_number)
{
	size_t label = line->count > 0 ? label_size(line) : 0, end;

	if (line->count == 0)
		return false;
	if (!read_text(line->text + label, arena, ret_number, &end)) {
		size_t further = label_past_dirt(line, label);

		if (further == label ||
		    !read_text(line->text + further, arena, ret_number, &end))
			return false;
		ret_number->is_repaired = true;
		label = further;
	}
	/* "Số điện thoại: 0263…" */
	if (label_count(line) > 1 && ret_number->group_count == 0 &&
	    ret_number->year == 0)
		return false;
	ret_number->has_label = label > 0;
	ret_number->from = label_count(line);
	ret_number->to = end > 0 ? term_at(line, label + end - 1) + 1 : 1;
	return true;
}

bool number_scan(const char *text, struct arena *arena,
		 struct number *ret_number, size_t *ret_end)
{
	return read_text(text, arena, ret_number, ret_end);
}

bool number_parse(const char *text, struct arena *arena,
		  struct number *ret_number)
{
	size_t end;

	return read_text(text, arena, ret_number, &end) &&
	       text[end] == '\0';
}
