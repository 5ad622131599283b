#include "reader/member.h"
#include "base/text.h"
#include "reader/sniff.h"
#include "viet/character.h"
#include "viet/encoding.h"
#include <string.h>

enum {
	NAME_MAX_BYTES = 240, /* a file system takes 255 */
	ENDING_MAX = 12
};

struct member_space member_space(const struct document_request *request,
				 const struct document *document)
{
	size_t used = 0;

	if (document->member_count) {
		const struct document_member *last =
			&document->members[document->member_count - 1];

		used = last->at + last->size;
	}
	return (struct member_space){ request->room ? request->room + used
						    : NULL,
				      request->room_size - used };
}

static const char *class_of(const char *type)
{
	return strcmp(type, "message/rfc822") == 0 ? "message" : "file";
}

struct document_member *member_add(const struct document_request *request,
				   struct document *document, size_t size,
				   const char *name)
{
	struct member_space space = member_space(request, document);
	struct document_member *member;
	const char *type =
		sniff_type((struct bytes){ space.at, size }, name);

	document->members = arena_grow(document->arena, document->members,
				       document->member_count,
				       sizeof(*document->members));
	member = &document->members[document->member_count++];
	*member = (struct document_member){
		.path = arena_print(document->arena, "%zu",
				    document->member_count),
		.name = name,
		.type = type,
		.class = class_of(type),
		.at = request->room_size - space.size,
		.size = size
	};
	return member;
}

bool member_copy(const struct document_request *request,
		 struct document *document, struct bytes content,
		 const char *name, struct fail *why)
{
	struct member_space space = member_space(request, document);

	if (content.size > space.size)
		return fail(why, FAIL_LIMIT, "no room for what is inside");
	if (content.size)
		memcpy(space.at, content.data, content.size);
	(void)member_add(request, document, content.size, name);
	return true;
}

/* Controls, marks of direction, what has no width, line separators. */
static bool is_harmful(uint32_t character)
{
	return character < 0x20 || (character >= 0x7f && character < 0xa0) ||
	       character == 0xad || character == 0x61c ||
	       (character >= 0x200b && character <= 0x200f) ||
	       (character >= 0x2028 && character <= 0x202e) ||
	       (character >= 0x2060 && character <= 0x206f) ||
	       character == 0xfeff ||
	       (character >= 0xfff9 && character <= 0xfffb) ||
	       (character >= 0xe0000 && character <= 0xe007f);
}

static void add_harmless(struct text *text, struct bytes name)
{
	char letter[CHARACTER_UTF8_SIZE];
	size_t at = 0;

	while (at < name.size) {
		uint32_t character = character_read(name, &at);

		if (is_harmful(character))
			continue;
		text_add_part(text, letter,
			      character_write(character, letter));
	}
}

/* Behind the last stroke of either kind. */
static struct bytes last_part(struct bytes name)
{
	size_t start = 0, end = name.size;

	while (end && (name.data[end - 1] == '/' || name.data[end - 1] == '\\'))
		end--;
	for (size_t i = 0; i < end; i++) {
		if (name.data[i] == '/' || name.data[i] == '\\')
			start = i + 1;
	}
	return bytes_part(name, start, end);
}

static struct bytes trim(struct bytes name)
{
	size_t start = 0, end = name.size;

	while (start < end && strchr(" .", name.data[start]) &&
	       (name.data[start] == ' ' || start + 1 == end ||
		name.data[start + 1] == '.' || name.data[start + 1] == ' '))
		start++;
	while (end > start && strchr(" .", name.data[end - 1]))
		end--;
	return bytes_part(name, start, end);
}

/* Long names lose their middle, never their ending. */
static const char *shorten(struct bytes name, struct arena *arena)
{
	size_t ending = name.size, head = NAME_MAX_BYTES;

	if (name.size <= NAME_MAX_BYTES)
		return arena_copy_part(arena, (const char *)name.data,
				       name.size);
	while (ending > name.size - ENDING_MAX && name.data[ending - 1] != '.')
		ending--;
	if (ending == name.size - ENDING_MAX)
		ending = name.size;
	else
		ending--;
	head -= name.size - ending;
	while (head && (name.data[head] & 0xc0) == 0x80)
		head--;
	while (head && ending == name.size &&
	       strchr(" .", name.data[head - 1]))
		head--;
	return arena_print(arena, "%.*s%.*s", (int)head,
			   (const char *)name.data,
			   (int)(name.size - ending),
			   (const char *)name.data + ending);
}

const char *member_name(struct bytes name, struct arena *arena)
{
	auto_text harmless = { 0 };
	char *text = viet_from_charset(name, NULL, arena, NULL);
	bool repaired;

	add_harmless(&harmless,
		     bytes_of(viet_repair(text, arena, &repaired)));
	name = trim(last_part(bytes_of(text_string(&harmless))));
	return name.size ? shorten(name, arena) : NULL;
}
