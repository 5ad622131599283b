/*
 * A dossier on paper: its cover and the list of its documents, with the
 * columns of Decree 30/2020/NĐ-CP, annex V (mục lục văn bản, tài liệu).
 */
#pragma once
#include "base/arena.h"
#include "exchange/sheet.h"
#include <stdint.h>

/* NULL and "" are empty cells. Days are "2026-06-24". */
struct dossier_line {
	const char *symbol;
	const char *document_day;
	const char *type; /* "Công văn" */
	const char *subject;
	const char *issuer;
	int64_t pages; /* 0: not known, nor where those after it begin */
	const char *note;
};

struct dossier_print {
	const char *superior, *organisation;
	const char *printed; /* when and by whom; NULL: not said */
	const char *code;    /* "01.TCCB" */
	const char *title;
	const char *unit, *keeper; /* NULL: none */
	const char *opened_day, *closed_day;
	int64_t retention; /* years; 0: vĩnh viễn */
	const struct dossier_line *lines;
	size_t count;
};

struct sheet dossier_sheet(const struct dossier_print *print,
			   struct arena *arena);
