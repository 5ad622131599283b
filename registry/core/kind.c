#include "core/kind.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

#define COLUMNS                                                             \
	"id, name, english, abbreviation, direction, valid_from, valid_to," \
	" organisation_id IS NOT NULL"

static const char select_all[] =
	"SELECT " COLUMNS
	" FROM document_type"
	" WHERE (organisation_id IS NULL OR organisation_id = ?1)"
	"   AND (?2 IS NULL OR ?2 BETWEEN valid_from AND valid_to)"
	" ORDER BY position, id";

static const char select_by_id[] =
	"SELECT " COLUMNS " FROM document_type WHERE id = ?1";

static const char insert_kind[] =
	"INSERT INTO document_type (organisation_id, name, english,"
	"                           abbreviation, direction, position,"
	"                           valid_from)"
	" VALUES (?1, ?2, ?3, ?4, ?5,"
	"         (SELECT max(position) + 1 FROM document_type), ?6)";

static struct kind read_kind(struct query *query, struct arena *arena)
{
	return (struct kind){
		.id = query_get_int(query, 0),
		.name = query_get_text(query, 1, arena),
		.english = query_get_text(query, 2, arena),
		.abbreviation = query_get_text(query, 3, arena),
		.direction = query_get_text(query, 4, arena),
		.valid_from = query_get_text(query, 5, arena),
		.valid_to = query_get_text(query, 6, arena),
		.is_own = query_get_int(query, 7) != 0,
	};
}

bool kind_list(struct db *db, int64_t organisation_id, const char *day,
	       struct arena *arena, struct kind_list *ret_list,
	       struct fail *why)
{
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, day);
	struct kind *kinds = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		kinds = arena_grow(arena, kinds, count, sizeof(*kinds));
		kinds[count++] = read_kind(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct kind_list){ kinds, count };
	return true;
}

bool kind_load(struct db *db, int64_t id, struct arena *arena,
	       struct kind *ret_kind, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "type.none",
				      "Không có loại văn bản này.",
				      "no document type with id %lld",
				      (long long)id);
	*ret_kind = read_kind(query, arena);
	return true;
}

bool kind_find(struct db *db, int64_t organisation_id, const char *text,
	       struct arena *arena, struct kind *ret_kind, struct fail *why)
{
	const char *key = viet_fold(text, arena);
	struct kind_list list;
	if (!kind_list(db, organisation_id, NULL, arena, &list, why))
		return false;
	*ret_kind = (struct kind){ .id = 0 };
	if (!*key)
		return true;
	for (size_t i = 0; i < list.count; i++) {
		const struct kind *kind = &list.kinds[i];
		if (strcmp(viet_fold(kind->name, arena), key) != 0 &&
		    strcmp(kind->abbreviation, text) != 0)
			continue;
		*ret_kind = *kind;
		return true;
	}
	return true;
}

bool kind_add(struct db *db, int64_t organisation_id,
	      const struct kind *wanted, int64_t *ret_id, struct fail *why)
{
	if (!wanted->name || !*wanted->name)
		return fail(why, FAIL_INVALID, "a document type has a name");
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, insert_kind, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, viet_normal(wanted->name, arena));
	query_text(query, 3, wanted->english ? wanted->english : "");
	query_text(query, 4, wanted->abbreviation ? wanted->abbreviation : "");
	query_text(query, 5, wanted->direction ? wanted->direction : "both");
	query_text(query, 6,
		   wanted->valid_from ? wanted->valid_from : "1900-01-01");
	if (!query_run(query, why))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

const char *kind_notation(const struct kind *kind, const char *organisation,
			  const char *unit, struct arena *arena)
{
	if (kind && kind->abbreviation && *kind->abbreviation)
		return arena_print(arena, "%s-%s", kind->abbreviation,
				   organisation);
	if (unit && *unit)
		return arena_print(arena, "%s-%s", organisation, unit);
	return arena_copy(arena, organisation);
}

const char *kind_number(int64_t number, const char *suffix,
			struct arena *arena)
{
	return arena_print(arena, "%02lld%s", (long long)number,
			   suffix ? suffix : "");
}
