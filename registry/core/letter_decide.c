#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/remembered.h"
#include "core/search.h"
#include "store/query.h"
#include "store/transaction.h"
#include <string.h>

static const char select_state[] =
	"SELECT state, version, group_id FROM letter WHERE id = ?1";
static const char set_decision[] =
	"UPDATE letter SET state = ?2, decision = ?3, entry_id = ?4,"
	" reason = ?5, decided_by = ?6, decided_name = ?7, decided_at = ?8,"
	" version = version + 1 WHERE group_id = ?1";

enum {
	REASON_MAX = 2000
};

/* What may be decided where, and where it leads. */
struct arrow {
	const char *decision;
	const char *from; /* states */
	const char *to;
	bool needs_reason;
};

static const struct arrow arrows[] = {
	{ "attach", "todo quarantine", "done", false },
	{ "not_document", "todo quarantine", "done", false },
	{ "return", "todo quarantine", "done", true },
	{ "quarantine", "todo", "quarantine", true },
	{ "reopen", "quarantine done", "todo", false },
	{ NULL, NULL, NULL, false },
};

static const struct arrow *find_arrow(const char *decision)
{
	const struct arrow *arrow = arrows;

	while (arrow->decision && strcmp(arrow->decision, decision) != 0)
		arrow++;
	return arrow->decision ? arrow : NULL;
}

static bool check(const struct letter_decision *decision,
		  const struct arrow *arrow, struct fail *why)
{
	bool has_reason = decision->reason && *decision->reason;

	if (!arrow)
		return fail(why, FAIL_INVALID, "no decision '%.50s'",
			    decision->decision);
	if (arrow->needs_reason && !has_reason) {
		fail(why, FAIL_INVALID, "a reason is needed");
		return fail_code(why, "letter.reason", "Cần ghi rõ lý do.");
	}
	if (has_reason && strlen(decision->reason) > REASON_MAX)
		return fail(why, FAIL_INVALID,
			    "a reason has at most %d bytes", REASON_MAX);
	if ((strcmp(arrow->decision, "attach") == 0) !=
	    (decision->entry_id != 0))
		return fail(why, FAIL_INVALID,
			    "a letter is attached to an entry");
	if (decision->remembers &&
	    strcmp(arrow->decision, "not_document") != 0)
		return fail(why, FAIL_INVALID,
			    "senders of what is no document are remembered");
	return true;
}

static bool find_group(struct db *db, const struct letter_decision *decision,
		       const struct arrow *arrow, int64_t *ret_group,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *state;
	auto_query *query = db_query(db, select_state, why);

	if (!query)
		return false;
	query_int(query, 1, decision->letter_id);
	if (!query_one(query, why))
		return fail_not_found(why, "letter.not_found",
				      "Không có thư này.", "no such letter");
	state = query_get_text(query, 0, arena);
	if ((decision->version &&
	     decision->version != query_get_int(query, 1)) ||
	    !strstr(arrow->from, state)) {
		fail(why, FAIL_CONFLICT,
		     "somebody decided about this letter meanwhile");
		return fail_code(why, "letter.changed",
				 "Thư này vừa được người khác xử lý. Hãy tải "
				 "lại.");
	}
	*ret_group = query_get_int(query, 2);
	return true;
}

static bool write_decision(struct db *db,
			   const struct letter_decision *decision,
			   const struct arrow *arrow, int64_t group_id,
			   struct fail *why)
{
	auto_query *query = db_query(db, set_decision, why);

	if (!query)
		return false;
	query_int(query, 1, group_id);
	query_text(query, 2, arrow->to);
	query_text(query, 3, arrow->decision);
	query_int_or_null(query, 4, decision->entry_id);
	query_text(query, 5, decision->reason);
	query_int_or_null(query, 6, decision->actor_id);
	query_text(query, 7, decision->actor_name);
	query_int(query, 8, moment_now());
	return query_run(query, why);
}

static bool audit_decision(struct db *db,
			   const struct letter_decision *decision,
			   int64_t letters, struct fail *why)
{
	auto_tree *detail = tree_create();
	auto_text json = { 0 };
	auto_text action = { 0 };

	tree_set_int(detail, "letters", letters);
	if (decision->entry_id)
		tree_set_int(detail, "entry", decision->entry_id);
	if (decision->reason)
		tree_set_text(detail, "reason", decision->reason);
	tree_print(detail, &json);
	text_addf(&action, "letter.%s", decision->decision);
	return audit_add(db,
			 &(struct audit_event){
				 .actor_id = decision->actor_id,
				 .actor_name = decision->actor_name,
				 .action = text_string(&action),
				 .object_type = "letter",
				 .object_id = decision->letter_id,
				 .detail_json = text_string(&json),
			 },
			 why);
}

static bool remember(struct db *db, const struct letter_decision *decision,
		     struct fail *why)
{
	if (decision->remembers)
		return remembered_add(db, decision, why);
	return strcmp(decision->decision, "reopen") != 0 ||
	       remembered_forget(db, decision, why);
}

bool letter_decide(struct db *db, const struct letter_decision *decision,
		   struct fail *why)
{
	const struct arrow *arrow = find_arrow(decision->decision);
	int64_t group_id = 0;
	auto_transaction *transaction = transaction_begin(db, why);

	return transaction && check(decision, arrow, why) &&
	       find_group(db, decision, arrow, &group_id, why) &&
	       write_decision(db, decision, arrow, group_id, why) &&
	       audit_decision(db, decision, db_changes(db), why) &&
	       remember(db, decision, why) &&
	       search_index_letter(db, decision->letter_id, why) &&
	       transaction_commit(transaction, why);
}
