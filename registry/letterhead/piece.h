/*
 * Pieces: the words that stand together in a row, before they are lines.
 */
#pragma once
#include "letterhead/line.h"

/* A line that is being made. */
struct piece {
	const struct term **terms;
	size_t count;
	struct page_box box;
	int given; /* the line that its words say they are of */
};

struct pieces {
	struct piece *items;
	size_t count;
	const struct page *page;
	struct arena *arena;
};

struct pieces piece_list(const struct page *page, const struct term *terms,
			 size_t count, struct arena *arena);
/* There must be room in the piece. */
void piece_add(struct piece *piece, const struct term *term);
