/*
 * WordprocessingML. Text boxes come twice, for new readers and for old ones:
 * those for old ones (Fallback) are left out.
 */
#include "reader/office_part.h"
#include <stdlib.h>
#include <string.h>

enum {
	BOXES_MAX = 16,
	TABLES_MAX = 32,
	HALF_POINT = 5 /* in tenths of a point */
};

struct box {
	struct style paragraph, run;
	bool is_in_run;
};

struct docx {
	struct office_part *part;
	struct flow *flow;
	struct style paragraph, run;
	size_t skipped; /* elements that are open inside one left out */
	bool in_paragraph_properties, in_run, in_run_properties, in_text;
	bool page_after;
	struct box boxes[BOXES_MAX];
	size_t box_count;
	int cell_paragraphs[TABLES_MAX];
	size_t table_depth;
};

static bool is(const char *name, const char *other)
{
	return strcmp(name, other) == 0;
}

static const char *value_of(const char *const *attributes)
{
	const char *value = markup_attribute(attributes, "val");

	return value ? value : "";
}

static enum style_switch switch_of(const char *const *attributes)
{
	const char *value = value_of(attributes);

	return is(value, "0") || is(value, "false") || is(value, "off") ||
			       is(value, "none")
		       ? STYLE_OFF
		       : STYLE_ON;
}

static const char *font_of(const char *const *attributes, struct arena *arena)
{
	const char *font = markup_attribute(attributes, "ascii");

	if (!font)
		font = markup_attribute(attributes, "hAnsi");
	if (!font)
		return NULL;
	return flow_is_old_font(font) ? arena_copy(arena, font) : "";
}

static void read_property(struct style *style, const char *name,
			  const char *const *attributes, struct arena *arena)
{
	const char *font;

	if (is(name, "b"))
		style->bold = switch_of(attributes);
	else if (is(name, "i"))
		style->italic = switch_of(attributes);
	else if (is(name, "caps"))
		style->upper = switch_of(attributes);
	else if (is(name, "vanish"))
		style->hidden = switch_of(attributes);
	else if (is(name, "sz"))
		style->size = (int)strtol(value_of(attributes), NULL, 10) %
			      10000 * HALF_POINT;
	if (!is(name, "rFonts"))
		return;
	font = font_of(attributes, arena);
	if (font)
		style->font = font;
}

/* Styles. */

struct styles {
	struct style_table *table;
	struct style *style; /* that is being read */
	const char *default_id;
	size_t skipped;
	bool in_properties, in_defaults;
};

static void begin_style(struct styles *styles, const char *const *attributes)
{
	const char *id = markup_attribute(attributes, "styleId");
	const char *type = markup_attribute(attributes, "type");
	const char *first = markup_attribute(attributes, "default");

	styles->style = style_add(styles->table, id ? id : "");
	if (styles->style && type && is(type, "paragraph") && first &&
	    (is(first, "1") || is(first, "true")))
		styles->default_id = styles->style->id;
}

static void styles_begin(void *context, const char *name,
			 const char *const *attributes)
{
	struct styles *styles = context;
	struct style *style = styles->in_defaults ? &styles->table->base
						  : styles->style;

	if (styles->skipped || is(name, "tblStylePr")) {
		styles->skipped++;
		return;
	}
	if (is(name, "docDefaults"))
		styles->in_defaults = true;
	else if (is(name, "style"))
		begin_style(styles, attributes);
	else if (is(name, "rPr"))
		styles->in_properties = true;
	else if (style && is(name, "basedOn"))
		style->parent = arena_copy(styles->table->arena,
					   value_of(attributes));
	else if (style && is(name, "pageBreakBefore"))
		style->page_before = switch_of(attributes);
	else if (style && styles->in_properties)
		read_property(style, name, attributes, styles->table->arena);
}

static void styles_end(void *context, const char *name)
{
	struct styles *styles = context;

	if (styles->skipped) {
		styles->skipped--;
		return;
	}
	if (is(name, "docDefaults"))
		styles->in_defaults = false;
	else if (is(name, "style"))
		styles->style = NULL;
	else if (is(name, "rPr"))
		styles->in_properties = false;
}

static void ignore_text(void *context, const char *text, size_t size)
{
	(void)context;
	(void)text;
	(void)size;
}

void docx_read_styles(struct office_part *part)
{
	struct styles styles = { .table = &part->styles };
	const struct markup_handler handler = { &styles, styles_begin,
						styles_end, ignore_text };

	part->outcome = markup_read(part->xml, &handler);
	style_apply_named(&part->styles.base, &part->styles,
			  styles.default_id);
}

/* Text. */

static bool is_in_cell(const struct docx *docx)
{
	return docx->table_depth > 0 && docx->table_depth < TABLES_MAX &&
	       docx->box_count == 0;
}

static void begin_paragraph(struct docx *docx)
{
	if (is_in_cell(docx) && docx->cell_paragraphs[docx->table_depth]++ > 0)
		flow_break_block(docx->flow);
	docx->paragraph = docx->part->styles.base;
	docx->page_after = false;
	docx->in_run = false;
}

static void end_paragraph(struct docx *docx)
{
	if (!is_in_cell(docx))
		flow_break_block(docx->flow);
	if (docx->page_after)
		flow_break_page(docx->flow);
	docx->page_after = false;
}

static void begin_box(struct docx *docx)
{
	flow_break_block(docx->flow);
	if (docx->box_count < BOXES_MAX)
		docx->boxes[docx->box_count] = (struct box){
			docx->paragraph, docx->run, docx->in_run
		};
	docx->box_count++;
	docx->in_run = false;
}

static void end_box(struct docx *docx)
{
	flow_break_block(docx->flow);
	if (docx->box_count == 0 || --docx->box_count >= BOXES_MAX)
		return;
	docx->paragraph = docx->boxes[docx->box_count].paragraph;
	docx->run = docx->boxes[docx->box_count].run;
	docx->in_run = docx->boxes[docx->box_count].is_in_run;
}

static void end_cell(struct docx *docx)
{
	if (is_in_cell(docx) && docx->cell_paragraphs[docx->table_depth] < 2)
		flow_break_cell(docx->flow);
	else
		flow_break_block(docx->flow);
}

static void begin_paragraph_property(struct docx *docx, const char *name,
				     const char *const *attributes)
{
	const char *value = value_of(attributes);

	if (is(name, "rPr")) /* of the mark at its end */
		docx->skipped = 1;
	else if (is(name, "pStyle"))
		style_apply_named(&docx->paragraph, &docx->part->styles,
				  value);
	else if (is(name, "pageBreakBefore"))
		docx->paragraph.page_before = switch_of(attributes);
	else if (is(name, "sectPr"))
		docx->page_after = true;
	else if (is(name, "type") && is(value, "continuous"))
		docx->page_after = false;
}

static void begin_run_property(struct docx *docx, const char *name,
			       const char *const *attributes)
{
	if (is(name, "rStyle"))
		style_apply_named(&docx->run, &docx->part->styles,
				  value_of(attributes));
	else
		read_property(&docx->run, name, attributes,
			      docx->part->document->arena);
}

static void begin_break(struct docx *docx, const char *const *attributes)
{
	const char *type = markup_attribute(attributes, "type");

	if (type && is(type, "page"))
		flow_break_page(docx->flow);
	else
		flow_break_line(docx->flow);
}

/* What stands in a run. */
static void begin_content(struct docx *docx, const char *name,
			  const char *const *attributes)
{
	if (is(name, "t")) {
		docx->in_text = docx->run.hidden != STYLE_ON;
		style_show(&docx->run, docx->flow);
	} else if (is(name, "rPr")) {
		docx->in_run_properties = true;
	} else if (is(name, "tab") || is(name, "ptab")) {
		flow_space(docx->flow);
	} else if (is(name, "br")) {
		begin_break(docx, attributes);
	} else if (is(name, "cr")) {
		flow_break_line(docx->flow);
	} else if (is(name, "lastRenderedPageBreak")) {
		flow_break_page(docx->flow);
	} else if (is(name, "noBreakHyphen")) {
		flow_add(docx->flow, "-", 1);
	} else if (is(name, "txbxContent")) {
		begin_box(docx);
	}
}

static void begin_structure(struct docx *docx, const char *name)
{
	if (is(name, "p")) {
		begin_paragraph(docx);
	} else if (is(name, "pPr")) {
		docx->in_paragraph_properties = true;
	} else if (is(name, "r")) {
		docx->in_run = true;
		docx->run = docx->paragraph;
	} else if (is(name, "tbl")) {
		flow_break_block(docx->flow);
		docx->table_depth++;
	} else if (is(name, "tc") && is_in_cell(docx)) {
		docx->cell_paragraphs[docx->table_depth] = 0;
	}
}

static void text_begin(void *context, const char *name,
		       const char *const *attributes)
{
	struct docx *docx = context;

	if (docx->skipped)
		docx->skipped++;
	else if (is(name, "Fallback") || is(name, "moveFrom"))
		docx->skipped = 1;
	else if (docx->in_run_properties)
		begin_run_property(docx, name, attributes);
	else if (docx->in_paragraph_properties)
		begin_paragraph_property(docx, name, attributes);
	else if (docx->in_run)
		begin_content(docx, name, attributes);
	else
		begin_structure(docx, name);
}

static void end_paragraph_properties(struct docx *docx)
{
	docx->in_paragraph_properties = false;
	if (docx->paragraph.page_before == STYLE_ON)
		flow_break_page(docx->flow);
}

static void end_structure(struct docx *docx, const char *name)
{
	if (is(name, "p")) {
		end_paragraph(docx);
	} else if (is(name, "pPr")) {
		end_paragraph_properties(docx);
	} else if (is(name, "txbxContent")) {
		end_box(docx);
	} else if (is(name, "tc")) {
		end_cell(docx);
	} else if (is(name, "tr")) {
		flow_break_block(docx->flow);
	} else if (is(name, "tbl")) {
		flow_break_block(docx->flow);
		if (docx->table_depth)
			docx->table_depth--;
	}
}

static void text_end(void *context, const char *name)
{
	struct docx *docx = context;

	if (docx->skipped)
		docx->skipped--;
	else if (is(name, "t"))
		docx->in_text = false;
	else if (is(name, "r"))
		docx->in_run = false;
	else if (is(name, "rPr"))
		docx->in_run_properties = false;
	else
		end_structure(docx, name);
}

static void text_add_content(void *context, const char *text, size_t size)
{
	struct docx *docx = context;

	if (docx->in_text && !docx->skipped)
		flow_add(docx->flow, text, size);
}

void docx_read_text(struct office_part *part)
{
	struct docx docx = { .part = part, .flow = part->flow };
	const struct markup_handler handler = { &docx, text_begin, text_end,
						text_add_content };

	part->outcome = markup_read(part->xml, &handler);
	flow_break_block(part->flow);
}
