#include "core/flow_step.h"
#include "core/entry_list.h"
#include "core/entry_row.h"
#include "store/db.h"
#include "store/query.h"
#include <string.h>

static const char select_answered[] =
	"SELECT request_digest FROM idempotency"
	" WHERE user_id = ?1 AND key = ?2";

static const char insert_answered[] =
	"INSERT INTO idempotency"
	"       (user_id, key, request_digest, entry_id, created_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";

static const char update_entry[] =
	"UPDATE entry SET version = version + 1, status = coalesce(?3, status)"
	" WHERE id = ?1 AND version = ?2";

static const char insert_flow[] =
	"INSERT INTO flow (entry_id) VALUES (?1) ON CONFLICT DO NOTHING";

static bool changed(struct fail *why)
{
	fail(why, FAIL_CONFLICT, "the entry was changed meanwhile");
	return fail_code(why, "entry.changed",
			 "Văn bản vừa được người khác sửa.");
}

static bool find_answered(struct flow_step *step, struct fail *why)
{
	const struct flow_change *change = step->change;
	const char *ours = change->request_digest;
	if (!change->key)
		return true;
	if (!*change->key || strlen(change->key) > ENTRY_KEY_MAX)
		return fail(why, FAIL_INVALID,
			    "an idempotency key has 1 to %d bytes",
			    ENTRY_KEY_MAX);
	auto_query *query = db_query(step->db, select_answered, why);
	if (!query)
		return false;
	query_int(query, 1, change->actor.id);
	query_text(query, 2, change->key);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	if (strcmp(query_get_text(query, 0, step->arena), ours ? ours : "") ==
	    0) {
		step->is_repeated = true;
		return true;
	}
	fail(why, FAIL_CONFLICT,
	     "this idempotency key was used for another request");
	return fail_code(why, "idempotency.reused",
			 "Yêu cầu này đã được dùng cho việc khác.");
}

/* The sentence that names who handles it would die with the step's arena;
 * those who answer people ask entry_may_open() themselves first. */
static bool may_open(struct flow_step *step, struct fail *why)
{
	if (entry_may_open(step->db, &step->entry, &step->change->actor,
			   step->arena, why))
		return true;
	return fail_code(why, why->code, "Văn bản này do đơn vị khác xử lý.");
}

bool flow_step_begin(struct flow_step *step, struct fail *why)
{
	const struct flow_change *change = step->change;
	step->now = change->now ? change->now : moment_now();
	day_print(moment_day(step->now), step->today);
	if (!entry_load(step->db, change->entry_id, step->arena, &step->entry,
			why) ||
	    !may_open(step, why) || !find_answered(step, why))
		return false;
	if (step->is_repeated)
		return true;
	if (step->entry.version != change->version)
		return changed(why);
	if (strcmp(step->entry.state, "valid") != 0) {
		fail(why, FAIL_CONFLICT, "the number is void");
		return fail_code(why, "entry.void", "Số này đã hủy.");
	}
	if (step->entry.direction != DIRECTION_IN) {
		fail(why, FAIL_CONFLICT, "an outgoing entry is not handled");
		return fail_code(why, "flow.state",
				 "Văn bản đi không chuyển xử lý.");
	}
	return flow_load(step->db, change->entry_id, step->arena, &step->flow,
			 why);
}

bool flow_step_need(const struct flow_step *step, const char *allowed,
		    struct fail *why)
{
	const char *status = step->entry.status;
	const char *at = strstr(allowed, status);
	if (at && at != allowed && at[-1] == ' ' && at[strlen(status)] == ' ')
		return true;
	fail(why, FAIL_CONFLICT, "not possible while the document is '%s'",
	     status);
	return fail_code(why, "flow.state",
			 "Văn bản đang ở trạng thái không làm được việc này.");
}

static bool remember(struct flow_step *step, struct fail *why)
{
	const struct flow_change *change = step->change;
	const char *digest = change->request_digest;
	if (!change->key)
		return true;
	auto_query *query = db_query(step->db, insert_answered, why);
	if (!query)
		return false;
	query_int(query, 1, change->actor.id);
	query_text(query, 2, change->key);
	query_text(query, 3, digest ? digest : "");
	query_int(query, 4, change->entry_id);
	query_int(query, 5, step->now);
	return query_run(query, why);
}

static bool bump(struct flow_step *step, const char *status, struct fail *why)
{
	auto_query *query = db_query(step->db, update_entry, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, step->entry.version);
	query_text(query, 3, status);
	if (!query_run(query, why))
		return false;
	return db_changes(step->db) == 1 || changed(why);
}

bool flow_step_end(struct flow_step *step, const char *action,
		   const struct tree *detail, const char *status,
		   struct fail *why)
{
	struct entry_event event = {
		.actor = &step->change->actor,
		.action = action,
		.id = step->entry.id,
		.detail = detail,
	};
	return bump(step, status, why) && entry_note(step->db, &event, why) &&
	       remember(step, why) &&
	       entry_load(step->db, step->entry.id, step->arena, &step->entry,
			  why);
}

bool flow_step_touch(struct flow_step *step, struct fail *why)
{
	return flow_step_run(step->db, insert_flow, step->entry.id, NULL, why);
}

bool flow_step_run(struct db *db, const char *sql, int64_t id,
		   const char *text, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (text)
		query_text(query, 2, text);
	return query_run(query, why);
}

bool flow_denied(struct fail *why, const char *what)
{
	fail(why, FAIL_DENIED, "%s", what);
	return fail_code(why, "flow.denied",
			 "Việc này do người khác làm, không phải bạn.");
}
