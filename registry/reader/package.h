/*
 * Packages: the few parts of a zip that say what a document says.
 */
#pragma once
#include "reader/document.h"

struct package_part {
	const char *name; /* "word/document.xml" */
	struct bytes content;
};

struct package {
	unsigned char *content;
	struct package_part *parts;
	size_t count;
};

/* Those whose names are wanted, in their order. What cannot be read sets the
 * reason and flags of the document. */
void package_open(struct bytes content, bool (*is_wanted)(const char *name),
		  struct document *document, struct package *ret_package);
void package_close(struct package *package);
/* Empty when there is none. */
struct bytes package_find(const struct package *package, const char *name);
