#include "base/text.h"
#include "base/arena.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	DEFAULT_LIMIT = 64 * 1024 * 1024
};

void text_done(struct text *text)
{
	memory_free(text->string);
	*text = (struct text){ .limit = text->limit };
}

void text_clear(struct text *text)
{
	text->size = 0;
	text->over = false;
	if (text->string)
		text->string[0] = '\0';
}

static bool make_room(struct text *text, size_t more)
{
	size_t limit = text->limit ? text->limit : DEFAULT_LIMIT;
	size_t room = text->room ? text->room : 64;

	if (text->over || more > limit - text->size) {
		text->over = true;
		return false;
	}
	while (room < text->size + more + 1)
		room *= 2;
	if (room != text->room) {
		text->string = memory_grow(text->string, room);
		text->room = room;
	}
	return true;
}

void text_add_part(struct text *text, const char *start, size_t size)
{
	if (!make_room(text, size))
		return;
	if (size)
		memcpy(text->string + text->size, start, size);
	text->size += size;
	text->string[text->size] = '\0';
}

void text_add(struct text *text, const char *string)
{
	text_add_part(text, string, strlen(string));
}

void text_add_char(struct text *text, char c)
{
	text_add_part(text, &c, 1);
}

void text_addf(struct text *text, const char *format, ...)
{
	va_list list, again;
	int size;

	va_start(list, format);
	va_copy(again, list);
	size = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (size >= 0 && make_room(text, (size_t)size)) {
		(void)vsnprintf(text->string + text->size, (size_t)size + 1,
				format, list);
		text->size += (size_t)size;
	}
	va_end(list);
}

const char *text_string(const struct text *text)
{
	return text->string ? text->string : "";
}
