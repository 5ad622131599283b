#include "core/mailbox.h"
#include "base/secret.h"
#include "core/audit.h"
#include "core/mailbox_row.h"
#include "store/query.h"
#include <string.h>

static const char select_by_id[] =
	MAILBOX_SELECT " WHERE mailbox.id = ?1";
static const char select_by_address[] =
	MAILBOX_SELECT " WHERE mailbox.address = ?1";
static const char select_all[] =
	MAILBOX_SELECT " ORDER BY mailbox.address";
static const char count_all[] =
	"SELECT count(*) FROM mailbox";
/* Newest first, so that one may stop at the first old one. */
static const char select_taken[] =
	"SELECT taken_at FROM letter WHERE mailbox_id = ?1 ORDER BY id DESC";

static const char select_newest[] =
	"SELECT id, taken_at FROM letter ORDER BY id DESC";
static const char sum_after[] =
	"SELECT mailbox_id, count(*), sum((SELECT count(*) FROM part"
	"         WHERE of_file_id = letter.file_id AND class = 'file'))"
	"  FROM letter WHERE id > ?1 GROUP BY mailbox_id";
static const char select_folders[] =
	"SELECT id, name, uidvalidity, uidnext, messages, done, missing_here,"
	"       gone_there, reconciled_at,"
	"       (SELECT count(*) FROM strike WHERE folder_id = folder.id"
	"         AND uidvalidity = folder.uidvalidity)"
	"  FROM folder WHERE mailbox_id = ?1 AND active = 1 ORDER BY name";
static const char print_folders[] =
	"SELECT coalesce(group_concat(name, ';'), '') FROM"
	" (SELECT name FROM folder WHERE mailbox_id = ?1 AND active = 1"
	"   ORDER BY name)";
static const char select_retries[] =
	"SELECT uid, strikes, aside, reason FROM strike"
	" WHERE folder_id = ?1 AND uidvalidity = ?2 ORDER BY uid";
static const char set_paused[] =
	"UPDATE mailbox SET paused = ?2 WHERE id = ?1";
static const char set_password[] =
	"UPDATE mailbox SET sealed = ?2, version = version + 1, refusals = 0,"
	" state = CASE WHEN state = 'blocked' THEN 'error' ELSE state END"
	" WHERE id = ?1";
/* A gateway with a new lease begins at once. */
static const char clear_blocked[] =
	"UPDATE mailbox SET refusals = 0, state = CASE"
	"  WHEN state = 'blocked' THEN 'error' ELSE state END,"
	" lease_token = NULL, lease_holder = NULL, lease_until = NULL"
	" WHERE id = ?1";
static const char clear_aside[] =
	"UPDATE strike SET aside = 0, strikes = 0 WHERE folder_id IN"
	" (SELECT id FROM folder WHERE mailbox_id = ?1)";

struct mailbox mailbox_read_row(struct query *query, struct arena *arena)
{
	return (struct mailbox){
		.id = query_get_int(query, 0),
		.address = query_get_text(query, 1, arena),
		.host = query_get_text(query, 2, arena),
		.port = query_get_int(query, 3),
		.security = query_get_text(query, 4, arena),
		.user = query_get_text(query, 5, arena),
		.sealed = query_get_text(query, 6, arena),
		.unit = query_get_text(query, 7, arena),
		.keep = query_get_text(query, 8, arena),
		.paused = query_get_int(query, 9) != 0,
		.state = query_get_text(query, 10, arena),
		.code = query_get_text(query, 11, arena),
		.detail = query_get_text(query, 12, arena),
		.failures = query_get_int(query, 13),
		.refusals = query_get_int(query, 14),
		.tried_at = query_get_int(query, 15),
		.ok_at = query_get_int(query, 16),
		.lease_holder = query_get_text(query, 17, arena),
		.lease_until = query_get_int(query, 18),
		.letters = query_get_int(query, 19),
		.aside = query_get_int(query, 20),
		.version = query_get_int(query, 21),
	};
}

static bool load_one(struct query *query, struct arena *arena,
		     struct mailbox *ret_mailbox, struct fail *why)
{
	if (query_one(query, why)) {
		*ret_mailbox = mailbox_read_row(query, arena);
		return true;
	}
	return fail_not_found(why, "mailbox.not_found", "Không có hộp thư này.",
			      "no such mailbox");
}

bool mailbox_load(struct db *db, int64_t id, struct arena *arena,
		  struct mailbox *ret_mailbox, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	return load_one(query, arena, ret_mailbox, why);
}

bool mailbox_find(struct db *db, const char *address, struct arena *arena,
		  struct mailbox *ret_mailbox, struct fail *why)
{
	auto_query *query = db_query(db, select_by_address, why);

	if (!query)
		return false;
	query_text(query, 1, address);
	return load_one(query, arena, ret_mailbox, why);
}

static bool count_mailboxes(struct db *db, size_t *ret_count, struct fail *why)
{
	auto_query *query = db_query(db, count_all, why);

	if (!query || !query_one(query, why))
		return false;
	*ret_count = (size_t)query_get_int(query, 0);
	return true;
}

bool mailbox_load_list(struct db *db, struct arena *arena,
		       struct mailbox_list *ret_list, struct fail *why)
{
	struct mailbox_list list = { 0 };
	size_t room = 0;
	auto_query *query = db_query(db, select_all, why);

	if (!query || !count_mailboxes(db, &room, why))
		return false;
	list.items = arena_array(arena, room, sizeof(*list.items));
	while (list.count < room && query_row(query, why))
		list.items[list.count++] = mailbox_read_row(query, arena);
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}

static bool load_retries(struct db *db, struct mailbox_folder *folder,
			 size_t room, struct arena *arena, struct fail *why)
{
	auto_query *query = db_query(db, select_retries, why);

	if (!query)
		return false;
	folder->retries = arena_array(arena, room, sizeof(*folder->retries));
	query_int(query, 1, folder->id);
	query_int(query, 2, folder->uidvalidity);
	while (folder->retry_count < room && query_row(query, why))
		folder->retries[folder->retry_count++] =
			(struct mailbox_retry){
				.uid = query_get_int(query, 0),
				.strikes = query_get_int(query, 1),
				.aside = query_get_int(query, 2) != 0,
				.reason = query_get_text(query, 3, arena),
			};
	return why->kind == FAIL_NONE;
}

static struct mailbox_folder read_folder(struct query *query,
					 struct arena *arena)
{
	return (struct mailbox_folder){
		.id = query_get_int(query, 0),
		.name = query_get_text(query, 1, arena),
		.uidvalidity = query_get_int(query, 2),
		.uidnext = query_get_int(query, 3),
		.messages = query_get_int(query, 4),
		.done = query_get_text(query, 5, arena),
		.missing_here = query_get_text(query, 6, arena),
		.gone_there = query_get_text(query, 7, arena),
		.reconciled_at = query_get_int(query, 8),
	};
}

bool mailbox_folders(struct db *db, int64_t id, struct arena *arena,
		     struct mailbox_folder_list *ret_list, struct fail *why)
{
	struct mailbox_folder_list list = { 0 };
	auto_query *query = db_query(db, select_folders, why);

	if (!query)
		return false;
	list.items = arena_array(arena, MAILBOX_FOLDERS_MAX,
				 sizeof(*list.items));
	query_int(query, 1, id);
	while (list.count < MAILBOX_FOLDERS_MAX && query_row(query, why)) {
		struct mailbox_folder *folder = &list.items[list.count++];
		size_t retries;

		*folder = read_folder(query, arena);
		retries = (size_t)query_get_int(query, 9);
		if (retries && !load_retries(db, folder, retries, arena, why))
			return false;
	}
	if (why->kind != FAIL_NONE && list.count < MAILBOX_FOLDERS_MAX)
		return false;
	*ret_list = list;
	return true;
}

bool mailbox_print_folders(struct db *db, int64_t id, struct arena *arena,
			   const char **ret_names, struct fail *why)
{
	auto_query *query = db_query(db, print_folders, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	*ret_names = query_get_text(query, 0, arena);
	return true;
}

bool mailbox_hours(struct db *db, int64_t id, int64_t now,
		   int64_t ret_hours[MAILBOX_HOURS], struct fail *why)
{
	auto_query *query = db_query(db, select_taken, why);

	if (!query)
		return false;
	memset(ret_hours, 0, MAILBOX_HOURS * sizeof(*ret_hours));
	query_int(query, 1, id);
	while (query_row(query, why)) {
		int64_t age = now - query_get_int(query, 0);
		if (age >= MAILBOX_HOURS * 3600)
			return true;
		if (age < 0)
			age = 0;
		ret_hours[MAILBOX_HOURS - 1 - age / 3600]++;
	}
	return why->kind == FAIL_NONE;
}

/* The last letter that was taken before; 0: none. */
static bool find_last_before(struct db *db, int64_t moment, int64_t *ret_id,
			     struct fail *why)
{
	auto_query *query = db_query(db, select_newest, why);

	*ret_id = 0;
	if (!query)
		return false;
	while (query_row(query, why))
		if (query_get_int(query, 1) < moment) {
			*ret_id = query_get_int(query, 0);
			return true;
		}
	return why->kind == FAIL_NONE;
}

static struct mailbox *mailbox_in(struct mailbox_list *list, int64_t id)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].id == id)
			return &list->items[i];
	return NULL;
}

bool mailbox_count_today(struct db *db, int64_t midnight,
			 struct mailbox_list *list, struct fail *why)
{
	int64_t last;
	auto_query *query = db_query(db, sum_after, why);

	if (!query || !find_last_before(db, midnight, &last, why))
		return false;
	query_int(query, 1, last);
	while (query_row(query, why)) {
		struct mailbox *mailbox =
			mailbox_in(list, query_get_int(query, 0));
		if (!mailbox)
			continue;
		mailbox->today_letters = query_get_int(query, 1);
		mailbox->today_files = query_get_int(query, 2);
	}
	return why->kind == FAIL_NONE;
}

static bool act(struct db *db, const struct mailbox_act *who,
		const char *action, struct fail *why)
{
	return audit_add(db,
			 &(struct audit_event){
				 .actor_id = who->actor_id,
				 .actor_name = who->actor_name,
				 .action = action,
				 .object_type = "mailbox",
				 .object_id = who->mailbox_id,
			 },
			 why);
}

/* Runs a change of one mailbox row: ?1 is its id. */
static bool change(struct db *db, struct query *query, int64_t id,
		   struct fail *why)
{
	query_int(query, 1, id);
	if (!query_run(query, why))
		return false;
	if (db_changes(db) == 1)
		return true;
	fail(why, FAIL_NOT_FOUND, "no such mailbox");
	return fail_code(why, "mailbox.not_found", "Không có hộp thư này.");
}

bool mailbox_set_paused(struct db *db, const struct mailbox_act *who,
			bool paused, struct fail *why)
{
	auto_query *query = db_query(db, set_paused, why);

	if (!query)
		return false;
	query_int(query, 2, paused);
	return change(db, query, who->mailbox_id, why) &&
	       act(db, who, paused ? "mailbox.pause" : "mailbox.resume", why);
}

bool mailbox_set_password(struct db *db, const struct mailbox_act *who,
			  const char *password, const char *public_key,
			  struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct mailbox mailbox;
	const char *sealed;
	auto_query *query = db_query(db, set_password, why);

	if (!query ||
	    !mailbox_load(db, who->mailbox_id, arena, &mailbox, why) ||
	    !secret_seal(public_key, mailbox.address, password, arena, &sealed,
			 why))
		return false;
	query_text(query, 2, sealed);
	return change(db, query, who->mailbox_id, why) &&
	       mailbox_clear_strikes(db, who->mailbox_id, why) &&
	       act(db, who, "mailbox.password", why);
}

bool mailbox_clear_strikes(struct db *db, int64_t id, struct fail *why)
{
	return db_run_one(db, clear_aside, id, why);
}

bool mailbox_retry(struct db *db, const struct mailbox_act *who,
		   struct fail *why)
{
	auto_query *query = db_query(db, clear_blocked, why);

	return query && change(db, query, who->mailbox_id, why) &&
	       mailbox_clear_strikes(db, who->mailbox_id, why) &&
	       act(db, who, "mailbox.retry", why);
}
