#include "reader/body.h"
#include "base/text.h"
#include "reader/html.h"
#include "reader/transfer.h"
#include "viet/encoding.h"
#include <string.h>

enum {
	LEAF_MAX = 8 * 1024 * 1024,
	TEXT_MAX = 4 * 1024 * 1024,
	CONTENT_IDS_MAX = 2000
};

static char *leaf_text(const struct leaf *leaf, struct arena *arena)
{
	struct bytes body = bytes_part(leaf->body, 0, LEAF_MAX);
	unsigned char *out = arena_alloc(
		arena, transfer_room(leaf->facts.encoding, body));
	struct bytes content = { out, 0 };
	char *text;

	content.size = transfer_decode(leaf->facts.encoding, body, out).size;
	text = viet_from_charset(content, leaf->facts.charset, arena, NULL);
	return viet_repair(text, arena, NULL);
}

static bool is_type(const struct leaf *leaf, const char *type)
{
	return strcmp(leaf->facts.type, type) == 0;
}

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n")] == 0;
}

static void add_text(struct text *all, const char *text)
{
	if (is_blank(text))
		return;
	if (all->size && all->string[all->size - 1] != '\n')
		text_add_char(all, '\n');
	for (const char *c = text; *c; c++) {
		if (*c != '\r')
			text_add_char(all, *c);
	}
}

static void add_html(struct body *body, const struct leaf *leaf,
		     struct text *all, struct arena *arena)
{
	struct html html =
		html_read(bytes_of(leaf_text(leaf, arena)), arena);

	add_text(all, html.text);
	for (size_t i = 0; i < html.content_id_count &&
			   body->content_id_count < CONTENT_IDS_MAX;
	     i++)
		body->content_ids[body->content_id_count++] =
			html.content_ids[i];
}

/* Cuts at the limit, between two characters. */
static char *settle(struct text *all, struct arena *arena)
{
	const char *string = text_string(all);
	size_t size = all->size;

	if (size > TEXT_MAX) {
		size = TEXT_MAX;
		while (size > 0 && ((unsigned char)string[size] & 0xc0) == 0x80)
			size--;
	}
	return arena_copy_part(arena, string, size);
}

struct body body_read(const struct structure *structure, struct arena *arena)
{
	struct body body = { "", NULL, 0 };
	auto_text plain = { .limit = 8 * TEXT_MAX };
	auto_text html = { .limit = 8 * TEXT_MAX };

	body.content_ids = arena_array(arena, CONTENT_IDS_MAX,
				       sizeof(*body.content_ids));
	for (size_t i = 0; i < structure->count; i++) {
		const struct leaf *leaf = &structure->leaves[i];

		if (leaf->class || plain.size > TEXT_MAX ||
		    html.size > TEXT_MAX)
			continue;
		if (is_type(leaf, "text/html"))
			add_html(&body, leaf, &html, arena);
		else
			add_text(&plain, leaf_text(leaf, arena));
	}
	body.text = settle(plain.size ? &plain : &html, arena);
	return body;
}

bool body_shows(const struct body *body, const char *content_id)
{
	for (size_t i = 0; content_id && i < body->content_id_count; i++) {
		if (strcmp(body->content_ids[i], content_id) == 0)
			return true;
	}
	return false;
}
