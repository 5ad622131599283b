#include "base/bytes.h"
#include <string.h>

/* Length of the sequence that starts at data, or 0 when it is not legal. */
static size_t sequence_length(const unsigned char *data, size_t left)
{
	unsigned char lead = data[0];
	unsigned char low = 0x80, high = 0xBF;
	size_t length;

	if (lead < 0x80)
		return lead ? 1 : 0;
	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3
					       : 4;
	if (left < length)
		return 0;
	if (lead == 0xE0)
		low = 0xA0;
	else if (lead == 0xED)
		high = 0x9F;
	else if (lead == 0xF0)
		low = 0x90;
	else if (lead == 0xF4)
		high = 0x8F;
	if (data[1] < low || data[1] > high)
		return 0;
	for (size_t i = 2; i < length; i++)
		if (data[i] < 0x80 || data[i] > 0xBF)
			return 0;
	return length;
}

bool bytes_is_utf8(struct bytes bytes)
{
	size_t i = 0;

	while (i < bytes.size) {
		size_t length = sequence_length(bytes.data + i, bytes.size - i);
		if (!length)
			return false;
		i += length;
	}
	return true;
}

size_t bytes_find(struct bytes in, struct bytes what, size_t from)
{
	const unsigned char *found;

	if (from > in.size)
		return in.size;
	found = memmem(in.data + from, in.size - from, what.data, what.size);
	return found ? (size_t)(found - in.data) : in.size;
}

struct bytes bytes_of(const char *string)
{
	return (struct bytes){ (const unsigned char *)string, strlen(string) };
}

struct bytes bytes_part(struct bytes bytes, size_t from, size_t to)
{
	if (to > bytes.size)
		to = bytes.size;
	if (from > to)
		from = to;
	return (struct bytes){ bytes.data + from, to - from };
}
