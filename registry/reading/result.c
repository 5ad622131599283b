#include "reading/result.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/file.h"
#include "reading/reading.h"
#include "store/vault.h"
#include <string.h>

enum {
	PARTS_MAX = 20000
};

static bool nonsense(struct fail *why, const char *what)
{
	return fail(why, FAIL_REMOTE, "the reader gave no sound %s", what);
}

/* A copy of our own: what is hashed is what is stored, whatever the process on
 * the other side of the memory does meanwhile. */
static bool store_content(const struct result_request *request,
			  struct bytes shared, struct digest *ret_digest,
			  struct fail *why)
{
	unsigned char *content = memory_alloc(shared.size);
	struct file known;
	struct fail absent = { 0 };
	bool ok = true;

	if (shared.size)
		memcpy(content, shared.data, shared.size);
	*ret_digest = digest_of(content, shared.size);
	if (request->vault &&
	    !(file_load(request->db, ret_digest, &known, &absent) &&
	      vault_has(request->vault, ret_digest)))
		ok = vault_add_known(request->vault, content, shared.size,
				     ret_digest, why);
	memory_free(content);
	return ok;
}

static bool is_class(const char *class)
{
	static const char *const classes[] = { "file", "inline",
					       "message", "signature",
					       "alternative", "report" };

	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
		if (strcmp(class, classes[i]) == 0)
			return true;
	}
	return false;
}

static bool take_part(const struct result_request *request,
		      const struct tree *said, struct part *ret_part,
		      struct fail *why)
{
	struct arena *arena = request->arena;
	struct bytes room = request->answer.room;
	int64_t at = tree_int(said, "at", -1);
	int64_t bytes = tree_int(said, "bytes", -1);
	struct part part = {
		.path = arena_copy(arena, tree_text(said, "path", "")),
		.type = arena_copy(arena, tree_text(said, "type", "")),
		.name = arena_copy(arena, tree_text(said, "name", NULL)),
		.found_name =
			arena_copy(arena, tree_text(said, "found_name", NULL)),
		.class = arena_copy(arena, tree_text(said, "class", "")),
		.disposition = arena_copy(
			arena, tree_text(said, "disposition", NULL)),
		.content_id =
			arena_copy(arena, tree_text(said, "content_id", NULL)),
		.charset = arena_copy(arena, tree_text(said, "charset", NULL)),
		.shown = tree_bool(said, "shown", false),
		.role = arena_copy(arena, tree_text(said, "role", NULL)),
		.flag = arena_copy(arena, tree_text(said, "flag", NULL)),
		.bytes = bytes,
	};

	if (!*part.path || !*part.type || !is_class(part.class) || at < 0 ||
	    bytes < 0 || (uint64_t)at > room.size ||
	    (uint64_t)bytes > room.size - (size_t)at)
		return nonsense(why, "part");
	*ret_part = part;
	return store_content(request,
			     bytes_part(room, (size_t)at,
					(size_t)at + (size_t)bytes),
			     &ret_part->digest, why);
}

const char *result_print_list(const struct tree *said, const char *name,
			      struct arena *arena)
{
	const struct tree *list = tree_member(said, name);
	auto_text json = { 0 };

	if (!list)
		return NULL;
	tree_print(list, &json);
	return arena_copy(arena, text_string(&json));
}

static const char *copy(const struct tree *said, const char *name,
			struct arena *arena)
{
	return arena_copy(arena, tree_text(said, name, NULL));
}

static struct reading take_reading(const struct tree *said,
				   struct arena *arena)
{
	return (struct reading){
		.reader_version = reading_version(),
		.subject = copy(said, "subject", arena),
		.sender_name = copy(said, "sender_name", arena),
		.sender_address = copy(said, "sender_address", arena),
		.recipients_json = result_print_list(said, "recipients", arena),
		.message_id = copy(said, "message_id", arena),
		.in_reply_to = copy(said, "in_reply_to", arena),
		.references_json = result_print_list(said, "references", arena),
		.sent_at = tree_int(said, "sent_at", 0),
		.body = copy(said, "text", arena),
		.flags_json = result_print_list(said, "flags", arena),
		.reports_json = result_print_list(said, "reports", arena),
		.authentication_json =
			result_print_list(said, "authentication", arena),
	};
}

bool result_take_parts(const struct result_request *request,
		       const struct tree *said, struct part **ret_parts,
		       size_t *ret_count, struct fail *why)
{
	size_t count = said ? tree_count(said) : 0;
	struct part *parts;

	if (count > PARTS_MAX)
		return nonsense(why, "answer");
	parts = arena_array(request->arena, count, sizeof(*parts));
	for (size_t i = 0; i < count; i++)
		if (!take_part(request, tree_at(said, i), &parts[i], why))
			return false;
	*ret_parts = parts;
	*ret_count = count;
	return true;
}

bool result_take(const struct result_request *request, struct result *ret,
		 struct fail *why)
{
	struct fail ignored = { 0 };
	auto_tree *said = tree_parse(request->answer.json, &ignored);
	const struct tree *parts = said ? tree_member(said, "parts") : NULL;
	struct result result = { 0 };

	if (!parts)
		return nonsense(why, "answer");
	if (!result_take_parts(request, parts, &result.parts, &result.count,
			       why))
		return false;
	result.reading = take_reading(said, request->arena);
	*ret = result;
	return true;
}
