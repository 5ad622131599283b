#include "base/moment.h"
#include "core/match.h"
#include "core/search.h"
#include "core/search_item.h"
#include "core/search_request.h"
#include "core/search_row.h"
#include "store/query.h"
#include "store/transaction.h"

enum {
	BARS_MAX = 150,
	DAYS_BY_DAY = 60, /* from here on by the week */
	DAYS_BY_WEEK = 731,
	DAYS_BY_MONTH = 3653
};

enum step {
	STEP_DAY,
	STEP_WEEK,
	STEP_MONTH,
	STEP_YEAR
};

static const char *const step_names[] = { "day", "week", "month", "year" };

static const char select_matches[] =
	"SELECT search_item.id"
	"  FROM search_index CROSS JOIN search_item INDEXED BY search_item_tags"
	"    ON search_item.id = search_index.rowid"
	" WHERE search_index MATCH ?1 AND organisation_id = ?2"
	" ORDER BY search_index.rowid DESC LIMIT ?3";
static const char select_newest[] =
	"SELECT id FROM search_item INDEXED BY search_item_tags"
	" WHERE organisation_id = ?2 ORDER BY id DESC LIMIT ?3";

struct tally {
	int64_t day;
	int64_t count;
};

struct counting {
	struct db *db;
	struct arena *arena;
	struct search_question question;
	int64_t organisation_id;
	struct tally *days; /* newest first */
	size_t count;
	int64_t seen;
};

static void count_id(struct counting *counting, int64_t id)
{
	int64_t day = search_item_day(id);
	struct tally *last =
		counting->count ? &counting->days[counting->count - 1] : NULL;

	if (last && last->day == day) {
		last->count++;
		return;
	}
	counting->days = arena_grow(counting->arena, counting->days,
				    counting->count, sizeof *counting->days);
	counting->days[counting->count++] = (struct tally){ day, 1 };
}

/* What is not in the index yet, among the others in the order of ids. */
static bool find_pending(struct counting *counting, bool has_words,
			 struct search_pending *ret_list, struct fail *why)
{
	struct search_pending_request request = {
		.question = &counting->question,
		.filters = &counting->question.filters,
		.organisation_id = counting->organisation_id,
		.tier = MATCH_ALL,
		.below = INT64_MAX,
	};

	*ret_list = (struct search_pending){ .count = 0 };
	return !has_words || search_pending_find(counting->db, &request,
						 counting->arena, ret_list,
						 why);
}

static bool count_hits(struct counting *counting, struct fail *why)
{
	const char *match = match_print(&counting->question.match, MATCH_ALL,
					&counting->question.filters,
					counting->arena);
	bool has_words = match[0] != '\0';
	struct search_pending pending;
	size_t next = 0;
	auto_query *query = NULL;

	if (!find_pending(counting, has_words, &pending, why))
		return false;
	query = db_query(counting->db,
			 has_words ? select_matches : select_newest, why);
	if (!query)
		return false;
	if (has_words)
		query_text(query, 1, match);
	query_int(query, 2, counting->organisation_id);
	query_int(query, 3, SEARCH_DAYS_MAX + 1);
	while (query_row(query, why)) {
		int64_t id = query_get_int(query, 0);

		if (++counting->seen > SEARCH_DAYS_MAX)
			continue;
		while (next < pending.count && pending.rows[next].id > id)
			count_id(counting, pending.rows[next++].id);
		count_id(counting, id);
	}
	while (next < pending.count && counting->seen <= SEARCH_DAYS_MAX)
		count_id(counting, pending.rows[next++].id);
	return why->kind == FAIL_NONE;
}

static enum step choose_step(const struct counting *counting)
{
	int64_t days = counting->days[0].day -
		       counting->days[counting->count - 1].day + 1;

	if (days < DAYS_BY_DAY)
		return STEP_DAY;
	if (days <= DAYS_BY_WEEK)
		return STEP_WEEK;
	return days <= DAYS_BY_MONTH ? STEP_MONTH : STEP_YEAR;
}

/* The first day of the bar that holds this one. Weeks begin on Monday; day 0
 * was a Thursday. */
static int64_t begin_of(int64_t number, enum step step)
{
	struct day day;

	if (step == STEP_DAY)
		return number;
	if (step == STEP_WEEK)
		return number - (number + 3) % 7;
	day = day_from_number(number);
	day.day = 1;
	if (step == STEP_YEAR)
		day.month = 1;
	return day_number(day);
}

static int64_t end_of(int64_t number, enum step step)
{
	/* Never short of the next bar's first day, never past its last. */
	static const int64_t further[] = { 1, 7, 31, 366 };

	return begin_of(begin_of(number, step) + further[step], step) - 1;
}

static const char *print_number(int64_t number, struct arena *arena)
{
	char iso[DAY_SIZE];

	day_print(day_from_number(number), iso);
	return arena_copy(arena, iso);
}

/* From the newest back to the oldest, so that what does not fit is old. */
static void draw(const struct counting *counting,
		 struct search_histogram *histogram)
{
	struct arena *arena = counting->arena;
	struct search_bar *bars = arena_array(arena, BARS_MAX, sizeof *bars);
	enum step step = choose_step(counting);
	int64_t end = end_of(counting->days[0].day, step);
	size_t at = 0, left = BARS_MAX;

	while (at < counting->count && left > 0) {
		int64_t begin = begin_of(end, step);
		struct search_bar *bar = &bars[--left];

		*bar = (struct search_bar){ print_number(begin, arena),
					    print_number(end, arena), 0 };
		while (at < counting->count && counting->days[at].day >= begin)
			bar->count += counting->days[at++].count;
		end = begin - 1;
	}
	histogram->step = step_names[step];
	histogram->bars = bars + left;
	histogram->count = BARS_MAX - left;
	histogram->is_capped |= at < counting->count;
}

bool search_count_days(struct db *db, const struct search_request *request,
		       struct arena *arena,
		       struct search_histogram *ret_histogram,
		       struct fail *why)
{
	struct search_request whole = *request;
	struct counting counting = {
		.db = db,
		.arena = arena,
		.organisation_id = request->organisation_id,
	};
	auto_transaction *snapshot = NULL;

	/* Days that are none are refused here as anywhere. */
	whole.from = whole.to = NULL;
	why->kind = FAIL_NONE;
	if (!search_request_check(request, arena, &counting.question, why) ||
	    !search_request_check(&whole, arena, &counting.question, why))
		return false;
	snapshot = transaction_begin(db, why);
	if (!snapshot || !count_hits(&counting, why) ||
	    !transaction_commit(snapshot, why))
		return false;
	*ret_histogram = (struct search_histogram){
		.step = step_names[STEP_DAY],
		.is_capped = counting.seen > SEARCH_DAYS_MAX,
	};
	if (counting.count > 0)
		draw(&counting, ret_histogram);
	return true;
}
