#include "core/duplicate.h"
#include "core/agency.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/symbol.h"
#include <assert.h>
#include <string.h>

enum {
	FOUND_MAX = 20
};

#define COLUMNS                                                            \
	"e.id, e.direction, e.book_id, e.year, e.number, e.suffix, e.day," \
	" e.issuer, e.symbol, e.document_day, e.subject, u.name,"          \
	" e.registered_at"
#define SOURCE \
	" FROM entry e JOIN user_account u ON u.id = e.registered_by"
#define COUNTS \
	" AND e.direction = 'in' AND e.state = 'valid' AND e.id <> ?2"

/* A partial index wants its condition repeated. The + keeps the planner from
 * the agency's index: an agency has many entries, a symbol few. */
static const char select_by_symbol[] =
	"SELECT " COLUMNS SOURCE
	" WHERE e.organisation_id = ?1" COUNTS
	"   AND e.symbol_key = ?3 AND e.symbol_key <> ''"
	"   AND +e.agency_id = ?4"
	" ORDER BY e.document_day DESC LIMIT 20";

static const char select_by_identifier[] =
	"SELECT " COLUMNS SOURCE
	" WHERE e.organisation_id = ?1" COUNTS
	" AND e.identifier = ?3 AND e.identifier <> ''"
	" ORDER BY e.id DESC LIMIT 20";

static const char select_by_file[] =
	"SELECT " COLUMNS SOURCE
	"  JOIN attachment a ON a.entry_id = e.id"
	"  JOIN file f ON f.id = a.file_id AND f.bytes > 0"
	" WHERE e.organisation_id = ?1" COUNTS
	" AND f.sha256 = ?3"
	" ORDER BY e.id DESC LIMIT 20";

/* Files of a letter and of the letters that are forwarded in it. The order is
 * said (CROSS JOIN, +), since the planner would begin with all entries. */
static const char select_by_letter[] =
	"WITH RECURSIVE blob(id, depth) AS ("
	"  SELECT file_id, 0 FROM letter WHERE id = ?3"
	"  UNION"
	"  SELECT p.file_id, b.depth + 1 FROM part p"
	"    JOIN blob b ON p.of_file_id = b.id"
	"   WHERE p.class = 'message' AND b.depth < 8)"
	"SELECT " COLUMNS SOURCE
	" WHERE +e.organisation_id = ?1" COUNTS
	"   AND e.id IN (SELECT a.entry_id FROM blob b"
	"     CROSS JOIN part p ON p.of_file_id = b.id"
	"     CROSS JOIN attachment a ON a.file_id = p.file_id"
	"    WHERE p.class = 'file' AND p.bytes > 0)"
	" ORDER BY e.id DESC LIMIT 20";

static const char *const match_names[DUPLICATE_MATCH_COUNT] = {
	[DUPLICATE_FILE] = "file",
	[DUPLICATE_IDENTIFIER] = "identifier",
	[DUPLICATE_SYMBOL] = "symbol",
	[DUPLICATE_OTHER_DAY] = "other_day",
	[DUPLICATE_OTHER_YEAR] = "other_year",
};

struct finding {
	struct duplicate found[FOUND_MAX];
	size_t count;
	const char *day; /* of the document asked about */
};

const char *duplicate_match_name(enum duplicate_match match)
{
	assert(match < DUPLICATE_MATCH_COUNT);
	return match_names[match];
}

static struct duplicate read_duplicate(struct query *query,
				       struct arena *arena)
{
	return (struct duplicate){
		.entry_id = query_get_int(query, 0),
		.direction = query_get_text(query, 1, arena),
		.book_id = query_get_int(query, 2),
		.year = query_get_int(query, 3),
		.number = query_get_int(query, 4),
		.suffix = query_get_text(query, 5, arena),
		.day = query_get_text(query, 6, arena),
		.issuer = query_get_text(query, 7, arena),
		.symbol = query_get_text(query, 8, arena),
		.document_day = query_get_text(query, 9, arena),
		.subject = query_get_text(query, 10, arena),
		.registered_name = query_get_text(query, 11, arena),
		.registered_at = query_get_int(query, 12),
	};
}

/* Numbers begin anew each year: without both dates it may be the same. */
static enum duplicate_match symbol_match(const struct duplicate *duplicate,
					 const char *day)
{
	const char *other = duplicate->document_day;
	if (!day || !*day || !other)
		return DUPLICATE_OTHER_DAY;
	if (strcmp(other, day) == 0)
		return DUPLICATE_SYMBOL;
	return strncmp(other, day, 4) == 0 ? DUPLICATE_OTHER_DAY
					   : DUPLICATE_OTHER_YEAR;
}

/* One line per entry, with its strongest match. */
static void add(struct finding *finding, const struct duplicate *duplicate)
{
	for (size_t i = 0; i < finding->count; i++) {
		struct duplicate *known = &finding->found[i];
		if (known->entry_id != duplicate->entry_id)
			continue;
		if (duplicate->match < known->match)
			known->match = duplicate->match;
		return;
	}
	if (finding->count < FOUND_MAX)
		finding->found[finding->count++] = *duplicate;
}

static bool collect(struct query *query, enum duplicate_match match,
		    struct arena *arena, struct finding *finding,
		    struct fail *why)
{
	while (query_row(query, why)) {
		struct duplicate duplicate = read_duplicate(query, arena);
		duplicate.match = match;
		if (match == DUPLICATE_SYMBOL)
			duplicate.match =
				symbol_match(&duplicate, finding->day);
		add(finding, &duplicate);
	}
	return why->kind == FAIL_NONE;
}

static struct query *begin(struct db *db, const char *sql,
			   const struct duplicate_request *request,
			   struct fail *why)
{
	struct query *query = db_query(db, sql, why);
	if (!query)
		return NULL;
	query_int(query, 1, request->organisation_id);
	query_int(query, 2, request->except_entry);
	return query;
}

static bool find_files(struct db *db, const struct duplicate_request *request,
		       struct arena *arena, struct finding *finding,
		       struct fail *why)
{
	if (request->letter_id) {
		auto_query *query = begin(db, select_by_letter, request, why);
		if (!query)
			return false;
		query_int(query, 3, request->letter_id);
		if (!collect(query, DUPLICATE_FILE, arena, finding, why))
			return false;
	}
	for (size_t i = 0; i < request->sha256_count; i++) {
		auto_query *query = begin(db, select_by_file, request, why);
		if (!query)
			return false;
		query_text(query, 3, request->sha256s[i]);
		if (!collect(query, DUPLICATE_FILE, arena, finding, why))
			return false;
	}
	return true;
}

static bool find_identifier(struct db *db,
			    const struct duplicate_request *request,
			    struct arena *arena, struct finding *finding,
			    struct fail *why)
{
	if (!request->identifier || !*request->identifier)
		return true;
	auto_query *query = begin(db, select_by_identifier, request, why);
	if (!query)
		return false;
	query_text(query, 3, request->identifier);
	return collect(query, DUPLICATE_IDENTIFIER, arena, finding, why);
}

static bool find_symbol(struct db *db, const struct duplicate_request *request,
			struct arena *arena, struct finding *finding,
			struct fail *why)
{
	int64_t agency_id = request->agency_id;
	struct agency agency;
	if (!request->symbol || !*request->symbol)
		return true;
	if (!agency_id && request->issuer) {
		if (!agency_find(db, request->organisation_id, request->issuer,
				 arena, &agency, why))
			return false;
		agency_id = agency.id;
	}
	if (!agency_id)
		return true;
	auto_query *query = begin(db, select_by_symbol, request, why);
	if (!query)
		return false;
	query_text(query, 3, symbol_key(request->symbol, arena));
	query_int(query, 4, agency_id);
	return collect(query, DUPLICATE_SYMBOL, arena, finding, why);
}

bool duplicate_find(struct db *db, const struct duplicate_request *request,
		    struct arena *arena, struct duplicate_list *ret_list,
		    struct fail *why)
{
	struct finding *finding = arena_alloc(arena, sizeof(*finding));
	finding->day = request->document_day;
	if (!find_files(db, request, arena, finding, why) ||
	    !find_identifier(db, request, arena, finding, why) ||
	    !find_symbol(db, request, arena, finding, why))
		return false;
	struct duplicate_list list = { .duplicates = finding->found,
				       .count = finding->count };
	for (size_t i = 0; i < list.count; i++)
		if (finding->found[i].match < DUPLICATE_OTHER_YEAR)
			list.must_ask = true;
	*ret_list = list;
	return true;
}
