/*
 * Any bytes as the name of a file inside a file: what people see has no path,
 * no control and no mark of direction, and is not long.
 */
#include "base/arena.h"
#include "reader/member.h"
#include "viet/character.h"
#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	NAME_SIZE = 240
};

static void check_character(uint32_t character)
{
	assert(character >= 0x20 && character != 0x7f);
	assert(character != '/' && character != '\\');
	assert(!(character >= 0x80 && character < 0xa0));
	assert(!(character >= 0x200b && character <= 0x200f));
	assert(!(character >= 0x2028 && character <= 0x202e));
	assert(!(character >= 0x2066 && character <= 0x2069));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	auto_arena *arena = arena_create(0);
	const char *name = member_name((struct bytes){ data, size }, arena);
	struct bytes text;
	size_t at = 0;

	if (!name)
		return 0;
	text = bytes_of(name);
	assert(text.size > 0 && text.size <= NAME_SIZE);
	assert(bytes_is_utf8(text));
	assert(strcmp(name, ".") != 0 && strcmp(name, "..") != 0);
	assert(name[text.size - 1] != ' ' && name[text.size - 1] != '.');
	while (at < text.size)
		check_character(character_read(text, &at));
	return 0;
}
