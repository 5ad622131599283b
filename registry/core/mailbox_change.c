#include "core/mailbox_change.h"
#include "base/moment.h"
#include "base/secret.h"
#include "core/audit.h"
#include "core/mailbox_row.h"
#include "store/query.h"
#include "store/transaction.h"
#include <string.h>

static const char insert_mailbox[] =
	"INSERT INTO mailbox (address, host, port, security, user, sealed,"
	" unit, keep, created_at) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?1)";
static const char update_mailbox[] =
	"UPDATE mailbox SET address = ?2, host = ?3, port = ?4, security = ?5,"
	" user = ?6, sealed = coalesce(?7, sealed), unit = ?8, keep = ?9,"
	" version = version + 1 WHERE id = ?1";
/* The stop after refused logins was for what was refused. */
static const char unblock[] =
	"UPDATE mailbox SET refusals = 0, failures = 0,"
	" state = CASE WHEN state = 'blocked' THEN 'error' ELSE state END"
	" WHERE id = ?1";
static const char end_lease[] =
	"UPDATE mailbox SET lease_token = NULL, lease_holder = NULL,"
	" lease_until = NULL WHERE id = ?1";
static const char select_accounts[] =
	"SELECT address, port FROM mailbox WHERE host = ?1 COLLATE NOCASE"
	"   AND user = ?2 COLLATE NOCASE AND id <> ?3";
static const char count_address[] =
	"SELECT count(*) FROM mailbox WHERE address = ?1 AND id <> ?2";
static const char select_folders[] =
	"SELECT id FROM folder WHERE mailbox_id = ?1";
static const char select_dropped[] =
	"SELECT id FROM folder WHERE mailbox_id = ?1 AND active = 0"
	"   AND uidvalidity IS NOT NULL";
static const char retire_folders[] =
	"UPDATE folder SET active = 0 WHERE mailbox_id = ?1";
static const char upsert_folder[] =
	"INSERT INTO folder (mailbox_id, name) VALUES (?1, ?2)"
	" ON CONFLICT (mailbox_id, name) DO UPDATE SET active = 1";

#define BIT(column) (1u << MAILBOX_##column)

enum {
	ACCOUNT = BIT(HOST) | BIT(PORT) | BIT(USER),
	/* What a gateway reads by. */
	READING = ACCOUNT | BIT(ADDRESS) | BIT(SECURITY) | BIT(PASSWORD) |
		  BIT(FOLDERS) | BIT(KEEP)
};

/* --- doubles ------------------------------------------------------------ */

static bool check_address(struct db *db, const struct mailbox_change *change,
			  struct fail *why)
{
	const char *address = change->wanted->value[MAILBOX_ADDRESS];
	auto_query *query = db_query(db, count_address, why);

	if (!query)
		return false;
	query_text(query, 1, address);
	query_int(query, 2, change->id);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 0)
		return true;
	fail(why, FAIL_CONFLICT, "there is a mailbox '%s' already", address);
	return fail_code(why, "mailbox.exists", "Đã có hộp thư này.");
}

static bool check_account(struct db *db, const struct mailbox_change *change,
			  struct arena *arena, struct fail *why)
{
	const struct mailbox_wanted *wanted = change->wanted;
	auto_query *query = db_query(db, select_accounts, why);

	if (!query)
		return false;
	query_text(query, 1, wanted->value[MAILBOX_HOST]);
	query_text(query, 2, wanted->value[MAILBOX_USER]);
	query_int(query, 3, change->id);
	while (query_row(query, why))
		if (mailbox_door(query_get_int(query, 1)) ==
		    mailbox_door(wanted->port))
			return mailbox_fail_double(
				query_get_text(query, 0, arena), arena, why);
	return why->kind == FAIL_NONE;
}

bool mailbox_fail_double(const char *address, struct arena *arena,
			 struct fail *why)
{
	fail(why, FAIL_CONFLICT, "'%s' reads this account already", address);
	return fail_code(why, "mailbox.double",
			 arena_print(arena,
				     "Tài khoản này trên máy chủ này đã được "
				     "đọc ở hộp thư %s.",
				     address));
}

/* --- the audit ---------------------------------------------------------- */

static const char *old_value(const struct mailbox *old, const char *folders,
			     enum mailbox_column column, struct arena *arena)
{
	const char *const had[MAILBOX_COLUMN_COUNT] = {
		[MAILBOX_ADDRESS] = old->address,
		[MAILBOX_HOST] = old->host,
		[MAILBOX_SECURITY] = old->security,
		[MAILBOX_USER] = old->user,
		[MAILBOX_UNIT] = old->unit ? old->unit : "",
		[MAILBOX_FOLDERS] = folders,
		[MAILBOX_KEEP] = old->keep,
	};

	if (column == MAILBOX_PORT)
		return arena_print(arena, "%lld", (long long)old->port);
	return had[column];
}

/* That a password was set, not which. */
static bool note(struct db *db, const struct mailbox_change *change,
		 int64_t id, const struct tree *detail, struct fail *why)
{
	const struct audit_act act = {
		.action = change->action ? change->action
			  : change->id	 ? "mailbox.edit"
					 : "mailbox.add",
		.object_type = "mailbox",
		.object_id = id,
		.detail = detail,
	};

	return audit_act(db, &change->actor, &act, why);
}

static bool note_change(struct db *db, const struct mailbox_change *change,
			const struct mailbox *old, const char *old_folders,
			unsigned differs, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();

	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++) {
		enum mailbox_column column = (enum mailbox_column)i;
		const char *name = mailbox_column_name(column);
		struct tree *pair;

		if (!(differs & 1u << i))
			continue;
		if (column == MAILBOX_PASSWORD) {
			tree_set_text(detail, name, "***");
			continue;
		}
		pair = tree_set_tree(detail, name);
		tree_set_text(pair, "old",
			      old_value(old, old_folders, column, arena));
		tree_set_text(pair, "new", change->wanted->value[i]);
	}
	return note(db, change, old->id, detail, why);
}

static bool note_new(struct db *db, const struct mailbox_change *change,
		     int64_t id, struct fail *why)
{
	auto_tree *detail = tree_create();

	for (unsigned i = 0; i < MAILBOX_COLUMN_COUNT; i++)
		if (i != MAILBOX_PASSWORD && *change->wanted->value[i])
			tree_set_text(
				detail,
				mailbox_column_name((enum mailbox_column)i),
				change->wanted->value[i]);
	return note(db, change, id, detail, why);
}

/* --- writing ------------------------------------------------------------ */

static bool write_row(struct db *db, const struct mailbox_change *change,
		      const char *sql, int64_t first, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *const *value = change->wanted->value;
	const char *sealed = NULL;
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	if (*value[MAILBOX_PASSWORD] &&
	    !secret_seal(change->public_key, value[MAILBOX_ADDRESS],
			 value[MAILBOX_PASSWORD], arena, &sealed, why))
		return false;
	query_int(query, 1, first);
	query_text(query, 2, value[MAILBOX_ADDRESS]);
	query_text(query, 3, value[MAILBOX_HOST]);
	query_int(query, 4, change->wanted->port);
	query_text(query, 5, value[MAILBOX_SECURITY]);
	query_text(query, 6, value[MAILBOX_USER]);
	query_text(query, 7, sealed);
	query_text(query, 8,
		   *value[MAILBOX_UNIT] ? value[MAILBOX_UNIT] : NULL);
	query_text(query, 9, value[MAILBOX_KEEP]);
	return query_run(query, why);
}

static bool relist_all(struct db *db, int64_t id, const char *sql,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t *folders;
	size_t count;
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_list_ids(query, arena, &folders, &count, why))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!mailbox_relist(db, folders[i], why))
			return false;
	return true;
}

static bool add_folder(struct db *db, int64_t id, const char *name,
		       struct fail *why)
{
	auto_query *query = db_query(db, upsert_folder, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, name);
	return query_run(query, why);
}

/* What a dropped folder held is known again in the one that replaces it. */
static bool set_folders(struct db *db, int64_t id,
			const struct mailbox_wanted *wanted, struct fail *why)
{
	if (!db_run_one(db, retire_folders, id, why))
		return false;
	for (size_t i = 0; i < wanted->folder_count; i++)
		if (!add_folder(db, id, wanted->folders[i], why))
			return false;
	return relist_all(db, id, select_dropped, why);
}

bool mailbox_insert(struct db *db, const struct mailbox_change *change,
		    int64_t *ret_id, struct fail *why)
{
	int64_t id;

	if (!write_row(db, change, insert_mailbox, moment_now(), why))
		return false;
	id = db_last_id(db);
	if (!set_folders(db, id, change->wanted, why) ||
	    !note_new(db, change, id, why))
		return false;
	*ret_id = id;
	return true;
}

bool mailbox_update(struct db *db, const struct mailbox_change *change,
		    const struct mailbox *old, const char *old_folders,
		    struct fail *why)
{
	unsigned differs = mailbox_differs(old, old_folders, change->wanted);
	bool same_account = mailbox_is_same_account(old, change->wanted);
	int64_t id = old->id;

	if (!differs)
		return true;
	if (!write_row(db, change, update_mailbox, id, why))
		return false;
	if ((differs & BIT(FOLDERS)) &&
	    !set_folders(db, id, change->wanted, why))
		return false;
	if (!same_account && !relist_all(db, id, select_folders, why))
		return false;
	if ((differs & (ACCOUNT | BIT(SECURITY) | BIT(PASSWORD))) &&
	    !db_run_one(db, unblock, id, why))
		return false;
	if ((differs & BIT(PASSWORD)) && !mailbox_clear_strikes(db, id, why))
		return false;
	return (!(differs & READING) || db_run_one(db, end_lease, id, why)) &&
	       note_change(db, change, old, old_folders, differs, why);
}

/* --- people ------------------------------------------------------------- */

bool mailbox_add(struct db *db, const struct mailbox_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why)
{
	struct mailbox_change added = *change;
	auto_transaction *transaction = transaction_begin(db, why);

	added.id = 0;
	return transaction &&
	       mailbox_check_password(change->wanted, NULL, why) &&
	       check_address(db, &added, why) &&
	       check_account(db, &added, arena, why) &&
	       mailbox_insert(db, &added, ret_id, why) &&
	       transaction_commit(transaction, why);
}

bool mailbox_correct(struct db *db, const struct mailbox_change *change,
		     struct arena *arena, struct fail *why)
{
	struct mailbox old;
	const char *folders;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction || !mailbox_load(db, change->id, arena, &old, why))
		return false;
	if (old.version != change->version) {
		fail(why, FAIL_CONFLICT, "the mailbox has version %lld now",
		     (long long)old.version);
		return fail_code(why, "mailbox.changed",
				 "Hộp thư vừa được người khác sửa. Xem lại rồi"
				 " lưu.");
	}
	return mailbox_print_folders(db, old.id, arena, &folders, why) &&
	       mailbox_check_password(change->wanted, &old, why) &&
	       check_address(db, change, why) &&
	       check_account(db, change, arena, why) &&
	       mailbox_update(db, change, &old, folders, why) &&
	       transaction_commit(transaction, why);
}
