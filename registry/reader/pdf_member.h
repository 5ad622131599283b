/*
 * The files that a PDF carries.
 */
#pragma once
#include "reader/document.h"
#include <poppler.h>

/* Members of the document, contents in the room. FAIL_LIMIT: too small. */
bool pdf_member_read(PopplerDocument *source,
		     const struct document_request *request,
		     struct document *document, struct fail *why);
