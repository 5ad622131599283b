#include "core/calendar.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	SEARCH_MAX = 3660 /* days; nobody is off for ten years */
};

static const char select_calendar[] =
	"SELECT weekend, version FROM calendar WHERE organisation_id = ?1";

static const char select_days[] =
	"SELECT day, kind, name FROM calendar_day WHERE organisation_id = ?1"
	" ORDER BY day";

static const char delete_year[] =
	"DELETE FROM calendar_day"
	" WHERE organisation_id = ?1 AND day BETWEEN ?2 AND ?3";

static const char insert_day[] =
	"INSERT INTO calendar_day (organisation_id, day, kind, name)"
	" VALUES (?1, ?2, ?3, ?4)";

static const char replace_calendar[] =
	"INSERT INTO calendar (organisation_id, weekend, version)"
	" VALUES (?1, ?2, 2)"
	" ON CONFLICT DO UPDATE SET weekend = excluded.weekend,"
	"                           version = version + 1";

static const char select_open[] =
	"SELECT a.id, e.id, e.direction, e.subject, e.number, e.year,"
	"       coalesce(n.name, p.name), a.due_day, a.due_days, a.at"
	"  FROM assignment a JOIN entry e ON e.id = a.entry_id"
	"  LEFT JOIN unit n ON n.id = a.unit_id"
	"  LEFT JOIN user_account p ON p.id = a.user_id"
	" WHERE a.state IN ('sent', 'working') AND a.due_day IS NOT NULL"
	"   AND e.organisation_id = ?1 AND e.state = 'valid'"
	" ORDER BY a.due_day, a.id";

static const char update_assignment[] =
	"UPDATE assignment SET due_day = ?2 WHERE id = ?1";

static const char update_flow[] =
	"UPDATE flow SET due_day = ?2 WHERE entry_id = ("
	"  SELECT entry_id FROM assignment WHERE id = ?1 AND role = 'lead'"
	"     AND parent_id IS NULL)";

int calendar_weekday(struct day day)
{
	/* 1970-01-01 was a Thursday */
	return (int)((((day_number(day) + 3) % 7) + 7) % 7) + 1;
}

static const struct calendar_day *find(const struct calendar *calendar,
				       int64_t number)
{
	size_t low = 0, high = calendar->count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (calendar->days[middle].number == number)
			return &calendar->days[middle];
		if (calendar->days[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

bool calendar_is_working(const struct calendar *calendar, struct day day)
{
	const struct calendar_day *found = find(calendar, day_number(day));
	if (found)
		return !found->is_off;
	return !calendar->weekend[calendar_weekday(day)];
}

struct day calendar_add(const struct calendar *calendar, struct day day,
			int64_t count)
{
	int64_t number = day_number(day) + (count > 0);
	for (int i = 0; i < SEARCH_MAX; i++, number++) {
		if (!calendar_is_working(calendar, day_from_number(number)))
			continue;
		if (count <= 1)
			break;
		count--;
	}
	return day_from_number(number);
}

int64_t calendar_between(const struct calendar *calendar, struct day from,
			 struct day to)
{
	int64_t first = day_number(from), last = day_number(to), count = 0;
	if (last < first)
		return -calendar_between(calendar, to, from);
	for (int64_t number = first + 1; number <= last; number++)
		count += calendar_is_working(calendar, day_from_number(number));
	return count;
}

bool calendar_knows_tet(const struct calendar *calendar, int year)
{
	int64_t first = day_number((struct day){ year, 1, 21 });
	int64_t last = day_number((struct day){ year, 2, 20 });
	for (size_t i = 0; i < calendar->count; i++) {
		const struct calendar_day *day = &calendar->days[i];
		if (day->is_off && day->number >= first && day->number <= last)
			return true;
	}
	return false;
}

static void set_weekend(struct calendar *calendar, const char *digits)
{
	for (; *digits; digits++)
		if (*digits >= '1' && *digits <= '7')
			calendar->weekend[*digits - '0'] = true;
}

static bool load_days(struct db *db, int64_t organisation_id,
		      struct arena *arena, struct calendar *calendar,
		      struct fail *why)
{
	auto_query *query = db_query(db, select_days, why);
	struct calendar_day *days = NULL;
	size_t count = 0;
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	while (query_row(query, why)) {
		struct day day;
		if (!day_parse(query_get_text(query, 0, arena), &day))
			continue;
		days = arena_grow(arena, days, count, sizeof(*days));
		days[count++] = (struct calendar_day){
			.number = day_number(day),
			.is_off = strcmp(query_get_text(query, 1, arena),
					 "off") == 0,
			.name = query_get_text(query, 2, arena),
		};
	}
	calendar->days = days;
	calendar->count = count;
	return why->kind == FAIL_NONE;
}

bool calendar_load(struct db *db, int64_t organisation_id, struct arena *arena,
		   struct calendar *ret_calendar, struct fail *why)
{
	struct calendar calendar = { .version = 1 };
	const char *weekend = "67";
	auto_query *query = db_query(db, select_calendar, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	if (query_row(query, why)) {
		weekend = query_get_text(query, 0, arena);
		calendar.version = query_get_int(query, 1);
	} else if (why->kind != FAIL_NONE) {
		return false;
	}
	set_weekend(&calendar, weekend);
	if (!load_days(db, organisation_id, arena, &calendar, why))
		return false;
	*ret_calendar = calendar;
	return true;
}

static bool check_change(const struct calendar_change *change,
			 struct fail *why)
{
	bool works = !change->weekend;
	if (change->year < 1900 || change->year > 2999)
		return fail(why, FAIL_INVALID, "'year' is not a year");
	for (int weekday = 1; change->weekend && weekday <= 7; weekday++)
		works |= !change->weekend[weekday];
	if (!works)
		return fail(why, FAIL_INVALID, "somebody has to work");
	for (size_t i = 0; i < change->count; i++) {
		const struct calendar_day *day = &change->days[i];
		if (day_from_number(day->number).year != change->year ||
		    (i && day[-1].number >= day->number)) {
			fail(why, FAIL_INVALID,
			     "the days must be of %d, in order, each once",
			     change->year);
			return fail_code(why, "calendar.days",
					 "Các ngày phải thuộc năm này, theo"
					 " thứ tự, mỗi ngày một lần.");
		}
	}
	return true;
}

/* The days before and after the year as they are, between them the new. */
static struct calendar merge(const struct calendar *old,
			     const struct calendar_change *change,
			     struct arena *arena)
{
	struct calendar calendar = *old;
	int64_t first = day_number((struct day){ change->year, 1, 1 });
	int64_t last = day_number((struct day){ change->year, 12, 31 });
	struct calendar_day *days =
		arena_array(arena, old->count + change->count, sizeof(*days));
	size_t count = 0;
	for (size_t i = 0; i < old->count && old->days[i].number < first; i++)
		days[count++] = old->days[i];
	for (size_t i = 0; i < change->count; i++)
		days[count++] = change->days[i];
	for (size_t i = 0; i < old->count; i++)
		if (old->days[i].number > last)
			days[count++] = old->days[i];
	calendar.days = days;
	calendar.count = count;
	if (change->weekend)
		memcpy(calendar.weekend, change->weekend,
		       sizeof(calendar.weekend));
	return calendar;
}

static const char *print_day(struct day day, struct arena *arena)
{
	char iso[DAY_SIZE];
	day_print(day, iso);
	return arena_copy(arena, iso);
}

/* Fills new_day; false when this deadline is not touched. */
static bool affects(const struct calendar *calendar, struct query *query,
		    struct calendar_effect *effect, struct arena *arena)
{
	int64_t days = query_get_int(query, 8);
	struct day due;
	if (!days)
		return day_parse(effect->old_day, &due) &&
		       !calendar_is_working(calendar, due);
	due = calendar_add(calendar, moment_day(query_get_int(query, 9)), days);
	effect->new_day = print_day(due, arena);
	return strcmp(effect->new_day, effect->old_day) != 0;
}

static bool find_effects(struct db *db, int64_t organisation_id,
			 const struct calendar *calendar, struct arena *arena,
			 struct calendar_effects *ret_effects,
			 struct fail *why)
{
	auto_query *query = db_query(db, select_open, why);
	struct calendar_effect *all = NULL;
	size_t count = 0;
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	while (query_row(query, why)) {
		struct calendar_effect effect = {
			.assignment_id = query_get_int(query, 0),
			.entry_id = query_get_int(query, 1),
			.direction = query_get_text(query, 2, arena),
			.subject = query_get_text(query, 3, arena),
			.number = query_get_int(query, 4),
			.year = query_get_int(query, 5),
			.name = query_get_text(query, 6, arena),
			.old_day = query_get_text(query, 7, arena),
		};
		if (!affects(calendar, query, &effect, arena))
			continue;
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = effect;
	}
	*ret_effects = (struct calendar_effects){ all, count };
	return why->kind == FAIL_NONE;
}

bool calendar_preview(struct db *db, const struct calendar_change *change,
		      struct arena *arena, struct calendar_effects *ret_effects,
		      struct fail *why)
{
	int64_t organisation_id = change->actor.organisation_id;
	struct calendar old, new;
	if (!check_change(change, why) ||
	    !calendar_load(db, organisation_id, arena, &old, why))
		return false;
	new = merge(&old, change, arena);
	return find_effects(db, organisation_id, &new, arena, ret_effects, why);
}

static bool write_days(struct db *db, const struct calendar_change *change,
		       struct arena *arena, struct fail *why)
{
	for (size_t i = 0; i < change->count; i++) {
		const struct calendar_day *day = &change->days[i];
		auto_query *query = db_query(db, insert_day, why);
		if (!query)
			return false;
		query_int(query, 1, change->actor.organisation_id);
		query_text(query, 2,
			   print_day(day_from_number(day->number), arena));
		query_text(query, 3, day->is_off ? "off" : "work");
		query_text(query, 4, viet_normal(day->name, arena));
		if (!query_run(query, why))
			return false;
	}
	return true;
}

static bool drop_year(struct db *db, const struct calendar_change *change,
		      struct arena *arena, struct fail *why)
{
	auto_query *query = db_query(db, delete_year, why);
	if (!query)
		return false;
	query_int(query, 1, change->actor.organisation_id);
	query_text(query, 2, arena_print(arena, "%04d-01-01", change->year));
	query_text(query, 3, arena_print(arena, "%04d-12-31", change->year));
	return query_run(query, why);
}

static bool write_calendar(struct db *db, const struct calendar_change *change,
			   const struct calendar *new, struct fail *why)
{
	char digits[8] = "";
	size_t count = 0;
	auto_query *query = db_query(db, replace_calendar, why);
	if (!query)
		return false;
	for (int weekday = 1; weekday <= 7; weekday++)
		if (new->weekend[weekday])
			digits[count++] = (char)('0' + weekday);
	query_int(query, 1, change->actor.organisation_id);
	query_text(query, 2, digits);
	return query_run(query, why);
}

static bool set_due(struct db *db, const char *sql, int64_t id,
		    const char *day, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, day);
	return query_run(query, why);
}

static bool move_deadlines(struct db *db, const struct calendar_effects *moved,
			   struct fail *why)
{
	for (size_t i = 0; i < moved->count; i++) {
		const struct calendar_effect *one = &moved->effects[i];
		if (one->new_day &&
		    (!set_due(db, update_assignment, one->assignment_id,
			      one->new_day, why) ||
		     !set_due(db, update_flow, one->assignment_id,
			      one->new_day, why) ||
		     !search_index_entry(db, one->entry_id, why)))
			return false;
	}
	return true;
}

static bool note(struct db *db, const struct calendar_change *change,
		 const struct calendar_effects *effects, struct arena *arena,
		 struct fail *why)
{
	auto_tree *detail = tree_create();
	struct tree *list;
	tree_set_int(detail, "year", change->year);
	list = tree_set_list(detail, "days");
	for (size_t i = 0; i < change->count; i++) {
		const struct calendar_day *day = &change->days[i];
		struct tree *out = tree_add_tree(list);
		tree_set_text(out, "day",
			      print_day(day_from_number(day->number), arena));
		tree_set_text(out, "kind", day->is_off ? "off" : "work");
		tree_set_text(out, "name", day->name);
	}
	list = tree_set_list(detail, "moved");
	for (size_t i = 0; i < effects->count; i++)
		if (effects->effects[i].new_day)
			tree_add_int(list, effects->effects[i].assignment_id);
	const struct audit_act act = { "calendar.write", "calendar",
				       change->year, detail };
	return audit_act(db, &change->actor, &act, why);
}

bool calendar_write(struct db *db, const struct calendar_change *change,
		    struct arena *arena, struct calendar_effects *ret_effects,
		    struct fail *why)
{
	int64_t organisation_id = change->actor.organisation_id;
	struct calendar old, new;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !check_change(change, why) ||
	    !calendar_load(db, organisation_id, arena, &old, why))
		return false;
	if (old.version != change->version) {
		fail(why, FAIL_CONFLICT, "the calendar was changed meanwhile");
		return fail_code(why, "calendar.changed",
				 "Lịch vừa được người khác sửa.");
	}
	new = merge(&old, change, arena);
	return find_effects(db, organisation_id, &new, arena, ret_effects,
			    why) &&
	       drop_year(db, change, arena, why) &&
	       write_days(db, change, arena, why) &&
	       write_calendar(db, change, &new, why) &&
	       move_deadlines(db, ret_effects, why) &&
	       note(db, change, ret_effects, arena, why) &&
	       transaction_commit(transaction, why);
}
