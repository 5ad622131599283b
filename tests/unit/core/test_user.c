#include "core/session.h"
#include "core/user.h"
#include "support/register.h"

static const char password[] = "Lúa mùa 2026 tốt";

static struct user clerk_with_password(struct fixture *f)
{
	char hash[SECRET_HASH_SIZE];
	struct user user;
	must(secret_hash(password, hash, &f->why));
	must(user_set_password(f->db, f->clerk.id, hash, NULL, &f->clerk,
			       &f->why));
	must(user_load(f->db, f->clerk.id, f->arena, &user, &f->why));
	return user;
}

static bool try(struct fixture *f, const char *login, const char *typed,
		struct user *ret_user)
{
	struct user_login begun;
	if (!user_login_begin(f->db, login, "10.0.0.7", f->now, f->arena,
			      &begun, &f->why))
		return false;
	bool matched = user_login_matches(&begun, typed);
	return user_login_end(f->db, &begun, matched, f->now, f->arena,
			      ret_user, &f->why);
}

static void test_the_right_password_signs_in(void **state)
{
	struct fixture *f = *state;
	struct user user;
	clerk_with_password(f);
	must(try(f, " LIEN ", password, &user));
	assert_int_equal(user.id, f->clerk.id);
	assert_int_equal(user.roles, 1u << ROLE_CLERK);
	must_fail(try(f, "lien", "Lúa mùa 2026 tot", &user), "login.wrong");
	must_fail(try(f, "nobody", password, &user), "login.wrong");
}

static void test_five_failures_lock_for_fifteen_minutes(void **state)
{
	struct fixture *f = *state;
	struct user user;
	clerk_with_password(f);
	for (int left = 4; left >= 0; left--) {
		must_fail(try(f, "lien", "wrong", &user), "login.wrong");
		assert_non_null(strstr(f->why.hint, left ? "Còn" : "tạm khóa"));
	}
	must_fail(try(f, "lien", password, &user), "login.locked");
	f->now += USER_LOCK_SECONDS - 1;
	must_fail(try(f, "lien", password, &user), "login.locked");
	f->now += 1;
	must(try(f, "lien", password, &user));
}

static void test_unknown_names_lock_just_the_same(void **state)
{
	struct fixture *f = *state;
	struct user user;
	for (int i = 0; i < USER_FAILURES_MAX; i++)
		must_fail(try(f, "nobody", "x", &user), "login.wrong");
	must_fail(try(f, "nobody", "x", &user), "login.locked");
}

static void test_an_address_that_guesses_is_locked(void **state)
{
	struct fixture *f = *state;
	struct user_login begun;
	for (int i = 0; i < USER_ADDRESS_FAILURES_MAX; i++)
		must(user_login_begin(f->db, arena_print(f->arena, "u%d", i),
				      "10.0.0.8", f->now, f->arena, &begun,
				      &f->why));
	must_fail(user_login_begin(f->db, "lien", "10.0.0.8", f->now, f->arena,
				   &begun, &f->why),
		  "login.locked");
	must(user_login_begin(f->db, "lien", "10.0.0.9", f->now, f->arena,
			      &begun, &f->why));
}

static void test_success_forgets_the_failures(void **state)
{
	struct fixture *f = *state;
	struct user user;
	clerk_with_password(f);
	for (int round = 0; round < 8; round++) {
		for (int i = 0; i < USER_FAILURES_MAX - 1; i++)
			if (round < 2)
				must_fail(try(f, "lien", "wrong", &user),
					  "login.wrong");
		must(try(f, "lien", password, &user));
	}
}

static void test_one_time_passwords_must_be_changed(void **state)
{
	struct fixture *f = *state;
	const char *given;
	struct user user;
	struct user wanted = {
		.organisation_id = f->organisation_id,
		.login = "linh",
		.name = "Hoàng Văn Lĩnh",
		.roles = 1u << ROLE_LEADER | 1u << ROLE_ADMINISTRATOR,
	};
	f->now = moment_now();
	must(user_add(f->db, &wanted, &f->clerk, f->arena, &given, &f->why));
	must(try(f, "linh", given, &user));
	assert_true(user.must_change);
	assert_int_equal(user.roles, wanted.roles);
	f->now += USER_ONE_TIME_SECONDS + 60;
	must_fail(try(f, "linh", given, &user), "login.expired");
	must_fail(user_add(f->db, &wanted, &f->clerk, f->arena, &given,
			   &f->why),
		  "user.exists");
	wanted.login = "Lĩnh";
	must_fail(user_add(f->db, &wanted, &f->clerk, f->arena, &given,
			   &f->why),
		  "user.login");
}

static void test_weak_passwords_are_refused(void **state)
{
	static const char *const weak[] = { "ngắn", "1234567890123",
					    "toi la lien day", "matkhau2026" };
	struct fixture *f = *state;
	for (size_t i = 0; i < sizeof(weak) / sizeof(weak[0]); i++)
		must_fail(user_password_check(weak[i], "lien", &f->why),
			  "password.weak");
	must(user_password_check(password, "lien", &f->why));
}

static struct session_request session_of(struct fixture *f)
{
	return (struct session_request){ .user_id = f->clerk.id,
					 .address = "10.0.0.7",
					 .agent = "Chromium",
					 .now = f->now };
}

static void test_a_session_ends_idle_and_absolutely(void **state)
{
	char token[SECRET_TOKEN_SIZE];
	struct fixture *f = *state;
	struct session session;
	struct session_request request = session_of(f);
	int64_t end = f->now + SESSION_LENGTH;
	must(session_create(f->db, &request, token, &f->why));
	must(session_load(f->db, token, f->now + SESSION_IDLE - 1, f->arena,
			  &session, &f->why));
	assert_int_equal(session.user.id, f->clerk.id);
	assert_true(session.must_touch);
	must_fail(session_load(f->db, token, f->now + SESSION_IDLE, f->arena,
			       &session, &f->why),
		  "session.none");
	for (int64_t at = f->now; at < end; at += SESSION_IDLE / 2)
		must(session_touch(f->db, token, at, &f->why));
	must(session_load(f->db, token, end - 1, f->arena, &session, &f->why));
	must_fail(session_load(f->db, token, end, f->arena, &session, &f->why),
		  "session.none");
}

static void test_sessions_are_rotated_and_ended(void **state)
{
	char old[SECRET_TOKEN_SIZE], new[SECRET_TOKEN_SIZE];
	struct fixture *f = *state;
	struct session session;
	struct session_request request = session_of(f);
	must(session_create(f->db, &request, old, &f->why));
	request.old = old;
	must(session_create(f->db, &request, new, &f->why));
	assert_string_not_equal(old, new);
	must_fail(session_load(f->db, old, f->now, f->arena, &session, &f->why),
		  "session.none");
	must(session_load(f->db, new, f->now, f->arena, &session, &f->why));
	must(user_set_locked(f->db, f->clerk.id, true, &f->specialist,
			     &f->why));
	must_fail(session_load(f->db, new, f->now, f->arena, &session, &f->why),
		  "session.none");
}

static void test_the_token_itself_is_nowhere(void **state)
{
	static const char count[] =
		"SELECT count(*) FROM session WHERE token_digest = ?1";
	char token[SECRET_TOKEN_SIZE];
	struct fixture *f = *state;
	struct session_request request = session_of(f);
	must(session_create(f->db, &request, token, &f->why));
	auto_query *query = db_query(f->db, count, &f->why);
	query_text(query, 1, token);
	assert_true(query_one(query, &f->why));
	assert_int_equal(query_get_int(query, 0), 0);
}

static void test_roles_can_be_changed(void **state)
{
	struct fixture *f = *state;
	struct user user;
	unsigned both = 1u << ROLE_CLERK | 1u << ROLE_UNIT_HEAD;
	must(user_set_roles(f->db, f->clerk.id, both, &f->clerk, &f->why));
	must(user_find(f->db, "lien", f->arena, &user, &f->why));
	assert_int_equal(user.roles, both);
	must_fail(user_set_roles(f->db, f->clerk.id, 0, &f->clerk, &f->why),
		  "user.roles");
	struct user_list all;
	must(user_list(f->db, f->organisation_id, f->arena, &all, &f->why));
	assert_int_equal(all.count, 2);
	must(user_find(f->db, "nobody", f->arena, &user, &f->why));
	assert_int_equal(user.id, 0);
}

static void test_a_reset_ends_sessions_and_locks(void **state)
{
	char token[SECRET_TOKEN_SIZE];
	struct fixture *f = *state;
	const char *given;
	struct user user;
	struct session session;
	struct session_request request = session_of(f);
	f->now = moment_now();
	must(session_create(f->db, &request, token, &f->why));
	for (int i = 0; i < USER_FAILURES_MAX; i++)
		must_fail(try(f, "lien", "wrong", &user), "login.wrong");
	must(user_reset_password(f->db, f->clerk.id, &f->specialist, f->arena,
				 &given, &f->why));
	must(try(f, "lien", given, &user));
	must_fail(session_load(f->db, token, f->now, f->arena, &session,
			       &f->why),
		  "session.none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		FIXTURE_TEST(test_the_right_password_signs_in),
		FIXTURE_TEST(test_five_failures_lock_for_fifteen_minutes),
		FIXTURE_TEST(test_unknown_names_lock_just_the_same),
		FIXTURE_TEST(test_an_address_that_guesses_is_locked),
		FIXTURE_TEST(test_success_forgets_the_failures),
		FIXTURE_TEST(test_one_time_passwords_must_be_changed),
		FIXTURE_TEST(test_weak_passwords_are_refused),
		FIXTURE_TEST(test_a_session_ends_idle_and_absolutely),
		FIXTURE_TEST(test_sessions_are_rotated_and_ended),
		FIXTURE_TEST(test_the_token_itself_is_nowhere),
		FIXTURE_TEST(test_roles_can_be_changed),
		FIXTURE_TEST(test_a_reset_ends_sessions_and_locks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
