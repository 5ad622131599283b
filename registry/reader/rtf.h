/*
 * RTF, and Word documents that are RTF whatever their names say.
 */
#pragma once
#include "reader/document.h"

bool rtf_read(const struct document_request *request,
	      struct document *document, struct fail *why);
