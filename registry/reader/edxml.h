/*
 * edXML: a package of the national exchange (QCVN 102:2016/BTTTT): what its
 * header states, and its files.
 */
#pragma once
#include "reader/document.h"

bool edxml_read(const struct document_request *request,
		struct document *document, struct fail *why);
