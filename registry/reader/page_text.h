/*
 * The text of pages, and what it is worth.
 */
#pragma once
#include "base/text.h"
#include "reader/document.h"

/* Words apart by spaces, lines and blocks by line ends. */
void page_text_add(const struct page *page, struct text *text);
/* Text of the document from its pages, U+000C between them; flag "cut" when
 * it was too long. */
void page_text_join(struct document *document);
