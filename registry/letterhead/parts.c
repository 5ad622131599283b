#include "letterhead/parts.h"
#include "base/text.h"
#include <string.h>

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
