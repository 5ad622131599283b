/* Mailboxes as administrators add and correct them, one by one or by table. */
#include "core/mailbox_change.h"
#include "core/mailbox_import.h"
#include "web/visit.h"
#include <string.h>

enum {
	VALUE_MAX = 4096, /* core/mailbox_wanted has the limits that count */
	FOLDERS_MAX = 200
};

/* As a table has them: "INBOX;Công văn". */
static bool read_folders(struct visit *visit, struct mailbox_wanted *wanted,
			 struct fail *why)
{
	const struct tree *list = tree_member(visit->body, "folders");
	auto_text names = { 0 };

	if (!list)
		return true;
	if (tree_count(list) > FOLDERS_MAX) {
		fail(why, FAIL_LIMIT, "too many folders");
		return fail_code(why, "mailbox.folders",
				 "Có quá nhiều thư mục.");
	}
	for (size_t i = 0; i < tree_count(list); i++) {
		const char *name = tree_text_at(list, i);

		if (!name || strchr(name, ';') || strlen(name) > VALUE_MAX) {
			fail(why, FAIL_INVALID,
			     "'folders' is a list of names without ';'");
			return fail_code(why, "mailbox.folders",
					 "Tên thư mục không có dấu chấm phẩy.");
		}
		text_addf(&names, "%s%s", i ? ";" : "", name);
	}
	wanted->value[MAILBOX_FOLDERS] =
		arena_copy(visit->arena, text_string(&names));
	return true;
}

/* A null is nothing, as in the answers. */
static bool read_value(struct visit *visit, enum mailbox_column column,
		       struct mailbox_wanted *wanted, struct fail *why)
{
	return tree_may_text(visit->body, mailbox_column_name(column),
			     VALUE_MAX, &wanted->value[column], why);
}

static bool read_wanted(struct visit *visit, struct mailbox_wanted *wanted,
			struct fail *why)
{
	int64_t port = 0;

	if (!visit_need_body(visit, why))
		return false;
	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++) {
		wanted->value[i] = "";
		if (i != MAILBOX_PORT && i != MAILBOX_FOLDERS &&
		    !read_value(visit, (enum mailbox_column)i, wanted, why))
			return false;
	}
	if (!tree_may_int(visit->body, "port", &port, why) ||
	    !read_folders(visit, wanted, why))
		return false;
	if (port)
		wanted->value[MAILBOX_PORT] = arena_print(
			visit->arena, "%lld", (long long)port);
	return mailbox_check(wanted, visit->web->settings.plain_anywhere,
			     visit->arena, why);
}

bool mailbox_add_route(struct visit *visit, struct fail *why)
{
	struct mailbox_wanted wanted;
	const struct mailbox_change change = {
		.actor = visit->actor,
		.wanted = &wanted,
		.public_key = visit->web->public_key,
	};
	int64_t id;

	if (!read_wanted(visit, &wanted, why) ||
	    !mailbox_add(visit->db, &change, visit->arena, &id, why))
		return false;
	visit->status = 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool mailbox_correct_route(struct visit *visit, struct fail *why)
{
	struct mailbox_wanted wanted;
	struct mailbox_change change = {
		.actor = visit->actor,
		.id = visit_id(visit),
		.wanted = &wanted,
		.public_key = visit->web->public_key,
	};

	if (!visit_need_id(visit, why) || !read_wanted(visit, &wanted, why) ||
	    !tree_need_int(visit->body, "version", &change.version, why) ||
	    !mailbox_correct(visit->db, &change, visit->arena, why))
		return false;
	tree_set_int(visit->answer, "id", change.id);
	return true;
}

static void present_line(struct tree *out,
			 const struct mailbox_import_line *line)
{
	static const char *const kinds[] = { "add", "change", "same",
					     "wrong" };
	struct tree *list;

	tree_set_int(out, "line", (int64_t)line->number);
	tree_set_text(out, "kind", kinds[line->kind]);
	tree_set_text(out, "address", line->address);
	list = tree_set_list(out, "differs");
	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++)
		if (line->differs & 1u << i)
			tree_add_text(list, mailbox_column_name(
						    (enum mailbox_column)i));
	if (line->kind != MAILBOX_IMPORT_WRONG)
		return;
	tree_set_text(out, "code", line->fault.code);
	out = tree_set_tree(out, "message");
	tree_set_text(out, "vi", line->fault.hint);
	tree_set_text(out, "en", line->fault.sentence);
}

/* The body is the file. Without apply=1 it only says what it would do. */
bool mailbox_import_route(struct visit *visit, struct fail *why)
{
	const struct mailbox_import import = {
		.actor = visit->actor,
		.csv = http_request_body(visit->http),
		.public_key = visit->web->public_key,
		.plain_anywhere = visit->web->settings.plain_anywhere,
		.apply = visit_query_int(visit, "apply", 0) == 1,
		.stand = http_request_query(visit->http, "stand"),
	};
	struct mailbox_import_result result;
	struct tree *list;

	if (!mailbox_import(visit->db, &import, visit->arena, &result, why))
		return false;
	tree_set_text(visit->answer, "stand", result.stand);
	list = tree_set_list(visit->answer, "lines");
	for (size_t i = 0; i < result.count; i++)
		present_line(tree_add_tree(list), &result.lines[i]);
	return true;
}
