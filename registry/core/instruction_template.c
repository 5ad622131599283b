#include "core/instruction_template.h"
#include "core/assignment.h"
#include "core/audit.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

enum {
	TEXT_MAX = 1000,
	TEMPLATES_MAX = 200
};

static const char select_all[] =
	"SELECT id, user_id, text, role, position FROM instruction_template"
	" WHERE organisation_id = ?1 AND (user_id IS NULL OR user_id = ?2)"
	" ORDER BY user_id IS NOT NULL, position, id LIMIT ?3";

static const char insert_template[] =
	"INSERT INTO instruction_template (organisation_id, user_id, text,"
	"                                  role, position)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";

static const char update_template[] =
	"UPDATE instruction_template SET text = ?3, role = ?4, position = ?5"
	" WHERE organisation_id = ?1 AND user_id IS ?2 AND id = ?6";

static const char delete_template[] =
	"DELETE FROM instruction_template"
	" WHERE organisation_id = ?1 AND user_id IS ?2 AND id = ?3";

bool instruction_template_list(struct db *db, int64_t organisation_id,
			       int64_t user_id, struct arena *arena,
			       struct instruction_template_list *ret_list,
			       struct fail *why)
{
	struct instruction_template *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_int(query, 2, user_id);
	query_int(query, 3, TEMPLATES_MAX);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct instruction_template){
			.id = query_get_int(query, 0),
			.user_id = query_get_int(query, 1),
			.text = query_get_text(query, 2, arena),
			.role = query_get_text(query, 3, arena),
			.position = query_get_int(query, 4),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct instruction_template_list){ all, count };
	return true;
}

static bool none(struct fail *why)
{
	fail(why, FAIL_NOT_FOUND, "no such template");
	return fail_code(why, "template.none", "Không có mẫu bút phê này.");
}

static bool note(struct db *db, const struct actor *actor, const char *action,
		 int64_t id, struct fail *why)
{
	const struct audit_act act = { action, "template", id, NULL };
	return audit_act(db, actor, &act, why);
}

bool instruction_template_set(struct db *db,
			      const struct instruction_template *wanted,
			      const struct actor *actor, int64_t *ret_id,
			      struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *text = viet_normal(wanted->text, arena);
	if (!*text || strlen(text) > TEXT_MAX)
		return fail(why, FAIL_INVALID, "a template has 1 to %d bytes",
			    TEXT_MAX);
	if (wanted->role &&
	    assignment_role_find(wanted->role) == ASSIGNMENT_ROLE_COUNT)
		return fail(why, FAIL_INVALID, "'role' is not known");
	{
		auto_query *query = db_query(
			db, wanted->id ? update_template : insert_template,
			why);
		if (!query)
			return false;
		query_int(query, 1, actor->organisation_id);
		query_int_or_null(query, 2, wanted->user_id);
		query_text(query, 3, text);
		query_text(query, 4, wanted->role);
		query_int(query, 5, wanted->position);
		if (wanted->id)
			query_int(query, 6, wanted->id);
		if (!query_run(query, why))
			return false;
	}
	if (wanted->id && db_changes(db) != 1)
		return none(why);
	*ret_id = wanted->id ? wanted->id : db_last_id(db);
	return note(db, actor, "template.set", *ret_id, why);
}

bool instruction_template_remove(struct db *db, int64_t id, int64_t user_id,
				 const struct actor *actor, struct fail *why)
{
	auto_query *query = db_query(db, delete_template, why);
	if (!query)
		return false;
	query_int(query, 1, actor->organisation_id);
	query_int_or_null(query, 2, user_id);
	query_int(query, 3, id);
	if (!query_run(query, why))
		return false;
	if (db_changes(db) != 1)
		return none(why);
	return note(db, actor, "template.remove", id, why);
}
