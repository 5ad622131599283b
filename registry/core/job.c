#include "core/job.h"
#include "base/moment.h"
#include "store/query.h"
#include <string.h>

static const char insert_job[] =
	"INSERT INTO job (kind, file_id, depth, created_at)"
	" VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, file_id) DO NOTHING";
static const char select_waiting[] =
	"SELECT job.id, kind, file_id, sha256, bytes, depth, attempts + 1,"
	"       'running', reason"
	"  FROM job JOIN file ON file.id = job.file_id"
	" WHERE state = 'waiting' AND kind = ?2 ORDER BY job.id LIMIT ?1";
/* Of those that wait for long, what came last is looked at first. */
static const char select_newest[] =
	"SELECT job.id, kind, file_id, sha256, bytes, depth, attempts + 1,"
	"       'running', reason"
	"  FROM job JOIN file ON file.id = job.file_id"
	" WHERE state = 'waiting' AND kind = ?2 ORDER BY job.id DESC LIMIT ?1";
static const char select_failed[] =
	"SELECT job.id, kind, file_id, sha256, bytes, depth, attempts,"
	"       state, reason"
	"  FROM job JOIN file ON file.id = job.file_id"
	" WHERE state = 'failed' ORDER BY job.id LIMIT ?1";
static const char select_running[] =
	"SELECT job.id, kind, file_id, sha256, bytes, depth, attempts,"
	"       state, reason"
	"  FROM job JOIN file ON file.id = job.file_id"
	" WHERE state = 'running' ORDER BY job.id LIMIT ?1";
static const char select_done[] =
	"SELECT job.id, kind, file_id, sha256, bytes, depth, attempts,"
	"       state, reason"
	"  FROM job JOIN file ON file.id = job.file_id"
	" WHERE state = 'done' AND job.id > ?2 ORDER BY job.id LIMIT ?1";
static const char set_running[] =
	"UPDATE job SET state = 'running', attempts = attempts + 1,"
	" started_at = ?2 WHERE id = ?1";
static const char set_done[] =
	"UPDATE job SET state = 'done', reader_version = ?2, reason = NULL,"
	" finished_at = ?3 WHERE id = ?1";
static const char set_failed[] =
	"UPDATE job SET reason = ?2, finished_at = ?3, state = CASE"
	"  WHEN attempts >= ?4 THEN 'failed' ELSE 'waiting' END"
	" WHERE id = ?1";
static const char reset_running[] =
	"UPDATE job SET state = 'waiting', attempts = max(attempts - 1, 0)"
	" WHERE state = 'running'";
static const char reset_done[] =
	"UPDATE job SET state = 'waiting', attempts = 0, reason = NULL"
	" WHERE state IN ('done', 'failed')"
	"   AND (?1 IS NULL OR reader_version IS NOT ?1)";
static const char count_states[] =
	"SELECT state, count(*) FROM job GROUP BY state";
static const char count_kinds[] =
	"SELECT kind, count(*) FILTER (WHERE state = 'waiting'),"
	"       count(*) FILTER (WHERE state = 'running'),"
	"       count(*) FILTER (WHERE state = 'done'),"
	"       count(*) FILTER (WHERE state = 'failed')"
	"  FROM job GROUP BY kind ORDER BY kind";

static const char select_state[] =
	"SELECT state FROM job WHERE kind = ?1 AND file_id = ?2";

enum {
	LIST_MAX = 1024,
	DONE_PAGE = 200,
	KINDS_MAX = 16
};

bool job_add(struct db *db, const char *kind, int64_t file_id, int64_t depth,
	     struct fail *why)
{
	auto_query *query = db_query(db, insert_job, why);

	if (!query)
		return false;
	query_text(query, 1, kind);
	query_int(query, 2, file_id);
	query_int(query, 3, depth);
	query_int(query, 4, moment_now());
	return query_run(query, why);
}

static struct job read_job(struct query *query, struct arena *arena)
{
	struct job job = {
		.id = query_get_int(query, 0),
		.kind = query_get_text(query, 1, arena),
		.file_id = query_get_int(query, 2),
		.bytes = query_get_int(query, 4),
		.depth = query_get_int(query, 5),
		.attempts = query_get_int(query, 6),
		.state = query_get_text(query, 7, arena),
		.reason = query_get_text(query, 8, arena),
	};

	(void)query_get_digest(query, 3, &job.digest);
	return job;
}

static bool fill_list(struct query *query, int64_t max, struct arena *arena,
		      struct job_list *ret_list, struct fail *why)
{
	struct job_list list = { 0 };
	int64_t limit = max < LIST_MAX ? max : LIST_MAX;

	query_int(query, 1, limit);
	list.items = arena_array(arena, (size_t)limit, sizeof(*list.items));
	while (query_row(query, why))
		list.items[list.count++] = read_job(query, arena);
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}

static bool start_one(struct db *db, int64_t id, struct fail *why)
{
	return db_run_two(db, set_running, id, moment_now(), why);
}

bool job_start(struct db *db, const char *kind, int64_t max,
	       struct arena *arena, struct job_list *ret_list,
	       struct fail *why)
{
	bool newest = strcmp(kind, JOB_RECOGNISE) == 0;
	auto_query *query =
		db_query(db, newest ? select_newest : select_waiting, why);
	struct job_list list;

	if (!query)
		return false;
	query_text(query, 2, kind);
	if (!fill_list(query, max, arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (!start_one(db, list.items[i].id, why))
			return false;
	*ret_list = list;
	return true;
}

bool job_list_done(struct db *db, int64_t after, struct arena *arena,
		   struct job_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_done, why);

	if (!query)
		return false;
	query_int(query, 2, after);
	return fill_list(query, DONE_PAGE, arena, ret_list, why);
}

bool job_list_failed(struct db *db, int64_t limit, struct arena *arena,
		     struct job_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_failed, why);

	return query && fill_list(query, limit, arena, ret_list, why);
}

bool job_list_running(struct db *db, int64_t limit, struct arena *arena,
		      struct job_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_running, why);

	return query && fill_list(query, limit, arena, ret_list, why);
}

bool job_finish(struct db *db, int64_t id, const char *reader_version,
		struct fail *why)
{
	auto_query *query = db_query(db, set_done, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, reader_version);
	query_int(query, 3, moment_now());
	return query_run(query, why);
}

bool job_fail(struct db *db, int64_t id, const char *reason, struct fail *why)
{
	auto_query *query = db_query(db, set_failed, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, reason);
	query_int(query, 3, moment_now());
	query_int(query, 4, JOB_ATTEMPTS_MAX);
	return query_run(query, why);
}

bool job_recover(struct db *db, struct fail *why)
{
	return db_run(db, reset_running, why);
}

bool job_again(struct db *db, const char *unless_version, int64_t *ret_count,
	       struct fail *why)
{
	auto_query *query = db_query(db, reset_done, why);

	if (!query)
		return false;
	query_text(query, 1, unless_version);
	if (!query_run(query, why))
		return false;
	*ret_count = db_changes(db);
	return true;
}

static void count_state(struct job_counts *counts, const char *state,
			int64_t count)
{
	if (strcmp(state, "waiting") == 0)
		counts->waiting = count;
	else if (strcmp(state, "running") == 0)
		counts->running = count;
	else if (strcmp(state, "done") == 0)
		counts->done = count;
	else
		counts->failed = count;
}

bool job_count(struct db *db, struct job_counts *ret_counts, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct job_counts counts = { 0 };
	auto_query *query = db_query(db, count_states, why);

	if (!query)
		return false;
	while (query_row(query, why))
		count_state(&counts, query_get_text(query, 0, arena),
			    query_get_int(query, 1));
	if (why->kind != FAIL_NONE)
		return false;
	*ret_counts = counts;
	return true;
}

bool job_count_kinds(struct db *db, struct arena *arena,
		     struct job_kind_list *ret_list, struct fail *why)
{
	struct job_kind_list list = { 0 };
	auto_query *query = db_query(db, count_kinds, why);

	if (!query)
		return false;
	list.items = arena_array(arena, KINDS_MAX, sizeof(*list.items));
	while (list.count < KINDS_MAX && query_row(query, why)) {
		list.items[list.count++] = (struct job_kind_counts){
			.kind = query_get_text(query, 0, arena),
			.counts = { .waiting = query_get_int(query, 1),
				    .running = query_get_int(query, 2),
				    .done = query_get_int(query, 3),
				    .failed = query_get_int(query, 4) },
		};
	}
	if (list.count < KINDS_MAX && why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}

bool job_state(struct db *db, const char *kind, int64_t file_id,
	       struct arena *arena, const char **ret_state, struct fail *why)
{
	auto_query *query = db_query(db, select_state, why);

	if (!query)
		return false;
	query_text(query, 1, kind);
	query_int(query, 2, file_id);
	*ret_state = NULL;
	if (query_row(query, why))
		*ret_state = query_get_text(query, 0, arena);
	return why->kind == FAIL_NONE;
}
