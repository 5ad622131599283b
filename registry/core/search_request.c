#include "core/search_request.h"
#include "base/moment.h"
#include "core/access.h"
#include "core/search_item.h"
#include <string.h>

enum {
	ALSO_MAX = 6 /* people and units one stands in for */
};

static bool refuse(struct fail *why, const char *what)
{
	fail(why, FAIL_INVALID, "%s", what);
	return fail_code(why, "search.invalid",
			 "Điều kiện tìm kiếm không hợp lệ.");
}

static bool is_one_of(const char *value, const char *one, const char *other)
{
	return !value || value[0] == '\0' || strcmp(value, one) == 0 ||
	       strcmp(value, other) == 0;
}

static bool read_day(const char *iso, int64_t fallback, int64_t plus,
		     int64_t *ret_id)
{
	struct day day;

	*ret_id = fallback;
	if (!iso || iso[0] == '\0')
		return true;
	if (!day_parse(iso, &day))
		return false;
	*ret_id = search_item_first_id(day_number(day) + plus);
	return true;
}

static bool check_days(const struct search_request *request,
		       struct search_question *question, struct fail *why)
{
	if (!read_day(request->from, 0, 0, &question->from_id))
		return refuse(why, "the first day is not a day");
	if (!read_day(request->to, INT64_MAX, 1, &question->to_id))
		return refuse(why, "the last day is not a day");
	if (question->to_id != INT64_MAX)
		question->to_id--;
	return true;
}

static void set_tag(struct search_question *question,
		    enum search_filter filter, const char *tag)
{
	question->tags[filter] = tag;
	question->filters.tags[question->filters.count++] = tag;
}

static void set_id(struct search_question *question, enum search_filter filter,
		   int64_t id, struct arena *arena)
{
	static const char letters[SEARCH_FILTER_COUNT + 1] = "kdbituy";

	if (id != 0)
		set_tag(question, filter,
			arena_print(arena, "%c%lld", letters[filter],
				    (long long)id));
}

static void set_filters(const struct search_request *request,
			struct search_question *question, struct arena *arena)
{
	const char *direction = request->direction;

	if (request->kind && request->kind[0] != '\0')
		set_tag(question, SEARCH_FILTER_KIND,
			request->kind[0] == 'e' ? "ke" : "kl");
	if (!direction || direction[0] == '\0')
		direction = question->match.direction;
	if (direction[0] != '\0')
		set_tag(question, SEARCH_FILTER_DIRECTION,
			direction[0] == 'i' ? "din" : "dout");
	set_id(question, SEARCH_FILTER_BOOK, request->book_id, arena);
	set_id(question, SEARCH_FILTER_ISSUER, request->agency_id, arena);
	set_id(question, SEARCH_FILTER_TYPE, request->type_id, arena);
	set_id(question, SEARCH_FILTER_UNIT, request->unit_id, arena);
	set_id(question, SEARCH_FILTER_YEAR, request->year, arena);
}

/* The same question as entry_may_open(): registered by this person, submitted
 * to, received by the person or the unit, or the unit's. */
static void set_viewer(const struct actor *viewer,
		       struct search_question *question, struct arena *arena)
{
	struct match_filters *filters = &question->filters;

	if (!viewer)
		return;
	if (!access_may(viewer->roles, MAY_READ_INTAKE))
		filters->tags[filters->count++] = "ke";
	if (access_sees_all(viewer->roles))
		return;
	filters->any[filters->any_count++] =
		arena_print(arena, "p%lld", (long long)viewer->id);
	for (size_t i = 0; i < viewer->stands_for_count && i < ALSO_MAX; i++)
		filters->any[filters->any_count++] = arena_print(
			arena, "p%lld", (long long)viewer->stands_for[i]);
	for (size_t i = 0; i < viewer->also_unit_count && i < ALSO_MAX; i++)
		filters->any[filters->any_count++] = arena_print(
			arena, "u%lld", (long long)viewer->also_units[i]);
	if (viewer->unit_id != 0)
		filters->any[filters->any_count++] = arena_print(
			arena, "u%lld", (long long)viewer->unit_id);
}

bool search_request_check(const struct search_request *request,
			  struct arena *arena,
			  struct search_question *ret_question,
			  struct fail *why)
{
	struct search_question question = { .limit = request->limit };
	const char *text = request->text ? request->text : "";

	if (strlen(text) > SEARCH_TEXT_MAX)
		return refuse(why, "the text to search for is too long");
	if (request->limit > SEARCH_LIMIT_MAX)
		return refuse(why, "too many hits were asked for at once");
	if (!is_one_of(request->kind, "entry", "letter"))
		return refuse(why, "the kind is neither entry nor letter");
	if (!is_one_of(request->direction, "in", "out"))
		return refuse(why, "the direction is neither in nor out");
	if (!check_days(request, &question, why))
		return false;
	if (question.limit == 0)
		question.limit = 50;
	question.match = match_parse(text, arena);
	set_filters(request, &question, arena);
	set_viewer(request->viewer, &question, arena);
	*ret_question = question;
	return true;
}

static bool has_tag(const char *tags, const char *tag)
{
	size_t size = strlen(tag);

	for (;;) {
		tags = strchr(tags, '\x01');
		if (!tags)
			return false;
		tags++;
		if (strncmp(tags, tag, size) == 0 &&
		    (tags[size] == ' ' || tags[size] == '\0'))
			return true;
	}
}

bool search_passes(const struct match_filters *filters, const char *tags)
{
	bool has_any = filters->any_count == 0;

	for (size_t i = 0; i < filters->count; i++) {
		if (!has_tag(tags, filters->tags[i]))
			return false;
	}
	for (size_t i = 0; i < filters->any_count; i++)
		has_any |= has_tag(tags, filters->any[i]);
	return has_any;
}
