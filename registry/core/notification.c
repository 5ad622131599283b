#include "core/notification.h"
#include "store/query.h"

enum {
	PAGE = 50
};

static const char insert_one[] =
	"INSERT INTO notification (user_id, kind, entry_id, actor_name, text,"
	"                          at)"
	" SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE ?1 <> ?7";

static const char insert_unit[] =
	"INSERT INTO notification (user_id, kind, entry_id, actor_name, text,"
	"                          at)"
	" SELECT u.id, ?2, ?3, ?4, ?5, ?6 FROM user_account u"
	"  WHERE u.unit_id = ?1 AND u.state = 'active' AND u.id <> ?7"
	"    AND (EXISTS (SELECT 1 FROM user_role r WHERE r.user_id = u.id"
	"             AND r.role = 'unit_head')"
	"      OR NOT EXISTS (SELECT 1 FROM user_account h JOIN user_role r"
	"             ON r.user_id = h.id AND r.role = 'unit_head'"
	"           WHERE h.unit_id = ?1 AND h.state = 'active'))";

static const char insert_role[] =
	"INSERT INTO notification (user_id, kind, entry_id, actor_name, text,"
	"                          at)"
	" SELECT u.id, ?2, ?3, ?4, ?5, ?6 FROM user_account u"
	"   JOIN user_role r ON r.user_id = u.id"
	"  WHERE r.role = ?1 AND u.state = 'active' AND u.id <> ?7";

static const char select_page[] =
	"SELECT n.id, n.entry_id, n.kind, n.actor_name, n.text, n.at,"
	"       n.seen_at, e.direction, e.subject, e.year, e.number"
	"  FROM notification n LEFT JOIN entry e ON e.id = n.entry_id"
	" WHERE n.user_id = ?1 AND n.id < ?2 ORDER BY n.id DESC LIMIT ?3";

static const char count_unseen[] =
	"SELECT count(*) FROM notification"
	" WHERE user_id = ?1 AND seen_at IS NULL";

static const char update_seen[] =
	"UPDATE notification SET seen_at = ?3"
	" WHERE user_id = ?1 AND seen_at IS NULL AND (?2 = 0 OR id <= ?2)";

static void bind_news(struct query *query, const struct notification_news *news)
{
	query_text(query, 2, news->kind);
	query_int_or_null(query, 3, news->entry_id);
	query_text(query, 4, news->actor ? news->actor->name : "");
	query_text(query, 5, news->text ? news->text : "");
	query_int(query, 6, news->now);
	query_int(query, 7, news->actor ? news->actor->id : 0);
}

bool notification_add(struct db *db, const struct notification_news *news,
		      int64_t user_id, struct fail *why)
{
	auto_query *query = db_query(db, insert_one, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	bind_news(query, news);
	return query_run(query, why);
}

bool notification_add_unit(struct db *db,
			   const struct notification_news *news,
			   int64_t unit_id, struct fail *why)
{
	auto_query *query = db_query(db, insert_unit, why);
	if (!query)
		return false;
	query_int(query, 1, unit_id);
	bind_news(query, news);
	return query_run(query, why);
}

bool notification_add_role(struct db *db,
			   const struct notification_news *news,
			   enum role role, struct fail *why)
{
	auto_query *query = db_query(db, insert_role, why);
	if (!query)
		return false;
	query_text(query, 1, role_name(role));
	bind_news(query, news);
	return query_run(query, why);
}

bool notification_count(struct db *db, int64_t user_id, int64_t *ret_unseen,
			struct fail *why)
{
	return db_load_int(db, count_unseen, user_id, ret_unseen, why);
}

bool notification_list(struct db *db, int64_t user_id, int64_t before,
		       struct arena *arena, struct notification_list *ret_list,
		       struct fail *why)
{
	struct notification *all = arena_array(arena, PAGE, sizeof(*all));
	struct notification_list list = { .notifications = all };
	auto_query *query = db_query(db, select_page, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	query_int(query, 2, before > 0 ? before : INT64_MAX);
	query_int(query, 3, PAGE);
	while (query_row(query, why))
		all[list.count++] = (struct notification){
			.id = query_get_int(query, 0),
			.entry_id = query_get_int(query, 1),
			.kind = query_get_text(query, 2, arena),
			.actor = query_get_text(query, 3, arena),
			.text = query_get_text(query, 4, arena),
			.at = query_get_int(query, 5),
			.seen_at = query_get_int(query, 6),
			.direction = query_get_text(query, 7, arena),
			.subject = query_get_text(query, 8, arena),
			.year = query_get_int(query, 9),
			.number = query_get_int(query, 10),
		};
	if (why->kind != FAIL_NONE ||
	    !notification_count(db, user_id, &list.unseen, why))
		return false;
	*ret_list = list;
	return true;
}

bool notification_set_seen(struct db *db, int64_t user_id, int64_t id,
			   int64_t now, struct fail *why)
{
	auto_query *query = db_query(db, update_seen, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	query_int(query, 2, id);
	query_int(query, 3, now);
	return query_run(query, why);
}
