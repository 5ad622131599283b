/*
 * Answer: what one file gave, as the JSON that the registry is told.
 */
#pragma once
#include "base/text.h"
#include "letterhead/letterhead.h"
#include "reader/document.h"

/* Reads the file and prints what it gave. FAIL_LIMIT: the room is too
 * small. */
bool answer_file(const struct document_request *request, struct arena *arena,
		 struct text *ret_json, struct fail *why);
/* One line; `letterhead` is of the document's pages. */
void answer_print(const struct document *document,
		  const struct letterhead *letterhead, struct text *ret_json);
