/*
 * Everything about a registration that is decided before the line is written:
 * book, letter, day, number, fields, symbol, duplicates.
 */
#include "base/moment.h"
#include "core/agency.h"
#include "core/entry_row.h"
#include "core/kind.h"
#include "core/organisation.h"
#include "core/reservation.h"
#include "core/series.h"
#include "core/unit.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

static const char select_number[] =
	"SELECT count(*) FROM entry"
	" WHERE organisation_id = ?1 AND series_id = ?2 AND year = ?3"
	"   AND number = ?4 AND suffix = ''";

static const char select_letter[] =
	"SELECT state, entry_id FROM letter WHERE id = ?1";

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
	if (!query_one(query, why))
		return fail_not_found(why, "letter.none", "Không có thư này.",
				      "no such letter");
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
	const char *suffix = making->request->suffix;
	bool has_suffix = suffix && *suffix;
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
	    (strcmp(day, last) < 0 && !has_suffix))
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
	if (request->reservation_id) {
		const struct reservation_use use = {
			.id = request->reservation_id,
			.series_id = making->entry.series_id,
			.year = making->day.year,
			.now = making->now,
			.day = making->entry.day,
			.accept_order = request->accept_order,
		};
		return reservation_take(making->db, &use,
					&making->entry.number, why);
	}
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
	if (strcmp(kind.direction, "in") == 0) {
		fail(why, FAIL_INVALID, "'type_id' is for incoming documents");
		return fail_code(why, "field.invalid",
				 "Loại văn bản này không dùng cho văn bản"
				 " đi.");
	}
	if (strcmp(kind.valid_to, making->today) < 0) {
		fail(why, FAIL_CONFLICT, "the type ended on %s",
		     kind.valid_to);
		return fail_code(why, "type.closed",
				 "Loại văn bản này đã ngừng dùng.");
	}
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

bool entry_prepare(struct making *making, struct fail *why)
{
	struct entry *entry = &making->entry;
	const char *reason = making->request->duplicate_reason;
	entry->organisation_id = making->request->actor.organisation_id;
	entry->fields = making->request->fields;
	entry->duplicate_reason = "";
	if (reason && *viet_fold(reason, making->arena))
		entry->duplicate_reason = viet_normal(reason, making->arena);
	if (!load_book(making, why))
		return false;
	entry->book_id = making->book.id;
	if (making->request->letter_id && !check_letter(making, why))
		return false;
	if (!series_find(making->db, entry->book_id, entry->fields.type_id,
			 moment_day(making->now).year, &entry->series_id,
			 why) ||
	    !choose_day(making, why) || !check_open(making, why) ||
	    !fields_check(&entry->fields, making->book.direction,
			  making->today, making->arena, why) ||
	    !take_number(making, why))
		return false;
	return making->book.direction == DIRECTION_IN
		       ? prepare_in(making, why)
		       : prepare_out(making, why);
}
