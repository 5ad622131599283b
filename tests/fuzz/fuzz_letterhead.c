/*
 * Any words in any places through the rules of a head. What is proposed must
 * be text, and the same pages must give the same again.
 */
#include "base/arena.h"
#include "base/bytes.h"
#include "letterhead/letterhead.h"
#include "viet/encoding.h"
#include <assert.h>
#include <stdint.h>
#include <string.h>

enum {
	WORDS_MAX = 600,
	PAGES_MAX = 4,
	INPUT_MAX = 6000,
	NEW_PAGE = 1,
	NEW_LINE = 2,
	NEW_PLACE = 3,
	NEW_LOOK = 4
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Pages that are made from bytes. */
struct maker {
	const uint8_t *data;
	size_t at, size;
	struct arena *arena;
	struct page pages[PAGES_MAX];
	size_t count;
	struct page_word *words;
	struct page_word next; /* its look and place */
};

static int take(struct maker *maker)
{
	return maker->at < maker->size ? maker->data[maker->at++] : 0;
}

static void add_page(struct maker *maker)
{
	if (maker->count == PAGES_MAX)
		return;
	maker->words = arena_array(maker->arena, WORDS_MAX,
				   sizeof *maker->words);
	maker->pages[maker->count] = (struct page){
		.source = (enum page_source)(take(maker) % 3),
		.number = (int)maker->count + 1,
		.width = take(maker) * 40,
		.height = take(maker) * 40,
		.words = maker->words,
	};
	maker->count++;
}

static void add_word(struct maker *maker, size_t start)
{
	struct page *page = &maker->pages[maker->count - 1];
	struct bytes bytes = { maker->data + start, maker->at - start };
	int width = (int)bytes.size * 120;

	if (page->count == WORDS_MAX || bytes.size == 0)
		return;
	maker->next.text =
		viet_from_charset(bytes, "utf-8", maker->arena, NULL);
	maker->next.box.right = maker->next.box.left + width;
	maker->words[page->count++] = maker->next;
	maker->next.box.left = maker->next.box.right + 50;
}

static void follow(struct maker *maker, int sign)
{
	if (sign == NEW_PAGE) {
		add_page(maker);
	} else if (sign == NEW_LINE) {
		maker->next.line++;
		maker->next.box.left = take(maker) * 40;
		maker->next.box.top += 150;
		maker->next.box.bottom = maker->next.box.top + 130;
	} else if (sign == NEW_PLACE) {
		maker->next.box.left = take(maker) * 40;
		maker->next.box.top = take(maker) * 40;
		maker->next.box.bottom = take(maker) * 40;
		maker->next.line = take(maker);
		maker->next.block = take(maker);
	} else if (sign == NEW_LOOK) {
		maker->next.confidence = take(maker) % 101;
		maker->next.bold = take(maker) & 1;
	}
}

static void make(struct maker *maker)
{
	add_page(maker);
	while (maker->at < maker->size) {
		size_t start = maker->at;

		while (maker->at < maker->size &&
		       maker->data[maker->at] > ' ')
			maker->at++;
		add_word(maker, start);
		if (maker->at < maker->size)
			follow(maker, maker->data[maker->at++]);
	}
}

static void assert_text(const char *text)
{
	assert(bytes_is_utf8(bytes_of(text)));
}

static void check(const struct letterhead *letterhead)
{
	assert(letterhead->likeness >= 0 && letterhead->likeness <= 1000);
	for (size_t i = 0; i < letterhead->count; i++) {
		const struct letterhead_proposal *own =
			&letterhead->proposals[i];

		assert_text(own->value);
		assert_text(own->seen);
		assert(own->confidence > 0 && own->confidence <= 1000);
		assert((own->role != NULL) ==
		       (own->field == LETTERHEAD_CITED));
		if (own->issuer)
			assert_text(own->issuer);
		assert(own->value[0] != '\0');
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	auto_arena *arena = arena_create(0);
	struct maker maker = { .data = data, .size = size, .arena = arena };
	struct letterhead letterhead, again;
	const char *name;

	if (size > INPUT_MAX)
		return 0;
	make(&maker);
	letterhead = letterhead_read(maker.pages, maker.count, arena);
	check(&letterhead);
	again = letterhead_read(maker.pages, maker.count, arena);
	assert(again.count == letterhead.count);
	name = viet_from_charset((struct bytes){ data, size }, "utf-8", arena,
				 NULL);
	letterhead = letterhead_read_name(name, arena);
	check(&letterhead);
	letterhead = letterhead_read_mail(name, arena);
	check(&letterhead);
	return 0;
}
