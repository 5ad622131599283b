#include "core/search_request.h"
#include "base/moment.h"
#include "core/access.h"
#include "core/search_item.h"
#include "core/search_tag.h"
#include <string.h>

enum {
	ALSO_MAX = 6,	/* people and units one stands in for */
	VALUE_MAX = 15, /* bytes of one value of a filter */
	NAME_MAX = 200	/* of a name */
};

static bool refuse(struct fail *why, const char *what)
{
	fail(why, FAIL_INVALID, "%s", what);
	return fail_code(why, "search.invalid",
			 "Điều kiện tìm kiếm không hợp lệ.");
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

/* In the order of enum search_filter. */
static const struct {
	const char *name;
	char letter;	   /* its tags begin with; then an id */
	const char *words; /* unless it is one of these words, between blanks */
} shapes[SEARCH_FILTER_COUNT] = {
	{ "kind", 'k', " entry letter " },
	{ "direction", 'd', " in out " },
	{ "book", 'b', NULL },
	{ "issuer", 'i', NULL },
	{ "type", 't', NULL },
	{ "unit", 'u', NULL },
	{ "year", 'y', NULL },
	{ "status", 's',
	  " registered submitted routed working done information paused"
	  " issued recalled " },
	{ "signer", 'g', NULL }, /* a name: tag_of_name() */
	{ "urgency", 'h', " 0 1 2 3 " },
	{ "deadline", 'l', " met open overdue " },
	{ "file", 'f', " signed paper " },
};

const char *search_filter_name(enum search_filter filter)
{
	return shapes[filter].name;
}

static const char *tag_of_name(enum search_filter filter, const char *name,
			       struct arena *arena)
{
	const char *key = strlen(name) > NAME_MAX
				  ? ""
				  : search_signer_key(name, arena);

	return *key ? arena_print(arena, "%c%s", shapes[filter].letter, key)
		    : NULL;
}

/* NULL when it is no value of this filter. */
static const char *tag_of(enum search_filter filter, const char *value,
			  size_t size, struct arena *arena)
{
	const char *words = shapes[filter].words;
	const char *copy = arena_copy_part(arena, value, size);

	if (filter == SEARCH_FILTER_SIGNER)
		return tag_of_name(filter, copy, arena);
	if (size == 0 || size > VALUE_MAX)
		return NULL;
	if (!words && (copy[0] == '0' || strspn(copy, "0123456789") != size))
		return NULL;
	if (words && (strchr(copy, ' ') ||
		      !strstr(words, arena_print(arena, " %s ", copy))))
		return NULL;
	if (filter == SEARCH_FILTER_KIND)
		size = 1;
	return arena_print(arena, "%c%.*s", shapes[filter].letter, (int)size,
			   copy);
}

static void set_filter(struct search_question *question,
		       enum search_filter filter, const char *const *tags,
		       size_t count, struct arena *arena)
{
	struct match_filters *all = &question->filters;
	struct match_filter *asked = &question->asked[filter];

	*asked = (struct match_filter){ tags, count };
	question->places[filter] = all->count;
	all->all[all->count++] =
		filter == SEARCH_FILTER_DEADLINE
			? search_deadline_filter(asked, question->today, arena)
			: *asked;
}

/* "7,12" */
static bool read_values(struct search_question *question,
			enum search_filter filter, const char *list,
			struct arena *arena, struct fail *why)
{
	const char **tags;
	size_t count = 0;

	if (!list || list[0] == '\0')
		return true;
	tags = arena_array(arena, SEARCH_VALUES_MAX, sizeof *tags);
	for (;;) {
		size_t size = strcspn(list, ",");

		if (count == SEARCH_VALUES_MAX)
			return refuse(why, "a filter has too many values");
		tags[count] = tag_of(filter, list, size, arena);
		if (!tags[count++])
			return refuse(why, "a filter has a value that is none");
		if (list[size] == '\0')
			break;
		list += size + 1;
	}
	set_filter(question, filter, tags, count, arena);
	return true;
}

static bool read_filters(const struct search_request *request,
			 struct search_question *question,
			 struct arena *arena, struct fail *why)
{
	const char *lists[SEARCH_FILTER_COUNT] = {
		[SEARCH_FILTER_KIND] = request->kind,
		[SEARCH_FILTER_DIRECTION] = request->direction,
		[SEARCH_FILTER_BOOK] = request->book,
		[SEARCH_FILTER_ISSUER] = request->issuer,
		[SEARCH_FILTER_TYPE] = request->type,
		[SEARCH_FILTER_UNIT] = request->unit,
		[SEARCH_FILTER_YEAR] = request->year,
		[SEARCH_FILTER_STATUS] = request->status,
		[SEARCH_FILTER_SIGNER] = request->signer,
		[SEARCH_FILTER_URGENCY] = request->urgency,
		[SEARCH_FILTER_DEADLINE] = request->deadline,
		[SEARCH_FILTER_FILE] = request->file,
	};
	const char **direction = &lists[SEARCH_FILTER_DIRECTION];

	if (!*direction || **direction == '\0')
		*direction = question->match.direction;
	for (size_t i = 0; i < SEARCH_FILTER_COUNT; i++) {
		question->places[i] = SIZE_MAX;
		if (!read_values(question, (enum search_filter)i, lists[i],
				 arena, why))
			return false;
	}
	return true;
}

/* The same question as entry_may_open(): registered by this person, submitted
 * to, received by the person or the unit, or the unit's. */
static void set_viewer(const struct actor *viewer,
		       struct search_question *question, struct arena *arena)
{
	static const char *const entries[] = { "ke" };
	struct match_filters *all = &question->filters;
	const char **tags;
	size_t count = 0;

	if (!viewer)
		return;
	if (!access_may(viewer->roles, MAY_READ_INTAKE))
		all->all[all->count++] = (struct match_filter){ entries, 1 };
	if (access_sees_all(viewer->roles))
		return;
	tags = arena_array(arena, 2 + 2 * ALSO_MAX, sizeof *tags);
	tags[count++] = arena_print(arena, "p%lld", (long long)viewer->id);
	for (size_t i = 0; i < viewer->stands_for_count && i < ALSO_MAX; i++)
		tags[count++] = arena_print(arena, "p%lld",
					    (long long)viewer->stands_for[i]);
	for (size_t i = 0; i < viewer->also_unit_count && i < ALSO_MAX; i++)
		tags[count++] = arena_print(arena, "u%lld",
					    (long long)viewer->also_units[i]);
	if (viewer->unit_id != 0)
		tags[count++] = arena_print(arena, "u%lld",
					    (long long)viewer->unit_id);
	all->all[all->count++] = (struct match_filter){ tags, count };
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
	if (!check_days(request, &question, why))
		return false;
	if (question.limit == 0)
		question.limit = 50;
	question.match = match_parse(text, arena);
	question.today = day_number(
		moment_day(request->now ? request->now : moment_now()));
	if (!read_filters(request, &question, arena, why))
		return false;
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

static bool passes(const struct match_filter *filter, const char *tags)
{
	for (size_t i = 0; i < filter->count; i++) {
		if (has_tag(tags, filter->tags[i]))
			return true;
	}
	return false;
}

bool search_passes(const struct match_filters *filters, const char *tags)
{
	for (size_t i = 0; i < filters->count; i++) {
		if (!passes(&filters->all[i], tags))
			return false;
	}
	return true;
}
