/*
 * Scans: a picture of a page made ready to be recognised.
 */
#pragma once
#include "letterhead/page.h"
#include "reader/picture.h"

struct scan {
	struct Pix *picture; /* grey, upright lines, about 300 dpi */
	struct Pix *stamps;  /* framed stamps alone, likewise; or NULL */
	double slope;	     /* it was turned by this, radians */
};

/* The picture stays the caller's. False: there is nothing to read on it. */
bool scan_open(struct Pix *picture, struct scan *ret);
void scan_done(struct scan *scan);
/* Of less than about 180 dpi. */
bool scan_is_coarse(struct Pix *picture);
/* Where on the page as it came a box of the prepared picture lies. */
struct page_box scan_place(const struct scan *scan, int left, int top,
			   int right, int bottom);
