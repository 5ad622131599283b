/*
 * Sniffing: what a file is, by its content. Its name only tells apart what
 * content cannot: text with commas and text.
 */
#pragma once
#include "base/bytes.h"

/* "application/pdf"; "application/octet-stream" when nobody knows it,
 * "application/x-empty" without content. A constant. `name` may be NULL. */
const char *sniff_type(struct bytes content, const char *name);
/* The short name that people know: "pdf", "docx", "edxml"; NULL: none. */
const char *sniff_format(const char *type);

/* Which function reads the type. */
enum sniff_reader {
	SNIFF_NONE,    /* nothing reads it: sound, programs, drawings */
	SNIFF_PDF,     /* pdf */
	SNIFF_IMAGE,   /* jpeg, png, tiff, gif, bmp, webp */
	SNIFF_OFFICE,  /* docx, xlsx, pptx, odt, ods, odp */
	SNIFF_WORD,    /* doc, xls: the parent runs a tool; rtf */
	SNIFF_ARCHIVE, /* zip, rar, 7z, tar, gz, … */
	SNIFF_TNEF,    /* winmail.dat */
	SNIFF_EDXML,
	SNIFF_WEB_PAGE,
	SNIFF_SMIME, /* signed or encrypted data of PKCS 7 */
	SNIFF_LETTER,
	SNIFF_TEXT
};

enum sniff_reader sniff_reader(const char *type);
