/*
 * Only the outermost shells are walked: ContentInfo, SignedData, and the
 * octets of its content (RFC 5652), in BER with lengths of either kind. Whose
 * signature it is, and whether it holds, is not asked here.
 */
#include "reader/smime.h"
#include "base/text.h"
#include "reader/member.h"
#include "reader/transfer.h"
#include <string.h>
#include <strings.h>

enum {
	TAG_INTEGER = 0x02,
	TAG_OCTETS = 0x04,
	TAG_OBJECT = 0x06,
	TAG_OCTETS_IN_PARTS = 0x24,
	TAG_SEQUENCE = 0x30,
	TAG_SET = 0x31,
	TAG_CONTENT = 0xa0
};

struct element {
	unsigned tag;
	struct bytes inside; /* to the end of the input when indefinite */
	bool is_indefinite;
	size_t size; /* with its header; indefinite: of the header */
};

static bool read_length(struct bytes in, struct element *element)
{
	size_t count = in.data[1] & 0x7fU, length = 0;

	if (!(in.data[1] & 0x80)) {
		length = in.data[1];
		count = 0;
	}
	element->is_indefinite = in.data[1] == 0x80;
	if (count > sizeof(uint32_t) || in.size < 2 + count)
		return false;
	for (size_t i = 0; i < count; i++)
		length = length << 8 | in.data[2 + i];
	if (element->is_indefinite)
		length = in.size - 2;
	if (length > in.size - 2 - count)
		return false;
	element->inside = bytes_part(in, 2 + count, 2 + count + length);
	element->size = 2 + count + (element->is_indefinite ? 0 : length);
	return true;
}

static bool read_element(struct bytes in, struct element *ret_element)
{
	if (in.size < 2 || (in.data[0] & 0x1f) == 0x1f)
		return false;
	ret_element->tag = in.data[0];
	return read_length(in, ret_element);
}

/* Into an element of this tag. */
static bool enter(struct bytes *in, unsigned tag)
{
	struct element element;

	if (!read_element(*in, &element) || element.tag != tag)
		return false;
	*in = element.inside;
	return true;
}

/* Past an element of this tag with a length. */
static bool skip(struct bytes *in, unsigned tag)
{
	struct element element;

	if (!read_element(*in, &element) || element.tag != tag ||
	    element.is_indefinite)
		return false;
	*in = bytes_part(*in, element.size, in->size);
	return true;
}

/* The last number of 1.2.840.113549.1.7.x; 0 for other objects. */
static unsigned read_content_type(struct bytes *in)
{
	static const unsigned char data[] = {
		0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07
	};
	struct element element;

	if (!read_element(*in, &element) || element.tag != TAG_OBJECT ||
	    element.is_indefinite)
		return 0;
	*in = bytes_part(*in, element.size, in->size);
	if (element.inside.size != sizeof(data) + 1 ||
	    memcmp(element.inside.data, data, sizeof(data)) != 0)
		return 0;
	return element.inside.data[sizeof(data)];
}

static size_t header_of(const struct element *element)
{
	return element->is_indefinite ? element->size
				      : element->size - element->inside.size;
}

/* Octets in one piece or in many, without recursion: the shells of parts are
 * entered, those with a length need no end. */
static bool read_octets(struct bytes in, struct member_space space,
			size_t *ret_size, struct fail *why)
{
	size_t size = 0;
	struct element element;

	while (read_element(in, &element)) {
		if (element.tag == TAG_OCTETS_IN_PARTS) {
			in = bytes_part(in, header_of(&element), in.size);
			continue;
		}
		if (element.tag != TAG_OCTETS || element.is_indefinite)
			break;
		if (element.inside.size > space.size - size)
			return fail(why, FAIL_LIMIT,
				    "no room for what is signed");
		if (element.inside.size)
			memcpy(space.at + size, element.inside.data,
			       element.inside.size);
		size += element.inside.size;
		in = bytes_part(in, element.size, in.size);
	}
	*ret_size = size;
	return true;
}

enum {
	CONTENT_SIGNED = 2,
	CONTENT_ENVELOPED = 3
};

static const char *name_of_content(const char *name, struct arena *arena)
{
	size_t size = name ? strlen(name) : 0;

	if (size > 4 && strncasecmp(name + size - 4, ".p7m", 4) == 0)
		return arena_copy_part(arena, name, size - 4);
	return NULL;
}

static bool read_signed(struct bytes in,
			const struct document_request *request,
			struct document *document, struct fail *why)
{
	size_t size = 0;

	if (!enter(&in, TAG_CONTENT) || !enter(&in, TAG_SEQUENCE) ||
	    !skip(&in, TAG_INTEGER) || !skip(&in, TAG_SET) ||
	    !enter(&in, TAG_SEQUENCE)) {
		document->reason = "damaged";
		return true;
	}
	(void)read_content_type(&in);
	if (!enter(&in, TAG_CONTENT)) {
		document_flag(document, "detached_signature");
		return true;
	}
	if (!read_octets(in, member_space(request, document), &size, why))
		return false;
	(void)member_add(request, document, size,
			 name_of_content(request->name, document->arena));
	return true;
}

/* Between the lines BEGIN and END. */
static struct bytes open_pem(struct bytes content, struct arena *arena)
{
	const struct bytes line = bytes_of("\n");
	size_t start = bytes_find(content, line, 0);
	size_t end = bytes_find(content, bytes_of("-----END"), start);
	struct bytes body = bytes_part(content, start, end);
	unsigned char *plain =
		arena_alloc(arena, transfer_room("base64", body) + 1);
	struct transfer transfer = transfer_decode("base64", body, plain);

	return (struct bytes){ plain, transfer.size };
}

bool smime_read(const struct document_request *request,
		struct document *document, struct fail *why)
{
	struct bytes in = request->content;

	if (in.data[0] == '-')
		in = open_pem(in, document->arena);
	if (enter(&in, TAG_SEQUENCE)) {
		unsigned type = read_content_type(&in);

		if (type == CONTENT_SIGNED)
			return read_signed(in, request, document, why);
		if (type >= CONTENT_ENVELOPED) {
			document->reason = "encrypted";
			return true;
		}
	}
	document->reason = "damaged";
	return true;
}
