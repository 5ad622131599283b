#include "core/attachment.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/attachment_source.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include <assert.h>
#include <string.h>

static const char insert_attachment[] =
	"INSERT INTO attachment (entry_id, file_id, name, type, role, position,"
	"       letter_id, part_path, added_at, added_by)"
	" VALUES (?1, ?2, ?3, ?4, ?5,"
	"         (SELECT count(*) FROM attachment WHERE entry_id = ?1),"
	"         ?6, ?7, ?8, ?9)"
	" ON CONFLICT (entry_id, file_id, name) DO NOTHING";

static const char insert_letter[] =
	"INSERT INTO entry_letter"
	"       (entry_id, letter_id, role, added_at, added_by)"
	" VALUES (?1, ?2, ?3, ?4, ?5)"
	" ON CONFLICT (entry_id, letter_id) DO UPDATE SET role = excluded.role";

static const char delete_files_of_letter[] =
	"DELETE FROM attachment WHERE entry_id = ?1 AND letter_id = ?2";

static const char delete_letter[] =
	"DELETE FROM entry_letter WHERE entry_id = ?1 AND letter_id = ?2";

static const char select_joined[] =
	"SELECT l.entry_id, e.letter_id IS NOT NULL AND e.letter_id IN"
	"       (SELECT id FROM letter c WHERE c.group_id = l.group_id)"
	"  FROM letter l JOIN entry e ON e.id = l.entry_id"
	" WHERE l.id = ?1";

static const char select_entry[] =
	"SELECT count(*) FROM entry"
	" WHERE id = ?1 AND organisation_id = ?2 AND state <> 'withdrawn'";

#define COLUMNS                                                        \
	"a.id, a.entry_id, f.sha256, a.name, a.type, f.bytes, a.role," \
	" a.letter_id"

static const char select_of_entry[] =
	"SELECT " COLUMNS
	" FROM attachment a JOIN file f ON f.id = a.file_id"
	" WHERE a.entry_id = ?1"
	" ORDER BY a.role <> 'main', a.position, a.id";

static const char select_one[] =
	"SELECT " COLUMNS
	" FROM attachment a JOIN file f ON f.id = a.file_id"
	" WHERE a.entry_id = ?1 AND f.sha256 = ?2"
	" ORDER BY a.position LIMIT 1";

static const char select_entries_of_letter[] =
	"SELECT l.entry_id FROM entry_letter l JOIN entry e"
	"    ON e.id = l.entry_id AND e.state <> 'withdrawn'"
	" WHERE l.letter_id = ?1 ORDER BY l.entry_id";

static const char *const role_names[ATTACHMENT_ROLE_COUNT] = {
	[ATTACHMENT_MAIN] = "main",
	[ATTACHMENT_ANNEX] = "annex",
	[ATTACHMENT_REPLACEMENT] = "replacement",
	[ATTACHMENT_CORRESPONDENCE] = "correspondence",
};

const char *attachment_role_name(enum attachment_role role)
{
	assert(role < ATTACHMENT_ROLE_COUNT);
	return role_names[role];
}

enum attachment_role attachment_role_find(const char *name)
{
	for (unsigned i = 0; i < ATTACHMENT_ROLE_COUNT; i++)
		if (name && strcmp(role_names[i], name) == 0)
			return (enum attachment_role)i;
	return ATTACHMENT_ROLE_COUNT;
}

static bool check_entry(struct db *db,
			const struct attachment_request *request,
			struct fail *why)
{
	auto_query *query = db_query(db, select_entry, why);
	if (!query)
		return false;
	query_int(query, 1, request->entry_id);
	query_int(query, 2, request->actor.organisation_id);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 1)
		return true;
	fail(why, FAIL_NOT_FOUND, "no entry with id %lld",
	     (long long)request->entry_id);
	return fail_code(why, "entry.none", "Không có văn bản này trong sổ.");
}

static bool insert_source(struct db *db,
			  const struct attachment_request *request,
			  const struct source *source, struct fail *why)
{
	auto_query *query = db_query(db, insert_attachment, why);
	if (!query)
		return false;
	query_int(query, 1, request->entry_id);
	query_int(query, 2, source->file_id);
	query_text(query, 3, source->name);
	query_text(query, 4, source->type);
	query_text(query, 5, attachment_role_name(source->role));
	query_int_or_null(query, 6, request->letter_id);
	query_text(query, 7, source->path);
	query_int(query, 8, request->now ? request->now : moment_now());
	query_int(query, 9, request->actor.id);
	return query_run(query, why);
}

static bool link_letter(struct db *db,
			const struct attachment_request *request,
			struct fail *why)
{
	if (!request->letter_id)
		return true;
	auto_query *query = db_query(db, insert_letter, why);
	if (!query)
		return false;
	query_int(query, 1, request->entry_id);
	query_int(query, 2, request->letter_id);
	query_text(query, 3, attachment_role_name(request->role));
	query_int(query, 4, request->now ? request->now : moment_now());
	query_int(query, 5, request->actor.id);
	return query_run(query, why);
}

static bool audit(struct db *db, const struct actor *actor, const char *action,
		  int64_t entry_id, const struct tree *detail,
		  struct fail *why)
{
	const struct audit_act act = { action, "entry", entry_id, detail };
	return audit_act(db, actor, &act, why) &&
	       search_index_entry(db, entry_id, why);
}

static bool audit_added(struct db *db,
			const struct attachment_request *request,
			const struct sources *sources, struct fail *why)
{
	auto_tree *detail = tree_create();
	tree_set_text(detail, "role", attachment_role_name(request->role));
	if (request->letter_id)
		tree_set_int(detail, "letter", request->letter_id);
	struct tree *names = tree_set_list(detail, "files");
	for (size_t i = 0; i < sources->count; i++)
		tree_add_text(names, sources->items[i].name);
	return audit(db, &request->actor, "entry.attach", request->entry_id,
		     detail, why);
}

bool attachment_add(struct db *db, const struct attachment_request *request,
		    struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct sources sources = { .items = NULL };
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction)
		return false;
	if (!attachment_sources(db, request, arena, &sources, why) ||
	    !link_letter(db, request, why))
		return false;
	for (size_t i = 0; i < sources.count; i++)
		if (!insert_source(db, request, &sources.items[i], why))
			return false;
	if (!request->is_quiet && !audit_added(db, request, &sources, why))
		return false;
	return transaction_commit(transaction, why);
}

bool attachment_remove_letter(struct db *db, int64_t entry_id,
			      int64_t letter_id, const struct actor *actor,
			      struct fail *why)
{
	auto_tree *detail = tree_create();
	tree_set_int(detail, "letter", letter_id);
	return db_run_two(db, delete_files_of_letter, entry_id, letter_id,
			  why) &&
	       db_run_two(db, delete_letter, entry_id, letter_id, why) &&
	       audit(db, actor, "entry.detach", entry_id, detail, why);
}

/* The entry that this letter was joined to; an entry that was registered from
 * it is another matter. */
static bool find_joined(struct db *db, int64_t letter_id, int64_t *ret_entry,
			struct fail *why)
{
	auto_query *query = db_query(db, select_joined, why);
	if (!query)
		return false;
	query_int(query, 1, letter_id);
	*ret_entry = 0;
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	if (query_get_int(query, 1)) {
		fail(why, FAIL_CONFLICT, "entry %lld was registered from it",
		     (long long)query_get_int(query, 0));
		return fail_code(why, "letter.registered",
				 "Thư này đã đăng ký. Dùng Hoàn tác hoặc Ghi"
				 " hủy số.");
	}
	*ret_entry = query_get_int(query, 0);
	return true;
}

bool attachment_decide(struct db *db, const struct letter_decision *decision,
		       enum attachment_role role, const struct actor *actor,
		       struct fail *why)
{
	int64_t letter_id = decision->letter_id;
	int64_t joined = 0;
	struct attachment_request request = {
		.actor = *actor,
		.entry_id = decision->entry_id,
		.letter_id = letter_id,
		.role = role,
	};
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction)
		return false;
	if (strcmp(decision->decision, "reopen") == 0 &&
	    !find_joined(db, letter_id, &joined, why))
		return false;
	if (joined && !attachment_remove_letter(db, joined, letter_id, actor,
						why))
		return false;
	if (strcmp(decision->decision, "attach") == 0 &&
	    (!check_entry(db, &request, why) ||
	     !attachment_add(db, &request, why)))
		return false;
	return letter_decide(db, decision, why) &&
	       link_settle(db, letter_id, actor, why) &&
	       transaction_commit(transaction, why);
}

static struct attachment read_attachment(struct query *query,
					 struct arena *arena)
{
	struct attachment attachment = {
		.id = query_get_int(query, 0),
		.entry_id = query_get_int(query, 1),
		.sha256 = query_get_text(query, 2, arena),
		.name = query_get_text(query, 3, arena),
		.type = query_get_text(query, 4, arena),
		.bytes = query_get_int(query, 5),
		.role = attachment_role_find(query_get_text(query, 6, arena)),
		.letter_id = query_get_int(query, 7),
	};
	query_get_digest(query, 2, &attachment.digest);
	return attachment;
}

bool attachment_list(struct db *db, int64_t entry_id, struct arena *arena,
		     struct attachment_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_of_entry, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	struct attachment *all = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = read_attachment(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct attachment_list){ all, count };
	return true;
}

bool attachment_find(struct db *db, int64_t entry_id, const char *sha256,
		     struct arena *arena, struct attachment *ret_attachment,
		     struct fail *why)
{
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_text(query, 2, sha256);
	if (!query_one(query, why))
		return fail_not_found(why, "file.none", "Không có tệp này.",
				      "entry %lld has no such file",
				      (long long)entry_id);
	*ret_attachment = read_attachment(query, arena);
	return true;
}

bool attachment_entries_of(struct db *db, int64_t letter_id,
			   struct arena *arena,
			   struct attachment_entries *ret_entries,
			   struct fail *why)
{
	auto_query *query = db_query(db, select_entries_of_letter, why);
	if (!query)
		return false;
	query_int(query, 1, letter_id);
	int64_t *ids;
	size_t count;
	if (!query_list_ids(query, arena, &ids, &count, why))
		return false;
	*ret_entries = (struct attachment_entries){ ids, count };
	return true;
}
