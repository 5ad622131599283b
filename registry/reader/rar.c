#include "reader/rar.h"
#include <stdint.h>
#include <string.h>

enum {
	SIGNATURE_SIZE = 8,
	CHECKSUM_SIZE = 4,
	BLOCKS_MAX = 20000,
	/* types of blocks */
	BLOCK_FILE = 2,
	BLOCK_ENCRYPTION = 4,
	/* flags of blocks */
	HAS_EXTRA = 1,
	HAS_DATA = 2,
	/* types of extra records */
	RECORD_ENCRYPTION = 1
};

/* Seven bits a byte, the lowest first; what is too long reads as very much. */
static uint64_t take(struct bytes *in)
{
	uint64_t number = 0;

	for (unsigned shift = 0; in->size && shift < 63; shift += 7) {
		unsigned char byte = in->data[0];

		*in = bytes_part(*in, 1, in->size);
		number |= (uint64_t)(byte & 0x7f) << shift;
		if (!(byte & 0x80))
			return number;
	}
	in->size = 0;
	return UINT64_MAX;
}

static bool has_lock(struct bytes extra)
{
	while (extra.size) {
		uint64_t size = take(&extra);
		struct bytes record = extra;

		if (size == 0 || size > extra.size)
			return false;
		if (take(&record) == RECORD_ENCRYPTION)
			return true;
		extra = bytes_part(extra, (size_t)size, extra.size);
	}
	return false;
}

/* The block at the start of `in`, which moves past it; false at the end. */
static bool read_block(struct bytes *in, bool *ret_locked)
{
	struct bytes head, rest;
	uint64_t size, type, flags, extra = 0, data = 0;

	if (in->size < CHECKSUM_SIZE)
		return false;
	rest = bytes_part(*in, CHECKSUM_SIZE, in->size);
	size = take(&rest);
	if (size == 0 || size > rest.size)
		return false;
	head = bytes_part(rest, 0, (size_t)size);
	rest = bytes_part(rest, (size_t)size, rest.size);
	type = take(&head);
	flags = take(&head);
	if (flags & HAS_EXTRA)
		extra = take(&head);
	if (flags & HAS_DATA)
		data = take(&head);
	if (extra > head.size || data > rest.size)
		return false;
	head = bytes_part(head, head.size - (size_t)extra, head.size);
	*ret_locked = type == BLOCK_ENCRYPTION ||
		      (type == BLOCK_FILE && has_lock(head));
	*in = bytes_part(rest, (size_t)data, rest.size);
	return true;
}

bool rar_is_encrypted(struct bytes content)
{
	static const unsigned char signature[] = "Rar!\x1a\x07\x01";
	bool is_locked = false;

	if (content.size < SIGNATURE_SIZE ||
	    memcmp(content.data, signature, SIGNATURE_SIZE) != 0)
		return false;
	content = bytes_part(content, SIGNATURE_SIZE, content.size);
	for (size_t i = 0; i < BLOCKS_MAX && !is_locked; i++) {
		if (!read_block(&content, &is_locked))
			return false;
	}
	return is_locked;
}
