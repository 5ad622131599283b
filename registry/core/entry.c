/*
 * Registration. Everything happens in the caller's transaction and in this
 * order: was this very request answered before, may it be, what is the day,
 * is it a duplicate, which number, the line, what belongs to it. The number
 * is the highest one plus one, under a unique index; the one writer makes
 * that safe, and a transaction that is rolled back leaves no gap.
 */
#include "base/moment.h"
#include "core/entry_list.h"
#include "core/entry_row.h"
#include "core/letter.h"
#include "core/link.h"
#include "core/reservation.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

static const char insert_entry[] =
	"INSERT INTO entry (organisation_id, direction, book_id, series_id,"
	"       year, number, suffix, day, status, registered_at,"
	"       registered_by, letter_id, symbol_number, symbol_notation,"
	"       symbol_key, document_year, duplicate_reason,"
	"       agency_id, issuer, symbol, document_day, subject, type_id,"
	"       urgency, signer_name, signer_position, pages, copies,"
	"       receiver, unit_id, submit_to, due_day, note, channel, paper,"
	"       identifier, field, language, keeper, passed_day,"
	"       dossier_organ, dossier_year, dossier_notation,"
	"       dossier_ordinal)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13,"
	"         ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,"
	"         ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37,"
	"         ?38, ?39, ?40, ?41, ?42, ?43, ?44)";

static const char update_receiver[] =
	"UPDATE entry SET receiver = ?2 WHERE id = ?1 AND receiver = ''";

static const char select_answered[] =
	"SELECT entry_id, request_digest FROM idempotency"
	" WHERE user_id = ?1 AND key = ?2";

static const char insert_answered[] =
	"INSERT INTO idempotency"
	"       (user_id, key, request_digest, entry_id, created_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";

/* True also when nothing is known; ret->id tells. */
static bool find_answered(struct making *making, int64_t *ret_id,
			  struct fail *why)
{
	const struct entry_request *request = making->request;
	*ret_id = 0;
	if (!request->key)
		return true;
	if (!*request->key || strlen(request->key) > ENTRY_KEY_MAX)
		return fail(why, FAIL_INVALID,
			    "an idempotency key has 1 to %d bytes",
			    ENTRY_KEY_MAX);
	auto_query *query = db_query(making->db, select_answered, why);
	if (!query)
		return false;
	query_int(query, 1, request->actor.id);
	query_text(query, 2, request->key);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	const char *digest = query_get_text(query, 1, making->arena);
	const char *ours = request->request_digest;
	if (strcmp(digest, ours ? ours : "") != 0) {
		fail(why, FAIL_CONFLICT,
		     "this idempotency key was used for another request");
		return fail_code(why, "idempotency.reused",
				 "Yêu cầu này đã được dùng cho văn bản khác.");
	}
	*ret_id = query_get_int(query, 0);
	return true;
}

static int64_t year_of(const char *day)
{
	struct day parsed;
	return day && day_parse(day, &parsed) ? parsed.year : 0;
}

static bool invalid_reference(const struct entry *entry, struct fail *why)
{
	if (why->kind != FAIL_CONFLICT)
		return false;
	if (*entry->suffix) {
		fail(why, FAIL_CONFLICT, "there is a number %lld%s already",
		     (long long)entry->number, entry->suffix);
		return fail_code(why, "entry.suffix", "Đã có số phụ này.");
	}
	fail(why, FAIL_INVALID, "a unit, person or type does not exist");
	return fail_code(why, "field.invalid",
			 "Có giá trị không còn trong danh mục.");
}

static bool insert(struct making *making, struct fail *why)
{
	const struct entry *entry = &making->entry;
	bool is_in = making->book.direction == DIRECTION_IN;
	auto_query *query = db_query(making->db, insert_entry, why);
	if (!query)
		return false;
	query_int(query, 1, entry->organisation_id);
	query_text(query, 2, direction_name(making->book.direction));
	query_int(query, 3, entry->book_id);
	query_int(query, 4, entry->series_id);
	query_int(query, 5, entry->year);
	query_int(query, 6, entry->number);
	query_text(query, 7, entry->suffix);
	query_text(query, 8, entry->day);
	query_text(query, 9, is_in ? "registered" : "issued");
	query_int(query, 10, making->now);
	query_int(query, 11, making->request->actor.id);
	query_int_or_null(query, 12, making->request->letter_id);
	query_text(query, 13, making->symbol.number);
	query_text(query, 14, making->symbol.notation);
	query_text(query, 15, making->symbol.key);
	query_int_or_null(query, 16, year_of(entry->fields.document_day));
	query_text(query, 17, entry->duplicate_reason);
	entry_bind_fields(query, 18, &entry->fields);
	if (!query_run(query, why))
		return invalid_reference(entry, why);
	making->entry.id = db_last_id(making->db);
	return true;
}

static bool write_receivers(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	const char *names;
	if (!request->receiver_count)
		return true;
	if (!entry_write_receivers(making->db, making->entry.id,
				   request->receivers, request->receiver_count,
				   why) ||
	    !entry_print_receivers(making->db, making->entry.id, making->arena,
				   &names, why))
		return false;
	auto_query *query = db_query(making->db, update_receiver, why);
	if (!query)
		return false;
	query_int(query, 1, making->entry.id);
	query_text(query, 2, names);
	return query_run(query, why);
}

static bool attach(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	struct attachment_request files = {
		.actor = request->actor,
		.entry_id = making->entry.id,
		.letter_id = request->letter_id,
		.role = ATTACHMENT_MAIN,
		.files = request->files,
		.file_count = request->file_count,
		.now = making->now,
		.is_quiet = true,
	};
	struct letter_decision decision = {
		.letter_id = request->letter_id,
		.decision = "attach",
		.entry_id = making->entry.id,
		.actor_id = request->actor.id,
		.actor_name = request->actor.name,
	};
	if (!attachment_add(making->db, &files, why))
		return false;
	return !request->letter_id ||
	       letter_decide(making->db, &decision, why);
}

static bool relate(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	for (size_t i = 0; i < request->relation_count; i++)
		if (!relation_add(making->db, making->entry.id,
				  &request->relations[i], &request->actor,
				  making->now, why))
			return false;
	return true;
}

static bool remember(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	const char *digest = request->request_digest;
	if (!request->key)
		return true;
	auto_query *query = db_query(making->db, insert_answered, why);
	if (!query)
		return false;
	query_int(query, 1, request->actor.id);
	query_text(query, 2, request->key);
	query_text(query, 3, digest ? digest : "");
	query_int(query, 4, making->entry.id);
	query_int(query, 5, making->now);
	return query_run(query, why);
}

static bool note(struct making *making, struct fail *why)
{
	const struct entry *entry = &making->entry;
	auto_tree *detail = tree_create();
	tree_set_text(detail, "book", making->book.code);
	tree_set_int(detail, "year", entry->year);
	tree_set_int(detail, "number", entry->number);
	tree_set_text(detail, "suffix", entry->suffix);
	tree_set_text(detail, "day", entry->day);
	if (making->request->letter_id)
		tree_set_int(detail, "letter", making->request->letter_id);
	if (*entry->duplicate_reason)
		tree_set_text(detail, "duplicate_reason",
			      entry->duplicate_reason);
	fields_print(&entry->fields, tree_set_tree(detail, "fields"));
	struct entry_event event = {
		.actor = &making->request->actor,
		.action = "entry.register",
		.id = entry->id,
		.detail = detail,
	};
	return entry_note(making->db, &event, why);
}

static bool make(struct making *making, struct fail *why)
{
	int64_t held = making->request->reservation_id;
	return entry_prepare(making, why) && insert(making, why) &&
	       reservation_set_used(making->db, held, making->entry.id, why) &&
	       write_receivers(making, why) && attach(making, why) &&
	       entry_count_agency(making->db, making->entry.fields.agency_id,
				  1, why) &&
	       remember(making, why) && note(making, why) &&
	       relate(making, why);
}

/* What was proposed for its letter is settled; letters that wait may be about
 * this document. */
static bool link_new(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	if (request->letter_id &&
	    !link_settle(making->db, request->letter_id, &request->actor, why))
		return false;
	return making->book.direction == DIRECTION_OUT ||
	       link_find_again(making->db, making->entry.id, why);
}

bool entry_register(struct db *db, const struct entry_request *request,
		    struct arena *arena, struct entry_answer *ret_answer,
		    struct fail *why)
{
	struct making making = {
		.db = db,
		.arena = arena,
		.request = request,
		.answer = ret_answer,
		.now = request->now ? request->now : moment_now(),
	};
	int64_t known;
	if (request->receiver_count > ENTRY_PARTS_MAX ||
	    request->file_count > ENTRY_PARTS_MAX ||
	    request->relation_count > ENTRY_PARTS_MAX)
		return fail(why, FAIL_INVALID,
			    "more than %d receivers, files or relations",
			    ENTRY_PARTS_MAX);
	*ret_answer = (struct entry_answer){ .is_repeated = false };
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !find_answered(&making, &known, why))
		return false;
	if (!known && (!make(&making, why) || !link_new(&making, why)))
		return false;
	ret_answer->is_repeated = known != 0;
	return entry_load(db, known ? known : making.entry.id, arena,
			  &ret_answer->entry, why) &&
	       transaction_commit(transaction, why);
}
