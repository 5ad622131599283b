#include "reader/style.h"
#include <string.h>

enum {
	STYLES_MAX = 20000,
	PARENTS_MAX = 16
};

struct style *style_add(struct style_table *table, const char *id)
{
	if (table->count >= STYLES_MAX)
		return NULL;
	table->items = arena_grow(table->arena, table->items, table->count,
				  sizeof(*table->items));
	table->items[table->count].id = arena_copy(table->arena, id);
	return &table->items[table->count++];
}

static void apply(enum style_switch *one, enum style_switch over)
{
	if (over != STYLE_INHERIT)
		*one = over;
}

void style_apply(struct style *style, const struct style *over)
{
	if (over->font)
		style->font = over->font;
	if (over->size)
		style->size = over->size;
	apply(&style->bold, over->bold);
	apply(&style->italic, over->italic);
	apply(&style->upper, over->upper);
	apply(&style->hidden, over->hidden);
	apply(&style->page_before, over->page_before);
}

static const struct style *find(const struct style_table *table,
				const char *id)
{
	for (size_t i = 0; id && i < table->count; i++) {
		if (strcmp(table->items[i].id, id) == 0)
			return &table->items[i];
	}
	return NULL;
}

void style_apply_named(struct style *style, const struct style_table *table,
		       const char *id)
{
	const struct style *line[PARENTS_MAX];
	size_t count = 0;

	while (count < PARENTS_MAX && (line[count] = find(table, id)) != NULL)
		id = line[count++]->parent;
	while (count)
		style_apply(style, line[--count]);
}

void style_show(const struct style *style, struct flow *flow)
{
	flow_font(flow, style->font);
	flow_style(flow, style->bold == STYLE_ON, style->italic == STYLE_ON,
		   style->size);
	flow_upper(flow, style->upper == STYLE_ON);
}
