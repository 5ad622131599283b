/*
 * Highlight: where in a text the words are that were searched for.
 */
#pragma once
#include "core/match.h"
#include "core/search.h"

/* Whether every term of the match is in one of these texts. ret_exact, unless
 * NULL: whether each is there as it was typed. ret_texts, unless NULL: the
 * texts whole, with their marks; a text that is NULL gives "". */
bool highlight_texts(const struct match *match, const char *const *texts,
		     size_t count, struct arena *arena, bool *ret_exact,
		     struct search_text *ret_texts);
/* Part of a long text around its first mark, "…" where it was cut; "" without
 * a mark. Looks at the first *budget bytes and takes them off it. *ret_at: the
 * byte of the text where the first mark begins. */
struct search_text highlight_excerpt(const struct match *match,
				     const char *text, size_t *budget,
				     struct arena *arena, size_t *ret_at);
