/* What mailgw asks for: leases, letters, reports. */
#include "core/letter.h"
#include "core/mailbox.h"
#include "web/visit.h"
#include <stdlib.h>
#include <string.h>

enum {
	NAME_MAX_SIZE = 1024,
	LIST_MAX = 100000
};

static void present_folder(struct tree *out,
			   const struct mailbox_folder *folder)
{
	struct tree *retry, *aside;

	tree_set_text(out, "name", folder->name);
	if (folder->uidvalidity)
		tree_set_int(out, "uidvalidity", folder->uidvalidity);
	else
		tree_set_null(out, "uidvalidity");
	if (folder->uidnext)
		tree_set_int(out, "uidnext", folder->uidnext);
	else
		tree_set_null(out, "uidnext");
	tree_set_text(out, "done", folder->done);
	retry = tree_set_list(out, "retry");
	aside = tree_set_list(out, "aside");
	for (size_t i = 0; i < folder->retry_count; i++) {
		const struct mailbox_retry *one = &folder->retries[i];
		struct tree *item;
		if (one->aside) {
			tree_add_int(aside, one->uid);
			continue;
		}
		item = tree_add_tree(retry);
		tree_set_int(item, "uid", one->uid);
		tree_set_int(item, "strikes", one->strikes);
	}
}

static void present_lease(struct tree *out, const struct mailbox_lease *lease)
{
	const struct mailbox *mailbox = &lease->mailbox;
	struct tree *folders;

	tree_set_int(out, "id", mailbox->id);
	tree_set_text(out, "address", mailbox->address);
	tree_set_text(out, "host", mailbox->host);
	tree_set_int(out, "port", mailbox->port);
	tree_set_text(out, "security", mailbox->security);
	tree_set_text(out, "user", mailbox->user);
	tree_set_text(out, "sealed", mailbox->sealed);
	tree_set_text(out, "keep", mailbox->keep);
	tree_set_text(out, "lease", lease->token);
	tree_set_text(out, "state", mailbox->state);
	tree_set_int(out, "failures", mailbox->failures);
	folders = tree_set_list(out, "folders");
	for (size_t i = 0; i < lease->folders.count; i++)
		present_folder(tree_add_tree(folders),
			       &lease->folders.items[i]);
}

bool gateway_lease(struct visit *visit, struct fail *why)
{
	struct mailbox_lease_request request = { .seconds = 300, .max = 1000 };
	struct mailbox_lease_list list;
	struct tree *mailboxes;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "gateway", NAME_MAX_SIZE,
			    &request.gateway, why) ||
	    !tree_may_int(visit->body, "seconds", &request.seconds, why) ||
	    !tree_may_int(visit->body, "max", &request.max, why) ||
	    !mailbox_lease(visit->db, &request, visit->arena, &list, why))
		return false;
	mailboxes = tree_set_list(visit->answer, "mailboxes");
	for (size_t i = 0; i < list.count; i++)
		present_lease(tree_add_tree(mailboxes), &list.items[i]);
	return true;
}

static bool path_number(struct visit *visit, size_t i, int64_t *ret,
			struct fail *why)
{
	char *end;
	long long value = strtoll(visit->parameters[i], &end, 10);

	if (*end || value <= 0)
		return fail(why, FAIL_INVALID, "'%s' is not a number",
			    visit->parameters[i]);
	*ret = value;
	return true;
}

bool gateway_letter(struct visit *visit, struct fail *why)
{
	struct letter_put put = {
		.lease = http_request_header(visit->http, "X-Lease"),
		.folder = http_request_query(visit->http, "folder"),
		.internaldate = visit_query_int(visit, "internaldate", 0),
		.digest = visit->digest,
		.bytes = visit->size,
	};
	enum letter_taken taken;
	int64_t id;
	bool had;

	if (!put.lease || !put.folder)
		return fail(why, FAIL_INVALID,
			    "a letter needs X-Lease and a folder");
	if (!path_number(visit, 0, &put.mailbox_id, why) ||
	    !path_number(visit, 1, &put.uidvalidity, why) ||
	    !path_number(visit, 2, &put.uid, why) ||
	    !letter_take(visit->db, &put, &taken, &id, why))
		return false;
	had = taken == LETTER_KNOWN || taken == LETTER_MOVED;
	visit->status = had ? 200 : 201;
	visit->wake_reading = taken == LETTER_NEW || taken == LETTER_CONFLICT;
	tree_set_int(visit->answer, "letter", id);
	tree_set_bool(visit->answer, "had", had);
	return true;
}

static bool read_place(struct visit *visit, struct mailbox_place *place,
		       struct fail *why)
{
	const struct tree *body = visit->body;

	return visit_need_body(visit, why) &&
	       tree_need_int(body, "mailbox", &place->mailbox_id, why) &&
	       tree_need_text(body, "lease", NAME_MAX_SIZE, &place->lease,
			      why) &&
	       tree_need_text(body, "folder", NAME_MAX_SIZE, &place->folder,
			      why) &&
	       tree_need_int(body, "uidvalidity", &place->uidvalidity, why);
}

bool gateway_skip(struct visit *visit, struct fail *why)
{
	struct mailbox_place place = { 0 };
	const struct tree *letters;
	struct mailbox_skip *skips;
	size_t count;

	if (!read_place(visit, &place, why))
		return false;
	letters = tree_member(visit->body, "letters");
	count = letters ? tree_count(letters) : 0;
	if (count > LIST_MAX)
		return fail(why, FAIL_LIMIT, "too many letters at once");
	skips = arena_array(visit->arena, count, sizeof(*skips));
	for (size_t i = 0; i < count; i++) {
		const struct tree *letter = tree_at(letters, i);
		skips[i].bytes = tree_int(letter, "size", 0);
		skips[i].internaldate = tree_int(letter, "internaldate", 0);
		if (!tree_need_int(letter, "uid", &skips[i].uid, why) ||
		    !tree_need_text(letter, "reason", NAME_MAX_SIZE,
				    &skips[i].reason, why))
			return false;
	}
	return mailbox_skip_letters(visit->db, &place, skips, count, why);
}

bool gateway_strike(struct visit *visit, struct fail *why)
{
	struct mailbox_place place = { 0 };
	struct mailbox_retry retry = { 0 };

	if (!read_place(visit, &place, why) ||
	    !tree_need_int(visit->body, "uid", &retry.uid, why) ||
	    !tree_need_text(visit->body, "reason", 4096, &retry.reason, why) ||
	    !mailbox_strike(visit->db, &place, &retry, why))
		return false;
	tree_set_int(visit->answer, "strikes", retry.strikes);
	tree_set_bool(visit->answer, "aside", retry.aside);
	return true;
}

bool gateway_reconcile(struct visit *visit, struct fail *why)
{
	struct mailbox_place place = { 0 };
	struct mailbox_folder folder;

	if (!read_place(visit, &place, why) ||
	    !tree_need_text(visit->body, "uids", 512 * 1024, &place.uids,
			    why) ||
	    !mailbox_reconcile(visit->db, &place, visit->arena, &folder, why))
		return false;
	tree_set_text(visit->answer, "missing_here", folder.missing_here);
	tree_set_text(visit->answer, "gone_there", folder.gone_there);
	return true;
}

static bool read_report(struct visit *visit, const struct tree *in,
			struct mailbox_report *report, struct fail *why)
{
	const struct tree *list = tree_member(in, "folders");
	size_t count = list ? tree_count(list) : 0;
	struct mailbox_folder *folders;

	if (count > MAILBOX_FOLDERS_MAX)
		return fail(why, FAIL_LIMIT, "too many folders");
	folders = arena_array(visit->arena, count, sizeof(*folders));
	for (size_t i = 0; i < count; i++) {
		const struct tree *one = tree_at(list, i);
		folders[i].uidvalidity = tree_int(one, "uidvalidity", 0);
		folders[i].uidnext = tree_int(one, "uidnext", 0);
		folders[i].messages = tree_int(one, "messages", 0);
		if (!tree_need_text(one, "name", NAME_MAX_SIZE,
				    &folders[i].name, why))
			return false;
	}
	report->folders = folders;
	report->folder_count = count;
	report->release = tree_bool(in, "release", false);
	report->code = "ok";
	return tree_need_int(in, "mailbox", &report->mailbox_id, why) &&
	       tree_need_text(in, "lease", NAME_MAX_SIZE, &report->lease,
			      why) &&
	       tree_need_text(in, "state", 16, &report->state, why) &&
	       tree_may_text(in, "code", 64, &report->code, why) &&
	       tree_may_text(in, "detail", 4096, &report->detail, why);
}

/* A lease that was lost meanwhile spoils only its own report. */
bool gateway_report(struct visit *visit, struct fail *why)
{
	const struct tree *reports;
	struct tree *lost;

	if (!visit_need_body(visit, why))
		return false;
	reports = tree_member(visit->body, "reports");
	lost = tree_set_list(visit->answer, "lost");
	if (!reports)
		return fail(why, FAIL_INVALID, "'reports' must be a list");
	for (size_t i = 0; i < tree_count(reports); i++) {
		struct mailbox_report report = { 0 };
		if (!read_report(visit, tree_at(reports, i), &report, why))
			return false;
		if (mailbox_report(visit->db, &report, why))
			continue;
		if (strcmp(why->code, "lease.lost") != 0)
			return false;
		tree_add_int(lost, report.mailbox_id);
	}
	return true;
}
