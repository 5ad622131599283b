#include "viet/symbol.h"
#include "base/text.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	GROUPS_MAX = 8,
	GROUP_LETTERS_MAX = 20,
	DIGITS_MAX = 7,
	SPACES_MAX = 3
};

/* "UBND" in 12/UBND-KT. */
struct group {
	size_t start, end;  /* bytes of the text */
	uint32_t separator; /* before it: '/', '-', '.', '_', or ' ' */
	bool is_spaced;	    /* there was white space about the separator */
	bool is_year;
	bool is_shouted; /* two capitals at least, no small letter */
	bool is_small;	 /* letters, and all of them small */
	bool has_letter_first;
};

struct scan {
	struct bytes text;
	size_t at;
	bool is_alone; /* the text is meant as a symbol, spaces separate too */
	int64_t number;
	const char *suffix;
	struct group groups[GROUPS_MAX];
	size_t count;
	size_t end;
};

static uint32_t peek(const struct scan *scan, size_t at)
{
	return at < scan->text.size ? character_read(scan->text, &at) : 0;
}

static size_t skip(const struct scan *scan, size_t at)
{
	(void)character_read(scan->text, &at);
	return at;
}

static size_t skip_spaces(const struct scan *scan, size_t at)
{
	for (int i = 0; i < SPACES_MAX; i++) {
		if (!character_is_space(peek(scan, at)) ||
		    at >= scan->text.size)
			break;
		at = skip(scan, at);
	}
	return at;
}

static bool is_word_part(uint32_t character)
{
	enum character_class class = character_class_of(character);

	return class == CHARACTER_LETTER || class == CHARACTER_MARK;
}

static bool scan_number(struct scan *scan)
{
	size_t digits = 0;

	scan->number = 0;
	while (character_is_digit(peek(scan, scan->at))) {
		if (++digits > DIGITS_MAX)
			return false;
		scan->number = scan->number * 10 +
			       (scan->text.data[scan->at++] - '0');
	}
	return digits > 0;
}

static bool is_dash(uint32_t character)
{
	return character == '-' ||
	       (character >= 0x2010 && character <= 0x2015) ||
	       character == 0x2212;
}

/* "a" in 61a, "bis" in 15bis. */
static bool scan_suffix(struct scan *scan)
{
	static const char *const suffixes[] = {
		"bis",
		"a",
		"b",
		"c",
		"d",
		"e",
		"f",
		"g",
		"h",
		"",
	};

	for (size_t i = 0; i < sizeof suffixes / sizeof suffixes[0]; i++) {
		size_t size = strlen(suffixes[i]);

		if (scan->text.size - scan->at < size ||
		    strncasecmp((const char *)scan->text.data + scan->at,
				suffixes[i], size) != 0)
			continue;
		if (is_word_part(peek(scan, scan->at + size)) &&
		    scan->at + size < scan->text.size)
			continue;
		scan->at += size;
		scan->suffix = suffixes[i];
		return true;
	}
	return false;
}

static uint32_t separator_of(uint32_t character)
{
	if (is_dash(character))
		return '-';
	return character == '/' || character == '.' || character == '_'
		       ? character
		       : 0;
}

/* From scan->at to the first character of the next group. */
static bool scan_separator(struct scan *scan, struct group *group)
{
	size_t at = skip_spaces(scan, scan->at);
	size_t after;

	group->separator = separator_of(peek(scan, at));
	if (at >= scan->text.size)
		return false;
	if (group->separator == 0) {
		if (!scan->is_alone || at == scan->at)
			return false;
		group->separator = ' ';
		after = at;
	} else {
		after = skip_spaces(scan, skip(scan, at));
		group->is_spaced = at != scan->at || after != skip(scan, at);
	}
	group->start = after;
	return after < scan->text.size;
}

static bool is_year(const struct scan *scan, const struct group *group)
{
	const unsigned char *data = scan->text.data + group->start;

	if (group->end - group->start != 4)
		return false;
	for (size_t i = 0; i < 4; i++) {
		if (!character_is_digit(data[i]))
			return false;
	}
	return (data[0] == '1' && data[1] == '9') || data[0] == '2';
}

/* Letters and digits, "NN&PTNT" as one. */
static bool scan_group(struct scan *scan, struct group *group)
{
	size_t at = group->start, letters = 0, capitals = 0, small = 0;

	while (at < scan->text.size) {
		uint32_t character = peek(scan, at);

		if (character == '&' && letters > 0)
			;
		else if (!is_word_part(character))
			break;
		if (++letters > GROUP_LETTERS_MAX)
			return false;
		if (character_is_upper(character))
			capitals++;
		else if (!character_is_digit(character) && character != '&' &&
			 character_class_of(character) != CHARACTER_MARK)
			small++;
		at = skip(scan, at);
	}
	group->end = at;
	group->is_year = is_year(scan, group);
	group->is_shouted = capitals >= 2 && small == 0;
	group->is_small = small > 0 && capitals == 0;
	group->has_letter_first =
		letters > 0 && !character_is_digit(peek(scan, group->start));
	return letters > 0;
}

/* Whether what follows still belongs to the symbol. */
static bool may_follow(const struct scan *scan, const struct group *group)
{
	const struct group *before =
		scan->count > 0 ? &scan->groups[scan->count - 1] : NULL;

	if (scan->is_alone)
		return true;
	if (!before)
		return !group->is_spaced || group->separator == '/';
	if (group->is_spaced)
		return group->is_shouted && group->separator != '.' &&
		       group->separator != '_';
	if (scan->groups[0].separator == '/')
		return group->separator == '/' || group->separator == '-';
	return !(before->is_shouted && group->is_small);
}

static bool has_file_ending(const struct scan *scan, const struct group *group)
{
	static const char *const endings[] = {
		"pdf",
		"doc",
		"docx",
		"xls",
		"xlsx",
		"rtf",
		"zip",
		"rar",
		"ppt",
		"pptx",
		"jpg",
		"tif",
		"odt",
		"xml",
	};
	const char *start = (const char *)scan->text.data + group->start;
	size_t size = group->end - group->start;

	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
		if (strlen(endings[i]) == size &&
		    strncasecmp(start, endings[i], size) == 0)
			return group->separator == '.';
	}
	return false;
}

static void scan_groups(struct scan *scan)
{
	scan->end = scan->at;
	while (scan->count < GROUPS_MAX) {
		struct group group = { 0 };

		if (!scan_separator(scan, &group) ||
		    !scan_group(scan, &group) || !may_follow(scan, &group) ||
		    has_file_ending(scan, &group))
			break;
		scan->groups[scan->count++] = group;
		scan->at = scan->end = group.end;
	}
}

/* Numbers in running text that are dates, sums and lists are no symbols. */
static bool is_likely(const struct scan *scan)
{
	const struct group *first = &scan->groups[0];
	const struct group *named =
		first->is_year && scan->count > 1 ? first + 1 : first;

	if (scan->count == 0 || !named->has_letter_first)
		return false;
	if (first->separator == '/' || scan->is_alone)
		return true;
	return named->is_shouted || scan->count > 1;
}

/* The key's buffer: what does not fit is left out. */
struct key {
	char *string;
	size_t size;
};

static void key_add(struct key *key, const char *part, size_t size)
{
	if (size > SYMBOL_KEY_SIZE - 1 - key->size)
		return;
	memcpy(key->string + key->size, part, size);
	key->size += size;
	key->string[key->size] = '\0';
}

static void key_add_group(struct key *key, const struct scan *scan,
			  const struct group *group)
{
	struct bytes part = bytes_part(scan->text, group->start, group->end);
	char utf8[CHARACTER_UTF8_SIZE];
	size_t at = 0;

	while (at < part.size) {
		uint32_t character = character_read(part, &at);

		if (character_class_of(character) == CHARACTER_MARK)
			continue;
		character = character_base(character_lower(character));
		key_add(key, utf8, character_write(character, utf8));
	}
}

static void key_add_number(struct key *key, int64_t number)
{
	char digits[DIGITS_MAX];
	size_t at = DIGITS_MAX;

	do {
		digits[--at] = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0 && at > 0);
	key_add(key, digits + at, DIGITS_MAX - at);
}

static void print_key(const struct scan *scan, char ret_key[SYMBOL_KEY_SIZE])
{
	struct key key = { .string = ret_key };

	ret_key[0] = '\0';
	key_add_number(&key, scan->number);
	key_add(&key, scan->suffix, strlen(scan->suffix));
	for (size_t i = 0; i < scan->count; i++) {
		key_add(&key, i == 0 ? "/" : "-", 1);
		key_add_group(&key, scan, &scan->groups[i]);
	}
}

bool symbol_scan(struct bytes text, size_t at, char ret_key[SYMBOL_KEY_SIZE],
		 size_t *ret_end)
{
	struct scan scan = { .text = text, .at = at };

	if (!scan_number(&scan) || !scan_suffix(&scan))
		return false;
	scan_groups(&scan);
	if (!is_likely(&scan))
		return false;
	print_key(&scan, ret_key);
	*ret_end = scan.end;
	return true;
}

/* Past "Số:", "Số hiệu", "So" and "V/v" is none of these. */
static size_t skip_label(struct bytes text)
{
	size_t at = 0, letters = 0;

	while (at < text.size && !character_is_digit(text.data[at])) {
		size_t next = at;
		uint32_t character = character_read(text, &next);

		if (is_word_part(character) && ++letters > 12)
			break;
		if (character == '/')
			break;
		at = next;
	}
	return at;
}

/* The whole text as one symbol, or not at all. */
static bool scan_alone(struct bytes text, struct scan *ret_scan)
{
	struct scan scan = { .text = text, .is_alone = true };
	size_t label = skip_label(text);
	struct scan look;

	scan.at = label;
	if (!scan_number(&scan) || !scan_suffix(&scan))
		return false;
	scan_groups(&scan);
	if (scan.count > 0 && !is_likely(&scan))
		return false;
	look = scan;
	while (look.end < text.size &&
	       !is_word_part(peek(&look, look.end)))
		look.end = skip(&look, look.end);
	if (look.end < text.size) {
		struct group rest = { .start = look.end, .separator = '.' };

		if (text.data[look.end - 1] != '.' ||
		    !scan_group(&look, &rest) ||
		    !has_file_ending(&look, &rest) || rest.end != text.size)
			return false;
	}
	*ret_scan = scan;
	return true;
}

static void add_notation(struct text *notation, const struct scan *scan,
			 size_t from)
{
	for (size_t i = from; i < scan->count; i++) {
		const struct group *group = &scan->groups[i];

		if (i > from)
			text_add_char(notation,
				      group->separator == '/' ? '/' : '-');
		text_add_part(notation,
			      (const char *)scan->text.data + group->start,
			      group->end - group->start);
	}
}

bool symbol_parse(const char *text, struct arena *arena,
		  struct symbol *ret_symbol)
{
	auto_text notation = { 0 };
	struct scan scan;
	bool has_year;

	if (!scan_alone(bytes_of(viet_normal(text, arena)), &scan))
		return false;
	has_year = scan.count > 1 && scan.groups[0].is_year;
	add_notation(&notation, &scan, has_year ? 1 : 0);
	*ret_symbol = (struct symbol){
		.number = scan.number,
		.suffix = scan.suffix,
		.notation = arena_copy(arena, text_string(&notation)),
		.is_party = scan.count > 1 && scan.groups[0].separator == '-' &&
			    scan.groups[1].separator == '/',
	};
	for (size_t i = 0; has_year && i < 4; i++)
		ret_symbol->year = ret_symbol->year * 10 +
				   (scan.text.data[scan.groups[0].start + i] -
				    '0');
	return true;
}

char *symbol_print(const struct symbol *symbol, struct arena *arena)
{
	const char *join = symbol->notation[0] == '\0' ? ""
			   : symbol->is_party	       ? "-"
						       : "/";
	const char *number = arena_print(arena, "%02lld%s",
					 (long long)symbol->number,
					 symbol->suffix);

	if (symbol->year == 0)
		return arena_print(arena, "%s%s%s", number, join,
				   symbol->notation);
	return arena_print(arena, "%s/%d%s%s", number, symbol->year, join,
			   symbol->notation);
}

char *symbol_key(const char *text, struct arena *arena)
{
	struct bytes bytes = bytes_of(viet_normal(text, arena));
	struct scan scan;
	char *key;

	if (!scan_alone(bytes, &scan))
		return viet_fold(text, arena);
	key = arena_alloc(arena, SYMBOL_KEY_SIZE);
	print_key(&scan, key);
	return key;
}
