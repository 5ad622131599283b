/*
 * Letters that are files: .eml that nobody declared as a letter, and pages
 * that Word and browsers save as one file (.mht, also called .doc).
 */
#pragma once
#include "reader/document.h"

/* Needs mail_open(). */
bool letter_file_read(const struct document_request *request,
		      struct document *document, struct fail *why);
