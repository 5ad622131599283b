/*
 * Files of an edXML package: out of base64, and out of the ZIP with one entry
 * that some programs put around them without a word.
 */
#pragma once
#include "reader/document.h"

struct edxml_file {
	const char *name;	 /* AttachmentName; NULL: none */
	const char *description; /* NULL: none */
	struct bytes encoded;
};

/* FAIL_LIMIT when the room is too small. What is broken is a member with the
 * flag "broken" and whatever could be saved of it. */
bool edxml_file_add(const struct document_request *request,
		    struct document *document, const struct edxml_file *file,
		    struct fail *why);
/* Which one is the document, when all are there. */
void edxml_file_set_roles(struct document *document);
