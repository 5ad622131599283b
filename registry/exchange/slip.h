/*
 * Slips: single sheets beside the books. Decree 30/2020/NĐ-CP, annex IV, VII
 * (phiếu giải quyết văn bản đến) and V (dấu đến).
 */
#pragma once
#include "base/fail.h"
#include "base/text.h"
#include <stddef.h>

/* One opinion of the slip: what was said, by whom, when. */
struct slip_opinion {
	const char *who;  /* "Giám đốc Trần Văn Lâm" */
	const char *when; /* "24/6/2026" */
	const char *words;
};

struct slip_opinions {
	const struct slip_opinion *items;
	size_t count;
};

struct slip {
	const char *superior, *organisation, *place;
	const char *day;		  /* of the print, "2026-06-24" */
	const char *document;		  /* type; symbol; day; subject */
	const char *register_number;	  /* "4871" */
	struct slip_opinions leaders;	  /* 1. lãnh đạo cơ quan */
	struct slip_opinions unit_heads;  /* 2. lãnh đạo đơn vị */
	struct slip_opinions specialists; /* 3. người giải quyết */
};

/* A4, portrait. What nobody said yet is left as dotted lines for the pen. */
bool slip_print(const struct slip *slip, struct text *ret_file,
		struct fail *why);

struct stamp_label {
	const char *organisation;
	const char *number, *day; /* "4871", "2026-06-24" */
	const char *passed_to;	  /* "" : for the pen */
	const char *dossier;	  /* số và ký hiệu hồ sơ */
};

/* 50 × 35 mm, for a label printer. */
bool stamp_label_print(const struct stamp_label *label, struct text *ret_file,
		       struct fail *why);
