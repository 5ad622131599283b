/*
 * What tests of reading share: one arena for all of them, a line made of
 * words, the first proposal for a field.
 */
#pragma once
#include "letterhead/letterhead.h"
#include "letterhead/line.h"
#include "support/test.h"

static struct arena *arena;

static inline int open_arena(void **state)
{
	(void)state;
	arena = arena_create(0);
	return 0;
}

static inline int close_arena(void **state)
{
	(void)state;
	arena_destroy(&arena);
	return 0;
}

/* The lines of a page that has these words and no places. */
static inline struct lines lines_of(const char *text)
{
	static struct page_word words[32];
	static struct page page;

	page = (struct page){ .source = PAGE_FLOW, .words = words };
	while (*text) {
		size_t size = strcspn(text, " ");

		if (size > 0)
			words[page.count++] = (struct page_word){
				.text = arena_copy_part(arena, text, size),
				.confidence = 100,
			};
		text += size;
		text += *text == ' ';
	}
	return line_list(&page, 0, arena);
}

/* NULL: the letterhead has none. */
static inline const struct letterhead_proposal *
find_best(const struct letterhead *letterhead, enum letterhead_field field)
{
	for (size_t i = 0; i < letterhead->count; i++) {
		if (letterhead->proposals[i].field == field)
			return &letterhead->proposals[i];
	}
	return NULL;
}

/* "" when there is none. */
static inline const char *best(const struct letterhead *letterhead,
			       enum letterhead_field field)
{
	const struct letterhead_proposal *own = find_best(letterhead, field);

	return own ? own->value : "";
}

/* Whether one of the proposals for the field is sure. */
static inline bool has_sure(const struct letterhead *letterhead,
			    enum letterhead_field field)
{
	for (size_t i = 0; i < letterhead->count; i++) {
		if (letterhead->proposals[i].field == field &&
		    letterhead->proposals[i].confidence >= LETTERHEAD_SURE)
			return true;
	}
	return false;
}
