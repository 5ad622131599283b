/* Working days: what they are, what they become, how far a deadline is. */
#include "core/calendar.h"
#include "web/desk.h"
#include <string.h>

static void set_day(struct tree *out, const char *name, struct day day)
{
	char iso[DAY_SIZE];

	day_print(day, iso);
	tree_set_text(out, name, iso);
}

static void add_days(struct tree *answer, const struct calendar *calendar,
		     int year)
{
	struct tree *list = tree_set_list(answer, "weekend");

	for (int weekday = 1; weekday <= 7; weekday++)
		if (calendar->weekend[weekday])
			tree_add_int(list, weekday);
	list = tree_set_list(answer, "days");
	for (size_t i = 0; i < calendar->count; i++) {
		const struct calendar_day *one = &calendar->days[i];
		struct tree *out;
		if (day_from_number(one->number).year != year)
			continue;
		out = tree_add_tree(list);
		set_day(out, "day", day_from_number(one->number));
		tree_set_text(out, "kind", one->is_off ? "off" : "work");
		tree_set_text(out, "name", one->name);
	}
}

bool calendar_show(struct visit *visit, struct fail *why)
{
	struct day today = moment_day(moment_now());
	int64_t wanted = visit_query_int(visit, "year", today.year);
	int year = (int)wanted;
	struct calendar calendar;
	struct tree *answer = visit->answer;

	if (wanted < 1900 || wanted > 2999)
		return fail(why, FAIL_INVALID, "'year' is not a year");
	if (!calendar_load(visit->db, visit->actor.organisation_id,
			   visit->arena, &calendar, why))
		return false;
	tree_set_int(answer, "year", year);
	add_days(answer, &calendar, year);
	tree_set_bool(answer, "tet_known", calendar_knows_tet(&calendar, year));
	tree_set_int(answer, "version", calendar.version);
	set_day(answer, "today", today);
	tree_set_bool(answer, "today_works",
		      calendar_is_working(&calendar, today));
	set_day(answer, "next_working_day", calendar_add(&calendar, today, 1));
	return true;
}

static bool read_weekend(struct visit *visit, struct calendar_change *change)
{
	const struct tree *list = tree_member(visit->body, "weekend");
	bool *weekend = arena_array(visit->arena, 8, sizeof(*weekend));

	if (!list)
		return true;
	for (size_t i = 0; i < tree_count(list); i++) {
		int64_t weekday = tree_int_at(list, i);
		if (weekday < 1 || weekday > 7)
			return false;
		weekend[weekday] = true;
	}
	change->weekend = weekend;
	return true;
}

static bool read_change(struct visit *visit, struct calendar_change *change,
			struct fail *why)
{
	const struct tree *list;
	struct calendar_day *days;
	int64_t year;

	if (!visit_need_body(visit, why) ||
	    !tree_need_int(visit->body, "year", &year, why) ||
	    !tree_may_int(visit->body, "version", &change->version, why))
		return false;
	list = tree_member(visit->body, "days");
	change->count = list ? tree_count(list) : 0;
	if (!list || change->count > CALENDAR_DAYS_MAX ||
	    !read_weekend(visit, change) || year < 1900 || year > 2999)
		return fail(why, FAIL_INVALID, "'days' or 'weekend' is wrong");
	days = arena_array(visit->arena, change->count, sizeof(*days));
	for (size_t i = 0; i < change->count; i++) {
		const struct tree *one = tree_at(list, i);
		const char *kind = tree_text(one, "kind", "");
		struct day day;
		if (!day_parse(tree_text(one, "day", ""), &day) ||
		    (strcmp(kind, "off") != 0 && strcmp(kind, "work") != 0))
			return fail(why, FAIL_INVALID, "day %zu is wrong",
				    i + 1);
		days[i].number = day_number(day);
		days[i].is_off = *kind == 'o';
		days[i].name = tree_text(one, "name", "");
	}
	change->actor = visit->actor;
	change->year = (int)year;
	change->days = days;
	return true;
}

static void present_effects(struct tree *answer,
			    const struct calendar_effects *effects)
{
	struct tree *moved = tree_set_list(answer, "moved");
	struct tree *off = tree_set_list(answer, "on_days_off");

	for (size_t i = 0; i < effects->count; i++) {
		const struct calendar_effect *one = &effects->effects[i];
		struct tree *out = tree_add_tree(one->new_day ? moved : off);
		tree_set_int(out, "entry", one->entry_id);
		tree_set_int(out, "assignment", one->assignment_id);
		tree_set_text(out, "direction", one->direction);
		tree_set_int(out, "number", one->number);
		tree_set_int(out, "year", one->year);
		tree_set_text(out, "subject", one->subject);
		tree_set_text(out, "name", one->name);
		tree_set_text(out, one->new_day ? "old_day" : "day",
			      one->old_day);
		if (one->new_day)
			tree_set_text(out, "new_day", one->new_day);
	}
}

bool calendar_preview_route(struct visit *visit, struct fail *why)
{
	struct calendar_change change = { .version = 0 };
	struct calendar_effects effects;

	if (!read_change(visit, &change, why) ||
	    !calendar_preview(visit->db, &change, visit->arena, &effects, why))
		return false;
	present_effects(visit->answer, &effects);
	return true;
}

bool calendar_write_route(struct visit *visit, struct fail *why)
{
	struct calendar_change change = { .version = 0 };
	struct calendar_effects effects;

	if (!read_change(visit, &change, why) ||
	    !calendar_write(visit->db, &change, visit->arena, &effects, why))
		return false;
	present_effects(visit->answer, &effects);
	return true;
}

static bool query_day(struct visit *visit, const char *name, struct day *ret,
		      bool *ret_given, struct fail *why)
{
	const char *text = http_request_query(visit->http, name);

	*ret_given = text && *text;
	if (!*ret_given || day_parse(text, ret))
		return true;
	return fail(why, FAIL_INVALID, "'%s' is not a day", name);
}

bool calendar_due_route(struct visit *visit, struct fail *why)
{
	struct day from = moment_day(moment_now()), day, other;
	int64_t days = visit_query_int(visit, "days", 0);
	bool has_from, has_day, has_other;
	struct calendar calendar;
	struct tree *answer = visit->answer;

	if (!query_day(visit, "from", &from, &has_from, why) ||
	    !query_day(visit, "day", &day, &has_day, why) ||
	    !query_day(visit, "compare", &other, &has_other, why) ||
	    !calendar_load(visit->db, visit->actor.organisation_id,
			   visit->arena, &calendar, why))
		return false;
	if (days < 0 || days > CALENDAR_TERM_MAX)
		return fail(why, FAIL_INVALID, "'days' is 0 to %d",
			    CALENDAR_TERM_MAX);
	if (!has_day)
		day = calendar_add(&calendar, from, days);
	set_day(answer, "day", day);
	tree_set_bool(answer, "works", calendar_is_working(&calendar, day));
	set_day(answer, "from_day", from);
	tree_set_int(answer, "working_days",
		     calendar_between(&calendar, from, day));
	if (has_other)
		tree_set_int(answer, "compare_days",
			     calendar_between(&calendar, day, other));
	else
		tree_set_null(answer, "compare_days");
	return true;
}
