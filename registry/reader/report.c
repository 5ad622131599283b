#include "reader/report.h"
#include "base/text.h"
#include "reader/transfer.h"
#include <string.h>
#include <strings.h>

enum {
	REPORT_BYTES = 64 * 1024, /* of a part that are looked at */
	FIELDS_MAX = 500,
	BLOCKS_MAX = 100, /* recipients of one report */
	HEADERS_MAX = 20, /* Authentication-Results */
	VALUE_MAX = 4000, /* bytes of one of them */
	WORDS_MAX = 500	  /* bytes of a reason */
};

static bool is_one_of(const char *type, const char *const *types)
{
	for (; *types; types++)
		if (strcmp(type, *types) == 0)
			return true;
	return false;
}

/* A value as text on one line; NULL for what is no UTF-8, or too long. */
static const char *read_value(const struct bytes *value, size_t max,
			      struct arena *arena)
{
	char *text;
	size_t kept = 0;

	if (!value || value->size > max || !bytes_is_utf8(*value))
		return NULL;
	text = arena_copy_part(arena, (const char *)value->data, value->size);
	for (size_t i = 0; i < value->size; i++) {
		bool blank = strchr(" \t\r\n", text[i]) != NULL;

		if (blank && kept && text[kept - 1] == ' ')
			continue;
		text[kept++] = blank ? ' ' : text[i];
	}
	text[kept] = '\0';
	return text;
}

static const char *find(const struct header *header, const char *name,
			struct arena *arena)
{
	return read_value(header_find(header, name), VALUE_MAX, arena);
}

/* "rfc822; lan@so.vn": what is behind the semicolon. */
static const char *bare(const char *value)
{
	const char *at = value ? strchr(value, ';') : NULL;

	if (!at)
		return value ? value : "";
	return at + 1 + strspn(at + 1, " ");
}

/* "<1@so.vn>" */
static const char *unwrap(const char *value, struct arena *arena)
{
	const char *start = value ? strchr(value, '<') : NULL;

	if (!start)
		return value && *value ? value : NULL;
	return arena_copy_part(arena, start + 1, strcspn(start + 1, ">"));
}

static struct bytes content_of(const struct leaf *leaf, struct arena *arena)
{
	const char *encoding = leaf->facts.encoding;
	struct bytes body = leaf->body;
	unsigned char *room;

	body.size = body.size < REPORT_BYTES ? body.size : REPORT_BYTES;
	room = arena_alloc(arena, transfer_room(encoding, body) + 1);
	return (struct bytes){
		room, transfer_decode(encoding, body, room).size
	};
}

/* The Message-ID of the letter that came back, whole or only its head. */
static const char *find_returned(const struct structure *structure,
				 struct arena *arena)
{
	static const char *const types[] = { "message/rfc822",
					     "message/global",
					     "text/rfc822-headers",
					     "message/global-headers", NULL };

	for (size_t i = 0; i < structure->count; i++) {
		const struct leaf *leaf = &structure->leaves[i];
		struct bytes head, body;
		struct header header;

		if (!is_one_of(leaf->facts.type, types))
			continue;
		header_split(content_of(leaf, arena), &head, &body);
		header = header_parse(head, FIELDS_MAX, arena);
		return unwrap(find(&header, "Message-ID", arena), arena);
	}
	return NULL;
}

static void add(struct tree *reports, const char *state, const char *recipient,
		const char *message_id, const char *words)
{
	struct tree *one = tree_add_tree(reports);

	tree_set_text(one, "state", state);
	tree_set_text(one, "recipient", recipient);
	tree_set_text(one, "message_id", message_id);
	tree_set_text(one, "words", words ? words : "");
}

/* A known word, in lower case: states come from outside. */
static const char *word_of(const char *value)
{
	static const char *const words[] = { "failed", "delayed",
					     "delivered", "relayed",
					     "expanded", "displayed",
					     "deleted", "processed" };

	for (size_t i = 0; value && i < sizeof(words) / sizeof(words[0]); i++) {
		size_t size = strlen(words[i]);

		if (strncasecmp(value, words[i], size) == 0 &&
		    strchr(" ;/,", value[size]))
			return words[i];
	}
	return NULL;
}

/* Blocks of fields: one for the letter, then one for each recipient. */
static void read_delivery(const struct leaf *leaf, const char *returned,
			  struct arena *arena, struct tree *reports)
{
	struct bytes rest = content_of(leaf, arena);

	for (size_t i = 0; i < BLOCKS_MAX && rest.size; i++) {
		struct bytes head, body;
		struct header header;
		const char *recipient, *words, *state;

		header_split(rest, &head, &body);
		header = header_parse(head, FIELDS_MAX, arena);
		state = word_of(find(&header, "Action", arena));
		recipient = find(&header, "Final-Recipient", arena);
		words = read_value(header_find(&header, "Diagnostic-Code"),
				   WORDS_MAX, arena);
		if (!words)
			words = find(&header, "Status", arena);
		if (state && recipient)
			add(reports, state, bare(recipient), returned,
			    bare(words));
		if (body.size >= rest.size)
			return;
		rest = body;
	}
}

static void read_disposition(const struct leaf *leaf, const char *returned,
			     struct arena *arena, struct tree *reports)
{
	struct bytes head, body;
	struct header header;
	const char *said, *id;

	header_split(content_of(leaf, arena), &head, &body);
	header = header_parse(head, FIELDS_MAX, arena);
	said = find(&header, "Disposition", arena);
	id = unwrap(find(&header, "Original-Message-ID", arena), arena);
	if (said && word_of(bare(said)))
		add(reports, word_of(bare(said)),
		    bare(find(&header, "Final-Recipient", arena)),
		    id ? id : returned, "");
}

static void read_reports(const struct structure *structure,
			 struct arena *arena, struct tree *reports)
{
	static const char *const deliveries[] = {
		"message/delivery-status", "message/global-delivery-status",
		NULL
	};
	static const char *const dispositions[] = {
		"message/disposition-notification",
		"message/global-disposition-notification", NULL
	};
	const char *returned = find_returned(structure, arena);

	for (size_t i = 0; i < structure->count; i++) {
		const struct leaf *leaf = &structure->leaves[i];

		if (is_one_of(leaf->facts.type, deliveries))
			read_delivery(leaf, returned, arena, reports);
		else if (is_one_of(leaf->facts.type, dispositions))
			read_disposition(leaf, returned, arena, reports);
	}
}

/* A head that hides fields says nothing that one could trust. */
static void read_authentication(const struct header *header,
				struct arena *arena, struct tree *list)
{
	static const char name[] = "Authentication-Results";
	size_t count = 0;

	for (size_t i = 0; i < header->count && !header->hides; i++) {
		const struct header_field *field = &header->fields[i];
		const char *value;

		if (field->name.size != sizeof(name) - 1 ||
		    strncasecmp((const char *)field->name.data, name,
				sizeof(name) - 1) != 0)
			continue;
		value = read_value(&field->value, VALUE_MAX, arena);
		if (++count > HEADERS_MAX)
			return;
		/* what cannot be read is there all the same */
		tree_add_text(list, value ? value : "");
	}
}

void report_read(const struct structure *structure, struct arena *arena,
		 struct tree *answer)
{
	read_reports(structure, arena, tree_set_list(answer, "reports"));
	read_authentication(&structure->header, arena,
			    tree_set_list(answer, "authentication"));
}
