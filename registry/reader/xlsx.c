/*
 * SpreadsheetML: a sheet is a page, a row is a line of cells. Numbers are as
 * the file has them: days are serial numbers.
 */
#include "reader/office_part.h"
#include <stdlib.h>
#include <string.h>

enum {
	STRINGS_MAX = 500000,
	STRING_MAX = 32767 * 3 /* what a cell holds */
};

struct sheet_walk {
	struct office_part *part;
	struct text text; /* of the string or the cell */
	bool in_text, is_shared;
	size_t skipped; /* readings of ideographs */
};

static bool is(const char *name, const char *other)
{
	return strcmp(name, other) == 0;
}

static void text(void *context, const char *content, size_t size)
{
	struct sheet_walk *walk = context;

	if (walk->in_text && !walk->skipped)
		text_add_part(&walk->text, content, size);
}

static void strings_begin(void *context, const char *name,
			  const char *const *attributes)
{
	struct sheet_walk *walk = context;

	(void)attributes;
	if (walk->skipped || is(name, "rPh"))
		walk->skipped++;
	else if (is(name, "si"))
		text_clear(&walk->text);
	else if (is(name, "t"))
		walk->in_text = true;
}

static void strings_end(void *context, const char *name)
{
	struct sheet_walk *walk = context;
	struct office_part *part = walk->part;

	if (walk->skipped) {
		walk->skipped--;
		return;
	}
	if (is(name, "t"))
		walk->in_text = false;
	if (!is(name, "si") || part->string_count >= STRINGS_MAX)
		return;
	part->strings = arena_grow(part->document->arena, part->strings,
				   part->string_count,
				   sizeof(*part->strings));
	part->strings[part->string_count++] = arena_copy(
		part->document->arena, text_string(&walk->text));
}

void xlsx_read_strings(struct office_part *part)
{
	struct sheet_walk walk = { .part = part };
	const struct markup_handler handler = { &walk, strings_begin,
						strings_end, text };

	walk.text.limit = STRING_MAX;
	part->outcome = markup_read(part->xml, &handler);
	text_done(&walk.text);
}

static void cell_begin(void *context, const char *name,
		       const char *const *attributes)
{
	struct sheet_walk *walk = context;

	if (walk->skipped || is(name, "rPh")) {
		walk->skipped++;
	} else if (is(name, "c")) {
		const char *type = markup_attribute(attributes, "t");

		walk->is_shared = type && is(type, "s");
		text_clear(&walk->text);
	} else if (is(name, "v") || is(name, "t")) {
		walk->in_text = true;
	}
}

static const char *shared_string(const struct sheet_walk *walk)
{
	const char *number = text_string(&walk->text);
	unsigned long i = strtoul(number, NULL, 10);

	return i < walk->part->string_count ? walk->part->strings[i] : "";
}

static void cell_end(void *context, const char *name)
{
	struct sheet_walk *walk = context;
	struct flow *flow = walk->part->flow;

	if (walk->skipped) {
		walk->skipped--;
	} else if (is(name, "v") || is(name, "t")) {
		walk->in_text = false;
	} else if (is(name, "c")) {
		const char *content = walk->is_shared
					      ? shared_string(walk)
					      : text_string(&walk->text);

		flow_add(flow, content, strlen(content));
		flow_break_cell(flow);
	} else if (is(name, "row")) {
		flow_break_block(flow);
	}
}

void xlsx_read_sheet(struct office_part *part)
{
	struct sheet_walk walk = { .part = part };
	const struct markup_handler handler = { &walk, cell_begin, cell_end,
						text };

	walk.text.limit = STRING_MAX;
	part->outcome = markup_read(part->xml, &handler);
	text_done(&walk.text);
}
