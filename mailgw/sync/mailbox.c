#include "sync/mailbox.h"
#include <assert.h>
#include <string.h>

static bool read_security(const char *word, enum session_security *ret)
{
	static const char *const words[] = { "tls", "starttls", "plain" };

	for (unsigned i = 0; i < 3; i++)
		if (strcmp(word, words[i]) == 0) {
			*ret = (enum session_security)i;
			return true;
		}
	return false;
}

static bool read_mailbox(const struct tree *tree, struct mailbox *ret,
			 struct fail *why)
{
	int64_t port = 0;
	const char *security = "";

	if (!tree_need_int(tree, "id", &ret->id, why) ||
	    !tree_need_text(tree, "address", 1000, &ret->address, why) ||
	    !tree_need_text(tree, "host", 255, &ret->host, why) ||
	    !tree_need_int(tree, "port", &port, why) ||
	    !tree_need_text(tree, "security", 20, &security, why) ||
	    !tree_need_text(tree, "user", 1000, &ret->user, why) ||
	    !tree_need_text(tree, "lease", 500, &ret->lease, why))
		return false;
	ret->sealed = tree_text(tree, "sealed", "");
	ret->port = (uint16_t)port;
	ret->failures = (unsigned)tree_int(tree, "failures", 0);
	ret->folders = tree_member(tree, "folders");
	ret->folder_count = ret->folders ? tree_count(ret->folders) : 0;
	ret->documents_only =
		strcmp(tree_text(tree, "keep", "all"), "documents") == 0;
	if (port < 1 || port > 65535 ||
	    !read_security(security, &ret->security))
		return fail(why, FAIL_INVALID,
			    "the registry names no port or protection for %s",
			    ret->address);
	return true;
}

struct fleet *fleet_create(struct tree *answer, struct fail *why)
{
	struct fleet *fleet = memory_alloc(sizeof(*fleet));
	const struct tree *list = tree_member(answer, "mailboxes");

	fleet->answer = answer;
	fleet->users = 1;
	fleet->arena = arena_create(0);
	fleet->count = list ? tree_count(list) : 0;
	fleet->mailboxes = arena_array(fleet->arena, fleet->count + 1,
				       sizeof(*fleet->mailboxes));
	for (size_t i = 0; i < fleet->count; i++)
		if (!read_mailbox(tree_at(list, i), &fleet->mailboxes[i],
				  why)) {
			fleet_release(&fleet);
			return NULL;
		}
	return fleet;
}

void fleet_hold(struct fleet *fleet)
{
	fleet->users++;
}

void fleet_release(struct fleet **fleet)
{
	struct fleet *gone = *fleet;

	*fleet = NULL;
	if (!gone || --gone->users > 0)
		return;
	arena_destroy(&gone->arena);
	tree_destroy(&gone->answer);
	memory_free(gone);
}

bool fleet_needs_trust(const struct fleet *fleet)
{
	for (size_t i = 0; i < fleet->count; i++)
		if (fleet->mailboxes[i].security != SESSION_PLAIN)
			return true;
	return false;
}

static uint32_t uid_number(const struct tree *tree, const char *name)
{
	int64_t number = tree_int(tree, name, 0);

	return number > 0 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static void read_retries(const struct tree *tree, struct position *position)
{
	const struct tree *retry = tree_member(tree, "retry");
	const struct tree *aside = tree_member(tree, "aside");

	for (size_t i = 0; retry && i < tree_count(retry); i++) {
		const struct tree *one = tree_at(retry, i);
		uint32_t uid = uid_number(one, "uid");
		int64_t strikes = tree_int(one, "strikes", 0);
		if (uid)
			uids_add(&position->retry, uid, uid);
		if (strikes > position->strikes)
			position->strikes = (unsigned)strikes;
	}
	for (size_t i = 0; aside && i < tree_count(aside); i++) {
		int64_t uid = tree_int_at(aside, i);
		if (uid > 0 && uid <= UINT32_MAX)
			uids_add(&position->aside, (uint32_t)uid,
				 (uint32_t)uid);
	}
}

struct position *positions_create(const struct mailbox *mailbox,
				  struct fail *why)
{
	size_t count = mailbox->folder_count;
	struct position *positions =
		memory_alloc((count + 1) * sizeof(*positions));

	for (size_t i = 0; i < count; i++) {
		const struct tree *tree = tree_at(mailbox->folders, i);
		struct position *position = &positions[i];
		const char *done = tree_text(tree, "done", "");
		position->folder = memory_copy(tree_text(tree, "name", ""));
		position->uidvalidity = uid_number(tree, "uidvalidity");
		position->uidnext = uid_number(tree, "uidnext");
		read_retries(tree, position);
		if (!uids_parse(done, &position->done, why)) {
			positions_destroy(&positions, count);
			return NULL;
		}
	}
	return positions;
}

void positions_destroy(struct position **positions, size_t count)
{
	struct position *gone = *positions;

	*positions = NULL;
	for (size_t i = 0; gone && i < count; i++) {
		memory_free(gone[i].folder);
		uids_done(&gone[i].done);
		uids_done(&gone[i].retry);
		uids_done(&gone[i].aside);
	}
	memory_free(gone);
}
