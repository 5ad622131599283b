/*
 * Paper: text and lines on pages of a PDF, measured in millimetres. The home
 * of Pango and Cairo; fonts are embedded, the text can be copied.
 */
#pragma once
#include "base/fail.h"
#include "base/text.h"
#include <stdbool.h>

struct paper;

enum paper_style {
	PAPER_PLAIN = 0,
	PAPER_BOLD = 1,
	PAPER_ITALIC = 2,
	PAPER_STRUCK = 4,
	PAPER_CENTRE = 8,
	PAPER_RIGHT = 16,
	PAPER_SYMBOL = 32 /* breaks only after "/" */
};

struct paper_text {
	const char *words;
	double size;	  /* points; 0: 11 */
	unsigned style;	  /* paper_style, together */
	double left, top; /* millimetres */
	double width;	  /* lines are broken at it */
};

struct paper *paper_open(double width, double height, const char *title,
			 struct text *ret_file);
/* FAIL_BROKEN or FAIL_LIMIT when something went wrong on the way. */
bool paper_close(struct paper **paper, struct fail *why);
void paper_next_page(struct paper *paper);

/* Height in millimetres, drawn or not. */
double paper_measure(struct paper *paper, const struct paper_text *text);
double paper_draw(struct paper *paper, const struct paper_text *text);
void paper_line(struct paper *paper, double left, double top, double right,
		double bottom);
/* Structure for readers of the PDF: "Table", "TR", "TH", "TD", "H1", "P". */
void paper_begin(struct paper *paper, const char *tag);
void paper_end(struct paper *paper, const char *tag);
