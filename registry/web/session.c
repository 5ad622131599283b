/* Signing in and out. Hashing happens on its own two threads. */
#include "base/moment.h"
#include "core/approval.h"
#include "core/letter.h"
#include "core/notification.h"
#include "core/organisation.h"
#include "web/desk.h"
#include "web/visit.h"
#include <string.h>

static void set_cookie(struct visit *visit, const char *token, bool keep)
{
	bool tls = visit->web->settings.behind_tls;
	auto_text cookie = { 0 };

	text_addf(&cookie, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s",
		  tls ? "__Host-svb" : "svb", token, tls ? "; Secure" : "");
	if (!*token)
		text_add(&cookie, "; Max-Age=0");
	else if (keep)
		text_addf(&cookie, "; Max-Age=%d", SESSION_KEPT_LENGTH);
	http_reply_header(visit->http, "Set-Cookie", text_string(&cookie));
}

static void present_user(struct tree *out, const struct user *user)
{
	tree_set_int(out, "id", user->id);
	tree_set_text(out, "login", user->login);
	tree_set_text(out, "name", user->name);
	tree_set_text(out, "position", user->position);
	tree_set_int(out, "unit", user->unit_id);
	tree_set_bool(out, "must_change_password", user->must_change);
	present_roles(out, user->roles);
}

bool session_show(struct visit *visit, struct fail *why)
{
	struct organisation organisation;
	struct letter_counts counts;
	int64_t unseen, waiting;
	struct tree *out;

	if (!organisation_load(visit->db, visit->web->organisation_id,
			       visit->arena, &organisation, why) ||
	    !letter_count(visit->db, &counts, why))
		return false;
	present_user(tree_set_tree(visit->answer, "user"),
		     &visit->session.user);
	out = tree_set_tree(visit->answer, "organisation");
	tree_set_int(out, "id", organisation.id);
	tree_set_text(out, "name", organisation.name);
	tree_set_text(out, "code", organisation.code);
	out = tree_set_tree(visit->answer, "counts");
	tree_set_int(out, "todo", counts.todo);
	tree_set_int(out, "quarantine", counts.quarantine);
	if (access_may(visit->actor.roles, MAY_WORK) &&
	    !work_present_counts(visit, out, why))
		return false;
	if (!notification_count(visit->db, visit->actor.id, &unseen, why) ||
	    !approval_count(visit->db, &visit->actor, &waiting, why))
		return false;
	tree_set_int(out, "notifications", unseen);
	tree_set_int(out, "approvals", waiting);
	tree_set_int(visit->answer, "ends_at", visit->session.ends_at);
	tree_set_int(visit->answer, "now", moment_now());
	return true;
}

bool session_close_route(struct visit *visit, struct fail *why)
{
	set_cookie(visit, "", false);
	return session_end(visit->db, visit_token(visit), why);
}

/* The outcome of a wrong password must be committed too, so the job succeeds
 * and the failure waits in the visit. */
static bool finish_login(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;
	struct session_request request = {
		.keep = tree_bool(visit->body, "keep", false),
		.old = visit_token(visit),
		.address = visit_address(visit),
		.agent = http_request_header(visit->http, "User-Agent"),
		.now = moment_now(),
	};
	char token[SECRET_TOKEN_SIZE];
	struct user user;

	if (!user_login_end(db, &visit->login, visit->matched, request.now,
			    visit->arena, &user, &visit->why)) {
		*why = visit->why;
		return why->kind == FAIL_DENIED;
	}
	request.user_id = user.id;
	if (!session_create(db, &request, token, why))
		return false;
	visit->why.kind = FAIL_NONE;
	set_cookie(visit, token, request.keep);
	present_user(tree_set_tree(visit->answer, "user"), &user);
	return true;
}

static void done_login(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (!ok)
		answer_fail(visit, why);
	else if (visit->why.kind != FAIL_NONE)
		answer_fail(visit, &visit->why);
	else
		answer_tree(visit);
}

static void hash_login(void *own, void *argument)
{
	struct visit *visit = argument;

	(void)own;
	visit->matched = user_login_matches(
		&visit->login, tree_text(visit->body, "password", ""));
	visit_write_with(visit, finish_login, done_login);
}

static bool begin_login(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;

	return user_login_begin(db, tree_text(visit->body, "user", ""),
				visit_address(visit), moment_now(),
				visit->arena, &visit->login, why);
}

static void done_begin(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (!ok)
		answer_fail(visit, why);
	else if (!workers_add(visit->web->hashers, hash_login, visit,
			      &visit->why))
		answer_fail(visit, &visit->why);
}

bool session_open_route(struct visit *visit, struct fail *why)
{
	const char *ignored;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "user", 256, &ignored, why) ||
	    !tree_need_text(visit->body, "password", USER_PASSWORD_MAX,
			    &ignored, why))
		return false;
	visit_write_with(visit, begin_login, done_begin);
	return true;
}

static bool set_password(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;
	const char *hash = tree_text(visit->answer, "hash", "");
	bool ok = user_set_password(db, visit->actor.id, hash,
				    visit_token(visit), &visit->actor, why);

	tree_destroy(&visit->answer);
	visit->answer = tree_create();
	return ok;
}

static void done_password(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (ok)
		answer_tree(visit);
	else
		answer_fail(visit, why);
}

static void hash_password(void *own, void *argument)
{
	struct visit *visit = argument;
	char hash[SECRET_HASH_SIZE];

	(void)own;
	if (!user_login_matches(&visit->login,
				tree_text(visit->body, "password", ""))) {
		fail(&visit->why, FAIL_DENIED, "the old password is wrong");
		fail_code(&visit->why, "password.wrong",
			  "Mật khẩu cũ chưa đúng.");
	} else if (secret_hash(tree_text(visit->body, "new", ""), hash,
			       &visit->why)) {
		tree_set_text(visit->answer, "hash", hash);
		visit_write_with(visit, set_password, done_password);
		return;
	}
	answer_fail(visit, &visit->why);
}

static void done_begin_password(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (!ok)
		answer_fail(visit, why);
	else if (!workers_add(visit->web->hashers, hash_password, visit,
			      &visit->why))
		answer_fail(visit, &visit->why);
}

static bool begin_password(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;

	return user_login_begin(db, visit->session.user.login,
				visit_address(visit), moment_now(),
				visit->arena, &visit->login, why);
}

bool session_password(struct visit *visit, struct fail *why)
{
	const char *ignored, *wanted;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "password", USER_PASSWORD_MAX,
			    &ignored, why) ||
	    !tree_need_text(visit->body, "new", USER_PASSWORD_MAX, &wanted,
			    why) ||
	    !user_password_check(wanted, visit->session.user.login, why))
		return false;
	visit_write_with(visit, begin_password, done_begin_password);
	return true;
}
