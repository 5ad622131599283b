#include "sync/reports.h"
#include <string.h>

static struct tree *add(struct reports *reports, const struct mailbox *mailbox,
			bool release)
{
	struct tree *report;

	if (!reports->body) {
		reports->body = tree_create();
		reports->list = tree_set_list(reports->body, "reports");
	}
	report = tree_add_tree(reports->list);
	reports->count++;
	tree_set_int(report, "mailbox", mailbox->id);
	tree_set_text(report, "lease", mailbox->lease);
	tree_set_bool(report, "release", release);
	return report;
}

static void set_state(struct tree *report, const struct fail *why,
		      const char *remark)
{
	const char *state = "ok", *code = "ok";
	const char *detail = remark ? remark : "";

	if (why->kind != FAIL_NONE) {
		code = why->code;
		detail = why->sentence;
		state = strcmp(code, "server.slow") == 0 ? "slow" : "error";
	}
	tree_set_text(report, "state", state);
	tree_set_text(report, "code", code);
	tree_set_text(report, "detail", detail);
}

static void set_folders(struct tree *report, const struct pass *pass)
{
	struct tree *list = tree_set_list(report, "folders");

	for (size_t i = 0; i < pass->mailbox->folder_count; i++) {
		const struct folder_report *folder = &pass->folders[i];
		struct tree *one;
		if (!folder->read)
			continue;
		one = tree_add_tree(list);
		tree_set_text(one, "name", pass->positions[i].folder);
		tree_set_int(one, "uidvalidity", folder->status.uidvalidity);
		tree_set_int(one, "uidnext", folder->status.uidnext);
		tree_set_int(one, "messages", folder->status.messages);
	}
}

void reports_add(struct reports *reports, const struct pass *pass,
		 bool release)
{
	struct tree *report = add(reports, pass->mailbox, release);

	set_state(report, &pass->why, pass->remark);
	set_folders(report, pass);
}

void reports_add_failure(struct reports *reports,
			 const struct mailbox *mailbox, const struct fail *why,
			 bool release)
{
	struct tree *report = add(reports, mailbox, release);

	set_state(report, why, NULL);
	tree_set_list(report, "folders");
}

struct tree *reports_take(struct reports *reports)
{
	struct tree *body = reports->body;

	*reports = (struct reports){ 0 };
	return body;
}
