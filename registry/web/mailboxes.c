/* Mailboxes as administrators see and repair them. */
#include "base/moment.h"
#include "core/mailbox.h"
#include "web/visit.h"

static void present_mailbox(struct tree *out, const struct mailbox *mailbox)
{
	tree_set_int(out, "id", mailbox->id);
	tree_set_text(out, "address", mailbox->address);
	tree_set_text(out, "host", mailbox->host);
	tree_set_int(out, "port", mailbox->port);
	tree_set_text(out, "security", mailbox->security);
	tree_set_text(out, "user", mailbox->user);
	tree_set_text(out, "unit", mailbox->unit);
	tree_set_text(out, "keep", mailbox->keep);
	tree_set_bool(out, "paused", mailbox->paused);
	tree_set_text(out, "state", mailbox->state);
	tree_set_text(out, "code", mailbox->code);
	tree_set_text(out, "detail", mailbox->detail);
	tree_set_int(out, "failures", mailbox->failures);
	tree_set_int(out, "tried_at", mailbox->tried_at);
	tree_set_int(out, "ok_at", mailbox->ok_at);
	tree_set_int(out, "letters", mailbox->letters);
	tree_set_int(out, "aside", mailbox->aside);
	tree_set_int(out, "version", mailbox->version);
}

bool mailbox_list_route(struct visit *visit, struct fail *why)
{
	struct mailbox_list list;
	int64_t midnight = moment_of_day(moment_day(moment_now()));
	struct tree *items;

	if (!mailbox_load_list(visit->db, visit->arena, &list, why) ||
	    !mailbox_count_today(visit->db, midnight, &list, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		present_mailbox(out, &list.items[i]);
		tree_set_int(out, "today_letters", list.items[i].today_letters);
		tree_set_int(out, "today_files", list.items[i].today_files);
	}
	return true;
}

static void present_folder(struct tree *out,
			   const struct mailbox_folder *folder)
{
	struct tree *aside = tree_set_list(out, "aside");

	tree_set_text(out, "name", folder->name);
	tree_set_int(out, "uidvalidity", folder->uidvalidity);
	tree_set_int(out, "messages", folder->messages);
	tree_set_text(out, "done", folder->done);
	tree_set_text(out, "missing_here", folder->missing_here);
	tree_set_text(out, "gone_there", folder->gone_there);
	tree_set_int(out, "reconciled_at", folder->reconciled_at);
	for (size_t i = 0; i < folder->retry_count; i++) {
		struct tree *one;
		if (!folder->retries[i].aside)
			continue;
		one = tree_add_tree(aside);
		tree_set_int(one, "uid", folder->retries[i].uid);
		tree_set_text(one, "reason", folder->retries[i].reason);
	}
}

bool mailbox_show(struct visit *visit, struct fail *why)
{
	struct mailbox_folder_list folders;
	struct mailbox mailbox;
	int64_t hours[MAILBOX_HOURS];
	struct tree *list;

	if (!mailbox_load(visit->db, visit_id(visit), visit->arena, &mailbox,
			  why) ||
	    !mailbox_folders(visit->db, mailbox.id, visit->arena, &folders,
			     why) ||
	    !mailbox_hours(visit->db, mailbox.id, moment_now(), hours, why))
		return false;
	present_mailbox(visit->answer, &mailbox);
	list = tree_set_list(visit->answer, "hours");
	for (size_t i = 0; i < MAILBOX_HOURS; i++)
		tree_add_int(list, hours[i]);
	list = tree_set_list(visit->answer, "folders");
	for (size_t i = 0; i < folders.count; i++)
		present_folder(tree_add_tree(list), &folders.items[i]);
	return true;
}

static struct mailbox_act act_of(const struct visit *visit)
{
	return (struct mailbox_act){
		.mailbox_id = visit_id(visit),
		.actor_id = visit->actor.id,
		.actor_name = visit->actor.name ? visit->actor.name : "command",
	};
}

bool mailbox_pause(struct visit *visit, struct fail *why)
{
	struct mailbox_act act = act_of(visit);

	return mailbox_set_paused(visit->db, &act, true, why);
}

bool mailbox_resume(struct visit *visit, struct fail *why)
{
	struct mailbox_act act = act_of(visit);

	return mailbox_set_paused(visit->db, &act, false, why);
}

bool mailbox_retry_route(struct visit *visit, struct fail *why)
{
	struct mailbox_act act = act_of(visit);

	return mailbox_retry(visit->db, &act, why);
}

bool mailbox_password(struct visit *visit, struct fail *why)
{
	struct mailbox_act act = act_of(visit);
	const char *password;

	return visit_need_body(visit, why) &&
	       tree_need_text(visit->body, "password", 1024, &password, why) &&
	       mailbox_set_password(visit->db, &act, password,
				    visit->web->public_key, why);
}
