#include "reader/letter_file.h"
#include "base/text.h"
#include "reader/mail.h"
#include "reader/text_file.h"

static void add_member(struct document *document, const struct tree *part)
{
	struct arena *arena = document->arena;
	struct document_member member = {
		.path = arena_copy(arena, tree_text(part, "path", "")),
		.name = arena_copy(arena, tree_text(part, "name", NULL)),
		.type = arena_copy(arena, tree_text(part, "type", "")),
		.class = arena_copy(arena, tree_text(part, "class", "file")),
		.at = (size_t)tree_int(part, "at", 0),
		.size = (size_t)tree_int(part, "bytes", 0)
	};

	document->members = arena_grow(arena, document->members,
				       document->member_count,
				       sizeof(member));
	document->members[document->member_count++] = member;
}

bool letter_file_read(const struct document_request *request,
		      struct document *document, struct fail *why)
{
	const struct mail_room room = { .at = request->room,
					.size = request->room_size };
	auto_tree *answer = tree_create();
	const struct tree *parts;
	auto_text text = { 0 };

	if (!mail_read(request->content, room, document->arena, answer, why))
		return false;
	parts = tree_member(answer, "parts");
	for (size_t i = 0; i < tree_count(parts); i++)
		add_member(document, tree_at(parts, i));
	text_addf(&text, "%s\n\n%s", tree_text(answer, "subject", ""),
		  tree_text(answer, "text", ""));
	text_flow(text_string(&text), document);
	return true;
}
