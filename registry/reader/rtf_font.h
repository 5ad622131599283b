/*
 * Fonts of an RTF document: their names and charsets decide what its bytes
 * mean.
 */
#pragma once
#include "reader/flow.h"
#include <stdint.h>

enum {
	RTF_FONTS_MAX = 256,
	RTF_FONT_NAME_MAX = 48
};

struct rtf_font {
	long number, charset;
	char name[RTF_FONT_NAME_MAX];
	size_t size; /* of the name */
};

struct rtf_fonts {
	struct rtf_font items[RTF_FONTS_MAX];
	size_t count;
	long first;	/* the number of that of text that says nothing */
	long code_page; /* of text whose font says nothing; 0: 1252 */
};

/* The table, piece by piece. */
void rtf_font_begin(struct rtf_fonts *fonts, long number);
void rtf_font_charset(struct rtf_fonts *fonts, long charset);
void rtf_font_add(struct rtf_fonts *fonts, unsigned char byte);
/* "" when it is not there. */
const char *rtf_font_name(const struct rtf_fonts *fonts, long number);
/* What a byte is in text of the font. Old fonts keep their letters as Latin
 * ones: the flow decodes them. */
uint32_t rtf_font_character(const struct rtf_fonts *fonts, long number,
			    unsigned char byte);
