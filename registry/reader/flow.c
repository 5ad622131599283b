#include "reader/flow.h"
#include "viet/character.h"
#include "viet/encoding.h"
#include "viet/fold.h"
#include <string.h>

enum {
	TEXT_MAX = 4 * 1024 * 1024,
	WORD_MAX = 4096,
	WORDS_MAX = 300000,
	PAGES_MAX = 5000,
	RUN_MAX = 1024 * 1024,
	CONFIDENCE = 100
};

void flow_open(struct flow *flow, struct document *document)
{
	memset(flow, 0, sizeof(*flow));
	flow->document = document;
	flow->text.limit = TEXT_MAX;
	flow->word.limit = WORD_MAX;
	flow->pieces.limit = RUN_MAX;
}

static char last_of(const struct text *text)
{
	return text->size ? text->string[text->size - 1] : '\n';
}

static void add_word(struct flow *flow)
{
	struct arena *arena = flow->document->arena;
	struct page_word word = {
		.text = viet_normal(text_string(&flow->word), arena),
		.line = flow->line,
		.block = flow->block,
		.size = flow->word_size,
		.confidence = CONFIDENCE,
		.bold = flow->word_bold,
		.italic = flow->word_italic
	};

	flow->words = arena_grow(arena, flow->words, flow->count,
				 sizeof(*flow->words));
	flow->words[flow->count++] = word;
	if (!strchr("\n\t\f", last_of(&flow->text)))
		text_add_char(&flow->text, ' ');
	text_add(&flow->text, word.text);
	flow->line_has_words = true;
	flow->is_full = flow->count >= WORDS_MAX || flow->text.over;
}

static void end_word(struct flow *flow)
{
	if (flow->word.size && !flow->is_full)
		add_word(flow);
	text_clear(&flow->word);
}

static void add_letter(struct flow *flow, const char *letter, size_t size)
{
	if (flow->word.size == 0) {
		flow->word_bold = flow->bold;
		flow->word_italic = flow->italic;
		flow->word_size = flow->size;
	}
	if (flow->word.size + size >= WORD_MAX)
		end_word(flow);
	text_add_part(&flow->word, letter, size);
}

static bool is_silent(uint32_t character)
{
	return character < 0x20 || character == 0x7f || character == 0xad ||
	       character == 0xfeff ||
	       (character >= 0x200b && character <= 0x200f) ||
	       (character >= 0x202a && character <= 0x202e) ||
	       (character >= 0x2060 && character <= 0x2069);
}

static void add_text(struct flow *flow, struct bytes text)
{
	char letter[CHARACTER_UTF8_SIZE];
	size_t at = 0;

	while (at < text.size && !flow->is_full) {
		uint32_t character = character_read(text, &at);

		if (character_is_space(character) || character == 0xa0) {
			end_word(flow);
			continue;
		}
		if (is_silent(character))
			continue;
		if (flow->upper)
			character = character_upper(character);
		add_letter(flow, letter, character_write(character, letter));
	}
}

/* A run of an old font is decoded as a whole: its letters may be two. */
static void end_run(struct flow *flow)
{
	if (flow->pieces.size == 0)
		return;
	auto_arena *arena = arena_create(0);
	char *text = viet_from_font(text_string(&flow->pieces), flow->font,
				    arena);

	text_clear(&flow->pieces);
	add_text(flow, bytes_of(text));
}

void flow_add(struct flow *flow, const char *text, size_t size)
{
	struct bytes bytes = { (const unsigned char *)text, size };

	if (flow->is_full)
		return;
	if (flow->font[0] && flow->pieces.size + size < RUN_MAX) {
		text_add_part(&flow->pieces, text, size);
		return;
	}
	end_run(flow);
	add_text(flow, bytes);
}

bool flow_is_old_font(const char *font)
{
	const char *plus = strchr(font, '+');

	if (plus)
		font = plus + 1;
	return strncasecmp(font, ".vn", 3) == 0 ||
	       strncasecmp(font, "vn", 2) == 0;
}

void flow_font(struct flow *flow, const char *font)
{
	const char *name = font && flow_is_old_font(font) ? font : "";
	size_t size = strnlen(name, sizeof(flow->font) - 1);

	if (strncmp(flow->font, name, sizeof(flow->font)) == 0)
		return;
	end_run(flow);
	memcpy(flow->font, name, size);
	flow->font[size] = '\0';
}

void flow_style(struct flow *flow, bool bold, bool italic, int size)
{
	if (bold == flow->bold && italic == flow->italic && size == flow->size)
		return;
	end_run(flow);
	flow->bold = bold;
	flow->italic = italic;
	flow->size = size;
}

void flow_upper(struct flow *flow, bool upper)
{
	if (upper == flow->upper)
		return;
	end_run(flow);
	flow->upper = upper;
}

void flow_space(struct flow *flow)
{
	end_run(flow);
	end_word(flow);
}

void flow_tab(struct flow *flow)
{
	flow_space(flow);
	if (flow->line_has_words && last_of(&flow->text) != '\t')
		text_add_char(&flow->text, '\t');
}

static void end_line(struct flow *flow, char mark)
{
	flow_space(flow);
	if (!flow->line_has_words)
		return;
	flow->line_has_words = false;
	flow->line++;
	if (last_of(&flow->text) == '\t')
		flow->text.string[flow->text.size - 1] = mark;
	else
		text_add_char(&flow->text, mark);
}

void flow_break_line(struct flow *flow)
{
	end_line(flow, '\n');
}

void flow_break_block(struct flow *flow)
{
	flow_break_line(flow);
	if (last_of(&flow->text) == '\t')
		flow->text.string[flow->text.size - 1] = '\n';
	flow->block++;
}

void flow_break_cell(struct flow *flow)
{
	end_line(flow, '\t');
	flow->block++;
}

static void end_page(struct flow *flow)
{
	struct document *document = flow->document;
	struct page page = {
		.source = PAGE_FLOW,
		.number = (int)document->page_count + 1,
		.count = flow->count - flow->page_start
	};

	document->pages = arena_grow(document->arena, document->pages,
				     document->page_count, sizeof(page));
	document->pages[document->page_count++] = page;
	flow->page_start = flow->count;
	flow->line = 0;
	flow->block = 0;
}

void flow_break_page(struct flow *flow)
{
	flow_break_block(flow);
	if (flow->count == flow->page_start ||
	    flow->document->page_count >= PAGES_MAX)
		return;
	end_page(flow);
	text_add_char(&flow->text, '\f');
}

/* The array of words moves while it grows: pages point into it at the end. */
static void point_into_words(struct flow *flow)
{
	struct document *document = flow->document;
	size_t at = 0;

	for (size_t i = 0; i < document->page_count; i++) {
		if (document->pages[i].count)
			document->pages[i].words = flow->words + at;
		at += document->pages[i].count;
	}
}

void flow_close(struct flow *flow)
{
	struct document *document = flow->document;

	flow_break_block(flow);
	if (flow->count > flow->page_start || document->page_count == 0)
		end_page(flow);
	else if (last_of(&flow->text) == '\f')
		flow->text.string[--flow->text.size] = '\0';
	point_into_words(flow);
	document->total_pages = (int)document->page_count;
	document->text = arena_copy(document->arena, text_string(&flow->text));
	if (flow->is_full)
		document_flag(document, "text_limit");
	text_done(&flow->text);
	text_done(&flow->word);
	text_done(&flow->pieces);
}
