/*
 * Marks: stamps of urgency and secrecy, each alone on its line.
 */
#pragma once
#include "letterhead/line.h"

enum mark {
	MARK_NONE,
	MARK_URGENT,	  /* KHẨN */
	MARK_VERY_URGENT, /* THƯỢNG KHẨN */
	MARK_FLASH,	  /* HỎA TỐC */
	MARK_SECRET,	  /* MẬT */
	MARK_HIGH_SECRET, /* TỐI MẬT */
	MARK_TOP_SECRET	  /* TUYỆT MẬT */
};

/* In capitals only, and nothing else on the line. */
enum mark mark_of_line(const struct line *line);
