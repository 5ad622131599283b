/* What the registry's own commands ask of the running service. */
#include "base/moment.h"
#include "core/backup.h"
#include "core/entry_list.h"
#include "core/job.h"
#include "core/letter.h"
#include "core/mailbox_import.h"
#include "core/unit.h"
#include "core/user.h"
#include "core/verify.h"
#include "web/visit.h"
#include <string.h>

static struct actor command_actor(const struct visit *visit)
{
	return (struct actor){ .name = "command",
			       .organisation_id =
				       visit->web->organisation_id };
}

static bool find_unit(struct visit *visit, const char *code, int64_t *ret_id,
		      struct fail *why)
{
	char today[DAY_SIZE];
	struct unit unit;

	day_print(moment_day(moment_now()), today);
	if (!unit_find(visit->db, visit->web->organisation_id, code, today,
		       visit->arena, &unit, why))
		return false;
	if (!unit.id)
		return fail(why, FAIL_NOT_FOUND, "no unit '%s'", code);
	*ret_id = unit.id;
	return true;
}

static bool read_roles(struct visit *visit, unsigned *ret_roles,
		       struct fail *why)
{
	const struct tree *list = tree_member(visit->body, "roles");

	for (size_t i = 0; list && i < tree_count(list); i++) {
		const char *name = tree_text_at(list, i);
		enum role role = role_find(name ? name : "");
		if (role == ROLE_COUNT)
			return fail(why, FAIL_INVALID, "no role '%s'",
				    name ? name : "");
		*ret_roles |= 1u << role;
	}
	return true;
}

bool command_user_add(struct visit *visit, struct fail *why)
{
	struct actor actor = command_actor(visit);
	const char *hash = NULL, *password = NULL, *unit_code = NULL;
	struct user user = { .organisation_id = actor.organisation_id,
			     .position = "",
			     .email = "" };
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "login", 64, &user.login, why) ||
	    !tree_need_text(visit->body, "name", 400, &user.name, why) ||
	    !tree_may_text(visit->body, "position", 400, &user.position,
			   why) ||
	    !tree_may_text(visit->body, "unit", 64, &unit_code, why) ||
	    !tree_may_text(visit->body, "hash", 200, &hash, why) ||
	    !read_roles(visit, &user.roles, why))
		return false;
	if (unit_code && *unit_code &&
	    !find_unit(visit, unit_code, &user.unit_id, why))
		return false;
	user.must_change = tree_bool(visit->body, "must_change", true);
	if (hash)
		return user_add_hashed(visit->db, &user, hash, &actor, &id,
				       why);
	if (!user_add(visit->db, &user, &actor, visit->arena, &password, why))
		return false;
	tree_set_text(visit->answer, "password", password);
	return true;
}

bool command_user_reset(struct visit *visit, struct fail *why)
{
	struct actor actor = command_actor(visit);
	const char *login, *password;
	struct user user;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "login", 64, &login, why) ||
	    !user_find(visit->db, login, visit->arena, &user, why))
		return false;
	if (!user.id)
		return fail(why, FAIL_NOT_FOUND, "no user '%s'", login);
	if (!user_reset_password(visit->db, user.id, &actor, visit->arena,
				 &password, why))
		return false;
	tree_set_text(visit->answer, "password", password);
	return true;
}

bool command_users(struct visit *visit, struct fail *why)
{
	struct user_list list;
	struct tree *items;

	if (!user_list(visit->db, visit->web->organisation_id, visit->arena,
		       &list, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_text(out, "login", list.users[i].login);
		tree_set_text(out, "name", list.users[i].name);
		tree_set_bool(out, "locked", list.users[i].is_locked);
		present_roles(out, list.users[i].roles);
	}
	return true;
}

bool command_unit_add(struct visit *visit, struct fail *why)
{
	struct unit unit = { .organisation_id = visit->web->organisation_id,
			     .short_name = "" };
	const char *parent = NULL;
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "code", 64, &unit.code, why) ||
	    !tree_need_text(visit->body, "name", 400, &unit.name, why) ||
	    !tree_may_text(visit->body, "short_name", 200, &unit.short_name,
			   why) ||
	    !tree_may_text(visit->body, "parent", 64, &parent, why))
		return false;
	if (parent && !find_unit(visit, parent, &unit.parent_id, why))
		return false;
	if (!unit_add(visit->db, &unit, &id, why))
		return false;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool command_import(struct visit *visit, struct fail *why)
{
	const struct mailbox_import import = {
		.actor = { .name = "registry mailbox import" },
		.csv = http_request_body(visit->http),
		.public_key = visit->web->public_key,
		.plain_anywhere = visit->web->settings.plain_anywhere,
		.apply = true,
	};
	struct mailbox_import_result result;

	if (!mailbox_import(visit->db, &import, visit->arena, &result, why))
		return false;
	tree_set_int(visit->answer, "count", (int64_t)result.count);
	return true;
}

static void present_job(struct tree *out, const struct job *job)
{
	present_digest(out, &job->digest);
	tree_set_text(out, "kind", job->kind);
	tree_set_int(out, "bytes", job->bytes);
	tree_set_int(out, "attempts", job->attempts);
	tree_set_text(out, "reason", job->reason);
}

static void present_jobs(struct visit *visit, const char *name,
			 const struct job_list *jobs)
{
	struct tree *list = tree_set_list(visit->answer, name);

	for (size_t i = 0; i < jobs->count; i++)
		present_job(tree_add_tree(list), &jobs->items[i]);
}

static void present_counts(struct tree *out, const struct job_counts *counts)
{
	tree_set_int(out, "waiting", counts->waiting);
	tree_set_int(out, "running", counts->running);
	tree_set_int(out, "done", counts->done);
	tree_set_int(out, "failed", counts->failed);
}

bool command_jobs(struct visit *visit, struct fail *why)
{
	struct job_counts counts;
	struct job_kind_list kinds;
	struct job_list failed, running;
	struct tree *list;

	if (!job_count(visit->db, &counts, why) ||
	    !job_count_kinds(visit->db, visit->arena, &kinds, why) ||
	    !job_list_failed(visit->db, 100, visit->arena, &failed, why) ||
	    !job_list_running(visit->db, 20, visit->arena, &running, why))
		return false;
	present_counts(visit->answer, &counts);
	list = tree_set_list(visit->answer, "kinds");
	for (size_t i = 0; i < kinds.count; i++) {
		struct tree *one = tree_add_tree(list);

		tree_set_text(one, "kind", kinds.items[i].kind);
		present_counts(one, &kinds.items[i].counts);
	}
	present_jobs(visit, "under_way", &running);
	present_jobs(visit, "failures", &failed);
	tree_set_int(visit->answer, "readers", visit->web->settings.readers);
	if (counts.waiting && visit->web->desk)
		reading_wake(visit->web->desk);
	return true;
}

static bool add_line(void *context, const char *json, struct fail *why)
{
	struct text *lines = context;

	(void)why;
	text_add(lines, json);
	text_add(lines, "\n");
	return true;
}

bool command_export(struct visit *visit, struct fail *why)
{
	auto_text lines = { .limit = (size_t)1 << 30 };
	bool letters = strcmp(visit->parameters[0], "letters") == 0;
	bool done;

	if (!letters && strcmp(visit->parameters[0], "entries") != 0)
		return fail(why, FAIL_NOT_FOUND, "export letters or entries");
	if (letters)
		done = letter_export(visit->db, add_line, &lines, why);
	else
		done = entry_export(visit->db, add_line, &lines, why);
	if (!done)
		return false;
	if (lines.over)
		return fail(why, FAIL_LIMIT, "the export is too large");
	answer_bytes(visit, "application/x-ndjson", text_string(&lines));
	return true;
}

static void say(void *context, const char *sentence)
{
	tree_add_text(context, sentence);
}

bool command_verify(struct visit *visit, struct fail *why)
{
	struct verify_report report = {
		.say = say,
		.context = tree_set_list(visit->answer, "findings"),
	};

	if (!verify_all(visit->db, store_vault(visit->web->store), &report,
			why))
		return false;
	tree_set_int(visit->answer, "checked", report.checked);
	tree_set_int(visit->answer, "wrong", report.wrong);
	return true;
}

static void say_difference(void *context,
			   const struct reading_difference *difference)
{
	struct tree *one = tree_add_tree(context);

	tree_set_text(one, "sha256", difference->sha256);
	tree_set_text(one, "sentence", difference->sentence);
}

/* Reads everything again, says what would change, changes nothing. */
bool command_replay(struct visit *visit, struct fail *why)
{
	struct reading_replay replay = {
		.each = say_difference,
		.context = tree_set_list(visit->answer, "differences"),
	};

	if (!visit->web->desk)
		return fail(why, FAIL_BUSY, "there is no reader");
	if (!reading_replay(visit->web->desk, &replay, why))
		return false;
	tree_set_int(visit->answer, "read", replay.read);
	tree_set_int(visit->answer, "different", replay.different);
	return true;
}

/* Everything waits for the reader again, failed letters too. */
bool command_replay_apply(struct visit *visit, struct fail *why)
{
	int64_t count;

	if (!job_again(visit->db, NULL, &count, why))
		return false;
	visit->wake_reading = true;
	tree_set_int(visit->answer, "count", count);
	return true;
}

bool command_backup(struct visit *visit, struct fail *why)
{
	const char *path;
	int64_t files;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "path", 4096, &path, why) ||
	    !backup_write(visit->db, store_vault(visit->web->store), path,
			  &files, why))
		return false;
	tree_set_int(visit->answer, "files", files);
	return true;
}
