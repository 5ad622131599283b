/* My work: lists, templates, who stands in, what a leaver hands over. */
#include "core/work.h"
#include "base/moment.h"
#include "core/instruction_template.h"
#include "core/substitute.h"
#include "web/desk.h"
#include <string.h>

static void present_item(struct tree *out, const struct work_item *item)
{
	tree_set_int(out, "entry", item->entry_id);
	tree_set_int(out, "assignment", item->assignment_id);
	tree_set_text(out, "direction", item->direction);
	tree_set_int(out, "year", item->year);
	tree_set_int(out, "number", item->number);
	tree_set_text(out, "suffix", item->suffix);
	tree_set_text(out, "day", item->day);
	tree_set_text(out, "issuer", item->issuer);
	tree_set_text(out, "symbol", item->symbol);
	tree_set_text(out, "document_day", item->document_day);
	tree_set_text(out, "subject", item->subject);
	tree_set_int(out, "urgency", item->urgency);
	tree_set_text(out, "status", item->status);
	tree_set_text(out, "role", item->role);
	tree_set_text(out, "state", item->state);
	tree_set_text(out, "due_day", item->due_day);
	tree_set_bool(out, "overdue", item->is_overdue);
	tree_set_bool(out, "due_soon", item->is_due_soon);
	if (item->due_day)
		tree_set_int(out, "working_days_left",
			     item->working_days_left);
	else
		tree_set_null(out, "working_days_left");
	tree_set_text(out, "unit_name", item->unit_name);
	tree_set_text(out, "lead_name", item->lead_name);
	tree_set_text(out, "submitted_by", item->submitted_name);
	tree_set_bool(out, "opened", item->is_opened);
	tree_set_int(out, "at", item->at);
	tree_set_int(out, "version", item->version);
	tree_set_int(out, "files", item->files);
}

static bool count(struct visit *visit, struct tree *out, int64_t *ret_today,
		  struct fail *why)
{
	struct work_counts counts;

	if (!work_count(visit->db, &visit->actor, moment_now(), &counts, why))
		return false;
	for (int tab = 0; tab < WORK_TAB_COUNT; tab++)
		tree_set_int(out, work_tab_name((enum work_tab)tab),
			     counts.counts[tab]);
	*ret_today = counts.done_today;
	return true;
}

bool work_present_counts(struct visit *visit, struct tree *out,
			 struct fail *why)
{
	int64_t ignored;

	return count(visit, tree_set_tree(out, "work"), &ignored, why);
}

/* What a person sees first. */
static enum work_tab first_tab(unsigned roles)
{
	if (roles & 1u << ROLE_LEADER)
		return WORK_AWAITING;
	if (roles & 1u << ROLE_CLERK)
		return WORK_TO_SUBMIT;
	return roles & 1u << ROLE_UNIT_HEAD ? WORK_TO_ASSIGN : WORK_ASSIGNED;
}

bool work_show(struct visit *visit, struct fail *why)
{
	const char *tab = http_request_query(visit->http, "tab");
	struct work_request request = {
		.actor = &visit->actor,
		.after = visit_query_int(visit, "after", 0),
		.limit = visit_query_int(visit, "limit", 0),
		.tab = first_tab(visit->actor.roles),
		.now = moment_now(),
	};
	struct work_list list;
	struct tree *items;
	int64_t today;

	if (tab && *tab)
		request.tab = work_tab_find(tab);
	if (request.tab == WORK_TAB_COUNT)
		return fail(why, FAIL_INVALID, "'tab' is not known");
	if (!work_list(visit->db, &request, visit->arena, &list, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++)
		present_item(tree_add_tree(items), &list.items[i]);
	tree_set_int(visit->answer, "next", list.next);
	if (!count(visit, tree_set_tree(visit->answer, "counts"), &today, why))
		return false;
	tree_set_int(visit->answer, "done_today", today);
	return true;
}

static bool list_templates(struct visit *visit, int64_t user_id,
			   struct fail *why)
{
	struct instruction_template_list list;
	struct tree *items = tree_set_list(visit->answer, "items");

	if (!instruction_template_list(visit->db,
				       visit->actor.organisation_id, user_id,
				       visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct instruction_template *one = &list.templates[i];
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", one->id);
		tree_set_text(out, "text", one->text);
		tree_set_bool(out, "shared", one->user_id == 0);
		tree_set_text(out, "role", one->role);
		tree_set_int(out, "position", one->position);
	}
	return true;
}

/* 0 is a new one. */
static bool set_template(struct visit *visit, int64_t id, int64_t user_id,
			 struct fail *why)
{
	struct instruction_template wanted = { .id = id, .user_id = user_id };

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "text", 4000, &wanted.text, why) ||
	    !tree_may_int(visit->body, "position", &wanted.position, why))
		return false;
	wanted.role = tree_text(visit->body, "role", NULL);
	if (!instruction_template_set(visit->db, &wanted, &visit->actor, &id,
				      why))
		return false;
	visit->status = wanted.id ? 200 : 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

static bool remove_template(struct visit *visit, int64_t user_id,
			    struct fail *why)
{
	int64_t id = visit_id(visit);

	tree_set_int(visit->answer, "id", id);
	return instruction_template_remove(visit->db, id, user_id,
					   &visit->actor, why);
}

bool template_list_route(struct visit *visit, struct fail *why)
{
	return list_templates(visit, visit->actor.id, why);
}

bool template_add_route(struct visit *visit, struct fail *why)
{
	return set_template(visit, 0, visit->actor.id, why);
}

bool template_set_route(struct visit *visit, struct fail *why)
{
	return visit_need_id(visit, why) &&
	       set_template(visit, visit_id(visit), visit->actor.id, why);
}

bool template_remove_route(struct visit *visit, struct fail *why)
{
	return remove_template(visit, visit->actor.id, why);
}

bool shared_template_list(struct visit *visit, struct fail *why)
{
	return list_templates(visit, 0, why);
}

bool shared_template_add(struct visit *visit, struct fail *why)
{
	return set_template(visit, 0, 0, why);
}

bool shared_template_set(struct visit *visit, struct fail *why)
{
	return visit_need_id(visit, why) &&
	       set_template(visit, visit_id(visit), 0, why);
}

bool shared_template_remove(struct visit *visit, struct fail *why)
{
	return remove_template(visit, 0, why);
}

bool substitute_list_route(struct visit *visit, struct fail *why)
{
	struct substitute_list list;
	struct tree *items = tree_set_list(visit->answer, "items");

	if (!substitute_list(visit->db, visit->actor.organisation_id,
			     moment_now(), visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct substitute *one = &list.substitutes[i];
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", one->id);
		tree_set_int(out, "user", one->user_id);
		tree_set_text(out, "user_name", one->user_name);
		tree_set_int(out, "substitute", one->substitute_id);
		tree_set_text(out, "substitute_name", one->substitute_name);
		tree_set_text(out, "from_day", one->from_day);
		tree_set_text(out, "to_day", one->to_day);
		tree_set_text(out, "reason", one->reason);
		tree_set_bool(out, "active", one->is_active);
	}
	return true;
}

bool substitute_add_route(struct visit *visit, struct fail *why)
{
	struct substitute wanted = {
		.user_id = visit->actor.id,
		.reason = "",
	};
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_may_int(visit->body, "user", &wanted.user_id, why) ||
	    !tree_need_int(visit->body, "substitute", &wanted.substitute_id,
			   why) ||
	    !tree_need_text(visit->body, "from_day", 10, &wanted.from_day,
			    why) ||
	    !tree_need_text(visit->body, "to_day", 10, &wanted.to_day, why) ||
	    !tree_may_text(visit->body, "reason", 1000, &wanted.reason, why) ||
	    !substitute_add(visit->db, &wanted, &visit->actor, moment_now(),
			    &id, why))
		return false;
	visit->status = 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool substitute_end_route(struct visit *visit, struct fail *why)
{
	tree_set_int(visit->answer, "id", visit_id(visit));
	return substitute_end(visit->db, visit_id(visit), &visit->actor,
			      moment_now(), why);
}

bool open_work_show(struct visit *visit, struct fail *why)
{
	struct handover open;

	if (!handover_count(visit->db, visit_id(visit), &open, why))
		return false;
	tree_set_int(visit->answer, "assignments", open.assignments);
	tree_set_int(visit->answer, "submissions", open.submissions);
	tree_set_int(visit->answer, "extensions", open.extensions);
	return true;
}

bool handover_route(struct visit *visit, struct fail *why)
{
	struct handover_wish wish = {
		.from = visit_id(visit),
		.now = moment_now(),
	};
	struct handover moved;

	if (!visit_need_body(visit, why) ||
	    !tree_need_int(visit->body, "to", &wish.to, why) ||
	    !tree_need_text(visit->body, "reason", 4000, &wish.reason, why) ||
	    !handover_run(visit->db, &wish, &visit->actor, &moved, why))
		return false;
	tree_set_int(visit->answer, "assignments", moved.assignments);
	tree_set_int(visit->answer, "submissions", moved.submissions);
	return true;
}
