#include "core/flow.h"
#include "base/moment.h"
#include "core/assignment.h"
#include "core/sight.h"
#include "store/query.h"
#include <assert.h>
#include <string.h>

static const char select_flow[] =
	"SELECT f.submitted_to, f.submitted_at, t.name, b.name, f.submit_note,"
	"       f.due_day, f.original_due_day, f.return_reason, f.paused_from,"
	"       f.done_at, f.done_day, d.name, f.result"
	"  FROM flow f LEFT JOIN user_account t ON t.id = f.submitted_to"
	"  LEFT JOIN user_account b ON b.id = f.submitted_by"
	"  LEFT JOIN user_account d ON d.id = f.done_by"
	" WHERE f.entry_id = ?1";

static const char select_remarks[] =
	"SELECT m.id, m.author_id, m.at, u.name, m.text FROM remark m"
	"  JOIN user_account u ON u.id = m.author_id"
	" WHERE m.entry_id = ?1 ORDER BY m.id";

/* clang-format off */
static const char select_may[] =
	"SELECT e.status, e.direction = 'in' AND e.state = 'valid',"
	"       coalesce(f.submitted_to IN " SIGHT_PEOPLE("?2", "?4") ", 0),"
	"       EXISTS (SELECT 1 FROM assignment a WHERE a.entry_id = e.id"
	"          AND a.state IN ('sent', 'working')"
	"          AND a.unit_id IN " SIGHT_UNITS("?2", "?3", "?4") "),"
	"       EXISTS (SELECT 1 FROM extension x WHERE x.entry_id = e.id"
	"          AND x.state = 'asked'"
	"          AND x.asked_of IN " SIGHT_PEOPLE("?2", "?4") "),"
	"       EXISTS (SELECT 1 FROM instruction i WHERE i.entry_id = e.id"
	"          AND i.state = 'in_force' AND i.opened_at IS NULL"
	"          AND i.at >= ?5"
	"          AND (i.author_id IN " SIGHT_PEOPLE("?2", "?4")
	"            OR i.recorded_by = ?2))"
	"  FROM entry e LEFT JOIN flow f ON f.entry_id = e.id"
	" WHERE e.id = ?1";
/* clang-format on */

static const char *const may_names[FLOW_MAY_COUNT] = {
	[FLOW_MAY_SUBMIT] = "submit",
	[FLOW_MAY_INSTRUCT] = "instruct",
	[FLOW_MAY_ASSIGN] = "assign",
	[FLOW_MAY_START] = "start",
	[FLOW_MAY_COMMENT] = "comment",
	[FLOW_MAY_DRAFT] = "draft",
	[FLOW_MAY_COMPLETE] = "complete",
	[FLOW_MAY_RETURN] = "return",
	[FLOW_MAY_EXTEND] = "extend",
	[FLOW_MAY_DECIDE_EXTENSION] = "decide_extension",
	[FLOW_MAY_RECALL] = "recall",
	[FLOW_MAY_REMIND] = "remind",
	[FLOW_MAY_PAUSE] = "pause",
	[FLOW_MAY_RESUME] = "resume",
	[FLOW_MAY_RECALLED] = "recalled",
	[FLOW_MAY_REPLY] = "reply",
};

const char *flow_may_name(enum flow_may may)
{
	assert(may < FLOW_MAY_COUNT);
	return may_names[may];
}

bool flow_load(struct db *db, int64_t entry_id, struct arena *arena,
	       struct flow *ret_flow, struct fail *why)
{
	auto_query *query = db_query(db, select_flow, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	*ret_flow = (struct flow){ .submitted_to = 0 };
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	*ret_flow = (struct flow){
		.submitted_to = query_get_int(query, 0),
		.submitted_at = query_get_int(query, 1),
		.submitted_to_name = query_get_text(query, 2, arena),
		.submitted_by_name = query_get_text(query, 3, arena),
		.submit_note = query_get_text(query, 4, arena),
		.due_day = query_get_text(query, 5, arena),
		.original_due_day = query_get_text(query, 6, arena),
		.return_reason = query_get_text(query, 7, arena),
		.paused_from = query_get_text(query, 8, arena),
		.done_at = query_get_int(query, 9),
		.done_day = query_get_text(query, 10, arena),
		.done_by_name = query_get_text(query, 11, arena),
		.result = query_get_text(query, 12, arena),
	};
	return true;
}

bool flow_list_remarks(struct db *db, int64_t entry_id, struct arena *arena,
		       struct remark_list *ret_list, struct fail *why)
{
	struct remark *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_remarks, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct remark){
			.id = query_get_int(query, 0),
			.author_id = query_get_int(query, 1),
			.at = query_get_int(query, 2),
			.author_name = query_get_text(query, 3, arena),
			.text = query_get_text(query, 4, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct remark_list){ all, count };
	return true;
}

bool flow_is_open(const char *status)
{
	return strcmp(status, "routed") == 0 ||
	       strcmp(status, "working") == 0 ||
	       strcmp(status, "registered") == 0 ||
	       strcmp(status, "submitted") == 0;
}

bool flow_is_overdue(const char *status, const char *due_day, const char *today)
{
	return flow_is_open(status) && due_day && *due_day &&
	       strcmp(due_day, today) < 0;
}

bool flow_is_on_time(const char *status, const struct flow *flow)
{
	return strcmp(status, "done") == 0 && flow->due_day &&
	       flow->done_day && strcmp(flow->done_day, flow->due_day) <= 0;
}

/* What the status and the roles alone allow. */
static unsigned may_of_status(const char *status, unsigned roles)
{
	bool clerk = (roles & 1u << ROLE_CLERK) != 0;
	bool leader = (roles & 1u << ROLE_LEADER) != 0;
	bool registered = strcmp(status, "registered") == 0;
	bool waits = registered || strcmp(status, "submitted") == 0;
	bool runs = strcmp(status, "routed") == 0 ||
		    strcmp(status, "working") == 0;
	bool paused = strcmp(status, "paused") == 0;
	bool informs = strcmp(status, "information") == 0;
	unsigned may = 1u << FLOW_MAY_COMMENT;

	if (clerk && waits)
		may |= 1u << FLOW_MAY_SUBMIT;
	if ((clerk || leader) && (waits || runs || informs))
		may |= 1u << FLOW_MAY_INSTRUCT;
	if ((clerk || leader) && (waits || runs))
		may |= 1u << FLOW_MAY_PAUSE;
	if ((clerk || leader) && runs)
		may |= 1u << FLOW_MAY_REMIND;
	if ((clerk || leader) && paused)
		may |= 1u << FLOW_MAY_RESUME;
	if (clerk && strcmp(status, "recalled") != 0)
		may |= 1u << FLOW_MAY_RECALLED;
	if (clerk)
		may |= 1u << FLOW_MAY_REPLY;
	return may;
}

static unsigned may_of_mine(const struct assignment *mine, unsigned roles)
{
	bool head = (roles & 1u << ROLE_UNIT_HEAD) != 0;
	unsigned may = 1u << FLOW_MAY_COMPLETE | 1u << FLOW_MAY_DRAFT;

	if (!mine->id)
		return 0;
	if (strcmp(mine->state, "sent") == 0)
		may |= 1u << FLOW_MAY_START;
	if (!mine->unit_id || head)
		may |= 1u << FLOW_MAY_RETURN;
	if (mine->due_day && strcmp(mine->role, "lead") == 0)
		may |= 1u << FLOW_MAY_EXTEND;
	return may;
}

struct standing {
	const char *status;
	bool is_in, is_submitted, has_unit, decides, recalls;
};

static bool find_standing(struct db *db, int64_t entry_id,
			  const struct actor *actor, int64_t now,
			  struct arena *arena, struct standing *standing,
			  struct fail *why)
{
	char today[DAY_SIZE];
	auto_query *query = db_query(db, select_may, why);
	if (!query)
		return false;
	day_print(moment_day(now), today);
	query_int(query, 1, entry_id);
	query_int(query, 2, actor->id);
	query_int_or_null(query, 3, actor->unit_id);
	query_text(query, 4, today);
	query_int(query, 5, now - FLOW_UNDO_SECONDS);
	if (!query_one(query, why))
		return false;
	*standing = (struct standing){
		.status = query_get_text(query, 0, arena),
		.is_in = query_get_int(query, 1) == 1,
		.is_submitted = query_get_int(query, 2) == 1,
		.has_unit = query_get_int(query, 3) == 1,
		.decides = query_get_int(query, 4) == 1,
		.recalls = query_get_int(query, 5) == 1,
	};
	return true;
}

bool flow_find_may(struct db *db, int64_t entry_id, const struct actor *actor,
		   int64_t now, unsigned *ret_may, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const struct assignment_question question = {
		.actor = actor,
		.entry_id = entry_id,
		.now = now,
	};
	struct standing standing;
	struct assignment mine;
	unsigned may;
	if (!find_standing(db, entry_id, actor, now, arena, &standing, why) ||
	    !assignment_find_mine(db, &question, arena, &mine, why))
		return false;
	*ret_may = 0;
	if (!standing.is_in)
		return true;
	may = may_of_status(standing.status, actor->roles);
	if (strcmp(standing.status, "routed") == 0 ||
	    strcmp(standing.status, "working") == 0 ||
	    strcmp(standing.status, "information") == 0)
		may |= may_of_mine(&mine, actor->roles);
	if (mine.id && standing.has_unit &&
	    (actor->roles & 1u << ROLE_UNIT_HEAD))
		may |= 1u << FLOW_MAY_ASSIGN;
	if (standing.is_submitted && strcmp(standing.status, "submitted") == 0)
		may |= 1u << FLOW_MAY_RETURN;
	if (standing.decides)
		may |= 1u << FLOW_MAY_DECIDE_EXTENSION;
	if (standing.recalls)
		may |= 1u << FLOW_MAY_RECALL;
	*ret_may = may;
	return true;
}
