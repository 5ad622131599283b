#include "core/agency.h"
#include "core/audit.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <ctype.h>

#define COLUMNS                                                              \
	"a.id, a.name, a.short_name,"                                        \
	" coalesce((SELECT code FROM agency_code c WHERE c.agency_id = a.id" \
	"            AND c.kind = 'identifier'"                              \
	"          ORDER BY valid_to DESC, valid_from DESC LIMIT 1), ''),"   \
	" a.state = 'confirmed', a.uses"

static const char select_by_key[] =
	"SELECT " COLUMNS
	" FROM agency a JOIN agency_name n"
	"    ON n.agency_id = a.id"
	" WHERE n.organisation_id = ?1 AND n.name_key = ?2";

static const char select_by_code[] =
	"SELECT " COLUMNS
	" FROM agency a JOIN agency_code k"
	"    ON k.agency_id = a.id"
	" WHERE k.organisation_id = ?1 AND k.kind = ?2 AND k.code = ?3"
	" ORDER BY k.valid_to DESC LIMIT 1";

static const char select_by_id[] =
	"SELECT " COLUMNS " FROM agency a WHERE a.id = ?1";

static const char select_all[] =
	"SELECT " COLUMNS
	" FROM agency a WHERE a.organisation_id = ?1"
	" ORDER BY a.uses DESC, a.name, a.id";

static const char insert_agency[] =
	"INSERT INTO agency (organisation_id, name, created_at, created_by)"
	" VALUES (?1, ?2, ?3, ?4)";

static const char insert_name[] =
	"INSERT INTO agency_name (organisation_id, agency_id, name, name_key)"
	" SELECT organisation_id, id, ?2, ?3 FROM agency WHERE id = ?1";

static const char insert_code[] =
	"INSERT INTO agency_code (organisation_id, agency_id, kind, code)"
	" SELECT organisation_id, id, ?2, ?3 FROM agency WHERE id = ?1";

static const char update_confirmed[] =
	"UPDATE agency SET state = 'confirmed' WHERE id = ?1";

static struct agency read_agency(struct query *query, struct arena *arena)
{
	return (struct agency){
		.id = query_get_int(query, 0),
		.name = query_get_text(query, 1, arena),
		.short_name = query_get_text(query, 2, arena),
		.identifier = query_get_text(query, 3, arena),
		.is_confirmed = query_get_int(query, 4) != 0,
		.uses = query_get_int(query, 5),
	};
}

static bool read_one_or_none(struct query *query, struct arena *arena,
			     struct agency *ret_agency, struct fail *why)
{
	if (query_row(query, why)) {
		*ret_agency = read_agency(query, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_agency = (struct agency){ .id = 0 };
	return true;
}

bool agency_find(struct db *db, int64_t organisation_id, const char *name,
		 struct arena *arena, struct agency *ret_agency,
		 struct fail *why)
{
	auto_query *query = db_query(db, select_by_key, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, viet_fold(name, arena));
	return read_one_or_none(query, arena, ret_agency, why);
}

bool agency_find_code(struct db *db, int64_t organisation_id,
		      const char *kind, const char *code, struct arena *arena,
		      struct agency *ret_agency, struct fail *why)
{
	auto_query *query = db_query(db, select_by_code, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, kind);
	query_text(query, 3, viet_fold(code, arena));
	return read_one_or_none(query, arena, ret_agency, why);
}

static bool insert(struct db *db, const struct actor *actor, const char *name,
		   int64_t now, struct fail *why)
{
	auto_query *query = db_query(db, insert_agency, why);
	if (!query)
		return false;
	query_int(query, 1, actor->organisation_id);
	query_text(query, 2, name);
	query_int(query, 3, now);
	query_int_or_null(query, 4, actor->id);
	return query_run(query, why);
}

static bool audit(struct db *db, const struct actor *actor, const char *action,
		  int64_t id, struct fail *why)
{
	const struct audit_act act = { action, "agency", id, NULL };
	return audit_act(db, actor, &act, why);
}

/* At least one letter or digit. */
static bool is_name(const char *folded)
{
	for (; *folded; folded++)
		if (isalnum((unsigned char)*folded) ||
		    (unsigned char)*folded >= 0x80)
			return true;
	return false;
}

bool agency_need(struct db *db, const struct actor *actor, const char *name,
		 int64_t now, int64_t *ret_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *normal = viet_normal(name, arena);
	struct agency found;
	if (!is_name(viet_fold(name, arena))) {
		fail(why, FAIL_INVALID, "an agency has a name");
		return fail_code(why, "field.invalid",
				 "Cơ quan ban hành chưa có tên.");
	}
	if (!agency_find(db, actor->organisation_id, name, arena, &found, why))
		return false;
	if (!found.id) {
		if (!insert(db, actor, normal, now, why))
			return false;
		found.id = db_last_id(db);
		if (!agency_add_name(db, found.id, normal, why) ||
		    !audit(db, actor, "agency.add", found.id, why))
			return false;
	}
	*ret_id = found.id;
	return true;
}

bool agency_load(struct db *db, int64_t id, struct arena *arena,
		 struct agency *ret_agency, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "agency.none",
				      "Không có cơ quan này trong danh mục.",
				      "no agency with id %lld", (long long)id);
	*ret_agency = read_agency(query, arena);
	return true;
}

bool agency_list(struct db *db, int64_t organisation_id, struct arena *arena,
		 struct agency_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	struct agency *all = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = read_agency(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct agency_list){ all, count };
	return true;
}

static bool taken(struct fail *why, const char *what)
{
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT, "'%s' belongs to another agency", what);
	return fail_code(why, "agency.exists",
			 "Tên hoặc mã này đã thuộc cơ quan khác.");
}

bool agency_add_name(struct db *db, int64_t id, const char *name,
		     struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, insert_name, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, viet_normal(name, arena));
	query_text(query, 3, viet_fold(name, arena));
	return query_run(query, why) || taken(why, name);
}

bool agency_add_code(struct db *db, int64_t id, const char *kind,
		     const char *code, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, insert_code, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, kind);
	query_text(query, 3, viet_fold(code, arena));
	return query_run(query, why) || taken(why, code);
}

bool agency_confirm(struct db *db, int64_t id, const struct actor *actor,
		    struct fail *why)
{
	auto_query *query = db_query(db, update_confirmed, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_run(query, why))
		return false;
	if (db_changes(db) != 1)
		return fail(why, FAIL_NOT_FOUND, "no agency with id %lld",
			    (long long)id);
	return audit(db, actor, "agency.confirm", id, why);
}
