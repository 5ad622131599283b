#include "letterhead/parts.h"
#include "base/text.h"
#include "viet/character.h"
#include "viet/fold.h"
#include "viet/syllable.h"
#include <string.h>

enum {
	LETTERS_MAX = 24,
	SYLLABLE_MIN = 3 /* letters of each word that is glued to others */
};

struct parts parts_split(const char *text, struct arena *arena)
{
	struct parts parts = { 0 };

	while (*text && parts.count < PARTS_MAX) {
		size_t size = strcspn(text, " ");

		if (size > 0)
			parts.words[parts.count++] =
				arena_copy_part(arena, text, size);
		text += size;
		text += strspn(text, " ");
	}
	return parts;
}

char *parts_join(const struct parts *parts, struct arena *arena)
{
	auto_text text = { 0 };

	for (size_t i = 0; i < parts->count; i++) {
		if (i > 0)
			text_add_char(&text, ' ');
		text_add(&text, parts->words[i]);
	}
	return arena_copy(arena, text_string(&text));
}

/* The letters of a word, small. */
static size_t letters_of(const char *word, uint32_t ret_letters[LETTERS_MAX])
{
	struct bytes bytes = bytes_of(word);
	size_t at = 0, count = 0;

	while (at < bytes.size && count < LETTERS_MAX)
		ret_letters[count++] =
			character_lower(character_read(bytes, &at));
	return at < bytes.size ? 0 : count;
}

/* In how many ways the letters from `at` on are syllables of some length; of
 * one way *ret_ends gets where each ends. */
static size_t count_ways(const uint32_t *letters, size_t count, size_t at,
			 unsigned *ret_ends)
{
	size_t ways = 0;

	if (at == count)
		return 1;
	for (size_t end = at + SYLLABLE_MIN; end <= count; end++) {
		unsigned ends = 0;
		size_t own;

		if (!syllable_is_legal(letters + at, end - at))
			continue;
		own = count_ways(letters, count, end, &ends);
		if (own > 0)
			*ret_ends = ends | 1U << end;
		ways += own;
	}
	return ways;
}

char *parts_unglue(const char *word, struct arena *arena)
{
	uint32_t letters[LETTERS_MAX];
	size_t count = letters_of(word, letters), at = 0;
	struct bytes bytes = bytes_of(word);
	auto_text apart = { 0 };
	unsigned ends = 0;

	/* "VICEM" is a name */
	if (count >= strlen(word) || count == 0 ||
	    syllable_is_legal(letters, count) ||
	    count_ways(letters, count, 0, &ends) != 1)
		return arena_copy(arena, word);
	for (size_t i = 0; i < count; i++) {
		size_t start = at;

		(void)character_read(bytes, &at);
		text_add_part(&apart, word + start, at - start);
		if (i + 1 < count && (ends & 1U << (i + 1)))
			text_add_char(&apart, ' ');
	}
	return arena_copy(arena, text_string(&apart));
}

static bool is_zone(const char *fold)
{
	return strcmp(fold, "vuc") == 0 || strcmp(fold, "vung") == 0 ||
	       strcmp(fold, "khu") == 0;
}

/* "XH" behind "KHU VỰC" is XII. */
static char *mend_numeral(const char *word, struct arena *arena)
{
	auto_text numeral = { 0 };

	if (strspn(word, "IVXHl1|") != strlen(word) || !strpbrk(word, "H|l"))
		return arena_copy(arena, word);
	for (; *word; word++)
		text_add(&numeral, *word == 'H'		  ? "II"
				   : strchr("l1|", *word) ? "I"
				   : *word == 'V'	  ? "V"
				   : *word == 'X'	  ? "X"
							  : "I");
	return arena_copy(arena, text_string(&numeral));
}

struct parts parts_recognised(const char *text, struct arena *arena)
{
	struct parts words = parts_split(text, arena);

	for (size_t i = 0; i < words.count; i++) {
		bool is_counted =
			i > 0 && is_zone(viet_fold(words.words[i - 1], arena));

		words.words[i] = is_counted
					 ? mend_numeral(words.words[i], arena)
					 : parts_unglue(words.words[i], arena);
	}
	return words;
}
