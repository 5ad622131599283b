#include "core/approval.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/grant.h"
#include "core/notification.h"
#include "core/user.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

/* clang-format off */
/* ?1 the viewer, ?2 may confirm roles, ?3 may confirm grants */
#define MAY_DECIDE \
	"(p.state = 'waiting' AND p.asked_by <> ?1" \
	" AND CASE p.kind WHEN 'roles' THEN ?2 AND p.subject_id <> ?1" \
	"     ELSE ?3 AND NOT EXISTS (SELECT 1 FROM access_grant g" \
	"           WHERE g.id = p.subject_id AND g.user_id = ?1) END)"

#define COLUMNS \
	"SELECT p.id, p.subject_id, p.kind, p.detail, p.reason, p.state," \
	"       p.note, p.asked_by, p.asked_at, p.decided_at, a.name, d.name," \
	"       " MAY_DECIDE \
	"  FROM approval p JOIN user_account a ON a.id = p.asked_by" \
	"  LEFT JOIN user_account d ON d.id = p.decided_by"
/* clang-format on */

static const char select_all[] =
	COLUMNS
	" WHERE p.organisation_id = ?4 AND (?5 OR p.state = 'waiting')"
	"   AND (p.asked_by = ?1 OR (p.kind = 'roles' AND (?2 OR"
	"        p.subject_id = ?1)) OR (p.kind = 'grant' AND ?3))"
	" ORDER BY p.id DESC LIMIT 200";

static const char select_one[] =
	COLUMNS " WHERE p.organisation_id = ?4 AND ?5 AND p.id = ?6";

static const char count_waiting[] =
	"SELECT count(*) FROM approval p"
	" WHERE p.organisation_id = ?4 AND ?5 AND " MAY_DECIDE;

static const char insert_roles[] =
	"INSERT INTO approval (organisation_id, kind, subject_id, detail,"
	"                      reason, asked_by, asked_at)"
	" VALUES (?1, 'roles', ?2, ?3, ?4, ?5, ?6)";

static const char update_decided[] =
	"UPDATE approval SET state = ?2, decided_by = ?3, decided_at = ?4,"
	"       note = ?5 WHERE id = ?1 AND state = 'waiting'";

static void bind_viewer(struct query *query, const struct actor *viewer,
			bool all)
{
	unsigned roles = viewer->roles;
	unsigned over_roles = 1u << ROLE_ADMINISTRATOR | 1u << ROLE_LEADER;
	query_int(query, 1, viewer->id);
	query_int(query, 2, (roles & over_roles) != 0);
	query_int(query, 3, access_sees_all(roles));
	query_int(query, 4, viewer->organisation_id);
	query_int(query, 5, all);
}

static struct approval read_approval(struct query *query, struct arena *arena)
{
	return (struct approval){
		.id = query_get_int(query, 0),
		.subject_id = query_get_int(query, 1),
		.kind = query_get_text(query, 2, arena),
		.detail = query_get_text(query, 3, arena),
		.reason = query_get_text(query, 4, arena),
		.state = query_get_text(query, 5, arena),
		.note = query_get_text(query, 6, arena),
		.asked_by = query_get_int(query, 7),
		.asked_at = query_get_int(query, 8),
		.decided_at = query_get_int(query, 9),
		.asked_name = query_get_text(query, 10, arena),
		.decided_name = query_get_text(query, 11, arena),
		.may_decide = query_get_int(query, 12) == 1,
	};
}

bool approval_count(struct db *db, const struct actor *viewer,
		    int64_t *ret_waiting, struct fail *why)
{
	auto_query *query = db_query(db, count_waiting, why);
	if (!query)
		return false;
	bind_viewer(query, viewer, true);
	if (!query_one(query, why))
		return false;
	*ret_waiting = query_get_int(query, 0);
	return true;
}

bool approval_list(struct db *db, const struct actor *viewer, bool all,
		   struct arena *arena, struct approval_list *ret_list,
		   struct fail *why)
{
	struct approval_list list = { .count = 0 };
	struct approval *items = NULL;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	bind_viewer(query, viewer, all);
	while (query_row(query, why)) {
		items = arena_grow(arena, items, list.count, sizeof(*items));
		items[list.count++] = read_approval(query, arena);
	}
	if (why->kind != FAIL_NONE ||
	    !approval_count(db, viewer, &list.waiting, why))
		return false;
	list.approvals = items;
	*ret_list = list;
	return true;
}

bool approval_load(struct db *db, int64_t id, const struct actor *viewer,
		   struct arena *arena, struct approval *ret_approval,
		   struct fail *why)
{
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	bind_viewer(query, viewer, true);
	query_int(query, 6, id);
	if (query_row(query, why)) {
		*ret_approval = read_approval(query, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	fail(why, FAIL_NOT_FOUND, "no such change of rights");
	return fail_code(why, "approval.none", "Không có đề nghị này.");
}

static void set_roles(struct tree *detail, const char *name, unsigned roles)
{
	struct tree *list = tree_set_list(detail, name);
	for (int role = 0; role < ROLE_COUNT; role++)
		if (roles & 1u << role)
			tree_add_text(list, role_name((enum role)role));
}

static bool note(struct db *db, const struct actor *actor, const char *action,
		 int64_t user_id, const char *detail, struct fail *why)
{
	return audit_add(db,
			 &(struct audit_event){
				 .actor_id = actor->id,
				 .actor_name = actor->name,
				 .action = action,
				 .object_type = "user",
				 .object_id = user_id,
				 .detail_json = detail,
			 },
			 why);
}

static bool insert(struct db *db, const struct approval_roles *wanted,
		   const struct actor *actor, const char *detail,
		   struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *reason = wanted->reason ? wanted->reason : "";
	auto_query *query = db_query(db, insert_roles, why);
	if (!query)
		return false;
	query_int(query, 1, actor->organisation_id);
	query_int(query, 2, wanted->user_id);
	query_text(query, 3, detail);
	query_text(query, 4, viet_normal(reason, arena));
	query_int(query, 5, actor->id);
	query_int(query, 6, wanted->now);
	if (query_run(query, why))
		return true;
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT, "a change of these roles waits already");
	return fail_code(why, "approval.waits",
			 "Đã có thay đổi vai trò đang chờ xác nhận.");
}

static bool tell(struct db *db, const struct actor *actor, int64_t user_id,
		 int64_t now, struct fail *why)
{
	const struct notification_news news = {
		.kind = "approval",
		.actor = actor,
		.now = now,
	};
	return notification_add(db, &news, user_id, why) &&
	       notification_add_role(db, &news, ROLE_ADMINISTRATOR, why) &&
	       notification_add_role(db, &news, ROLE_LEADER, why);
}

bool approval_ask_roles(struct db *db, const struct approval_roles *wanted,
			const struct actor *actor, int64_t *ret_id,
			struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	auto_text json = { .limit = 0 };
	struct user user;
	if (!wanted->roles)
		return fail(why, FAIL_INVALID, "a person has a role");
	if (!user_load(db, wanted->user_id, arena, &user, why))
		return false;
	if (user.roles == wanted->roles) {
		fail(why, FAIL_CONFLICT, "these are the roles already");
		return fail_code(why, "approval.same",
				 "Vai trò không thay đổi.");
	}
	tree_set_text(detail, "name", user.name);
	set_roles(detail, "old", user.roles);
	set_roles(detail, "new", wanted->roles);
	tree_print(detail, &json);
	if (!insert(db, wanted, actor, text_string(&json), why))
		return false;
	*ret_id = db_last_id(db);
	return tell(db, actor, wanted->user_id, wanted->now, why) &&
	       note(db, actor, "user.ask_roles", wanted->user_id,
		    text_string(&json), why);
}

static bool set_decided(struct db *db, const struct approval_decision *decision,
			const struct actor *actor, struct arena *arena,
			struct fail *why)
{
	const char *text = decision->note ? decision->note : "";
	auto_query *query = db_query(db, update_decided, why);
	if (!query)
		return false;
	query_int(query, 1, decision->id);
	query_text(query, 2, decision->approve ? "confirmed" : "refused");
	query_int(query, 3, actor->id);
	query_int(query, 4, decision->now);
	query_text(query, 5, viet_normal(text, arena));
	return query_run(query, why);
}

static bool settle_roles(struct db *db, const struct approval *approval,
			 const struct approval_decision *decision,
			 const struct actor *actor, struct fail *why)
{
	auto_tree *detail = tree_parse(bytes_of(approval->detail), why);
	const struct tree *list = detail ? tree_member(detail, "new") : NULL;
	unsigned roles = 0;
	if (!detail)
		return false;
	for (size_t i = 0; list && i < tree_count(list); i++) {
		enum role role = role_find(tree_text_at(list, i));
		if (role < ROLE_COUNT)
			roles |= 1u << role;
	}
	if (decision->approve && !user_set_roles(db, approval->subject_id,
						 roles, actor, why))
		return false;
	return note(db, actor,
		    decision->approve ? "user.confirm_roles"
				      : "user.refuse_roles",
		    approval->subject_id, approval->detail, why);
}

static bool check_second(const struct approval *approval, struct fail *why)
{
	if (strcmp(approval->state, "waiting") != 0) {
		fail(why, FAIL_CONFLICT, "it was decided already");
		return fail_code(why, "approval.decided",
				 "Đề nghị này đã được giải quyết.");
	}
	if (approval->may_decide)
		return true;
	fail(why, FAIL_DENIED, "a second authorised person decides");
	return fail_code(why, "approval.second",
			 "Cần người có thẩm quyền thứ hai xác nhận, không phải"
			 " người đề nghị hay người được cấp quyền.");
}

bool approval_decide(struct db *db, const struct approval_decision *decision,
		     const struct actor *actor, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct approval approval;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction ||
	    !approval_load(db, decision->id, actor, arena, &approval, why) ||
	    !check_second(&approval, why) ||
	    !set_decided(db, decision, actor, arena, why))
		return false;
	if (strcmp(approval.kind, "roles") == 0) {
		if (!settle_roles(db, &approval, decision, actor, why))
			return false;
	} else if (!grant_settle(db, approval.subject_id, decision->approve,
				 actor, decision->now, why)) {
		return false;
	}
	return transaction_commit(transaction, why);
}
