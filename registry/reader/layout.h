/*
 * Layout: lines, blocks and the order in which a person reads them, from the
 * places of the words alone. The head of an official document has two
 * columns; the left one is read first.
 */
#pragma once
#include "base/arena.h"
#include "letterhead/page.h"

/* `words` stand line by line, as their `line` says; gives them new numbers of
 * lines and blocks and another order. `page` has its width and height. */
void layout_order(struct page_word *words, size_t count,
		  const struct page *page, struct arena *arena);
