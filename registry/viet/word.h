/*
 * Words: text cut into the tokens that search knows. The index, the queries
 * and the highlights all use this one cutter, so that they agree.
 *
 * A change to what comes out here must raise WORD_VERSION: the index is then
 * rebuilt.
 */
#pragma once
#include "base/bytes.h"

enum {
	WORD_VERSION = 1,
	WORD_SIZE = 64 /* of a token, with the NUL; longer words are cut */
};

struct word {
	size_t start, end;	/* bytes of the text */
	char exact[WORD_SIZE];	/* "công", "=ban" when it has no diacritics */
	char folded[WORD_SIZE]; /* "cong", "ban" */
	char whole[WORD_SIZE];	/* "12/qd-ubnd" on its first word, else "" */
	size_t whole_end;	/* where that ends in the text */
};

struct word_reader {
	struct bytes text;
	size_t at;
	size_t whole_until; /* words before this belong to a symbol */
};

struct word_reader word_reader_of(struct bytes text);
/* False at the end. Any bytes are safe. */
bool word_next(struct word_reader *reader, struct word *ret_word);
