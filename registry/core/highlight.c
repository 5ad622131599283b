#include "core/highlight.h"
#include "viet/word.h"
#include <string.h>

enum {
	WORDS_MAX = 4096, /* of one text that are looked at */
	MARKS_MAX = 200,
	BEFORE = 70, /* bytes of an excerpt before and after the first mark */
	AFTER = 170
};

struct words {
	struct word *at;
	size_t count, room;
};

struct mark {
	size_t start, end; /* bytes */
};

struct marks {
	struct mark at[MARKS_MAX];
	size_t count;
};

/* In the room of the text before. */
static void read_words(struct words *words, struct bytes text)
{
	struct word_reader reader = word_reader_of(text);

	for (words->count = 0; words->count < WORDS_MAX; words->count++) {
		if (words->count == words->room) {
			words->room = words->room ? words->room * 2 : 32;
			words->at = memory_grow(words->at,
						words->room *
							sizeof *words->at);
		}
		if (!word_next(&reader, &words->at[words->count]))
			return;
	}
}

static bool is_token(const char *found, const char *wanted, bool is_prefix)
{
	return is_prefix ? strncmp(found, wanted, strlen(wanted)) == 0
			 : strcmp(found, wanted) == 0;
}

/* The end of the phrase in the text when it begins with word `at`; 0: not. */
static size_t phrase_end(const struct match_phrase *phrase,
			 const struct words *words, size_t at)
{
	size_t i;

	if (words->count - at < phrase->count || phrase->count == 0)
		return 0;
	for (i = 0; i < phrase->count; i++) {
		const struct word *word = &words->at[at + i];
		const char *found = phrase->form == MATCH_EXACT ? word->exact
				    : phrase->form == MATCH_FOLDED
					    ? word->folded
					    : word->whole;

		if (!is_token(found, phrase->tokens[i],
			      phrase->is_prefix && i + 1 == phrase->count))
			return 0;
	}
	at += phrase->count - 1;
	return phrase->form == MATCH_WHOLE ? words->at[at].whole_end
					   : words->at[at].end;
}

static size_t term_end(const struct match_term *term,
		       const struct words *words, size_t at)
{
	for (size_t i = 0; i < term->count; i++) {
		size_t end = phrase_end(&term->spellings[i], words, at);

		if (end > 0)
			return end;
	}
	return 0;
}

static void find_marks(const struct match *match, const struct words *words,
		       struct marks *marks)
{
	marks->count = 0;
	for (size_t at = 0; at < words->count; at++) {
		size_t end = 0;

		if (marks->count > 0 &&
		    words->at[at].start < marks->at[marks->count - 1].end)
			continue;
		for (size_t i = 0; i < match->count; i++) {
			size_t own = term_end(&match->terms[i], words, at);

			if (own > end)
				end = own;
		}
		if (end == 0)
			continue;
		marks->at[marks->count++] =
			(struct mark){ words->at[at].start, end };
		if (marks->count == MARKS_MAX)
			return;
	}
}

/* UTF-16 units of these bytes. */
static size_t units(const char *text, size_t size)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++) {
		unsigned char byte = (unsigned char)text[i];

		if ((byte & 0xC0) != 0x80)
			count += byte >= 0xF0 ? 2 : 1;
	}
	return count;
}

/* `lead` units stand before the text. */
static struct search_text print_ranges(const char *text,
				       const struct marks *marks, size_t from,
				       size_t lead, struct arena *arena)
{
	struct search_range *ranges =
		arena_array(arena, marks->count + 1, sizeof *ranges);
	size_t at = from, unit = lead;

	for (size_t i = 0; i < marks->count; i++) {
		const struct mark *mark = &marks->at[i];

		unit += units(text + at, mark->start - at);
		ranges[i].start = unit;
		ranges[i].length = units(text + mark->start,
					 mark->end - mark->start);
		unit += ranges[i].length;
		at = mark->end;
	}
	return (struct search_text){ .ranges = ranges,
				     .range_count = marks->count };
}

/* A place where the text may be cut: after white space, near `wanted`. */
static size_t cut_before(const char *text, size_t wanted)
{
	size_t at = wanted;

	while (at > 0 && at + 30 > wanted && text[at - 1] != ' ' &&
	       text[at - 1] != '\n')
		at--;
	while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return at;
}

/* Line and page ends become spaces; "…" where something was left out. */
static const char *print_part(const char *text, size_t from, size_t to,
			      struct arena *arena)
{
	char *part = arena_print(arena, "%s%.*s%s", from > 0 ? "…" : "",
				 (int)(to - from), text + from,
				 text[to] ? "…" : "");

	for (char *c = part; *c; c++) {
		if ((unsigned char)*c < ' ')
			*c = ' ';
	}
	return part;
}

static struct search_text cut_excerpt(const char *text, struct marks *marks,
				      struct arena *arena)
{
	size_t size = strlen(text);
	size_t first = marks->at[0].start, last = marks->at[0].end, kept = 0;
	size_t from = first > BEFORE ? cut_before(text, first - BEFORE) : 0;
	size_t to = size - last > AFTER ? cut_before(text, last + AFTER) : size;
	struct search_text result;

	to = to < last ? last : to;
	while (kept < marks->count && marks->at[kept].end <= to)
		kept++;
	marks->count = kept;
	result = print_ranges(text, marks, from, from > 0 ? 1 : 0, arena);
	result.string = print_part(text, from, to, arena);
	return result;
}

struct search_text highlight_excerpt(const struct match *match,
				     const char *text, size_t *budget,
				     struct arena *arena, size_t *ret_at)
{
	struct bytes bytes = text ? bytes_of(text) : (struct bytes){ 0 };
	struct words words = { .at = NULL };
	struct marks marks = { .count = 0 };

	if (bytes.size > *budget)
		bytes.size = *budget;
	*budget -= bytes.size;
	*ret_at = 0;
	if (match->count == 0 || bytes.size == 0)
		return (struct search_text){ .string = "" };
	read_words(&words, bytes);
	find_marks(match, &words, &marks);
	memory_free(words.at);
	if (marks.count == 0)
		return (struct search_text){ .string = "" };
	*ret_at = marks.at[0].start;
	return cut_excerpt(text, &marks, arena);
}

static bool has_term(const struct match_term *term, bool is_exact,
		     const struct words *words)
{
	for (size_t at = 0; at < words->count; at++) {
		size_t end = is_exact && term->exact.count > 0
				     ? phrase_end(&term->exact, words, at)
				     : term_end(term, words, at);

		if (end > 0)
			return true;
	}
	return false;
}

/* Terms that were seen in one text or another. */
struct seen {
	bool term[MATCH_TERMS_MAX];
	size_t count;
};

static void see(struct seen *seen, const struct match *match, bool is_exact,
		const struct words *words)
{
	for (size_t i = 0; i < match->count; i++) {
		if (seen->term[i] ||
		    !has_term(&match->terms[i], is_exact, words))
			continue;
		seen->term[i] = true;
		seen->count++;
	}
}

bool highlight_texts(const struct match *match, const char *const *texts,
		     size_t count, struct arena *arena, bool *ret_exact,
		     struct search_text *ret_texts)
{
	struct words words = { .at = NULL };
	struct seen any = { .count = 0 }, exact = { .count = 0 };
	struct marks marks;

	for (size_t i = 0; i < count; i++) {
		const char *text = texts[i] ? texts[i] : "";

		if (ret_texts)
			ret_texts[i] = (struct search_text){ .string = text };
		if (match->count == 0 || text[0] == '\0')
			continue;
		read_words(&words, bytes_of(text));
		see(&any, match, false, &words);
		if (ret_exact)
			see(&exact, match, true, &words);
		if (!ret_texts)
			continue;
		find_marks(match, &words, &marks);
		ret_texts[i] = print_ranges(text, &marks, 0, 0, arena);
		ret_texts[i].string = text;
	}
	memory_free(words.at);
	if (ret_exact)
		*ret_exact = exact.count == match->count;
	return any.count == match->count;
}
