/*
 * OpenDocument: texts, sheets and slides are written with the same words.
 */
#include "reader/office_part.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	SPANS_MAX = 64,
	TENTHS = 10 /* of a point */
};

struct odf {
	struct office_part *part;
	struct flow *flow;
	struct style *style; /* that is being defined */
	struct style spans[SPANS_MAX];
	size_t depth; /* of paragraphs and spans that are open */
	size_t skipped, table_depth;
	int cell_paragraphs;
};

static bool is(const char *name, const char *other)
{
	return strcmp(name, other) == 0;
}

static bool is_one_of(const char *name, const char *const *list)
{
	for (; *list; list++) {
		if (is(name, *list))
			return true;
	}
	return false;
}

static void read_text_properties(struct odf *odf,
				 const char *const *attributes)
{
	const char *weight = markup_attribute(attributes, "font-weight");
	const char *slant = markup_attribute(attributes, "font-style");
	const char *size = markup_attribute(attributes, "font-size");
	const char *font = markup_attribute(attributes, "font-name");
	const char *shape = markup_attribute(attributes, "text-transform");
	struct style *style = odf->style;

	if (weight)
		style->bold = is(weight, "bold") ? STYLE_ON : STYLE_OFF;
	if (slant)
		style->italic = is(slant, "italic") ? STYLE_ON : STYLE_OFF;
	if (shape)
		style->upper = is(shape, "uppercase") ? STYLE_ON : STYLE_OFF;
	if (size && strstr(size, "pt"))
		style->size = (int)(strtod(size, NULL) * TENTHS) % 100000;
	if (font)
		style->font = flow_is_old_font(font)
				      ? arena_copy(odf->part->styles.arena,
						   font)
				      : "";
}

static void begin_style(struct odf *odf, const char *const *attributes)
{
	const char *id = markup_attribute(attributes, "name");
	const char *parent =
		markup_attribute(attributes, "parent-style-name");

	odf->style = style_add(&odf->part->styles, id ? id : "");
	if (odf->style)
		odf->style->parent =
			arena_copy(odf->part->styles.arena, parent);
}

static void begin_property(struct odf *odf, const char *name,
			   const char *const *attributes)
{
	const char *before = markup_attribute(attributes, "break-before");

	if (is(name, "text-properties"))
		read_text_properties(odf, attributes);
	else if (is(name, "paragraph-properties") && before)
		odf->style->page_before =
			is(before, "page") ? STYLE_ON : STYLE_OFF;
}

static void begin_span(struct odf *odf, const char *const *attributes,
		       struct style style)
{
	style_apply_named(&style, &odf->part->styles,
			  markup_attribute(attributes, "style-name"));
	if (odf->depth < SPANS_MAX)
		odf->spans[odf->depth] = style;
	odf->depth++;
}

static struct style style_now(const struct odf *odf)
{
	if (odf->depth == 0 || odf->depth > SPANS_MAX)
		return odf->part->styles.base;
	return odf->spans[odf->depth - 1];
}

static void begin_paragraph(struct odf *odf, const char *const *attributes)
{
	if (!odf->table_depth || odf->cell_paragraphs++ > 0)
		flow_break_block(odf->flow);
	begin_span(odf, attributes, odf->part->styles.base);
	if (style_now(odf).page_before == STYLE_ON)
		flow_break_page(odf->flow);
}

static void begin_blank(struct odf *odf, const char *name)
{
	if (is(name, "line-break"))
		flow_break_line(odf->flow);
	else if (is(name, "soft-page-break"))
		flow_break_page(odf->flow);
	else
		flow_space(odf->flow);
}

static void begin_structure(struct odf *odf, const char *name,
			    const char *const *attributes)
{
	static const char *const blanks[] = {
		"line-break", "soft-page-break", "tab", "s", NULL
	};

	if (is(name, "p") || is(name, "h"))
		begin_paragraph(odf, attributes);
	else if (is(name, "span") || is(name, "a"))
		begin_span(odf, attributes, style_now(odf));
	else if (is_one_of(name, blanks))
		begin_blank(odf, name);
	else if (is(name, "table-row"))
		odf->table_depth++;
	else if (is(name, "table-cell"))
		odf->cell_paragraphs = 0;
}

static void begin(void *context, const char *name,
		  const char *const *attributes)
{
	static const char *const hidden[] = {
		"tracked-changes", "annotation", "notes", "forms",
		"object-ole", "master-styles", NULL
	};
	struct odf *odf = context;

	if (odf->skipped || is_one_of(name, hidden))
		odf->skipped++;
	else if (is(name, "style"))
		begin_style(odf, attributes);
	else if (odf->style)
		begin_property(odf, name, attributes);
	else
		begin_structure(odf, name, attributes);
}

static void end_structure(struct odf *odf, const char *name)
{
	bool is_paragraph = is(name, "p") || is(name, "h");

	if ((is_paragraph || is(name, "span") || is(name, "a")) && odf->depth)
		odf->depth--;
	if (is_paragraph && !odf->table_depth)
		flow_break_block(odf->flow);
	if (is(name, "table-cell") && odf->cell_paragraphs < 2)
		flow_break_cell(odf->flow);
	else if (is(name, "table-cell") || is(name, "text-box"))
		flow_break_block(odf->flow);
	if (is(name, "table-row")) {
		flow_break_block(odf->flow);
		if (odf->table_depth)
			odf->table_depth--;
	}
	if (is(name, "page") || (is(name, "table") && odf->table_depth == 0 &&
				 is(odf->part->document->format, "ods")))
		flow_break_page(odf->flow);
}

static void end(void *context, const char *name)
{
	struct odf *odf = context;

	if (odf->skipped)
		odf->skipped--;
	else if (is(name, "style"))
		odf->style = NULL;
	else if (!odf->style)
		end_structure(odf, name);
}

static void text(void *context, const char *content, size_t size)
{
	struct odf *odf = context;
	struct style style;

	if (odf->skipped || odf->style || odf->depth == 0)
		return;
	style = style_now(odf);
	style_show(&style, odf->flow);
	flow_add(odf->flow, content, size);
}

static void read_part(struct office_part *part)
{
	struct odf odf = { .part = part, .flow = part->flow };
	const struct markup_handler handler = { &odf, begin, end, text };

	part->outcome = markup_read(part->xml, &handler);
}

void odf_read_styles(struct office_part *part)
{
	read_part(part);
}

void odf_read_text(struct office_part *part)
{
	read_part(part);
	flow_break_block(part->flow);
}
