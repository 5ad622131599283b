/* What a person likes, asks again, and should know. */
#include "base/moment.h"
#include "core/digest_mail.h"
#include "core/notification.h"
#include "core/preference.h"
#include "core/saved_search.h"
#include "web/desk.h"

bool preference_show(struct visit *visit, struct fail *why)
{
	return preference_load(visit->db, visit->actor.id, visit->answer, why);
}

bool preference_set_route(struct visit *visit, struct fail *why)
{
	return visit_need_body(visit, why) &&
	       preference_set(visit->db, visit->actor.id, visit->body, why) &&
	       preference_load(visit->db, visit->actor.id, visit->answer, why);
}

bool saved_search_list_route(struct visit *visit, struct fail *why)
{
	struct saved_search_list list;
	struct tree *items = tree_set_list(visit->answer, "items");

	if (!saved_search_list(visit->db, &visit->actor, visit->arena, &list,
			       why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct saved_search *one = &list.searches[i];
		struct tree *out = tree_add_tree(items);
		struct fail ignored;
		auto_tree *query = tree_parse(bytes_of(one->query), &ignored);
		tree_set_int(out, "id", one->id);
		tree_set_text(out, "name", one->name);
		if (query)
			tree_set_copy(out, "query", query);
		else
			tree_set_tree(out, "query");
		tree_set_bool(out, "in_sidebar", one->in_sidebar);
		tree_set_bool(out, "notify", one->notify);
		tree_set_int(out, "position", one->position);
		tree_set_int(out, "unseen", one->unseen);
	}
	return true;
}

static bool set_search(struct visit *visit, int64_t id, struct fail *why)
{
	struct saved_search wanted = { .id = id };
	const struct tree *query;
	auto_text json = { 0 };

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "name", 1000, &wanted.name, why))
		return false;
	query = tree_member(visit->body, "query");
	if (!query)
		return fail(why, FAIL_INVALID, "'query' is missing");
	tree_print(query, &json);
	if (*text_string(&json) != '{')
		return fail(why, FAIL_INVALID, "'query' must be an object");
	wanted.query = text_string(&json);
	wanted.in_sidebar = tree_bool(visit->body, "in_sidebar", true);
	wanted.notify = tree_bool(visit->body, "notify", false);
	wanted.position = tree_int(visit->body, "position", 0);
	if (!saved_search_set(visit->db, &wanted, &visit->actor, moment_now(),
			      &id, why))
		return false;
	visit->status = wanted.id ? 200 : 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool saved_search_add_route(struct visit *visit, struct fail *why)
{
	return set_search(visit, 0, why);
}

bool saved_search_set_route(struct visit *visit, struct fail *why)
{
	return visit_need_id(visit, why) &&
	       set_search(visit, visit_id(visit), why);
}

bool saved_search_seen_route(struct visit *visit, struct fail *why)
{
	tree_set_int(visit->answer, "id", visit_id(visit));
	return saved_search_set_seen(visit->db, visit_id(visit), &visit->actor,
				     moment_now(), why);
}

bool saved_search_remove_route(struct visit *visit, struct fail *why)
{
	tree_set_int(visit->answer, "id", visit_id(visit));
	return saved_search_remove(visit->db, visit_id(visit), &visit->actor,
				   why);
}

bool notification_list_route(struct visit *visit, struct fail *why)
{
	struct notification_list list;
	struct tree *items = tree_set_list(visit->answer, "items");

	if (!notification_list(visit->db, visit->actor.id,
			       visit_query_int(visit, "before", 0),
			       visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct notification *one = &list.notifications[i];
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", one->id);
		tree_set_text(out, "kind", one->kind);
		tree_set_int(out, "entry", one->entry_id);
		tree_set_text(out, "direction", one->direction);
		tree_set_int(out, "year", one->year);
		tree_set_int(out, "number", one->number);
		tree_set_text(out, "subject", one->subject);
		tree_set_text(out, "actor", one->actor);
		tree_set_text(out, "text", one->text);
		tree_set_int(out, "at", one->at);
		tree_set_int(out, "seen_at", one->seen_at);
	}
	tree_set_int(visit->answer, "unseen", list.unseen);
	return true;
}

bool notification_seen_route(struct visit *visit, struct fail *why)
{
	int64_t id = 0, unseen;

	if (!visit_need_body(visit, why) ||
	    !tree_may_int(visit->body, "up_to", &id, why) ||
	    !notification_set_seen(visit->db, visit->actor.id, id,
				   moment_now(), why) ||
	    !notification_count(visit->db, visit->actor.id, &unseen, why))
		return false;
	tree_set_int(visit->answer, "unseen", unseen);
	return true;
}

bool digest_show(struct visit *visit, struct fail *why)
{
	struct digest_mail mail;

	if (!digest_mail_print(visit->db, &visit->actor, moment_now(),
			       visit->arena, &mail, why))
		return false;
	tree_set_text(visit->answer, "subject", mail.subject);
	tree_set_text(visit->answer, "text", mail.text);
	tree_set_bool(visit->answer, "empty", mail.is_empty);
	tree_set_text(visit->answer, "hour", mail.hour);
	return true;
}
