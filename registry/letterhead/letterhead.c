#include "letterhead/letterhead.h"
#include "base/bytes.h"
#include "viet/symbol.h"
#include <string.h>

/* The place of "Số" in the words, count when there is none. */
static size_t find_label(const struct page *page)
{
	size_t i = 0;

	while (i < page->count && strcmp(page->words[i].text, "Số:") != 0)
		i++;
	return i;
}

struct letterhead letterhead_read(const struct page *pages, size_t count,
				  struct arena *arena)
{
	struct letterhead_proposal *proposal;
	size_t at = count > 0 ? find_label(&pages[0]) : 0;
	struct symbol symbol;

	if (count == 0 || at + 1 >= pages[0].count ||
	    !symbol_parse(pages[0].words[at + 1].text, arena, &symbol))
		return (struct letterhead){ 0 };
	proposal = arena_alloc(arena, sizeof *proposal);
	*proposal = (struct letterhead_proposal){
		.field = LETTERHEAD_SYMBOL,
		.source = pages[0].source == PAGE_OCR ? LETTERHEAD_FROM_OCR
						      : LETTERHEAD_FROM_TEXT,
		.value = symbol_print(&symbol, arena),
		.seen = pages[0].words[at + 1].text,
		.page = pages[0].number,
		.box = pages[0].words[at + 1].box,
		.confidence = LETTERHEAD_SURE,
	};
	return (struct letterhead){
		.proposals = proposal,
		.count = 1,
		.likeness = 500,
	};
}

struct letterhead letterhead_read_name(const char *name, struct arena *arena)
{
	(void)name;
	(void)arena;
	return (struct letterhead){ 0 };
}

struct letterhead letterhead_read_mail(const char *subject,
				       struct arena *arena)
{
	(void)subject;
	(void)arena;
	return (struct letterhead){ 0 };
}
