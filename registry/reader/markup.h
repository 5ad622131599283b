/*
 * Markup: XML from hostile hands, event by event. Names come without their
 * prefixes, whether those are declared or not. A document that declares its
 * own entities is not read at all.
 */
#pragma once
#include "base/bytes.h"
#include <stdbool.h>
#include <stddef.h>

struct markup_handler {
	void *context;
	/* `attributes`: name, value, name, value, NULL; or NULL */
	void (*begin)(void *context, const char *name,
		      const char *const *attributes);
	void (*end)(void *context, const char *name);
	void (*text)(void *context, const char *text, size_t size);
};

enum markup_outcome {
	MARKUP_DONE,
	MARKUP_DAMAGED, /* the events until there, and what could be saved */
	MARKUP_DOCTYPE	/* refused */
};

enum markup_outcome markup_read(struct bytes xml,
				const struct markup_handler *handler);
/* NULL when it has no such attribute; names without their prefixes. */
const char *markup_attribute(const char *const *attributes, const char *name);
