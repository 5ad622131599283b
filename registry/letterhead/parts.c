#include "letterhead/parts.h"
#include "base/text.h"
#include "viet/character.h"
#include "viet/syllable.h"
#include <string.h>

enum {
	LETTERS_MAX = 14,
	SYLLABLE_MIN = 3 /* letters of each of two words that are glued */
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

char *parts_unglue(const char *word, struct arena *arena)
{
	uint32_t letters[LETTERS_MAX];
	size_t count = letters_of(word, letters), found = 0, at = 0;
	struct bytes bytes = bytes_of(word);

	/* "VICEM" is a name */
	if (count < strlen(word) && !syllable_is_legal(letters, count))
		at = SYLLABLE_MIN;
	for (size_t i = at; i > 0 && i + SYLLABLE_MIN <= count; i++) {
		if (!syllable_is_legal(letters, i) ||
		    !syllable_is_legal(letters + i, count - i))
			continue;
		if (found > 0)
			return arena_copy(arena, word);
		found = i;
	}
	if (found == 0)
		return arena_copy(arena, word);
	at = 0;
	for (size_t i = 0; i < found; i++)
		(void)character_read(bytes, &at);
	return arena_print(arena, "%.*s %s", (int)at, word, word + at);
}
