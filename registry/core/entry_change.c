#include "base/moment.h"
#include "core/agency.h"
#include "core/entry_list.h"
#include "core/entry_row.h"
#include "core/flow.h"
#include "core/letter.h"
#include "core/reason.h"
#include "core/reservation.h"
#include "core/series.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

static const char update_fields[] =
	"UPDATE entry SET version = version + 1, symbol_number = ?3,"
	"       symbol_notation = ?4, symbol_key = ?5, document_year = ?6,"
	"       agency_id = ?7, issuer = ?8, symbol = ?9, document_day = ?10,"
	"       subject = ?11, type_id = ?12, urgency = ?13, signer_name = ?14,"
	"       signer_position = ?15, pages = ?16, copies = ?17,"
	"       receiver = ?18, unit_id = ?19, submit_to = ?20, due_day = ?21,"
	"       note = ?22, channel = ?23, paper = ?24, identifier = ?25,"
	"       field = ?26, language = ?27, keeper = ?28, passed_day = ?29,"
	"       dossier_organ = ?30, dossier_year = ?31,"
	"       dossier_notation = ?32, dossier_ordinal = ?33"
	" WHERE id = ?1 AND version = ?2";

static const char update_receiver[] =
	"UPDATE entry SET version = version + 1, receiver = ?3"
	" WHERE id = ?1 AND version = ?2";

static const char update_void[] =
	"UPDATE entry SET version = version + 1, state = 'void',"
	"       void_at = ?3, void_by = ?4, void_reason = ?5"
	" WHERE id = ?1 AND version = ?2";

static const char update_withdrawn[] =
	"UPDATE entry SET version = version + 1, state = 'withdrawn',"
	"       number = NULL, suffix = '', letter_id = NULL"
	" WHERE id = ?1 AND version = ?2";

static const char update_opened[] =
	"UPDATE entry SET opened_at = ?2"
	" WHERE id = ?1 AND opened_at IS NULL AND registered_by <> ?3"
	"   AND state <> 'withdrawn'";

static const char delete_relations[] =
	"DELETE FROM relation WHERE entry_id = ?1 OR other_id = ?1";
static const char delete_letters[] =
	"DELETE FROM entry_letter WHERE entry_id = ?1";
static const char delete_attachments[] =
	"DELETE FROM attachment WHERE entry_id = ?1";

static int64_t now_of(const struct entry_change *change)
{
	return change->now ? change->now : moment_now();
}

static bool changed(struct fail *why)
{
	fail(why, FAIL_CONFLICT, "the entry was changed meanwhile");
	return fail_code(why, "entry.changed",
			 "Văn bản vừa được người khác sửa.");
}

/* Loads the line that is about to change: the version that the person saw,
 * still valid, its year still open. */
static bool load_current(struct db *db, const struct entry_change *change,
			 struct arena *arena, struct entry *ret_entry,
			 struct fail *why)
{
	bool closed;
	if (!entry_load(db, change->id, arena, ret_entry, why))
		return false;
	if (ret_entry->organisation_id != change->actor.organisation_id)
		return fail(why, FAIL_NOT_FOUND, "no entry with id %lld",
			    (long long)change->id);
	if (ret_entry->version != change->version)
		return changed(why);
	if (strcmp(ret_entry->state, "valid") != 0) {
		fail(why, FAIL_CONFLICT, "the number is void");
		return fail_code(why, "entry.void", "Số này đã hủy.");
	}
	if (strcmp(ret_entry->status, "recalled") == 0) {
		fail(why, FAIL_CONFLICT, "the document was taken back");
		return fail_code(why, "entry.recalled",
				 "Văn bản đã bị thu hồi.");
	}
	if (!series_is_closed(db, ret_entry->series_id, (int)ret_entry->year,
			      &closed, why))
		return false;
	if (!closed)
		return true;
	fail(why, FAIL_CONFLICT, "the book of %lld is closed",
	     (long long)ret_entry->year);
	return fail_code(why, "entry.year_closed", "Sổ năm này đã đóng.");
}

static bool run_change(struct db *db, struct query *query, struct fail *why)
{
	if (!query_run(query, why))
		return false;
	return db_changes(db) == 1 || changed(why);
}

/* What an outgoing symbol is made of stays; an incoming issuer is found or
 * created by its name when the name changed. */
static bool settle(struct db *db, const struct entry_change *change,
		   const struct entry *old, struct fields *fields,
		   struct fail *why)
{
	if (old->direction == DIRECTION_OUT) {
		fields->agency_id = old->fields.agency_id;
		fields->issuer = old->fields.issuer;
		fields->symbol = old->fields.symbol;
		fields->document_day = old->fields.document_day;
		fields->type_id = old->fields.type_id;
		fields->unit_id = old->fields.unit_id;
		return true;
	}
	bool renamed = *fields->issuer &&
		       strcmp(fields->issuer, old->fields.issuer) != 0;
	if (fields->agency_id &&
	    (fields->agency_id != old->fields.agency_id || !renamed))
		return true;
	return agency_need(db, &change->actor, fields->issuer, now_of(change),
			   &fields->agency_id, why);
}

static bool write_fields(struct db *db, const struct entry_change *change,
			 const struct fields *fields, struct arena *arena,
			 struct fail *why)
{
	struct entry_symbol symbol = entry_symbol_of(fields->symbol, arena);
	struct day day = { .year = 0 };
	if (fields->document_day)
		day_parse(fields->document_day, &day);
	auto_query *query = db_query(db, update_fields, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->version);
	query_text(query, 3, symbol.number);
	query_text(query, 4, symbol.notation);
	query_text(query, 5, symbol.key);
	query_int_or_null(query, 6, day.year);
	entry_bind_fields(query, 7, fields);
	if (run_change(db, query, why))
		return true;
	if (why->kind != FAIL_CONFLICT ||
	    strcmp(why->code, "entry.changed") == 0)
		return false;
	fail(why, FAIL_INVALID, "a unit, person or type does not exist");
	return fail_code(why, "field.invalid",
			 "Có giá trị không còn trong danh mục.");
}

static bool move_use(struct db *db, int64_t from, int64_t to, struct fail *why)
{
	return from == to || (entry_count_agency(db, from, -1, why) &&
			      entry_count_agency(db, to, 1, why));
}

static bool note(struct db *db, const struct entry_change *change,
		 const char *action, const struct tree *detail,
		 struct fail *why)
{
	struct entry_event event = {
		.actor = &change->actor,
		.action = action,
		.id = change->id,
		.detail = detail,
	};
	return entry_note(db, &event, why);
}

bool entry_edit(struct db *db, const struct entry_change *change,
		const struct fields *fields, struct arena *arena,
		struct fail *why)
{
	struct entry old;
	struct fields new = *fields;
	char today[DAY_SIZE];
	day_print(moment_day(now_of(change)), today);
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !load_current(db, change, arena, &old, why) ||
	    !fields_check(&new, old.direction, today, arena, why) ||
	    !settle(db, change, &old, &new, why))
		return false;
	auto_tree *changes = tree_create();
	if (fields_compare(&old.fields, &new, changes) == 0)
		return true;
	return write_fields(db, change, &new, arena, why) &&
	       move_use(db, old.fields.agency_id, new.agency_id, why) &&
	       note(db, change, "entry.edit", changes, why) &&
	       transaction_commit(transaction, why);
}

static bool write_receiver_text(struct db *db,
				const struct entry_change *change,
				const char *names, struct fail *why)
{
	auto_query *query = db_query(db, update_receiver, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->version);
	query_text(query, 3, names);
	return run_change(db, query, why);
}

bool entry_set_receivers(struct db *db, const struct entry_change *change,
			 const struct entry_receiver *receivers, size_t count,
			 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct entry old;
	const char *names;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !load_current(db, change, arena, &old, why) ||
	    !entry_write_receivers(db, change->id, receivers, count, why) ||
	    !entry_print_receivers(db, change->id, arena, &names, why) ||
	    !write_receiver_text(db, change, names, why))
		return false;
	auto_tree *detail = tree_create();
	struct tree *pair = tree_set_tree(detail, "receiver");
	tree_set_text(pair, "old", old.fields.receiver);
	tree_set_text(pair, "new", names);
	return note(db, change, "entry.edit", detail, why) &&
	       transaction_commit(transaction, why);
}

bool entry_void(struct db *db, const struct entry_change *change,
		const char *reason, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct entry old;
	const char *checked = NULL;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !reason_check(reason, arena, &checked, why) ||
	    !load_current(db, change, arena, &old, why))
		return false;
	auto_query *query = db_query(db, update_void, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->version);
	query_int(query, 3, now_of(change));
	query_int(query, 4, change->actor.id);
	query_text(query, 5, checked);
	if (!run_change(db, query, why))
		return false;
	auto_tree *detail = tree_create();
	tree_set_text(detail, "reason", checked);
	return flow_reopen(db, change->id, &change->actor, why) &&
	       relation_release(db, change->id, why) &&
	       note(db, change, "entry.void", detail, why) &&
	       transaction_commit(transaction, why);
}

static bool may_undo(struct db *db, const struct entry_change *change,
		     const struct entry *entry, bool *ret_may,
		     struct fail *why)
{
	int64_t next;
	if (!series_next(db, entry->series_id, (int)entry->year, &next, why))
		return false;
	int64_t age = now_of(change) - entry->registered_at;
	*ret_may = entry->number == next - 1 && !*entry->suffix &&
		   age >= 0 && age <= ENTRY_UNDO_SECONDS &&
		   entry->registered_by == change->actor.id &&
		   entry->opened_at == 0;
	return true;
}

static bool free_letter(struct db *db, const struct entry_change *change,
			int64_t letter_id, struct fail *why)
{
	struct letter_decision decision = {
		.letter_id = letter_id,
		.decision = "reopen",
		.actor_id = change->actor.id,
		.actor_name = change->actor.name,
	};
	return !letter_id || letter_decide(db, &decision, why);
}

static bool withdraw(struct db *db, const struct entry_change *change,
		     const struct entry *entry, struct fail *why)
{
	auto_query *query = db_query(db, update_withdrawn, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->version);
	return run_change(db, query, why) &&
	       flow_reopen(db, entry->id, &change->actor, why) &&
	       reservation_release(db, entry->id, why) &&
	       relation_release(db, entry->id, why) &&
	       db_run_one(db, delete_relations, entry->id, why) &&
	       db_run_one(db, delete_letters, entry->id, why) &&
	       db_run_one(db, delete_attachments, entry->id, why) &&
	       entry_count_agency(db, entry->fields.agency_id, -1, why) &&
	       free_letter(db, change, entry->letter_id, why);
}

bool entry_undo(struct db *db, const struct entry_change *change,
		struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct entry entry;
	bool may;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !load_current(db, change, arena, &entry, why) ||
	    !may_undo(db, change, &entry, &may, why))
		return false;
	if (!may) {
		fail(why, FAIL_CONFLICT, "too late to undo");
		return fail_code(why, "entry.undo_late",
				 "Không hoàn tác được nữa. Dùng Ghi hủy số.");
	}
	if (!withdraw(db, change, &entry, why))
		return false;
	auto_tree *detail = tree_create();
	tree_set_int(detail, "year", entry.year);
	tree_set_int(detail, "number", entry.number);
	return note(db, change, "entry.undo", detail, why) &&
	       transaction_commit(transaction, why);
}

bool entry_opened(struct db *db, int64_t id, const struct actor *actor,
		  int64_t now, struct fail *why)
{
	struct entry_change change = { .actor = *actor, .id = id, .now = now };
	auto_query *query = db_query(db, update_opened, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, now_of(&change));
	query_int(query, 3, actor->id);
	if (!query_run(query, why))
		return false;
	return db_changes(db) == 0 ||
	       note(db, &change, "entry.open", NULL, why);
}
