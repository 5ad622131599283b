/*
 * Runes: text of headers, one number per character.
 *
 * A byte that is not ASCII and whose charset is not known yet is a number of
 * its own (RUNE_RAW + byte), so that it can still be read either way:
 * strictly, as U+FFFD, or by guessing at the charset, for people.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include <stdint.h>

enum {
	RUNE_BAD = 0xFFFD,
	RUNE_RAW = 0x110000
};

/* How to read what is not as it should be. */
enum manner {
	MANNER_STRICT, /* as the definition of an attachment says */
	MANNER_PEOPLE  /* so that people can read it */
};

struct runes {
	const uint32_t *at;
	size_t count;
};

struct rune_text {
	struct arena *arena;
	uint32_t *at;
	size_t count;
	size_t room;
};

void rune_add(struct rune_text *text, uint32_t rune);
void rune_add_all(struct rune_text *text, struct runes runes);
struct runes rune_result(const struct rune_text *text);

/* Bytes that are not ASCII become RUNE_RAW + byte. */
struct runes runes_of(struct bytes bytes, struct arena *arena);
struct runes runes_part(struct runes runes, size_t from, size_t to);
/* First place of `what` at or after `from`; runes.count when absent. */
size_t runes_find(struct runes runes, uint32_t what, size_t from);
bool runes_equal(struct runes runes, const char *ascii); /* in any case */
struct runes runes_strip(struct runes runes);
/* White space as Unicode has it, the separators 0x1c to 0x1f included. */
bool rune_is_space(uint32_t rune);
uint32_t rune_lower(uint32_t rune); /* ASCII only */

/* Each number below 256 and each raw one as a byte; what has none is written
 * out as \uXXXX (strict) or in UTF-8 (for people). */
struct bytes runes_bytes(struct runes runes, enum manner manner,
			 struct arena *arena);
/* UTF-8. Raw bytes become U+FFFD, or what they mean in Vietnamese. */
char *runes_print(struct runes runes, enum manner manner,
		  struct arena *arena);
