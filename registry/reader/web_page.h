/*
 * Web pages: HTML files, also those called .doc.
 */
#pragma once
#include "reader/document.h"

bool web_page_read(const struct document_request *request,
		   struct document *document, struct fail *why);
