/*
 * Page: the words of one page with their places, whoever read them.
 *
 * Places are ten-thousandths of the page's width and height, counted from its
 * upper left corner, so that they hold for an image of any size.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum {
	PAGE_SPAN = 10000 /* the right and the lower edge */
};

struct page_box {
	int left, top, right, bottom;
};

enum page_source {
	PAGE_TEXT_LAYER, /* the file says so itself */
	PAGE_OCR,	 /* recognised from an image */
	PAGE_FLOW	 /* text without places: DOCX, HTML; boxes are zero */
};

struct page_word {
	const char *text; /* UTF-8, NFC, without blanks */
	struct page_box box;
	int line;	/* 0, 1, …: words of one line share it */
	int block;	/* 0, 1, …: lines of one paragraph or column share it */
	int size;	/* of the type, tenths of a point; 0: unknown */
	int confidence; /* 0 to 100; a text layer has 100 */
	bool bold, italic;
	bool is_stamp; /* put on the finished page, over whatever is there */
	int stroke;    /* how thick its strokes are, any unit; 0: unknown */
};

struct page {
	enum page_source source;
	bool is_coarse;		       /* recognised from few pixels */
	int number;		       /* 1, 2, … */
	int width, height;	       /* tenths of a point; 0: unknown */
	const struct page_word *words; /* in reading order */
	size_t count;
};
