/*
 * Papers for tests: pages made of lines of text, with places as a printer
 * would put them, or without.
 */
#pragma once
#include "reading.h"
#include "viet/character.h"

enum {
	PAPER_WORDS = 4000,
	PAPER_LEFT = 1400, /* margins of the text */
	PAPER_RIGHT = 9200,
	PAPER_LINE = 155 /* height of a line of 13 points */
};

/* Where a line of text is put. */
enum place {
	IN_LEFT,      /* centred in the left column of the head */
	IN_RIGHT,     /* and in the right one */
	IN_MIDDLE,    /* of the page */
	IN_TEXT,      /* from the left margin */
	IN_PARAGRAPH, /* further in, as a paragraph begins */
	IN_LIST,      /* from the left margin, small */
	IN_SIGNATURE
};

struct row {
	enum place place;
	int top; /* in lines */
	const char *text;
	bool bold;
};

struct paper {
	struct page page;
	struct page_word words[PAPER_WORDS];
	int lines;
};

static inline int width_of(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;
	int width = 0;

	while (at < bytes.size) {
		uint32_t c = character_read(bytes, &at);

		width += c == ' ' ? 50 : character_is_upper(c) ? 145
							       : 95;
	}
	return width;
}

static inline int left_of(const struct row *row)
{
	static const int middles[] = { [IN_LEFT] = 3000,
				       [IN_RIGHT] = 7000,
				       [IN_MIDDLE] = 5300,
				       [IN_SIGNATURE] = 7200 };

	if (row->place == IN_TEXT || row->place == IN_LIST)
		return PAPER_LEFT;
	if (row->place == IN_PARAGRAPH)
		return PAPER_LEFT + 480;
	return middles[row->place] - width_of(row->text) / 2;
}

static inline void paper_word(struct paper *paper, const char *text,
			      size_t size, struct page_box box, bool bold)
{
	char *copy = test_malloc(size + 1);

	assert_true(paper->page.count < PAPER_WORDS);
	memcpy(copy, text, size);
	copy[size] = '\0';
	paper->words[paper->page.count++] = (struct page_word){
		.text = copy,
		.box = box,
		.line = paper->lines,
		.block = paper->lines,
		.confidence = paper->page.source == PAGE_OCR ? 93 : 100,
		.bold = bold,
	};
}

static inline void paper_row(struct paper *paper, const struct row *row)
{
	const char *text = row->text;
	int at = left_of(row);

	while (*text) {
		size_t size = strcspn(text, " ");
		struct page_box box = { .left = at,
					.top = row->top * PAPER_LINE,
					.bottom = row->top * PAPER_LINE +
						  PAPER_LINE * 9 / 10 };
		char word[512];

		assert_true(size < sizeof word);
		memcpy(word, text, size);
		word[size] = '\0';
		at += width_of(word);
		box.right = at;
		at += 50;
		if (paper->page.source == PAGE_FLOW)
			box = (struct page_box){ 0 };
		if (size > 0)
			paper_word(paper, text, size, box, row->bold);
		text += size;
		text += *text == ' ';
	}
	paper->lines++;
}

static inline struct paper *paper_of(enum page_source source,
				     const struct row *rows, size_t count)
{
	struct paper *paper = test_calloc(1, sizeof *paper);

	paper->page = (struct page){ .source = source,
				     .number = 1,
				     .width = 5950,
				     .height = 8420,
				     .words = paper->words };
	for (size_t i = 0; i < count; i++)
		paper_row(paper, &rows[i]);
	return paper;
}

static inline void paper_done(struct paper *paper)
{
	for (size_t i = 0; i < paper->page.count; i++) {
		void *text;

		memcpy(&text, &paper->words[i].text, sizeof text);
		test_free(text);
	}
	test_free(paper);
}

/* What was read outlives the page: it is in the arena. */
static inline struct letterhead read_rows(enum page_source source,
					  const struct row *rows, size_t count)
{
	struct paper *paper = paper_of(source, rows, count);
	struct letterhead letterhead =
		letterhead_read(&paper->page, 1, arena);

	paper_done(paper);
	return letterhead;
}
