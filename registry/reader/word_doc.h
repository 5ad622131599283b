/*
 * Word documents and workbooks before 2007. Programs read them, which nothing
 * in the jail may start: document_read() gives one of these reasons, the
 * parent runs `registry-reader --tool catdoc` or `… xls2csv` (tool.h) and asks
 * again with its output, which is text.
 */
#pragma once
#include "reader/document.h"

#define WORD_NEEDS_TOOL "tool.catdoc"
#define EXCEL_NEEDS_TOOL "tool.xls2csv"

bool word_doc_read(const struct document_request *request,
		   struct document *document, struct fail *why);
