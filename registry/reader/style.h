/*
 * Styles: how text looks in an office document, as far as it matters here.
 */
#pragma once
#include "base/arena.h"
#include "reader/flow.h"

enum style_switch {
	STYLE_INHERIT,
	STYLE_ON,
	STYLE_OFF
};

struct style {
	const char *id, *parent; /* NULL: none */
	const char *font;
	int size; /* tenths of a point; 0: inherits */
	enum style_switch bold, italic, upper, hidden, page_before;
};

struct style_table {
	struct arena *arena;
	struct style *items;
	size_t count;
	struct style base; /* of text without a style */
};

/* NULL when the table is full. */
struct style *style_add(struct style_table *table, const char *id);
/* What `over` says on top of what `style` says. */
void style_apply(struct style *style, const struct style *over);
/* The same of a style by name, with its parents. */
void style_apply_named(struct style *style, const struct style_table *table,
		       const char *id);
void style_show(const struct style *style, struct flow *flow);
