#include "core/dashboard.h"
#include "base/moment.h"
#include "core/calendar.h"
#include "store/query.h"
#include <string.h>

/* ?1 organisation ?2 ?3 days ?4 the day it is looked from ?5 unit, 0: all */

/* clang-format off */
#define OF_UNIT \
	"(?5 = 0 OR e.unit_id = ?5 OR EXISTS (SELECT 1 FROM assignment w" \
	"    WHERE w.entry_id = e.id AND w.unit_id = ?5" \
	"      AND w.state IN ('sent', 'working', 'done')))"
#define IN_BOOKS(direction) \
	" e.book_id IN (SELECT id FROM book WHERE organisation_id = ?1" \
	"     AND direction = '" direction "')" \
	" AND e.day BETWEEN ?2 AND ?3 AND e.state = 'valid'" \
	" AND ?4 IS NOT NULL"
#define LEADS \
	"  FROM entry e CROSS JOIN assignment a ON a.entry_id = e.id" \
	"  LEFT JOIN user_account p ON p.id = a.user_id" \
	" WHERE a.role = 'lead' AND a.state IN ('sent', 'working', 'done')" \
	"   AND" IN_BOOKS("in") \
	"   AND e.status IN ('routed', 'working', 'done')"
#define UNIT_OF "coalesce(a.unit_id, p.unit_id, 0)"
/* As it was on ?4: done by then, or late by then. */
#define DONE "(a.done_day IS NOT NULL AND a.done_day <= ?4)"
#define ON_TIME "(" DONE " AND a.done_day <= a.due_day)"
#define OVERDUE "(NOT " DONE " AND a.due_day < ?4)"
/* clang-format on */

static const char count_incoming[] =
	"SELECT count(*) FROM entry e WHERE" IN_BOOKS("in") " AND " OF_UNIT;
static const char count_outgoing[] =
	"SELECT count(*) FROM entry e WHERE" IN_BOOKS("out") " AND " OF_UNIT;

static const char select_leads[] =
	"SELECT coalesce(sum(" ON_TIME
	"), 0),"
	"       coalesce(sum(a.due_day IS NOT NULL AND (" DONE " OR " OVERDUE
	")), 0), coalesce(sum(" OVERDUE "), 0)" LEADS
	"   AND a.parent_id IS NULL AND (?5 = 0 OR " UNIT_OF " = ?5)";

/* clang-format off */
static const char select_minutes[] =
	"WITH waited(minutes) AS ("
	"  SELECT max(0, e.registered_at - l.received_at) / 60"
	"    FROM entry e JOIN letter l ON l.id = e.letter_id"
	"   WHERE" IN_BOOKS("in") " AND " OF_UNIT ")"
	"SELECT minutes FROM waited ORDER BY minutes"
	" LIMIT 1 OFFSET (SELECT (count(*) - 1) / 2 FROM waited)";
/* clang-format on */

static const char select_units[] =
	"SELECT u.id, u.name, coalesce(sum(k.assigned), 0),"
	"       coalesce(sum(k.done), 0), coalesce(sum(k.late), 0),"
	"       coalesce(sum(k.timely), 0), coalesce(sum(k.counted), 0)"
	"  FROM unit u LEFT JOIN ("
	"    SELECT " UNIT_OF " AS unit_id, 1 AS assigned, " DONE
	" AS done,"
	"           coalesce(" OVERDUE
	", 0) AS late,"
	"           coalesce(" ON_TIME
	", 0) AS timely,"
	"           coalesce(a.due_day IS NOT NULL AND (" DONE " OR " OVERDUE
	"           ), 0) AS counted" LEADS
	"       AND a.parent_id IS NULL) k ON k.unit_id = u.id"
	" WHERE u.organisation_id = ?1 AND (?5 = 0 OR u.id = ?5)"
	"   AND (?4 BETWEEN u.valid_from AND u.valid_to OR k.assigned)"
	" GROUP BY u.id ORDER BY u.position, u.id";

/* clang-format off */
static const char select_weeks[] =
	"SELECT week, sum(incoming), sum(outgoing) FROM ("
	"  SELECT date(e.day, 'weekday 0', '-6 days') AS week,"
	"         count(*) AS incoming, 0 AS outgoing"
	"    FROM entry e WHERE" IN_BOOKS("in") " AND " OF_UNIT
	"   GROUP BY e.day"
	"  UNION ALL"
	"  SELECT date(e.day, 'weekday 0', '-6 days'), 0, count(*)"
	"    FROM entry e WHERE" IN_BOOKS("out") " AND " OF_UNIT
	"   GROUP BY e.day) GROUP BY week ORDER BY week";
/* clang-format on */

static const char select_longest[] =
	"SELECT e.id, e.year, e.number, e.subject, e.issuer,"
	"       coalesce(n.name, p.name), a.due_day"
	"  FROM assignment a JOIN entry e ON e.id = a.entry_id"
	"  LEFT JOIN unit n ON n.id = a.unit_id"
	"  LEFT JOIN user_account p ON p.id = a.user_id"
	" WHERE a.role = 'lead' AND a.parent_id IS NULL"
	"   AND a.state IN ('sent', 'working') AND a.due_day < ?4"
	"   AND e.organisation_id = ?1 AND e.state = 'valid'"
	"   AND e.status IN ('routed', 'working')"
	"   AND e.day BETWEEN ?2 AND ?3"
	"   AND (?5 = 0 OR " UNIT_OF
	" = ?5)"
	" ORDER BY a.due_day, e.id LIMIT 10";

/* clang-format off */
#define SUM(condition) " coalesce(sum(" condition "), 0),"
#define OPEN_STATE(state) "NOT " DONE " AND a.state = '" state "' AND "
#define BUCKETS \
	SUM(DONE " AND a.done_day <= a.due_day") \
	SUM(OPEN_STATE("working") "a.due_day > ?4") \
	SUM(OPEN_STATE("sent") "a.due_day > ?4") \
	SUM(DONE " AND a.done_day > a.due_day") \
	SUM(OPEN_STATE("working") "a.due_day < ?4") \
	SUM(OPEN_STATE("sent") "a.due_day < ?4") \
	SUM(OPEN_STATE("working") "a.due_day = ?4") \
	SUM(OPEN_STATE("sent") "a.due_day = ?4") \
	" coalesce(sum(a.due_day IS NULL), 0)"
/* clang-format on */

static const char select_unit_buckets[] =
	"SELECT " UNIT_OF
	", 0, coalesce((SELECT name FROM unit"
	"        WHERE id = " UNIT_OF "), p.name)," BUCKETS LEADS
	"   AND a.parent_id IS NULL AND (?5 = 0 OR " UNIT_OF
	" = ?5)"
	" GROUP BY " UNIT_OF " ORDER BY 3";

static const char select_person_buckets[] =
	"SELECT coalesce(p.unit_id, 0), p.id, p.name," BUCKETS LEADS
	"   AND a.user_id IS NOT NULL AND (?5 = 0 OR p.unit_id = ?5)"
	" GROUP BY p.id ORDER BY p.name, p.id";

/* One period: now, or a year before. */
struct period {
	const struct dashboard_request *request;
	char from[DAY_SIZE], to[DAY_SIZE], as_of[DAY_SIZE];
	int64_t unit_id;
};

static int64_t unit_of_viewer(const struct actor *viewer)
{
	if (access_sees_all(viewer->roles))
		return 0;
	return viewer->unit_id ? viewer->unit_id : -1;
}

static bool begin(const struct dashboard_request *request, int64_t unit_id,
		  struct period *ret, struct fail *why)
{
	int64_t own = unit_of_viewer(request->viewer);
	struct day from, to, today = moment_day(request->now);
	struct period period = { .request = request };
	if (!day_parse(request->from ? request->from : "", &from) ||
	    !day_parse(request->to ? request->to : "", &to) ||
	    day_number(from) > day_number(to) ||
	    day_number(to) - day_number(from) > DASHBOARD_DAYS_MAX) {
		fail(why, FAIL_INVALID, "the period has no first and last day");
		return fail_code(why, "dashboard.period",
				 "Kỳ báo cáo chưa đúng.");
	}
	day_print(from, period.from);
	day_print(to, period.to);
	/* What is late is late today, however far the period reaches. */
	day_print(today, period.as_of);
	period.unit_id = own ? own : unit_id;
	*ret = period;
	return true;
}

static void set_year_before(const char *day, char ret[DAY_SIZE])
{
	struct day parsed = { .year = 1970, .month = 1, .day = 1 };
	day_parse(day, &parsed);
	parsed.year--;
	if (!day_is_valid(parsed))
		parsed.day--; /* 29 February */
	day_print(parsed, ret);
}

static struct period year_before(const struct period *period)
{
	struct period before = *period;
	set_year_before(period->from, before.from);
	set_year_before(period->to, before.to);
	set_year_before(period->as_of, before.as_of);
	return before;
}

static void bind(struct query *query, const struct period *period)
{
	query_int(query, 1, period->request->viewer->organisation_id);
	query_text(query, 2, period->from);
	query_text(query, 3, period->to);
	query_text(query, 4, period->as_of);
	query_int(query, 5, period->unit_id);
}

static bool count(struct db *db, const char *sql, const struct period *period,
		  double *ret_value, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);
	if (!query)
		return false;
	bind(query, period);
	*ret_value = -1;
	if (query_row(query, why))
		*ret_value = (double)query_get_int(query, 0);
	return why->kind == FAIL_NONE;
}

static bool load_figure(struct db *db, const char *sql,
			const struct period *period,
			struct dashboard_figure *ret, struct fail *why)
{
	struct period before = year_before(period);
	if (!count(db, sql, period, &ret->value, why) ||
	    !count(db, sql, &before, &ret->last, why))
		return false;
	ret->count = ret->of = (int64_t)ret->value;
	return true;
}

struct leads {
	int64_t on_time, counted, overdue;
};

static bool load_leads(struct db *db, const struct period *period,
		       struct leads *ret, struct fail *why)
{
	auto_query *query = db_query(db, select_leads, why);
	if (!query)
		return false;
	bind(query, period);
	if (!query_one(query, why))
		return false;
	ret->on_time = query_get_int(query, 0);
	ret->counted = query_get_int(query, 1);
	ret->overdue = query_get_int(query, 2);
	return true;
}

static double share(int64_t count, int64_t of)
{
	return of ? (double)count * 100 / (double)of : -1;
}

static bool load_figures(struct db *db, const struct period *period,
			 struct dashboard *ret, struct fail *why)
{
	struct period before = year_before(period);
	struct leads now, then;
	if (!load_figure(db, count_incoming, period, &ret->incoming, why) ||
	    !load_figure(db, count_outgoing, period, &ret->outgoing, why) ||
	    !load_figure(db, select_minutes, period,
			 &ret->minutes_to_register, why) ||
	    !load_leads(db, period, &now, why) ||
	    !load_leads(db, &before, &then, why))
		return false;
	ret->on_time = (struct dashboard_figure){
		.value = share(now.on_time, now.counted),
		.last = share(then.on_time, then.counted),
		.count = now.on_time,
		.of = now.counted,
	};
	ret->overdue = (struct dashboard_figure){
		.value = (double)now.overdue,
		.last = (double)then.overdue,
		.count = now.overdue,
		.of = now.overdue,
	};
	return true;
}

static bool load_units(struct db *db, const struct period *period,
		       struct arena *arena, struct dashboard *ret,
		       struct fail *why)
{
	struct dashboard_unit *all = NULL;
	size_t found = 0;
	auto_query *query = db_query(db, select_units, why);
	if (!query)
		return false;
	bind(query, period);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, found, sizeof(*all));
		struct dashboard_unit *unit = &all[found++];
		*unit = (struct dashboard_unit){
			.unit_id = query_get_int(query, 0),
			.name = query_get_text(query, 1, arena),
			.assigned = query_get_int(query, 2),
			.done = query_get_int(query, 3),
			.overdue = query_get_int(query, 4),
			.on_time = query_get_int(query, 5),
			.counted = query_get_int(query, 6),
		};
		unit->working = unit->assigned - unit->done;
	}
	ret->units = all;
	ret->unit_count = found;
	return why->kind == FAIL_NONE;
}

static bool load_weeks(struct db *db, const struct period *period,
		       struct arena *arena, struct dashboard *ret,
		       struct fail *why)
{
	struct dashboard_week *all = NULL;
	size_t found = 0;
	auto_query *query = db_query(db, select_weeks, why);
	if (!query)
		return false;
	bind(query, period);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, found, sizeof(*all));
		all[found++] = (struct dashboard_week){
			.first_day = query_get_text(query, 0, arena),
			.incoming = query_get_int(query, 1),
			.outgoing = query_get_int(query, 2),
		};
	}
	ret->weeks = all;
	ret->week_count = found;
	return why->kind == FAIL_NONE;
}

static bool load_longest(struct db *db, const struct period *period,
			 struct arena *arena, struct dashboard *ret,
			 struct fail *why)
{
	struct dashboard_late *all =
		arena_array(arena, DASHBOARD_LONGEST, sizeof(*all));
	struct day today = moment_day(period->request->now), due;
	struct calendar calendar;
	if (!calendar_load(db, period->request->viewer->organisation_id, arena,
			   &calendar, why))
		return false;
	auto_query *query = db_query(db, select_longest, why);
	if (!query)
		return false;
	bind(query, period);
	while (query_row(query, why)) {
		struct dashboard_late *late = &all[ret->longest_count++];
		*late = (struct dashboard_late){
			.entry_id = query_get_int(query, 0),
			.year = query_get_int(query, 1),
			.number = query_get_int(query, 2),
			.subject = query_get_text(query, 3, arena),
			.issuer = query_get_text(query, 4, arena),
			.name = query_get_text(query, 5, arena),
			.due_day = query_get_text(query, 6, arena),
		};
		if (day_parse(late->due_day, &due))
			late->working_days =
				calendar_between(&calendar, due, today);
	}
	ret->longest = all;
	return why->kind == FAIL_NONE;
}

bool dashboard_load(struct db *db, const struct dashboard_request *request,
		    struct arena *arena, struct dashboard *ret_dashboard,
		    struct fail *why)
{
	struct dashboard dashboard = { .unit_count = 0 };
	struct period period;
	if (!begin(request, 0, &period, why) ||
	    !load_figures(db, &period, &dashboard, why) ||
	    !load_units(db, &period, arena, &dashboard, why) ||
	    !load_weeks(db, &period, arena, &dashboard, why) ||
	    !load_longest(db, &period, arena, &dashboard, why))
		return false;
	*ret_dashboard = dashboard;
	return true;
}

static struct bucket_row read_bucket(struct query *query, struct arena *arena)
{
	return (struct bucket_row){
		.unit_id = query_get_int(query, 0),
		.user_id = query_get_int(query, 1),
		.name = query_get_text(query, 2, arena),
		.in_time_done = query_get_int(query, 3),
		.in_time_working = query_get_int(query, 4),
		.in_time_new = query_get_int(query, 5),
		.late_done = query_get_int(query, 6),
		.overdue_working = query_get_int(query, 7),
		.overdue_new = query_get_int(query, 8),
		.today_working = query_get_int(query, 9),
		.today_new = query_get_int(query, 10),
		.no_deadline = query_get_int(query, 11),
	};
}

bool bucket_load_list(struct db *db, const struct bucket_request *request,
		      struct arena *arena, struct bucket_list *ret_list,
		      struct fail *why)
{
	struct bucket_row *all = NULL;
	struct period period;
	size_t found = 0;
	if (!begin(&request->period, request->unit_id, &period, why))
		return false;
	auto_query *query = db_query(db,
				     request->by_person ? select_person_buckets
							: select_unit_buckets,
				     why);
	if (!query)
		return false;
	bind(query, &period);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, found, sizeof(*all));
		all[found++] = read_bucket(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct bucket_list){ all, found };
	return true;
}
