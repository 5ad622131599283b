/* Figures of a period, and the eight buckets of the report. */
#include "core/dashboard.h"
#include "base/moment.h"
#include "web/desk.h"
#include <string.h>

static void set_real(struct tree *out, const char *name, double value)
{
	if (value < 0)
		tree_set_null(out, name);
	else
		tree_set_real(out, name, value);
}

static void present_figure(struct tree *answer, const char *name,
			   const struct dashboard_figure *figure)
{
	struct tree *out = tree_set_tree(answer, name);

	set_real(out, "value", figure->value);
	set_real(out, "last", figure->last);
	tree_set_int(out, "count", figure->count < 0 ? 0 : figure->count);
	tree_set_int(out, "of", figure->of < 0 ? 0 : figure->of);
}

static void present_units(struct tree *list, const struct dashboard *dashboard)
{
	for (size_t i = 0; i < dashboard->unit_count; i++) {
		const struct dashboard_unit *unit = &dashboard->units[i];
		struct tree *out = tree_add_tree(list);
		tree_set_int(out, "unit", unit->unit_id);
		tree_set_text(out, "name", unit->name);
		tree_set_int(out, "assigned", unit->assigned);
		tree_set_int(out, "done", unit->done);
		tree_set_int(out, "working", unit->working);
		tree_set_int(out, "overdue", unit->overdue);
		tree_set_int(out, "on_time", unit->on_time);
		tree_set_int(out, "counted", unit->counted);
		set_real(out, "share",
			 unit->counted ? (double)unit->on_time * 100 /
						 (double)unit->counted
				       : -1);
	}
}

static void present_lists(struct tree *answer,
			  const struct dashboard *dashboard)
{
	struct tree *list = tree_set_list(answer, "weeks");

	for (size_t i = 0; i < dashboard->week_count; i++) {
		struct tree *out = tree_add_tree(list);
		tree_set_text(out, "first_day", dashboard->weeks[i].first_day);
		tree_set_int(out, "incoming", dashboard->weeks[i].incoming);
		tree_set_int(out, "outgoing", dashboard->weeks[i].outgoing);
	}
	list = tree_set_list(answer, "longest_overdue");
	for (size_t i = 0; i < dashboard->longest_count; i++) {
		const struct dashboard_late *late = &dashboard->longest[i];
		struct tree *out = tree_add_tree(list);
		tree_set_int(out, "entry", late->entry_id);
		tree_set_int(out, "year", late->year);
		tree_set_int(out, "number", late->number);
		tree_set_text(out, "subject", late->subject);
		tree_set_text(out, "issuer", late->issuer);
		tree_set_text(out, "name", late->name);
		tree_set_text(out, "due_day", late->due_day);
		tree_set_int(out, "working_days", late->working_days);
	}
}

/* Without a period: this half year. */
struct dashboard_request dashboard_period(struct visit *visit)
{
	int64_t now = moment_now();
	struct day today = moment_day(now);
	struct dashboard_request request = {
		.viewer = &visit->actor,
		.from = http_request_query(visit->http, "from"),
		.to = http_request_query(visit->http, "to"),
		.now = now,
	};

	if (!request.from || !*request.from)
		request.from =
			arena_print(visit->arena, "%04d-%s", today.year,
				    today.month <= 6 ? "01-01" : "07-01");
	if (!request.to || !*request.to)
		request.to =
			arena_print(visit->arena, "%04d-%s", today.year,
				    today.month <= 6 ? "06-30" : "12-31");
	return request;
}

static void present_period(struct visit *visit,
			   const struct dashboard_request *request)
{
	tree_set_text(visit->answer, "from", request->from);
	tree_set_text(visit->answer, "to", request->to);
	tree_set_int(visit->answer, "as_of", request->now);
}

bool dashboard_show(struct visit *visit, struct fail *why)
{
	struct dashboard_request request = dashboard_period(visit);
	struct tree *answer = visit->answer;
	struct dashboard dashboard;

	if (!dashboard_load(visit->db, &request, visit->arena, &dashboard,
			    why))
		return false;
	present_period(visit, &request);
	present_figure(answer, "incoming", &dashboard.incoming);
	present_figure(answer, "outgoing", &dashboard.outgoing);
	present_figure(answer, "on_time", &dashboard.on_time);
	present_figure(answer, "overdue", &dashboard.overdue);
	present_figure(answer, "minutes_to_register",
		       &dashboard.minutes_to_register);
	present_units(tree_set_list(answer, "units"), &dashboard);
	present_lists(answer, &dashboard);
	return true;
}

bool bucket_list_route(struct visit *visit, struct fail *why)
{
	const char *by = http_request_query(visit->http, "by");
	struct bucket_request request = {
		.period = dashboard_period(visit),
		.by_person = by && strcmp(by, "person") == 0,
		.unit_id = visit_query_int(visit, "unit", 0),
	};
	struct bucket_list rows;
	struct tree *list;

	if (!bucket_load_list(visit->db, &request, visit->arena, &rows, why))
		return false;
	present_period(visit, &request.period);
	list = tree_set_list(visit->answer, "rows");
	for (size_t i = 0; i < rows.count; i++) {
		const struct bucket_row *row = &rows.rows[i];
		struct tree *out = tree_add_tree(list);
		tree_set_int(out, "unit", row->unit_id);
		tree_set_int(out, "user", row->user_id);
		tree_set_text(out, "name", row->name);
		tree_set_int(out, "in_time_done", row->in_time_done);
		tree_set_int(out, "in_time_working", row->in_time_working);
		tree_set_int(out, "in_time_new", row->in_time_new);
		tree_set_int(out, "late_done", row->late_done);
		tree_set_int(out, "overdue_working", row->overdue_working);
		tree_set_int(out, "overdue_new", row->overdue_new);
		tree_set_int(out, "today_working", row->today_working);
		tree_set_int(out, "today_new", row->today_new);
		tree_set_int(out, "no_deadline", row->no_deadline);
	}
	return true;
}
