#include "reader/text_file.h"
#include "base/text.h"
#include "reader/flow.h"
#include "viet/character.h"
#include "viet/encoding.h"
#include <string.h>

enum {
	CONTENT_MAX = 16 * 1024 * 1024
};

static unsigned read_unit(struct bytes content, size_t at, bool big)
{
	unsigned one = content.data[at], other = content.data[at + 1];

	return big ? one << 8 | other : other << 8 | one;
}

/* Behind its byte order mark. */
static const char *read_utf16(struct bytes content, struct arena *arena)
{
	const bool big = content.data[0] == 0xfe;
	char letter[CHARACTER_UTF8_SIZE];
	auto_text text = { 0 };

	for (size_t at = 2; at + 1 < content.size; at += 2) {
		uint32_t character = read_unit(content, at, big);

		if (character >= 0xd800 && character < 0xdc00 &&
		    at + 3 < content.size) {
			uint32_t low = read_unit(content, at + 2, big);

			at += 2;
			character = 0x10000 + ((character - 0xd800) << 10) +
				    ((low - 0xdc00) & 0x3ff);
		}
		if (character == 0)
			continue;
		text_add_part(&text, letter,
			      character_write(character, letter));
	}
	return arena_copy(arena, text_string(&text));
}

const char *text_decode(struct bytes content, struct arena *arena)
{
	if (content.size >= 2 &&
	    ((content.data[0] == 0xff && content.data[1] == 0xfe) ||
	     (content.data[0] == 0xfe && content.data[1] == 0xff)))
		return read_utf16(content, arena);
	return viet_from_charset(content, NULL, arena, NULL);
}

/* Lines are repaired one by one: old and new letters may stand together. */
static void add_line(struct flow *flow, struct bytes line, struct arena *arena)
{
	bool repaired;
	const char *text = arena_copy_part(arena, (const char *)line.data,
					   line.size);

	if (strspn(text, " \t\r") == line.size) {
		flow_break_block(flow);
		return;
	}
	text = viet_repair(text, arena, &repaired);
	while (*text) {
		size_t size = strcspn(text, "\t");

		flow_add(flow, text, size);
		text += size;
		if (*text)
			flow_tab(flow);
		text += strspn(text, "\t");
	}
	flow_break_line(flow);
}

void text_flow(const char *text, struct document *document)
{
	auto_arena *arena = arena_create(0);
	struct flow flow;

	flow_open(&flow, document);
	while (*text && !flow.is_full) {
		size_t size = strcspn(text, "\n\f");

		add_line(&flow,
			 (struct bytes){ (const unsigned char *)text, size },
			 arena);
		arena_reset(arena);
		text += size;
		if (*text == '\f')
			flow_break_page(&flow);
		if (*text)
			text++;
	}
	flow_close(&flow);
}

bool text_read(const struct document_request *request,
	       struct document *document, struct fail *why)
{
	struct bytes content = request->content;

	(void)why;
	if (content.size > CONTENT_MAX) {
		content.size = CONTENT_MAX;
		document_flag(document, "text_limit");
	}
	text_flow(text_decode(content, document->arena), document);
	return true;
}
