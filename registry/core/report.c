#include "core/report.h"
#include "store/query.h"

#define PERIOD \
	" WHERE e.organisation_id = ?1 AND e.day BETWEEN ?2 AND ?3"

static const char select_totals[] =
	"SELECT count(*) FILTER (WHERE direction = 'in' AND state = 'valid'),"
	"       count(*) FILTER (WHERE direction = 'out' AND state = 'valid'),"
	"       count(*) FILTER (WHERE direction = 'in' AND state = 'void'),"
	"       count(*) FILTER (WHERE direction = 'out' AND state = 'void'),"
	"       count(*) FILTER (WHERE direction = 'in' AND state = 'valid'"
	"                          AND due_day IS NOT NULL),"
	"       count(*) FILTER (WHERE direction = 'in' AND state = 'valid'"
	"                          AND due_day IS NOT NULL"
	"                          AND status = 'done'),"
	"       count(*) FILTER (WHERE direction = 'in' AND state = 'valid'"
	"                          AND due_day < ?4 AND status <> 'done')"
	"  FROM entry e" PERIOD;

static const char count_by_type[] =
	"SELECT coalesce(e.type_id, 0), coalesce(t.name, ''),"
	"       count(*) FILTER (WHERE e.direction = 'in'),"
	"       count(*) FILTER (WHERE e.direction = 'out')"
	"  FROM entry e LEFT JOIN document_type t ON t.id = e.type_id" PERIOD
	" AND e.state = 'valid'"
	" GROUP BY 1, 2 ORDER BY count(*) DESC, 2";

static const char count_by_unit[] =
	"SELECT coalesce(e.unit_id, 0), coalesce(n.name, ''),"
	"       count(*) FILTER (WHERE e.direction = 'in'),"
	"       count(*) FILTER (WHERE e.direction = 'out')"
	"  FROM entry e LEFT JOIN unit n ON n.id = e.unit_id" PERIOD
	" AND e.state = 'valid'"
	" GROUP BY 1, 2 ORDER BY count(*) DESC, 2";

static void bind(struct query *query, const struct report_request *request)
{
	query_int(query, 1, request->organisation_id);
	query_text(query, 2, request->from);
	query_text(query, 3, request->to);
}

static bool read_totals(struct db *db, const struct report_request *request,
			struct report *report, struct fail *why)
{
	auto_query *query = db_query(db, select_totals, why);
	if (!query)
		return false;
	bind(query, request);
	query_text(query, 4, request->today);
	if (!query_one(query, why))
		return false;
	report->in = query_get_int(query, 0);
	report->out = query_get_int(query, 1);
	report->void_in = query_get_int(query, 2);
	report->void_out = query_get_int(query, 3);
	report->due = query_get_int(query, 4);
	report->on_time = query_get_int(query, 5);
	report->late = query_get_int(query, 6);
	return true;
}

struct counts {
	struct report_count *items;
	size_t count;
};

static bool read_counts(struct query *query,
			const struct report_request *request,
			struct arena *arena, struct counts *ret_counts,
			struct fail *why)
{
	struct counts counts = { .items = NULL };
	if (!query)
		return false;
	bind(query, request);
	while (query_row(query, why)) {
		counts.items = arena_grow(arena, counts.items, counts.count,
					  sizeof(*counts.items));
		counts.items[counts.count++] = (struct report_count){
			.id = query_get_int(query, 0),
			.name = query_get_text(query, 1, arena),
			.in = query_get_int(query, 2),
			.out = query_get_int(query, 3),
		};
	}
	*ret_counts = counts;
	return why->kind == FAIL_NONE;
}

bool report_make(struct db *db, const struct report_request *request,
		 struct arena *arena, struct report *ret_report,
		 struct fail *why)
{
	struct report report = { .in = 0 };
	struct counts types, units;
	if (!read_totals(db, request, &report, why))
		return false;
	auto_query *by_type = db_query(db, count_by_type, why);
	if (!read_counts(by_type, request, arena, &types, why))
		return false;
	auto_query *by_unit = db_query(db, count_by_unit, why);
	if (!read_counts(by_unit, request, arena, &units, why))
		return false;
	report.types = types.items;
	report.type_count = types.count;
	report.units = units.items;
	report.unit_count = units.count;
	*ret_report = report;
	return true;
}
