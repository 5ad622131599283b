/*
 * Stamps: what was put on the finished page in another ink, red or blue: the
 * round seal, and framed ones such as "HỎA TỐC" and the stamp of arrival. Text
 * that they cover is read without them, and they without it.
 */
#pragma once
#include "reader/picture.h"
#include "reader/unread.h"

enum {
	STAMP_LINES_MAX = 16
};

/* Takes them out of the grey picture of a page of colour, both of about 300
 * dpi. Gives the ink of the framed ones, dark on white and of the same size;
 * NULL when there is none. */
struct Pix *stamp_take_out(struct Pix *picture, struct Pix *grey);
/* Where on that picture, whose lines are level by now, the lines of words in
 * the stamps lie; takes the frames away. Gives how many. */
size_t stamp_find(struct Pix *inks, struct spot ret_lines[STAMP_LINES_MAX]);
