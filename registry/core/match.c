#include "core/match.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include "viet/word.h"
#include <stdlib.h>
#include <string.h>

enum {
	TOKENS_MAX = 64
};

/* A word as typed. */
struct token {
	const char *exact, *folded, *whole;
	size_t start, end, whole_end;
	bool is_quoted;
	size_t quote; /* which pair of quotes */
};

struct typed {
	struct bytes text;
	struct token tokens[TOKENS_MAX];
	size_t count;
	bool is_open; /* ends within a word */
};

/* Short forms and what they stand for, folded. */
static const char *const abbreviations[][2] = {
	{ "ubnd", "uy ban nhan dan" },
	{ "hdnd", "hoi dong nhan dan" },
	{ "tthc", "thu tuc hanh chinh" },
	{ "cchc", "cai cach hanh chinh" },
	{ "khtc", "ke hoach tai chinh" },
	{ "bvtv", "bao ve thuc vat" },
	{ "gddt", "giao duc va dao tao" },
	{ "khdt", "ke hoach va dau tu" },
	{ "nnptnt", "nong nghiep va phat trien nong thon" },
	{ "tnmt", "tai nguyen va moi truong" },
	{ "tphcm", "thanh pho ho chi minh" },
	{ "vpcp", "van phong chinh phu" },
};

enum {
	ABBREVIATION_COUNT = sizeof abbreviations / sizeof abbreviations[0]
};

/* Straight and typographic; 0 when there is none at `at`, else its bytes. */
static size_t quote_at(struct bytes text, size_t at)
{
	static const char *const quotes[] = { "\"", "“", "”", "„", "«", "»" };

	for (size_t i = 0; i < sizeof quotes / sizeof quotes[0]; i++) {
		size_t size = strlen(quotes[i]);

		if (text.size - at >= size &&
		    memcmp(text.data + at, quotes[i], size) == 0)
			return size;
	}
	return 0;
}

/* A quote that is never closed quotes to the end. */
static void mark_quotes(struct typed *typed)
{
	size_t quote = 0, at = 0;

	for (size_t i = 0; i < typed->count; i++) {
		struct token *token = &typed->tokens[i];

		while (at < token->start) {
			size_t size = quote_at(typed->text, at);

			quote += size > 0;
			at += size > 0 ? size : 1;
		}
		token->is_quoted = quote % 2 == 1;
		token->quote = quote;
	}
}

static void read_typed(const char *text, struct arena *arena,
		       struct typed *typed)
{
	struct word_reader reader;
	struct word word;

	*typed = (struct typed){ .text = bytes_of(text) };
	reader = word_reader_of(typed->text);
	while (typed->count < TOKENS_MAX && word_next(&reader, &word)) {
		typed->tokens[typed->count++] = (struct token){
			.exact = arena_copy(arena, word.exact),
			.folded = arena_copy(arena, word.folded),
			.whole = arena_copy(arena, word.whole),
			.start = word.start,
			.end = word.end,
			.whole_end = word.whole[0] ? word.whole_end : 0,
		};
	}
	typed->is_open = typed->count > 0 &&
			 typed->tokens[typed->count - 1].end ==
				 typed->text.size;
	mark_quotes(typed);
}

/* Prefixes of one character would read half of the index. */
static bool is_long_enough(const char *folded)
{
	size_t characters = 0;

	for (; *folded; folded++)
		characters += ((unsigned char)*folded & 0xC0) != 0x80;
	return characters >= 2;
}

static void phrase_add(struct match_phrase *phrase, const char *token)
{
	if (phrase->count < MATCH_PHRASE_MAX)
		phrase->tokens[phrase->count++] = token;
}

static void phrase_add_words(struct match_phrase *phrase, const char *words,
			     struct arena *arena)
{
	while (*words) {
		size_t size = strcspn(words, " ");

		phrase_add(phrase, arena_copy_part(arena, words, size));
		words += size;
		words += strspn(words, " ");
	}
}

static size_t count_words(const char *words)
{
	size_t count = 1;

	for (; *words; words++)
		count += *words == ' ';
	return count;
}

/* Whether the unquoted words from `at` spell this out. */
static bool spells(const struct typed *typed, size_t at, const char *words)
{
	for (; at < typed->count && *words; at++) {
		const struct token *token = &typed->tokens[at];
		size_t size = strcspn(words, " ");

		if (token->is_quoted || token->whole[0] != '\0' ||
		    strlen(token->folded) != size ||
		    memcmp(token->folded, words, size) != 0)
			return false;
		words += size;
		words += strspn(words, " ");
	}
	return *words == '\0';
}

static size_t add_quoted(const struct typed *typed, size_t at,
			 struct match_term *term)
{
	size_t first = at;

	term->spellings[0] = (struct match_phrase){ .form = MATCH_EXACT };
	term->count = 1;
	while (at < typed->count && typed->tokens[at].is_quoted &&
	       typed->tokens[at].quote == typed->tokens[first].quote)
		phrase_add(&term->spellings[0], typed->tokens[at++].exact);
	return at;
}

/* "12/QĐ-UBND", finished or not. */
static size_t add_whole(const struct typed *typed, size_t at,
			struct match_term *term)
{
	size_t end = typed->tokens[at].whole_end;

	term->spellings[0] = (struct match_phrase){ .form = MATCH_WHOLE,
						    .is_prefix = true };
	term->count = 1;
	phrase_add(&term->spellings[0], typed->tokens[at].whole);
	while (at < typed->count && typed->tokens[at].start < end)
		at++;
	return at;
}

/* "ủy ban nhân dân" finds "UBND" too. */
static size_t add_spelled_out(const struct typed *typed, size_t at,
			      size_t which, struct match_term *term,
			      struct arena *arena)
{
	const char *words = abbreviations[which][1];
	size_t end = at + count_words(words);

	term->count = 2;
	term->spellings[0].form = term->spellings[1].form = MATCH_FOLDED;
	term->exact.form = MATCH_EXACT;
	phrase_add_words(&term->spellings[0], words, arena);
	phrase_add(&term->spellings[1], abbreviations[which][0]);
	for (; at < end; at++)
		phrase_add(&term->exact, typed->tokens[at].exact);
	return end;
}

static size_t add_word(const struct typed *typed, size_t at,
		       struct match_term *term, struct arena *arena)
{
	const struct token *token = &typed->tokens[at];
	bool is_prefix = typed->is_open && at + 1 == typed->count &&
			 is_long_enough(token->folded);

	term->count = 1;
	term->spellings[0].form = MATCH_FOLDED;
	term->exact.form = MATCH_EXACT;
	term->spellings[0].is_prefix = term->exact.is_prefix = is_prefix;
	phrase_add(&term->spellings[0], token->folded);
	phrase_add(&term->exact, token->exact);
	for (size_t i = 0; i < ABBREVIATION_COUNT; i++) {
		if (strcmp(token->folded, abbreviations[i][0]) != 0)
			continue;
		term->count = 2;
		term->spellings[1].form = MATCH_FOLDED;
		phrase_add_words(&term->spellings[1], abbreviations[i][1],
				 arena);
	}
	return at + 1;
}

/* One term from the token at `at`; gives the token after it. */
static size_t add_term(const struct typed *typed, size_t at,
		       struct match *match, struct arena *arena)
{
	struct match_term *term = &match->terms[match->count++];

	if (typed->tokens[at].is_quoted)
		return add_quoted(typed, at, term);
	if (typed->tokens[at].whole[0] != '\0')
		return add_whole(typed, at, term);
	for (size_t i = 0; i < ABBREVIATION_COUNT; i++) {
		if (spells(typed, at, abbreviations[i][1]))
			return add_spelled_out(typed, at, i, term, arena);
	}
	return add_word(typed, at, term, arena);
}

/* Diacritics were typed when an exact token is neither the folded one nor
 * that one with its sign. Leading zeros are no diacritics. */
static bool has_diacritics(const struct token *token)
{
	return token->exact[0] != '=' && token->whole[0] == '\0' &&
	       !(token->exact[0] >= '0' && token->exact[0] <= '9') &&
	       strcmp(token->exact, token->folded) != 0;
}

static int64_t number_of(const struct token *token)
{
	size_t size = strlen(token->folded);

	if (size == 0 || size > 7 ||
	    strspn(token->folded, "0123456789") != size)
		return 0;
	return strtoll(token->folded, NULL, 10);
}

/* "đến 4871", "đi 1963", "số 12": the first word says what number it is. */
static bool read_number_shape(const struct typed *typed, struct match *match)
{
	static const char *const shapes[][2] = {
		{ "den", "in" },
		{ "di", "out" },
		{ "so", "" },
	};
	const struct token *first = &typed->tokens[0];

	if (typed->count == 1)
		match->number = number_of(first);
	if (typed->count != 2 || number_of(&typed->tokens[1]) == 0)
		return false;
	for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
		if (strcmp(first->folded, shapes[i][0]) == 0 &&
		    !first->is_quoted) {
			match->number = number_of(&typed->tokens[1]);
			match->direction = shapes[i][1];
			return true;
		}
	}
	return false;
}

struct match match_parse(const char *typed_text, struct arena *arena)
{
	struct match match = { .direction = "", .symbol_key = "" };
	struct typed typed;
	struct symbol symbol;
	size_t at = 0;

	read_typed(typed_text, arena, &typed);
	if (typed.count == 0)
		return match;
	if (read_number_shape(&typed, &match))
		at = 1;
	else if (symbol_parse(typed_text, arena, &symbol) &&
		 symbol.notation[0] != '\0')
		match.symbol_key = symbol_key(typed_text, arena);
	while (at < typed.count && match.count < MATCH_TERMS_MAX) {
		match.has_exact |= !typed.tokens[at].is_quoted &&
				   has_diacritics(&typed.tokens[at]);
		at = add_term(&typed, at, &match, arena);
	}
	/* Words that a term took along count as well. */
	for (size_t i = 0; i < typed.count; i++)
		match.has_exact |= !typed.tokens[i].is_quoted &&
				   has_diacritics(&typed.tokens[i]);
	return match;
}

/* FTS5's string: quotes doubled. Tokens hold none, but nothing rests on it. */
static void print_token(struct text *text, const char *token)
{
	for (; *token; token++) {
		if (*token == '"')
			text_add_char(text, '"');
		text_add_char(text, *token);
	}
}

static void print_phrase(struct text *text, const struct match_phrase *phrase)
{
	text_add_char(text, '"');
	for (size_t i = 0; i < phrase->count; i++) {
		if (i > 0)
			text_add_char(text, ' ');
		print_token(text, phrase->tokens[i]);
	}
	text_add(text, phrase->is_prefix ? "\" *" : "\"");
}

static void print_term(struct text *text, const struct match_term *term,
		       bool is_exact)
{
	if (is_exact && term->exact.count > 0) {
		print_phrase(text, &term->exact);
		return;
	}
	text_add_char(text, '(');
	for (size_t i = 0; i < term->count; i++) {
		if (i > 0)
			text_add(text, " OR ");
		print_phrase(text, &term->spellings[i]);
	}
	text_add_char(text, ')');
}

static void print_terms(struct text *text, const struct match *match,
			bool is_exact)
{
	text_add_char(text, '(');
	for (size_t i = 0; i < match->count; i++) {
		if (i > 0)
			text_add(text, " AND ");
		print_term(text, &match->terms[i], is_exact);
	}
	text_add_char(text, ')');
}

static void print_filter(struct text *text, const struct match_filter *filter)
{
	text_add(text, "(tags : ");
	if (filter->count > 1)
		text_add_char(text, '(');
	for (size_t i = 0; i < filter->count; i++) {
		text_add(text, i == 0 ? "\"\x01" : " OR \"\x01");
		print_token(text, filter->tags[i]);
		text_add_char(text, '"');
	}
	text_add(text, filter->count > 1 ? "))" : ")");
}

static void print_filters(struct text *text,
			  const struct match_filters *filters)
{
	for (size_t i = 0; i < filters->count; i++) {
		if (text->size > 0)
			text_add(text, " AND ");
		print_filter(text, &filters->all[i]);
	}
}

const char *match_print(const struct match *match, enum match_tier tier,
			const struct match_filters *filters,
			struct arena *arena)
{
	auto_text text = { 0 };

	if (match->count > 0 && tier == MATCH_TIER_FOLDED) {
		text_add_char(&text, '(');
		print_terms(&text, match, false);
		text_add(&text, " NOT ");
		print_terms(&text, match, true);
		text_add_char(&text, ')');
	} else if (match->count > 0) {
		print_terms(&text, match, tier == MATCH_TIER_EXACT);
	}
	print_filters(&text, filters);
	return arena_copy(arena, text_string(&text));
}
