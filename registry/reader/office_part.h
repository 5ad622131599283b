/*
 * Parts of office documents: each function reads one into the flow.
 */
#pragma once
#include "reader/markup.h"
#include "reader/style.h"

struct office_part {
	struct document *document;
	struct flow *flow;
	struct style_table styles;
	const char **strings; /* of a workbook */
	size_t string_count;
	struct bytes xml;
	enum markup_outcome outcome;
};

void docx_read_styles(struct office_part *part);
void docx_read_text(struct office_part *part);
void xlsx_read_strings(struct office_part *part);
void xlsx_read_sheet(struct office_part *part);
void pptx_read_slide(struct office_part *part);
void odf_read_styles(struct office_part *part);
void odf_read_text(struct office_part *part);
