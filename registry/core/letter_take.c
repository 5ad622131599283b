#include "base/fault.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/file.h"
#include "core/job.h"
#include "core/letter.h"
#include "core/letter_row.h"
#include "core/mailbox.h"
#include "store/query.h"
#include <string.h>

static const char select_line[] =
	"SELECT outcome, ledger.letter_id, letter.file_id"
	"  FROM ledger LEFT JOIN letter ON letter.id = ledger.letter_id"
	" WHERE folder_id = ?1 AND uidvalidity = ?2 AND uid = ?3";
static const char select_conflict[] =
	"SELECT letter_id FROM conflict JOIN letter"
	"    ON letter.id = conflict.letter_id"
	" WHERE folder_id = ?1 AND uidvalidity = ?2 AND uid = ?3"
	"   AND file_id = ?4";
/* Below zero is a place that is read no more (schema/011). */
static const char select_older[] =
	"SELECT ledger.uidvalidity, ledger.uid, ledger.letter_id"
	"  FROM letter JOIN ledger ON ledger.letter_id = letter.id"
	" WHERE letter.file_id = ?1 AND letter.mailbox_id = ?5"
	"   AND ((ledger.folder_id = ?2 AND ledger.uidvalidity <> ?3)"
	"        OR ledger.uidvalidity < 0)"
	"   AND letter.received_at = ?4"
	" ORDER BY ledger.folder_id <> ?2, ledger.uidvalidity, ledger.uid"
	" LIMIT 1";
static const char move_line[] =
	"UPDATE ledger SET folder_id = ?5, uidvalidity = ?2, uid = ?3, at = ?4"
	" WHERE letter_id = ?1";
static const char insert_letter[] =
	"INSERT INTO letter (mailbox_id, file_id, received_at, taken_at,"
	" group_id, leads, state, reason) VALUES (?1, ?2, ?3, ?4, ?2,"
	" NOT EXISTS (SELECT 1 FROM letter WHERE group_id = ?2), ?5, ?6)";
static const char upsert_line[] =
	"INSERT INTO ledger (folder_id, uidvalidity, uid, outcome, letter_id,"
	" internaldate, bytes, at) VALUES (?1, ?2, ?3, 'stored', ?4, ?5, ?6,"
	" ?7) ON CONFLICT DO UPDATE SET outcome = 'stored',"
	"  letter_id = excluded.letter_id, internaldate ="
	"  excluded.internaldate, bytes = excluded.bytes, at = excluded.at";
static const char insert_conflict[] =
	"INSERT INTO conflict (folder_id, uidvalidity, uid, letter_id, at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";
static const char select_same[] =
	"SELECT 1 FROM letter WHERE file_id = ?1 AND id <> ?2"
	" UNION ALL SELECT 1 FROM reading WHERE file_id = ?1 LIMIT 1";
static const char add_letter[] =
	"UPDATE mailbox SET letters = letters + 1 WHERE id = ?1";

struct taking { /* one letter on its way in */
	const struct letter_put *put;
	int64_t folder_id;
	int64_t file_id;
	enum letter_taken taken;
	int64_t letter_id;
	bool line_stored;	/* the ledger has a letter under this UID */
	int64_t stored_file_id; /* its content */
};

static bool check_put(const struct letter_put *put, struct fail *why)
{
	if (put->uid < 1 || put->uid > UINT32_MAX)
		return fail(why, FAIL_INVALID, "no UID: %lld",
			    (long long)put->uid);
	if (put->internaldate < 0 || put->bytes < 0)
		return fail(why, FAIL_INVALID,
			    "a letter has a size and a date");
	return true;
}

static void bind_place(struct query *query, const struct taking *taking)
{
	query_int(query, 1, taking->folder_id);
	query_int(query, 2, taking->put->uidvalidity);
	query_int(query, 3, taking->put->uid);
}

static bool find_line(struct db *db, struct taking *taking, struct fail *why)
{
	auto_query *query = db_query(db, select_line, why);

	if (!query)
		return false;
	bind_place(query, taking);
	if (query_row(query, why) && !query_is_null(query, 1)) {
		taking->line_stored = true;
		taking->letter_id = query_get_int(query, 1);
		taking->stored_file_id = query_get_int(query, 2);
	}
	return why->kind == FAIL_NONE;
}

static bool find_conflict(struct db *db, struct taking *taking,
			  bool *ret_found, struct fail *why)
{
	auto_query *query = db_query(db, select_conflict, why);

	if (!query)
		return false;
	bind_place(query, taking);
	query_int(query, 4, taking->file_id);
	*ret_found = query_row(query, why);
	if (*ret_found)
		taking->letter_id = query_get_int(query, 0);
	return *ret_found || why->kind == FAIL_NONE;
}

static bool find_older(struct db *db, struct taking *taking, bool *ret_found,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_older, why);

	if (!query)
		return false;
	query_int(query, 1, taking->file_id);
	query_int(query, 2, taking->folder_id);
	query_int(query, 3, taking->put->uidvalidity);
	query_int(query, 4, taking->put->internaldate);
	query_int(query, 5, taking->put->mailbox_id);
	*ret_found = query_row(query, why);
	if (*ret_found)
		taking->letter_id = query_get_int(query, 2);
	return *ret_found || why->kind == FAIL_NONE;
}

static bool move(struct db *db, const struct taking *taking, struct fail *why)
{
	auto_query *query = db_query(db, move_line, why);

	if (!query)
		return false;
	query_int(query, 1, taking->letter_id);
	query_int(query, 2, taking->put->uidvalidity);
	query_int(query, 3, taking->put->uid);
	query_int(query, 4, moment_now());
	query_int(query, 5, taking->folder_id);
	return query_run(query, why);
}

static bool write_letter(struct db *db, struct taking *taking,
			 struct fail *why)
{
	bool conflict = taking->taken == LETTER_CONFLICT;
	auto_query *query = db_query(db, insert_letter, why);
	auto_query *count = db_query(db, add_letter, why);

	if (!query || !count)
		return false;
	query_int(query, 1, taking->put->mailbox_id);
	query_int(query, 2, taking->file_id);
	query_int(query, 3, taking->put->internaldate);
	query_int(query, 4, moment_now());
	query_text(query, 5, conflict ? "quarantine" : "todo");
	query_text(query, 6,
		   conflict ? "the server used one UID for two letters" : NULL);
	query_int(count, 1, taking->put->mailbox_id);
	if (!query_run(query, why))
		return false;
	taking->letter_id = db_last_id(db);
	return query_run(count, why);
}

static bool write_line(struct db *db, const struct taking *taking,
		       struct fail *why)
{
	bool conflict = taking->taken == LETTER_CONFLICT;
	auto_query *query = db_query(
		db, conflict ? insert_conflict : upsert_line, why);

	if (!query)
		return false;
	bind_place(query, taking);
	query_int(query, 4, taking->letter_id);
	if (conflict) {
		query_int(query, 5, moment_now());
	} else {
		query_int(query, 5, taking->put->internaldate);
		query_int(query, 6, taking->put->bytes);
		query_int(query, 7, moment_now());
	}
	return query_run(query, why);
}

static bool audit_taken(struct db *db, const struct taking *taking,
			struct fail *why)
{
	static const char *const actions[] = {
		[LETTER_NEW] = "letter.take",
		[LETTER_MOVED] = "letter.move",
		[LETTER_CONFLICT] = "letter.conflict",
	};
	const struct letter_put *put = taking->put;
	char hex[DIGEST_HEX_SIZE];
	auto_text json = { 0 };

	digest_print(&put->digest, hex);
	text_addf(&json, "{\"mailbox\":%lld,\"folder\":",
		  (long long)put->mailbox_id);
	json_text_string(&json, put->folder);
	text_addf(&json,
		  ",\"uidvalidity\":%lld,\"uid\":%lld,\"sha256\":\"%s\"}",
		  (long long)put->uidvalidity, (long long)put->uid, hex);
	return audit_add(db,
			 &(struct audit_event){
				 .actor_name = "gateway",
				 .action = actions[taking->taken],
				 .object_type = "letter",
				 .object_id = taking->letter_id,
				 .detail_json = text_string(&json),
			 },
			 why);
}

/* What this put is, seen from what is there. */
static bool judge(struct db *db, struct taking *taking, struct fail *why)
{
	bool found = false;

	if (!find_line(db, taking, why))
		return false;
	if (taking->line_stored) {
		taking->taken = LETTER_KNOWN;
		if (taking->stored_file_id == taking->file_id)
			return true;
		if (!find_conflict(db, taking, &found, why))
			return false;
		if (!found)
			taking->taken = LETTER_CONFLICT;
		return true;
	}
	if (!find_older(db, taking, &found, why))
		return false;
	taking->taken = found ? LETTER_MOVED : LETTER_NEW;
	return true;
}

/* Most contents come once: then there is nothing to bring together. */
static bool bring_together(struct db *db, const struct taking *taking,
			   struct fail *why)
{
	auto_query *query = db_query(db, select_same, why);

	if (!query)
		return false;
	query_int(query, 1, taking->file_id);
	query_int(query, 2, taking->letter_id);
	if (query_row(query, why))
		return letter_regroup(db, taking->file_id, why);
	return why->kind == FAIL_NONE;
}

static bool store(struct db *db, struct taking *taking, struct fail *why)
{
	if (taking->taken == LETTER_KNOWN)
		return true;
	if (taking->taken == LETTER_MOVED)
		return move(db, taking, why) && audit_taken(db, taking, why);
	return write_letter(db, taking, why) && write_line(db, taking, why) &&
	       job_add(db, "read_letter", taking->file_id, 0, why) &&
	       bring_together(db, taking, why) &&
	       audit_taken(db, taking, why);
}

bool letter_take(struct db *db, const struct letter_put *put,
		 enum letter_taken *ret_taken, int64_t *ret_id,
		 struct fail *why)
{
	struct taking taking = { .put = put };
	const struct mailbox_place place = {
		.mailbox_id = put->mailbox_id,
		.lease = put->lease,
		.folder = put->folder,
		.uidvalidity = put->uidvalidity,
	};

	if (!check_put(put, why) ||
	    !mailbox_check_lease(db, put->mailbox_id, put->lease, why) ||
	    !mailbox_folder_at(db, &place, &taking.folder_id, why) ||
	    !file_add(db, &put->digest, put->bytes, &taking.file_id, why) ||
	    !judge(db, &taking, why) || !store(db, &taking, why) ||
	    !mailbox_uid_done(db, taking.folder_id, put->uid, why))
		return false;
	*ret_taken = taking.taken;
	*ret_id = taking.letter_id;
	return true;
}
