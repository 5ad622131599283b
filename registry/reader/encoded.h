/*
 * Encoded words: RFC 2047, also where they may not be.
 *
 * Neighbours of one charset are joined before they are decoded, so that a
 * character may be split over two of them.
 */
#pragma once
#include "reader/runes.h"

/* Strictly read, one bad word leaves the whole as it was; for people each word
 * is read as well as can be. */
struct runes encoded_decode(struct runes header, enum manner manner,
			    struct arena *arena);
