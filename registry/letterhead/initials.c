#include "letterhead/initials.h"
#include "base/bytes.h"
#include "base/text.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	INITIALS_SIZE = 64
};

/* "ubndtld" of "Ủy ban nhân dân tỉnh Lâm Đồng". */
static void initials_of(const char *name, struct arena *arena,
			char ret_initials[INITIALS_SIZE])
{
	const char *fold = viet_fold(name, arena);
	size_t size = 0;
	char before = ' ';

	for (; *fold && size < INITIALS_SIZE - 1; fold++) {
		if (before == ' ' && *fold >= 'a' && *fold <= 'z')
			ret_initials[size++] = *fold;
		before = *fold;
	}
	ret_initials[size] = '\0';
}

/* Whether the letters of the code stand in the initials in their order. */
static bool stands_for(const char *code, const char *initials)
{
	size_t letters = 0, found = 0;

	for (; *code; code++) {
		if (*code < 'a' || *code > 'z')
			continue;
		letters++;
		while (*initials && *initials != *code)
			initials++;
		if (*initials) {
			found++;
			initials++;
		}
	}
	return letters >= 2 && found == letters;
}

static uint32_t plain_of(uint32_t c)
{
	c = character_base(character_lower(c));
	return c == 0x111 ? 'd' : c;
}

/* Whether capitals of the code begin words of the name, and small letters go
 * on with them: SNgV is "Sở Ngoại vụ", TTr "Thanh tra". */
static bool spells(const char *code, const char *fold)
{
	struct bytes bytes = bytes_of(code);
	size_t at = 0, letters = 0;
	char before = ' ';

	while (at < bytes.size) {
		uint32_t c = character_read(bytes, &at);

		if (character_class_of(c) != CHARACTER_LETTER ||
		    character_is_digit(c))
			continue;
		letters++;
		while (character_is_upper(c) && *fold &&
		       (before != ' ' || plain_of(c) != (uint32_t)*fold))
			before = *fold++;
		if (!*fold || plain_of(c) != (uint32_t)*fold)
			return false;
		before = *fold++;
	}
	return letters >= 2;
}

/* The part of the notation that is the agency: behind the type, or the first
 * of a letter's. */
bool initials_name(const struct number *number, const char *issuer,
		   struct arena *arena)
{
	size_t first = number->type && number->group_count > 1 ? 1 : 0;
	const char *fold = viet_fold(issuer, arena);
	char initials[INITIALS_SIZE];

	initials_of(issuer, arena, initials);
	for (size_t i = first; i < number->group_count; i++) {
		if (stands_for(viet_fold(number->groups[i], arena), initials) ||
		    spells(number->groups[i], fold))
			return true;
	}
	return false;
}

char *initials_code(const char *agency, struct arena *arena)
{
	auto_text code = { 0 };
	struct bytes text = bytes_of(agency);
	char utf8[CHARACTER_UTF8_SIZE];
	bool is_start = true;
	size_t at = 0;

	while (at < text.size) {
		bool is_and = is_start &&
			      strncmp(agency + at, "và ", strlen("và ")) == 0;
		uint32_t c = character_lower(character_read(text, &at));

		if (is_start && !is_and &&
		    character_class_of(c) == CHARACTER_LETTER) {
			c = c == 0x111 ? 0x110
				       : character_upper(character_base(c));
			text_add_part(&code, utf8, character_write(c, utf8));
		}
		is_start = c == ' ' || c == '-';
	}
	return arena_copy(arena, text_string(&code));
}
