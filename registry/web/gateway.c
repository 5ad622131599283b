#include "core/letter.h"
#include "core/mailbox.h"
#include "web/visit.h"
#include <string.h>

enum {
	NAME_BYTES_MAX = 200,
	FOLDER_BYTES_MAX = 1000,
	TOKEN_BYTES_MAX = 100,
	UIDS_BYTES_MAX = 1 << 20,
	LETTERS_MAX = 10000,
	REPORTS_MAX = 10000
};

static void print_retries(struct tree *folder,
			  const struct mailbox_folder *from)
{
	struct tree *retries = tree_set_list(folder, "retry");
	struct tree *aside = tree_set_list(folder, "aside");

	for (size_t i = 0; i < from->retry_count; i++) {
		const struct mailbox_retry *retry = &from->retries[i];
		struct tree *one;

		if (retry->aside) {
			tree_add_int(aside, retry->uid);
			continue;
		}
		one = tree_add_tree(retries);
		tree_set_int(one, "uid", retry->uid);
		tree_set_int(one, "strikes", retry->strikes);
	}
}

static void print_folder(struct tree *list, const struct mailbox_folder *from)
{
	struct tree *folder = tree_add_tree(list);

	tree_set_text(folder, "name", from->name);
	if (from->uidvalidity)
		tree_set_int(folder, "uidvalidity", from->uidvalidity);
	else
		tree_set_null(folder, "uidvalidity");
	if (from->uidnext)
		tree_set_int(folder, "uidnext", from->uidnext);
	else
		tree_set_null(folder, "uidnext");
	tree_set_text(folder, "done", from->done);
	print_retries(folder, from);
}

static void print_lease(struct tree *list, const struct mailbox_lease *lease)
{
	const struct mailbox *mailbox = &lease->mailbox;
	struct tree *one = tree_add_tree(list);
	struct tree *folders;

	tree_set_int(one, "id", mailbox->id);
	tree_set_text(one, "address", mailbox->address);
	tree_set_text(one, "host", mailbox->host);
	tree_set_int(one, "port", mailbox->port);
	tree_set_text(one, "security", mailbox->security);
	tree_set_text(one, "user", mailbox->user);
	tree_set_text(one, "sealed", mailbox->sealed);
	tree_set_text(one, "keep", mailbox->keep);
	tree_set_text(one, "lease", lease->token);
	tree_set_text(one, "state", mailbox->state);
	tree_set_int(one, "failures", mailbox->failures);
	folders = tree_set_list(one, "folders");
	for (size_t i = 0; i < lease->folders.count; i++)
		print_folder(folders, &lease->folders.items[i]);
}

bool gateway_lease(struct visit *visit, struct fail *why)
{
	struct mailbox_lease_request request = { .seconds = 300, .max = 1000 };
	struct mailbox_lease_list list = { 0 };
	struct tree *mailboxes;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "gateway", NAME_BYTES_MAX,
			    &request.gateway, why) ||
	    !tree_may_int(visit->body, "seconds", &request.seconds, why) ||
	    !tree_may_int(visit->body, "max", &request.max, why) ||
	    !mailbox_lease(visit->db, &request, visit->arena, &list, why))
		return false;
	mailboxes = tree_set_list(visit->answer, "mailboxes");
	for (size_t i = 0; i < list.count; i++)
		print_lease(mailboxes, &list.items[i]);
	return true;
}

/* A decimal number of the path or query; -1 when it is none. */
static int64_t number(const char *string)
{
	int64_t value = 0;
	const char *at = string;

	for (; at && *at >= '0' && *at <= '9' && at - string < 18; at++)
		value = value * 10 + (*at - '0');
	return at && at != string && !*at ? value : -1;
}

/* The server's idea of the size may be wrong; what came is what counts. */
bool gateway_letter(struct visit *visit, struct fail *why)
{
	const struct letter_put put = {
		.mailbox_id = visit_id(visit),
		.lease = http_request_header(visit->http, "X-Lease"),
		.folder = http_request_query(visit->http, "folder"),
		.uidvalidity = number(visit->parameters[1]),
		.uid = number(visit->parameters[2]),
		.internaldate =
			number(http_request_query(visit->http, "internaldate")),
		.digest = visit->digest,
		.bytes = visit->size,
	};
	enum letter_taken taken;
	int64_t id;

	if (!letter_take(visit->db, &put, &taken, &id, why))
		return false;
	visit->wake_reading = taken == LETTER_NEW || taken == LETTER_CONFLICT;
	visit->status = visit->wake_reading ? 201 : 200;
	tree_set_int(visit->answer, "id", id);
	return true;
}

static bool read_place(const struct tree *body, struct mailbox_place *place,
		       struct fail *why)
{
	return tree_need_int(body, "mailbox", &place->mailbox_id, why) &&
	       tree_need_text(body, "lease", TOKEN_BYTES_MAX, &place->lease,
			      why) &&
	       tree_need_text(body, "folder", FOLDER_BYTES_MAX,
			      &place->folder, why) &&
	       tree_need_int(body, "uidvalidity", &place->uidvalidity, why);
}

static bool read_skip(const struct tree *letter, struct mailbox_skip *skip,
		      struct fail *why)
{
	return tree_need_int(letter, "uid", &skip->uid, why) &&
	       tree_may_int(letter, "size", &skip->bytes, why) &&
	       tree_may_int(letter, "internaldate", &skip->internaldate,
			    why) &&
	       tree_need_text(letter, "reason", NAME_BYTES_MAX, &skip->reason,
			      why);
}

bool gateway_skip(struct visit *visit, struct fail *why)
{
	const struct tree *letters;
	struct mailbox_place place = { 0 };
	struct mailbox_skip *skips;
	size_t count;

	if (!visit_need_body(visit, why))
		return false;
	letters = tree_member(visit->body, "letters");
	count = letters ? tree_count(letters) : 0;
	if (count < 1 || count > LETTERS_MAX)
		return fail(why, FAIL_INVALID,
			    "'letters' is a list of 1 to %d", LETTERS_MAX);
	if (!read_place(visit->body, &place, why))
		return false;
	skips = arena_array(visit->arena, count, sizeof(*skips));
	for (size_t i = 0; i < count; i++)
		if (!read_skip(tree_at(letters, i), &skips[i], why))
			return false;
	if (!mailbox_skip_letters(visit->db, &place, skips, count, why))
		return false;
	tree_set_int(visit->answer, "skipped", (int64_t)count);
	return true;
}

bool gateway_strike(struct visit *visit, struct fail *why)
{
	struct mailbox_place place = { 0 };
	struct mailbox_retry retry = { 0 };

	if (!visit_need_body(visit, why) ||
	    !read_place(visit->body, &place, why) ||
	    !tree_need_int(visit->body, "uid", &retry.uid, why) ||
	    !tree_need_text(visit->body, "reason", FOLDER_BYTES_MAX,
			    &retry.reason, why) ||
	    !mailbox_strike(visit->db, &place, &retry, why))
		return false;
	tree_set_int(visit->answer, "strikes", retry.strikes);
	tree_set_bool(visit->answer, "aside", retry.aside);
	return true;
}

static bool read_folder(const struct tree *from, struct mailbox_folder *folder,
			struct fail *why)
{
	return tree_need_text(from, "name", FOLDER_BYTES_MAX, &folder->name,
			      why) &&
	       tree_may_int(from, "uidvalidity", &folder->uidvalidity, why) &&
	       tree_may_int(from, "uidnext", &folder->uidnext, why) &&
	       tree_may_int(from, "messages", &folder->messages, why);
}

static bool read_folders(const struct tree *body, struct arena *arena,
			 struct mailbox_report *report, struct fail *why)
{
	const struct tree *list = tree_member(body, "folders");
	size_t count = list ? tree_count(list) : 0;
	struct mailbox_folder *folders;

	if (count > MAILBOX_FOLDERS_MAX)
		return fail(why, FAIL_INVALID, "more than %d folders",
			    MAILBOX_FOLDERS_MAX);
	folders = arena_array(arena, count, sizeof(*folders));
	for (size_t i = 0; i < count; i++)
		if (!read_folder(tree_at(list, i), &folders[i], why))
			return false;
	report->folders = folders;
	report->folder_count = count;
	return true;
}

static bool read_report(const struct tree *body, struct arena *arena,
			struct mailbox_report *report, struct fail *why)
{
	report->release = tree_bool(body, "release", false);
	return tree_need_int(body, "mailbox", &report->mailbox_id, why) &&
	       tree_need_text(body, "lease", TOKEN_BYTES_MAX, &report->lease,
			      why) &&
	       tree_need_text(body, "state", NAME_BYTES_MAX, &report->state,
			      why) &&
	       tree_may_text(body, "code", NAME_BYTES_MAX, &report->code,
			     why) &&
	       tree_may_text(body, "detail", FOLDER_BYTES_MAX, &report->detail,
			     why) &&
	       read_folders(body, arena, report, why);
}

/* A lease that was lost is named; the other reports hold. */
bool gateway_report(struct visit *visit, struct fail *why)
{
	const struct tree *reports;
	struct tree *lost;
	size_t count;

	if (!visit_need_body(visit, why))
		return false;
	reports = tree_member(visit->body, "reports");
	count = reports ? tree_count(reports) : 0;
	if (count > REPORTS_MAX)
		return fail(why, FAIL_INVALID, "more than %d reports",
			    REPORTS_MAX);
	lost = tree_set_list(visit->answer, "lost");
	for (size_t i = 0; i < count; i++) {
		struct mailbox_report report = { 0 };

		if (!read_report(tree_at(reports, i), visit->arena, &report,
				 why))
			return false;
		if (mailbox_report(visit->db, &report, why))
			continue;
		if (strcmp(why->code, "lease.lost") != 0)
			return false;
		tree_add_int(lost, report.mailbox_id);
	}
	return true;
}

bool gateway_reconcile(struct visit *visit, struct fail *why)
{
	struct mailbox_place place = { 0 };
	struct mailbox_folder found = { 0 };

	if (!visit_need_body(visit, why) ||
	    !read_place(visit->body, &place, why) ||
	    !tree_need_text(visit->body, "uids", UIDS_BYTES_MAX, &place.uids,
			    why) ||
	    !mailbox_reconcile(visit->db, &place, visit->arena, &found, why))
		return false;
	tree_set_text(visit->answer, "missing_here", found.missing_here);
	tree_set_text(visit->answer, "gone_there", found.gone_there);
	return true;
}
