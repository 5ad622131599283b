/*
 * Recognition: words of a picture of a page. Tesseract's home.
 */
#pragma once
#include "base/arena.h"
#include "letterhead/page.h"

struct Pix;

enum {
	/* milliseconds for the pages of one file; the parent waits for ten
	 * minutes */
	RECOGNISE_BUDGET = 8 * 60 * 1000
};

/* Loads the model of Vietnamese; before the jail closes. */
void recognise_open(void);
void recognise_close(void);
/* False: there is no model, or Tesseract does not work. */
bool recognise_is_possible(void);

/* *page has its number and size; a page that lies on its side is turned
 * first, and the places of its words are those of the turned one. False:
 * nothing was read, for the time was over or there is nothing on it. */
bool recognise_page(struct Pix *picture, struct arena *arena,
		    struct page *page);
