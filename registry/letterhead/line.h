/*
 * Lines: the words of a page put together as a reader sees them. What stands
 * in the left and in the right column of a head is two lines, whoever gave
 * the words.
 */
#pragma once
#include "letterhead/term.h"

enum line_column {
	LINE_WHOLE, /* across the page, or it has no place */
	LINE_LEFT,
	LINE_RIGHT
};

struct line {
	const struct page *page;
	size_t page_index;
	const struct term *terms; /* from left to right */
	size_t count;
	const char *text;    /* the words with a blank between them */
	const char *compact; /* as term_compact() */
	struct page_box box;
	enum line_column column;
	int confidence;	 /* the lowest of its words */
	bool is_shouted; /* in capitals, two letters at least */
	bool is_bold;
	bool is_italic;
	int stroke; /* how thick the letters are, of a recognised line; or 0 */
};

struct lines {
	struct line *items; /* from top to bottom, then from left to right */
	size_t count;
};

struct lines line_list(const struct page *page, size_t page_index,
		       struct arena *arena);
/* Puts those of its stamps, which the list above has not, behind others. */
void line_add_stamps(struct lines *stamps, const struct page *page,
		     size_t page_index, struct arena *arena);
/* One line of two, as if the second stood behind the first. */
struct line line_join(const struct line *one, const struct line *other,
		      struct arena *arena);
/* The term where the phrase of folded words begins, at or after `from`;
 * line->count when it is not there. */
size_t line_find(const struct line *line, const char *phrase, size_t from);
bool line_stands_at(const struct line *line, const char *phrase, size_t at);
bool line_begins(const struct line *line, const char *phrase);
/* The number of words of a phrase. */
size_t line_phrase_count(const char *phrase);
/* Whether its letters are these, with so many wrong at most. */
bool line_is(const struct line *line, const char *compact, size_t wrong);
/* The words from one to another, which is not among them. */
char *line_part(const struct line *line, size_t from, size_t to,
		struct arena *arena);
struct page_box line_part_box(const struct line *line, size_t from, size_t to);
/* Both in one box; a box of zeros is none. */
struct page_box line_join_boxes(struct page_box one, struct page_box other);
bool line_has_place(const struct line *line);
int line_middle(const struct line *line); /* of left and right */
