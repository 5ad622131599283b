/*
 * Words of a page while it is being recognised, each with its place in the
 * prepared picture; and what a second reading of some of them says.
 */
#pragma once
#include "base/arena.h"
#include "letterhead/page.h"
#include "reader/unread.h"

struct words {
	struct page_word *items;
	struct spot *spots; /* where each is in the prepared picture */
	size_t count;
	int line;
	struct arena *arena;
};

/* Adds one; its line is words->line. */
void words_add(struct words *words, const struct page_word *word,
	       const struct spot *spot);
/* Whether a word is to be looked at again: one of a head that read badly, or
 * its number, whose digits nothing else on the page confirms. */
bool words_is_doubtful(const struct words *words, size_t i);
/* The places of those that are not; gives how many. */
size_t words_trusted(const struct words *words, struct spot *ret_spots);
/* What a second look at a line gave. Two readings that agree are trusted more;
 * of two that differ the better one is taken and not trusted. A line that was
 * not seen before goes behind the others. False: it gave nothing. */
bool words_compare(struct words *words, const struct spot *line,
		   struct words *other);
/* Puts others behind them, as lines of their own. */
void words_append(struct words *words, const struct words *other);
/* A frame around words that were read is no line. */
bool words_is_read(const struct words *words, const struct spot *line);
