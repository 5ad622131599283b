#include "core/saved_search.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

enum {
	NAME_MAX_BYTES = 300,
	QUERY_MAX = 4000
};

static const char select_all[] =
	"SELECT id, position, seen_at, name, query, in_sidebar, notify"
	"  FROM saved_search WHERE user_id = ?1 ORDER BY position, id";

static const char count_all[] =
	"SELECT count(*) FROM saved_search WHERE user_id = ?1";

static const char insert_search[] =
	"INSERT INTO saved_search (user_id, name, query, in_sidebar, notify,"
	"                          position, seen_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

static const char update_search[] =
	"UPDATE saved_search SET name = ?2, query = ?3, in_sidebar = ?4,"
	"       notify = ?5, position = ?6"
	" WHERE user_id = ?1 AND id = ?7";

static const char update_seen[] =
	"UPDATE saved_search SET seen_at = ?3 WHERE user_id = ?1 AND id = ?2";

static const char delete_search[] =
	"DELETE FROM saved_search WHERE user_id = ?1 AND id = ?2";

static const char select_registered[] =
	"SELECT registered_at FROM entry WHERE id = ?1";

/* "7,12" or 7. */
static const char *read_values(const struct tree *query, const char *name,
			       struct arena *arena)
{
	int64_t id = tree_int(query, name, 0);

	if (id != 0)
		return arena_print(arena, "%lld", (long long)id);
	return tree_text(query, name, NULL);
}

/* Searches of before the issuer had that name say "agency". */
static struct search_request read_request(const struct tree *query,
					  const struct actor *actor,
					  struct arena *arena)
{
	const char *issuer = read_values(query, "issuer", arena);

	return (struct search_request){
		.organisation_id = actor->organisation_id,
		.viewer = actor,
		.text = tree_text(query, "q", ""),
		.kind = "entry",
		.direction = tree_text(query, "direction", NULL),
		.book = read_values(query, "book", arena),
		.issuer = issuer ? issuer : read_values(query, "agency", arena),
		.type = read_values(query, "type", arena),
		.unit = read_values(query, "unit", arena),
		.year = read_values(query, "year", arena),
		.status = tree_text(query, "status", NULL),
		.signer = tree_text(query, "signer", NULL),
		.urgency = read_values(query, "urgency", arena),
		.deadline = tree_text(query, "deadline", NULL),
		.file = tree_text(query, "file", NULL),
		.from = tree_text(query, "from", NULL),
		.to = tree_text(query, "to", NULL),
		.order = SEARCH_NEWEST,
		.limit = SAVED_SEARCH_NEW_MAX,
	};
}

static bool is_new(struct db *db, int64_t entry_id, int64_t since,
		   bool *ret_new, struct fail *why)
{
	auto_query *query = db_query(db, select_registered, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	*ret_new = query_row(query, why) && query_get_int(query, 0) > since;
	return why->kind == FAIL_NONE;
}

/* A question that no longer makes sense has nothing new. */
static bool count_new(struct db *db, const struct actor *actor,
		      struct saved_search *search, struct arena *arena,
		      struct fail *why)
{
	struct fail ignored = { .kind = FAIL_NONE };
	auto_tree *query = tree_parse(bytes_of(search->query), &ignored);
	struct search_request request;
	struct search_answer answer;
	if (!query)
		return true;
	request = read_request(query, actor, arena);
	if (!search_find(db, &request, arena, &answer, &ignored))
		return ignored.kind == FAIL_INVALID ||
		       fail(why, ignored.kind, "%s", ignored.sentence);
	for (size_t i = 0; i < answer.hit_count; i++) {
		bool new;
		if (!is_new(db, answer.hits[i].id, search->seen_at, &new, why))
			return false;
		search->unseen += new;
	}
	return true;
}

bool saved_search_list(struct db *db, const struct actor *actor,
		       struct arena *arena,
		       struct saved_search_list *ret_list, struct fail *why)
{
	struct saved_search *all = NULL;
	size_t count = 0;
	{
		auto_query *query = db_query(db, select_all, why);
		if (!query)
			return false;
		query_int(query, 1, actor->id);
		while (query_row(query, why)) {
			all = arena_grow(arena, all, count, sizeof(*all));
			all[count++] = (struct saved_search){
				.id = query_get_int(query, 0),
				.position = query_get_int(query, 1),
				.seen_at = query_get_int(query, 2),
				.name = query_get_text(query, 3, arena),
				.query = query_get_text(query, 4, arena),
				.in_sidebar = query_get_int(query, 5) == 1,
				.notify = query_get_int(query, 6) == 1,
			};
		}
		if (why->kind != FAIL_NONE)
			return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!count_new(db, actor, &all[i], arena, why))
			return false;
	*ret_list = (struct saved_search_list){ all, count };
	return true;
}

static bool none(struct fail *why)
{
	fail(why, FAIL_NOT_FOUND, "no such saved search");
	return fail_code(why, "saved_search.none",
			 "Không có tìm kiếm đã lưu này.");
}

static bool check_room(struct db *db, const struct actor *actor,
		       struct fail *why)
{
	auto_query *query = db_query(db, count_all, why);
	if (!query)
		return false;
	query_int(query, 1, actor->id);
	if (!query_one(query, why))
		return false;
	return query_get_int(query, 0) < SAVED_SEARCH_MAX ||
	       fail(why, FAIL_LIMIT, "a person keeps %d searches at most",
		    SAVED_SEARCH_MAX);
}

static bool write_search(struct db *db, const struct saved_search *wanted,
			 const struct actor *actor, const char *name,
			 int64_t now_or_id, struct fail *why)
{
	auto_query *query =
		db_query(db, wanted->id ? update_search : insert_search, why);
	if (!query)
		return false;
	query_int(query, 1, actor->id);
	query_text(query, 2, name);
	query_text(query, 3, wanted->query);
	query_int(query, 4, wanted->in_sidebar);
	query_int(query, 5, wanted->notify);
	query_int(query, 6, wanted->position);
	query_int(query, 7, now_or_id);
	if (query_run(query, why))
		return true;
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT, "there is one of this name");
	return fail_code(why, "saved_search.exists",
			 "Đã có tìm kiếm mang tên này.");
}

bool saved_search_set(struct db *db, const struct saved_search *wanted,
		      const struct actor *actor, int64_t now, int64_t *ret_id,
		      struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *name = viet_normal(wanted->name, arena);
	if (!*name || strlen(name) > NAME_MAX_BYTES ||
	    strlen(wanted->query) > QUERY_MAX)
		return fail(why, FAIL_INVALID, "name or query is wrong");
	if (!wanted->id && !check_room(db, actor, why))
		return false;
	if (!write_search(db, wanted, actor, name,
			  wanted->id ? wanted->id : now, why))
		return false;
	if (wanted->id && db_changes(db) != 1)
		return none(why);
	*ret_id = wanted->id ? wanted->id : db_last_id(db);
	return true;
}

static bool run(struct db *db, const char *sql, int64_t id,
		const struct actor *actor, int64_t now, struct fail *why)
{
	{
		auto_query *query = db_query(db, sql, why);
		if (!query)
			return false;
		query_int(query, 1, actor->id);
		query_int(query, 2, id);
		if (now)
			query_int(query, 3, now);
		if (!query_run(query, why))
			return false;
	}
	return db_changes(db) == 1 || none(why);
}

bool saved_search_set_seen(struct db *db, int64_t id,
			   const struct actor *actor, int64_t now,
			   struct fail *why)
{
	return run(db, update_seen, id, actor, now, why);
}

bool saved_search_remove(struct db *db, int64_t id, const struct actor *actor,
			 struct fail *why)
{
	return run(db, delete_search, id, actor, 0, why);
}
