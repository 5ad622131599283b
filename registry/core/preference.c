#include "core/preference.h"
#include "base/tree.h"
#include "store/query.h"
#include <string.h>

/* clang-format off */
/* Values stand between blanks; the first one is the default. */
static const struct {
	const char *name, *values;
} preferences[] = {
	{ "language",    " vi en " },
	{ "theme",       " auto light dark " },
	{ "density",     " normal dense " },
	{ "single_keys", " on off " },
	{ "page_alerts", " on off " },
	{ "digest_hour", " 7 off 0 1 2 3 4 5 6 8 9 10 11 12 13 14 15 16 17 18"
	                 " 19 20 21 22 23 " },
};
/* clang-format on */

enum {
	PREFERENCE_COUNT = sizeof(preferences) / sizeof(*preferences)
};

static const char select_one[] =
	"SELECT value FROM preference WHERE user_id = ?1 AND name = ?2";

static const char upsert_one[] =
	"INSERT INTO preference (user_id, name, value) VALUES (?1, ?2, ?3)"
	" ON CONFLICT DO UPDATE SET value = excluded.value";

static size_t place_of(const char *name)
{
	size_t i = 0;
	while (i < PREFERENCE_COUNT && strcmp(preferences[i].name, name) != 0)
		i++;
	return i;
}

bool preference_find(struct db *db, int64_t user_id, const char *name,
		     struct arena *arena, const char **ret_value,
		     struct fail *why)
{
	size_t place = place_of(name);
	if (place == PREFERENCE_COUNT)
		return fail(why, FAIL_INVALID, "no preference '%s'", name);
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	query_text(query, 2, name);
	if (query_row(query, why)) {
		*ret_value = query_get_text(query, 0, arena);
		return true;
	}
	const char *first = preferences[place].values + 1;
	*ret_value = arena_copy_part(arena, first, strcspn(first, " "));
	return why->kind == FAIL_NONE;
}

bool preference_load(struct db *db, int64_t user_id, struct tree *ret_values,
		     struct fail *why)
{
	auto_arena *arena = arena_create(0);
	for (size_t i = 0; i < PREFERENCE_COUNT; i++) {
		const char *value;
		if (!preference_find(db, user_id, preferences[i].name, arena,
				     &value, why))
			return false;
		tree_set_text(ret_values, preferences[i].name, value);
	}
	return true;
}

static bool is_value(size_t place, const char *value)
{
	const char *at;
	size_t size = strlen(value);
	if (!size || strchr(value, ' '))
		return false;
	at = strstr(preferences[place].values, value);
	while (at && (at[-1] != ' ' || at[size] != ' '))
		at = strstr(at + 1, value);
	return at != NULL;
}

static bool set_one(struct db *db, int64_t user_id, const char *name,
		    const char *value, struct fail *why)
{
	size_t place = place_of(name);
	if (place == PREFERENCE_COUNT || !value || !is_value(place, value)) {
		fail(why, FAIL_INVALID, "'%.40s' does not take this value",
		     name);
		return fail_code(why, "preference.invalid",
				 "Tùy chọn hoặc giá trị không đúng.");
	}
	auto_query *query = db_query(db, upsert_one, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	query_text(query, 2, name);
	query_text(query, 3, value);
	return query_run(query, why);
}

bool preference_set(struct db *db, int64_t user_id, const struct tree *body,
		    struct fail *why)
{
	for (size_t i = 0; i < tree_count(body); i++) {
		const char *name = tree_name_at(body, i);
		if (!set_one(db, user_id, name, tree_text(body, name, NULL),
			     why))
			return false;
	}
	return true;
}
