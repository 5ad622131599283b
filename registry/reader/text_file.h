/*
 * Text files in whatever encoding they are.
 */
#pragma once
#include "reader/document.h"

bool text_read(const struct document_request *request,
	       struct document *document, struct fail *why);
/* UTF-8 as pages: U+000C parts pages, an empty line parts blocks. */
void text_flow(const char *text, struct document *document);
/* Any bytes, UTF-16 with its mark among them, as UTF-8. */
const char *text_decode(struct bytes content, struct arena *arena);
