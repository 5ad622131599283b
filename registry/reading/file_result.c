/* What a jailed reader said about one file, checked. */
#include "base/text.h"
#include "base/tree.h"
#include "reading/derived.h"
#include "reading/reading.h"
#include "reading/result.h"
#include "reading/words.h"
#include <string.h>

enum {
	PROPOSALS_MAX = 1000,
	SIGNATURES_MAX = 100,
	CONFIDENCE_MAX = 1000
};

static bool nonsense(struct fail *why, const char *what)
{
	return fail(why, FAIL_REMOTE, "the reader gave no sound %s", what);
}

static int64_t within(int64_t value, int64_t low, int64_t high)
{
	if (value < low)
		return low;
	return value > high ? high : value;
}

static const char *copy(const struct tree *said, const char *name,
			struct arena *arena)
{
	return arena_copy(arena, tree_text(said, name, NULL));
}

static bool take_proposal(const struct tree *said, struct arena *arena,
			  struct file_proposal *ret)
{
	const struct tree *box = tree_member(said, "box");
	struct file_proposal proposal = {
		.field = copy(said, "field", arena),
		.source = copy(said, "source", arena),
		.value = copy(said, "value", arena),
		.seen = copy(said, "seen", arena),
		.page = within(tree_int(said, "page", 0), 0, INT32_MAX),
		.confidence = within(tree_int(said, "confidence", 0), 0,
				     CONFIDENCE_MAX),
		.role = copy(said, "role", arena),
		.day = copy(said, "day", arena),
		.issuer = copy(said, "issuer", arena),
	};

	for (size_t i = 0; box && i < 4 && i < tree_count(box); i++)
		proposal.box[i] = within(tree_int_at(box, i), 0, WORDS_SPAN);
	if (!proposal.seen)
		proposal.seen = "";
	*ret = proposal;
	return proposal.field && proposal.source && proposal.value;
}

static bool take_proposals(const struct tree *said, struct arena *arena,
			   struct file_proposal_list *ret, struct fail *why)
{
	const struct tree *list = said ? tree_member(said, "proposals") : NULL;
	size_t count = list ? tree_count(list) : 0;

	if (count > PROPOSALS_MAX)
		count = PROPOSALS_MAX;
	ret->items = arena_array(arena, count, sizeof(*ret->items));
	ret->count = count;
	for (size_t i = 0; i < count; i++)
		if (!take_proposal(tree_at(list, i), arena, &ret->items[i]))
			return nonsense(why, "proposal");
	return true;
}

/* Written anew, so that only what the contract names gets through. */
static const char *take_signatures(const struct tree *said,
				   struct arena *arena)
{
	const struct tree *list = tree_member(said, "signatures");
	auto_tree *out = tree_create_list();
	auto_text json = { 0 };

	for (size_t i = 0; list && i < tree_count(list) && i < SIGNATURES_MAX;
	     i++) {
		const struct tree *one = tree_at(list, i);
		const char *state = tree_text(one, "state", "");
		struct tree *put = tree_add_tree(out);

		if (strcmp(state, "signed") != 0 &&
		    strcmp(state, "changed") != 0)
			state = "broken";
		tree_set_text(put, "state", state);
		tree_set_text(put, "name", tree_text(one, "name", NULL));
		tree_set_text(put, "organisation",
			      tree_text(one, "organisation", NULL));
		tree_set_int(put, "signed_at", tree_int(one, "signed_at", 0));
		tree_set_bool(put, "trusted",
			      tree_bool(one, "trusted", false));
	}
	tree_print(out, &json);
	return arena_copy(arena, text_string(&json));
}

static const char *take_flags(const struct tree *said, struct arena *arena)
{
	const struct tree *list = tree_member(said, "flags");
	auto_tree *out = tree_create_list();
	auto_text json = { 0 };

	for (size_t i = 0; list && i < tree_count(list); i++)
		if (tree_text_at(list, i))
			tree_add_text(out, tree_text_at(list, i));
	tree_print(out, &json);
	return arena_copy(arena, text_string(&json));
}

/* Not in the middle of a character. */
static const char *take_text(const struct tree *said, struct arena *arena)
{
	const char *text = tree_text(said, "text", NULL);
	size_t size = text ? strlen(text) : 0;

	if (size > FILE_READING_TEXT_MAX) {
		size = FILE_READING_TEXT_MAX;
		while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
			size--;
	}
	return text && size ? arena_copy_part(arena, text, size) : NULL;
}

static bool has_images(const struct file_reading *reading)
{
	return !reading->reason &&
	       (strcmp(reading->type, "application/pdf") == 0 ||
		strncmp(reading->type, "image/", 6) == 0);
}

static struct file_reading take_reading(const struct tree *said,
					struct arena *arena)
{
	const struct tree *head = tree_member(said, "letterhead");
	const char *type = copy(said, "type", arena);
	struct file_reading reading = {
		.reader_version = reading_version(),
		.format = copy(said, "format", arena),
		.type = type ? type : "application/octet-stream",
		.reason = copy(said, "reason", arena),
		.total_pages = within(tree_int(said, "total_pages", 0), 0,
				      INT32_MAX),
		.needs_recognition =
			tree_bool(said, "needs_recognition", false),
		.flags_json = take_flags(said, arena),
		.signatures_json = take_signatures(said, arena),
		.secret = head ? copy(head, "secret", arena) : NULL,
		.likeness = head ? within(tree_int(head, "likeness", 0), 0,
					  CONFIDENCE_MAX)
				 : 0,
		.text = take_text(said, arena),
	};

	reading.images = has_images(&reading);
	return reading;
}

bool file_result_take(const struct result_request *request,
		      struct file_result *ret, struct fail *why)
{
	struct fail ignored = { 0 };
	auto_tree *said = tree_parse(request->answer.json, &ignored);
	struct file_result result = { 0 };

	if (!said || tree_has(said, "kind"))
		return nonsense(why, "answer");
	if (!result_take_parts(request, tree_member(said, "parts"),
			       &result.parts, &result.count, why) ||
	    !take_proposals(tree_member(said, "letterhead"), request->arena,
			    &result.proposals, why))
		return false;
	result.reading = take_reading(said, request->arena);
	/* words can be made again: that they cannot be kept is no failure */
	if (request->folder && !result.reading.secret)
		(void)words_write(request->folder, &request->digest,
				  tree_member(said, "pages"), &ignored);
	*ret = result;
	return true;
}

void file_result_refuse(struct file_result *ret, const char *reason)
{
	*ret = (struct file_result){
		.reading = { .reader_version = reading_version(),
			     .type = "application/octet-stream",
			     .reason = reason,
			     .flags_json = "[]",
			     .signatures_json = "[]" },
	};
}
