/*
 * The books as the decree wants them printed: the columns of Decree
 * 30/2020/NĐ-CP, annex IV, I (outgoing), VI (incoming) and VIII (follow-up).
 * Columns may be added there, never removed or renamed.
 */
#pragma once
#include "base/arena.h"
#include "exchange/sheet.h"
#include <stdint.h>

enum book_form {
	BOOK_INCOMING,
	BOOK_OUTGOING,
	BOOK_FOLLOW_UP
};

/* One line of a book; NULL and "" are empty cells. Days are "2026-06-24". */
struct book_line {
	const char *day;    /* ngày đến; out: ngày ban hành */
	const char *number; /* "4871", "61a" */
	const char *issuer;
	const char *symbol;
	const char *document_day;
	const char *type; /* "Công văn" */
	const char *subject;
	const char *signer;
	const char *receiver;
	const char *keeper;
	const char *copies;
	const char *passed_day;
	const char *due_day;
	const char *progress; /* follow-up: "Đang xử lý" */
	const char *reply;    /* follow-up: symbol of the answer */
	const char *note;
	const char *void_reason; /* NULL: valid; "reason (who, day)" */
};

struct book_print {
	enum book_form form;
	const char *superior, *organisation;
	const char *printed; /* "In từ hệ thống lúc 16:40 …"; or NULL */
	int year;
	const struct book_line *lines;
	size_t count;
	const char *from_day, *to_day; /* of the lines; NULL: not said */
	int volume;		       /* quyển số; 0: left open */
	int first_page;
	bool whole; /* with cover and closing block */
};

struct sheet book_sheet(const struct book_print *print, struct arena *arena);
/* "V/v …" of a công văn, else the type before its subject. */
const char *book_subject(const char *type, const char *subject,
			 struct arena *arena);
