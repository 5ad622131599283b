#include "letterhead/date.h"
#include "letterhead/term.h"
#include <string.h>

enum {
	WINDOW_TERMS = 9,
	WINDOW_SIZE = 128
};

/* The folds of some terms, a blank between them, and which term each byte is
 * of. */
struct window {
	char text[WINDOW_SIZE];
	unsigned char owner[WINDOW_SIZE];
	size_t size;
};

struct cursor {
	const char *text;
	size_t at;
	bool is_repaired;
};

/* "/6" keeps its stroke, which the fold has not. */
static const char *signed_fold(const struct term *term)
{
	const char *text = term->word->text;

	for (size_t i = 0; text[i]; i++) {
		if (!strchr("0123456789/", text[i]))
			return term->fold;
	}
	return text;
}

static void fill(struct window *window, const struct line *line, size_t from)
{
	window->size = 0;
	for (size_t i = 0; i < WINDOW_TERMS && from + i < line->count; i++) {
		const char *fold = signed_fold(&line->terms[from + i]);

		for (; *fold && window->size < WINDOW_SIZE - 2; fold++) {
			window->owner[window->size] = (unsigned char)i;
			window->text[window->size++] = *fold;
		}
		window->owner[window->size] = (unsigned char)i;
		window->text[window->size] = ' ';
		if (window->size < WINDOW_SIZE - 2)
			window->size++;
	}
	window->text[window->size] = '\0';
}

static void skip_blanks(struct cursor *cursor)
{
	while (cursor->text[cursor->at] == ' ')
		cursor->at++;
}

/* A word, a wrong letter allowed when it has four. */
static bool take_word(struct cursor *cursor, const char *word)
{
	size_t wrong = 0, size = strlen(word);

	skip_blanks(cursor);
	for (size_t i = 0; i < size; i++) {
		if (cursor->text[cursor->at + i] == '\0')
			return false;
		wrong += cursor->text[cursor->at + i] != word[i];
	}
	if (wrong > (size >= 4 ? 1U : 0U))
		return false;
	cursor->is_repaired |= wrong > 0;
	cursor->at += size;
	return true;
}

static int digit_of(struct cursor *cursor, char c, bool may_repair)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (!may_repair)
		return -1;
	if (c == 'o' || c == 'l' || c == 'i') {
		cursor->is_repaired = true;
		return c == 'o' ? 0 : 1;
	}
	return -1;
}

/* Up to `digits` of them. */
static bool take_number(struct cursor *cursor, size_t digits, bool may_repair,
			int *ret_number)
{
	int number = 0;
	size_t count = 0;

	skip_blanks(cursor);
	while (count < digits) {
		int digit = digit_of(cursor, cursor->text[cursor->at],
				     may_repair);

		if (digit < 0)
			break;
		number = number * 10 + digit;
		count++;
		cursor->at++;
	}
	*ret_number = number;
	return count > 0;
}

static bool is_year(int year)
{
	return year >= 1945 && year <= 2100;
}

/* "2 026" and "20 26" are 2026 torn apart. */
static bool take_year(struct cursor *cursor, int *ret_year)
{
	struct cursor look = *cursor;
	size_t count = 0;
	int year = 0;

	while (count < 4) {
		int digit;

		skip_blanks(&look);
		digit = digit_of(&look, look.text[look.at], true);
		if (digit < 0)
			return false;
		year = year * 10 + digit;
		look.at++;
		count++;
	}
	if (!is_year(year) || digit_of(&look, look.text[look.at], false) >= 0)
		return false;
	*cursor = look;
	*ret_year = year;
	return true;
}

/* "6", "Sáu", "VI". */
static bool take_month(struct cursor *cursor, int *ret_month)
{
	/* the longer of those that begin alike come first */
	static const struct {
		const char *word;
		int month;
	} words[] = {
		{ "muoi mot ", 11 },
		{ "muoi hai ", 12 },
		{ "muoi ", 10 },
		{ "gieng ", 1 },
		{ "mot ", 1 },
		{ "hai ", 2 },
		{ "ba ", 3 },
		{ "tu ", 4 },
		{ "bon ", 4 },
		{ "nam ", 5 },
		{ "sau ", 6 },
		{ "bay ", 7 },
		{ "tam ", 8 },
		{ "chin ", 9 },
		{ "chap ", 12 },
		{ "viii ", 8 },
		{ "vii ", 7 },
		{ "vi ", 6 },
		{ "xii ", 12 },
		{ "xi ", 11 },
		{ "iii ", 3 },
		{ "iv ", 4 },
		{ "ix ", 9 },
		{ "ii ", 2 },
		{ "v ", 5 },
		{ "x ", 10 },
		{ "i ", 1 },
	};

	skip_blanks(cursor);
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t size = strlen(words[i].word);

		if (strncmp(cursor->text + cursor->at, words[i].word, size) !=
		    0)
			continue;
		cursor->at += size - 1;
		*ret_month = words[i].month;
		return true;
	}
	return take_number(cursor, 2, true, ret_month);
}

static void skip_signs(struct cursor *cursor)
{
	skip_blanks(cursor);
	while (cursor->text[cursor->at] != '\0' &&
	       strchr("/-., ", cursor->text[cursor->at]))
		cursor->at++;
}

/* "22 tháng 6 năm 2026", "22 tháng 6/2026" or "22 tháng 6". */
static bool take_worded(struct cursor *cursor, struct day *ret_day)
{
	struct cursor look = *cursor, before;

	if (take_word(&look, "mung") || take_word(&look, "mong"))
		cursor->at = look.at;
	look = *cursor;
	if (!take_number(&look, 2, true, &ret_day->day))
		return false;
	skip_signs(&look);
	if (!take_word(&look, "thang") || !take_month(&look, &ret_day->month))
		return false;
	before = look;
	ret_day->year = 0;
	skip_signs(&look);
	(void)take_word(&look, "nam");
	if (!take_year(&look, &ret_day->year))
		look = before;
	*cursor = look;
	return true;
}

static bool take_sign(struct cursor *cursor, char *sign)
{
	skip_blanks(cursor);
	if (!strchr("/-.", cursor->text[cursor->at]) ||
	    cursor->text[cursor->at] == '\0' ||
	    (*sign && cursor->text[cursor->at] != *sign))
		return false;
	*sign = cursor->text[cursor->at++];
	return true;
}

/* "22/6/2026", "22-06-2026", "22.6.2026"; "22/6" when it may be short. */
static bool take_numeric(struct cursor *cursor, bool may_be_short,
			 struct day *ret_day)
{
	struct cursor look = *cursor, before;
	char sign = '\0';
	int year;

	if (!take_number(&look, 2, false, &ret_day->day) ||
	    !take_sign(&look, &sign) ||
	    !take_number(&look, 2, false, &ret_day->month))
		return false;
	before = look;
	ret_day->year = 0;
	if (take_sign(&look, &sign) && take_number(&look, 4, false, &year) &&
	    is_year(year < 100 ? year + 2000 : year))
		ret_day->year = year < 100 ? year + 2000 : year;
	else
		look = before;
	if (ret_day->year == 0 && (!may_be_short || sign != '/'))
		return false;
	if (look.text[look.at] >= '0' && look.text[look.at] <= '9')
		return false;
	*cursor = look;
	return true;
}

static bool is_possible(struct day day)
{
	if (day.year == 0)
		day.year = 2024; /* which has a 29th of February */
	return day_is_valid(day);
}

/* A date that begins at the first byte. */
static bool take_date(struct cursor *cursor, bool may_be_short,
		      struct date *ret_date)
{
	struct cursor look = *cursor;
	bool has_label = take_word(&look, "ngay");
	struct cursor start;

	if (!has_label)
		look = *cursor;
	start = look;
	ret_date->is_worded = take_worded(&look, &ret_date->day) &&
			      (has_label || ret_date->day.year > 0);
	if (!ret_date->is_worded) {
		look = start;
		if (!take_numeric(&look, has_label || may_be_short,
				  &ret_date->day))
			return false;
	}
	ret_date->is_repaired = look.is_repaired;
	*cursor = look;
	return is_possible(ret_date->day);
}

static bool may_begin(const char *fold)
{
	return (*fold >= '0' && *fold <= '9') || strncmp(fold, "ng", 2) == 0 ||
	       strncmp(fold + (*fold ? 1 : 0), "gay", 3) == 0 ||
	       strcmp(fold, "l") == 0 || strcmp(fold, "o") == 0 ||
	       *fold == 'o' || *fold == 'l';
}

static bool ends_with_colon(const char *text)
{
	size_t size = strlen(text);

	return size > 0 && text[size - 1] == ':';
}

/* "trước 30/5": what comes behind is a date without its year. */
static bool follows_term(const struct line *line, size_t at)
{
	static const char *const before[] = { "truoc", "den", "het", "nhat" };

	for (size_t i = 0; at > 0 && i < sizeof before / sizeof before[0];
	     i++) {
		if (strcmp(line->terms[at - 1].fold, before[i]) == 0)
			return true;
	}
	/* "Hạn gửi: 19/7" */
	return at > 0 && ends_with_colon(line->terms[at - 1].word->text);
}

bool date_find(const struct line *line, size_t from, struct date *ret_date)
{
	for (; from < line->count; from++) {
		struct window window;
		struct cursor cursor = { 0 };
		struct date date = { .from = from };

		if (!may_begin(line->terms[from].fold))
			continue;
		fill(&window, line, from);
		cursor.text = window.text;
		if (!take_date(&cursor, follows_term(line, from), &date) ||
		    cursor.at == 0)
			continue;
		date.to = from + window.owner[cursor.at - 1] + 1;
		*ret_date = date;
		return true;
	}
	return false;
}

bool date_find_text(const char *fold, struct day *ret_day)
{
	bool was_digit = false;

	for (size_t i = 0; fold[i]; i++) {
		struct cursor cursor = { .text = fold + i };
		struct date date = { 0 };
		bool is_digit = fold[i] >= '0' && fold[i] <= '9';

		if (((is_digit && !was_digit) || fold[i] == 'n') &&
		    take_date(&cursor, false, &date) && date.day.year > 0) {
			*ret_day = date.day;
			return true;
		}
		was_digit = is_digit;
	}
	return false;
}
