#include "core/link.h"
#include "store/query.h"
#include <string.h>

/* A proposal that was decided in another's favour was seen and refused. First
 * ones are those that a person decided about with another of their letter. */
static const char select_figures[] =
	"SELECT kind,"
	"  sum(was_linked AND state IN ('linked', 'accepted')),"
	"  sum(was_linked AND state = 'unlinked'),"
	"  sum(state = 'proposed'),"
	"  sum(NOT was_linked AND state IN ('accepted', 'unlinked')),"
	"  sum(NOT was_linked AND state = 'rejected'),"
	"  sum(NOT was_linked AND place = 1 AND state = 'accepted'),"
	"  sum(NOT was_linked AND place = 1"
	"      AND state IN ('accepted', 'rejected')),"
	"  sum(state = 'missed')"
	"  FROM link_proposal GROUP BY kind";

bool link_report(struct db *db, struct link_figures ret_kinds[LINK_KIND_COUNT],
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, select_figures, why);

	if (!query)
		return false;
	memset(ret_kinds, 0, sizeof(*ret_kinds) * LINK_KIND_COUNT);
	while (query_row(query, why)) {
		enum link_kind kind =
			link_kind_find(query_get_text(query, 0, arena));

		ret_kinds[kind] = (struct link_figures){
			.linked = query_get_int(query, 1),
			.unlinked = query_get_int(query, 2),
			.proposed = query_get_int(query, 3),
			.accepted = query_get_int(query, 4),
			.rejected = query_get_int(query, 5),
			.first_right = query_get_int(query, 6),
			.decided = query_get_int(query, 7),
			.missed = query_get_int(query, 8),
		};
	}
	return why->kind == FAIL_NONE;
}
