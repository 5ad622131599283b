#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/attachment.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/link_private.h"
#include "core/receipt.h"
#include "core/relation.h"
#include "core/sameness.h"
#include "core/user.h"
#include "store/query.h"
#include "store/transaction.h"
#include <string.h>

static const char select_link[] =
	"SELECT k.kind, coalesce(k.entry_id, o.entry_id, 0), k.state,"
	"  k.letter_id, k.reason, l.group_id"
	"  FROM link_proposal k JOIN letter l ON l.id = k.letter_id"
	"  LEFT JOIN letter o ON o.id = k.other_letter_id WHERE k.id = ?1";
static const char select_target[] =
	"SELECT 1 FROM entry WHERE id = ?1 AND organisation_id = ?2"
	"   AND state = 'valid'";
static const char set_state[] =
	"UPDATE link_proposal SET state = ?2, decided_by = ?3,"
	"  decided_name = ?4, decided_at = ?5 WHERE id = ?1";
static const char select_letter[] =
	"SELECT l.state, l.decision, coalesce(l.entry_id, 0), l.group_id,"
	"  r.message_id, r.recipients, r.subject, l.received_at,"
	"  lower(coalesce(r.sender_address, '')),"
	"  EXISTS (SELECT 1 FROM entry e JOIN letter c"
	"    ON c.id = e.letter_id WHERE e.id = l.entry_id"
	"     AND c.group_id = l.group_id)"
	"  FROM letter l LEFT JOIN reading r ON r.file_id = l.file_id"
	" WHERE l.id = ?1";
static const char select_rule[] =
	"SELECT id, name FROM user_account"
	" WHERE organisation_id = ?1 AND login = 'quy-tac'";
static const char insert_rule[] =
	"INSERT INTO user_account (organisation_id, login, name, password,"
	"  state, created_at)"
	" VALUES (?1, 'quy-tac', 'Quy tắc tự động', '!', 'locked', ?2)";

/* One row of link_proposal, as far as acting on it needs. */
struct row {
	int64_t id, letter_id, group_id, entry_id;
	enum link_kind kind;
	const char *state, *reason;
};

struct letter_row {
	const char *state, *decision, *message_id, *recipients;
	const char *subject, *sender;
	int64_t entry_id, group_id, received_at;
	bool is_registered; /* its entry was made from it */
};

bool link_rule_actor(struct db *db, int64_t organisation_id,
		     struct actor *ret_actor, struct fail *why)
{
	struct actor actor = { .name = "Quy tắc tự động",
			       .organisation_id = organisation_id,
			       .roles = 1u << ROLE_CLERK };
	auto_query *query = db_query(db, select_rule, why);
	auto_query *insert = db_query(db, insert_rule, why);

	if (!query || !insert)
		return false;
	query_int(query, 1, organisation_id);
	if (query_row(query, why)) {
		actor.id = query_get_int(query, 0);
	} else {
		query_int(insert, 1, organisation_id);
		query_int(insert, 2, moment_now());
		if (why->kind != FAIL_NONE || !query_run(insert, why))
			return false;
		actor.id = db_last_id(db);
	}
	*ret_actor = actor;
	return true;
}

static bool load_row(struct db *db, int64_t id, struct arena *arena,
		     struct row *ret_row, struct fail *why)
{
	auto_query *query = db_query(db, select_link, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "link.none",
				      "Không có liên kết này.", "no such link");
	*ret_row = (struct row){
		.id = id,
		.kind = link_kind_find(query_get_text(query, 0, arena)),
		.entry_id = query_get_int(query, 1),
		.state = query_get_text(query, 2, arena),
		.letter_id = query_get_int(query, 3),
		.reason = query_get_text(query, 4, arena),
		.group_id = query_get_int(query, 5),
	};
	return true;
}

static bool load_letter(struct db *db, int64_t id, struct arena *arena,
			struct letter_row *ret_letter, struct fail *why)
{
	auto_query *query = db_query(db, select_letter, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	*ret_letter = (struct letter_row){
		.state = query_get_text(query, 0, arena),
		.decision = query_get_text(query, 1, arena),
		.entry_id = query_get_int(query, 2),
		.group_id = query_get_int(query, 3),
		.message_id = query_get_text(query, 4, arena),
		.recipients = query_get_text(query, 5, arena),
		.subject = query_get_text(query, 6, arena),
		.received_at = query_get_int(query, 7),
		.sender = query_get_text(query, 8, arena),
		.is_registered = query_get_int(query, 9) != 0,
	};
	return true;
}

static bool write_state(struct db *db, int64_t id, const char *state,
			const struct actor *actor, struct fail *why)
{
	auto_query *query = db_query(db, set_state, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, state);
	query_int_or_null(query, 3, actor->id);
	query_text(query, 4, actor->name);
	query_int(query, 5, moment_now());
	return query_run(query, why);
}

static bool audit(struct db *db, const struct row *row, const char *action,
		  const struct actor *actor, struct fail *why)
{
	auto_tree *detail = tree_create();

	tree_set_int(detail, "link", row->id);
	tree_set_text(detail, "kind", link_kind_name(row->kind));
	tree_set_text(detail, "reason", row->reason);
	tree_set_int(detail, "entry", row->entry_id);
	const struct audit_act act = { action, "letter", row->letter_id,
				       detail };
	return audit_act(db, actor, &act, why);
}

/* --- making ------------------------------------------------------------- */

static enum attachment_role role_of(enum link_kind kind)
{
	switch (kind) {
	case LINK_TWIN:
		return ATTACHMENT_MAIN;
	case LINK_ANNEX:
		return ATTACHMENT_ANNEX;
	case LINK_CORRECTION:
		return ATTACHMENT_REPLACEMENT;
	case LINK_DUPLICATE:
	case LINK_FORWARD:
	case LINK_RECEIPT:
	case LINK_BOUNCE:
	case LINK_SENT:
	case LINK_THREAD:
	case LINK_REPLY:
	case LINK_BASIS:
	case LINK_REPLACES:
	case LINK_KIND_COUNT:
		break;
	}
	return ATTACHMENT_CORRESPONDENCE;
}

/* Files that the entry has already are not attached again, and a report's
 * never. */
static bool join(struct db *db, const struct row *row,
		 const struct actor *actor, struct fail *why)
{
	static const struct attachment_choice nothing = { .name = NULL };
	enum attachment_role role = role_of(row->kind);
	struct attachment_request request = {
		.actor = *actor,
		.entry_id = row->entry_id,
		.letter_id = row->letter_id,
		.role = role,
		.files = role == ATTACHMENT_CORRESPONDENCE ? &nothing : NULL,
	};
	struct letter_decision decision = {
		.letter_id = row->letter_id,
		.decision = "attach",
		.entry_id = row->entry_id,
		.actor_id = actor->id,
		.actor_name = actor->name,
	};

	return attachment_add(db, &request, why) &&
	       letter_decide(db, &decision, why);
}

static bool record_reports(struct db *db, const struct row *row,
			   const struct letter_row *letter,
			   struct arena *arena, struct fail *why)
{
	struct receipt_list list;
	struct receipt bare = {
		.state = row->kind == LINK_BOUNCE ? "failed" : "read",
		.recipient = row->kind == LINK_BOUNCE ? "" : letter->sender,
		.words = "",
	};

	if (!receipt_load(db, row->letter_id, arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (!receipt_write(db, row->entry_id, row->letter_id,
				   &list.items[i], why))
			return false;
	return list.count > 0 ||
	       receipt_write(db, row->entry_id, row->letter_id, &bare, why);
}

static const char *print_addresses(const char *recipients_json,
				   struct arena *arena)
{
	struct fail ignored;
	auto_tree *list = tree_parse(
		bytes_of(recipients_json ? recipients_json : "[]"), &ignored);
	auto_text text = { 0 };

	for (size_t i = 0; list && i < tree_count(list); i++) {
		text_add(&text, i ? " " : "");
		text_add(&text, tree_text(tree_at(list, i), "address", ""));
	}
	return arena_copy(arena, text_string(&text));
}

static bool record_sent(struct db *db, const struct row *row,
			const struct letter_row *letter, struct arena *arena,
			struct fail *why)
{
	struct link_sent sent = {
		.entry_id = row->entry_id,
		.message_id = letter->message_id,
		.recipients = print_addresses(letter->recipients, arena),
		.subject = sameness_bare_subject(letter->subject),
		.sent_at = letter->received_at,
	};

	return !letter->message_id || link_sent_add(db, &sent, why);
}

static bool relate(struct db *db, const struct row *row,
		   const struct letter_row *letter, const struct actor *actor,
		   struct fail *why)
{
	struct relation_wish wish = {
		.kind = row->kind == LINK_REPLY	     ? RELATION_REPLY
			: row->kind == LINK_REPLACES ? RELATION_REPLACES
						     : RELATION_BASIS,
		.other_id = row->entry_id,
	};

	if (!letter->is_registered || letter->entry_id == row->entry_id)
		return true; /* when it has an entry of its own */
	return relation_add(db, letter->entry_id, &wish, actor, 0, why);
}

static bool check_target(struct db *db, int64_t entry_id,
			 const struct actor *actor, struct fail *why)
{
	auto_query *query = db_query(db, select_target, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, actor->organisation_id);
	if (query_row(query, why))
		return true;
	if (why->kind != FAIL_NONE)
		return false;
	fail(why, FAIL_CONFLICT, "entry %lld is not valid any more",
	     (long long)entry_id);
	return fail_code(why, "link.void", "Văn bản này đã hủy số.");
}

bool link_make(struct db *db, int64_t link_id, const struct actor *actor,
	       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct letter_row letter;
	struct row row;

	if (!load_row(db, link_id, arena, &row, why) ||
	    !load_letter(db, row.letter_id, arena, &letter, why))
		return false;
	if (!row.entry_id) {
		fail(why, FAIL_CONFLICT, "the other letter has no entry yet");
		return fail_code(why, "link.no_entry",
				 "Thư kia chưa được đăng ký.");
	}
	if (!check_target(db, row.entry_id, actor, why) ||
	    !audit(db, &row, "letter.link", actor, why))
		return false;
	if (!link_joins(row.kind))
		return relate(db, &row, &letter, actor, why);
	if (!join(db, &row, actor, why))
		return false;
	if (row.kind == LINK_RECEIPT || row.kind == LINK_BOUNCE)
		return record_reports(db, &row, &letter, arena, why);
	return row.kind != LINK_SENT ||
	       record_sent(db, &row, &letter, arena, why);
}

/* --- undoing ------------------------------------------------------------ */

static bool take_apart(struct db *db, const struct row *row,
		       const struct letter_row *letter,
		       const struct actor *actor, struct fail *why)
{
	struct letter_decision decision = {
		.letter_id = row->letter_id,
		.decision = "reopen",
		.actor_id = actor->id,
		.actor_name = actor->name,
	};
	struct relation_wish wish = {
		.kind = row->kind == LINK_REPLY	     ? RELATION_REPLY
			: row->kind == LINK_REPLACES ? RELATION_REPLACES
						     : RELATION_BASIS,
		.other_id = row->entry_id,
	};

	if (!link_joins(row->kind))
		return !letter->is_registered ||
		       relation_remove(db, letter->entry_id, &wish, actor,
				       why);
	if (!receipt_remove(db, row->entry_id, row->letter_id, why))
		return false;
	if (letter->entry_id != row->entry_id)
		return true; /* somebody decided otherwise since */
	return attachment_decide(db, &decision, ATTACHMENT_MAIN, actor, why);
}

static bool is_open(const char *state)
{
	return strcmp(state, "proposed") == 0 ||
	       strcmp(state, "rejected") == 0 ||
	       strcmp(state, "unlinked") == 0;
}

static bool changed(struct fail *why)
{
	fail(why, FAIL_CONFLICT, "somebody decided about this link meanwhile");
	return fail_code(why, "link.changed",
			 "Liên kết này vừa được người khác xử lý. Hãy tải "
			 "lại.");
}

/* It waits again: what else may it be? */
static bool look_again(struct db *db, const struct row *row, struct fail *why)
{
	auto_arena *arena = arena_create(0);

	return link_find(db, row->letter_id, arena, why);
}

static bool decide(struct db *db, const struct link_decision *decision,
		   const struct row *row, const struct letter_row *letter,
		   struct fail *why)
{
	const struct actor *actor = &decision->actor;
	const char *what = decision->decision;
	bool open = is_open(row->state);

	if (strcmp(what, "accept") == 0) {
		if (!open)
			return changed(why);
		return write_state(db, row->id, "accepted", actor, why) &&
		       link_make(db, row->id, actor, why);
	}
	if (strcmp(what, "reject") == 0) {
		if (strcmp(row->state, "proposed") != 0)
			return changed(why);
		return write_state(db, row->id, "rejected", actor, why) &&
		       audit(db, row, "letter.reject_link", actor, why);
	}
	if (strcmp(what, "unlink") != 0)
		return fail(why, FAIL_INVALID,
			    "'decision' must be accept, reject or unlink");
	if (open)
		return changed(why);
	return write_state(db, row->id, "unlinked", actor, why) &&
	       audit(db, row, "letter.unlink", actor, why) &&
	       take_apart(db, row, letter, actor, why) &&
	       (!link_joins(row->kind) || look_again(db, row, why));
}

bool link_decide(struct db *db, const struct link_decision *decision,
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct letter_row letter;
	struct row row;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction ||
	    !load_letter(db, decision->letter_id, arena, &letter, why) ||
	    !load_row(db, decision->link_id, arena, &row, why))
		return false;
	if (row.group_id != letter.group_id) {
		fail(why, FAIL_NOT_FOUND, "the letter has no such link");
		return fail_code(why, "link.none", "Không có liên kết này.");
	}
	if (row.letter_id != decision->letter_id &&
	    !load_letter(db, row.letter_id, arena, &letter, why))
		return false;
	return decide(db, decision, &row, &letter, why) &&
	       transaction_commit(transaction, why);
}
