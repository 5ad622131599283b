#include "core/lock.h"
#include "store/query.h"

static const char select_all[] =
	"SELECT k.user_id, k.since, k.until, u.name FROM soft_lock k"
	"  JOIN user_account u ON u.id = k.user_id"
	" WHERE k.kind = ?1 AND k.object_id = ?2 AND k.until > ?3"
	" ORDER BY k.since, k.user_id";

static const char upsert_lock[] =
	"INSERT INTO soft_lock (kind, object_id, user_id, since, until)"
	" VALUES (?1, ?2, ?3, ?4, ?5)"
	" ON CONFLICT DO UPDATE SET until = excluded.until,"
	"       since = CASE WHEN until > ?4 THEN since ELSE ?4 END";

static const char delete_lock[] =
	"DELETE FROM soft_lock"
	" WHERE kind = ?1 AND object_id = ?2 AND user_id = ?3";

static const char delete_old[] = "DELETE FROM soft_lock WHERE until <= ?1";

static const char select_state[] =
	"SELECT coalesce(sum(since * 31 + object_id * 7 + user_id), 0)"
	"       + count(*) FROM soft_lock WHERE until > ?1";

bool lock_list(struct db *db, const struct lock_place *place, int64_t now,
	       struct arena *arena, struct lock_list *ret_list,
	       struct fail *why)
{
	struct lock *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_text(query, 1, place->kind);
	query_int(query, 2, place->object_id);
	query_int(query, 3, now);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct lock){
			.user_id = query_get_int(query, 0),
			.since = query_get_int(query, 1),
			.until = query_get_int(query, 2),
			.name = query_get_text(query, 3, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct lock_list){ all, count };
	return true;
}

bool lock_set(struct db *db, const struct lock_place *place, int64_t user_id,
	      int64_t now, struct fail *why)
{
	{
		auto_query *old = db_query(db, delete_old, why);
		if (!old)
			return false;
		query_int(old, 1, now - LOCK_SECONDS);
		if (!query_run(old, why))
			return false;
	}
	auto_query *query = db_query(db, upsert_lock, why);
	if (!query)
		return false;
	query_text(query, 1, place->kind);
	query_int(query, 2, place->object_id);
	query_int(query, 3, user_id);
	query_int(query, 4, now);
	query_int(query, 5, now + LOCK_SECONDS);
	return query_run(query, why);
}

bool lock_remove(struct db *db, const struct lock_place *place,
		 int64_t user_id, struct fail *why)
{
	auto_query *query = db_query(db, delete_lock, why);
	if (!query)
		return false;
	query_text(query, 1, place->kind);
	query_int(query, 2, place->object_id);
	query_int(query, 3, user_id);
	return query_run(query, why);
}

bool lock_state(struct db *db, int64_t now, int64_t *ret_state,
		struct fail *why)
{
	return db_load_int(db, select_state, now, ret_state, why);
}
