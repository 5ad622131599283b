#include "reader/runes.h"
#include "viet/character.h"
#include "viet/encoding.h"
#include <string.h>

void rune_add(struct rune_text *text, uint32_t rune)
{
	if (text->count == text->room) {
		size_t room = text->room ? text->room * 2 : 64;
		uint32_t *at = arena_array(text->arena, room, sizeof(*at));

		if (text->count)
			memcpy(at, text->at, text->count * sizeof(*at));
		text->at = at;
		text->room = room;
	}
	text->at[text->count++] = rune;
}

void rune_add_all(struct rune_text *text, struct runes runes)
{
	for (size_t i = 0; i < runes.count; i++)
		rune_add(text, runes.at[i]);
}

struct runes rune_result(const struct rune_text *text)
{
	return (struct runes){ text->at, text->count };
}

struct runes runes_of(struct bytes bytes, struct arena *arena)
{
	uint32_t *at = arena_array(arena, bytes.size + 1, sizeof(*at));

	for (size_t i = 0; i < bytes.size; i++) {
		at[i] = bytes.data[i];
		if (at[i] >= 0x80)
			at[i] += RUNE_RAW;
	}
	return (struct runes){ at, bytes.size };
}

struct runes runes_part(struct runes runes, size_t from, size_t to)
{
	if (to > runes.count)
		to = runes.count;
	if (from >= to)
		return (struct runes){ NULL, 0 };
	return (struct runes){ runes.at + from, to - from };
}

size_t runes_find(struct runes runes, uint32_t what, size_t from)
{
	while (from < runes.count && runes.at[from] != what)
		from++;
	return from < runes.count ? from : runes.count;
}

bool runes_equal(struct runes runes, const char *ascii)
{
	if (runes.count != strlen(ascii))
		return false;
	for (size_t i = 0; i < runes.count; i++) {
		if (rune_lower(runes.at[i]) != (unsigned char)ascii[i])
			return false;
	}
	return true;
}

bool rune_is_space(uint32_t rune)
{
	if (rune < 0x80)
		return rune == ' ' || (rune >= 9 && rune <= 13) ||
		       (rune >= 0x1c && rune <= 0x1f);
	return rune == 0x85 || rune == 0xa0 || rune == 0x1680 ||
	       (rune >= 0x2000 && rune <= 0x200a) || rune == 0x2028 ||
	       rune == 0x2029 || rune == 0x202f || rune == 0x205f ||
	       rune == 0x3000;
}

uint32_t rune_lower(uint32_t rune)
{
	return rune >= 'A' && rune <= 'Z' ? rune + 32 : rune;
}

struct runes runes_strip(struct runes runes)
{
	size_t from = 0;
	size_t to = runes.count;

	while (from < to && rune_is_space(runes.at[from]))
		from++;
	while (to > from && rune_is_space(runes.at[to - 1]))
		to--;
	return runes_part(runes, from, to);
}

static void add_escape(char *out, size_t *size, uint32_t rune)
{
	static const char digits[] = "0123456789abcdef";
	unsigned places = rune > 0xffff ? 8 : 4;

	out[(*size)++] = '\\';
	out[(*size)++] = places == 8 ? 'U' : 'u';
	while (places--)
		out[(*size)++] = digits[(rune >> (4 * places)) & 15];
}

struct bytes runes_bytes(struct runes runes, enum manner manner,
			 struct arena *arena)
{
	char *out = arena_alloc(arena, runes.count * 10 + 1);
	size_t size = 0;

	for (size_t i = 0; i < runes.count; i++) {
		uint32_t rune = runes.at[i];

		if (rune >= RUNE_RAW && manner == MANNER_STRICT)
			add_escape(out, &size, RUNE_BAD);
		else if (rune >= RUNE_RAW)
			out[size++] = (char)(rune - RUNE_RAW);
		else if (rune < 0x100)
			out[size++] = (char)rune;
		else if (manner == MANNER_STRICT)
			add_escape(out, &size, rune);
		else
			size += character_write(rune, out + size);
	}
	return (struct bytes){ (const unsigned char *)out, size };
}

/* A rune as UTF-8: U+FFFD for what has no place there. */
static size_t print_rune(uint32_t rune, char *out)
{
	if (rune == 0 || rune >= RUNE_RAW || (rune & 0xfffff800U) == 0xd800)
		rune = RUNE_BAD;
	return character_write(rune, out);
}

/* Raw bytes between ASCII: the whole is one text in one unknown charset. */
static char *guess(struct runes runes, struct arena *arena)
{
	char *out = arena_alloc(arena, runes.count + 1);

	for (size_t i = 0; i < runes.count; i++)
		out[i] = (char)(runes.at[i] & 0xff);
	return viet_from_charset(
		(struct bytes){ (const unsigned char *)out, runes.count },
		NULL, arena, NULL);
}

static bool may_guess(struct runes runes)
{
	bool raw = false;

	for (size_t i = 0; i < runes.count; i++) {
		if (runes.at[i] >= RUNE_RAW)
			raw = true;
		else if (runes.at[i] >= 0x80)
			return false;
	}
	return raw;
}

char *runes_print(struct runes runes, enum manner manner,
		  struct arena *arena)
{
	char *out;
	size_t size = 0;

	if (manner == MANNER_PEOPLE && may_guess(runes))
		return guess(runes, arena);
	out = arena_alloc(arena, runes.count * CHARACTER_UTF8_SIZE + 1);
	for (size_t i = 0; i < runes.count; i++)
		size += print_rune(runes.at[i], out + size);
	out[size] = 0;
	return out;
}
