/*
 * MS-OXTNEF, read by ourselves: libytnef writes to stdout and has a history of
 * reading past its ends, and only files and their names are wanted here.
 *
 * A stream is a key and attributes: level, number, size, content, checksum.
 * What one attachment has follows the attribute that opens it; its long name
 * stands among MAPI properties in an attribute of its own.
 */
#include "reader/tnef.h"
#include "reader/html.h"
#include "reader/member.h"
#include "reader/text_file.h"
#include "viet/encoding.h"
#include <string.h>

enum {
	HEAD_SIZE = 6,	    /* signature and key */
	ATTRIBUTE_HEAD = 9, /* level, number, size */
	CHECKSUM_SIZE = 2,
	OPEN_FILE = 0x9002,
	FILE_DATA = 0x800f,
	FILE_TITLE = 0x8010,
	FILE_PROPERTIES = 0x9005,
	LETTER_BODY = 0x800c,
	LETTER_PROPERTIES = 0x9003,
	FILES_MAX = 1000,
	PROPERTIES_MAX = 10000
};

/* MAPI: numbers of properties and types of values. */
enum {
	PROPERTY_BODY = 0x1000,
	PROPERTY_PAGE = 0x1013, /* the body as HTML */
	PROPERTY_DATA_OBJECT = 0x3701,
	PROPERTY_LONG_NAME = 0x3707,
	PROPERTY_NAME = 0x3704,
	PROPERTY_DISPLAY_NAME = 0x3001,
	VALUE_STRING = 0x1e,
	VALUE_UNICODE = 0x1f,
	VALUE_BINARY = 0x102,
	VALUE_OBJECT = 0x0d,
	VALUE_CLASS = 0x48,
	VALUE_MANY = 0x1000,
	FIRST_NAMED = 0x8000,
	GUID_SIZE = 16
};

struct file {
	struct bytes content, object;
	const char *title, *long_name;
	bool is_open;
};

struct walk {
	const struct document_request *request;
	struct document *document;
	struct file file;
	const char *body;
};

struct cursor {
	struct bytes in;
	bool is_short; /* something was cut off */
};

static struct bytes take(struct cursor *cursor, size_t size)
{
	struct bytes taken = { cursor->in.data, 0 };

	if (size > cursor->in.size) {
		cursor->is_short = true;
		cursor->in.size = 0;
		return taken;
	}
	taken.size = size;
	cursor->in = bytes_part(cursor->in, size, cursor->in.size);
	return taken;
}

static uint32_t take_number(struct cursor *cursor, size_t size)
{
	struct bytes bytes = take(cursor, size);
	uint32_t number = 0;

	for (size_t i = bytes.size; i > 0; i--)
		number = number << 8 | bytes.data[i - 1];
	return number;
}

static struct bytes take_padded(struct cursor *cursor)
{
	size_t size = take_number(cursor, 4);
	struct bytes value = take(cursor, size);
	size_t padding = (4 - size % 4) % 4;

	(void)take(cursor, padding < cursor->in.size ? padding
						     : cursor->in.size);
	return value;
}

static size_t fixed_size(uint32_t type)
{
	switch (type) {
	case 0x05: /* double */
	case 0x06: /* currency */
	case 0x07: /* time of applications */
	case 0x14: /* 64 bits */
	case 0x40: /* time */
		return 8;
	case VALUE_CLASS:
		return GUID_SIZE;
	default:
		return 4;
	}
}

static bool is_variable(uint32_t type)
{
	return type == VALUE_STRING || type == VALUE_UNICODE ||
	       type == VALUE_BINARY || type == VALUE_OBJECT;
}

/* UTF-16 or bytes of a code page nobody believes. */
static const char *read_text(struct bytes value, uint32_t type,
			     struct arena *arena)
{
	unsigned char *marked;

	if (type != VALUE_UNICODE) {
		while (value.size && value.data[value.size - 1] == 0)
			value.size--;
		return viet_from_charset(value, NULL, arena, NULL);
	}
	marked = arena_alloc(arena, value.size + 2);
	marked[0] = 0xff;
	marked[1] = 0xfe;
	if (value.size)
		memcpy(marked + 2, value.data, value.size);
	return text_decode((struct bytes){ marked, value.size + 2 }, arena);
}

static const char *read_page(struct bytes value, struct arena *arena)
{
	const char *page = viet_from_charset(value, NULL, arena, NULL);

	return html_read(bytes_of(page), arena).text;
}

static void note_property(struct walk *walk, uint32_t id, uint32_t type,
			  struct bytes value)
{
	struct arena *arena = walk->document->arena;
	bool is_text = type == VALUE_STRING || type == VALUE_UNICODE;

	if (!walk->file.is_open) {
		if (id == PROPERTY_BODY && is_text)
			walk->body = read_text(value, type, arena);
		else if (id == PROPERTY_PAGE && type == VALUE_BINARY &&
			 !walk->body)
			walk->body = read_page(value, arena);
		return;
	}
	if (id == PROPERTY_LONG_NAME && is_text)
		walk->file.long_name = read_text(value, type, arena);
	else if ((id == PROPERTY_NAME || id == PROPERTY_DISPLAY_NAME) &&
		 is_text && !walk->file.long_name)
		walk->file.long_name = read_text(value, type, arena);
	else if (id == PROPERTY_DATA_OBJECT && !is_text)
		walk->file.object = value;
}

static void skip_name(struct cursor *cursor)
{
	(void)take(cursor, GUID_SIZE);
	if (take_number(cursor, 4) == 0)
		(void)take_number(cursor, 4);
	else
		(void)take_padded(cursor);
}

static void read_property(struct walk *walk, struct cursor *cursor)
{
	uint32_t type = take_number(cursor, 2);
	uint32_t id = take_number(cursor, 2);
	bool is_many = (type & VALUE_MANY) != 0;
	uint32_t count = 1;

	type &= ~(uint32_t)VALUE_MANY;
	if (id >= FIRST_NAMED)
		skip_name(cursor);
	if (is_many || is_variable(type))
		count = take_number(cursor, 4);
	for (uint32_t i = 0; i < count && !cursor->is_short; i++) {
		struct bytes value = is_variable(type)
					     ? take_padded(cursor)
					     : take(cursor, fixed_size(type));

		if (i == 0 && !cursor->is_short)
			note_property(walk, id, type, value);
	}
}

static void read_properties(struct walk *walk, struct bytes content)
{
	struct cursor cursor = { .in = content };
	uint32_t count = take_number(&cursor, 4);

	for (uint32_t i = 0; i < count && i < PROPERTIES_MAX; i++) {
		if (cursor.is_short)
			return;
		read_property(walk, &cursor);
	}
}

/* A letter or an OLE object inside has a class in front of its bytes. */
static struct bytes content_of(const struct file *file)
{
	if (file->content.size || file->object.size <= GUID_SIZE)
		return file->content;
	return bytes_part(file->object, GUID_SIZE, file->object.size);
}

static bool end_file(struct walk *walk, struct fail *why)
{
	struct file file = walk->file;
	const char *name = file.long_name ? file.long_name : file.title;

	if (!file.is_open)
		return true;
	walk->file = (struct file){ 0 };
	if (walk->document->member_count >= FILES_MAX) {
		walk->document->reason = "limit.members";
		return true;
	}
	if (name)
		name = member_name(bytes_of(name), walk->document->arena);
	return member_copy(walk->request, walk->document, content_of(&file),
			   name, why);
}

static bool read_attribute(struct walk *walk, uint32_t id, struct bytes content,
			   struct fail *why)
{
	struct arena *arena = walk->document->arena;

	if (id == OPEN_FILE) {
		if (!end_file(walk, why))
			return false;
		walk->file.is_open = true;
	} else if (id == FILE_DATA) {
		walk->file.content = content;
	} else if (id == FILE_TITLE) {
		walk->file.title = read_text(content, VALUE_STRING, arena);
	} else if (id == FILE_PROPERTIES || id == LETTER_PROPERTIES) {
		read_properties(walk, content);
	} else if (id == LETTER_BODY && !walk->body) {
		walk->body = read_text(content, VALUE_STRING, arena);
	}
	return true;
}

bool tnef_read(const struct document_request *request,
	       struct document *document, struct fail *why)
{
	struct walk walk = { .request = request, .document = document };
	struct cursor cursor = { .in = request->content };

	(void)take(&cursor, HEAD_SIZE);
	while (cursor.in.size >= ATTRIBUTE_HEAD) {
		uint32_t id, size;
		struct bytes content;

		(void)take(&cursor, 1);
		id = take_number(&cursor, 4) & 0xffff;
		size = take_number(&cursor, 4);
		content = take(&cursor, size);
		(void)take(&cursor, CHECKSUM_SIZE);
		if (!read_attribute(&walk, id, content, why))
			return false;
		if (document->reason)
			return true;
	}
	if (cursor.is_short)
		document_flag(document, "damaged_part");
	if (walk.body)
		text_flow(walk.body, document);
	return end_file(&walk, why);
}
