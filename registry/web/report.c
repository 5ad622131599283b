/* The report of a period, as a file. */
#include "base/moment.h"
#include "core/dashboard.h"
#include "core/organisation.h"
#include "exchange/report_sheet.h"
#include "web/desk.h"
#include "web/printed.h"

enum {
	FILE_MAX = 16 * 1024 * 1024
};

static struct report_figure figure_of(const struct dashboard_figure *figure)
{
	return (struct report_figure){ .value = figure->value,
				       .last = figure->last,
				       .count = figure->count,
				       .of = figure->of };
}

static void add_buckets(const struct bucket_list *list,
			struct report_buckets *all)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct bucket_row *row = &list->rows[i];

		all->in_time_done += row->in_time_done;
		all->in_time_working += row->in_time_working;
		all->in_time_new += row->in_time_new;
		all->late_done += row->late_done;
		all->overdue_working += row->overdue_working;
		all->overdue_new += row->overdue_new;
		all->today_working += row->today_working;
		all->today_new += row->today_new;
	}
}

static void set_units(struct visit *visit, const struct dashboard *dashboard,
		      struct report_print *print)
{
	struct report_unit *units = arena_array(
		visit->arena, dashboard->unit_count, sizeof(*units));

	for (size_t i = 0; i < dashboard->unit_count; i++) {
		const struct dashboard_unit *unit = &dashboard->units[i];

		units[i] = (struct report_unit){
			.name = unit->name,
			.assigned = unit->assigned,
			.done = unit->done,
			.working = unit->working,
			.overdue = unit->overdue,
			.on_time = unit->on_time,
			.counted = unit->counted,
		};
	}
	print->units = units;
	print->unit_count = dashboard->unit_count;
}

static bool fill(struct visit *visit, const struct dashboard_request *period,
		 struct report_print *print, struct fail *why)
{
	struct bucket_request buckets = { .period = *period };
	struct organisation organisation;
	struct dashboard dashboard;
	struct bucket_list list;

	if (!organisation_load(visit->db, visit->actor.organisation_id,
			       visit->arena, &organisation, why) ||
	    !dashboard_load(visit->db, period, visit->arena, &dashboard,
			    why) ||
	    !bucket_load_list(visit->db, &buckets, visit->arena, &list, why))
		return false;
	*print = (struct report_print){
		.superior = organisation.superior,
		.organisation = organisation.name,
		.printed = printed_when(visit),
		.from = period->from,
		.to = period->to,
		.incoming = figure_of(&dashboard.incoming),
		.outgoing = figure_of(&dashboard.outgoing),
		.on_time = figure_of(&dashboard.on_time),
		.overdue = figure_of(&dashboard.overdue),
		.minutes_to_register =
			figure_of(&dashboard.minutes_to_register),
	};
	add_buckets(&list, &print->buckets);
	set_units(visit, &dashboard, print);
	return true;
}

bool report_route(struct visit *visit, struct fail *why)
{
	const struct printed_format *format =
		printed_format_find(visit, "docx");
	struct dashboard_request period = dashboard_period(visit);
	struct printed *printed = arena_alloc(visit->arena, sizeof(*printed));
	auto_text file = { .limit = FILE_MAX };
	struct report_print print;
	struct sheet sheet;

	if (!format)
		return fail(why, FAIL_INVALID,
			    "'format' must be pdf, xlsx, docx or csv");
	if (!fill(visit, &period, &print, why))
		return false;
	sheet = report_sheet(&print, visit->arena);
	if (!format->print(&sheet, &file, why))
		return false;
	printed->name = arena_print(visit->arena, "bao-cao-%s-%s.%s",
				    period.from, period.to, format->name);
	printed->type = format->type;
	printed->action = "report.export";
	printed->object_type = "report";
	printed->detail = arena_print(
		visit->arena,
		"{\"format\":\"%s\",\"from\":\"%s\",\"to\":\"%s\"}",
		format->name, period.from, period.to);
	return printed_send(visit, printed, &file);
}
