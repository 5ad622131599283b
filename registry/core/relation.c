#include "core/relation.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/flow.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include <assert.h>
#include <string.h>

static const char select_pair[] =
	"SELECT count(*) FROM entry a JOIN entry b"
	"    ON b.organisation_id = a.organisation_id"
	" WHERE a.id = ?1 AND b.id = ?2 AND a.id <> b.id"
	"   AND a.state <> 'withdrawn' AND b.state <> 'withdrawn'";

static const char insert_relation[] =
	"INSERT INTO relation (entry_id, kind, other_id, added_at, added_by)"
	" VALUES (?1, ?2, ?3, ?4, ?5)"
	" ON CONFLICT (entry_id, kind, other_id) DO NOTHING";

static const char delete_relation[] =
	"DELETE FROM relation"
	" WHERE entry_id = ?1 AND kind = ?2 AND other_id = ?3";

static const char select_both_ways[] =
	"SELECT r.id, r.kind, r.other_id = ?1, e.id, e.direction, e.book_id,"
	"       e.year, e.number, e.suffix, e.state, e.day, e.issuer, e.symbol,"
	"       e.subject"
	"  FROM relation r JOIN entry e"
	"    ON e.id = CASE WHEN r.entry_id = ?1 THEN r.other_id"
	"                   ELSE r.entry_id END"
	" WHERE (r.entry_id = ?1 OR r.other_id = ?1)"
	"   AND e.state <> 'withdrawn'"
	" ORDER BY r.id";

static const char select_in_force[] =
	"SELECT count(*) FROM entry a JOIN entry b ON b.id = ?2"
	" WHERE a.id = ?1 AND a.direction = 'out' AND b.direction = 'out'"
	"   AND a.state = 'valid' AND b.state = 'valid'"
	"   AND (b.status = 'issued' OR EXISTS ("
	"        SELECT 1 FROM relation WHERE entry_id = ?1 AND kind = ?3"
	"           AND other_id = ?2))";

static const char update_status[] =
	"UPDATE entry SET version = version + 1, status = ?2 WHERE id = ?1";

static const char select_recalled[] =
	"SELECT e.id FROM relation r JOIN entry e ON e.id = r.other_id"
	" WHERE r.entry_id = ?1 AND r.kind = 'recalls'"
	"   AND e.status = 'recalled' ORDER BY e.id";

static const char *const kind_names[RELATION_KIND_COUNT] = {
	[RELATION_REPLY] = "reply",
	[RELATION_BASIS] = "basis",
	[RELATION_REPLACES] = "replaces",
	[RELATION_SUPPLEMENTS] = "supplements",
	[RELATION_PREVIOUS] = "previous",
	[RELATION_SAME_MATTER] = "same_matter",
	[RELATION_CORRECTS] = "corrects",
	[RELATION_RECALLS] = "recalls",
};

const char *relation_kind_name(enum relation_kind kind)
{
	assert(kind < RELATION_KIND_COUNT);
	return kind_names[kind];
}

enum relation_kind relation_kind_find(const char *name)
{
	for (unsigned i = 0; i < RELATION_KIND_COUNT; i++)
		if (name && strcmp(kind_names[i], name) == 0)
			return (enum relation_kind)i;
	return RELATION_KIND_COUNT;
}

static bool check_pair(struct db *db, int64_t entry_id, int64_t other_id,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_pair, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, other_id);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 1)
		return true;
	fail(why, FAIL_INVALID, "entry %lld cannot be related to %lld",
	     (long long)entry_id, (long long)other_id);
	return fail_code(why, "relation.invalid",
			 "Không liên kết được với văn bản này.");
}

static bool check_in_force(struct db *db, int64_t entry_id,
			   const struct relation_wish *wish, struct fail *why)
{
	auto_query *query = db_query(db, select_in_force, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, wish->other_id);
	query_text(query, 3, relation_kind_name(wish->kind));
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 1)
		return true;
	fail(why, FAIL_CONFLICT, "entry %lld is no document of ours in force",
	     (long long)wish->other_id);
	return fail_code(why, "relation.not_ours",
			 "Chỉ đính chính, thu hồi được văn bản đi đang có hiệu"
			 " lực.");
}

static bool set_status(struct db *db, int64_t id, const char *status,
		       struct fail *why)
{
	auto_query *query = db_query(db, update_status, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, status);
	return query_run(query, why) && search_index_entry(db, id, why);
}

struct side {
	const struct actor *actor;
	const char *action;
	const struct relation_wish *wish;
};

/* Both documents tell of it in their timelines. */
static bool audit_side(struct db *db, const struct side *side, int64_t id,
		       int64_t other_id, struct fail *why)
{
	auto_tree *detail = tree_create();
	tree_set_text(detail, "kind", relation_kind_name(side->wish->kind));
	tree_set_int(detail, "other", other_id);
	tree_set_bool(detail, "reverse", id == side->wish->other_id);
	const struct audit_act act = { side->action, "entry", id, detail };
	return audit_act(db, side->actor, &act, why);
}

static bool audit(struct db *db, const struct side *side, int64_t entry_id,
		  int64_t other_id, struct fail *why)
{
	return audit_side(db, side, entry_id, other_id, why) &&
	       audit_side(db, side, other_id, entry_id, why);
}

static bool insert(struct db *db, int64_t entry_id,
		   const struct relation_wish *wish, const struct actor *actor,
		   int64_t now, struct fail *why)
{
	auto_query *query = db_query(db, insert_relation, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_text(query, 2, relation_kind_name(wish->kind));
	query_int(query, 3, wish->other_id);
	query_int(query, 4, now);
	query_int(query, 5, actor->id);
	return query_run(query, why);
}

bool relation_add(struct db *db, int64_t entry_id,
		  const struct relation_wish *wish, const struct actor *actor,
		  int64_t now, struct fail *why)
{
	struct side side = { actor, "entry.relate", wish };
	bool amends = wish->kind == RELATION_CORRECTS ||
		      wish->kind == RELATION_RECALLS;
	now = now ? now : moment_now();
	if (!check_pair(db, entry_id, wish->other_id, why) ||
	    (amends && !check_in_force(db, entry_id, wish, why)) ||
	    !insert(db, entry_id, wish, actor, now, why))
		return false;
	if (db_changes(db) == 0)
		return true;
	if (!audit(db, &side, entry_id, wish->other_id, why))
		return false;
	if (wish->kind == RELATION_RECALLS)
		return set_status(db, wish->other_id, "recalled", why);
	/* What an outgoing document answers is done with it. */
	return wish->kind != RELATION_REPLY ||
	       flow_answer(db, wish->other_id, entry_id, actor, now, why);
}

bool relation_remove(struct db *db, int64_t entry_id,
		     const struct relation_wish *wish,
		     const struct actor *actor, struct fail *why)
{
	struct side side = { actor, "entry.unrelate", wish };
	auto_query *query = db_query(db, delete_relation, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_text(query, 2, relation_kind_name(wish->kind));
	query_int(query, 3, wish->other_id);
	if (!query_run(query, why))
		return false;
	if (db_changes(db) == 0)
		return true;
	if (!audit(db, &side, entry_id, wish->other_id, why))
		return false;
	if (wish->kind == RELATION_RECALLS)
		return set_status(db, wish->other_id, "issued", why);
	return wish->kind != RELATION_REPLY ||
	       flow_reopen(db, entry_id, actor, why);
}

bool relation_release(struct db *db, int64_t entry_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t *ids;
	size_t count;
	{
		auto_query *query = db_query(db, select_recalled, why);
		if (!query)
			return false;
		query_int(query, 1, entry_id);
		if (!query_list_ids(query, arena, &ids, &count, why))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!set_status(db, ids[i], "issued", why))
			return false;
	return true;
}

static struct relation read_relation(struct query *query, struct arena *arena)
{
	return (struct relation){
		.id = query_get_int(query, 0),
		.kind = relation_kind_find(query_get_text(query, 1, arena)),
		.is_reverse = query_get_int(query, 2) != 0,
		.other_id = query_get_int(query, 3),
		.direction = query_get_text(query, 4, arena),
		.book_id = query_get_int(query, 5),
		.year = query_get_int(query, 6),
		.number = query_get_int(query, 7),
		.suffix = query_get_text(query, 8, arena),
		.state = query_get_text(query, 9, arena),
		.day = query_get_text(query, 10, arena),
		.issuer = query_get_text(query, 11, arena),
		.symbol = query_get_text(query, 12, arena),
		.subject = query_get_text(query, 13, arena),
	};
}

bool relation_list(struct db *db, int64_t entry_id, struct arena *arena,
		   struct relation_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_both_ways, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	struct relation *all = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = read_relation(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct relation_list){ all, count };
	return true;
}
