#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/mailbox_row.h"
#include "core/uidset.h"
#include "store/query.h"
#include <string.h>

/*
 * `folder.done` is the ledger said shortly: every change of one is a change of
 * the other in the same transaction, and verify holds them together.
 */
static const char select_folder[] =
	"SELECT id, uidvalidity FROM folder"
	" WHERE mailbox_id = ?1 AND name = ?2";
static const char insert_folder[] =
	"INSERT INTO folder (mailbox_id, name) VALUES (?1, ?2)";
static const char set_uidvalidity[] =
	"UPDATE folder SET uidvalidity = ?2, done = ?3, uidnext = NULL,"
	" messages = NULL, missing_here = NULL, gone_there = NULL,"
	" reconciled_at = NULL WHERE id = ?1";
static const char select_uids[] =
	"SELECT uid FROM ledger WHERE folder_id = ?1 AND uidvalidity = ?2"
	" ORDER BY uid";
static const char select_done[] =
	"SELECT done FROM folder WHERE id = ?1";
static const char set_done[] =
	"UPDATE folder SET done = ?2 WHERE id = ?1";
static const char delete_strike[] =
	"DELETE FROM strike WHERE folder_id = ?1 AND uidvalidity ="
	" (SELECT uidvalidity FROM folder WHERE id = ?1) AND uid = ?2";
static const char insert_skip[] =
	"INSERT INTO ledger (folder_id, uidvalidity, uid, outcome,"
	" internaldate, bytes, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
	" ON CONFLICT DO NOTHING";
static const char add_strike[] =
	"INSERT INTO strike (folder_id, uidvalidity, uid, strikes, reason, at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	" ON CONFLICT DO UPDATE SET strikes = strikes + ?4,"
	"  reason = CASE WHEN ?4 THEN excluded.reason ELSE reason END,"
	"  aside = (strikes + ?4 >= ?7), at = excluded.at"
	" RETURNING strikes, aside";
static const char set_reconciled[] =
	"UPDATE folder SET missing_here = ?2, gone_there = ?3,"
	" reconciled_at = ?4 WHERE id = ?1";
static const char select_aside[] =
	"SELECT uid FROM strike WHERE folder_id = ?1 AND uidvalidity = ?2"
	"   AND aside = 1";
static const char select_lowest[] =
	"SELECT coalesce(min(0, min(lowest)), 0) FROM"
	" (SELECT min(uidvalidity) AS lowest FROM ledger WHERE folder_id = ?1"
	"  UNION ALL"
	"  SELECT min(uidvalidity) FROM conflict WHERE folder_id = ?1)";
static const char displace_lines[] =
	"UPDATE ledger SET uidvalidity = uidvalidity - ?2"
	" WHERE folder_id = ?1 AND uidvalidity > 0";
static const char displace_conflicts[] =
	"UPDATE conflict SET uidvalidity = uidvalidity - ?2"
	" WHERE folder_id = ?1 AND uidvalidity > 0";
static const char forget_position[] =
	"UPDATE folder SET uidvalidity = NULL, done = '', uidnext = NULL,"
	" messages = NULL, missing_here = NULL, gone_there = NULL,"
	" reconciled_at = NULL WHERE id = ?1";
static const char delete_strikes[] =
	"DELETE FROM strike WHERE folder_id = ?1";

enum {
	FOLDER_NAME_MAX = 1000,
	REASON_MAX = 1000,
	MISSING_MAX = 10000 /* that become due again at a time */
};

static bool collect_uids(struct query *query, int64_t folder_id,
			 int64_t uidvalidity, struct uidset *set,
			 struct fail *why)
{
	query_int(query, 1, folder_id);
	query_int(query, 2, uidvalidity);
	while (query_row(query, why)) {
		int64_t uid = query_get_int(query, 0);

		if (!uidset_add(set, uid, uid, why))
			return false;
	}
	return why->kind == FAIL_NONE;
}

/* The folder was made anew on the server, or has come back as it was. */
static bool move_position(struct db *db, int64_t folder_id,
			  int64_t uidvalidity, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_uidset set = { 0 };
	auto_query *uids = db_query(db, select_uids, why);
	auto_query *query = db_query(db, set_uidvalidity, why);

	if (!uids || !query ||
	    !collect_uids(uids, folder_id, uidvalidity, &set, why))
		return false;
	query_int(query, 1, folder_id);
	query_int(query, 2, uidvalidity);
	query_text(query, 3, uidset_print(&set, arena));
	return query_run(query, why);
}

/*
 * Another server may use the same UIDVALIDITY and the same UIDs for other
 * letters. So the lines of the old one get a uidvalidity no server has, below
 * zero, and lower each time.
 */
bool mailbox_relist(struct db *db, int64_t folder_id, struct fail *why)
{
	const int64_t step = (int64_t)UINT32_MAX + 1;
	int64_t lowest, down;

	if (!db_load_int(db, select_lowest, folder_id, &lowest, why))
		return false;
	down = (lowest ? -lowest / step + 2 : 1) * step;
	return db_run_two(db, displace_lines, folder_id, down, why) &&
	       db_run_two(db, displace_conflicts, folder_id, down, why) &&
	       db_run_one(db, delete_strikes, folder_id, why) &&
	       db_run_one(db, forget_position, folder_id, why);
}

static bool find_folder(struct db *db, const struct mailbox_place *place,
			int64_t *ret_id, int64_t *ret_uidvalidity,
			struct fail *why)
{
	auto_query *query = db_query(db, select_folder, why);
	auto_query *insert = db_query(db, insert_folder, why);

	if (!query || !insert)
		return false;
	query_int(query, 1, place->mailbox_id);
	query_text(query, 2, place->folder);
	*ret_uidvalidity = 0;
	if (query_row(query, why)) {
		*ret_id = query_get_int(query, 0);
		*ret_uidvalidity = query_get_int(query, 1);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	query_int(insert, 1, place->mailbox_id);
	query_text(insert, 2, place->folder);
	if (!query_run(insert, why))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

bool mailbox_folder_at(struct db *db, const struct mailbox_place *place,
		       int64_t *ret_folder_id, struct fail *why)
{
	int64_t uidvalidity;
	int64_t id;

	if (place->uidvalidity < 1 || place->uidvalidity > UINT32_MAX)
		return fail(why, FAIL_INVALID, "no UIDVALIDITY: %lld",
			    (long long)place->uidvalidity);
	if (!place->folder || !*place->folder ||
	    strlen(place->folder) > FOLDER_NAME_MAX)
		return fail(why, FAIL_INVALID, "no name of a folder");
	if (!find_folder(db, place, &id, &uidvalidity, why))
		return false;
	if (uidvalidity != place->uidvalidity &&
	    !move_position(db, id, place->uidvalidity, why))
		return false;
	*ret_folder_id = id;
	return true;
}

static bool load_done(struct db *db, int64_t folder_id, struct uidset *ret_set,
		      struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, select_done, why);

	if (!query)
		return false;
	query_int(query, 1, folder_id);
	return query_one(query, why) &&
	       uidset_parse(query_get_text(query, 0, arena), ret_set, why);
}

bool mailbox_uid_done(struct db *db, int64_t folder_id, int64_t uid,
		      struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_uidset set = { 0 };
	auto_query *query = db_query(db, set_done, why);
	auto_query *strike = db_query(db, delete_strike, why);

	if (!query || !strike || !load_done(db, folder_id, &set, why) ||
	    !uidset_add(&set, uid, uid, why))
		return false;
	query_int(query, 1, folder_id);
	query_text(query, 2, uidset_print(&set, arena));
	query_int(strike, 1, folder_id);
	query_int(strike, 2, uid);
	return query_run(query, why) && query_run(strike, why);
}

static bool skip_one(struct db *db, const struct mailbox_place *place,
		     int64_t folder_id, const struct mailbox_skip *skip,
		     struct fail *why)
{
	auto_query *query = db_query(db, insert_skip, why);

	if (!query)
		return false;
	if (strcmp(skip->reason, "kept_out") != 0 &&
	    strcmp(skip->reason, "gone") != 0)
		return fail(why, FAIL_INVALID,
			    "a letter is left for 'kept_out' or 'gone'");
	query_int(query, 1, folder_id);
	query_int(query, 2, place->uidvalidity);
	query_int(query, 3, skip->uid);
	query_text(query, 4, skip->reason);
	query_int_or_null(query, 5, skip->internaldate);
	query_int_or_null(query, 6, skip->bytes);
	query_int(query, 7, moment_now());
	return query_run(query, why) &&
	       mailbox_uid_done(db, folder_id, skip->uid, why);
}

bool mailbox_skip_letters(struct db *db, const struct mailbox_place *place,
			  const struct mailbox_skip *skips, size_t count,
			  struct fail *why)
{
	int64_t folder_id;

	if (!mailbox_check_lease(db, place->mailbox_id, place->lease, why) ||
	    !mailbox_folder_at(db, place, &folder_id, why))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!skip_one(db, place, folder_id, &skips[i], why))
			return false;
	return true;
}

struct blow {
	int64_t folder_id;
	int64_t uidvalidity;
	int64_t more; /* 1: a strike; 0: due again */
};

static bool strike(struct db *db, const struct blow *blow,
		   struct mailbox_retry *retry, struct fail *why)
{
	auto_query *query = db_query(db, add_strike, why);

	if (!query)
		return false;
	query_int(query, 1, blow->folder_id);
	query_int(query, 2, blow->uidvalidity);
	query_int(query, 3, retry->uid);
	query_int(query, 4, blow->more);
	query_text(query, 5, retry->reason);
	query_int(query, 6, moment_now());
	query_int(query, 7, MAILBOX_STRIKES_MAX);
	if (!query_one(query, why))
		return false;
	retry->strikes = query_get_int(query, 0);
	retry->aside = query_get_int(query, 1) != 0;
	return query_run(query, why);
}

static bool audit_aside(struct db *db, const struct mailbox_place *place,
			const struct mailbox_retry *retry, struct fail *why)
{
	auto_tree *detail = tree_create();
	auto_text json = { 0 };

	tree_set_text(detail, "folder", place->folder);
	tree_set_int(detail, "uidvalidity", place->uidvalidity);
	tree_set_int(detail, "uid", retry->uid);
	tree_set_text(detail, "reason", retry->reason);
	tree_print(detail, &json);
	return audit_add(db,
			 &(struct audit_event){
				 .actor_name = "gateway",
				 .action = "letter.aside",
				 .object_type = "mailbox",
				 .object_id = place->mailbox_id,
				 .detail_json = text_string(&json),
			 },
			 why);
}

bool mailbox_strike(struct db *db, const struct mailbox_place *place,
		    struct mailbox_retry *retry, struct fail *why)
{
	struct blow blow = { 0, place->uidvalidity, 1 };

	if (!mailbox_check_lease(db, place->mailbox_id, place->lease, why) ||
	    !mailbox_folder_at(db, place, &blow.folder_id, why))
		return false;
	if (retry->uid < 1 || retry->uid > UINT32_MAX || !retry->reason ||
	    strlen(retry->reason) > REASON_MAX)
		return fail(why, FAIL_INVALID,
			    "a strike has a UID and a "
			    "reason");
	return strike(db, &blow, retry, why) &&
	       (!retry->aside || retry->strikes != MAILBOX_STRIKES_MAX ||
		audit_aside(db, place, retry, why));
}

/* The gateway looks at what is due again besides what is new. */
static bool make_due(struct db *db, const struct blow *blow,
		     const struct uidset *missing, struct fail *why)
{
	int64_t left = MISSING_MAX;

	for (size_t i = 0; i < missing->count; i++) {
		const struct uid_range *range = &missing->ranges[i];

		for (int64_t uid = range->first;
		     uid <= range->last && left > 0; uid++, left--) {
			struct mailbox_retry retry = { .uid = uid,
						       .reason = "missing" };
			if (!strike(db, blow, &retry, why))
				return false;
		}
	}
	return true;
}

static bool store_reconciled(struct db *db, int64_t folder_id,
			     const struct mailbox_folder *found,
			     struct fail *why)
{
	auto_query *query = db_query(db, set_reconciled, why);

	if (!query)
		return false;
	query_int(query, 1, folder_id);
	query_text(query, 2, found->missing_here);
	query_text(query, 3, found->gone_there);
	query_int(query, 4, found->reconciled_at);
	return query_run(query, why);
}

bool mailbox_reconcile(struct db *db, const struct mailbox_place *place,
		       struct arena *arena, struct mailbox_folder *ret_folder,
		       struct fail *why)
{
	auto_uidset server = { 0 };
	auto_uidset done = { 0 };
	auto_uidset known = { 0 };
	auto_uidset missing = { 0 };
	auto_uidset gone = { 0 };
	struct mailbox_folder found = { .name = place->folder,
					.uidvalidity = place->uidvalidity };
	struct blow blow = { 0, place->uidvalidity, 0 };
	auto_query *aside = db_query(db, select_aside, why);

	if (!aside ||
	    !mailbox_check_lease(db, place->mailbox_id, place->lease, why) ||
	    !mailbox_folder_at(db, place, &blow.folder_id, why) ||
	    !uidset_parse(place->uids, &server, why) ||
	    !load_done(db, blow.folder_id, &done, why) ||
	    !load_done(db, blow.folder_id, &known, why) ||
	    !collect_uids(aside, blow.folder_id, place->uidvalidity, &known,
			  why))
		return false;
	/* What is done or set aside is not missing. */
	if (!uidset_without(&server, &known, &missing, why) ||
	    !uidset_without(&done, &server, &gone, why))
		return false;
	found.id = blow.folder_id;
	found.missing_here = uidset_print(&missing, arena);
	found.gone_there = uidset_print(&gone, arena);
	found.reconciled_at = moment_now();
	if (!store_reconciled(db, found.id, &found, why) ||
	    !make_due(db, &blow, &missing, why))
		return false;
	*ret_folder = found;
	return true;
}
