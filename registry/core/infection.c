#include "core/infection.h"
#include "base/moment.h"
#include "store/query.h"

static const char upsert_scan[] =
	"INSERT INTO scan (file_id, state, said, scanned_at)"
	" VALUES (?1, ?2, ?3, ?4) ON CONFLICT (file_id) DO UPDATE SET"
	"  state = excluded.state, said = excluded.said,"
	"  scanned_at = excluded.scanned_at";
static const char select_infected[] =
	"SELECT said FROM scan WHERE file_id = ?1 AND state = 'infected'";
static const char reset_jobs[] =
	"UPDATE job SET state = 'waiting', attempts = 0"
	" WHERE state IN ('done', 'failed')"
	"   AND kind IN ('read_letter', 'read_file')"
	"   AND file_id IN (SELECT file_id FROM scan"
	"        WHERE state = 'failed' AND scanned_at < ?1 LIMIT 100)";

bool infection_set(struct db *db, int64_t file_id, enum infection_state state,
		   const char *said, struct fail *why)
{
	static const char *const names[] = { "clean", "infected", "failed" };
	auto_query *query = db_query(db, upsert_scan, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	query_text(query, 2, names[state]);
	query_text(query, 3, said);
	query_int(query, 4, moment_now());
	return query_run(query, why);
}

bool infection_find(struct db *db, int64_t file_id, struct arena *arena,
		    const char **ret_said, struct fail *why)
{
	auto_query *query = db_query(db, select_infected, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	if (!query_row(query, why))
		return false;
	*ret_said = query_get_text(query, 0, arena);
	return true;
}

bool infection_again(struct db *db, int64_t until, int64_t *ret_count,
		     struct fail *why)
{
	auto_query *query = db_query(db, reset_jobs, why);

	if (!query)
		return false;
	query_int(query, 1, until);
	if (!query_run(query, why))
		return false;
	*ret_count = db_changes(db);
	return true;
}
