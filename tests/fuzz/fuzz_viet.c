/*
 * Any bytes through everything of viet/ and the MATCH builder. What comes out
 * must be text, agree with itself, and be a MATCH that FTS5 would read.
 */
#include "base/arena.h"
#include "core/highlight.h"
#include "core/match.h"
#include "viet/encoding.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include "viet/word.h"
#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const charsets[] = {
	NULL,
	"utf-8",
	"windows-1258",
	"iso-8859-1",
	"x-viet-tcvn",
	"vni",
	"viscii",
	"utf-16",
	"utf-7",
	"gb18030",
	"koi8-r",
	"iso-2022-jp",
};

static void assert_text(const char *text)
{
	assert(bytes_is_utf8(bytes_of(text)));
}

static void try_encodings(struct bytes bytes, struct arena *arena)
{
	for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++) {
		const char *text =
			viet_from_charset(bytes, charsets[i], arena, NULL);

		assert_text(text);
		/* what was normal stays so */
		assert(strcmp(viet_normal(text, arena), text) == 0);
	}
}

static void try_keys(const char *string, struct arena *arena)
{
	const char *normal = viet_normal(string, arena);
	const char *fold = viet_fold(string, arena);

	assert_text(normal);
	assert_text(fold);
	assert_text(viet_key(string, arena));
	assert_text(viet_sort_key(string, arena));
	assert_text(viet_name_key(string, arena));
	assert_text(symbol_key(string, arena));
	assert_text(viet_repair(string, arena, NULL));
	assert_text(viet_from_font(string, ".VnTimeH", arena));
	assert(strcmp(viet_fold(fold, arena), fold) == 0);
}

static void try_symbol(const char *string, struct arena *arena)
{
	struct symbol symbol;

	if (!symbol_parse(string, arena, &symbol))
		return;
	assert_text(symbol_print(&symbol, arena));
	/* printed and read again it is the same symbol */
	assert(strcmp(symbol_key(symbol_print(&symbol, arena), arena),
		      symbol_key(string, arena)) == 0);
}

static void try_words(struct bytes bytes)
{
	struct word_reader reader = word_reader_of(bytes);
	struct word word;
	size_t before = 0;

	while (word_next(&reader, &word)) {
		assert(word.start >= before && word.end > word.start);
		assert(word.end <= bytes.size);
		assert(word.exact[0] && word.folded[0]);
		assert_text(word.exact);
		assert_text(word.folded);
		assert_text(word.whole);
		before = word.end;
	}
}

static void assert_balanced(const char *match)
{
	int depth = 0;
	bool is_quoted = false;

	for (; *match; match++) {
		is_quoted ^= *match == '"';
		if (!is_quoted)
			depth += (*match == '(') - (*match == ')');
		assert(depth >= 0);
	}
	assert(depth == 0 && !is_quoted);
}

static void try_match(const char *string, struct arena *arena)
{
	static const char *const kinds[] = { "ke" };
	static const char *const places[] = { "p1", "u2" };
	const struct match_filters filters = {
		.all = { { kinds, 1 }, { places, 2 } },
		.count = 2,
	};
	struct match match = match_parse(string, arena);
	struct search_text marked;
	bool is_exact;
	const char *text;
	size_t budget = 4096;
	size_t at;

	assert_balanced(match_print(&match, MATCH_ALL, &filters, arena));
	assert_balanced(
		match_print(&match, MATCH_TIER_FOLDED, &filters, arena));
	text = viet_normal(string, arena);
	(void)highlight_texts(&match, &text, 1, arena, &is_exact, &marked);
	(void)highlight_excerpt(&match, text, &budget, arena, &at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };
	auto_arena *arena = arena_create(0);
	const char *string =
		arena_copy_part(arena, size ? (const char *)data : "", size);

	if (size > 4096)
		return 0;
	try_encodings(bytes, arena);
	try_keys(string, arena);
	try_symbol(string, arena);
	try_words(bytes);
	try_match(string, arena);
	return 0;
}
