/*
 * Page images: what one page looks like, for the screen.
 */
#pragma once
#include "base/bytes.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct page_image_request {
	struct bytes content; /* of a PDF or an image */
	int64_t page;	      /* 1, 2, … */
	int64_t width;	      /* pixels; kept between 50 and 3000 */
	unsigned char *room;
	size_t room_size;
};

struct page_image {
	const char *type; /* "image/png", "image/jpeg" */
	size_t size;	  /* bytes, at the start of the room */
	int width, height;
};

/* FAIL_INVALID: there is no such page; FAIL_LIMIT: the room is too small. */
bool page_image_draw(const struct page_image_request *request,
		     struct page_image *ret, struct fail *why);
