/*
 * Members: files inside a file, with names that do no harm.
 */
#pragma once
#include "reader/document.h"

struct member_space {
	unsigned char *at;
	size_t size;
};

/* What is left of the room: content goes there first, then comes
 * member_add(). */
struct member_space member_space(const struct document_request *request,
				 const struct document *document);
/* The `size` bytes at the start of the space are a member now. `name` is for
 * people already, or NULL. The caller may change role and flag. */
struct document_member *member_add(const struct document_request *request,
				   struct document *document, size_t size,
				   const char *name);
/* FAIL_LIMIT when the room is too small. */
bool member_copy(const struct document_request *request,
		 struct document *document, struct bytes content,
		 const char *name, struct fail *why);
/* No path, no control codes, nothing that turns the direction of reading;
 * NULL when nothing is left. Any bytes, in whatever charset. */
const char *member_name(struct bytes name, struct arena *arena);
