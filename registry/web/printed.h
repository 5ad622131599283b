/*
 * Printed files: made by a route, audited, then sent. For web/.
 */
#pragma once
#include "web/visit.h"

struct sheet; /* exchange/sheet.h */

struct printed_format {
	const char *name, *type; /* "xlsx" */
	bool (*print)(const struct sheet *, struct text *, struct fail *);
};

/* What is sent once the audit row is durable; in the visit's arena. */
struct printed {
	const char *name; /* of the file */
	const char *type;
	const char *action, *object_type, *detail;
	int64_t object_id;
	bool opens; /* an entry that is printed has been opened */
	bool shown; /* in a frame of ours, not to be saved */
	struct bytes content;
};

/* What `format=` asks for, pdf, xlsx, docx or csv; NULL: none of them. */
const struct printed_format *printed_format_find(struct visit *visit,
						 const char *fallback);
/* "Đang xử lý" for "working"; "" for what is none. */
const char *printed_status(const char *status);
/* "In từ hệ thống lúc 16:40 ngày …, người in: …" */
const char *printed_when(struct visit *visit);
/* The visit is answered from the writer. */
bool printed_send(struct visit *visit, struct printed *printed,
		  const struct text *file);
