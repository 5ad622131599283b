/*
 * PDF: text, facts and members of a file. Poppler's home, with page_image.c.
 */
#pragma once
#include "reader/document.h"

struct page_picture;
struct page_picture_request;

/* Whatever needs files: fonts, tables. Before the jail closes. */
void pdf_open(void);

bool pdf_read(const struct document_request *request,
	      struct document *document, struct fail *why);
