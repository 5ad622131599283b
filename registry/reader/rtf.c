/*
 * Groups, control words and text, one after another. What a group changes
 * ends with it, so that states stand in a stack. Only what shows is read:
 * destinations that nobody sees are left out with everything in them.
 */
#include "reader/rtf.h"
#include "reader/rtf_font.h"
#include "viet/character.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
	GROUPS_MAX = 512,
	WORD_MAX = 32,
	HALF_POINT = 5, /* in tenths of a point */
	SIZE_MAX_POINTS = 3276
};

struct state {
	bool bold, italic, upper, hidden, skipped, in_fonts;
	int size; /* tenths of a point */
	long font;
	long replaced; /* characters that stand for one of Unicode */
};

struct rtf {
	struct document *document;
	struct flow flow;
	struct rtf_fonts fonts;
	struct bytes in;
	size_t at;
	struct state states[GROUPS_MAX];
	size_t depth;
	struct state *now;
	long to_skip;	 /* characters after one of Unicode */
	uint32_t high;	 /* the first half of a pair */
	bool is_starred; /* the next word may be left out with its group */
};

struct control {
	char word[WORD_MAX];
	long number;
	bool has_number;
};

static void show(struct rtf *rtf)
{
	const struct state *now = rtf->now;

	flow_font(&rtf->flow, rtf_font_name(&rtf->fonts, now->font));
	flow_style(&rtf->flow, now->bold, now->italic, now->size);
	flow_upper(&rtf->flow, now->upper);
}

static bool is_shown(const struct rtf *rtf)
{
	return !rtf->now->skipped && !rtf->now->hidden && !rtf->now->in_fonts;
}

static void add_character(struct rtf *rtf, uint32_t character)
{
	char letter[CHARACTER_UTF8_SIZE];

	if (character >= 0xd800 && character < 0xdc00) {
		rtf->high = character;
		return;
	}
	if (character >= 0xdc00 && character < 0xe000 && rtf->high)
		character = 0x10000 + ((rtf->high - 0xd800) << 10) +
			    (character - 0xdc00);
	rtf->high = 0;
	if (!is_shown(rtf) || character > 0x10ffff ||
	    (character >= 0xd800 && character < 0xe000))
		return;
	show(rtf);
	flow_add(&rtf->flow, letter, character_write(character, letter));
}

/* A byte of the text, in the charset of its font. */
static void add_byte(struct rtf *rtf, unsigned char byte)
{
	if (rtf->to_skip > 0) {
		rtf->to_skip--;
		return;
	}
	if (rtf->now->in_fonts && !rtf->now->skipped)
		rtf_font_add(&rtf->fonts, byte);
	else
		add_character(rtf, rtf_font_character(&rtf->fonts,
						      rtf->now->font, byte));
}

/* Groups. */

static void begin_group(struct rtf *rtf)
{
	rtf->to_skip = 0;
	if (++rtf->depth >= GROUPS_MAX)
		return;
	rtf->states[rtf->depth] = *rtf->now;
	rtf->now = &rtf->states[rtf->depth];
}

static void end_group(struct rtf *rtf)
{
	rtf->to_skip = 0;
	if (rtf->depth == 0)
		return;
	if (--rtf->depth < GROUPS_MAX)
		rtf->now = &rtf->states[rtf->depth];
}

/* Control words. */

static bool is_one_of(const char *word, const char *const *list)
{
	for (; *list; list++) {
		if (strcmp(word, *list) == 0)
			return true;
	}
	return false;
}

/* Text boxes come twice as well: those for old programs (shprslt) stay away. */
static bool is_hidden_destination(const char *word)
{
	static const char *const hidden[] = {
		"colortbl", "stylesheet", "info", "pict", "header", "headerl",
		"headerr", "headerf", "footer", "footerl", "footerr",
		"footerf", "fldinst", "shprslt", "nonshppict", "objdata",
		"sp", "themedata", "datastore", "listtable", "filetbl",
		"revtbl", "generator", "xmlnstbl", "latentstyles", "annotation",
		NULL
	};

	return is_one_of(word, hidden);
}

static bool is_known_star(const char *word)
{
	static const char *const known[] = { "shpinst", "shptxt", NULL };

	return is_one_of(word, known);
}

static void begin_destination(struct rtf *rtf, const char *word)
{
	if (strcmp(word, "fonttbl") == 0)
		rtf->now->in_fonts = true;
	else if (is_hidden_destination(word) ||
		 (rtf->is_starred && !is_known_star(word)))
		rtf->now->skipped = true;
	if (strcmp(word, "objdata") == 0)
		document_flag(rtf->document, "embedded_object");
	rtf->is_starred = false;
}

static void break_text(struct rtf *rtf, const char *word)
{
	struct flow *flow = &rtf->flow;

	if (!is_shown(rtf))
		return;
	if (strcmp(word, "par") == 0 || strcmp(word, "sect") == 0 ||
	    strcmp(word, "row") == 0 || strcmp(word, "nestrow") == 0)
		flow_break_block(flow);
	else if (strcmp(word, "cell") == 0 || strcmp(word, "nestcell") == 0)
		flow_break_cell(flow);
	else if (strcmp(word, "line") == 0)
		flow_break_line(flow);
	else if (strcmp(word, "page") == 0 || strcmp(word, "pagebb") == 0)
		flow_break_page(flow);
	else if (strcmp(word, "tab") == 0)
		flow_space(flow);
}

static void set_style(struct rtf *rtf, const struct control *control)
{
	struct state *now = rtf->now;
	bool on = !control->has_number || control->number != 0;
	const char *word = control->word;

	if (strcmp(word, "b") == 0)
		now->bold = on;
	else if (strcmp(word, "i") == 0)
		now->italic = on;
	else if (strcmp(word, "caps") == 0)
		now->upper = on;
	else if (strcmp(word, "v") == 0 || strcmp(word, "deleted") == 0)
		now->hidden = on;
	else if (strcmp(word, "fs") == 0 && control->number > 0 &&
		 control->number <= SIZE_MAX_POINTS)
		now->size = (int)control->number * HALF_POINT;
	else if (strcmp(word, "f") == 0)
		now->font = control->number;
	else if (strcmp(word, "plain") == 0)
		*now = (struct state){ .skipped = now->skipped,
				       .in_fonts = now->in_fonts,
				       .font = rtf->fonts.first,
				       .replaced = now->replaced };
}

static void set_encoding(struct rtf *rtf, const struct control *control)
{
	const char *word = control->word;
	long number = control->number;

	if (strcmp(word, "ansicpg") == 0)
		rtf->fonts.code_page = number;
	else if (strcmp(word, "deff") == 0)
		rtf->fonts.first = rtf->now->font = number;
	else if (strcmp(word, "fcharset") == 0 && rtf->now->in_fonts)
		rtf_font_charset(&rtf->fonts, number);
	else if (strcmp(word, "f") == 0 && rtf->now->in_fonts)
		rtf_font_begin(&rtf->fonts, number);
	else if (strcmp(word, "uc") == 0 && number >= 0 && number < WORD_MAX)
		rtf->now->replaced = number;
}

static void add_named(struct rtf *rtf, const struct control *control)
{
	static const struct {
		const char *word;
		uint32_t character;
	} names[] = {
		{ "endash", 0x2013 },
		{ "emdash", 0x2014 },
		{ "lquote", 0x2018 },
		{ "rquote", 0x2019 },
		{ "ldblquote", 0x201c },
		{ "rdblquote", 0x201d },
		{ "bullet", 0x2022 }
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(control->word, names[i].word) == 0)
			add_character(rtf, names[i].character);
	}
	if (strcmp(control->word, "u") == 0 && control->has_number) {
		add_character(rtf, (uint32_t)control->number & 0xffff);
		rtf->to_skip = rtf->now->replaced;
	}
}

static void read_number(struct rtf *rtf, struct control *control)
{
	char digits[12];
	size_t size = 0;

	if (rtf->at < rtf->in.size && rtf->in.data[rtf->at] == '-')
		digits[size++] = (char)rtf->in.data[rtf->at++];
	while (rtf->at < rtf->in.size && isdigit(rtf->in.data[rtf->at])) {
		if (size + 1 < sizeof(digits))
			digits[size++] = (char)rtf->in.data[rtf->at];
		rtf->at++;
	}
	digits[size] = '\0';
	control->has_number = size > 0;
	control->number = strtol(digits, NULL, 10);
}

static void skip_binary(struct rtf *rtf, long size)
{
	size_t left = rtf->in.size - rtf->at;

	if (size > 0)
		rtf->at += (size_t)size < left ? (size_t)size : left;
}

static void read_word(struct rtf *rtf)
{
	struct control control = { .number = 0 };
	size_t size = 0;

	while (rtf->at < rtf->in.size && isalpha(rtf->in.data[rtf->at])) {
		if (size + 1 < WORD_MAX)
			control.word[size++] = (char)rtf->in.data[rtf->at];
		rtf->at++;
	}
	read_number(rtf, &control);
	if (rtf->at < rtf->in.size && rtf->in.data[rtf->at] == ' ')
		rtf->at++;
	if (strcmp(control.word, "bin") == 0)
		skip_binary(rtf, control.number);
	begin_destination(rtf, control.word);
	set_encoding(rtf, &control);
	set_style(rtf, &control);
	break_text(rtf, control.word);
	add_named(rtf, &control);
}

static int digit_of(unsigned char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *found = c ? strchr(digits, tolower(c)) : NULL;

	return found ? (int)(found - digits) : -1;
}

static void read_hex(struct rtf *rtf)
{
	int high, low;

	if (rtf->in.size - rtf->at < 2)
		return;
	high = digit_of(rtf->in.data[rtf->at]);
	low = digit_of(rtf->in.data[rtf->at + 1]);
	rtf->at += 2;
	if (high >= 0 && low >= 0)
		add_byte(rtf, (unsigned char)(high * 16 + low));
}

/* Behind a backslash. */
static void read_control(struct rtf *rtf)
{
	unsigned char c;

	if (rtf->at >= rtf->in.size)
		return;
	c = rtf->in.data[rtf->at];
	if (isalpha(c)) {
		read_word(rtf);
		return;
	}
	rtf->at++;
	if (c == '\'')
		read_hex(rtf);
	else if (c == '*')
		rtf->is_starred = true;
	else if (c == '~')
		add_byte(rtf, ' ');
	else if (c == '_')
		add_byte(rtf, '-');
	else if (c == '\n' || c == '\r')
		break_text(rtf, "par");
	else if (strchr("\\{}", c))
		add_byte(rtf, c);
}

static void read_all(struct rtf *rtf)
{
	while (rtf->at < rtf->in.size && !rtf->flow.is_full) {
		unsigned char c = rtf->in.data[rtf->at++];

		if (c == '{')
			begin_group(rtf);
		else if (c == '}')
			end_group(rtf);
		else if (c == '\\')
			read_control(rtf);
		else if (c != '\r' && c != '\n' && c != 0)
			add_byte(rtf, c);
	}
}

bool rtf_read(const struct document_request *request,
	      struct document *document, struct fail *why)
{
	struct rtf *rtf = arena_alloc(document->arena, sizeof(*rtf));

	(void)why;
	rtf->document = document;
	rtf->in = request->content;
	rtf->now = &rtf->states[0];
	rtf->now->replaced = 1;
	flow_open(&rtf->flow, document);
	read_all(rtf);
	if (rtf->depth > 0 && !rtf->flow.is_full)
		document_flag(document, "damaged_part");
	flow_close(&rtf->flow);
	return true;
}
