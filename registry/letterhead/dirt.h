/*
 * Dirt: what recognition took for a word.
 */
#pragma once
#include "letterhead/page.h"

/* Whether the word is blank, a speck, or one that was seen twice: then the one
 * that is less sure. */
bool dirt_is(const struct page *page, size_t at);
