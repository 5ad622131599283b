/*
 * Pages of a PDF as pixels.
 */
#pragma once
#include "base/bytes.h"
#include "reader/picture.h"
#include <poppler.h>
#include <stdint.h>

/* Whether one image covers half of the page. */
bool pdf_is_picture(PopplerPage *page);
/* NULL when it cannot be drawn at this width, in pixels. */
struct Pix *pdf_draw_page(PopplerPage *page, int width);
/* The page `number` (1, 2, …) of a file; *ret_picture: it is a scan. NULL:
 * there is none. */
struct Pix *pdf_draw(struct bytes content, int64_t number, int width,
		     bool *ret_picture);
