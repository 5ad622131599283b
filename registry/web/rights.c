/* Rights: the one table, grants, changes that wait for a second person. */
#include "base/moment.h"
#include "core/approval.h"
#include "core/dossier.h"
#include "core/grant.h"
#include "core/view.h"
#include "web/desk.h"
#include "web/flow.h"
#include <string.h>

bool access_show(struct visit *visit, struct fail *why)
{
	struct tree *roles = tree_set_list(visit->answer, "roles");
	struct tree *list = tree_set_list(visit->answer, "permissions");

	(void)why;
	for (int role = 0; role < ROLE_COUNT; role++)
		tree_add_text(roles, role_name((enum role)role));
	for (int i = PERMISSION_SIGNED_IN; i < PERMISSION_COUNT; i++) {
		struct tree *out = tree_add_tree(list);
		struct tree *may;
		tree_set_text(out, "name", permission_name((enum permission)i));
		may = tree_set_list(out, "roles");
		for (int role = 0; role < ROLE_COUNT; role++)
			if (access_may(1u << role, (enum permission)i))
				tree_add_text(may, role_name((enum role)role));
	}
	return true;
}

bool grant_present_list(struct visit *visit, const char *kind, int64_t id,
			struct fail *why)
{
	struct tree *items = tree_set_list(visit->answer, "items");
	struct grant_list list;

	if (!grant_list(visit->db, kind, id, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct grant *one = &list.grants[i];
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", one->id);
		tree_set_text(out, "kind", one->kind);
		tree_set_int(out, "object", one->object_id);
		tree_set_int(out, "user", one->user_id);
		tree_set_int(out, "unit", one->unit_id);
		tree_set_text(out, "name", one->name);
		tree_set_text(out, "state", one->state);
		tree_set_text(out, "reason", one->reason);
		tree_set_text(out, "asked_by", one->asked_name);
		tree_set_int(out, "asked_at", one->asked_at);
		tree_set_text(out, "decided_by", one->decided_name);
		tree_set_int(out, "decided_at", one->decided_at);
	}
	return true;
}

bool grant_add_for(struct visit *visit, const char *kind, int64_t object_id,
		   struct fail *why)
{
	struct grant wanted = { .kind = kind, .object_id = object_id };
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_may_int(visit->body, "user", &wanted.user_id, why) ||
	    !tree_may_int(visit->body, "unit", &wanted.unit_id, why) ||
	    !tree_need_text(visit->body, "reason", 4000, &wanted.reason, why) ||
	    !grant_add(visit->db, &wanted, &visit->actor, moment_now(), &id,
		       why))
		return false;
	visit->status = 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool grant_list_route(struct visit *visit, struct fail *why)
{
	struct entry entry;

	return flow_visit_entry(visit, visit_id(visit), &entry, why) &&
	       grant_present_list(visit, "entry", entry.id, why);
}

bool grant_add_route(struct visit *visit, struct fail *why)
{
	struct entry entry;

	return flow_visit_entry(visit, visit_id(visit), &entry, why) &&
	       grant_add_for(visit, "entry", entry.id, why);
}

/* By who sees what it is about. */
bool grant_end_route(struct visit *visit, struct fail *why)
{
	struct dossier dossier;
	struct grant grant;
	struct entry entry;

	if (!grant_load(visit->db, visit_id(visit), visit->arena, &grant, why))
		return false;
	if (strcmp(grant.kind, "entry") == 0
		    ? !flow_visit_entry(visit, grant.object_id, &entry, why)
		    : !dossier_load(visit->db, grant.object_id, &visit->actor,
				    visit->arena, &dossier, why))
		return false;
	tree_set_int(visit->answer, "id", grant.id);
	return grant_end(visit->db, visit_id(visit), &visit->actor,
			 moment_now(), why);
}

static void present_approval(struct tree *out, const struct approval *one)
{
	struct fail ignored;
	auto_tree *detail = tree_parse(bytes_of(one->detail), &ignored);

	tree_set_int(out, "id", one->id);
	tree_set_text(out, "kind", one->kind);
	tree_set_text(out, "text", one->reason);
	tree_set_int(out, "subject", one->subject_id);
	if (detail)
		tree_set_copy(out, "detail", detail);
	else
		tree_set_tree(out, "detail");
	tree_set_text(out, "state", one->state);
	tree_set_text(out, "asked_by", one->asked_name);
	tree_set_int(out, "asked_by_id", one->asked_by);
	tree_set_int(out, "asked_at", one->asked_at);
	tree_set_text(out, "decided_by", one->decided_name);
	tree_set_int(out, "decided_at", one->decided_at);
	tree_set_text(out, "note", one->note);
	tree_set_bool(out, "may_decide", one->may_decide);
}

bool approval_list_route(struct visit *visit, struct fail *why)
{
	bool all = visit_query_int(visit, "all", 0) == 1;
	struct tree *items = tree_set_list(visit->answer, "items");
	struct approval_list list;

	if (!approval_list(visit->db, &visit->actor, all, visit->arena, &list,
			   why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		present_approval(tree_add_tree(items), &list.approvals[i]);
	tree_set_int(visit->answer, "waiting", list.waiting);
	return true;
}

bool approval_decide_route(struct visit *visit, struct fail *why)
{
	struct approval_decision decision = {
		.id = visit_id(visit),
		.now = moment_now(),
	};
	struct approval approval;

	if (!visit_need_body(visit, why) ||
	    !tree_may_text(visit->body, "note", 4000, &decision.note, why))
		return false;
	if (!tree_has(visit->body, "approve"))
		return fail(why, FAIL_INVALID, "'approve' is missing");
	decision.approve = tree_bool(visit->body, "approve", false);
	if (!approval_decide(visit->db, &decision, &visit->actor, why) ||
	    !approval_load(visit->db, decision.id, &visit->actor, visit->arena,
			   &approval, why))
		return false;
	present_approval(visit->answer, &approval);
	return true;
}

bool user_roles_route(struct visit *visit, struct fail *why)
{
	struct approval_roles wanted = {
		.user_id = visit_id(visit),
		.now = moment_now(),
	};
	const struct tree *list;
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_may_text(visit->body, "reason", 4000, &wanted.reason, why))
		return false;
	list = tree_member(visit->body, "roles");
	for (size_t i = 0; list && i < tree_count(list); i++) {
		const char *name = tree_text_at(list, i);
		enum role role = name ? role_find(name) : ROLE_COUNT;
		if (role == ROLE_COUNT)
			return fail(why, FAIL_INVALID, "a role is not known");
		wanted.roles |= 1u << role;
	}
	if (!approval_ask_roles(visit->db, &wanted, &visit->actor, &id, why))
		return false;
	tree_set_int(visit->answer, "approval", id);
	return true;
}

bool view_list_route(struct visit *visit, struct fail *why)
{
	struct tree *items = tree_set_list(visit->answer, "items");
	struct view_list list;

	if (!view_load_list(visit->db, visit_id(visit), visit->arena, &list,
			    why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "at", list.views[i].at);
		tree_set_text(out, "actor", list.views[i].actor);
		tree_set_text(out, "action", list.views[i].action);
	}
	tree_set_int(visit->answer, "total", list.total);
	return true;
}
