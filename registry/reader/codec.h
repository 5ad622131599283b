/*
 * Codecs: bytes of one charset to runes.
 *
 * The converters are opened once, before the jail closes: what was not opened
 * then does not exist afterwards.
 */
#pragma once
#include "base/bytes.h"
#include "reader/runes.h"

enum codec_outcome {
	CODEC_DONE,
	CODEC_BAD,    /* a byte that the charset does not have */
	CODEC_UNKNOWN /* no such charset here */
};

void codec_open(void);
void codec_close(void);

/* Adds to `text`. When `exact`, bad bytes end it with CODEC_BAD, else each
 * becomes U+FFFD. */
enum codec_outcome codec_decode(struct bytes bytes, const char *name,
				bool exact, struct rune_text *text);
