/*
 * Characters: letters, marks and tones, by fixed tables, so that keys on disk
 * never depend on the version of a library.
 */
#pragma once
#include "base/bytes.h"
#include <stdint.h>

enum {
	CHARACTER_BAD = 0xFFFD, /* what invalid bytes read as */
	CHARACTER_UTF8_SIZE = 4,
	CHARACTER_ROW_COUNT = 656,
	CHARACTER_PAIR_COUNT = 251
};

enum character_class {
	CHARACTER_GAP,	  /* between words */
	CHARACTER_LETTER, /* and digits */
	CHARACTER_ALONE,  /* a word of its own: ideographs, kana */
	CHARACTER_MARK,	  /* combines with the letter before */
	CHARACTER_SILENT  /* soft hyphen, zero width: as if absent */
};

struct character_row {
	uint16_t lower, toneless, base;
	uint8_t tone; /* 0 none, huyền, hỏi, ngã, sắc, 5 nặng */
};

struct character_pair {
	uint16_t letter, mark, both;
};

extern const struct character_row character_rows[CHARACTER_ROW_COUNT];
extern const struct character_pair character_pairs[CHARACTER_PAIR_COUNT];

/* The character at *at, which moves past it; CHARACTER_BAD and one byte for
 * what is not UTF-8. *at must be inside. */
uint32_t character_read(struct bytes text, size_t *at);
/* The number of bytes written. */
size_t character_write(uint32_t character, char ret_utf8[CHARACTER_UTF8_SIZE]);

enum character_class character_class_of(uint32_t character);
uint32_t character_lower(uint32_t character);
bool character_is_upper(uint32_t character);
uint32_t character_upper(uint32_t character); /* ASCII, Latin-1, Vietnamese */
bool character_is_space(uint32_t character);
bool character_is_digit(uint32_t character);
/* The next four take and give lower case. */
uint32_t character_base(uint32_t lower);     /* ế -> e, đ -> d */
uint32_t character_toneless(uint32_t lower); /* ế -> ê */
unsigned character_tone(uint32_t lower);
uint32_t character_with_tone(uint32_t toneless, unsigned tone);
/* A letter and a mark as one character, marks in any order; the letter alone
 * when there is no such character. */
uint32_t character_compose(uint32_t lower, uint32_t mark);
/* A whole word in lower case: puts the tone of a final oa, oe, uy on the first
 * vowel ("hoà" to "hòa"; "quý" stays). */
void character_settle_tone(uint32_t *word, size_t count);
