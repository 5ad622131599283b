#include "base/moment.h"
#include "core/audit.h"
#include "core/mailbox.h"
#include "store/query.h"
#include <string.h>

/* Three refused logins in a row block a mailbox until its password changes:
 * trying on would lock the account on its server. */
static const char set_health[] =
	"UPDATE mailbox SET tried_at = ?2, code = ?3, detail = ?4,"
	" ok_at = CASE WHEN ?5 = 'error' THEN ok_at ELSE ?2 END,"
	" failures = CASE WHEN ?5 = 'error' THEN failures + 1 ELSE 0 END,"
	" refusals = CASE WHEN ?6 THEN refusals + 1"
	"                 WHEN ?5 = 'error' THEN refusals ELSE 0 END,"
	" state = CASE WHEN ?6 AND refusals + 1 >= ?7 THEN 'blocked'"
	"              ELSE ?5 END,"
	" lease_token = CASE WHEN ?8 THEN NULL ELSE lease_token END,"
	" lease_holder = CASE WHEN ?8 THEN NULL ELSE lease_holder END,"
	" lease_until = CASE WHEN ?8 THEN NULL ELSE lease_until END"
	" WHERE id = ?1 RETURNING state, refusals";
static const char set_folder[] =
	"UPDATE folder SET uidnext = ?2, messages = ?3 WHERE id = ?1";

enum {
	CODE_MAX = 100,
	DETAIL_MAX = 2000
};

static bool check_report(const struct mailbox_report *report, struct fail *why)
{
	const char *state = report->state;

	if (!state || (strcmp(state, "ok") != 0 && strcmp(state, "slow") != 0 &&
		       strcmp(state, "error") != 0))
		return fail(why, FAIL_INVALID,
			    "a mailbox is 'ok', 'slow' or 'error'");
	if (report->code && strlen(report->code) > CODE_MAX)
		return fail(why, FAIL_INVALID, "the code is too long");
	if (report->detail && strlen(report->detail) > DETAIL_MAX)
		return fail(why, FAIL_INVALID, "the detail is too long");
	return true;
}

static bool report_folder(struct db *db, const struct mailbox_report *report,
			  const struct mailbox_folder *folder,
			  struct fail *why)
{
	const struct mailbox_place place = {
		.mailbox_id = report->mailbox_id,
		.lease = report->lease,
		.folder = folder->name,
		.uidvalidity = folder->uidvalidity,
	};
	int64_t id;
	auto_query *query = db_query(db, set_folder, why);

	if (!query)
		return false;
	if (!folder->uidvalidity)
		return true;
	if (!mailbox_folder_at(db, &place, &id, why))
		return false;
	query_int(query, 1, id);
	query_int(query, 2, folder->uidnext);
	query_int(query, 3, folder->messages);
	return query_run(query, why);
}

static bool audit_blocked(struct db *db, int64_t id, struct fail *why)
{
	return audit_add(db,
			 &(struct audit_event){
				 .actor_name = "gateway",
				 .action = "mailbox.blocked",
				 .object_type = "mailbox",
				 .object_id = id,
			 },
			 why);
}

static bool report_health(struct db *db, const struct mailbox_report *report,
			  struct fail *why)
{
	auto_arena *arena = arena_create(0);
	bool refused = report->code &&
		       strcmp(report->code, "login.refused") == 0;
	const char *state;
	int64_t refusals;
	auto_query *query = db_query(db, set_health, why);

	if (!query)
		return false;
	query_int(query, 1, report->mailbox_id);
	query_int(query, 2, moment_now());
	query_text(query, 3, report->code);
	query_text(query, 4, report->detail);
	query_text(query, 5, report->state);
	query_int(query, 6, refused);
	query_int(query, 7, MAILBOX_REFUSALS_MAX);
	query_int(query, 8, report->release);
	if (!query_one(query, why))
		return false;
	state = query_get_text(query, 0, arena);
	refusals = query_get_int(query, 1);
	if (!query_run(query, why))
		return false;
	return strcmp(state, "blocked") != 0 ||
	       refusals != MAILBOX_REFUSALS_MAX ||
	       audit_blocked(db, report->mailbox_id, why);
}

bool mailbox_report(struct db *db, const struct mailbox_report *report,
		    struct fail *why)
{
	if (!check_report(report, why) ||
	    !mailbox_check_lease(db, report->mailbox_id, report->lease, why))
		return false;
	for (size_t i = 0; i < report->folder_count; i++)
		if (!report_folder(db, report, &report->folders[i], why))
			return false;
	return report_health(db, report, why);
}
