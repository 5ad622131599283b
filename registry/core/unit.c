#include "core/unit.h"
#include "base/moment.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"

#define COLUMNS                                                             \
	"id, organisation_id, parent_id, name, short_name, code, position," \
	" valid_from, valid_to"

static const char insert_unit[] =
	"INSERT INTO unit (organisation_id, parent_id, name, short_name, code,"
	"                  position, valid_from, valid_to)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

static const char select_overlap[] =
	"SELECT count(*) FROM unit"
	" WHERE organisation_id = ?1 AND code = ?2"
	"   AND valid_from <= ?4 AND valid_to >= ?3";

static const char update_end[] =
	"UPDATE unit SET valid_to = ?2 WHERE id = ?1 AND valid_from <= ?2";

static const char select_by_id[] =
	"SELECT " COLUMNS " FROM unit WHERE id = ?1";

static const char select_by_code[] =
	"SELECT " COLUMNS
	" FROM unit"
	" WHERE organisation_id = ?1 AND code = ?2"
	"   AND ?3 BETWEEN valid_from AND valid_to";

static const char select_tree[] =
	"WITH RECURSIVE tree(unit_id, depth, path) AS ("
	"  SELECT id, 0, printf('%06d.%06d', position, id) FROM unit"
	"   WHERE organisation_id = ?1 AND parent_id IS NULL"
	"  UNION ALL"
	"  SELECT u.id, t.depth + 1,"
	"         t.path || '/' || printf('%06d.%06d', u.position, u.id)"
	"    FROM unit u JOIN tree t ON u.parent_id = t.unit_id"
	"   WHERE t.depth < 20)"
	"SELECT " COLUMNS
	" FROM unit JOIN tree ON unit_id = id"
	" WHERE ?2 IS NULL OR ?2 BETWEEN valid_from AND valid_to"
	" ORDER BY path";

static struct unit read_unit(struct query *query, struct arena *arena)
{
	return (struct unit){
		.id = query_get_int(query, 0),
		.organisation_id = query_get_int(query, 1),
		.parent_id = query_get_int(query, 2),
		.name = query_get_text(query, 3, arena),
		.short_name = query_get_text(query, 4, arena),
		.code = query_get_text(query, 5, arena),
		.position = query_get_int(query, 6),
		.valid_from = query_get_text(query, 7, arena),
		.valid_to = query_get_text(query, 8, arena),
	};
}

static bool check_free(struct db *db, const struct unit *wanted,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_overlap, why);
	if (!query)
		return false;
	query_int(query, 1, wanted->organisation_id);
	query_text(query, 2, wanted->code);
	query_text(query, 3, wanted->valid_from);
	query_text(query, 4, wanted->valid_to);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 0)
		return true;
	fail(why, FAIL_CONFLICT, "there is a unit '%s' at that time",
	     wanted->code);
	return fail_code(why, "unit.exists", "Đã có đơn vị mang mã này.");
}

static bool check_wanted(const struct unit *wanted, struct fail *why)
{
	struct day day;
	if (!wanted->name || !*wanted->name || !wanted->code || !*wanted->code)
		return fail(why, FAIL_INVALID, "a unit has a name and a code");
	if (!day_parse(wanted->valid_from, &day))
		return fail(why, FAIL_INVALID, "'%s' is not a day",
			    wanted->valid_from);
	return true;
}

bool unit_add(struct db *db, const struct unit *wanted, int64_t *ret_id,
	      struct fail *why)
{
	struct unit unit = *wanted;
	if (!unit.valid_from)
		unit.valid_from = "1900-01-01";
	if (!unit.valid_to)
		unit.valid_to = "9999-12-31";
	if (!check_wanted(&unit, why) || !check_free(db, &unit, why))
		return false;
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, insert_unit, why);
	if (!query)
		return false;
	query_int(query, 1, unit.organisation_id);
	query_int_or_null(query, 2, unit.parent_id);
	query_text(query, 3, viet_normal(unit.name, arena));
	query_text(query, 4,
		   unit.short_name ? viet_normal(unit.short_name, arena) : "");
	query_text(query, 5, viet_normal(unit.code, arena));
	query_int(query, 6, unit.position);
	query_text(query, 7, unit.valid_from);
	query_text(query, 8, unit.valid_to);
	if (!query_run(query, why))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

bool unit_end(struct db *db, int64_t id, const char *day, struct fail *why)
{
	struct day parsed;
	if (!day_parse(day, &parsed))
		return fail(why, FAIL_INVALID, "'%s' is not a day", day);
	auto_query *query = db_query(db, update_end, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, day);
	if (!query_run(query, why))
		return false;
	if (db_changes(db) == 1)
		return true;
	return fail(why, FAIL_NOT_FOUND, "no unit %lld that began before '%s'",
		    (long long)id, day);
}

bool unit_load(struct db *db, int64_t id, struct arena *arena,
	       struct unit *ret_unit, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "unit.none", "Không có đơn vị này.",
				      "no unit with id %lld", (long long)id);
	*ret_unit = read_unit(query, arena);
	return true;
}

bool unit_find(struct db *db, int64_t organisation_id, const char *code,
	       const char *day, struct arena *arena, struct unit *ret_unit,
	       struct fail *why)
{
	auto_query *query = db_query(db, select_by_code, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, code);
	query_text(query, 3, day);
	if (query_row(query, why)) {
		*ret_unit = read_unit(query, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_unit = (struct unit){ .id = 0 };
	return true;
}

bool unit_list(struct db *db, int64_t organisation_id, const char *day,
	       struct arena *arena, struct unit_list *ret_list,
	       struct fail *why)
{
	auto_query *query = db_query(db, select_tree, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, day);
	struct unit *units = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		units = arena_grow(arena, units, count, sizeof(*units));
		units[count++] = read_unit(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct unit_list){ units, count };
	return true;
}
