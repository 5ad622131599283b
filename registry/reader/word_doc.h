/*
 * Word documents before 2007. A program reads them, which nothing in the jail
 * may start: document_read() gives the reason WORD_NEEDS_TOOL, the
 * parent runs `registry-reader --tool catdoc` (tool.h) and asks again with its
 * output, which is text.
 */
#pragma once
#include "reader/document.h"

#define WORD_NEEDS_TOOL "tool.catdoc"

bool word_doc_read(const struct document_request *request,
		   struct document *document, struct fail *why);
