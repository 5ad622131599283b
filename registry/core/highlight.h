/*
 * Highlight: where in a text the words are that were searched for.
 */
#pragma once
#include "core/match.h"
#include "core/search.h"

struct highlight_found {
	bool all;	/* every term is in one of the texts */
	bool all_exact; /* as typed */
};

/* What of the match stands in these texts. ret_texts, unless NULL: each of them
 * whole, with its marks. */
struct highlight_found highlight_texts(const struct match *match,
				       const char *const *texts, size_t count,
				       struct arena *arena,
				       struct search_text *ret_texts);
/* Part of a long text around its first mark, "…" where it was cut; "" without
 * a mark. Looks at the first *budget bytes and takes them off it. *ret_at: the
 * byte of the text where the first mark begins. */
struct search_text highlight_excerpt(const struct match *match,
				     const char *text, size_t *budget,
				     struct arena *arena, size_t *ret_at);
