/* The queue: letters that wait, one letter, what is decided. */
#include "base/moment.h"
#include "core/attachment.h"
#include "core/file.h"
#include "core/letter.h"
#include "core/part.h"
#include "web/links.h"
#include "web/visit.h"
#include <string.h>

static void present_letter(struct tree *out, const struct letter *letter)
{
	tree_set_int(out, "id", letter->id);
	tree_set_int(out, "mailbox", letter->mailbox_id);
	tree_set_text(out, "mailbox_address", letter->mailbox);
	tree_set_text(out, "unit", letter->unit);
	present_digest(out, &letter->digest);
	tree_set_int(out, "bytes", letter->bytes);
	tree_set_int(out, "received_at", letter->received_at);
	tree_set_int(out, "copies", letter->copies);
	tree_set_text(out, "state", letter->state);
	tree_set_text(out, "decision", letter->decision);
	tree_set_int(out, "entry", letter->entry_id);
	tree_set_text(out, "reason", letter->reason);
	tree_set_text(out, "decided_by", letter->decided_name);
	tree_set_int(out, "decided_at", letter->decided_at);
	tree_set_int(out, "version", letter->version);
	tree_set_bool(out, "read", letter->read);
	tree_set_text(out, "subject", letter->subject);
	tree_set_text(out, "sender_name", letter->sender_name);
	tree_set_text(out, "sender_address", letter->sender_address);
	tree_set_text(out, "message_id", letter->message_id);
	tree_set_int(out, "sent_at", letter->sent_at);
	present_json(out, "flags", letter->flags_json);
	tree_set_text(out, "excerpt", letter->excerpt);
	tree_set_int(out, "files", letter->files);
	present_brief(out, letter);
}

static bool present_item(struct visit *visit, struct tree *out,
			 const struct letter *letter, struct fail *why)
{
	bool is_open = strcmp(letter->state, "todo") == 0;

	present_letter(out, letter);
	tree_set_text(out, "suggestion",
		      is_open ? letter->brief.action : NULL);
	if (is_open)
		return links_present_best(visit, letter->id, out, why);
	tree_set_null(out, "link");
	return true;
}

bool intake_list(struct visit *visit, struct fail *why)
{
	const char *tab = http_request_query(visit->http, "tab");
	struct letter_page page = {
		.after = visit_query_int(visit, "after", 0),
		.limit = visit_query_int(visit, "limit", 100),
	};
	struct letter_counts counts;
	struct letter_list list;
	struct tree *items, *out;

	if (!letter_state_parse(tab ? tab : "todo", &page.state))
		return fail(why, FAIL_INVALID, "no such tab");
	if (!letter_queue(visit->db, &page, visit->arena, &list, why) ||
	    !letter_count(visit->db, &counts, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++)
		if (!present_item(visit, tree_add_tree(items), &list.items[i],
				  why))
			return false;
	tree_set_int(visit->answer, "next", list.next);
	out = tree_set_tree(visit->answer, "counts");
	tree_set_int(out, "todo", counts.todo);
	tree_set_int(out, "quarantine", counts.quarantine);
	tree_set_int(out, "done", counts.done);
	tree_set_int(out, "unread", counts.unread);
	tree_set_int(out, "reading", counts.reading);
	return true;
}

bool intake_walk(struct visit *visit, struct fail *why)
{
	int64_t *ids;
	size_t count;
	struct tree *list;

	if (!letter_walk(visit->db, moment_now(), visit->arena, &ids, &count,
			 why))
		return false;
	list = tree_set_list(visit->answer, "letters");
	for (size_t i = 0; i < count; i++)
		tree_add_int(list, ids[i]);
	return true;
}

static void present_part(struct tree *out, const struct part *part)
{
	tree_set_text(out, "path", part->path);
	tree_set_text(out, "type", part->type);
	tree_set_text(out, "name", part->name);
	tree_set_text(out, "class", part->class);
	tree_set_int(out, "bytes", part->bytes);
	present_digest(out, &part->digest);
}

static bool add_parts(struct visit *visit, const struct letter *letter,
		      struct fail *why)
{
	struct part_list parts;
	struct tree *list;

	if (!part_load_list(visit->db, letter->file_id, visit->arena, &parts,
			    why))
		return false;
	list = tree_set_list(visit->answer, "parts");
	for (size_t i = 0; i < parts.count; i++)
		present_part(tree_add_tree(list), &parts.items[i]);
	return true;
}

bool letter_show(struct visit *visit, struct fail *why)
{
	struct letter_list copies;
	struct letter letter;
	const char *body;
	struct tree *list;

	if (!letter_load(visit->db, visit_id(visit), visit->arena, &letter,
			 why) ||
	    !letter_copies(visit->db, letter.id, visit->arena, &copies, why) ||
	    !letter_body(visit->db, letter.id, visit->arena, &body, why))
		return false;
	present_letter(visit->answer, &letter);
	present_json(visit->answer, "recipients", letter.recipients_json);
	list = tree_set_list(visit->answer, "mailboxes");
	for (size_t i = 0; i < copies.count; i++) {
		struct tree *one = tree_add_tree(list);
		tree_set_text(one, "address", copies.items[i].mailbox);
		tree_set_int(one, "received_at", copies.items[i].received_at);
	}
	if (!present_understanding(visit, &letter, why))
		return false;
	/* Files of a quarantined letter are neither shown nor named. */
	if (strcmp(letter.state, "quarantine") == 0)
		return true;
	tree_set_text(visit->answer, "body", body);
	return add_parts(visit, &letter, why) &&
	       links_present(visit, letter.id, why);
}

bool letter_decide_route(struct visit *visit, struct fail *why)
{
	struct letter_decision decision = {
		.letter_id = visit_id(visit),
		.actor_id = visit->actor.id,
		.actor_name = visit->actor.name,
	};
	const char *role = "main";

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "decision", 32, &decision.decision,
			    why) ||
	    !tree_may_text(visit->body, "reason", 4000, &decision.reason,
			   why) ||
	    !tree_may_text(visit->body, "role", 32, &role, why) ||
	    !tree_may_int(visit->body, "entry", &decision.entry_id, why) ||
	    !tree_may_int(visit->body, "version", &decision.version, why))
		return false;
	decision.remembers = tree_bool(visit->body, "remember", false);
	if (attachment_role_find(role) == ATTACHMENT_ROLE_COUNT)
		return fail(why, FAIL_INVALID, "'role' is not known");
	if (!attachment_decide(visit->db, &decision, attachment_role_find(role),
			       &visit->actor, why))
		return false;
	tree_set_int(visit->answer, "letter", decision.letter_id);
	return true;
}
