/*
 * Text files in whatever encoding they are.
 */
#pragma once
#include "reader/document.h"

bool text_read(const struct document_request *request,
	       struct document *document, struct fail *why);
