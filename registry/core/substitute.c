#include "core/substitute.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/notification.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

static const char select_all[] =
	"SELECT s.id, s.user_id, u.name, s.substitute_id, t.name, s.from_day,"
	"       s.to_day, s.reason, ?2 BETWEEN s.from_day AND s.to_day"
	"  FROM substitute s JOIN user_account u ON u.id = s.user_id"
	"  JOIN user_account t ON t.id = s.substitute_id"
	" WHERE u.organisation_id = ?1 AND s.to_day >= ?2"
	" ORDER BY s.from_day, s.id";

static const char insert_substitute[] =
	"INSERT INTO substitute (user_id, substitute_id, from_day, to_day,"
	"                        reason, created_by, created_at)"
	" SELECT u.id, t.id, ?3, ?4, ?5, ?6, ?7 FROM user_account u,"
	"        user_account t"
	"  WHERE u.id = ?1 AND t.id = ?2 AND u.organisation_id = ?8"
	"    AND t.organisation_id = ?8 AND t.state = 'active'";

static const char select_absent[] =
	"SELECT user_id FROM substitute WHERE id = ?1";

static const char update_end[] =
	"UPDATE substitute SET to_day = ?2 WHERE id = ?1 AND from_day <= ?2"
	"   AND to_day > ?2";

static const char delete_later[] =
	"DELETE FROM substitute WHERE id = ?1 AND from_day > ?2";

static const char select_active[] =
	"SELECT s.user_id, r.role, u.unit_id FROM substitute s"
	"  JOIN user_account u ON u.id = s.user_id"
	"  LEFT JOIN user_role r ON r.user_id = s.user_id"
	"   AND r.role IN ('leader', 'unit_head')"
	" WHERE s.substitute_id = ?1 AND ?2 BETWEEN s.from_day AND s.to_day"
	" LIMIT 32";

bool substitute_list(struct db *db, int64_t organisation_id, int64_t now,
		     struct arena *arena, struct substitute_list *ret_list,
		     struct fail *why)
{
	struct substitute *all = NULL;
	char today[DAY_SIZE];
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	day_print(moment_day(now), today);
	query_int(query, 1, organisation_id);
	query_text(query, 2, today);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct substitute){
			.id = query_get_int(query, 0),
			.user_id = query_get_int(query, 1),
			.user_name = query_get_text(query, 2, arena),
			.substitute_id = query_get_int(query, 3),
			.substitute_name = query_get_text(query, 4, arena),
			.from_day = query_get_text(query, 5, arena),
			.to_day = query_get_text(query, 6, arena),
			.reason = query_get_text(query, 7, arena),
			.is_active = query_get_int(query, 8) == 1,
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct substitute_list){ all, count };
	return true;
}

static bool check_days(const struct substitute *wanted, int64_t now,
		       struct fail *why)
{
	struct day from, to;
	char today[DAY_SIZE];
	day_print(moment_day(now), today);
	if (day_parse(wanted->from_day, &from) &&
	    day_parse(wanted->to_day, &to) &&
	    strcmp(wanted->to_day, today) >= 0 &&
	    day_number(from) <= day_number(to) &&
	    day_number(to) - day_number(from) <= SUBSTITUTE_DAYS_MAX)
		return true;
	fail(why, FAIL_INVALID, "the days of absence are wrong");
	return fail_code(why, "substitute.days",
			 "Ngày vắng mặt chưa đúng: từ ngày, đến ngày, chưa"
			 " qua.");
}

static bool check_right(int64_t absent, int64_t substitute,
			const struct actor *actor, struct fail *why)
{
	bool clerk = (actor->roles & 1u << ROLE_CLERK) != 0;
	if (absent == actor->id || (clerk && substitute != actor->id))
		return true;
	fail(why, FAIL_DENIED, "people choose their own substitute");
	return fail_code(why, "substitute.denied",
			 "Mỗi người tự chọn người thay mình; văn thư nhập hộ"
			 " nhưng không chọn chính mình.");
}

static bool audit(struct db *db, const struct actor *actor, const char *action,
		  int64_t user_id, const struct substitute *detail,
		  struct fail *why)
{
	auto_tree *tree = tree_create();
	if (detail->substitute_id)
		tree_set_int(tree, "substitute", detail->substitute_id);
	tree_set_text(tree, "from_day", detail->from_day);
	tree_set_text(tree, "to_day", detail->to_day);
	tree_set_text(tree, "reason", detail->reason);
	const struct audit_act act = { action, "user", user_id, tree };
	return audit_act(db, actor, &act, why);
}

static bool insert(struct db *db, const struct substitute *wanted,
		   const struct actor *actor, int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *reason = wanted->reason ? wanted->reason : "";
	auto_query *query = db_query(db, insert_substitute, why);
	if (!query)
		return false;
	query_int(query, 1, wanted->user_id);
	query_int(query, 2, wanted->substitute_id);
	query_text(query, 3, wanted->from_day);
	query_text(query, 4, wanted->to_day);
	query_text(query, 5, viet_normal(reason, arena));
	query_int(query, 6, actor->id);
	query_int(query, 7, now);
	query_int(query, 8, actor->organisation_id);
	if (query_run(query, why) && db_changes(db) == 1)
		return true;
	if (why->kind != FAIL_NONE && why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_INVALID, "that person cannot stand in");
	return fail_code(why, "substitute.person",
			 "Người này không thay được.");
}

bool substitute_add(struct db *db, const struct substitute *wanted,
		    const struct actor *actor, int64_t now, int64_t *ret_id,
		    struct fail *why)
{
	const struct notification_news news = {
		.kind = "substitute",
		.actor = actor,
		.text = wanted->from_day,
		.now = now,
	};
	if (!check_days(wanted, now, why) ||
	    !check_right(wanted->user_id, wanted->substitute_id, actor, why) ||
	    !insert(db, wanted, actor, now, why))
		return false;
	*ret_id = db_last_id(db);
	return notification_add(db, &news, wanted->substitute_id, why) &&
	       notification_add(db, &news, wanted->user_id, why) &&
	       audit(db, actor, "user.substitute", wanted->user_id, wanted,
		     why);
}

static bool run_end(struct db *db, const char *sql, int64_t id, const char *day,
		    struct fail *why)
{
	auto_query *query = db_query(db, sql, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, day);
	return query_run(query, why);
}

bool substitute_end(struct db *db, int64_t id, const struct actor *actor,
		    int64_t now, struct fail *why)
{
	struct substitute ended = { .to_day = "" };
	char yesterday[DAY_SIZE];
	int64_t user_id;
	if (!db_load_int(db, select_absent, id, &user_id, why))
		return false;
	day_print(day_from_number(day_number(moment_day(now)) - 1), yesterday);
	ended.to_day = yesterday;
	return check_right(user_id, 0, actor, why) &&
	       run_end(db, update_end, id, yesterday, why) &&
	       run_end(db, delete_later, id, yesterday, why) &&
	       audit(db, actor, "user.substitute_end", user_id, &ended, why);
}

bool substitute_extend(struct db *db, struct actor *actor, int64_t now,
		       struct arena *arena, struct fail *why)
{
	char today[DAY_SIZE];
	int64_t *users = NULL, *units = NULL;
	size_t count = 0, unit_count = 0;
	auto_query *query = db_query(db, select_active, why);
	if (!query)
		return false;
	day_print(moment_day(now), today);
	query_int(query, 1, actor->id);
	query_text(query, 2, today);
	while (query_row(query, why)) {
		const char *role = query_get_text(query, 1, arena);
		users = arena_grow(arena, users, count, sizeof(*users));
		users[count++] = query_get_int(query, 0);
		if (!role)
			continue;
		actor->roles |= 1u << role_find(role);
		if (strcmp(role, "unit_head") != 0)
			continue;
		units = arena_grow(arena, units, unit_count, sizeof(*units));
		units[unit_count++] = query_get_int(query, 2);
	}
	actor->stands_for = users;
	actor->stands_for_count = count;
	actor->also_units = units;
	actor->also_unit_count = unit_count;
	return why->kind == FAIL_NONE;
}
