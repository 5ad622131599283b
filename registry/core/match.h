/*
 * Match: what a person typed, as terms, and as the one text that FTS5 is
 * given. Nobody else writes a MATCH; whatever is typed, it compiles.
 */
#pragma once
#include "base/arena.h"
#include "base/text.h"
#include <stddef.h>
#include <stdint.h>

enum {
	MATCH_TERMS_MAX = 16,  /* further words are not looked at */
	MATCH_PHRASE_MAX = 12, /* words of a phrase */
	MATCH_SPELLINGS_MAX = 3,
	MATCH_FILTERS_MAX = 16
};

enum match_form {
	MATCH_EXACT,  /* as written */
	MATCH_FOLDED, /* without diacritics */
	MATCH_WHOLE   /* a whole symbol: "12/qd-ubnd" */
};

/* Tokens of viet/word.h in a row. */
struct match_phrase {
	enum match_form form;
	const char *tokens[MATCH_PHRASE_MAX];
	size_t count;
	bool is_prefix; /* the last token may go on */
};

/* One thing that must be found, in one of its spellings ("ubnd", "uy ban nhan
 * dan"). */
struct match_term {
	struct match_phrase spellings[MATCH_SPELLINGS_MAX];
	size_t count;
	struct match_phrase exact; /* count 0: the spellings say it all */
};

struct match {
	struct match_term terms[MATCH_TERMS_MAX];
	size_t count;
	bool has_exact; /* diacritics were typed: exact ranks first */
	/* A number alone, "đến 4871" or a symbol; else 0 and "". */
	int64_t number;
	const char *direction; /* "in", "out" or "" */
	const char *symbol_key;
};

/* Any bytes. */
struct match match_parse(const char *typed, struct arena *arena);

/* Tags such as "i12", of which one must be there. */
struct match_filter {
	const char *const *tags;
	size_t count;
};

/* Each of them must hold. */
struct match_filters {
	struct match_filter all[MATCH_FILTERS_MAX];
	size_t count;
};

enum match_tier {
	MATCH_ALL,	   /* folded, whatever the diacritics */
	MATCH_TIER_EXACT,  /* spelled as typed */
	MATCH_TIER_FOLDED, /* all but those */
};

/* "" when nothing is asked for: no term and no filter. */
const char *match_print(const struct match *match, enum match_tier tier,
			const struct match_filters *filters,
			struct arena *arena);
