/*
 * Flow: how an incoming document goes from the clerk to its answer: submit,
 * instruct, route, handle, complete; who may do what next.
 *
 * Every change names the version the person saw and bumps it. What others see
 * of it is in instruction.h, assignment.h, extension.h.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;
struct verify_report;

enum {
	FLOW_UNDO_SECONDS = 30,
	FLOW_SOON_DAYS = 2, /* working days: due soon */
	FLOW_TEXT_MAX = 8000
};

/* What a person may do now; bits 1u << FLOW_MAY_SUBMIT | … */
enum flow_may {
	FLOW_MAY_SUBMIT,
	FLOW_MAY_INSTRUCT,
	FLOW_MAY_ASSIGN,
	FLOW_MAY_START,
	FLOW_MAY_COMMENT,
	FLOW_MAY_DRAFT,
	FLOW_MAY_COMPLETE,
	FLOW_MAY_RETURN,
	FLOW_MAY_EXTEND,
	FLOW_MAY_DECIDE_EXTENSION,
	FLOW_MAY_RECALL,
	FLOW_MAY_REMIND,
	FLOW_MAY_PAUSE,
	FLOW_MAY_RESUME,
	FLOW_MAY_RECALLED,
	FLOW_MAY_REPLY,
	FLOW_MAY_COUNT
};
const char *flow_may_name(enum flow_may may); /* "decide_extension" */

/* Absent: 0 and NULL. */
struct flow {
	int64_t submitted_to, submitted_at;
	const char *submitted_to_name, *submitted_by_name, *submit_note;
	const char *due_day, *original_due_day;
	const char *return_reason;
	const char *paused_from;
	int64_t done_at;
	const char *done_day, *done_by_name, *result;
};

struct remark {
	int64_t id, author_id, at;
	const char *author_name, *text;
};

struct remark_list {
	const struct remark *remarks;
	size_t count;
};

struct flow_change {
	struct actor actor;
	int64_t entry_id;
	int64_t version;	    /* as seen */
	int64_t now;		    /* seconds; 0: the clock */
	const char *key;	    /* idempotency; NULL: none */
	const char *request_digest; /* of the request, with the key */
};

/* All empty when nothing happened yet. */
bool flow_load(struct db *db, int64_t entry_id, struct arena *arena,
	       struct flow *ret_flow, struct fail *why);
bool flow_list_remarks(struct db *db, int64_t entry_id, struct arena *arena,
		       struct remark_list *ret_list, struct fail *why);
bool flow_find_may(struct db *db, int64_t entry_id, const struct actor *actor,
		   int64_t now, unsigned *ret_may, struct fail *why);
/* Still to be finished: what has a deadline can miss it. */
bool flow_is_open(const char *status);
/* Past its deadline and not finished; a mark, not a status. */
bool flow_is_overdue(const char *status, const char *due_day,
		     const char *today);
/* Finished on or before the lead's deadline; not without one. */
bool flow_is_on_time(const char *status, const struct flow *flow);

/* Trình. FAIL_INVALID "flow.leader" when `to` is none. */
bool flow_submit(struct db *db, const struct flow_change *change, int64_t to,
		 const char *note, struct fail *why);
/* Tạm dừng, and on. */
bool flow_pause(struct db *db, const struct flow_change *change,
		const char *reason, struct fail *why);
bool flow_resume(struct db *db, const struct flow_change *change,
		 struct fail *why);
/* The issuer took it back: files locked, history kept. */
bool flow_recalled(struct db *db, const struct flow_change *change,
		   const char *reason, struct fail *why);
bool flow_remark(struct db *db, const struct flow_change *change,
		 const char *text, struct fail *why);
/* Back to the clerk by the leader to whom it was submitted. */
bool flow_refuse(struct db *db, const struct flow_change *change,
		 const char *reason, struct fail *why);

/* An outgoing entry answers an incoming one: closes its deadline. */
bool flow_answer(struct db *db, int64_t entry_id, int64_t reply_id,
		 const struct actor *actor, int64_t now, struct fail *why);
/* The answer is no more (undone, void): those it closed are open again. */
bool flow_reopen(struct db *db, int64_t reply_id, const struct actor *actor,
		 struct fail *why);

/* One who leads, days that agree, rights confirmed by another. */
bool flow_verify(struct db *db, struct verify_report *report,
		 struct fail *why);
