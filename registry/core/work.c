#include "core/work.h"
#include "base/moment.h"
#include "core/calendar.h"
#include "core/flow.h"
#include "core/sight.h"
#include "store/query.h"
#include <assert.h>
#include <string.h>

/* Every statement knows the same values: ?1 person ?2 unit ?3 today ?4 is a
 * unit head ?5 the last day that is soon ?6 limit ?7 offset ?8 organisation
 * ?9 is a clerk. */

/* clang-format off */
#define COLUMNS \
	"SELECT e.id, a.id, e.direction, e.suffix, e.day, e.issuer, e.symbol," \
	"       e.document_day, e.subject, e.status, e.year, e.number," \
	"       e.urgency, e.version," \
	"       (SELECT count(*) FROM attachment t WHERE t.entry_id = e.id)," \
	"       coalesce(a.at, f.returned_at, f.submitted_at," \
	"                e.registered_at)," \
	"       a.role, a.state, coalesce(a.due_day, f.due_day, e.due_day)," \
	"       coalesce(n.name, m.name)," \
	"       (SELECT coalesce(ln.name, lp.name) FROM assignment l" \
	"          LEFT JOIN unit ln ON ln.id = l.unit_id" \
	"          LEFT JOIN user_account lp ON lp.id = l.user_id" \
	"         WHERE l.entry_id = e.id AND l.role = 'lead'" \
	"           AND l.parent_id IS NULL" \
	"           AND l.state IN ('sent', 'working', 'done'))," \
	"       s.name, a.opened_at IS NOT NULL OR e.opened_at IS NOT NULL"

#define NAMES \
	" LEFT JOIN unit n ON n.id = a.unit_id" \
	" LEFT JOIN user_account p ON p.id = a.user_id" \
	" LEFT JOIN unit m ON m.id = p.unit_id" \
	" LEFT JOIN user_account s ON s.id = f.submitted_by"

/* The same for all; names every value, so that all can be bound. */
#define COMMON \
	" WHERE e.organisation_id = ?8 AND e.direction = 'in'" \
	"   AND e.state = 'valid'" \
	"   AND coalesce(?1, ?2, ?3, ?4, ?5, ?9) IS NOT NULL"

#define BY_ENTRY \
	" FROM entry e LEFT JOIN flow f ON f.entry_id = e.id" \
	" LEFT JOIN assignment a ON a.id = 0"
#define BY_FLOW \
	" FROM flow f CROSS JOIN entry e ON e.id = f.entry_id" \
	" LEFT JOIN assignment a ON a.id = 0"
#define BY_SUBMITTED \
	" FROM entry e CROSS JOIN flow f ON f.entry_id = e.id" \
	" LEFT JOIN assignment a ON a.id = 0"
/* Ids first, by the index of the person, the unit or the deadline. */
#define BY_ASSIGNMENT(ids) \
	" FROM (" ids ") k CROSS JOIN assignment a ON a.id = k.id" \
	" CROSS JOIN entry e ON e.id = a.entry_id" \
	" LEFT JOIN flow f ON f.entry_id = e.id"

#define PEOPLE SIGHT_PEOPLE("?1", "?3")
#define UNITS SIGHT_UNITS("?1", "?2", "?3")
#define RUNS " AND e.status IN ('routed', 'working')"
#define HAS_CHILD \
	"EXISTS (SELECT 1 FROM assignment c WHERE c.parent_id = a.id" \
	"           AND c.state IN ('sent', 'working'))"
#define OPEN " AND w.state IN ('sent', 'working')"
#define OF_PEOPLE(where) \
	"SELECT w.id FROM assignment w WHERE w.user_id IN " PEOPLE where
#define OF_UNITS(where) \
	"SELECT w.id FROM assignment w WHERE w.unit_id IN " UNITS where
/* One's own; of the unit, what its head gave on, or nobody was named for. */
#define MINE BY_ASSIGNMENT(OF_PEOPLE(OPEN) " UNION " OF_UNITS(OPEN))
#define IS_MINE " AND (a.user_id IS NOT NULL OR ?4 = " HAS_CHILD ")"
/* And what one instructed. */
#define TOUCHED(due) BY_ASSIGNMENT( \
	OF_PEOPLE(OPEN due) " UNION " OF_UNITS(OPEN due) \
	" UNION SELECT w.id FROM assignment w" \
	"  JOIN instruction i ON i.id = w.instruction_id" \
	"  WHERE w.role = 'lead' AND w.parent_id IS NULL" OPEN due \
	"    AND i.author_id IN " PEOPLE)
#define OVERDUE " AND w.due_day < ?3"
#define SOON " AND w.due_day BETWEEN ?3 AND ?5"
#define BY_DUE \
	" ORDER BY e.urgency DESC, a.due_day IS NULL, a.due_day, a.id"
#define PAGE " LIMIT ?6 OFFSET ?7"

#define TAB(from, where, order) { \
	COLUMNS from NAMES COMMON where order PAGE, \
	"SELECT count(*) FROM (SELECT 1" from COMMON where PAGE ")" }

static const struct {
	const char *page, *count;
} tabs[WORK_TAB_COUNT] = {
	[WORK_TO_SUBMIT] = TAB(BY_ENTRY,
		" AND ?9 = 1 AND e.status = 'registered'"
		" AND f.return_reason IS NULL",
		" ORDER BY e.urgency DESC, e.id"),
	[WORK_RETURNED] = TAB(BY_FLOW,
		" AND ?9 = 1 AND f.returned_at IS NOT NULL"
		" AND f.return_reason IS NOT NULL AND e.status = 'registered'",
		" ORDER BY e.urgency DESC, f.returned_at"),
	[WORK_EXTENSIONS] = TAB(BY_ASSIGNMENT(
		"SELECT x.assignment_id AS id FROM extension x"
		" WHERE x.state = 'asked' AND x.asked_of IN " PEOPLE),
		" AND a.state IN ('sent', 'working')", BY_DUE),
	[WORK_AWAITING] = TAB(BY_SUBMITTED,
		" AND e.status = 'submitted' AND f.submitted_to IN " PEOPLE,
		" ORDER BY e.urgency DESC, e.due_day IS NULL, e.due_day,"
		" f.submitted_at"),
	[WORK_TO_ASSIGN] = TAB(BY_ASSIGNMENT(OF_UNITS(OPEN)),
		RUNS " AND ?4 = 1 AND a.role <> 'inform' AND NOT " HAS_CHILD,
		BY_DUE),
	[WORK_ASSIGNED] = TAB(MINE,
		RUNS IS_MINE " AND a.role = 'lead'", BY_DUE),
	[WORK_SUPPORTING] = TAB(MINE,
		RUNS IS_MINE " AND a.role = 'support'", BY_DUE),
	[WORK_DUE_SOON] = TAB(TOUCHED(SOON), RUNS, BY_DUE),
	[WORK_OVERDUE] = TAB(TOUCHED(OVERDUE), RUNS, BY_DUE),
	[WORK_INFORMATION] = TAB(BY_ASSIGNMENT(
		OF_PEOPLE(" AND w.state = 'sent'") " UNION "
		OF_UNITS(" AND w.state = 'sent'")),
		" AND a.role = 'inform' AND (a.opened_at IS NULL"
		"   OR a.opened_at > strftime('%s', ?3) - 30 * 86400)",
		" ORDER BY a.opened_at IS NOT NULL, e.urgency DESC, a.id DESC"),
	[WORK_DONE] = TAB(BY_ASSIGNMENT(
		OF_PEOPLE(" AND w.state = 'done'")
		" UNION SELECT w.id FROM assignment w WHERE w.state = 'done'"
		"   AND w.done_by IN " PEOPLE),
		"", " ORDER BY a.done_at DESC, a.id DESC"),
};

static const char count_today[] =
	"SELECT (SELECT count(*) FROM instruction"
	"         WHERE coalesce(recorded_by, author_id) = ?1 AND at >= ?2"
	"           AND state IN ('in_force', 'replaced'))"
	"     + (SELECT count(*) FROM assignment"
	"         WHERE user_id = ?1 AND done_by = ?1 AND done_at >= ?2)";
/* clang-format on */

static const char *const tab_names[WORK_TAB_COUNT] = {
	[WORK_TO_SUBMIT] = "to_submit",
	[WORK_RETURNED] = "returned",
	[WORK_EXTENSIONS] = "extensions",
	[WORK_AWAITING] = "awaiting",
	[WORK_TO_ASSIGN] = "to_assign",
	[WORK_ASSIGNED] = "assigned",
	[WORK_SUPPORTING] = "supporting",
	[WORK_DUE_SOON] = "due_soon",
	[WORK_OVERDUE] = "overdue",
	[WORK_INFORMATION] = "information",
	[WORK_DONE] = "done",
};

const char *work_tab_name(enum work_tab tab)
{
	assert(tab < WORK_TAB_COUNT);
	return tab_names[tab];
}

enum work_tab work_tab_find(const char *name)
{
	for (unsigned i = 0; i < WORK_TAB_COUNT; i++)
		if (strcmp(tab_names[i], name) == 0)
			return (enum work_tab)i;
	return WORK_TAB_COUNT;
}

struct question {
	const struct actor *actor;
	struct calendar calendar;
	struct day today;
	char today_iso[DAY_SIZE], soon_iso[DAY_SIZE];
};

static bool prepare(struct db *db, const struct actor *actor, int64_t now,
		    struct arena *arena, struct question *question,
		    struct fail *why)
{
	question->actor = actor;
	question->today = moment_day(now);
	if (!calendar_load(db, actor->organisation_id, arena,
			   &question->calendar, why))
		return false;
	day_print(question->today, question->today_iso);
	day_print(calendar_add(&question->calendar, question->today,
			       FLOW_SOON_DAYS),
		  question->soon_iso);
	return true;
}

static void bind(struct query *query, const struct question *question,
		 int64_t limit, int64_t offset)
{
	const struct actor *actor = question->actor;
	query_int(query, 1, actor->id);
	query_int_or_null(query, 2, actor->unit_id);
	query_text(query, 3, question->today_iso);
	query_int(query, 4, (actor->roles & 1u << ROLE_UNIT_HEAD) != 0);
	query_text(query, 5, question->soon_iso);
	query_int(query, 6, limit);
	query_int(query, 7, offset);
	query_int(query, 8, actor->organisation_id);
	query_int(query, 9, (actor->roles & 1u << ROLE_CLERK) != 0);
}

static struct work_item read_item(struct query *query, struct arena *arena)
{
	return (struct work_item){
		.entry_id = query_get_int(query, 0),
		.assignment_id = query_get_int(query, 1),
		.direction = query_get_text(query, 2, arena),
		.suffix = query_get_text(query, 3, arena),
		.day = query_get_text(query, 4, arena),
		.issuer = query_get_text(query, 5, arena),
		.symbol = query_get_text(query, 6, arena),
		.document_day = query_get_text(query, 7, arena),
		.subject = query_get_text(query, 8, arena),
		.status = query_get_text(query, 9, arena),
		.year = query_get_int(query, 10),
		.number = query_get_int(query, 11),
		.urgency = query_get_int(query, 12),
		.version = query_get_int(query, 13),
		.files = query_get_int(query, 14),
		.at = query_get_int(query, 15),
		.role = query_get_text(query, 16, arena),
		.state = query_get_text(query, 17, arena),
		.due_day = query_get_text(query, 18, arena),
		.unit_name = query_get_text(query, 19, arena),
		.lead_name = query_get_text(query, 20, arena),
		.submitted_name = query_get_text(query, 21, arena),
		.is_opened = query_get_int(query, 22) == 1,
	};
}

static void set_deadline(const struct question *question,
			 struct work_item *item)
{
	struct day due;
	if (!item->due_day || !day_parse(item->due_day, &due))
		return;
	item->working_days_left = calendar_between(&question->calendar,
						   question->today, due);
	item->is_overdue = flow_is_overdue(item->status, item->due_day,
					   question->today_iso);
	item->is_due_soon =
		!item->is_overdue &&
		strcmp(item->due_day, question->soon_iso) <= 0 &&
		strcmp(item->status, "done") != 0;
}

bool work_list(struct db *db, const struct work_request *request,
	       struct arena *arena, struct work_list *ret_list,
	       struct fail *why)
{
	int64_t limit = request->limit ? request->limit : 50;
	struct work_list list = { .next = 0 };
	struct work_item *items;
	struct question question;
	assert(request->tab < WORK_TAB_COUNT);
	if (limit < 1 || limit > WORK_PAGE_MAX || request->after < 0)
		return fail(why, FAIL_INVALID, "a page has 1 to %d lines",
			    WORK_PAGE_MAX);
	if (!prepare(db, request->actor, request->now, arena, &question, why))
		return false;
	auto_query *query = db_query(db, tabs[request->tab].page, why);
	if (!query)
		return false;
	bind(query, &question, limit + 1, request->after);
	items = arena_array(arena, (size_t)limit + 1, sizeof(*items));
	while (query_row(query, why)) {
		items[list.count] = read_item(query, arena);
		set_deadline(&question, &items[list.count++]);
	}
	if (why->kind != FAIL_NONE)
		return false;
	if (list.count > (size_t)limit) {
		list.count = (size_t)limit;
		list.next = request->after + limit;
	}
	list.items = items;
	*ret_list = list;
	return true;
}

static bool count_tab(struct db *db, const struct question *question,
		      enum work_tab tab, int64_t *ret_count, struct fail *why)
{
	auto_query *query = db_query(db, tabs[tab].count, why);
	if (!query)
		return false;
	bind(query, question, WORK_COUNT_MAX, 0);
	if (!query_one(query, why))
		return false;
	*ret_count = query_get_int(query, 0);
	return true;
}

bool work_count(struct db *db, const struct actor *actor, int64_t now,
		struct work_counts *ret_counts, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct question question;
	if (!prepare(db, actor, now, arena, &question, why))
		return false;
	for (int tab = 0; tab < WORK_TAB_COUNT; tab++)
		if (!count_tab(db, &question, (enum work_tab)tab,
			       &ret_counts->counts[tab], why))
			return false;
	auto_query *query = db_query(db, count_today, why);
	if (!query)
		return false;
	query_int(query, 1, actor->id);
	query_int(query, 2, moment_of_day(question.today));
	if (!query_one(query, why))
		return false;
	ret_counts->done_today = query_get_int(query, 0);
	return true;
}
