/*
 * What the registry's own commands ask of the running service, over its Unix
 * socket: the same work as they do themselves when no service runs.
 */
#include "base/moment.h"
#include "core/backup.h"
#include "core/entry_list.h"
#include "core/job.h"
#include "core/letter.h"
#include "core/mailbox.h"
#include "core/unit.h"
#include "core/user.h"
#include "core/verify.h"
#include "web/visit.h"
#include <string.h>

enum {
	NAME_BYTES_MAX = 200,
	ROLES_MAX = 8,
	PATH_BYTES_MAX = 4000,
	SENTENCES_MAX = 10000
};

static struct actor command_actor(const struct visit *visit)
{
	return (struct actor){
		.name = "registry",
		.organisation_id = visit->web->organisation_id,
	};
}

static bool read_roles(const struct tree *body, unsigned *ret_roles,
		       struct fail *why)
{
	const struct tree *list = tree_member(body, "roles");
	size_t count = list ? tree_count(list) : 0;
	unsigned roles = 0;

	for (size_t i = 0; i < count && i < ROLES_MAX; i++) {
		const char *name = tree_text_at(list, i);
		enum role role = name ? role_find(name) : ROLE_COUNT;

		if (role == ROLE_COUNT)
			return fail(why, FAIL_INVALID, "no role '%.50s'",
				    name ? name : "");
		roles |= 1u << role;
	}
	*ret_roles = roles;
	return true;
}

static bool find_unit(struct visit *visit, const char *code, int64_t *ret_id,
		      struct fail *why)
{
	char today[DAY_SIZE];
	struct unit unit = { 0 };

	day_print(moment_day(moment_now()), today);
	if (!unit_find(visit->db, visit->web->organisation_id, code, today,
		       visit->arena, &unit, why))
		return false;
	if (!unit.id)
		return fail(why, FAIL_INVALID, "no unit '%s'", code);
	*ret_id = unit.id;
	return true;
}

bool command_user_add(struct visit *visit, struct fail *why)
{
	struct user user = { .organisation_id = visit->web->organisation_id };
	const struct actor actor = command_actor(visit);
	const char *unit = NULL;
	const char *password = NULL;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "login", NAME_BYTES_MAX, &user.login,
			    why) ||
	    !tree_need_text(visit->body, "name", NAME_BYTES_MAX, &user.name,
			    why) ||
	    !tree_may_text(visit->body, "position", NAME_BYTES_MAX,
			   &user.position, why) ||
	    !tree_may_text(visit->body, "email", NAME_BYTES_MAX, &user.email,
			   why) ||
	    !tree_may_text(visit->body, "unit", NAME_BYTES_MAX, &unit, why) ||
	    !read_roles(visit->body, &user.roles, why))
		return false;
	if (unit && *unit && !find_unit(visit, unit, &user.unit_id, why))
		return false;
	if (!user_add(visit->db, &user, &actor, visit->arena, &password, why))
		return false;
	visit->status = 201;
	tree_set_text(visit->answer, "login", user.login);
	tree_set_text(visit->answer, "password", password);
	return true;
}

bool command_user_reset(struct visit *visit, struct fail *why)
{
	const struct actor actor = command_actor(visit);
	const char *login = NULL;
	const char *password = NULL;
	struct user user = { 0 };

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "login", NAME_BYTES_MAX, &login,
			    why) ||
	    !user_find(visit->db, login, visit->arena, &user, why))
		return false;
	if (!user.id)
		return fail(why, FAIL_NOT_FOUND, "no user '%s'", login);
	if (!user_reset_password(visit->db, user.id, &actor, visit->arena,
				 &password, why))
		return false;
	tree_set_text(visit->answer, "login", user.login);
	tree_set_text(visit->answer, "password", password);
	return true;
}

bool command_users(struct visit *visit, struct fail *why)
{
	struct user_list list = { 0 };
	struct tree *users;

	if (!user_list(visit->db, visit->web->organisation_id, visit->arena,
		       &list, why))
		return false;
	users = tree_set_list(visit->answer, "users");
	for (size_t i = 0; i < list.count; i++) {
		const struct user *user = &list.users[i];
		struct tree *one = tree_add_tree(users);
		struct tree *roles;

		tree_set_text(one, "login", user->login);
		tree_set_text(one, "name", user->name);
		tree_set_text(one, "position", user->position);
		tree_set_bool(one, "locked", user->is_locked);
		roles = tree_set_list(one, "roles");
		for (unsigned role = 0; role < ROLE_COUNT; role++)
			if (user->roles & 1u << role)
				tree_add_text(roles,
					      role_name((enum role)role));
	}
	return true;
}

/* The body is the CSV file itself. */
bool command_import(struct visit *visit, struct fail *why)
{
	int64_t count = 0;

	if (!mailbox_import(visit->db, http_request_body(visit->http),
			    visit->web->public_key, &count, why))
		return false;
	tree_set_int(visit->answer, "imported", count);
	return true;
}

bool command_jobs(struct visit *visit, struct fail *why)
{
	struct job_counts counts = { 0 };

	if (!job_count(visit->db, &counts, why))
		return false;
	tree_set_int(visit->answer, "waiting", counts.waiting);
	tree_set_int(visit->answer, "running", counts.running);
	tree_set_int(visit->answer, "done", counts.done);
	tree_set_int(visit->answer, "failed", counts.failed);
	return true;
}

static bool add_line(void *context, const char *json, struct fail *why)
{
	struct text *lines = context;

	text_add(lines, json);
	text_add_char(lines, '\n');
	return !lines->over ||
	       fail(why, FAIL_LIMIT,
		    "the export is too large for the running service; stop it "
		    "and export again");
}

bool command_export(struct visit *visit, struct fail *why)
{
	const char *what = visit->parameters[0];
	auto_text lines = { .limit = (size_t)1 << 30 };

	if (strcmp(what, "letters") == 0) {
		if (!letter_export(visit->db, add_line, &lines, why))
			return false;
	} else if (strcmp(what, "entries") == 0) {
		if (!entry_export(visit->db, add_line, &lines, why))
			return false;
	} else {
		return fail(why, FAIL_NOT_FOUND, "no export '%s'", what);
	}
	answer_bytes(visit, "application/x-ndjson", text_string(&lines));
	return true;
}

static void add_sentence(void *context, const char *sentence)
{
	struct tree *sentences = context;

	if (tree_count(sentences) < SENTENCES_MAX)
		tree_add_text(sentences, sentence);
}

bool command_verify(struct visit *visit, struct fail *why)
{
	struct verify_report report = {
		.say = add_sentence,
		.context = tree_set_list(visit->answer, "sentences"),
	};

	if (!verify_all(visit->db, store_vault(visit->web->store), &report,
			why))
		return false;
	tree_set_int(visit->answer, "checked", report.checked);
	tree_set_int(visit->answer, "wrong", report.wrong);
	return true;
}

bool command_backup(struct visit *visit, struct fail *why)
{
	const char *path = NULL;
	int64_t files = 0;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "path", PATH_BYTES_MAX, &path, why))
		return false;
	if (*path != '/')
		return fail(why, FAIL_INVALID, "the path is not absolute");
	if (!backup_write(visit->db, store_vault(visit->web->store), path,
			  &files, why))
		return false;
	tree_set_int(visit->answer, "files", files);
	return true;
}
