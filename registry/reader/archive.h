/*
 * Archives: zip, rar, 7z, tar and single compressed files; each member is a
 * file of its own, read in its turn.
 */
#pragma once
#include "reader/document.h"

bool archive_read(const struct document_request *request,
		  struct document *document, struct fail *why);
