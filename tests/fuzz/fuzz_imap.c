/*
 * Any bytes as a set of UIDs and as a folder's name.
 */
#include "base/bytes.h"
#include "imap/uids.h"
#include "imap/utf7.h"
#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_uids(const char *string)
{
	auto_uids uids = { 0 }, again = { 0 };
	auto_text first = { 0 }, second = { 0 };
	struct fail why;

	if (!uids_parse(string, &uids, &why))
		return;
	uids_print(&uids, &first);
	assert(uids_parse(text_string(&first), &again, &why));
	uids_print(&again, &second);
	assert(strcmp(text_string(&first), text_string(&second)) == 0);
	assert(uids_count(&uids) == uids_count(&again));
}

static void try_name(const char *string, struct arena *arena)
{
	const char *coded;
	struct fail why;

	if (!utf7_of_name(string, arena, &coded, &why))
		return;
	for (; *coded; coded++)
		assert(*coded >= 0x20 && *coded < 0x7F);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	auto_arena *arena = arena_create(0);
	const char *string =
		arena_copy_part(arena, size ? (const char *)data : "", size);

	if (size > 4096)
		return 0;
	try_uids(string);
	if (bytes_is_utf8(bytes_of(string)))
		try_name(string, arena);
	return 0;
}
