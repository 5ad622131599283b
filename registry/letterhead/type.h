/*
 * Types: the names of documents and their abbreviations (Decree 30/2020,
 * annex III; types of law before and beside it).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct type {
	const char *name;    /* "Quyết định" */
	const char *compact; /* "quyetdinh" */
	const char *code;    /* "QĐ"; "" when it has none */
};

/* NULL when no type is called so. */
const struct type *type_by_name(const char *compact, size_t wrong);
/* Case matters where two types differ by nothing else: CT and CTr. Missing
 * diacritics do not. */
const struct type *type_by_code(const char *code);
/* The type whose name the compact text begins with: the longest. */
const struct type *type_at_start(const char *compact);
