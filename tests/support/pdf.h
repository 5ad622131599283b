/*
 * PDF files for tests, object by object, with a table that is right.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/text.h"
#include <string.h>

enum {
	PDF_OBJECTS_MAX = 64
};

struct pdf_maker {
	struct text text;
	size_t at[PDF_OBJECTS_MAX];
	int count;
};

static inline void pdf_begin(struct pdf_maker *maker)
{
	*maker = (struct pdf_maker){ 0 };
	text_add(&maker->text, "%PDF-1.7\n");
}

/* Numbers count from 1 in the order of the calls. */
static inline int pdf_add(struct pdf_maker *maker, const char *body)
{
	maker->at[maker->count++] = maker->text.size;
	text_addf(&maker->text, "%d 0 obj\n%s\nendobj\n", maker->count, body);
	return maker->count;
}

static inline int pdf_add_stream(struct pdf_maker *maker,
				 const char *dictionary, struct bytes data)
{
	maker->at[maker->count++] = maker->text.size;
	text_addf(&maker->text, "%d 0 obj\n<<%s/Length %zu>>stream\n",
		  maker->count, dictionary, data.size);
	text_add_part(&maker->text, (const char *)data.data, data.size);
	text_add(&maker->text, "\nendstream\nendobj\n");
	return maker->count;
}

/* `trailer` beside /Size: "/Root 1 0 R". */
static inline void pdf_end(struct pdf_maker *maker, const char *trailer)
{
	size_t start = maker->text.size;

	text_addf(&maker->text, "xref\n0 %d\n0000000000 65535 f \n",
		  maker->count + 1);
	for (int i = 0; i < maker->count; i++)
		text_addf(&maker->text, "%010zu 00000 n \n", maker->at[i]);
	text_addf(&maker->text,
		  "trailer<</Size %d%s>>\nstartxref\n%zu\n%%%%EOF\n",
		  maker->count + 1, trailer, start);
}

/* Catalog, pages and one page of A4 with `content`; `more` goes into the
 * catalog. */
static inline void pdf_add_page(struct pdf_maker *maker, const char *more,
				const char *content)
{
	auto_text catalog = { 0 };

	text_addf(&catalog, "<</Type/Catalog/Pages 2 0 R%s>>", more);
	pdf_add(maker, catalog.string);
	pdf_add(maker, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
	pdf_add(maker,
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
		"/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>");
	pdf_add_stream(maker, "", bytes_of(content));
	pdf_add(maker,
		"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman"
		"/Encoding/WinAnsiEncoding>>");
}

static inline struct bytes pdf_bytes(const struct pdf_maker *maker)
{
	return (struct bytes){ (const unsigned char *)maker->text.string,
			       maker->text.size };
}
