/*
 * Flow: a text without places, word by word, as pages with lines and blocks.
 */
#pragma once
#include "base/text.h"
#include "reader/document.h"

struct flow {
	struct document *document;
	struct text text;   /* of the document */
	struct text word;   /* that is not complete yet */
	struct text pieces; /* of the run whose encoding is not known yet */
	char font[64];	    /* of the run; "": says nothing */
	struct page_word *words;
	size_t count, page_start, page_room;
	int line, block, size;
	bool bold, italic, upper;
	bool word_bold, word_italic; /* of the word's first letter */
	int word_size;
	bool line_has_words;
	bool is_full; /* the limits are reached: the rest is left out */
};

/* For a document whose pages and text are empty. */
void flow_open(struct flow *flow, struct document *document);
/* UTF-8; blanks and line ends part words, words go on from call to call. */
void flow_add(struct flow *flow, const char *text, size_t size);
/* Whether its letters are not what they are in Unicode. */
bool flow_is_old_font(const char *font);
/* How the text from here on looks. */
void flow_font(struct flow *flow, const char *font);
void flow_style(struct flow *flow, bool bold, bool italic, int size);
void flow_upper(struct flow *flow, bool upper);
void flow_space(struct flow *flow); /* between words */
void flow_tab(struct flow *flow);   /* seen in the text only */
void flow_break_line(struct flow *flow);
void flow_break_block(struct flow *flow);
/* The next cell of a row: a line of its own, but a tab in the text. */
void flow_break_cell(struct flow *flow);
void flow_break_page(struct flow *flow);
/* Hands pages and text to the document. */
void flow_close(struct flow *flow);
