#include "core/setting.h"
#include "store/query.h"

static const char select_by_name[] =
	"SELECT value FROM setting WHERE name = ?1";
static const char upsert_value[] =
	"INSERT INTO setting (name, value) VALUES (?1, ?2)"
	" ON CONFLICT (name) DO UPDATE SET value = excluded.value";

bool setting_find(struct db *db, const char *name, struct arena *arena,
		  const char **ret_value, struct fail *why)
{
	auto_query *query = db_query(db, select_by_name, why);

	if (!query)
		return false;
	query_text(query, 1, name);
	if (query_row(query, why)) {
		*ret_value = query_get_text(query, 0, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_value = NULL;
	return true;
}

bool setting_set(struct db *db, const char *name, const char *value,
		 struct fail *why)
{
	auto_query *query = db_query(db, upsert_value, why);

	if (!query)
		return false;
	query_text(query, 1, name);
	query_text(query, 2, value);
	return query_run(query, why);
}
