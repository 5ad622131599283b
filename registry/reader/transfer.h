/*
 * Transfer: content out of its Content-Transfer-Encoding, byte for byte as the
 * definition of an attachment says.
 */
#pragma once
#include "base/bytes.h"
#include <stddef.h>

struct transfer {
	size_t size;	/* of the content */
	bool junk;	/* characters that do not belong there */
	bool after_end; /* something follows the end of base64 */
	bool unknown;	/* an encoding that nobody knows: taken as it is */
};

/* Bytes of room that the content may need. */
size_t transfer_room(const char *encoding, struct bytes body);
/* `out` has that room. */
struct transfer transfer_decode(const char *encoding, struct bytes body,
				unsigned char *out);
