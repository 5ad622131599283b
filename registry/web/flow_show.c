/* How a document is handled, as the answers show it. */
#include "base/moment.h"
#include "core/audit.h"
#include "core/calendar.h"
#include "core/draft.h"
#include "core/extension.h"
#include "core/instruction.h"
#include "web/flow.h"
#include <string.h>

enum {
	CHANGES_MAX = 20
};

/* One flow while it is being shown. */
struct showing {
	struct visit *visit;
	struct entry entry;
	struct flow flow;
	int64_t now;
	char today[DAY_SIZE];
};

static bool add_instructions(struct showing *showing, struct fail *why)
{
	struct visit *visit = showing->visit;
	struct tree *out = tree_set_list(visit->answer, "instructions");
	struct instruction_list list;

	if (!instruction_list(visit->db, showing->entry.id, showing->now,
			      visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct instruction *one = &list.instructions[i];
		struct tree *item = tree_add_tree(out);
		tree_set_int(item, "id", one->id);
		tree_set_int(item, "author", one->author_id);
		tree_set_text(item, "author_name", one->author_name);
		tree_set_text(item, "author_position", one->author_position);
		tree_set_text(item, "recorded_by", one->recorded_name);
		tree_set_text(item, "text", one->text);
		tree_set_text(item, "due_day", one->due_day);
		tree_set_int(item, "due_days", one->due_days);
		tree_set_int(item, "remind_days", one->remind_days);
		tree_set_text(item, "state", one->state);
		tree_set_bool(item, "information_only", one->information_only);
		tree_set_int(item, "replaces", one->replaces_id);
		tree_set_int(item, "at", one->at);
		tree_set_int(item, "opened_at", one->opened_at);
		tree_set_int(item, "undo_until", one->undo_until);
	}
	return true;
}

static bool is_open(const struct assignment *one)
{
	return strcmp(one->state, "sent") == 0 ||
	       strcmp(one->state, "working") == 0;
}

static bool add_assignments(struct showing *showing, struct fail *why)
{
	struct visit *visit = showing->visit;
	struct tree *out = tree_set_list(visit->answer, "assignments");
	struct assignment_list list;

	if (!assignment_list(visit->db, showing->entry.id, &visit->actor,
			     showing->now, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct assignment *one = &list.assignments[i];
		struct tree *item = tree_add_tree(out);
		tree_set_int(item, "id", one->id);
		tree_set_int(item, "instruction", one->instruction_id);
		tree_set_int(item, "parent", one->parent_id);
		tree_set_int(item, "unit", one->unit_id);
		tree_set_int(item, "user", one->user_id);
		tree_set_text(item, "name", one->name);
		tree_set_text(item, "role", one->role);
		tree_set_text(item, "due_day", one->due_day);
		tree_set_text(item, "state", one->state);
		tree_set_bool(item, "overdue",
			      is_open(one) &&
				      flow_is_overdue(showing->entry.status,
						      one->due_day,
						      showing->today));
		tree_set_int(item, "opened_at", one->opened_at);
		tree_set_text(item, "opened_by", one->opened_name);
		tree_set_int(item, "done_at", one->done_at);
		tree_set_text(item, "done_by", one->done_name);
		tree_set_text(item, "result", one->result);
		tree_set_text(item, "reason", one->reason);
		tree_set_text(item, "given_by", one->given_name);
		tree_set_int(item, "at", one->at);
		tree_set_int(item, "reminders", one->reminders);
		tree_set_bool(item, "mine", one->is_mine);
	}
	return true;
}

static bool add_extensions(struct showing *showing, struct fail *why)
{
	struct visit *visit = showing->visit;
	struct tree *out = tree_set_list(visit->answer, "extensions");
	struct extension_list list;

	if (!extension_list(visit->db, showing->entry.id, visit->arena, &list,
			    why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct extension *one = &list.extensions[i];
		struct tree *item = tree_add_tree(out);
		tree_set_int(item, "id", one->id);
		tree_set_int(item, "assignment", one->assignment_id);
		tree_set_text(item, "name", one->name);
		tree_set_text(item, "old_day", one->old_day);
		tree_set_text(item, "wanted_day", one->wanted_day);
		tree_set_text(item, "reason", one->reason);
		tree_set_text(item, "state", one->state);
		tree_set_text(item, "asked_by", one->asked_name);
		tree_set_int(item, "asked_at", one->asked_at);
		tree_set_text(item, "decided_by", one->decided_name);
		tree_set_int(item, "decided_at", one->decided_at);
		tree_set_text(item, "note", one->note);
	}
	return true;
}

static bool add_words(struct showing *showing, struct fail *why)
{
	struct visit *visit = showing->visit;
	struct tree *out = tree_set_list(visit->answer, "comments");
	struct remark_list remarks;
	struct draft_list drafts;

	if (!flow_list_remarks(visit->db, showing->entry.id, visit->arena,
			       &remarks, why) ||
	    !draft_list(visit->db, showing->entry.id, visit->arena, &drafts,
			why))
		return false;
	for (size_t i = 0; i < remarks.count; i++) {
		const struct remark *one = &remarks.remarks[i];
		struct tree *item = tree_add_tree(out);
		tree_set_int(item, "id", one->id);
		tree_set_int(item, "author", one->author_id);
		tree_set_text(item, "author_name", one->author_name);
		tree_set_text(item, "text", one->text);
		tree_set_int(item, "at", one->at);
	}
	out = tree_set_list(visit->answer, "drafts");
	for (size_t i = 0; i < drafts.count; i++) {
		const struct draft *one = &drafts.drafts[i];
		struct tree *item = tree_add_tree(out);
		tree_set_int(item, "id", one->id);
		tree_set_int(item, "version", one->version);
		tree_set_text(item, "sha256", one->sha256);
		tree_set_text(item, "name", one->name);
		tree_set_int(item, "bytes", one->bytes);
		tree_set_text(item, "note", one->note);
		tree_set_text(item, "author_name", one->author_name);
		tree_set_int(item, "at", one->at);
	}
	return true;
}

static bool add_may(struct showing *showing, struct fail *why)
{
	struct visit *visit = showing->visit;
	struct tree *out = tree_set_list(visit->answer, "may");
	unsigned may = 0;

	if (!flow_find_may(visit->db, showing->entry.id, &visit->actor,
			   showing->now, &may, why))
		return false;
	for (int i = 0; i < FLOW_MAY_COUNT; i++)
		if (may & 1u << i)
			tree_add_text(out, flow_may_name((enum flow_may)i));
	if (strcmp(showing->entry.state, "valid") != 0)
		return true;
	if (access_may(visit->actor.roles, MAY_EDIT_ENTRIES))
		tree_add_text(out, "edit");
	if (access_may(visit->actor.roles, MAY_VOID_ENTRIES))
		tree_add_text(out, "void");
	return true;
}

static bool add_deadline(struct showing *showing, struct fail *why)
{
	struct visit *visit = showing->visit;
	struct tree *out = visit->answer;
	const char *due = showing->flow.due_day;
	const char *sender = showing->entry.fields.due_day;
	const char *status = showing->entry.status;
	struct calendar calendar;
	struct day day;

	if (!calendar_load(visit->db, showing->entry.organisation_id,
			   visit->arena, &calendar, why))
		return false;
	tree_set_text(out, "due_day", due);
	tree_set_text(out, "sender_due_day", sender);
	tree_set_text(out, "original_due_day", showing->flow.original_due_day);
	if (!due)
		due = sender;
	tree_set_bool(out, "overdue",
		      flow_is_overdue(status, due, showing->today));
	if (due && day_parse(due, &day) && strcmp(status, "done") != 0)
		tree_set_int(out, "working_days_left",
			     calendar_between(&calendar,
					      moment_day(showing->now), day));
	else
		tree_set_null(out, "working_days_left");
	return true;
}

static void add_state(const struct showing *showing)
{
	const struct flow *flow = &showing->flow;
	struct tree *out = showing->visit->answer;
	bool done = strcmp(showing->entry.status, "done") == 0;

	tree_set_int(out, "entry", showing->entry.id);
	tree_set_int(out, "version", showing->entry.version);
	tree_set_text(out, "status", showing->entry.status);
	tree_set_int(out, "submitted_to", flow->submitted_to);
	tree_set_text(out, "submitted_to_name", flow->submitted_to_name);
	tree_set_text(out, "submitted_by", flow->submitted_by_name);
	tree_set_int(out, "submitted_at", flow->submitted_at);
	tree_set_int(out, "done_at", done ? flow->done_at : 0);
	tree_set_text(out, "done_by", done ? flow->done_by_name : NULL);
	tree_set_text(out, "result", done ? flow->result : NULL);
	if (done && flow->due_day && flow->done_day)
		tree_set_bool(out, "on_time",
			      flow_is_on_time(showing->entry.status, flow));
	else
		tree_set_null(out, "on_time");
	tree_set_text(out, "return_reason", flow->return_reason);
}

bool flow_present(struct visit *visit, int64_t entry_id, struct fail *why)
{
	struct showing showing = { .visit = visit, .now = moment_now() };

	day_print(moment_day(showing.now), showing.today);
	if (!entry_load(visit->db, entry_id, visit->arena, &showing.entry,
			why) ||
	    !flow_load(visit->db, entry_id, visit->arena, &showing.flow, why))
		return false;
	add_state(&showing);
	return add_deadline(&showing, why) && add_instructions(&showing, why) &&
	       add_assignments(&showing, why) &&
	       add_extensions(&showing, why) && add_words(&showing, why) &&
	       add_may(&showing, why);
}

/* The deadline in force is the lead's, before that the sender's. */
void flow_present_line(struct tree *out, const struct entry *entry)
{
	const char *due = entry->lead_due_day ? entry->lead_due_day
					      : entry->fields.due_day;
	bool is_open = entry->direction == DIRECTION_IN &&
		       strcmp(entry->state, "valid") == 0;
	char today[DAY_SIZE];

	day_print(moment_day(moment_now()), today);
	tree_set_text(out, "lead_name", entry->lead_name);
	tree_set_text(out, "due_day", due);
	tree_set_bool(out, "overdue",
		      is_open && flow_is_overdue(entry->status, due, today));
}

static void present_change(struct tree *list, const struct audit_row *row)
{
	struct tree *out = tree_add_tree(list);
	struct fail ignored;
	auto_tree *detail = tree_parse(bytes_of(row->detail_json), &ignored);

	tree_set_int(out, "at", row->at / 1000000);
	tree_set_text(out, "actor", row->actor_name);
	tree_set_text(out, "kind", row->action);
	if (detail)
		tree_set_copy(out, "detail", detail);
	else
		tree_set_tree(out, "detail");
}

/* Every change bumps the version once and is one audit row or two. */
bool flow_visit_explain(struct visit *visit, int64_t entry_id, int64_t version,
			struct fail *why)
{
	struct audit_filter filter = {
		.object_type = "entry",
		.object_id = entry_id,
		.limit = CHANGES_MAX,
	};
	struct audit_list list;
	struct entry entry;
	struct tree *details, *changes;
	struct fail ignored;
	int64_t left;

	if (strcmp(why->code, "entry.changed") != 0 ||
	    !entry_load(visit->db, entry_id, visit->arena, &entry, &ignored) ||
	    !audit_load_list(visit->db, &filter, visit->arena, &list,
			     &ignored))
		return false;
	left = version > 0 && version < entry.version
		       ? entry.version - version
		       : CHANGES_MAX;
	details = tree_set_tree(visit->answer, "details");
	tree_set_int(details, "version", entry.version);
	changes = tree_set_list(details, "changes");
	for (size_t i = 0; i < list.count && left > 0; i++) {
		if (strcmp(list.items[i].action, "entry.open") == 0)
			continue;
		present_change(changes, &list.items[i]);
		left -= strcmp(list.items[i].action, "flow.route") != 0;
	}
	return false;
}
