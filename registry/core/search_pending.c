#include "core/highlight.h"
#include "core/search_item.h"
#include "core/search_row.h"
#include "store/query.h"

static const char select_pending[] =
	"SELECT " SEARCH_ROW
	", coalesce(body, '')"
	"  FROM search_pending CROSS JOIN search_item"
	"    ON search_item.id = search_pending.id"
	"  LEFT JOIN search_body ON search_body.id = search_item.id"
	" WHERE search_pending.id <= ?1 AND search_pending.id >= ?2"
	"   AND organisation_id = ?3 ORDER BY search_pending.id DESC LIMIT ?4";

/* What the MATCH of this tier would have said. */
static bool answers(const struct search_pending_request *request,
		    const struct search_row *row, const char *body)
{
	const struct match *match = &request->question->match;
	const char *texts[SEARCH_ROW_TEXTS + 1];
	bool all, exact;

	if (!search_passes(request->filters, row->tags))
		return false;
	for (size_t i = 0; i < SEARCH_ROW_TEXTS; i++)
		texts[i] = row->texts[i];
	texts[SEARCH_ROW_TEXTS] = body;
	all = highlight_texts(match, texts, SEARCH_ROW_TEXTS + 1, NULL, &exact,
			      NULL);
	if (request->tier == MATCH_TIER_EXACT)
		return exact;
	return all && (request->tier == MATCH_ALL || !exact);
}

bool search_pending_find(struct db *db,
			 const struct search_pending_request *request,
			 struct arena *arena, struct search_pending *ret_list,
			 struct fail *why)
{
	struct search_pending list = { .count = 0 };
	auto_query *query = db_query(db, select_pending, why);

	if (!query)
		return false;
	list.rows = arena_array(arena, SEARCH_PENDING_MAX, sizeof *list.rows);
	query_int(query, 1, request->below);
	query_int(query, 2, request->question->from_id);
	query_int(query, 3, request->organisation_id);
	query_int(query, 4, SEARCH_PENDING_MAX);
	while (query_row(query, why)) {
		struct search_row row = search_row_read(query, arena);

		if (answers(request, &row,
			    query_get_text(query, SEARCH_ROW_COLUMNS, arena)))
			list.rows[list.count++] = row;
	}
	*ret_list = list;
	return why->kind == FAIL_NONE;
}
