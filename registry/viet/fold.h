/*
 * Folding: the normal forms of Vietnamese text. Any bytes are safe: what is
 * not UTF-8 comes out as U+FFFD in the normal form and as a gap in the keys.
 */
#pragma once
#include "base/arena.h"

/* The form to store: NFC, with tone and circumflex in the wrong order put
 * right. Spelling and case stay as they were written. */
char *viet_normal(const char *utf8, struct arena *arena);
/* The key for exact comparison: normal, lower case, and the tone on the same
 * vowel whatever the school ("hoà" and "hòa" give "hòa", "quý" stays). */
char *viet_key(const char *utf8, struct arena *arena);
/* The key without diacritics: "Đường" gives "duong". Runs of white space
 * become one space; those at the ends go. */
char *viet_fold(const char *utf8, struct arena *arena);
/* A string whose byte order is the alphabet's: a ă â b … đ …, and among equals
 * no tone, huyền, hỏi, ngã, sắc, nặng. */
char *viet_sort_key(const char *utf8, struct arena *arena);
/* The same for people, who are sorted by their given name, the last word. */
char *viet_name_key(const char *utf8, struct arena *arena);
