/*
 * Registration. Everything happens in the caller's transaction and in this
 * order: was this very request answered before, may it be, what is the day,
 * is it a duplicate, which number, the line, what belongs to it. The number
 * is the highest one plus one, under a unique index; the one writer makes
 * that safe, and a transaction that is rolled back leaves no gap.
 */
#include "base/moment.h"
#include "core/agency.h"
#include "core/entry_list.h"
#include "core/entry_row.h"
#include "core/kind.h"
#include "core/letter.h"
#include "core/organisation.h"
#include "core/series.h"
#include "core/unit.h"
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

static const char select_letter[] =
	"SELECT state, entry_id FROM letter WHERE id = ?1";

static const char select_answered[] =
	"SELECT entry_id, request_digest FROM idempotency"
	" WHERE user_id = ?1 AND key = ?2";

static const char insert_answered[] =
	"INSERT INTO idempotency"
	"       (user_id, key, request_digest, entry_id, created_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";

static const char select_number[] =
	"SELECT count(*) FROM entry"
	" WHERE organisation_id = ?1 AND series_id = ?2 AND year = ?3"
	"   AND number = ?4 AND suffix = ''";

/* One registration while it is being made. */
struct making {
	struct db *db;
	struct arena *arena;
	const struct entry_request *request;
	struct entry entry; /* as far as it is known */
	struct entry_symbol symbol;
	struct entry_answer *answer;
	struct book book;
	int64_t now;
	char today[DAY_SIZE];
	struct day day;
};

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

static bool load_book(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	int64_t organisation_id = request->actor.organisation_id;
	bool loaded;
	if (request->book_id)
		loaded = book_load(making->db, request->book_id, making->arena,
				   &making->book, why);
	else
		loaded = book_load_first(making->db, organisation_id,
					 request->direction, making->arena,
					 &making->book, why);
	if (!loaded)
		return false;
	if (making->book.organisation_id == organisation_id &&
	    making->book.direction == request->direction &&
	    making->book.is_open)
		return true;
	fail(why, FAIL_INVALID, "this book takes no such documents");
	return fail_code(why, "book.wrong", "Sổ này không nhận văn bản này.");
}

static bool check_letter(struct making *making, struct fail *why)
{
	auto_query *query = db_query(making->db, select_letter, why);
	if (!query)
		return false;
	query_int(query, 1, making->request->letter_id);
	if (!query_one(query, why)) {
		if (why->kind != FAIL_NOT_FOUND)
			return false;
		fail(why, FAIL_NOT_FOUND, "no such letter");
		return fail_code(why, "letter.none", "Không có thư này.");
	}
	const char *state = query_get_text(query, 0, making->arena);
	if (query_get_int(query, 1)) {
		fail(why, FAIL_CONFLICT, "the letter has entry %lld already",
		     (long long)query_get_int(query, 1));
		return fail_code(why, "letter.registered",
				 "Thư này vừa được đăng ký.");
	}
	if (strcmp(state, "quarantine") != 0)
		return true;
	fail(why, FAIL_CONFLICT, "the letter is in quarantine");
	return fail_code(why, "letter.quarantined", "Thư này đang cách ly.");
}

static bool refuse_day(struct fail *why, const char *code, const char *hint)
{
	fail(why, FAIL_CONFLICT, "numbers are given in the order of time");
	return fail_code(why, code, hint);
}

/* Numbers follow the days, across years too: neither a date in the past nor a
 * clock that was set back may break the order. */
static bool choose_day(struct making *making, struct fail *why)
{
	const char *wanted = making->request->day;
	const char *last;
	struct day today = moment_day(making->now);
	day_print(today, making->today);
	making->day = today;
	if (wanted && *wanted && !day_parse(wanted, &making->day)) {
		fail(why, FAIL_INVALID, "'day' is not a day");
		return fail_code(why, "field.invalid", "Ngày chưa đúng.");
	}
	if (making->day.year != today.year)
		return refuse_day(why, "entry.other_year",
				  "Chỉ lấy số trong năm nay; sổ năm khác không"
				  " nhận thêm.");
	char day[DAY_SIZE];
	day_print(making->day, day);
	if (!series_last_day(making->db, making->entry.series_id,
			     making->arena, &last, why))
		return false;
	if (strcmp(day, making->today) > 0 ||
	    (making->book.direction == DIRECTION_OUT &&
	     strcmp(day, making->today) != 0) ||
	    (strcmp(day, last) < 0 && !making->request->number))
		return refuse_day(why, "entry.day_order",
				  "Ngày phải theo thứ tự cấp số, không trước"
				  " ngày của số liền trước và không sau hôm"
				  " nay.");
	making->entry.day = arena_copy(making->arena, day);
	making->entry.year = making->day.year;
	return true;
}

static bool check_open(struct making *making, struct fail *why)
{
	bool closed;
	if (!series_is_closed(making->db, making->entry.series_id,
			      making->day.year, &closed, why))
		return false;
	if (!closed)
		return true;
	fail(why, FAIL_CONFLICT, "the book of %d is closed",
	     making->day.year);
	return fail_code(why, "entry.year_closed", "Sổ năm này đã đóng.");
}

static bool suffix_is_good(const char *suffix)
{
	size_t size = strlen(suffix);
	return size >= 1 && size <= 3 &&
	       strspn(suffix, "abcdefghijklmnopqrstuvwxyz") == size;
}

static bool check_suffix(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	if (!making->book.allows_suffix || !suffix_is_good(request->suffix)) {
		fail(why, FAIL_INVALID, "no suffix '%.20s' in this book",
		     request->suffix);
		return fail_code(why, "entry.suffix",
				 "Sổ này không dùng số phụ như vậy.");
	}
	auto_query *query = db_query(making->db, select_number, why);
	if (!query)
		return false;
	query_int(query, 1, making->entry.organisation_id);
	query_int(query, 2, making->entry.series_id);
	query_int(query, 3, making->entry.year);
	query_int(query, 4, request->number);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 1)
		return true;
	fail(why, FAIL_INVALID, "there is no number %lld to add to",
	     (long long)request->number);
	return fail_code(why, "entry.suffix", "Chưa có số này để thêm số phụ.");
}

static bool take_number(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	making->entry.suffix = "";
	if (!request->suffix || !*request->suffix)
		return series_next(making->db, making->entry.series_id,
				   making->day.year, &making->entry.number,
				   why);
	if (!check_suffix(making, why))
		return false;
	making->entry.suffix = request->suffix;
	making->entry.number = request->number;
	return true;
}

static bool check_duplicates(struct making *making, struct fail *why)
{
	const struct entry_request *request = making->request;
	const struct fields *fields = &making->entry.fields;
	struct duplicate_list *found = &making->answer->duplicates;
	const char **sha256s = arena_array(making->arena, request->file_count,
					   sizeof(*sha256s));
	for (size_t i = 0; i < request->file_count; i++)
		sha256s[i] = request->files[i].sha256;
	struct duplicate_request question = {
		.organisation_id = making->entry.organisation_id,
		.agency_id = fields->agency_id,
		.symbol = fields->symbol,
		.document_day = fields->document_day,
		.identifier = fields->identifier,
		.letter_id = request->files ? 0 : request->letter_id,
		.sha256s = sha256s,
		.sha256_count = request->file_count,
	};
	if (!duplicate_find(making->db, &question, making->arena, found, why))
		return false;
	if (!found->must_ask || *making->entry.duplicate_reason)
		return true;
	fail(why, FAIL_CONFLICT, "this looks like entry %lld of %lld",
	     (long long)found->duplicates[0].number,
	     (long long)found->duplicates[0].year);
	return fail_code(why, "entry.duplicate",
			 "Có thể đã đăng ký. Ghi lý do nếu vẫn đăng ký mới.");
}

static bool prepare_in(struct making *making, struct fail *why)
{
	struct fields *fields = &making->entry.fields;
	struct agency agency;
	if (!fields->agency_id &&
	    !agency_need(making->db, &making->request->actor, fields->issuer,
			 making->now, &fields->agency_id, why))
		return false;
	if (!agency_load(making->db, fields->agency_id, making->arena, &agency,
			 why))
		return false;
	if (!*fields->issuer)
		fields->issuer = agency.name;
	making->symbol = entry_symbol_of(fields->symbol, making->arena);
	return check_duplicates(making, why);
}

/* The symbol is built, never typed. */
static bool prepare_out(struct making *making, struct fail *why)
{
	struct fields *fields = &making->entry.fields;
	struct organisation organisation;
	struct kind kind;
	struct unit unit = { .code = "" };
	if (!organisation_load(making->db, making->entry.organisation_id,
			       making->arena, &organisation, why) ||
	    !kind_load(making->db, fields->type_id, making->arena, &kind, why))
		return false;
	if (fields->unit_id && !unit_load(making->db, fields->unit_id,
					  making->arena, &unit, why))
		return false;
	const char *notation = kind_notation(&kind, organisation.code,
					     unit.code, making->arena);
	const char *number = kind_number(making->entry.number,
					 making->entry.suffix, making->arena);
	fields->agency_id = 0;
	fields->issuer = organisation.name;
	fields->document_day = making->entry.day;
	fields->symbol =
		arena_print(making->arena, "%s/%s", number, notation);
	making->symbol = entry_symbol_of(fields->symbol, making->arena);
	return true;
}

static bool prepare(struct making *making, struct fail *why)
{
	struct entry *entry = &making->entry;
	const char *reason = making->request->duplicate_reason;
	entry->organisation_id = making->request->actor.organisation_id;
	entry->fields = making->request->fields;
	entry->duplicate_reason =
		viet_normal(reason ? reason : "", making->arena);
	if (!load_book(making, why))
		return false;
	entry->book_id = making->book.id;
	if (making->request->letter_id && !check_letter(making, why))
		return false;
	if (!series_find(making->db, entry->book_id, entry->fields.type_id,
			 &entry->series_id, why) ||
	    !choose_day(making, why) || !check_open(making, why) ||
	    !fields_check(&entry->fields, making->book.direction,
			  making->today, making->arena, why) ||
	    !take_number(making, why))
		return false;
	return making->book.direction == DIRECTION_IN
		       ? prepare_in(making, why)
		       : prepare_out(making, why);
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
	return prepare(making, why) && insert(making, why) &&
	       write_receivers(making, why) && attach(making, why) &&
	       relate(making, why) &&
	       entry_count_agency(making->db, making->entry.fields.agency_id,
				  1, why) &&
	       remember(making, why) && note(making, why);
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
	*ret_answer = (struct entry_answer){ .is_repeated = false };
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !find_answered(&making, &known, why))
		return false;
	if (!known && !make(&making, why))
		return false;
	ret_answer->is_repeated = known != 0;
	return entry_load(db, known ? known : making.entry.id, arena,
			  &ret_answer->entry, why) &&
	       transaction_commit(transaction, why);
}
