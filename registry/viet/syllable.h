/*
 * Syllables: whether text reads as Vietnamese. Decides which of several
 * decodings of the same bytes is the right one.
 */
#pragma once
#include "base/bytes.h"
#include <stdint.h>

enum {
	SYLLABLE_SCORE_MAX = 1500
};

/* Lower case, tones composed. */
bool syllable_is_legal(const uint32_t *letters, size_t count);
/* -1000 (no word with diacritics is a syllable) to 1000 (all are), up to half
 * more for everyday words; 0 when no word has diacritics. Looks at the first
 * 16 KiB. */
int syllable_score(struct bytes utf8);
