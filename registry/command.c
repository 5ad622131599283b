#include "command.h"
#include "base/descriptor.h"
#include "base/secret.h"
#include "base/tree.h"
#include "core/mailbox_import.h"
#include "http/client.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	TOKEN_MAX = 200,
	ANSWER_MAX = 1 << 30,
	PASSWORD_MAX = 1024
};

int command_complain(const struct fail *why)
{
	fprintf(stderr, "registry: %s\n", why->sentence);
	if (why->hint)
		fprintf(stderr, "          %s\n", why->hint);
	return why->kind == FAIL_BUSY ? 3 : 1;
}

int command_used_wrongly(const char *how)
{
	fprintf(stderr, "registry: usage: registry %s\n", how);
	return 2;
}

static bool read_token(const struct command *command, const char **ret,
		       struct fail *why)
{
	const char *path = arena_print(command->arena, "%s/command.token",
				       command->folder);
	struct bytes content;
	char *token;

	if (!descriptor_read_file(path, TOKEN_MAX, command->arena, &content,
				  why))
		return false;
	token = arena_copy_part(command->arena, (const char *)content.data,
				content.size);
	token[strcspn(token, "\r\n")] = '\0';
	*ret = token;
	return true;
}

/* The service refused: its sentence becomes ours. */
static bool take_error(const struct command *command, struct bytes body,
		       unsigned status, struct fail *why)
{
	struct fail ignored;
	auto_tree *answer = tree_parse(body, &ignored);
	const struct tree *error = tree_member(answer, "error");
	const struct tree *message = tree_member(error, "message");

	fail(why, status == 503 ? FAIL_BUSY : FAIL_INVALID, "%s",
	     tree_text(message, "en", "the service refused"));
	why->hint = arena_copy(command->arena,
			       tree_text(message, "vi", NULL));
	return false;
}

static bool exchange(const struct command *command,
		     const struct http_exchange *request,
		     struct bytes *ret_body, struct fail *why)
{
	const char *path = arena_print(command->arena, "%s/registry.sock",
				       command->folder);
	struct web *own = NULL;
	unsigned status = 0;
	bool ok = http_client_call(path, request, command->arena, &status,
				   ret_body, why);

	if (!ok && why->kind == FAIL_NOT_FOUND) {
		own = web_open(command->folder, &command->settings, why);
		if (!own)
			return false;
		ok = http_client_call(path, request, command->arena, &status,
				      ret_body, why);
		web_close(&own);
	}
	if (!ok)
		return false;
	return status < 300 || take_error(command, *ret_body, status, why);
}

static bool ask(const struct command *command, const char *method,
		const char *path, struct bytes body, struct bytes *ret_body,
		struct fail *why)
{
	struct http_exchange request = {
		.method = method,
		.path = arena_print(command->arena, "/api/v1/command/%s",
				    path),
		.body = body,
		.answer_max = ANSWER_MAX,
	};

	return read_token(command, &request.token, why) &&
	       exchange(command, &request, ret_body, why);
}

struct tree *command_ask(const struct command *command, const char *method,
			 const char *path, const struct tree *body,
			 struct fail *why)
{
	auto_text json = { 0 };
	struct bytes answer;

	if (body)
		tree_print(body, &json);
	if (!ask(command, method, path, bytes_of(text_string(&json)), &answer,
		 why))
		return NULL;
	return tree_parse(answer, why);
}

/* --- people ------------------------------------------------------------- */

static bool hash_from_stdin(struct tree *body, struct fail *why)
{
	char password[PASSWORD_MAX], hash[SECRET_HASH_SIZE];

	if (!fgets(password, sizeof(password), stdin))
		return fail(why, FAIL_INVALID, "no password on standard input");
	password[strcspn(password, "\r\n")] = '\0';
	if (strlen(password) < 10)
		return fail(why, FAIL_INVALID,
			    "a password has 10 characters or more");
	if (!secret_hash(password, hash, why))
		return false;
	secret_wipe(password, sizeof(password));
	tree_set_text(body, "hash", hash);
	return true;
}

static int print_password(const char *login, const struct tree *answer)
{
	const char *password = tree_text(answer, "password", NULL);

	if (password)
		printf("tên đăng nhập: %s\nmật khẩu dùng một lần: %s\n", login,
		       password);
	return 0;
}

static int add_user(const struct command *command)
{
	auto_tree *body = tree_create();
	auto_tree *answer = NULL;
	struct tree *roles = tree_set_list(body, "roles");
	const char *role = command->role;
	struct fail why;

	if (command->word_count != 2 || !command->name || !role)
		return command_used_wrongly(
			"user add LOGIN --name NAME --role ROLE "
			"[--unit CODE] [--position TEXT]");
	while (*role) {
		size_t size = strcspn(role, ",");
		tree_add_text(roles, arena_copy_part(command->arena, role,
						     size));
		role += size + (role[size] == ',');
	}
	tree_set_text(body, "login", command->words[1]);
	tree_set_text(body, "name", command->name);
	tree_set_text(body, "position", command->position);
	tree_set_text(body, "unit", command->unit);
	tree_set_bool(body, "must_change", !command->keep_password);
	if (command->password_stdin && !hash_from_stdin(body, &why))
		return command_complain(&why);
	answer = command_ask(command, "POST", "users", body, &why);
	if (!answer)
		return command_complain(&why);
	return print_password(command->words[1], answer);
}

static int reset_password(const struct command *command)
{
	auto_tree *body = tree_create();
	auto_tree *answer = NULL;
	struct fail why;

	if (command->word_count != 2)
		return command_used_wrongly("user passwd LOGIN");
	tree_set_text(body, "login", command->words[1]);
	answer = command_ask(command, "POST", "passwords", body, &why);
	if (!answer)
		return command_complain(&why);
	return print_password(command->words[1], answer);
}

static int list_users(const struct command *command)
{
	struct fail why;
	auto_tree *answer = command_ask(command, "GET", "users", NULL, &why);
	const struct tree *items = tree_member(answer, "items");

	if (!answer)
		return command_complain(&why);
	for (size_t i = 0; i < tree_count(items); i++) {
		const struct tree *user = tree_at(items, i);
		const struct tree *roles = tree_member(user, "roles");
		printf("%-24s %s", tree_text(user, "login", ""),
		       tree_text(user, "name", ""));
		for (size_t k = 0; k < tree_count(roles); k++)
			printf("%s%s", k ? "," : "  ", tree_text_at(roles, k));
		if (tree_bool(user, "locked", false))
			printf("  locked");
		printf("\n");
	}
	return 0;
}

int command_user(const struct command *command)
{
	const char *what = command->word_count ? command->words[0] : "";

	if (strcmp(what, "add") == 0)
		return add_user(command);
	if (strcmp(what, "passwd") == 0)
		return reset_password(command);
	if (strcmp(what, "list") == 0)
		return list_users(command);
	return command_used_wrongly("user add | list | passwd");
}

int command_unit(const struct command *command)
{
	auto_tree *body = tree_create();
	auto_tree *answer = NULL;
	struct fail why;

	if (command->word_count != 2 || !command->name ||
	    strcmp(command->words[0], "add") != 0)
		return command_used_wrongly(
			"unit add CODE --name NAME "
			"[--unit PARENT]");
	tree_set_text(body, "code", command->words[1]);
	tree_set_text(body, "name", command->name);
	tree_set_text(body, "parent", command->unit);
	answer = command_ask(command, "POST", "units", body, &why);
	return answer ? 0 : command_complain(&why);
}

/* --- mailboxes ---------------------------------------------------------- */

static int import_mailboxes(const struct command *command)
{
	struct bytes csv, answer;
	struct fail why;

	if (command->word_count != 2)
		return command_used_wrongly("mailbox import FILE.csv");
	if (!descriptor_read_file(command->words[1], MAILBOX_IMPORT_MAX,
				  command->arena, &csv, &why) ||
	    !ask(command, "POST", "mailboxes", csv, &answer, &why))
		return command_complain(&why);
	printf("%.*s\n", (int)answer.size, (const char *)answer.data);
	return 0;
}

static int list_mailboxes(const struct command *command)
{
	struct fail why;
	auto_tree *answer = command_ask(command, "GET", "mailboxes", NULL,
					&why);
	const struct tree *items = tree_member(answer, "items");

	if (!answer)
		return command_complain(&why);
	for (size_t i = 0; i < tree_count(items); i++) {
		const struct tree *one = tree_at(items, i);
		bool paused = tree_bool(one, "paused", false);
		const char *state = tree_text(one, "state", "");
		printf("%lld\t%s\t%s\t%s\t%lld\n",
		       (long long)tree_int(one, "id", 0),
		       tree_text(one, "address", ""),
		       paused ? "paused" : state,
		       tree_text(one, "code", ""),
		       (long long)tree_int(one, "letters", 0));
	}
	return 0;
}

static int64_t find_mailbox(const struct command *command, const char *address,
			    struct fail *why)
{
	auto_tree *answer = command_ask(command, "GET", "mailboxes", NULL, why);
	const struct tree *items = tree_member(answer, "items");

	if (!answer)
		return 0;
	for (size_t i = 0; i < tree_count(items); i++)
		if (strcmp(tree_text(tree_at(items, i), "address", ""),
			   address) == 0)
			return tree_int(tree_at(items, i), "id", 0);
	fail(why, FAIL_NOT_FOUND, "no mailbox '%s'", address);
	return 0;
}

static int steer_mailbox(const struct command *command, const char *verb)
{
	struct bytes answer;
	struct fail why;
	int64_t id;

	if (command->word_count != 2)
		return command_used_wrongly("mailbox pause | resume ADDRESS");
	id = find_mailbox(command, command->words[1], &why);
	if (!id || !ask(command, "POST",
			arena_print(command->arena, "mailboxes/%lld/%s",
				    (long long)id, verb),
			bytes_of(""), &answer, &why))
		return command_complain(&why);
	return 0;
}

int command_mailbox(const struct command *command)
{
	const char *what = command->word_count ? command->words[0] : "";

	if (strcmp(what, "import") == 0)
		return import_mailboxes(command);
	if (strcmp(what, "list") == 0)
		return list_mailboxes(command);
	if (strcmp(what, "pause") == 0 || strcmp(what, "resume") == 0)
		return steer_mailbox(command, what);
	return command_used_wrongly(
		"mailbox import FILE.csv | list | pause | "
		"resume");
}

/* --- the register ------------------------------------------------------- */

/* Jobs that people wait for: images of text may take the night. */
static int64_t count_left(const struct tree *answer)
{
	const struct tree *kinds = tree_member(answer, "kinds");
	int64_t left = 0;

	for (size_t i = 0; i < tree_count(kinds); i++) {
		const struct tree *one = tree_at(kinds, i);

		if (strcmp(tree_text(one, "kind", ""), "recognise") != 0)
			left += tree_int(one, "waiting", 0) +
				tree_int(one, "running", 0);
	}
	return left;
}

int command_jobs_show(const struct command *command)
{
	const char *socket = arena_print(command->arena, "%s/registry.sock",
					 command->folder);
	struct web *own = NULL;
	struct fail why;
	int result = 0;

	do {
		/* Without a service, or after its death, the work is ours. */
		if (command->wait && !own && !http_client_reaches(socket))
			own = web_open(command->folder, &command->settings,
				       &why);
		auto_tree *answer =
			command_ask(command, "GET", "jobs", NULL, &why);
		if (!answer) {
			result = command_complain(&why);
			break;
		}
		if (!command->wait || !count_left(answer)) {
			auto_text json = { 0 };
			tree_print(answer, &json);
			printf("%s\n", text_string(&json));
			break;
		}
		if (tree_int(answer, "readers", 1) == 0) {
			fail(&why, FAIL_CONFLICT,
			     "nothing is read here: 'readers' is 0");
			result = command_complain(&why);
			break;
		}
		(void)usleep(50000);
	} while (true);
	web_close(&own);
	return result;
}

int command_export_all(const struct command *command)
{
	struct bytes lines;
	struct fail why;

	if (command->word_count != 1)
		return command_used_wrongly("export letters | entries");
	if (!ask(command, "GET",
		 arena_print(command->arena, "export/%s", command->words[0]),
		 bytes_of(""), &lines, &why))
		return command_complain(&why);
	if (fwrite(lines.data, 1, lines.size, stdout) != lines.size)
		return 1;
	return 0;
}

int command_verify_all(const struct command *command)
{
	struct fail why;
	auto_tree *answer = command_ask(command, "POST", "verify", NULL, &why);
	const struct tree *findings = tree_member(answer, "findings");
	int64_t wrong = tree_int(answer, "wrong", 1);

	if (!answer)
		return command_complain(&why);
	for (size_t i = 0; i < tree_count(findings); i++)
		printf("%s\n", tree_text_at(findings, i));
	printf("%lld checked, %lld wrong\n",
	       (long long)tree_int(answer, "checked", 0), (long long)wrong);
	return wrong ? 1 : 0;
}

int command_replay_all(const struct command *command)
{
	struct fail why;
	auto_tree *answer = command_ask(
		command, "POST", command->apply ? "replay/apply" : "replay",
		NULL, &why);
	const struct tree *list = tree_member(answer, "differences");

	if (!answer)
		return command_complain(&why);
	for (size_t i = 0; i < tree_count(list); i++)
		printf("%s %s\n", tree_text(tree_at(list, i), "sha256", ""),
		       tree_text(tree_at(list, i), "sentence", ""));
	if (command->apply)
		printf("%lld letters wait to be read again\n",
		       (long long)tree_int(answer, "count", 0));
	else
		printf("%lld read, %lld different\n",
		       (long long)tree_int(answer, "read", 0),
		       (long long)tree_int(answer, "different", 0));
	return 0;
}

int command_backup_to(const struct command *command)
{
	auto_tree *body = tree_create();
	auto_tree *answer = NULL;
	char here[4096];
	struct fail why;

	if (command->word_count != 1)
		return command_used_wrongly("backup FILE");
	if (command->words[0][0] == '/' || !getcwd(here, sizeof(here)))
		tree_set_text(body, "path", command->words[0]);
	else
		tree_set_text(body, "path",
			      arena_print(command->arena, "%s/%s", here,
					  command->words[0]));
	answer = command_ask(command, "POST", "backup", body, &why);
	if (!answer)
		return command_complain(&why);
	printf("%lld files\n", (long long)tree_int(answer, "files", 0));
	return 0;
}
