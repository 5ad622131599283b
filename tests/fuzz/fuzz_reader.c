/*
 * Any bytes as a letter: an answer or a failure, never a fall; what is found
 * lies inside the room.
 */
#include "reader/mail.h"
#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	ROOM_SIZE = 1 << 20
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static unsigned char room[ROOM_SIZE];
	static bool is_open;
	const struct mail_room memory = { .at = room, .size = ROOM_SIZE };
	auto_arena *arena = arena_create(0);
	auto_tree *answer = tree_create();
	auto_text json = { 0 };
	struct fail why;

	if (size > 64 * 1024)
		return 0;
	if (!is_open)
		mail_open();
	is_open = true;
	if (mail_read((struct bytes){ data, size }, memory, arena, answer,
		      &why))
		tree_print(answer, &json);
	else
		assert(why.kind == FAIL_LIMIT || why.kind == FAIL_INVALID);
	return 0;
}
