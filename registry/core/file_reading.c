#include "core/file_reading.h"
#include "base/moment.h"
#include "core/file.h"
#include "core/job.h"
#include "store/query.h"
#include <string.h>

static const char upsert_reading[] =
	"INSERT INTO file_reading (file_id, reader_version, format, type,"
	"  reason, total_pages, images, needs_recognition, flags, signatures,"
	"  secret, likeness, read_at, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
	"  ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
	" ON CONFLICT (file_id) DO UPDATE SET"
	"  reader_version = excluded.reader_version,"
	"  format = excluded.format, type = excluded.type,"
	"  reason = excluded.reason, total_pages = excluded.total_pages,"
	"  images = excluded.images,"
	"  needs_recognition = excluded.needs_recognition,"
	"  flags = excluded.flags, signatures = excluded.signatures,"
	"  secret = excluded.secret, likeness = excluded.likeness,"
	"  read_at = excluded.read_at, text = excluded.text";
static const char select_reading[] =
	"SELECT reader_version, format, type, reason, total_pages, images,"
	"  needs_recognition, flags, signatures, secret, likeness"
	"  FROM file_reading WHERE file_id = ?1";
static const char select_text[] =
	"SELECT text FROM file_reading WHERE file_id = ?1";
static const char delete_proposals[] =
	"DELETE FROM proposal WHERE file_id = ?1";
static const char insert_proposal[] =
	"INSERT INTO proposal (file_id, position, field, source, value, seen,"
	"  page, box_left, box_top, box_right, box_bottom, confidence, role,"
	"  day, issuer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
	"  ?12, ?13, ?14, ?15)";
static const char select_proposals[] =
	"SELECT field, source, value, seen, page, box_left, box_top,"
	"  box_right, box_bottom, confidence, role, day, issuer"
	"  FROM proposal WHERE file_id = ?1 ORDER BY position LIMIT ?2";
static const char select_recognised[] =
	"SELECT 1 FROM file_reading JOIN job"
	"    ON job.file_id = file_reading.file_id"
	" WHERE file_reading.file_id = ?1 AND needs_recognition = 0"
	"   AND text IS NOT NULL AND file_reading.reason IS NULL"
	"   AND kind = '" JOB_RECOGNISE "' AND state <> 'failed'";
static const char select_depth[] =
	"SELECT coalesce(min(depth), 0) FROM job"
	" WHERE kind = '" JOB_READ_FILE "' AND file_id = ?1";

enum {
	PROPOSALS_MAX = 1000, /* of one file */
	/* of containers: a letter, and three more */
	DEPTH_MAX = 4
};

static bool write_reading(struct db *db, int64_t file_id,
			  const struct file_reading *reading, struct fail *why)
{
	auto_query *query = db_query(db, upsert_reading, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	query_text(query, 2, reading->reader_version);
	query_text(query, 3, reading->format);
	query_text(query, 4, reading->type);
	query_text(query, 5, reading->reason);
	query_int(query, 6, reading->total_pages);
	query_int(query, 7, reading->images);
	query_int(query, 8, reading->needs_recognition);
	query_text(query, 9, reading->flags_json ? reading->flags_json : "[]");
	query_text(query, 10,
		   reading->signatures_json ? reading->signatures_json : "[]");
	query_text(query, 11, reading->secret);
	query_int(query, 12, reading->likeness);
	query_int(query, 13, moment_now());
	query_text(query, 14, reading->secret ? NULL : reading->text);
	return query_run(query, why);
}

static bool clear_proposals(struct db *db, int64_t file_id, struct fail *why)
{
	return db_run_one(db, delete_proposals, file_id, why);
}

static bool write_proposal(struct db *db, int64_t file_id, size_t position,
			   const struct file_proposal *proposal,
			   struct fail *why)
{
	auto_query *query = db_query(db, insert_proposal, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	query_int(query, 2, (int64_t)position);
	query_text(query, 3, proposal->field);
	query_text(query, 4, proposal->source);
	query_text(query, 5, proposal->value);
	query_text(query, 6, proposal->seen);
	query_int(query, 7, proposal->page);
	for (int side = 0; side < 4; side++)
		query_int(query, 8 + side, proposal->box[side]);
	query_int(query, 12, proposal->confidence);
	query_text(query, 13, proposal->role);
	query_text(query, 14, proposal->day);
	query_text(query, 15, proposal->issuer);
	return query_run(query, why);
}

static bool write_proposals(struct db *db, int64_t file_id,
			    const struct file_reading_request *request,
			    struct fail *why)
{
	size_t count = request->proposals.count;

	if (!clear_proposals(db, file_id, why))
		return false;
	if (request->reading->secret)
		return true;
	for (size_t i = 0; i < count && i < PROPOSALS_MAX; i++)
		if (!write_proposal(db, file_id, i,
				    &request->proposals.items[i], why))
			return false;
	return true;
}

static bool add_jobs(struct db *db, int64_t file_id,
		     const struct file_reading_request *request,
		     struct fail *why)
{
	int64_t depth;

	if (request->reading->secret)
		return true;
	if (!db_load_int(db, select_depth, file_id, &depth, why))
		return false;
	for (size_t i = 0; i < request->part_count && depth < DEPTH_MAX; i++)
		if (!part_add_job(db, &request->parts[i], depth + 1, why))
			return false;
	return !request->reading->needs_recognition ||
	       job_add(db, JOB_RECOGNISE, file_id, depth, why);
}

/* What was recognised is worth more than a reading without it: it stays until
 * it is recognised again. */
static bool is_recognised(struct db *db, int64_t file_id, bool *ret_is,
			  struct fail *why)
{
	auto_query *query = db_query(db, select_recognised, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	*ret_is = query_row(query, why);
	return why->kind == FAIL_NONE;
}

bool file_reading_replace(struct db *db,
			  const struct file_reading_request *request,
			  int64_t *ret_file_id, struct fail *why)
{
	struct file file = { 0 };
	bool is_kept = false;

	if (!file_load(db, &request->digest, &file, why))
		return false;
	*ret_file_id = file.id;
	why->kind = FAIL_NONE;
	if (request->reading->needs_recognition &&
	    !is_recognised(db, file.id, &is_kept, why))
		return false;
	if (is_kept)
		return true;
	return part_replace(db, file.id, request->parts, request->part_count,
			    why) &&
	       write_reading(db, file.id, request->reading, why) &&
	       write_proposals(db, file.id, request, why) &&
	       add_jobs(db, file.id, request, why);
}

bool file_reading_load(struct db *db, int64_t file_id, struct arena *arena,
		       struct file_reading *ret_reading, struct fail *why)
{
	auto_query *query = db_query(db, select_reading, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	if (!query_one(query, why))
		return false;
	*ret_reading = (struct file_reading){
		.reader_version = query_get_text(query, 0, arena),
		.format = query_get_text(query, 1, arena),
		.type = query_get_text(query, 2, arena),
		.reason = query_get_text(query, 3, arena),
		.total_pages = query_get_int(query, 4),
		.images = query_get_int(query, 5) != 0,
		.needs_recognition = query_get_int(query, 6) != 0,
		.flags_json = query_get_text(query, 7, arena),
		.signatures_json = query_get_text(query, 8, arena),
		.secret = query_get_text(query, 9, arena),
		.likeness = query_get_int(query, 10),
	};
	return true;
}

bool file_reading_text(struct db *db, int64_t file_id, struct arena *arena,
		       const char **ret_text, struct fail *why)
{
	auto_query *query = db_query(db, select_text, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	*ret_text = NULL;
	if (query_row(query, why))
		*ret_text = query_get_text(query, 0, arena);
	return why->kind == FAIL_NONE;
}

static struct file_proposal read_proposal(struct query *query,
					  struct arena *arena)
{
	struct file_proposal proposal = {
		.field = query_get_text(query, 0, arena),
		.source = query_get_text(query, 1, arena),
		.value = query_get_text(query, 2, arena),
		.seen = query_get_text(query, 3, arena),
		.page = query_get_int(query, 4),
		.confidence = query_get_int(query, 9),
		.role = query_get_text(query, 10, arena),
		.day = query_get_text(query, 11, arena),
		.issuer = query_get_text(query, 12, arena),
	};

	for (int side = 0; side < 4; side++)
		proposal.box[side] = query_get_int(query, 5 + side);
	return proposal;
}

bool file_reading_proposals(struct db *db, int64_t file_id,
			    struct arena *arena,
			    struct file_proposal_list *ret_list,
			    struct fail *why)
{
	struct file_proposal_list list = { 0 };
	auto_query *query = db_query(db, select_proposals, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	query_int(query, 2, PROPOSALS_MAX);
	while (query_row(query, why)) {
		list.items = arena_grow(arena, list.items, list.count,
					sizeof(*list.items));
		list.items[list.count++] = read_proposal(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}
