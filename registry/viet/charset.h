/*
 * Charsets: the fixed tables of single-byte and two-byte encodings, each to
 * UTF-8. Whether they fit is the business of viet/encoding.h.
 */
#pragma once
#include "base/bytes.h"
#include "base/text.h"
#include <stdint.h>

enum charset {
	CHARSET_UTF8,
	CHARSET_1258,
	CHARSET_1252,
	CHARSET_TCVN3,
	CHARSET_VNI,
	CHARSET_VISCII,
	CHARSET_COUNT
};

/* CHARSET_COUNT for names that are not these. Case and punctuation do not
 * matter: "x-viet-tcvn", "TCVN5712-1", "cp1258". */
enum charset charset_find(const char *name);
/* Adds the text, not yet in its normal form. Any bytes. */
void charset_read(enum charset charset, struct bytes bytes, struct text *text);
/* The byte that windows-1252 would have had for this character; -1 when it
 * has none. */
int charset_byte_1252(uint32_t character);
