/*
 * Search rows: a line of the index as search reads it. Not for others.
 */
#pragma once
#include "core/match.h"
#include "core/search.h"
#include "core/search_request.h"

struct query;

/* The columns of a row, from search_item. */
#define SEARCH_ROW                                                        \
	"search_item.id, kind, object_id, void, direction, day, book_id," \
	" agency_id, type_id, unit_id, search_item.number,"               \
	" search_item.symbol, search_item.subject, search_item.issuer,"   \
	" search_item.signer, search_item.sender, search_item.files,"     \
	" search_item.tags"

enum {
	SEARCH_ROW_COLUMNS = 18,
	SEARCH_ROW_TEXTS = 7 /* number, symbol … files */
};

struct search_row {
	int64_t id;
	struct search_hit hit; /* without its texts */
	const char *texts[SEARCH_ROW_TEXTS];
	const char *tags;
};

struct search_row search_row_read(struct query *query, struct arena *arena);

/* Lines whose words are not in the index yet and that answer the question,
 * newest first. */
struct search_pending {
	struct search_row *rows;
	size_t count;
};

struct search_pending_request {
	const struct search_question *question;
	const struct match_filters *filters;
	int64_t organisation_id;
	enum match_tier tier;
	int64_t below; /* ids up to this one */
};

bool search_pending_find(struct db *db,
			 const struct search_pending_request *request,
			 struct arena *arena, struct search_pending *ret_list,
			 struct fail *why);
