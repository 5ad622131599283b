#include "core/search.h"
#include "core/search_item.h"
#include "core/search_source.h"
#include "store/query.h"

#define HOLDERS                                               \
	"WITH RECURSIVE holder (file_id) AS (SELECT ?1 UNION" \
	" SELECT part.of_file_id FROM part JOIN holder"       \
	"     ON part.file_id = holder.file_id)"
static const char select_holding_entries[] =
	HOLDERS
	" SELECT DISTINCT entry_id FROM holder JOIN attachment"
	"     ON attachment.file_id = holder.file_id WHERE letter_id IS NULL";
static const char select_holding_groups[] =
	HOLDERS
	" SELECT DISTINCT letter.group_id FROM holder"
	"   JOIN letter ON letter.file_id = holder.file_id";
static const char select_group_letters[] =
	"SELECT id FROM letter WHERE group_id = ?1";
static const char select_group_entries[] =
	"SELECT entry_id FROM entry_letter WHERE letter_id IN"
	"       (SELECT id FROM letter WHERE group_id = ?1)"
	" UNION SELECT entry_id FROM letter"
	"        WHERE group_id = ?1 AND entry_id IS NOT NULL";
static const char select_group[] =
	"SELECT group_id FROM letter WHERE id = ?1";
static const char select_entry_after[] =
	"SELECT id FROM entry WHERE id > ?1 ORDER BY id LIMIT 1";
static const char select_letter_after[] =
	"SELECT id FROM letter WHERE id > ?1 ORDER BY id LIMIT 1";
static const char select_version[] =
	"SELECT (SELECT version FROM search_version WHERE id = 1),"
	"       EXISTS (SELECT 1 FROM search_item)";
struct id_list {
	int64_t *ids;
	size_t count, room;
};

static void id_list_done(struct id_list *list)
{
	memory_free(list->ids);
}

#define auto_id_list __attribute__((cleanup(id_list_done))) struct id_list

/* The first column of a statement about one id. */
static bool list_ids(struct db *db, const char *sql, int64_t id,
		     struct id_list *list, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	while (query_row(query, why)) {
		if (list->count == list->room) {
			list->room = list->room ? list->room * 2 : 8;
			list->ids = memory_grow(list->ids,
						list->room *
							sizeof *list->ids);
		}
		list->ids[list->count++] = query_get_int(query, 0);
	}
	return why->kind == FAIL_NONE;
}

bool search_index_entry(struct db *db, int64_t id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_item item;

	why->kind = FAIL_NONE;
	search_item_init(&item, "entry", id);
	item.arena = arena;
	if (!search_source_entry(db, id, &item, why))
		return why->kind == FAIL_NONE &&
		       search_item_remove(db, "entry", id, why);
	return search_item_put(db, &item, why);
}

static bool index_letter(struct db *db, int64_t id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_item item;

	search_item_init(&item, "letter", id);
	item.arena = arena;
	if (!search_source_letter(db, id, &item, why))
		return why->kind == FAIL_NONE &&
		       search_item_remove(db, "letter", id, why);
	return search_item_put(db, &item, why);
}

static bool index_each(struct db *db, const struct id_list *list,
		       bool (*index)(struct db *db, int64_t id,
				     struct fail *why),
		       struct fail *why)
{
	for (size_t i = 0; i < list->count; i++) {
		if (!index(db, list->ids[i], why))
			return false;
	}
	return true;
}

static bool index_group(struct db *db, int64_t group_id, struct fail *why)
{
	auto_id_list letters = { .ids = NULL };
	auto_id_list entries = { .ids = NULL };

	return list_ids(db, select_group_letters, group_id, &letters, why) &&
	       list_ids(db, select_group_entries, group_id, &entries, why) &&
	       index_each(db, &letters, index_letter, why) &&
	       index_each(db, &entries, search_index_entry, why);
}

bool search_index_letter(struct db *db, int64_t id, struct fail *why)
{
	auto_id_list groups = { .ids = NULL };

	why->kind = FAIL_NONE;
	return list_ids(db, select_group, id, &groups, why) &&
	       index_each(db, &groups, index_group, why);
}

bool search_index_file(struct db *db, int64_t file_id, struct fail *why)
{
	auto_id_list groups = { .ids = NULL };
	auto_id_list entries = { .ids = NULL };

	why->kind = FAIL_NONE;
	return list_ids(db, select_holding_groups, file_id, &groups, why) &&
	       list_ids(db, select_holding_entries, file_id, &entries, why) &&
	       index_each(db, &groups, index_group, why) &&
	       index_each(db, &entries, search_index_entry, why);
}

/* Each id of a table in turn. */
static bool index_all(struct db *db, const char *sql,
		      bool (*index)(struct db *db, int64_t id,
				    struct fail *why),
		      struct fail *why)
{
	int64_t id = INT64_MIN;

	for (;;) {
		{
			auto_query *query = db_query(db, sql, why);

			if (!query)
				return false;
			query_int(query, 1, id);
			if (!query_row(query, why))
				return why->kind == FAIL_NONE;
			id = query_get_int(query, 0);
		}
		if (!index(db, id, why))
			return false;
	}
}

bool search_settle(struct db *db, struct fail *why)
{
	return search_item_settle(db, why);
}

bool search_rebuild(struct db *db, struct fail *why)
{
	why->kind = FAIL_NONE;
	return search_item_remove_all(db, why) &&
	       index_all(db, select_entry_after, search_index_entry, why) &&
	       index_all(db, select_letter_after, index_letter, why) &&
	       search_item_settle(db, why);
}

bool search_is_stale(struct db *db, bool *ret_stale, struct fail *why)
{
	auto_query *query = db_query(db, select_version, why);

	if (!query || !query_one(query, why))
		return false;
	*ret_stale = query_get_int(query, 1) != 0 &&
		     query_get_int(query, 0) != search_item_version();
	return true;
}
