#include "core/dossier.h"
#include "base/moment.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

/* clang-format off */
#define SEES \
	"(?6 = 1 OR o.keeper_id = ?1 OR o.readers = 'all'" \
	" OR (o.readers = 'unit' AND o.unit_id = ?2)" \
	" OR EXISTS (SELECT 1 FROM access_grant g WHERE g.kind = 'dossier'" \
	"      AND g.object_id = o.id AND g.state = 'confirmed'" \
	"      AND (g.user_id = ?1 OR g.unit_id = ?2)))"

#define COLUMNS \
	"SELECT o.id, o.organisation_id, o.year, o.code, o.title," \
	"       o.retention, o.unit_id, o.keeper_id, n.name, k.name," \
	"       o.readers, o.state, o.opened_day, o.closed_day, o.note," \
	"       (SELECT count(*) FROM dossier_document d" \
	"         WHERE d.dossier_id = o.id)," \
	"       (SELECT coalesce(sum(e.pages), 0) FROM dossier_document d" \
	"          JOIN entry e ON e.id = d.entry_id" \
	"         WHERE d.dossier_id = o.id)," \
	"       o.version, " SEES \
	"  FROM dossier o LEFT JOIN unit n ON n.id = o.unit_id" \
	"  JOIN user_account k ON k.id = o.keeper_id" \
	" WHERE o.organisation_id = ?3"
/* clang-format on */

static const char select_all[] =
	COLUMNS
	"   AND (?4 = 0 OR o.year = ?4) AND (?5 = 0 OR o.unit_id = ?5)"
	"   AND (?7 = 0 OR EXISTS (SELECT 1 FROM dossier_document d"
	"         WHERE d.dossier_id = o.id AND d.entry_id = ?7))"
	"   AND (?8 IS NULL OR o.state = ?8) AND " SEES
	" ORDER BY o.year DESC, o.code LIMIT 2000";

static const char select_one[] = COLUMNS " AND o.id = ?4";

static const char select_documents[] =
	"SELECT d.entry_id, d.position, e.year, e.number, e.pages,"
	"       e.direction, e.suffix, e.day, e.symbol, e.document_day,"
	"       t.name, e.subject, e.issuer, d.note, e.state"
	"  FROM dossier_document d JOIN entry e ON e.id = d.entry_id"
	"  LEFT JOIN document_type t ON t.id = e.type_id"
	" WHERE d.dossier_id = ?1 ORDER BY d.position";

static struct dossier read_dossier(struct query *query, struct arena *arena)
{
	return (struct dossier){
		.id = query_get_int(query, 0),
		.organisation_id = query_get_int(query, 1),
		.year = query_get_int(query, 2),
		.code = query_get_text(query, 3, arena),
		.title = query_get_text(query, 4, arena),
		.retention = query_get_int(query, 5),
		.unit_id = query_get_int(query, 6),
		.keeper_id = query_get_int(query, 7),
		.unit_name = query_get_text(query, 8, arena),
		.keeper_name = query_get_text(query, 9, arena),
		.readers = query_get_text(query, 10, arena),
		.state = query_get_text(query, 11, arena),
		.opened_day = query_get_text(query, 12, arena),
		.closed_day = query_get_text(query, 13, arena),
		.note = query_get_text(query, 14, arena),
		.documents = query_get_int(query, 15),
		.pages = query_get_int(query, 16),
		.version = query_get_int(query, 17),
	};
}

static void bind_viewer(struct query *query, const struct actor *viewer)
{
	query_int(query, 1, viewer->id);
	query_int_or_null(query, 2, viewer->unit_id);
	query_int(query, 3, viewer->organisation_id);
	query_int(query, 6, access_sees_all(viewer->roles));
}

static bool has_text(const struct dossier *dossier, const char *folded,
		     struct arena *arena)
{
	return strstr(viet_fold(dossier->code, arena), folded) ||
	       strstr(viet_fold(dossier->title, arena), folded);
}

bool dossier_list(struct db *db, const struct dossier_filter *filter,
		  struct arena *arena, struct dossier_list *ret_list,
		  struct fail *why)
{
	const char *folded =
		filter->text ? viet_fold(filter->text, arena) : "";
	struct dossier *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	bind_viewer(query, filter->viewer);
	query_int(query, 4, filter->year);
	query_int(query, 5, filter->unit_id);
	query_int(query, 7, filter->entry_id);
	query_text(query, 8, filter->state);
	while (query_row(query, why)) {
		struct dossier one = read_dossier(query, arena);
		if (*folded && !has_text(&one, folded, arena))
			continue;
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = one;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct dossier_list){ all, count };
	return true;
}

bool dossier_load(struct db *db, int64_t id, const struct actor *viewer,
		  struct arena *arena, struct dossier *ret_dossier,
		  struct fail *why)
{
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	bind_viewer(query, viewer);
	query_int(query, 4, id);
	if (!query_row(query, why)) {
		if (why->kind != FAIL_NONE)
			return false;
		fail(why, FAIL_NOT_FOUND, "no such dossier");
		return fail_code(why, "dossier.none", "Không có hồ sơ này.");
	}
	*ret_dossier = read_dossier(query, arena);
	if (query_get_int(query, 18) == 1)
		return true;
	fail(why, FAIL_DENIED, "this dossier is kept by %s",
	     ret_dossier->keeper_name);
	return fail_code(why, "dossier.denied",
			 arena_print(arena,
				     "Hồ sơ này do %s lập. Xin quyền xem từ"
				     " người đó.",
				     ret_dossier->keeper_name));
}

bool dossier_may_change(const struct dossier *dossier,
			const struct actor *actor)
{
	return dossier->keeper_id == actor->id ||
	       (actor->roles & 1u << ROLE_CLERK) != 0;
}

bool dossier_list_documents(struct db *db, int64_t id, struct arena *arena,
			    struct dossier_documents *ret_list,
			    struct fail *why)
{
	struct dossier_document *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_documents, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct dossier_document){
			.entry_id = query_get_int(query, 0),
			.position = query_get_int(query, 1),
			.year = query_get_int(query, 2),
			.number = query_get_int(query, 3),
			.pages = query_get_int(query, 4),
			.direction = query_get_text(query, 5, arena),
			.suffix = query_get_text(query, 6, arena),
			.day = query_get_text(query, 7, arena),
			.symbol = query_get_text(query, 8, arena),
			.document_day = query_get_text(query, 9, arena),
			.type_name = query_get_text(query, 10, arena),
			.subject = query_get_text(query, 11, arena),
			.issuer = query_get_text(query, 12, arena),
			.note = query_get_text(query, 13, arena),
			.state = query_get_text(query, 14, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct dossier_documents){ all, count };
	return true;
}
