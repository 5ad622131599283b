/*
 * TNEF: the files inside the "winmail.dat" of Outlook.
 */
#pragma once
#include "reader/document.h"

bool tnef_read(const struct document_request *request,
	       struct document *document, struct fail *why);
