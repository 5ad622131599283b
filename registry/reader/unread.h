/*
 * Unread: lines of ink on a page where recognition found no words. Tesseract
 * leaves out whole rows of a head, whose columns confuse it.
 */
#pragma once
#include "reader/picture.h"
#include <stddef.h>

enum {
	UNREAD_MAX = 16
};

struct spot {
	int left, top, right, bottom; /* pixels */
};

/* The lines of a grey page of about 300 dpi that none of the words covers,
 * from the top; gives how many. What is too high, too flat or too short for a
 * line of text is none. */
size_t unread_find(struct Pix *picture, const struct spot *words, size_t count,
		   struct spot ret_lines[UNREAD_MAX]);
