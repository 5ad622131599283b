#include "core/grant.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/notification.h"
#include "core/reason.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include <string.h>

/* clang-format off */
#define COLUMNS \
	"SELECT g.id, g.object_id, g.user_id, g.unit_id, g.kind," \
	"       coalesce(p.name, n.name), g.state, g.reason, a.name, d.name," \
	"       g.asked_at, g.decided_at" \
	"  FROM access_grant g LEFT JOIN user_account p ON p.id = g.user_id" \
	"  LEFT JOIN unit n ON n.id = g.unit_id" \
	"  JOIN user_account a ON a.id = g.asked_by" \
	"  LEFT JOIN user_account d ON d.id = g.decided_by"
/* clang-format on */

static const char select_all[] =
	COLUMNS " WHERE g.kind = ?1 AND g.object_id = ?2 ORDER BY g.id DESC";
static const char select_one[] = COLUMNS " WHERE g.id = ?1";

static const char insert_grant[] =
	"INSERT INTO access_grant (kind, object_id, user_id, unit_id, reason,"
	"                          asked_by, asked_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

static const char insert_approval[] =
	"INSERT INTO approval (organisation_id, kind, subject_id, detail,"
	"                      reason, asked_by, asked_at)"
	" VALUES (?1, 'grant', ?2, ?3, ?4, ?5, ?6)";

static const char select_about[] =
	"SELECT g.kind, g.object_id, coalesce(p.name, n.name),"
	"       coalesce(e.subject, o.title), e.number, e.year, e.direction,"
	"       o.code, g.user_id"
	"  FROM access_grant g LEFT JOIN user_account p ON p.id = g.user_id"
	"  LEFT JOIN unit n ON n.id = g.unit_id"
	"  LEFT JOIN entry e ON g.kind = 'entry' AND e.id = g.object_id"
	"  LEFT JOIN dossier o ON g.kind = 'dossier' AND o.id = g.object_id"
	" WHERE g.id = ?1";

static const char update_settled[] =
	"UPDATE access_grant SET state = ?2, decided_by = ?3, decided_at = ?4"
	" WHERE id = ?1 AND state = 'waiting'";

static const char update_ended[] =
	"UPDATE access_grant SET state = 'ended', decided_by = ?2,"
	"       decided_at = ?3"
	" WHERE id = ?1 AND state IN ('waiting', 'confirmed')";

static const char update_approval_ended[] =
	"UPDATE approval SET state = 'refused', note = 'ended'"
	" WHERE kind = 'grant' AND subject_id = ?1 AND state = 'waiting'";

static const char select_documents[] =
	"SELECT entry_id FROM dossier_document WHERE dossier_id = ?1"
	" ORDER BY entry_id";

static struct grant read_grant(struct query *query, struct arena *arena)
{
	return (struct grant){
		.id = query_get_int(query, 0),
		.object_id = query_get_int(query, 1),
		.user_id = query_get_int(query, 2),
		.unit_id = query_get_int(query, 3),
		.kind = query_get_text(query, 4, arena),
		.name = query_get_text(query, 5, arena),
		.state = query_get_text(query, 6, arena),
		.reason = query_get_text(query, 7, arena),
		.asked_name = query_get_text(query, 8, arena),
		.decided_name = query_get_text(query, 9, arena),
		.asked_at = query_get_int(query, 10),
		.decided_at = query_get_int(query, 11),
	};
}

static bool none(struct fail *why)
{
	fail(why, FAIL_NOT_FOUND, "no such grant");
	return fail_code(why, "grant.none", "Không có quyền xem này.");
}

bool grant_load(struct db *db, int64_t id, struct arena *arena,
		struct grant *ret_grant, struct fail *why)
{
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE ? none(why) : false;
	*ret_grant = read_grant(query, arena);
	return true;
}

bool grant_list(struct db *db, const char *kind, int64_t object_id,
		struct arena *arena, struct grant_list *ret_list,
		struct fail *why)
{
	struct grant *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_text(query, 1, kind);
	query_int(query, 2, object_id);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = read_grant(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct grant_list){ all, count };
	return true;
}

static bool insert(struct db *db, const struct grant *wanted,
		   const struct actor *actor, int64_t now, struct fail *why)
{
	auto_query *query = db_query(db, insert_grant, why);
	if (!query)
		return false;
	query_text(query, 1, wanted->kind);
	query_int(query, 2, wanted->object_id);
	query_int_or_null(query, 3, wanted->user_id);
	query_int_or_null(query, 4, wanted->unit_id);
	query_text(query, 5, wanted->reason);
	query_int(query, 6, actor->id);
	query_int(query, 7, now);
	if (query_run(query, why))
		return true;
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_INVALID, "name one person or one unit");
	return fail_code(why, "grant.who", "Chọn một người hoặc một đơn vị.");
}

struct about {
	const char *kind;
	int64_t object_id, user_id;
	struct tree *detail;
};

static bool load_about(struct db *db, int64_t id, struct arena *arena,
		       struct about *about, struct fail *why)
{
	struct tree *detail = about->detail;
	auto_query *query = db_query(db, select_about, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	about->kind = query_get_text(query, 0, arena);
	about->object_id = query_get_int(query, 1);
	about->user_id = query_get_int(query, 8);
	tree_set_text(detail, "kind", about->kind);
	tree_set_int(detail, "object", about->object_id);
	tree_set_text(detail, "name", query_get_text(query, 2, arena));
	tree_set_text(detail, "subject", query_get_text(query, 3, arena));
	tree_set_int(detail, "number", query_get_int(query, 4));
	tree_set_int(detail, "year", query_get_int(query, 5));
	tree_set_text(detail, "direction", query_get_text(query, 6, arena));
	tree_set_text(detail, "code", query_get_text(query, 7, arena));
	return true;
}

static bool note(struct db *db, const struct about *about,
		 const struct actor *actor, const char *action,
		 struct fail *why)
{
	const struct audit_act act = { action, about->kind, about->object_id,
				       about->detail };
	return audit_act(db, actor, &act, why);
}

static bool ask(struct db *db, int64_t id, const struct grant *wanted,
		const struct actor *actor, int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	auto_text json = { .limit = 0 };
	struct about about = { .detail = detail };
	const struct notification_news news = {
		.kind = "approval",
		.entry_id = strcmp(wanted->kind, "entry") == 0
				    ? wanted->object_id
				    : 0,
		.actor = actor,
		.text = wanted->reason,
		.now = now,
	};
	if (!load_about(db, id, arena, &about, why))
		return false;
	tree_print(detail, &json);
	auto_query *query = db_query(db, insert_approval, why);
	if (!query)
		return false;
	query_int(query, 1, actor->organisation_id);
	query_int(query, 2, id);
	query_text(query, 3, text_string(&json));
	query_text(query, 4, wanted->reason);
	query_int(query, 5, actor->id);
	query_int(query, 6, now);
	return query_run(query, why) &&
	       note(db, &about, actor, "grant.ask", why) &&
	       notification_add_role(db, &news, ROLE_CLERK, why) &&
	       notification_add_role(db, &news, ROLE_LEADER, why);
}

bool grant_add(struct db *db, const struct grant *wanted,
	       const struct actor *actor, int64_t now, int64_t *ret_id,
	       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct grant grant = *wanted;
	if (!reason_check(wanted->reason, arena, &grant.reason, why) ||
	    !insert(db, &grant, actor, now, why))
		return false;
	*ret_id = db_last_id(db);
	return ask(db, *ret_id, &grant, actor, now, why);
}

bool grant_index(struct db *db, const char *kind, int64_t object_id,
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t *ids = NULL;
	size_t count = 0;
	if (strcmp(kind, "entry") == 0)
		return search_index_entry(db, object_id, why);
	{
		auto_query *query = db_query(db, select_documents, why);
		if (!query)
			return false;
		query_int(query, 1, object_id);
		if (!query_list_ids(query, arena, &ids, &count, why))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!search_index_entry(db, ids[i], why))
			return false;
	return true;
}

bool grant_settle(struct db *db, int64_t id, bool approve,
		  const struct actor *actor, int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	struct about about = { .detail = detail };
	struct notification_news news = {
		.kind = "granted",
		.actor = actor,
		.now = now,
	};
	{
		auto_query *query = db_query(db, update_settled, why);
		if (!query)
			return false;
		query_int(query, 1, id);
		query_text(query, 2, approve ? "confirmed" : "refused");
		query_int(query, 3, actor->id);
		query_int(query, 4, now);
		if (!query_run(query, why))
			return false;
		if (db_changes(db) != 1)
			return none(why);
	}
	if (!load_about(db, id, arena, &about, why))
		return false;
	if (strcmp(about.kind, "entry") == 0)
		news.entry_id = about.object_id;
	if (approve && about.user_id &&
	    !notification_add(db, &news, about.user_id, why))
		return false;
	return note(db, &about, actor,
		    approve ? "grant.confirm" : "grant.refuse", why) &&
	       grant_index(db, about.kind, about.object_id, why);
}

bool grant_end(struct db *db, int64_t id, const struct actor *actor,
	       int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	struct about about = { .detail = detail };
	{
		auto_query *query = db_query(db, update_ended, why);
		if (!query)
			return false;
		query_int(query, 1, id);
		query_int(query, 2, actor->id);
		query_int(query, 3, now);
		if (!query_run(query, why))
			return false;
		if (db_changes(db) != 1)
			return none(why);
	}
	auto_query *query = db_query(db, update_approval_ended, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	return query_run(query, why) &&
	       load_about(db, id, arena, &about, why) &&
	       note(db, &about, actor, "grant.end", why) &&
	       grant_index(db, about.kind, about.object_id, why);
}
