/*
 * Sheets: a table for people, on paper or in a file. Pure: values in, bytes
 * out. The set-up of the page is that of the registers of Decree 30/2020/NĐ-CP,
 * annex IV: A4, landscape, Times New Roman, heads on every page, no row split.
 */
#pragma once
#include "base/fail.h"
#include "base/text.h"
#include <stdbool.h>
#include <stddef.h>

enum {
	SHEET_COLUMNS_MAX = 16
};

enum sheet_kind {
	SHEET_TEXT,
	SHEET_NUMBER, /* a document number: centred, a name and no figure */
	SHEET_DAY,    /* "2026-06-24" in the cell, "24/6/2026" on paper */
	SHEET_SYMBOL, /* breaks only after "/" */
	SHEET_FIGURE  /* to calculate with: "4875" */
};

struct sheet_column {
	const char *head;
	double width; /* millimetres; 0: what the others leave */
	enum sheet_kind kind;
};

struct sheet_row {
	const char *const *cells; /* one a column; NULL: empty */
	bool struck;		  /* its first SHEET_NUMBER is crossed out */
};

struct sheet {
	const char *superior;	  /* agency above; "" or NULL: none */
	const char *organisation; /* whose it is */
	const char *title;	  /* "Sổ đăng ký văn bản đến" */
	const char *period;	  /* "năm 2026" */
	const char *printed;	  /* when and by whom; NULL: not said */
	const struct sheet_column *columns;
	size_t column_count;
	const struct sheet_row *rows;
	size_t row_count;
	int first_page; /* its number in the yearly book; 0: 1 */
	/* Lines under the title of the cover ("Từ số 1 đến số 4876"); the
	 * cover is left out without them. */
	const char *cover_title; /* NULL: the title */
	const char *const *cover;
	size_t cover_count;
	/* Closing sentence and who signs under it; NULL: none. */
	const char *closing;
	const char *const *signatures;
	size_t signature_count;
	/* Said before the table, on paper and for Word; their title then
	 * stands over them. */
	const char *const *sentences;
	size_t sentence_count;
	bool is_portrait;
	bool numbers_columns; /* a second head row: (1), (2), … */
};

/* Each adds the whole file to `ret_file`. FAIL_LIMIT when the text is full,
 * FAIL_BROKEN when the library gives up. */
bool sheet_print_pdf(const struct sheet *sheet, struct text *ret_file,
		     struct fail *why);
bool sheet_print_xlsx(const struct sheet *sheet, struct text *ret_file,
		      struct fail *why);
bool sheet_print_docx(const struct sheet *sheet, struct text *ret_file,
		      struct fail *why);
/* UTF-8 with BOM, ";" between; nothing that a spreadsheet would calculate. */
bool sheet_print_csv(const struct sheet *sheet, struct text *ret_file,
		     struct fail *why);

/* "24/6/2026"; what is no day comes back as it is. For all printers. */
void sheet_print_day(const char *iso, struct text *ret_day);
