/*
 * Any bytes as the text, the names and the headers that links are found by.
 */
#include "base/bytes.h"
#include "core/link_cite.h"
#include "core/near_text.h"
#include "core/receipt.h"
#include "core/sameness.h"
#include "core/trusted.h"
#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_cites(const char *text, struct arena *arena)
{
	struct link_cited_list list = { .count = 0 };

	link_cite_scan(text, 900, arena, &list);
	for (size_t i = 0; i < list.count; i++) {
		assert(list.items[i].symbol_key && *list.items[i].symbol_key);
		assert(list.items[i].role);
		assert(!list.items[i].day || strlen(list.items[i].day) == 10);
	}
}

static void try_texts(const char *text, struct arena *arena)
{
	struct near_text near;

	if (near_text_of(text, &near))
		assert(near_text_likeness(&near, &near) == 1000);
	assert(!*text || sameness_of(text, text, arena) >= 0);
	(void)sameness_is_name(text, "Sở Y tế tỉnh Lam Giang", arena);
	(void)sameness_has_cue(sameness_bare_subject(text), SAMENESS_ANNEX,
			       arena);
}

/* Whatever the list holds, a domain that is nowhere in it never passes. */
static void try_lists(const char *json, struct arena *arena)
{
	struct receipt_list list = receipt_parse(json, arena);

	for (size_t i = 0; i < list.count; i++)
		assert(list.items[i].state && list.items[i].recipient);
	if (trusted_has_dkim(json, "a", "b.c", arena))
		assert(strcasestr(json, "b.c"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };
	auto_arena *arena = arena_create(0);
	const char *text;

	if (size > 16 * 1024 || !bytes_is_utf8(bytes))
		return 0;
	text = arena_copy_part(arena, size ? (const char *)data : "", size);
	try_cites(text, arena);
	try_texts(text, arena);
	try_lists(text, arena);
	return 0;
}
