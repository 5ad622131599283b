/*
 * Any bytes as JSON and as a day: what is accepted prints and reads back the
 * same.
 */
#include "base/moment.h"
#include "base/tree.h"
#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_tree(struct bytes bytes)
{
	struct fail why;
	auto_tree *tree = tree_parse(bytes, &why);
	auto_text first = { 0 }, second = { 0 };

	if (!tree) {
		assert(why.kind == FAIL_INVALID);
		return;
	}
	tree_print(tree, &first);
	auto_tree *again = tree_parse(bytes_of(first.string), &why);
	assert(again);
	tree_print(again, &second);
	assert(strcmp(first.string, second.string) == 0);
}

static void try_day(struct bytes bytes)
{
	char text[16] = "", iso[DAY_SIZE];
	struct day day;

	if (bytes.size >= sizeof(text))
		return;
	if (bytes.size)
		memcpy(text, bytes.data, bytes.size);
	if (!day_parse(text, &day))
		return;
	day_print(day, iso);
	assert(strcmp(text, iso) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = { data, size };

	if (size > 16 * 1024)
		return 0;
	(void)bytes_is_utf8(bytes);
	try_tree(bytes);
	try_day(bytes);
	return 0;
}
