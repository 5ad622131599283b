/*
 * Highlight: where in a text the words are that were searched for.
 */
#pragma once
#include "core/match.h"
#include "core/search.h"

/* The whole text with its marks. NULL gives "". */
struct search_text highlight_text(const struct match *match, const char *text,
				  struct arena *arena);
/* Part of a long text around its first mark, "…" where it was cut; "" without
 * a mark. Looks at the first *budget bytes and takes them off it. *ret_at: the
 * byte of the text where the first mark begins. */
struct search_text highlight_excerpt(const struct match *match,
				     const char *text, size_t *budget,
				     struct arena *arena, size_t *ret_at);
/* Whether every term is in one of these; when exact, as typed. */
bool highlight_has_all(const struct match *match, bool is_exact,
		       const char *const *texts, size_t count);
