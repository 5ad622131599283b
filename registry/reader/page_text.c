#include "reader/page_text.h"
#include "viet/heal.h"

enum {
	TEXT_MAX = 8 * 1024 * 1024
};

void page_text_add(const struct page *page, struct text *text)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct page_word *word = &page->words[i];
		const struct page_word *before = i ? word - 1 : NULL;

		if (before && before->block != word->block)
			text_add(text, "\n\n");
		else if (before && before->line != word->line)
			text_add_char(text, '\n');
		else if (before)
			text_add_char(text, ' ');
		text_add(text, word->text);
	}
}

void page_text_join(struct document *document)
{
	auto_text text = { .limit = TEXT_MAX };
	int number = 1;
	size_t size = 0;

	for (size_t i = 0; i < document->page_count && !text.over; i++) {
		const struct page *page = &document->pages[i];

		size = text.size;
		for (; number < page->number; number++)
			text_add_char(&text, '\f');
		page_text_add(page, &text);
	}
	if (text.over)
		document_flag(document, "cut");
	if (text.size > 0)
		document->text = viet_heal(
			arena_copy_part(document->arena, text.string,
					text.over ? size : text.size),
			document->arena, NULL);
}
