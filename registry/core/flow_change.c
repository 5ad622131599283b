/*
 * Changes of a document's handling that are not an instruction's or an
 * assignment's: submit, refuse, pause, remark, recalled, answered.
 */
#include "base/tree.h"
#include "core/entry_list.h"
#include "core/entry_row.h"
#include "core/flow_step.h"
#include "core/notification.h"
#include "core/reason.h"
#include "core/sight.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

static const char select_leader[] =
	"SELECT u.name FROM user_account u JOIN user_role r"
	"    ON r.user_id = u.id AND r.role = 'leader'"
	" WHERE u.id = ?1 AND u.organisation_id = ?2 AND u.state = 'active'";

static const char update_submitted[] =
	"UPDATE flow SET submitted_to = ?2, submitted_by = ?3,"
	"       submitted_at = ?4, submit_note = ?5, return_reason = NULL,"
	"       returned_at = NULL"
	" WHERE entry_id = ?1";

static const char update_submit_to[] =
	"UPDATE entry SET submit_to = ?2 WHERE id = ?1";

static const char update_refused[] =
	"UPDATE flow SET return_reason = ?2, returned_at = submitted_at,"
	"       submitted_to = NULL, submitted_at = NULL WHERE entry_id = ?1";

/* clang-format off */
static const char select_submitted[] =
	"SELECT count(*) FROM flow WHERE entry_id = ?1"
	"   AND submitted_to IN " SIGHT_PEOPLE("?2", "?3");
/* clang-format on */

static const char update_paused[] =
	"UPDATE flow SET paused_from = ?2 WHERE entry_id = ?1";
static const char update_resumed[] =
	"UPDATE flow SET paused_from = NULL WHERE entry_id = ?1";

static const char insert_remark[] =
	"INSERT INTO remark (entry_id, author_id, text, at)"
	" VALUES (?1, ?2, ?3, ?4)";

static const char select_open[] =
	"SELECT version FROM entry WHERE id = ?1 AND direction = 'in'"
	"   AND state = 'valid' AND status IN ('registered', 'submitted',"
	"       'routed', 'working', 'paused')";

static const char update_all_done[] =
	"UPDATE assignment SET state = 'done', done_at = ?2, done_day = ?3,"
	"       done_by = ?4"
	" WHERE entry_id = ?1 AND state IN ('sent', 'working')"
	"   AND (role = 'lead' AND parent_id IS NULL OR parent_id IN ("
	"     SELECT id FROM assignment WHERE entry_id = ?1"
	"        AND role = 'lead' AND parent_id IS NULL))";

static const char update_flow_done[] =
	"UPDATE flow SET done_at = ?2, done_day = ?3, done_by = ?4,"
	"       result = ?5, reply_id = ?6 WHERE entry_id = ?1";

static const char select_replied[] =
	"SELECT entry_id FROM flow WHERE reply_id = ?1";

static const char update_undone[] =
	"UPDATE assignment SET state = 'working', done_at = NULL,"
	"       done_day = NULL, done_by = NULL"
	" WHERE entry_id = ?1 AND state = 'done' AND done_at = ("
	"   SELECT done_at FROM flow WHERE entry_id = ?1)";

static const char update_flow_undone[] =
	"UPDATE flow SET done_at = NULL, done_day = NULL, done_by = NULL,"
	"       result = '', reply_id = NULL WHERE entry_id = ?1";

static const char update_status_undone[] =
	"UPDATE entry SET version = version + 1, status = CASE WHEN EXISTS ("
	"   SELECT 1 FROM assignment a WHERE a.entry_id = ?1"
	"      AND a.state IN ('sent', 'working')) THEN 'working'"
	"   ELSE 'registered' END WHERE id = ?1 AND status = 'done'";

static bool find_leader(struct flow_step *step, int64_t id,
			const char **ret_name, struct fail *why)
{
	auto_query *query = db_query(step->db, select_leader, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, step->entry.organisation_id);
	if (query_row(query, why)) {
		*ret_name = query_get_text(query, 0, step->arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	fail(why, FAIL_INVALID, "'to' is no leader");
	return fail_code(why, "flow.leader", "Chọn lãnh đạo để trình.");
}

static bool set_submitted(struct flow_step *step, int64_t to, const char *note,
			  struct fail *why)
{
	auto_query *query = db_query(step->db, update_submitted, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, to);
	query_int(query, 3, step->change->actor.id);
	query_int(query, 4, step->now);
	query_text(query, 5, note);
	if (!query_run(query, why))
		return false;
	auto_query *entry = db_query(step->db, update_submit_to, why);
	if (!entry)
		return false;
	query_int(entry, 1, step->entry.id);
	query_int(entry, 2, to);
	return query_run(entry, why);
}

static bool submit(struct flow_step *step, int64_t to, const char *text,
		   struct fail *why)
{
	const char *name = NULL;
	const char *note = viet_normal(text ? text : "", step->arena);
	auto_tree *detail = tree_create();
	const struct notification_news news = {
		.kind = "submitted",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.text = note,
		.now = step->now,
	};
	if (!flow_step_need(step, " registered submitted ", why) ||
	    !find_leader(step, to, &name, why) || !flow_step_touch(step, why) ||
	    !set_submitted(step, to, note, why) ||
	    !notification_add(step->db, &news, to, why))
		return false;
	tree_set_text(detail, "to", name);
	tree_set_text(detail, "note", note);
	return flow_step_end(step, "flow.submit", detail, "submitted", why);
}

bool flow_submit(struct db *db, const struct flow_change *change, int64_t to,
		 const char *note, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || submit(&step, to, note, why)) &&
	       transaction_commit(transaction, why);
}

static bool need_submitted(struct flow_step *step, struct fail *why)
{
	auto_query *query = db_query(step->db, select_submitted, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, step->change->actor.id);
	query_text(query, 3, step->today);
	if (!query_one(query, why))
		return false;
	return query_get_int(query, 0) == 1 ||
	       flow_denied(why, "it was submitted to somebody else");
}

static bool refuse(struct flow_step *step, const char *text, struct fail *why)
{
	const char *reason = NULL;
	auto_tree *detail = tree_create();
	struct notification_news news = {
		.kind = "returned",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.now = step->now,
	};
	if (!reason_check(text, step->arena, &reason, why) ||
	    !flow_step_need(step, " submitted ", why) ||
	    !need_submitted(step, why) ||
	    !flow_step_run(step->db, update_refused, step->entry.id, reason,
			   why))
		return false;
	news.text = reason;
	tree_set_text(detail, "to", "clerk");
	tree_set_text(detail, "reason", reason);
	return notification_add_role(step->db, &news, ROLE_CLERK, why) &&
	       flow_step_end(step, "flow.return", detail, "registered", why);
}

bool flow_refuse(struct db *db, const struct flow_change *change,
		 const char *reason, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || refuse(&step, reason, why)) &&
	       transaction_commit(transaction, why);
}

/* A status that is set aside or back, with the reason and event for it. */
static bool set_aside(struct flow_step *step, const char *text,
		      const char *status, struct fail *why)
{
	const char *reason = NULL;
	bool pause = strcmp(status, "paused") == 0;
	auto_tree *detail = tree_create();
	if (!reason_check(text, step->arena, &reason, why) ||
	    !flow_step_need(step,
			    pause ? " registered submitted routed working "
				  : " registered submitted routed working"
				    " paused information done ",
			    why) ||
	    !flow_step_touch(step, why) ||
	    (pause && !flow_step_run(step->db, update_paused, step->entry.id,
				     step->entry.status, why)))
		return false;
	tree_set_text(detail, "reason", reason);
	return flow_step_end(step, pause ? "flow.pause" : "flow.recalled",
			     detail, status, why);
}

bool flow_pause(struct db *db, const struct flow_change *change,
		const char *reason, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || set_aside(&step, reason, "paused", why)) &&
	       transaction_commit(transaction, why);
}

bool flow_recalled(struct db *db, const struct flow_change *change,
		   const char *reason, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated ||
		set_aside(&step, reason, "recalled", why)) &&
	       transaction_commit(transaction, why);
}

static bool resume(struct flow_step *step, struct fail *why)
{
	const char *before = step->flow.paused_from;
	return flow_step_need(step, " paused ", why) &&
	       flow_step_run(step->db, update_resumed, step->entry.id, NULL,
			     why) &&
	       flow_step_end(step, "flow.resume", NULL,
			     before ? before : "registered", why);
}

bool flow_resume(struct db *db, const struct flow_change *change,
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || resume(&step, why)) &&
	       transaction_commit(transaction, why);
}

static bool remark(struct flow_step *step, const char *raw, struct fail *why)
{
	const char *text = viet_normal(raw, step->arena);
	auto_tree *detail = tree_create();
	auto_query *query = db_query(step->db, insert_remark, why);
	if (!query)
		return false;
	if (!*viet_fold(text, step->arena) || strlen(text) > FLOW_TEXT_MAX)
		return fail(why, FAIL_INVALID, "an opinion says something");
	query_int(query, 1, step->entry.id);
	query_int(query, 2, step->change->actor.id);
	query_text(query, 3, text);
	query_int(query, 4, step->now);
	tree_set_text(detail, "text", text);
	return query_run(query, why) &&
	       flow_step_end(step, "flow.comment", detail, NULL, why);
}

bool flow_remark(struct db *db, const struct flow_change *change,
		 const char *text, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || remark(&step, text, why)) &&
	       transaction_commit(transaction, why);
}

static bool set_all_done(struct flow_step *step, int64_t reply_id,
			 const char *symbol, struct fail *why)
{
	int64_t ids[] = { step->entry.id, step->now };
	const char *const sqls[] = { update_all_done, update_flow_done };
	for (size_t i = 0; i < 2; i++) {
		auto_query *query = db_query(step->db, sqls[i], why);
		if (!query)
			return false;
		query_int(query, 1, ids[0]);
		query_int(query, 2, ids[1]);
		query_text(query, 3, step->today);
		query_int(query, 4, step->change->actor.id);
		if (i == 1) {
			query_text(query, 5, symbol);
			query_int(query, 6, reply_id);
		}
		if (!query_run(query, why))
			return false;
	}
	return true;
}

/* The version that an open incoming entry has; 0: it is not open. */
static bool find_version(struct db *db, int64_t entry_id, int64_t *ret_version,
			 struct fail *why)
{
	auto_query *query = db_query(db, select_open, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	*ret_version = 0;
	if (query_row(query, why))
		*ret_version = query_get_int(query, 0);
	return why->kind == FAIL_NONE;
}

bool flow_answer(struct db *db, int64_t entry_id, int64_t reply_id,
		 const struct actor *actor, int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	struct flow_change change = {
		.actor = *actor,
		.entry_id = entry_id,
		.now = now,
	};
	struct flow_step step = { .db = db, .arena = arena, .change = &change };
	struct entry reply;
	if (!find_version(db, entry_id, &change.version, why))
		return false;
	if (!change.version)
		return true;
	if (!entry_load(db, reply_id, arena, &reply, why))
		return false;
	if (reply.direction != DIRECTION_OUT)
		return true;
	if (!flow_step_begin(&step, why) || !flow_step_touch(&step, why) ||
	    !set_all_done(&step, reply_id, reply.fields.symbol, why))
		return false;
	tree_set_int(detail, "reply", reply_id);
	tree_set_text(detail, "symbol", reply.fields.symbol);
	tree_set_text(detail, "due_day", step.flow.due_day);
	return flow_step_end(&step, "flow.answer", detail, "done", why);
}

static bool reopen(struct db *db, int64_t entry_id, int64_t reply_id,
		   const struct actor *actor, struct fail *why)
{
	auto_tree *detail = tree_create();
	const struct entry_event event = {
		.actor = actor,
		.action = "flow.reopen",
		.id = entry_id,
		.detail = detail,
	};
	tree_set_int(detail, "reply", reply_id);
	return flow_step_run(db, update_undone, entry_id, NULL, why) &&
	       flow_step_run(db, update_flow_undone, entry_id, NULL, why) &&
	       flow_step_run(db, update_status_undone, entry_id, NULL, why) &&
	       entry_note(db, &event, why);
}

bool flow_reopen(struct db *db, int64_t reply_id, const struct actor *actor,
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t *ids = NULL;
	size_t count = 0;
	{
		auto_query *query = db_query(db, select_replied, why);
		if (!query)
			return false;
		query_int(query, 1, reply_id);
		if (!query_list_ids(query, arena, &ids, &count, why))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!reopen(db, ids[i], reply_id, actor, why))
			return false;
	return true;
}
