/*
 * Frames: where the text of a page stands.
 */
#pragma once
#include "letterhead/sheet.h"

struct frame {
	int left, right;
	int pitch; /* from one line of a paragraph to the next */
};

/* The edges of the wide lines, and how they follow each other. */
struct frame frame_of(const struct sheet *sheet);
