/*
 * Archives: zip, rar, 7z, tar and single compressed files; each member is a
 * file of its own, read in its turn.
 */
#pragma once
#include "reader/document.h"

/* Before the jail closes: names in UTF-8 need a locale that has it. */
void archive_prepare(void);
/* Reasons: "encrypted", "damaged", "limit.members", "limit.size",
 * "limit.ratio"; what was read until there is kept. */
bool archive_read(const struct document_request *request,
		  struct document *document, struct fail *why);
