/*
 * Office: DOCX, XLSX, PPTX and their OpenDocument kin as flowing text.
 */
#pragma once
#include "reader/document.h"

bool office_read(const struct document_request *request,
		 struct document *document, struct fail *why);
