#include "reading/words.h"
#include "base/text.h"
#include "base/tree.h"
#include "reading/derived.h"
#include <string.h>

enum {
	WORDS_MAX = 20000, /* of a page */
	PAGES_MAX = 5000,
	WORD_PARTS = 7
};

static const char *find_source(const struct tree *page)
{
	static const char *const names[] = { "text", "ocr", "flow" };
	const char *said = tree_text(page, "source", "");

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(said, names[i]) == 0)
			return names[i];
	return "none";
}

static bool is_word(const struct tree *word)
{
	if (!word || tree_count(word) != WORD_PARTS || !tree_text_at(word, 4))
		return false;
	for (size_t i = 0; i < 4; i++) {
		int64_t at = tree_int_at(word, i);

		if (at < 0 || at > WORDS_SPAN)
			return false;
	}
	return true;
}

static void print_word(const struct tree *word, struct text *json)
{
	text_add_char(json, '[');
	for (size_t i = 0; i < WORD_PARTS; i++) {
		if (i)
			text_add_char(json, ',');
		if (i == 4)
			json_text_string(json, tree_text_at(word, i));
		else
			text_addf(json, "%lld",
				  (long long)tree_int_at(word, i));
	}
	text_add_char(json, ']');
}

static void print_page(const struct tree *page, struct text *json)
{
	const struct tree *words = tree_member(page, "words");
	bool first = true;

	text_addf(json,
		  "{\"number\":%lld,\"width\":%lld,\"height\":%lld,"
		  "\"source\":\"%s\",\"words\":[",
		  (long long)tree_int(page, "number", 0),
		  (long long)tree_int(page, "width", 0),
		  (long long)tree_int(page, "height", 0), find_source(page));
	for (size_t i = 0; words && i < tree_count(words) && i < WORDS_MAX;
	     i++) {
		if (!is_word(tree_at(words, i)))
			continue;
		if (!first)
			text_add_char(json, ',');
		first = false;
		print_word(tree_at(words, i), json);
	}
	text_add(json, "]}");
}

static int64_t chunk_of(int64_t number)
{
	return (number - 1) / WORDS_CHUNK;
}

static bool write_chunk(const char *folder, const struct digest *digest,
			int64_t chunk, const struct text *json,
			struct fail *why)
{
	auto_text suffix = { 0 };

	text_addf(&suffix, "w%lld", (long long)chunk);
	return derived_write(folder, digest, text_string(&suffix),
			     (struct bytes){ (unsigned char *)json->string,
					     json->size },
			     why);
}

/* Pages come in their order; those of one chunk stand together. */
bool words_write(const char *folder, const struct digest *digest,
		 const struct tree *pages, struct fail *why)
{
	size_t count = pages ? tree_count(pages) : 0;
	size_t i = 0;

	while (i < count && i < PAGES_MAX) {
		auto_text json = { 0 };
		int64_t number = tree_int(tree_at(pages, i), "number", 0);
		int64_t chunk = chunk_of(number);

		if (number < 1 || number > INT32_MAX)
			return fail(why, FAIL_REMOTE, "no page %lld",
				    (long long)number);
		text_add_char(&json, '[');
		for (bool first = true;
		     i < count &&
		     chunk_of(tree_int(tree_at(pages, i), "number", 0)) ==
			     chunk;
		     i++, first = false) {
			if (!first)
				text_add_char(&json, ',');
			print_page(tree_at(pages, i), &json);
		}
		text_add_char(&json, ']');
		if (!write_chunk(folder, digest, chunk, &json, why))
			return false;
	}
	return true;
}

struct tree *words_read(const char *folder, const struct digest *digest,
			int64_t number, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct bytes content;

	if (!derived_read(folder, digest,
			  arena_print(arena, "w%lld",
				      (long long)chunk_of(number)),
			  arena, &content, why))
		return NULL;
	return tree_parse(content, why);
}
