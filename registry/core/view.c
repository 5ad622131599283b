#include "core/view.h"
#include "core/assignment.h"
#include "core/audit.h"
#include "core/entry.h"
#include "store/query.h"

/* Rows of their own kind: a look is no event of the document's history and
 * wakes no list. */
static const char object[] = "view";

/* clang-format off */
#define VIEWS \
	"  FROM audit WHERE (object_type = 'view' AND object_id = ?1)" \
	"    OR (object_type = 'file' AND action = 'file.view'" \
	"        AND object_id IN (SELECT file_id FROM attachment" \
	"                           WHERE entry_id = ?1)" \
	"        AND json_extract(detail, '$.entry') = ?1)"
/* clang-format on */

static const char select_views[] =
	"SELECT at / 1000000, actor_name, action" VIEWS
	" ORDER BY seq DESC LIMIT 500";

static const char count_views[] = "SELECT count(*)" VIEWS;

bool view_note(struct db *db, int64_t entry_id, const struct actor *actor,
	       int64_t now, struct fail *why)
{
	const struct audit_act act = { "entry.view", object, entry_id, NULL };

	return entry_opened(db, entry_id, actor, now, why) &&
	       assignment_opened(db, entry_id, actor, now, why) &&
	       audit_act(db, actor, &act, why);
}

bool view_load_list(struct db *db, int64_t entry_id, struct arena *arena,
		    struct view_list *ret_list, struct fail *why)
{
	struct view_list list = { .count = 0 };
	struct view *all = NULL;
	{
		auto_query *query = db_query(db, count_views, why);
		if (!query)
			return false;
		query_int(query, 1, entry_id);
		if (!query_one(query, why))
			return false;
		list.total = query_get_int(query, 0);
	}
	auto_query *query = db_query(db, select_views, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, list.count, sizeof(*all));
		all[list.count++] = (struct view){
			.at = query_get_int(query, 0),
			.actor = query_get_text(query, 1, arena),
			.action = query_get_text(query, 2, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	list.views = all;
	*ret_list = list;
	return true;
}
