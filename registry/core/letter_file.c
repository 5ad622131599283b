#include "core/letter_file.h"
#include "core/job.h"
#include "store/query.h"
#include <string.h>

/* Parts of parts, in the order of the letter. `place` sorts as a tree does. */
static const char select_files[] =
	"WITH RECURSIVE inside (part_id, file_id, depth, place) AS ("
	" SELECT id, file_id, 0, printf('%06d', position) FROM part"
	"  WHERE of_file_id = ?1"
	" UNION ALL"
	" SELECT part.id, part.file_id, depth + 1,"
	"        place || printf('.%06d', part.position)"
	"   FROM inside JOIN part ON part.of_file_id = inside.file_id"
	"  WHERE depth < 8 LIMIT 2000)"
	" SELECT part.file_id, file.sha256, part.of_file_id, outer.sha256,"
	"        inside.depth > 0, part.path, part.name,"
	"        coalesce(file_reading.type, part.type), part.class,"
	"        part.role, part.bytes, file_reading.file_id IS NOT NULL"
	"          OR reading.file_id IS NOT NULL,"
	"        file_reading.reason, format, total_pages, images, likeness,"
	"        CASE WHEN part.flag IS NULL"
	"          THEN coalesce(file_reading.flags, '[]')"
	"          ELSE json_insert(coalesce(file_reading.flags, '[]'),"
	"                           '$[#]', part.flag) END,"
	"        coalesce(signatures, '[]'), secret,"
	"        scan.state, job.state, recognise.state,"
	"        (SELECT value FROM proposal"
	"          WHERE proposal.file_id = part.file_id AND field = 'symbol'"
	"          ORDER BY position LIMIT 1)"
	"   FROM inside JOIN part ON part.id = inside.part_id"
	"   JOIN file ON file.id = part.file_id"
	"   JOIN file AS outer ON outer.id = part.of_file_id"
	"   LEFT JOIN file_reading ON file_reading.file_id = part.file_id"
	"   LEFT JOIN reading ON reading.file_id = part.file_id"
	"        AND part.class = 'message'"
	"   LEFT JOIN scan ON scan.file_id = part.file_id"
	"   LEFT JOIN job ON job.file_id = part.file_id AND job.kind ="
	"        CASE part.class WHEN 'message' THEN '" JOB_READ_LETTER
	"'"
	"        ELSE '" JOB_READ_FILE
	"' END"
	"   LEFT JOIN job AS recognise ON recognise.file_id = part.file_id"
	"        AND recognise.kind = '" JOB_RECOGNISE
	"'"
	"  WHERE part.class IN ('file', 'inline', 'message')"
	"     OR (part.class = 'signature' AND job.id IS NOT NULL)"
	"  ORDER BY place LIMIT 500";
static const char select_holders[] =
	"WITH RECURSIVE holder (file_id) AS (SELECT ?1 UNION"
	" SELECT part.of_file_id FROM part JOIN holder"
	"     ON part.file_id = holder.file_id)"
	" SELECT DISTINCT letter.file_id FROM holder"
	"   JOIN letter ON letter.file_id = holder.file_id"
	"  ORDER BY letter.state = 'todo' DESC, letter.file_id DESC"
	"  LIMIT 1000";

static const char *const state_names[LETTER_FILE_STATE_COUNT] = {
	"waiting", "reading", "recognising", "read", "not_read", "failed"
};

const char *letter_file_state_name(enum letter_file_state state)
{
	return state_names[state];
}

static bool is_open(const char *state)
{
	return state && (strcmp(state, "waiting") == 0 ||
			 strcmp(state, "running") == 0);
}

static enum letter_file_state find_state(struct query *query,
					 struct arena *arena)
{
	bool has_reading = query_get_int(query, 11) != 0;
	const char *job = query_get_text(query, 21, arena);
	const char *recognise = query_get_text(query, 22, arena);

	if (has_reading && !query_is_null(query, 12))
		return LETTER_FILE_NOT_READ;
	if (has_reading)
		return is_open(recognise) ? LETTER_FILE_RECOGNISING
					  : LETTER_FILE_READ;
	if (!job)
		return LETTER_FILE_NOT_READ; /* a logo */
	if (strcmp(job, "failed") == 0)
		return LETTER_FILE_FAILED;
	return strcmp(job, "running") == 0 ? LETTER_FILE_READING
					   : LETTER_FILE_WAITING;
}

static bool is_text(struct query *query, int column, const char *wanted,
		    struct arena *arena)
{
	const char *text = query_get_text(query, column, arena);

	return text && strcmp(text, wanted) == 0;
}

static struct letter_file read_one(struct query *query, struct arena *arena)
{
	struct letter_file file = {
		.file_id = query_get_int(query, 0),
		.of_file_id = query_get_int(query, 2),
		.is_inside = query_get_int(query, 4) != 0,
		.path = query_get_text(query, 5, arena),
		.name = query_get_text(query, 6, arena),
		.type = query_get_text(query, 7, arena),
		.class = query_get_text(query, 8, arena),
		.stated = query_get_text(query, 9, arena),
		.bytes = query_get_int(query, 10),
		.state = find_state(query, arena),
		.reason = query_get_text(query, 12, arena),
		.format = query_get_text(query, 13, arena),
		.total_pages = query_get_int(query, 14),
		.images = query_get_int(query, 15) != 0,
		.likeness = query_get_int(query, 16),
		.flags_json = query_get_text(query, 17, arena),
		.signatures_json = query_get_text(query, 18, arena),
		.secret = query_get_text(query, 19, arena),
		.is_infected = is_text(query, 20, "infected", arena),
		.is_not_scanned = is_text(query, 20, "failed", arena),
		.symbol = query_get_text(query, 23, arena),
	};

	(void)query_get_digest(query, 1, &file.digest);
	(void)query_get_digest(query, 3, &file.of_digest);
	if (file.is_infected)
		file.reason = "infected";
	else if (file.state == LETTER_FILE_NOT_READ && !file.reason)
		file.reason = "picture";
	return file;
}

bool letter_file_list(struct db *db, int64_t letter_file_id,
		      struct arena *arena, struct letter_file_list *ret_list,
		      struct fail *why)
{
	struct letter_file_list list = { 0 };
	auto_query *query = db_query(db, select_files, why);

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	while (query_row(query, why)) {
		list.items = arena_grow(arena, list.items, list.count,
					sizeof(*list.items));
		list.items[list.count++] = read_one(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}

bool letter_file_find_holders(struct db *db, int64_t file_id,
			      struct arena *arena,
			      struct letter_file_holders *ret_holders,
			      struct fail *why)
{
	struct letter_file_holders holders = { 0 };
	auto_query *query = db_query(db, select_holders, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	while (query_row(query, why)) {
		holders.ids = arena_grow(arena, holders.ids, holders.count,
					 sizeof(*holders.ids));
		holders.ids[holders.count++] = query_get_int(query, 0);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_holders = holders;
	return true;
}
