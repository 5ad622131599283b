/*
 * Parts: a name taken apart into words.
 */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

enum {
	PARTS_MAX = 40
};

/* A name taken apart. */
struct parts {
	char *words[PARTS_MAX];
	size_t count;
	bool is_read; /* recognised: diacritics may be wrong */
};

struct parts parts_split(const char *text, struct arena *arena);
char *parts_join(const struct parts *parts, struct arena *arena);
/* "BANNHÂNDÂN" as "BAN NHÂN DÂN", where it can be taken apart into syllables
 * in one way only; others as they are. */
char *parts_unglue(const char *word, struct arena *arena);
/* The words of a recognised name: glued ones apart, "XH" behind "KHU VỰC" as
 * XII. */
struct parts parts_recognised(const char *text, struct arena *arena);
