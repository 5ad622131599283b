#include "core/trusted.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/setting.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	VALUE_MAX = 320
};

static const char select_all[] =
	"SELECT id, kind, value, note, added_at FROM trusted_sender"
	" WHERE organisation_id = ?1 AND removed_at IS NULL ORDER BY id";
static const char insert_sender[] =
	"INSERT INTO trusted_sender (organisation_id, kind, value, note,"
	"  added_at) VALUES (?1, ?2, ?3, ?4, ?5)";
static const char set_removed[] =
	"UPDATE trusted_sender SET removed_at = ?3"
	" WHERE organisation_id = ?1 AND value = ?2 AND removed_at IS NULL";

static bool audit(struct db *db, const char *action, const char *value,
		  const struct actor *actor, struct fail *why)
{
	auto_tree *detail = tree_create();

	tree_set_text(detail, "value", value);
	const struct audit_act act = { action, "trust", 0, detail };
	return audit_act(db, actor, &act, why);
}

/* An address has one @ and a domain with a dot; no pattern, no list. */
static bool check(const struct trusted_sender *sender, struct fail *why)
{
	const char *at = strchr(sender->value, '@');
	bool is_address = strcmp(sender->kind, "address") == 0;

	if (!is_address && strcmp(sender->kind, "signature") != 0)
		return fail(why, FAIL_INVALID,
			    "'kind' must be address or signature");
	if (!*sender->value || strlen(sender->value) > VALUE_MAX)
		return fail(why, FAIL_INVALID, "a sender has 1 to %d bytes",
			    VALUE_MAX);
	if (is_address && (!at || at == sender->value || strchr(at + 1, '@') ||
			   !strchr(at, '.') ||
			   strpbrk(sender->value, " *,;<>\"()"))) {
		fail(why, FAIL_INVALID, "'%.100s' is no mail address",
		     sender->value);
		return fail_code(why, "trust.address",
				 "Địa chỉ thư không hợp lệ.");
	}
	return true;
}

bool trusted_add(struct db *db, const struct trusted_sender *sender,
		 const struct actor *actor, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *value = viet_key(sender->value, arena);
	auto_query *query = db_query(db, insert_sender, why);

	if (!query || !check(sender, why))
		return false;
	query_int(query, 1, actor->organisation_id);
	query_text(query, 2, sender->kind);
	query_text(query, 3, value);
	query_text(query, 4, sender->note ? sender->note : "");
	query_int(query, 5, moment_now());
	if (!query_run(query, why)) {
		if (why->kind != FAIL_CONFLICT)
			return false;
		fail(why, FAIL_CONFLICT, "'%.100s' is trusted already", value);
		return fail_code(why, "trust.exists",
				 "Đã có trong danh sách tin cậy.");
	}
	return audit(db, "trust.add", value, actor, why);
}

bool trusted_remove(struct db *db, const char *value,
		    const struct actor *actor, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, set_removed, why);

	if (!query)
		return false;
	query_int(query, 1, actor->organisation_id);
	query_text(query, 2, viet_key(value, arena));
	query_int(query, 3, moment_now());
	if (!query_run(query, why))
		return false;
	if (db_changes(db) == 0) {
		fail(why, FAIL_NOT_FOUND, "'%.100s' is not trusted", value);
		return fail_code(why, "trust.none",
				 "Không có trong danh sách tin cậy.");
	}
	return audit(db, "trust.remove", value, actor, why);
}

bool trusted_set(struct db *db, bool is_on, const char *server,
		 const struct actor *actor, struct fail *why)
{
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction ||
	    !setting_set(db, "trust.on", is_on ? "1" : "0", why) ||
	    (server && !setting_set(db, "trust.server", server, why)) ||
	    !audit(db, is_on ? "trust.on" : "trust.off", server, actor, why))
		return false;
	return transaction_commit(transaction, why);
}

static bool load_settings(struct db *db, struct arena *arena,
			  struct trusted_list *list, struct fail *why)
{
	const char *is_on = NULL, *server = NULL;

	if (!setting_find(db, "trust.on", arena, &is_on, why) ||
	    !setting_find(db, "trust.server", arena, &server, why))
		return false;
	list->is_on = is_on && strcmp(is_on, "1") == 0;
	list->server = server ? server : "";
	return true;
}

bool trusted_load(struct db *db, int64_t organisation_id, struct arena *arena,
		  struct trusted_list *ret_list, struct fail *why)
{
	struct trusted_list list = { .count = 0 };
	struct trusted_sender *items = NULL;
	auto_query *query = db_query(db, select_all, why);

	if (!query || !load_settings(db, arena, &list, why))
		return false;
	query_int(query, 1, organisation_id);
	while (query_row(query, why)) {
		items = arena_grow(arena, items, list.count, sizeof(*items));
		items[list.count++] = (struct trusted_sender){
			.id = query_get_int(query, 0),
			.kind = query_get_text(query, 1, arena),
			.value = query_get_text(query, 2, arena),
			.note = query_get_text(query, 3, arena),
			.added_at = query_get_int(query, 4),
		};
	}
	list.items = items;
	*ret_list = list;
	return why->kind == FAIL_NONE;
}
