#include "core/user.h"
#include "base/moment.h"
#include "base/secret.h"
#include "core/audit.h"
#include "core/session.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

#define COLUMNS                                                              \
	"u.id, u.organisation_id, u.unit_id, u.login, u.name, u.position,"   \
	" u.email, u.state = 'locked', u.must_change, u.seen_at, u.version," \
	" coalesce((SELECT group_concat(role) FROM user_role r"              \
	"            WHERE r.user_id = u.id), '')"

static const char insert_user[] =
	"INSERT INTO user_account (organisation_id, unit_id, login, name,"
	"       position, email, password, must_change, password_until,"
	"       created_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

static const char insert_role[] =
	"INSERT INTO user_role (user_id, role) VALUES (?1, ?2)";

static const char delete_roles[] =
	"DELETE FROM user_role WHERE user_id = ?1";

static const char update_password[] =
	"UPDATE user_account"
	"   SET password = ?2, must_change = ?3, password_until = ?4,"
	"       version = version + 1"
	" WHERE id = ?1";

static const char update_state[] =
	"UPDATE user_account SET state = ?2, version = version + 1"
	" WHERE id = ?1";

static const char delete_throttle_of[] =
	"DELETE FROM login_throttle WHERE subject ="
	" 'user:' || (SELECT login FROM user_account WHERE id = ?1)";

static const char select_by_id[] =
	"SELECT " COLUMNS " FROM user_account u WHERE u.id = ?1";

static const char select_by_login[] =
	"SELECT " COLUMNS " FROM user_account u WHERE u.login = ?1";

static const char select_all[] =
	"SELECT " COLUMNS
	" FROM user_account u WHERE u.organisation_id = ?1"
	" ORDER BY u.login";

static bool audit(struct db *db, const struct actor *actor, const char *action,
		  int64_t id, struct fail *why)
{
	const struct audit_act act = { action, "user", id, NULL };
	return audit_act(db, actor, &act, why);
}

static unsigned roles_parse(const char *names)
{
	unsigned roles = 0;
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (strstr(names, role_name((enum role)i)))
			roles |= 1u << i;
	return roles;
}

static struct user read_user(struct query *query, struct arena *arena)
{
	return (struct user){
		.id = query_get_int(query, 0),
		.organisation_id = query_get_int(query, 1),
		.unit_id = query_get_int(query, 2),
		.login = query_get_text(query, 3, arena),
		.name = query_get_text(query, 4, arena),
		.position = query_get_text(query, 5, arena),
		.email = query_get_text(query, 6, arena),
		.is_locked = query_get_int(query, 7) != 0,
		.must_change = query_get_int(query, 8) != 0,
		.seen_at = query_get_int(query, 9),
		.version = query_get_int(query, 10),
		.roles = roles_parse(query_get_text(query, 11, arena)),
	};
}

static bool add_roles(struct db *db, int64_t id, unsigned roles,
		      struct fail *why)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		if (!(roles & (1u << i)))
			continue;
		auto_query *query = db_query(db, insert_role, why);
		if (!query)
			return false;
		query_int(query, 1, id);
		query_text(query, 2, role_name((enum role)i));
		if (!query_run(query, why))
			return false;
	}
	return true;
}

static bool check_roles(unsigned roles, struct fail *why)
{
	if (roles != 0 && roles < (1u << ROLE_COUNT))
		return true;
	fail(why, FAIL_INVALID, "a user has one role or more");
	return fail_code(why, "user.roles", "Chọn ít nhất một vai trò.");
}

static bool check_wanted(const struct user *wanted, struct fail *why)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t size = wanted->login ? strlen(wanted->login) : 0;
	if (size < 2 || size > 64 || strspn(wanted->login, allowed) != size) {
		fail(why, FAIL_INVALID,
		     "a login is 2 to 64 of a-z, 0-9, '.', '_', '-'");
		return fail_code(why, "user.login",
				 "Tên đăng nhập gồm 2 đến 64 ký tự: chữ thường"
				 " không dấu, số, dấu chấm, gạch.");
	}
	if (!wanted->name || !*wanted->name)
		return fail(why, FAIL_INVALID, "a user has a name");
	return check_roles(wanted->roles, why);
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static int64_t one_time_end(bool is_one_time, int64_t now)
{
	return is_one_time ? now + USER_ONE_TIME_SECONDS : 0;
}

static bool insert(struct db *db, const struct user *wanted, const char *hash,
		   int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, insert_user, why);
	if (!query)
		return false;
	query_int(query, 1, wanted->organisation_id);
	query_int_or_null(query, 2, wanted->unit_id);
	query_text(query, 3, wanted->login);
	query_text(query, 4, viet_normal(wanted->name, arena));
	query_text(query, 5, viet_normal(or_empty(wanted->position), arena));
	query_text(query, 6, or_empty(wanted->email));
	query_text(query, 7, hash);
	query_int(query, 8, wanted->must_change);
	query_int_or_null(query, 9, one_time_end(wanted->must_change, now));
	query_int(query, 10, now);
	if (query_run(query, why))
		return true;
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT, "there is a user '%s' already",
	     wanted->login);
	return fail_code(why, "user.exists", "Tên đăng nhập này đã có.");
}

bool user_add_hashed(struct db *db, const struct user *wanted,
		     const char *hash, const struct actor *actor,
		     int64_t *ret_id, struct fail *why)
{
	if (!check_wanted(wanted, why) ||
	    !insert(db, wanted, hash, moment_now(), why))
		return false;
	int64_t id = db_last_id(db);
	if (!add_roles(db, id, wanted->roles, why) ||
	    !audit(db, actor, "user.add", id, why))
		return false;
	*ret_id = id;
	return true;
}

bool user_add(struct db *db, const struct user *wanted,
	      const struct actor *actor, struct arena *arena,
	      const char **ret_password, struct fail *why)
{
	char hash[SECRET_HASH_SIZE];
	struct user user = *wanted;
	int64_t id;
	const char *password = secret_password(arena, 4);
	user.must_change = true;
	if (!check_wanted(&user, why) || !secret_hash(password, hash, why) ||
	    !user_add_hashed(db, &user, hash, actor, &id, why))
		return false;
	*ret_password = password;
	return true;
}

static bool store_password(struct db *db, int64_t id, const char *hash,
			   bool one_time, struct fail *why)
{
	auto_query *query = db_query(db, update_password, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, hash);
	query_int(query, 3, one_time);
	query_int_or_null(query, 4, one_time_end(one_time, moment_now()));
	if (!query_run(query, why))
		return false;
	if (db_changes(db) == 1)
		return true;
	return fail(why, FAIL_NOT_FOUND, "no user with id %lld", (long long)id);
}

static bool unlock(struct db *db, int64_t id, struct fail *why)
{
	return db_run_one(db, delete_throttle_of, id, why);
}

bool user_reset_password(struct db *db, int64_t id, const struct actor *actor,
			 struct arena *arena, const char **ret_password,
			 struct fail *why)
{
	char hash[SECRET_HASH_SIZE];
	const char *password = secret_password(arena, 4);
	if (!secret_hash(password, hash, why) ||
	    !store_password(db, id, hash, true, why) ||
	    !session_end_all(db, id, NULL, why) || !unlock(db, id, why) ||
	    !audit(db, actor, "user.reset_password", id, why))
		return false;
	*ret_password = password;
	return true;
}

bool user_set_password(struct db *db, int64_t id, const char *hash,
		       const char *keep, const struct actor *actor,
		       struct fail *why)
{
	return store_password(db, id, hash, false, why) &&
	       session_end_all(db, id, keep, why) &&
	       audit(db, actor, "user.set_password", id, why);
}

static size_t count_characters(const char *utf8)
{
	size_t count = 0;
	for (; *utf8; utf8++)
		count += ((unsigned char)*utf8 & 0xc0) != 0x80;
	return count;
}

bool user_password_check(const char *password, const char *login,
			 struct fail *why)
{
	static const char *const common[] = {
		"password",
		"matkhau",
		"1234567890",
		"0123456789",
		"qwertyuiop",
		"iloveyou",
		"admin123",
	};
	auto_arena *arena = arena_create(0);
	const char *hint = NULL;
	const char *folded;

	if (strlen(password) > USER_PASSWORD_MAX)
		hint = "Mật khẩu dài quá.";
	else if (count_characters(password) < USER_PASSWORD_MIN)
		hint = "Mật khẩu cần ít nhất 10 ký tự.";
	if (!hint) {
		folded = viet_fold(password, arena);
		if (strstr(folded, login))
			hint = "Mật khẩu không được chứa tên đăng nhập.";
		for (size_t i = 0; i < sizeof(common) / sizeof(*common); i++)
			if (strncmp(folded, common[i], strlen(common[i])) == 0)
				hint = "Mật khẩu này quá dễ đoán.";
	}
	if (!hint)
		return true;
	fail(why, FAIL_INVALID, "the password is too weak");
	return fail_code(why, "password.weak", hint);
}

bool user_set_roles(struct db *db, int64_t id, unsigned roles,
		    const struct actor *actor, struct fail *why)
{
	if (!check_roles(roles, why))
		return false;
	auto_query *query = db_query(db, delete_roles, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	return query_run(query, why) && add_roles(db, id, roles, why) &&
	       audit(db, actor, "user.set_roles", id, why);
}

bool user_set_locked(struct db *db, int64_t id, bool locked,
		     const struct actor *actor, struct fail *why)
{
	auto_query *query = db_query(db, update_state, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, locked ? "locked" : "active");
	if (!query_run(query, why))
		return false;
	if (db_changes(db) != 1)
		return fail(why, FAIL_NOT_FOUND, "no user with id %lld",
			    (long long)id);
	if (locked && !session_end_all(db, id, NULL, why))
		return false;
	return audit(db, actor, locked ? "user.lock" : "user.unlock", id, why);
}

bool user_load(struct db *db, int64_t id, struct arena *arena,
	       struct user *ret_user, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "user.none", "Không có người này.",
				      "no user with id %lld", (long long)id);
	*ret_user = read_user(query, arena);
	return true;
}

bool user_find(struct db *db, const char *login, struct arena *arena,
	       struct user *ret_user, struct fail *why)
{
	auto_query *query = db_query(db, select_by_login, why);
	if (!query)
		return false;
	query_text(query, 1, viet_fold(login, arena));
	if (query_row(query, why)) {
		*ret_user = read_user(query, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_user = (struct user){ .id = 0 };
	return true;
}

bool user_list(struct db *db, int64_t organisation_id, struct arena *arena,
	       struct user_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	struct user *users = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		users = arena_grow(arena, users, count, sizeof(*users));
		users[count++] = read_user(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct user_list){ users, count };
	return true;
}

struct actor user_actor(const struct user *user)
{
	return (struct actor){
		.id = user->id,
		.name = user->name,
		.organisation_id = user->organisation_id,
		.unit_id = user->unit_id,
		.roles = user->roles,
	};
}
