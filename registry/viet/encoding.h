/*
 * Encodings: bytes of old and mislabelled Vietnamese text to NFC UTF-8.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "viet/charset.h"

/* Tries the declared charset, strict UTF-8, windows-1258 and 1252, TCVN3 and
 * VNI, and takes what reads as Vietnamese. Never NULL; what cannot be read is
 * U+FFFD, NUL becomes a space. *ret_sure (may be NULL) is false when it
 * guessed. declared may be NULL or nonsense. Text beyond 16 MiB is cut. */
char *viet_from_charset(struct bytes bytes, const char *declared,
			struct arena *arena, bool *ret_sure);
/* Text that is UTF-8 already, but was made by reading the wrong charset: UTF-8
 * read as windows-1252, TCVN3 or VNI kept as Latin-1. Gives the normal form of
 * the text when there is nothing to repair. */
char *viet_repair(const char *utf8, struct arena *arena, bool *ret_repaired);
/* The old encoding that a text was kept in as if it were Latin-1, by what its
 * words read as; CHARSET_UTF8 when it is in none. For texts, not for words. */
enum charset viet_old_encoding(const char *utf8);
/* The text read in that encoding; its normal form for CHARSET_UTF8 and for
 * what has no such bytes. */
char *viet_from_encoding(const char *utf8, enum charset encoding,
			 struct arena *arena);
/* What the name of a font says its text is: CHARSET_TCVN3 for ".VnTime" and
 * "VnArialH", CHARSET_VNI for "VNI-Times"; CHARSET_UTF8 for all others. The
 * tag of a PDF's subset ("ABCDEF+") and the style behind a comma do not
 * matter. */
enum charset viet_font_encoding(const char *font_name);
/* The run of a font whose name says the encoding: ".VnTime", "VNI-Times",
 * "ABCDEF+.VnArialH". Other fonts give the normal form. */
char *viet_from_font(const char *utf8, const char *font, struct arena *arena);
