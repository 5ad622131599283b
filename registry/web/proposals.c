/* What was understood of a letter: its fields, files and the next step. */
#include "core/letter.h"
#include "core/letter_summary.h"
#include "web/visit.h"
#include <string.h>

void present_json(struct tree *out, const char *name, const char *json)
{
	struct fail why;
	auto_tree *value = tree_parse(bytes_of(json ? json : "[]"), &why);

	if (value)
		tree_set_copy(out, name, value);
	else
		tree_set_list(out, name);
}

/* ---- the queue's line ---- */

static const char *brief_state(const struct letter *letter)
{
	const struct letter_brief *brief = &letter->brief;

	if (!letter->read)
		return "waiting";
	if (brief->done < brief->files)
		return "reading";
	if (brief->recognising)
		return "recognising";
	return brief->failed ? "failed" : "read";
}

static bool is_hidden(const struct letter *letter)
{
	return strcmp(letter->state, "quarantine") == 0;
}

static void present_document(struct tree *out, const struct letter *letter)
{
	const struct letter_brief *brief = &letter->brief;
	bool has = brief->has_document || brief->symbol;
	struct tree *document;

	if (!has || is_hidden(letter)) {
		tree_set_null(out, "document");
		return;
	}
	document = tree_set_tree(out, "document");
	tree_set_text(document, "symbol", brief->symbol);
	tree_set_text(document, "document_day", brief->document_day);
	tree_set_text(document, "issuer", brief->issuer);
	tree_set_int(document, "agency", brief->agency_id);
	tree_set_text(document, "subject", brief->subject);
	tree_set_text(document, "type", brief->type);
	tree_set_int(document, "urgency", brief->urgency);
	tree_set_text(document, "due_day", brief->due_day);
	tree_set_int(document, "pages", brief->pages);
	tree_set_bool(document, "sure", brief->sure);
}

void present_brief(struct tree *out, const struct letter *letter)
{
	const struct letter_brief *brief = &letter->brief;
	struct tree *reading;

	present_document(out, letter);
	reading = tree_set_tree(out, "reading");
	tree_set_text(reading, "state", brief_state(letter));
	tree_set_int(reading, "files", brief->files);
	tree_set_int(reading, "done", brief->done);
	tree_set_int(reading, "failed", brief->failed);
}

/* ---- the whole ---- */

static void set_digest(struct tree *out, const char *name,
		       const struct digest *digest)
{
	char hex[DIGEST_HEX_SIZE];

	digest_print(digest, hex);
	tree_set_text(out, name, hex);
}

static void present_place(struct tree *out, const struct file_proposal *said,
			  const struct letter_file *file)
{
	struct tree *box;

	tree_set_text(out, "source", said->source);
	tree_set_int(out, "page", said->page);
	if (said->page && said->box[2] > said->box[0]) {
		box = tree_set_list(out, "box");
		for (int side = 0; side < 4; side++)
			tree_add_int(box, said->box[side]);
	} else {
		tree_set_null(out, "box");
	}
	if (file)
		set_digest(out, "file", &file->digest);
	else
		tree_set_null(out, "file");
}

static void present_alternative(struct tree *out,
				const struct proposal_voice *voice)
{
	tree_set_text(out, "value", voice->said.value);
	tree_set_text(out, "seen", voice->said.seen);
	tree_set_int(out, "confidence", voice->said.confidence);
	present_place(out, &voice->said, voice->file);
}

static void present_proposal(struct tree *out, const struct proposal *proposal)
{
	const struct file_proposal *said = &proposal->said;
	struct tree *list;

	tree_set_text(out, "field", said->field);
	tree_set_text(out, "value", said->value);
	tree_set_text(out, "seen", said->seen);
	tree_set_int(out, "id", proposal->id);
	tree_set_int(out, "confidence", said->confidence);
	tree_set_bool(out, "sure", proposal->sure);
	present_place(out, said, proposal->file);
	tree_set_text(out, "role", said->role);
	tree_set_text(out, "day", said->day);
	tree_set_text(out, "issuer", said->issuer);
	list = tree_set_list(out, "alternatives");
	for (size_t i = 0; i < proposal->alternative_count; i++)
		present_alternative(tree_add_tree(list),
				    &proposal->alternatives[i]);
}

static void present_attachment(struct tree *out,
			       const struct letter_file *file,
			       const struct letter_file_role *role)
{
	set_digest(out, "sha256", &file->digest);
	tree_set_text(out, "path", file->path);
	if (file->is_inside)
		set_digest(out, "inside", &file->of_digest);
	else
		tree_set_null(out, "inside");
	tree_set_text(out, "name", file->name);
	tree_set_text(out, "type", file->type);
	tree_set_int(out, "bytes", file->bytes);
	tree_set_text(out, "class", file->class);
	tree_set_text(out, "role", letter_role_name(role->role));
	tree_set_text(out, "reason", role->reason);
	tree_set_text(out, "state", letter_file_state_name(file->state));
	tree_set_text(out, "not_read", file->reason);
	tree_set_text(out, "format", file->format);
	tree_set_int(out, "total_pages", file->total_pages);
	tree_set_bool(out, "images", file->images);
	tree_set_int(out, "likeness", file->likeness);
	present_json(out, "flags", file->flags_json);
	present_json(out, "signatures", file->signatures_json);
}

static void present_main(struct tree *out, const struct main_document *main)
{
	struct tree *one;

	if (!main->file) {
		tree_set_null(out, "main");
		return;
	}
	one = tree_set_tree(out, "main");
	set_digest(one, "sha256", &main->file->digest);
	tree_set_text(one, "reason", main->reason);
	tree_set_text(one, "sentence", main->sentence);
	tree_set_text(one, "by", main->by);
}

static void present_suggestion(struct tree *out,
			       const struct letter_suggestion *suggestion,
			       bool is_decided)
{
	struct tree *one;

	if (!suggestion->action || is_decided) {
		tree_set_null(out, "suggestion");
		return;
	}
	one = tree_set_tree(out, "suggestion");
	tree_set_text(one, "action", suggestion->action);
	tree_set_int(one, "entry", suggestion->entry_id);
	tree_set_text(one, "reason", suggestion->reason);
	tree_set_text(one, "sentence", suggestion->sentence);
}

bool present_understanding(struct visit *visit, const struct letter *letter,
			   struct fail *why)
{
	struct letter_understanding found;
	struct tree *list;

	if (is_hidden(letter)) {
		tree_set_null(visit->answer, "suggestion");
		return true;
	}
	if (!letter_understand(visit->db, letter->id, letter->file_id,
			       visit->arena, &found, why))
		return false;
	present_suggestion(visit->answer, &found.suggestion,
			   strcmp(letter->state, "todo") != 0);
	list = tree_set_list(visit->answer, "proposals");
	for (size_t i = 0; i < found.proposals.count; i++)
		present_proposal(tree_add_tree(list),
				 &found.proposals.items[i]);
	present_main(visit->answer, &found.main);
	list = tree_set_list(visit->answer, "attachments");
	for (size_t i = 0; i < found.files.count; i++)
		present_attachment(tree_add_tree(list), &found.files.items[i],
				   &found.main.roles[i]);
	return true;
}

bool letter_main_route(struct visit *visit, struct fail *why)
{
	struct main_document_choice choice = { .letter_id = visit_id(visit),
					       .actor = visit->actor };
	const char *sha256;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "sha256", 64, &sha256, why))
		return false;
	if (!digest_parse(sha256, &choice.digest))
		return fail(why, FAIL_INVALID, "that is not a sha-256");
	choice.remember = tree_bool(visit->body, "remember", true);
	if (!main_document_set(visit->db, &choice, why))
		return false;
	tree_set_int(visit->answer, "letter", choice.letter_id);
	return true;
}
