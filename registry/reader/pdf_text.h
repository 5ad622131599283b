/*
 * The words of one page of a PDF.
 */
#pragma once
#include "base/arena.h"
#include "letterhead/page.h"
#include <poppler.h>

enum {
	PDF_WORDS_MAX = 20000 /* of a page; more are left out */
};

/* *page has its number; true: there were more words. */
bool pdf_text_read(PopplerPage *source, struct arena *arena,
		   struct page *page);
