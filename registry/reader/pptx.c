/*
 * PresentationML: a slide is a page; text is in paragraphs of DrawingML.
 */
#include "reader/office_part.h"
#include <stdlib.h>
#include <string.h>

enum {
	HUNDREDTHS = 10 /* of a point in a tenth */
};

struct slide {
	struct flow *flow;
	size_t skipped;
	bool in_text, in_cell;
};

static bool is(const char *name, const char *other)
{
	return strcmp(name, other) == 0;
}

static void show(struct slide *slide, const char *const *attributes)
{
	const char *bold = markup_attribute(attributes, "b");
	const char *italic = markup_attribute(attributes, "i");
	const char *size = markup_attribute(attributes, "sz");

	flow_style(slide->flow, bold && is(bold, "1"),
		   italic && is(italic, "1"),
		   size ? (int)(strtol(size, NULL, 10) / HUNDREDTHS % 100000)
			: 0);
}

static void begin(void *context, const char *name,
		  const char *const *attributes)
{
	struct slide *slide = context;

	if (slide->skipped || is(name, "Fallback"))
		slide->skipped++;
	else if (is(name, "t"))
		slide->in_text = true;
	else if (is(name, "r"))
		flow_style(slide->flow, false, false, 0);
	else if (is(name, "rPr"))
		show(slide, attributes);
	else if (is(name, "br"))
		flow_break_line(slide->flow);
	else if (is(name, "tc"))
		slide->in_cell = true;
	else if (is(name, "p") && slide->in_cell)
		flow_space(slide->flow);
}

static void end(void *context, const char *name)
{
	struct slide *slide = context;

	if (slide->skipped) {
		slide->skipped--;
		return;
	}
	if (is(name, "t")) {
		slide->in_text = false;
	} else if (is(name, "tc")) {
		slide->in_cell = false;
		flow_break_cell(slide->flow);
	} else if (is(name, "tr") || (is(name, "p") && !slide->in_cell)) {
		flow_break_block(slide->flow);
	}
}

static void text(void *context, const char *content, size_t size)
{
	struct slide *slide = context;

	if (slide->in_text && !slide->skipped)
		flow_add(slide->flow, content, size);
}

void pptx_read_slide(struct office_part *part)
{
	struct slide slide = { .flow = part->flow };
	const struct markup_handler handler = { &slide, begin, end, text };

	part->outcome = markup_read(part->xml, &handler);
}
