/*
 * Images: pages that are pictures from the start.
 */
#pragma once
#include "reader/document.h"

bool image_read(const struct document_request *request,
		struct document *document, struct fail *why);
