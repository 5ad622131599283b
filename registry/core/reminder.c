#include "core/reminder.h"
#include "base/tree.h"
#include "core/assignment_row.h"
#include "core/calendar.h"
#include "core/notification.h"
#include "core/sight.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"

/* clang-format off */
static const char select_open[] =
	"SELECT a.id, a.unit_id, a.user_id, coalesce(n.name, p.name),"
	"       a.given_by IN " SIGHT_PEOPLE("?3", "?4")
	"  FROM assignment a LEFT JOIN unit n ON n.id = a.unit_id"
	"  LEFT JOIN user_account p ON p.id = a.user_id"
	" WHERE a.entry_id = ?1 AND a.state IN ('sent', 'working')"
	"   AND (a.id = ?2"
	"     OR (?2 = 0 AND a.role = 'lead' AND a.parent_id IS NULL))";
/* clang-format on */

static const char insert_reminder[] =
	"INSERT INTO reminder (assignment_id, sent_by, text, due_day, at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";

static const char select_due[] =
	"SELECT a.id, a.entry_id, a.unit_id, a.user_id, a.due_day,"
	"       i.remind_days"
	"  FROM assignment a JOIN instruction i ON i.id = a.instruction_id"
	"  JOIN entry e ON e.id = a.entry_id"
	" WHERE a.state IN ('sent', 'working') AND a.role <> 'inform'"
	"   AND a.due_day >= ?2 AND i.remind_days >= 0"
	"   AND e.organisation_id = ?1 AND e.state = 'valid'"
	"   AND e.status IN ('routed', 'working')"
	"   AND (SELECT count(*) FROM reminder r WHERE r.assignment_id = a.id"
	"           AND r.sent_by IS NULL AND r.due_day = a.due_day"
	"           AND (a.due_day > ?2 OR r.at >= ?3)) = 0"
	" ORDER BY a.due_day, a.id LIMIT 500";

struct place {
	int64_t id, entry_id, unit_id, user_id;
	const char *due_day;
};

static bool write_reminder(struct db *db, const struct place *place,
			   const struct notification_news *news,
			   struct fail *why)
{
	auto_query *query = db_query(db, insert_reminder, why);
	if (!query)
		return false;
	query_int(query, 1, place->id);
	query_int_or_null(query, 2, news->actor ? news->actor->id : 0);
	query_text(query, 3, news->text ? news->text : "");
	query_text(query, 4, place->due_day ? place->due_day : "");
	query_int(query, 5, news->now);
	if (!query_run(query, why))
		return false;
	if (place->unit_id)
		return notification_add_unit(db, news, place->unit_id, why);
	return notification_add(db, news, place->user_id, why);
}

static bool find_open(struct flow_step *step, int64_t id, struct place *place,
		      const char **ret_name, struct fail *why)
{
	const struct actor *actor = &step->change->actor;
	unsigned all = 1u << ROLE_CLERK | 1u << ROLE_LEADER;
	auto_query *query = db_query(step->db, select_open, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, id);
	query_int(query, 3, actor->id);
	query_text(query, 4, step->today);
	if (!query_row(query, why)) {
		if (why->kind != FAIL_NONE)
			return false;
		fail(why, FAIL_CONFLICT, "nobody is left to remind");
		return fail_code(why, "flow.state",
				 "Không còn ai phải nhắc.");
	}
	*place = (struct place){
		.id = query_get_int(query, 0),
		.unit_id = query_get_int(query, 1),
		.user_id = query_get_int(query, 2),
	};
	*ret_name = query_get_text(query, 3, step->arena);
	return query_get_int(query, 4) || (actor->roles & all) ||
	       flow_denied(why, "the one who gave it reminds");
}

static bool remind(struct flow_step *step, int64_t id, const char *raw,
		   struct fail *why)
{
	const char *text = viet_normal(raw ? raw : "", step->arena);
	auto_tree *detail = tree_create();
	const struct notification_news news = {
		.kind = "reminder",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.text = text,
		.now = step->now,
	};
	struct place place;
	const char *name = NULL;
	if (!flow_step_need(step, " routed working information ", why) ||
	    !find_open(step, id, &place, &name, why) ||
	    !write_reminder(step->db, &place, &news, why))
		return false;
	tree_set_text(detail, "name", name);
	tree_set_text(detail, "text", text);
	return flow_step_end(step, "flow.remind", detail, NULL, why);
}

bool reminder_send(struct db *db, const struct flow_change *change,
		   int64_t assignment_id, const char *text, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || remind(&step, assignment_id, text, why)) &&
	       transaction_commit(transaction, why);
}

struct due_list {
	struct place *places;
	size_t count;
};

/* Those whose day it is: the deadline is today or `remind_days` away. */
static bool find_due(struct db *db, int64_t organisation_id, int64_t now,
		     struct arena *arena, struct due_list *list,
		     struct fail *why)
{
	struct day today = moment_day(now), due;
	struct calendar calendar;
	char iso[DAY_SIZE];
	if (!calendar_load(db, organisation_id, arena, &calendar, why))
		return false;
	auto_query *query = db_query(db, select_due, why);
	if (!query)
		return false;
	day_print(today, iso);
	query_int(query, 1, organisation_id);
	query_text(query, 2, iso);
	query_int(query, 3, moment_of_day(today));
	while (query_row(query, why)) {
		const char *due_day = query_get_text(query, 4, arena);
		if (!day_parse(due_day, &due) ||
		    calendar_between(&calendar, today, due) >
			    query_get_int(query, 5))
			continue;
		list->places = arena_grow(arena, list->places, list->count,
					  sizeof(*list->places));
		list->places[list->count++] = (struct place){
			.id = query_get_int(query, 0),
			.entry_id = query_get_int(query, 1),
			.unit_id = query_get_int(query, 2),
			.user_id = query_get_int(query, 3),
			.due_day = due_day,
		};
	}
	return why->kind == FAIL_NONE;
}

bool reminder_run(struct db *db, int64_t organisation_id, int64_t now,
		  int64_t *ret_count, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct due_list list = { .places = NULL };
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction ||
	    !find_due(db, organisation_id, now, arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct notification_news news = {
			.kind = "reminder",
			.entry_id = list.places[i].entry_id,
			.text = list.places[i].due_day,
			.now = now,
		};
		if (!write_reminder(db, &list.places[i], &news, why))
			return false;
	}
	*ret_count = (int64_t)list.count;
	return transaction_commit(transaction, why);
}
