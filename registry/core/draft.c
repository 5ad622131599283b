#include "core/draft.h"
#include "base/tree.h"
#include "core/assignment.h"
#include "core/file.h"
#include "core/flow_step.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

static const char select_all[] =
	"SELECT d.id, d.version, f.bytes, d.at, lower(f.sha256), d.name,"
	"       d.note, u.name"
	"  FROM draft d JOIN file f ON f.id = d.file_id"
	"  JOIN user_account u ON u.id = d.author_id"
	" WHERE d.entry_id = ?1 ORDER BY d.version DESC";

static const char insert_draft[] =
	"INSERT INTO draft (entry_id, version, file_id, name, note, author_id,"
	"                   at)"
	" SELECT ?1, coalesce(max(version), 0) + 1, ?2, ?3, ?4, ?5, ?6"
	"   FROM draft WHERE entry_id = ?1";

static const char select_one[] =
	"SELECT 1 FROM draft d JOIN file f ON f.id = d.file_id"
	" WHERE d.entry_id = ?1 AND f.sha256 = ?2";

bool draft_list(struct db *db, int64_t entry_id, struct arena *arena,
		struct draft_list *ret_list, struct fail *why)
{
	struct draft *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct draft){
			.id = query_get_int(query, 0),
			.version = query_get_int(query, 1),
			.bytes = query_get_int(query, 2),
			.at = query_get_int(query, 3),
			.sha256 = query_get_text(query, 4, arena),
			.name = query_get_text(query, 5, arena),
			.note = query_get_text(query, 6, arena),
			.author_name = query_get_text(query, 7, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct draft_list){ all, count };
	return true;
}

static bool insert(struct flow_step *step, const struct draft_wish *wish,
		   const char *name, struct fail *why)
{
	const char *note =
		viet_normal(wish->note ? wish->note : "", step->arena);
	int64_t file_id;
	if (!file_add(step->db, &wish->digest, wish->bytes, &file_id, why))
		return false;
	auto_query *query = db_query(step->db, insert_draft, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, file_id);
	query_text(query, 3, name);
	query_text(query, 4, note);
	query_int(query, 5, step->change->actor.id);
	query_int(query, 6, step->now);
	return query_run(query, why);
}

static bool add(struct flow_step *step, const struct draft_wish *wish,
		struct fail *why)
{
	const struct assignment_question question = {
		.actor = &step->change->actor,
		.entry_id = step->entry.id,
		.now = step->now,
	};
	const char *name =
		viet_normal(wish->name ? wish->name : "", step->arena);
	auto_tree *detail = tree_create();
	struct assignment mine;
	if (!*name || strlen(name) > DRAFT_NAME_MAX)
		return fail(why, FAIL_INVALID, "the draft has no name");
	if (!flow_step_need(step, " routed working information ", why) ||
	    !assignment_find_mine(step->db, &question, step->arena, &mine, why))
		return false;
	if (!mine.id)
		return flow_denied(why, "nothing here is this person's to do");
	if (!insert(step, wish, name, why))
		return false;
	tree_set_text(detail, "name", name);
	return flow_step_end(step, "flow.draft", detail, NULL, why);
}

bool draft_add(struct db *db, const struct flow_change *change,
	       const struct draft_wish *wish, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || add(&step, wish, why)) &&
	       transaction_commit(transaction, why);
}

bool draft_has(struct db *db, int64_t entry_id, const char *sha256,
	       struct fail *why)
{
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_text(query, 2, sha256);
	return query_row(query, why);
}
