/*
 * Any bytes as a table of mailboxes and as a set of UIDs.
 */
#include "core/csv.h"
#include "core/uidset.h"
#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_csv(struct bytes bytes, struct arena *arena)
{
	struct csv csv = { 0 };
	struct fail why;

	if (!csv_parse(bytes, arena, &csv, &why))
		return;
	for (size_t i = 0; i < csv.count; i++)
		for (size_t j = 0; j < csv.rows[i].count; j++)
			assert(bytes_is_utf8(bytes_of(csv.rows[i].fields[j])));
}

static void try_uids(const char *string, struct arena *arena)
{
	auto_uidset set = { 0 }, again = { 0 };
	struct fail why;
	const char *printed;

	if (!uidset_parse(string, &set, &why))
		return;
	printed = uidset_print(&set, arena);
	assert(uidset_parse(printed, &again, &why));
	assert(uidset_count(&set) == uidset_count(&again));
	assert(strcmp(printed, uidset_print(&again, arena)) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };
	auto_arena *arena = arena_create(0);

	if (size > 16 * 1024)
		return 0;
	try_csv(bytes, arena);
	try_uids(arena_copy_part(arena, size ? (const char *)data : "", size),
		 arena);
	return 0;
}
