/* Handling a document: submit, instruct, assign, complete, return. */
#include "web/flow.h"
#include "base/moment.h"
#include "core/draft.h"
#include "core/extension.h"
#include "core/instruction.h"
#include "core/reminder.h"
#include "web/desk.h"
#include <string.h>

bool flow_visit_entry(struct visit *visit, int64_t id, struct entry *ret_entry,
		      struct fail *why)
{
	return entry_load(visit->db, id, visit->arena, ret_entry, why) &&
	       entry_may_open(visit->db, ret_entry, &visit->actor,
			      visit->arena, why);
}

/* The same key for another document or deed is another request. */
static const char *request_digest(struct visit *visit)
{
	const char *path = http_request_path(visit->http);
	struct bytes body = http_request_body(visit->http);
	auto_digester *digester = digester_create();
	char hex[DIGEST_HEX_SIZE];
	struct digest digest;

	digester_add(digester, path, strlen(path) + 1);
	digester_add(digester, body.data, body.size);
	digest = digester_finish(digester);
	digest_print(&digest, hex);
	return arena_copy(visit->arena, hex);
}

bool flow_visit_change(struct visit *visit, int64_t entry_id,
		       struct flow_change *ret_change, struct fail *why)
{
	struct flow_change change = {
		.actor = visit->actor,
		.entry_id = entry_id,
		.key = http_request_header(visit->http, "Idempotency-Key"),
	};

	struct entry entry;

	if (!visit_need_body(visit, why) ||
	    !tree_need_int(visit->body, "version", &change.version, why) ||
	    !flow_visit_entry(visit, entry_id, &entry, why))
		return false;
	if (change.key)
		change.request_digest = request_digest(visit);
	*ret_change = change;
	return true;
}

bool flow_visit_end(struct visit *visit, const struct flow_change *change,
		    bool ok, struct fail *why)
{
	if (ok)
		return flow_present(visit, change->entry_id, why);
	return flow_visit_explain(visit, change->entry_id, change->version,
				  why);
}

bool flow_show(struct visit *visit, struct fail *why)
{
	struct entry entry;

	return flow_visit_entry(visit, visit_id(visit), &entry, why) &&
	       flow_present(visit, entry.id, why);
}

bool flow_submit_route(struct visit *visit, struct fail *why)
{
	struct flow_change change;
	const char *note = "";
	int64_t to;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_need_int(visit->body, "to", &to, why) &&
	       tree_may_text(visit->body, "note", FLOW_TEXT_MAX, &note, why) &&
	       flow_visit_end(visit, &change,
			      flow_submit(visit->db, &change, to, note, why),
			      why);
}

static bool read_places(struct visit *visit, const char *member,
			struct assignment_wish **ret_places, size_t *ret_count,
			struct fail *why)
{
	const struct tree *list = tree_member(visit->body, member);
	size_t count = list ? tree_count(list) : 0;
	struct assignment_wish *places;

	if (count > INSTRUCTION_PLACES_MAX)
		return fail(why, FAIL_LIMIT, "too many units and people");
	places = arena_array(visit->arena, count, sizeof(*places));
	for (size_t i = 0; i < count; i++) {
		const struct tree *one = tree_at(list, i);
		places[i].unit_id = tree_int(one, "unit", 0);
		places[i].user_id = tree_int(one, "user", 0);
		places[i].role =
			assignment_role_find(tree_text(one, "role", ""));
		if (places[i].role == ASSIGNMENT_ROLE_COUNT)
			return fail(why, FAIL_INVALID, "'role' is not known");
		if (!tree_may_text(one, "due_day", 10, &places[i].due_day,
				   why))
			return false;
	}
	*ret_places = places;
	*ret_count = count;
	return true;
}

bool flow_instruct_route(struct visit *visit, struct fail *why)
{
	struct instruction_wish wish = { .remind_days = 2 };
	struct assignment_wish *places;
	struct flow_change change;

	if (!flow_visit_change(visit, visit_id(visit), &change, why) ||
	    !tree_need_text(visit->body, "text", FLOW_TEXT_MAX, &wish.text,
			    why) ||
	    !read_places(visit, "assignments", &places, &wish.count, why) ||
	    !tree_may_text(visit->body, "due_day", 10, &wish.due_day, why) ||
	    !tree_may_int(visit->body, "due_days", &wish.due_days, why) ||
	    !tree_may_int(visit->body, "remind_days", &wish.remind_days,
			  why) ||
	    !tree_may_int(visit->body, "replaces", &wish.replaces_id, why) ||
	    !tree_may_int(visit->body, "behalf", &wish.behalf, why))
		return false;
	wish.places = places;
	wish.information_only =
		tree_bool(visit->body, "information_only", false);
	return flow_visit_end(visit, &change,
			      instruction_give(visit->db, &change, &wish, why),
			      why);
}

bool flow_assign_route(struct visit *visit, struct fail *why)
{
	struct assignment_giving giving = { .id = 0 };
	struct assignment_wish *people;
	struct flow_change change;

	if (!flow_visit_change(visit, visit_id(visit), &change, why) ||
	    !tree_may_int(visit->body, "assignment", &giving.id, why) ||
	    !read_places(visit, "people", &people, &giving.count, why) ||
	    !tree_may_text(visit->body, "due_day", 10, &giving.due_day, why) ||
	    !tree_may_text(visit->body, "note", FLOW_TEXT_MAX, &giving.note,
			   why))
		return false;
	giving.people = people;
	return flow_visit_end(visit, &change,
			      assignment_give(visit->db, &change, &giving, why),
			      why);
}

bool flow_start_route(struct visit *visit, struct fail *why)
{
	struct flow_change change;
	int64_t id = 0;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_may_int(visit->body, "assignment", &id, why) &&
	       flow_visit_end(visit, &change,
			      assignment_start(visit->db, &change, id, why),
			      why);
}

bool flow_comment_route(struct visit *visit, struct fail *why)
{
	struct flow_change change;
	const char *text;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_need_text(visit->body, "text", FLOW_TEXT_MAX, &text, why) &&
	       flow_visit_end(visit, &change,
			      flow_remark(visit->db, &change, text, why), why);
}

bool flow_complete_route(struct visit *visit, struct fail *why)
{
	struct assignment_ending ending = { .id = 0 };
	struct flow_change change;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_may_int(visit->body, "assignment", &ending.id, why) &&
	       tree_may_int(visit->body, "reply", &ending.reply_id, why) &&
	       tree_may_text(visit->body, "result", FLOW_TEXT_MAX,
			     &ending.result, why) &&
	       flow_visit_end(visit, &change,
			      assignment_complete(visit->db, &change, &ending,
						  why),
			      why);
}

/* A leader gives back what was submitted, the others what was assigned. */
bool flow_return_route(struct visit *visit, struct fail *why)
{
	struct flow_change change;
	struct entry entry;
	const char *reason;
	int64_t id = 0;

	if (!flow_visit_change(visit, visit_id(visit), &change, why) ||
	    !tree_may_int(visit->body, "assignment", &id, why) ||
	    !tree_need_text(visit->body, "reason", FLOW_TEXT_MAX, &reason,
			    why) ||
	    !flow_visit_entry(visit, change.entry_id, &entry, why))
		return false;
	if (strcmp(entry.status, "submitted") == 0)
		return flow_visit_end(visit, &change,
				      flow_refuse(visit->db, &change, reason,
						  why),
				      why);
	return flow_visit_end(visit, &change,
			      assignment_return(visit->db, &change, id, reason,
						why),
			      why);
}

bool flow_extend_route(struct visit *visit, struct fail *why)
{
	struct extension_wish wish = { .assignment_id = 0 };
	struct flow_change change;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_may_int(visit->body, "assignment", &wish.assignment_id,
			    why) &&
	       tree_need_text(visit->body, "due_day", 10, &wish.day, why) &&
	       tree_need_text(visit->body, "reason", FLOW_TEXT_MAX,
			      &wish.reason, why) &&
	       flow_visit_end(visit, &change,
			      extension_ask(visit->db, &change, &wish, why),
			      why);
}

bool flow_remind_route(struct visit *visit, struct fail *why)
{
	struct flow_change change;
	const char *text = "";
	int64_t id = 0;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_may_int(visit->body, "assignment", &id, why) &&
	       tree_may_text(visit->body, "text", FLOW_TEXT_MAX, &text, why) &&
	       flow_visit_end(visit, &change,
			      reminder_send(visit->db, &change, id, text, why),
			      why);
}

static bool with_reason(struct visit *visit,
			bool (*deed)(struct db *db,
				     const struct flow_change *change,
				     const char *reason, struct fail *why),
			struct fail *why)
{
	struct flow_change change;
	const char *reason;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       tree_need_text(visit->body, "reason", FLOW_TEXT_MAX, &reason,
			      why) &&
	       flow_visit_end(visit, &change,
			      deed(visit->db, &change, reason, why), why);
}

bool flow_pause_route(struct visit *visit, struct fail *why)
{
	return with_reason(visit, flow_pause, why);
}

bool flow_resume_route(struct visit *visit, struct fail *why)
{
	struct flow_change change;

	return flow_visit_change(visit, visit_id(visit), &change, why) &&
	       flow_visit_end(visit, &change,
			      flow_resume(visit->db, &change, why), why);
}

bool flow_recalled_route(struct visit *visit, struct fail *why)
{
	return with_reason(visit, flow_recalled, why);
}

/* The body is the file, so version and names are in the address. */
bool flow_draft_route(struct visit *visit, struct fail *why)
{
	struct draft_wish wish = {
		.digest = visit->digest,
		.bytes = visit->size,
		.name = http_request_query(visit->http, "name"),
		.note = http_request_query(visit->http, "note"),
	};
	struct flow_change change = {
		.actor = visit->actor,
		.entry_id = visit_id(visit),
		.version = visit_query_int(visit, "version", 0),
	};
	struct entry entry;

	if (!flow_visit_entry(visit, change.entry_id, &entry, why))
		return false;
	return flow_visit_end(visit, &change,
			      draft_add(visit->db, &change, &wish, why), why);
}

bool extension_decide_route(struct visit *visit, struct fail *why)
{
	struct extension_decision decision = { .id = visit_id(visit) };
	struct flow_change change;
	int64_t entry_id;

	if (!extension_find_entry(visit->db, decision.id, &entry_id, why) ||
	    !flow_visit_change(visit, entry_id, &change, why) ||
	    !tree_may_text(visit->body, "note", FLOW_TEXT_MAX, &decision.note,
			   why))
		return false;
	if (!tree_has(visit->body, "approve"))
		return fail(why, FAIL_INVALID, "'approve' is missing");
	decision.approve = tree_bool(visit->body, "approve", false);
	return flow_visit_end(visit, &change,
			      extension_decide(visit->db, &change, &decision,
					       why),
			      why);
}

bool instruction_recall_route(struct visit *visit, struct fail *why)
{
	int64_t id = visit_id(visit), entry_id;
	struct flow_change change;

	return instruction_find_entry(visit->db, id, &entry_id, why) &&
	       flow_visit_change(visit, entry_id, &change, why) &&
	       flow_visit_end(visit, &change,
			      instruction_recall(visit->db, &change, id, why),
			      why);
}
