/*
 * Terms: the words of a page as the rules see them, and how far a word may be
 * from what it should be: recognised text has wrong letters.
 */
#pragma once
#include "base/arena.h"
#include "letterhead/page.h"

struct term {
	const struct page_word *word;
	/* "ngay" for "Ngày,": no diacritics, no signs about it. */
	const char *fold;
};

struct term term_of(const struct page_word *word, struct arena *arena);
/* Whether the folded word is meant; long words may have a wrong letter. */
bool term_is(const struct term *term, const char *fold);
/* Letters to change, add or take away; `limit` + 1 when there are more. */
size_t term_distance(const char *one, const char *other, size_t limit);
/* Lower case letters and digits of the text, no diacritics, nothing else. */
char *term_compact(const char *text, struct arena *arena);
/* Whether the text begins with a sign that opens an item of a list. */
bool term_is_bullet(const char *text);
