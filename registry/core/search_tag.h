/*
 * Search tags that are more than an id or a word: signers by their names, and
 * deadlines, which pass while the index stands still. For core/search*.c.
 */
#pragma once
#include "base/arena.h"
#include "core/match.h"
#include <stddef.h>
#include <stdint.h>

struct search_item;

/* Of a name, however it is written: one word of the index. "" when the name
 * has no letter; a very long one is cut. */
const char *search_signer_key(const char *name, struct arena *arena);
/* The name again, as names are written. */
const char *search_signer_name(const char *key, struct arena *arena);

/* What the item is to its deadline, so that no day needs it anew. */
void search_deadline_add(struct search_item *item);
/* The tags of items that on `today` are any of those asked for, which are
 * "lmet", "lopen" and "loverdue". */
struct match_filter search_deadline_filter(const struct match_filter *asked,
					   int64_t today, struct arena *arena);
/* Which of the three a tag of an item means on `today`. NULL for all of its
 * tags but one, so that an item counts once. */
const char *search_deadline_value(const char *tag, size_t size, int64_t today);
