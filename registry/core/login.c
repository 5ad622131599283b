/*
 * Signing in. A failure is counted, and committed, before anything is hashed:
 * a flood of guesses neither gets more than five tries nor keeps the hashing
 * workers busy. Names that do not exist are counted and hashed just the same,
 * so that nobody learns which names there are.
 */
#include "base/secret.h"
#include "core/audit.h"
#include "core/user.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

/* Hash of a random password that was thrown away. */
static const char nobodys_hash[] =
	"$argon2id$v=19$m=65536,t=2,p=1$y5/VtTq8mCYeX/lk4S0"
	"rsg$4jnWuL2Zq7ybIU6T9d6JtFjj50mvADzPCQxcDRh0WcM";

static const char delete_old[] =
	"DELETE FROM login_throttle"
	" WHERE since <= ?1 - ?2 AND locked_until <= ?1";

static const char select_throttle[] =
	"SELECT failures, locked_until FROM login_throttle WHERE subject = ?1";

static const char count_failure[] =
	"INSERT INTO login_throttle (subject, failures, since)"
	" VALUES (?1, 1, ?2)"
	" ON CONFLICT (subject) DO UPDATE SET failures = failures + 1"
	" RETURNING failures";

static const char update_locked[] =
	"UPDATE login_throttle SET locked_until = ?2 WHERE subject = ?1";

static const char delete_throttle[] =
	"DELETE FROM login_throttle WHERE subject = ?1";

static const char take_failure_back[] =
	"UPDATE login_throttle SET failures = failures - 1, locked_until = 0"
	" WHERE subject = ?1 AND failures > 0";

static const char select_password[] =
	"SELECT id, password FROM user_account WHERE login = ?1";

static const char select_state[] =
	"SELECT state, coalesce(password_until, 0) FROM user_account"
	" WHERE id = ?1";

static const char update_seen[] =
	"UPDATE user_account SET seen_at = ?2 WHERE id = ?1";

static bool run_with(struct db *db, const char *sql, const char *subject,
		     int64_t value, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);
	if (!query)
		return false;
	query_text(query, 1, subject);
	if (value)
		query_int(query, 2, value);
	return query_run(query, why);
}

static bool sweep(struct db *db, int64_t now, struct fail *why)
{
	return db_run_two(db, delete_old, now, USER_LOCK_SECONDS, why);
}

static bool check_free(struct db *db, const char *subject, int64_t now,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_throttle, why);
	if (!query)
		return false;
	query_text(query, 1, subject);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	if (query_get_int(query, 1) <= now)
		return true;
	fail(why, FAIL_DENIED, "too many failures: locked for %lld s",
	     (long long)(query_get_int(query, 1) - now));
	return fail_code(why, "login.locked",
			 "Đã tạm khóa 15 phút vì sai nhiều lần.");
}

struct count {
	const char *subject;
	int max;
};

/* The last failure locks at once; the guess itself is still looked at. */
static bool count_one(struct db *db, const struct count *count, int64_t now,
		      int *ret_left, struct fail *why)
{
	int64_t failures;
	{
		auto_query *query = db_query(db, count_failure, why);
		if (!query)
			return false;
		query_text(query, 1, count->subject);
		query_int(query, 2, now);
		if (!query_one(query, why))
			return false;
		failures = query_get_int(query, 0);
	}
	int left = count->max - (int)failures;
	if (left < *ret_left)
		*ret_left = left < 0 ? 0 : left;
	if (failures < count->max)
		return true;
	return run_with(db, update_locked, count->subject,
			now + USER_LOCK_SECONDS, why);
}

static bool find_password(struct db *db, const char *login,
			  struct arena *arena, struct user_login *ret_login,
			  struct fail *why)
{
	auto_query *query = db_query(db, select_password, why);
	if (!query)
		return false;
	query_text(query, 1, login);
	if (query_row(query, why)) {
		ret_login->user_id = query_get_int(query, 0);
		ret_login->hash = query_get_text(query, 1, arena);
		return true;
	}
	ret_login->hash = nobodys_hash;
	return why->kind == FAIL_NONE;
}

bool user_login_begin(struct db *db, const char *login, const char *address,
		      int64_t now, struct arena *arena,
		      struct user_login *ret_login, struct fail *why)
{
	if (strlen(login) > 200 || strlen(address) > 100)
		return fail(why, FAIL_INVALID, "login name is too long");
	const char *name = viet_fold(login, arena);
	struct user_login begun = {
		.user_key = arena_print(arena, "user:%s", name),
		.address_key = arena_print(arena, "address:%s", address),
		.tries_left = USER_FAILURES_MAX,
	};
	struct count counts[] = {
		{ begun.user_key, USER_FAILURES_MAX },
		{ begun.address_key, USER_ADDRESS_FAILURES_MAX },
	};
	if (!sweep(db, now, why) || !check_free(db, begun.user_key, now, why) ||
	    !check_free(db, begun.address_key, now, why) ||
	    !count_one(db, &counts[0], now, &begun.tries_left, why) ||
	    !count_one(db, &counts[1], now, &begun.tries_left, why) ||
	    !find_password(db, name, arena, &begun, why))
		return false;
	*ret_login = begun;
	return true;
}

bool user_login_matches(const struct user_login *login, const char *password)
{
	if (strlen(password) > USER_PASSWORD_MAX)
		return false;
	bool matches = secret_hash_matches(login->hash, password);
	return matches && login->user_id != 0;
}

static bool wrong(const struct user_login *login, struct fail *why)
{
	static const char *const hints[USER_FAILURES_MAX] = {
		"Tên đăng nhập hoặc mật khẩu chưa đúng. Đã tạm khóa 15 phút.",
		"Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 1 lần trước khi"
		" tạm khóa 15 phút.",
		"Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 2 lần trước khi"
		" tạm khóa 15 phút.",
		"Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 3 lần trước khi"
		" tạm khóa 15 phút.",
		"Tên đăng nhập hoặc mật khẩu chưa đúng. Còn 4 lần trước khi"
		" tạm khóa 15 phút.",
	};
	int left = login->tries_left;
	fail(why, FAIL_DENIED,
	     "user name or password is not right; %d tries left", left);
	return fail_code(why, "login.wrong",
			 hints[left < USER_FAILURES_MAX ? left : 0]);
}

static bool check_state(struct db *db, int64_t id, int64_t now,
			struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, select_state, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	if (strcmp(query_get_text(query, 0, arena), "active") != 0) {
		fail(why, FAIL_DENIED, "the account is locked");
		return fail_code(why, "login.closed",
				 "Tài khoản đã khóa. Liên hệ quản trị.");
	}
	int64_t until = query_get_int(query, 1);
	if (until == 0 || now <= until)
		return true;
	fail(why, FAIL_DENIED, "the one-time password has run out");
	return fail_code(why, "login.expired",
			 "Mật khẩu dùng một lần đã hết hạn. Liên hệ quản trị.");
}

static bool note_seen(struct db *db, const struct user *user, int64_t now,
		      struct fail *why)
{
	struct audit_event event = {
		.actor_id = user->id,
		.actor_name = user->name,
		.action = "user.login",
		.object_type = "user",
		.object_id = user->id,
	};
	auto_query *query = db_query(db, update_seen, why);
	if (!query)
		return false;
	query_int(query, 1, user->id);
	query_int(query, 2, now);
	return query_run(query, why) && audit_add(db, &event, why);
}

bool user_login_end(struct db *db, const struct user_login *login,
		    bool matched, int64_t now, struct arena *arena,
		    struct user *ret_user, struct fail *why)
{
	struct user user;
	if (!matched)
		return wrong(login, why);
	if (!check_state(db, login->user_id, now, why) ||
	    !run_with(db, delete_throttle, login->user_key, 0, why) ||
	    !run_with(db, take_failure_back, login->address_key, 0, why) ||
	    !user_load(db, login->user_id, arena, &user, why) ||
	    !note_seen(db, &user, now, why))
		return false;
	*ret_user = user;
	return true;
}
