/*
 * S/MIME: the content inside signed data of PKCS 7.
 */
#pragma once
#include "reader/document.h"

bool smime_read(const struct document_request *request,
		struct document *document, struct fail *why);
