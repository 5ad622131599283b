/*
 * An open deadline is written as its day in base 4, and as every beginning of
 * that: "l11002102", "l1100210" … "l1". All days before today are then a few
 * words, however many they are: those that begin as today does and go on with
 * a smaller digit.
 */
#include "core/search_tag.h"
#include "base/moment.h"
#include "core/search_item.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	KEY_MAX = 52, /* bytes; viet/word.h cuts words at 63 */
	DIGITS = 8,   /* of a day: up to the year 2149 */
	BASE = 4,
	TAGS_MAX = 2 + DIGITS * (BASE - 1) /* that mean all three */,
	DAY_MAX = (1 << (2 * DIGITS)) - 1
};

/* Letters to the cutter of words, and read as what they stand for. */
static const uint32_t joiner = 0x2CD; /* a low line */
static const uint32_t apostrophe = 0x2BC;

/* The cutter folds tags too. A key begins with a letter that no folded form
 * has, so that who is written without diacritics is nobody else. */
#define FIRST "đ"

#define MET "lmet"
#define OPEN "lopen"
#define OVERDUE "loverdue"

static void add_character(struct text *text, uint32_t character)
{
	char utf8[CHARACTER_UTF8_SIZE];

	text_add_part(text, utf8, character_write(character, utf8));
}

/* 0: none. */
static uint32_t letter_of(uint32_t character)
{
	if (character == '\'' || character == 0x2019)
		return apostrophe;
	return character >= '0' && character != joiner &&
			       character_class_of(character) == CHARACTER_LETTER
		       ? character
		       : 0;
}

/* Letters only, a space between the words, no more than fits. */
static const char *read_words(const char *name, struct arena *arena)
{
	struct bytes text = bytes_of(viet_key(name, arena));
	auto_text words = { 0 };
	bool is_apart = false, has_letter = false;
	size_t at = 0, gaps = 0; /* become joiners of two bytes */

	while (at < text.size && words.size + gaps < KEY_MAX) {
		uint32_t letter = letter_of(character_read(text, &at));

		if (letter == 0) {
			is_apart = words.size > 0;
			continue;
		}
		if (is_apart)
			text_add_char(&words, ' ');
		gaps += is_apart;
		is_apart = false;
		has_letter |= letter != apostrophe;
		add_character(&words, letter);
	}
	return has_letter ? arena_copy(arena, text_string(&words)) : "";
}

const char *search_signer_key(const char *name, struct arena *arena)
{
	const char *words = read_words(name ? name : "", arena);
	auto_text key = { 0 };

	if (*words == '\0')
		return words;
	text_add(&key, FIRST);
	/* Once more: the last word may have lost its end. */
	for (words = viet_key(words, arena); *words; words++) {
		if (*words == ' ')
			add_character(&key, joiner);
		else
			text_add_char(&key, *words);
	}
	return arena_copy(arena, text_string(&key));
}

const char *search_signer_name(const char *key, struct arena *arena)
{
	struct bytes text = bytes_of(key);
	size_t at = strncmp(key, FIRST, strlen(FIRST)) == 0 ? strlen(FIRST) : 0;
	auto_text name = { 0 };
	bool begins = true;

	while (at < text.size) {
		uint32_t letter = character_read(text, &at);

		if (letter == joiner)
			text_add_char(&name, ' ');
		else if (letter == apostrophe)
			text_add_char(&name, '\'');
		else
			add_character(&name, begins ? character_upper(letter)
						    : letter);
		begins = letter == joiner || letter == apostrophe;
	}
	return arena_copy(arena, text_string(&name));
}

static void print_digits(int64_t day, char ret_digits[DIGITS + 1])
{
	if (day < 0)
		day = 0;
	if (day > DAY_MAX)
		day = DAY_MAX;
	ret_digits[DIGITS] = '\0';
	for (size_t i = DIGITS; i > 0; i--) {
		ret_digits[i - 1] = (char)('0' + day % BASE);
		day /= BASE;
	}
}

void search_deadline_add(struct search_item *item)
{
	char digits[DIGITS + 1];
	struct day day;

	if (item->is_on_time)
		text_add(&item->tags, " \x01" MET);
	if (!item->due_day || !day_parse(item->due_day, &day))
		return;
	print_digits(day_number(day), digits);
	for (int size = DIGITS; size > 0; size--)
		text_addf(&item->tags, " \x01l%.*s", size, digits);
}

/* Days before `digits`, or from them on. */
static size_t add_days(const char *digits, bool is_before, struct arena *arena,
		       const char **tags)
{
	size_t count = 0;

	for (int i = 0; i < DIGITS; i++) {
		char from = is_before ? '0' : (char)(digits[i] + 1);
		char to = is_before ? digits[i] : '0' + BASE;

		for (char digit = from; digit < to; digit++)
			tags[count++] = arena_print(arena, "l%.*s%c", i, digits,
						    digit);
	}
	if (!is_before)
		tags[count++] = arena_print(arena, "l%s", digits);
	return count;
}

static bool is_asked(const struct match_filter *asked, const char *value)
{
	for (size_t i = 0; i < asked->count; i++) {
		if (strcmp(asked->tags[i], value) == 0)
			return true;
	}
	return false;
}

struct match_filter search_deadline_filter(const struct match_filter *asked,
					   int64_t today, struct arena *arena)
{
	const char **tags = arena_array(arena, TAGS_MAX, sizeof *tags);
	char digits[DIGITS + 1];
	size_t count = 0;

	print_digits(today, digits);
	if (is_asked(asked, MET))
		tags[count++] = MET;
	if (is_asked(asked, OVERDUE))
		count += add_days(digits, true, arena, tags + count);
	if (is_asked(asked, OPEN))
		count += add_days(digits, false, arena, tags + count);
	return (struct match_filter){ tags, count };
}

const char *search_deadline_value(const char *tag, size_t size, int64_t today)
{
	char digits[DIGITS + 1];

	if (size == sizeof MET - 1 && memcmp(tag, MET, size) == 0)
		return MET;
	if (size != 1 + DIGITS)
		return NULL;
	print_digits(today, digits);
	return memcmp(tag + 1, digits, DIGITS) < 0 ? OVERDUE : OPEN;
}
