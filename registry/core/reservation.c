#include "core/reservation.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/book.h"
#include "core/calendar.h"
#include "core/kind.h"
#include "core/reason.h"
#include "core/series.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <string.h>

enum {
	CLOSING_HOUR = 17,
	PURPOSE_MAX = 1000
};

/* clang-format off */
#define COLUMNS \
	"SELECT r.id, r.book_id, r.series_id, r.year, r.number, r.type_id," \
	"       r.unit_id, r.entry_id, t.name, n.name, r.purpose, r.day," \
	"       CASE WHEN r.state = 'held' AND r.until < ?1 THEN 'expired'" \
	"            ELSE r.state END, u.name, r.reason, x.name," \
	"       r.reserved_at, r.until, r.explained_at" \
	"  FROM reservation r JOIN user_account u ON u.id = r.reserved_by" \
	"  LEFT JOIN document_type t ON t.id = r.type_id" \
	"  LEFT JOIN unit n ON n.id = r.unit_id" \
	"  LEFT JOIN user_account x ON x.id = r.explained_by"
/* clang-format on */

static const char select_all[] =
	COLUMNS " WHERE r.book_id = ?2 AND r.year = ?3 ORDER BY r.number";
static const char select_one[] = COLUMNS " WHERE r.id = ?2";

static const char select_key[] =
	"SELECT id FROM reservation"
	" WHERE reserved_by = ?1 AND request_key = ?2";

static const char select_rule[] =
	"SELECT coalesce((SELECT allows_reservation FROM book_rule"
	"                  WHERE book_id = b.id), b.direction = 'out')"
	"  FROM book b WHERE b.id = ?1";

static const char insert_reservation[] =
	"INSERT INTO reservation (organisation_id, book_id, series_id, year,"
	"       number, type_id, unit_id, purpose, day, until, reserved_by,"
	"       reserved_at, request_key)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

static const char update_unused[] =
	"UPDATE reservation SET state = 'unused', reason = ?2,"
	"       explained_by = ?3, explained_at = ?4"
	" WHERE id = ?1 AND state = 'held'";

static const char select_order[] =
	"SELECT count(*) FROM entry WHERE series_id = ?1 AND year = ?2"
	"   AND number > ?3 AND day < ?4";

static const char update_used[] =
	"UPDATE reservation SET state = 'used', entry_id = ?2"
	" WHERE id = ?1 AND state = 'held'";

static const char update_released[] =
	"UPDATE reservation SET state = 'held', entry_id = NULL"
	" WHERE entry_id = ?1 AND state = 'used'";

static struct reservation read_reservation(struct query *query,
					   struct arena *arena)
{
	return (struct reservation){
		.id = query_get_int(query, 0),
		.book_id = query_get_int(query, 1),
		.series_id = query_get_int(query, 2),
		.year = query_get_int(query, 3),
		.number = query_get_int(query, 4),
		.type_id = query_get_int(query, 5),
		.unit_id = query_get_int(query, 6),
		.entry_id = query_get_int(query, 7),
		.type_name = query_get_text(query, 8, arena),
		.unit_name = query_get_text(query, 9, arena),
		.purpose = query_get_text(query, 10, arena),
		.day = query_get_text(query, 11, arena),
		.state = query_get_text(query, 12, arena),
		.reserved_name = query_get_text(query, 13, arena),
		.reason = query_get_text(query, 14, arena),
		.explained_name = query_get_text(query, 15, arena),
		.reserved_at = query_get_int(query, 16),
		.until = query_get_int(query, 17),
		.explained_at = query_get_int(query, 18),
	};
}

bool reservation_list(struct db *db, int64_t book_id, int64_t year,
		      int64_t now, struct arena *arena,
		      struct reservation_list *ret_list, struct fail *why)
{
	struct reservation_list list = { .count = 0 };
	struct reservation *all = NULL;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, now);
	query_int(query, 2, book_id);
	query_int(query, 3, year);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, list.count, sizeof(*all));
		all[list.count] = read_reservation(query, arena);
		list.expired +=
			strcmp(all[list.count++].state, "expired") == 0;
	}
	if (why->kind != FAIL_NONE)
		return false;
	list.reservations = all;
	*ret_list = list;
	return true;
}

bool reservation_load(struct db *db, int64_t id, int64_t now,
		      struct arena *arena, struct reservation *ret_reservation,
		      struct fail *why)
{
	auto_query *query = db_query(db, select_one, why);
	if (!query)
		return false;
	query_int(query, 1, now);
	query_int(query, 2, id);
	if (query_row(query, why)) {
		*ret_reservation = read_reservation(query, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	fail(why, FAIL_NOT_FOUND, "no such reserved number");
	return fail_code(why, "reservation.none", "Không có số giữ này.");
}

static bool note(struct db *db, const struct actor *actor, const char *action,
		 const struct reservation *about, struct fail *why)
{
	auto_tree *detail = tree_create();
	tree_set_int(detail, "book", about->book_id);
	tree_set_int(detail, "year", about->year);
	tree_set_int(detail, "number", about->number);
	tree_set_text(detail, "purpose", about->purpose);
	if (about->reason && *about->reason)
		tree_set_text(detail, "reason", about->reason);
	const struct audit_act act = { action, "reservation", about->id,
				       detail };
	return audit_act(db, actor, &act, why);
}

/* The latest moment is the end of the next working day. */
static bool find_until(struct db *db, const struct reservation_wish *wish,
		       const struct actor *actor, struct arena *arena,
		       int64_t *ret_until, struct fail *why)
{
	struct day today = moment_day(wish->now);
	int64_t closing = moment_of_day(today) + CLOSING_HOUR * 3600;
	int64_t until = wish->until, latest;
	struct calendar calendar;
	struct day next;
	if (!calendar_load(db, actor->organisation_id, arena, &calendar, why))
		return false;
	next = calendar_add(&calendar, today, 1);
	latest = moment_of_day(next) + 86400 - 1;
	if (!until)
		until = closing > wish->now ? closing
					    : moment_of_day(next) +
						      CLOSING_HOUR * 3600;
	if (until > wish->now && until <= latest) {
		*ret_until = until;
		return true;
	}
	fail(why, FAIL_INVALID, "at most to the end of the next working day");
	return fail_code(why, "reservation.until",
			 "Giữ số chậm nhất đến hết ngày làm việc tiếp"
			 " theo.");
}

static bool find_book(struct db *db, const struct reservation_wish *wish,
		      const struct actor *actor, struct arena *arena,
		      struct book *book, struct fail *why)
{
	bool loaded = wish->book_id
			      ? book_load(db, wish->book_id, arena, book, why)
			      : book_load_first(db, actor->organisation_id,
						DIRECTION_OUT, arena, book,
						why);
	if (!loaded)
		return false;
	auto_query *query = db_query(db, select_rule, why);
	if (!query)
		return false;
	query_int(query, 1, book->id);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) && book->is_open &&
	    book->organisation_id == actor->organisation_id)
		return true;
	fail(why, FAIL_CONFLICT, "no number of this book is set aside");
	return fail_code(why, "reservation.off", "Sổ này không cho giữ số.");
}

static bool check_type(struct db *db, const struct reservation *made,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct kind kind;
	if (!made->type_id)
		return true;
	if (!kind_load(db, made->type_id, arena, &kind, why))
		return false;
	if (strcmp(kind.valid_to, made->day) >= 0)
		return true;
	fail(why, FAIL_CONFLICT, "the type ended on %s", kind.valid_to);
	return fail_code(why, "type.closed",
			 "Loại văn bản này đã ngừng dùng.");
}

static bool find_number(struct db *db, struct reservation *made,
			struct fail *why)
{
	bool closed;
	if (!check_type(db, made, why) ||
	    !series_find(db, made->book_id, made->type_id, (int)made->year,
			 &made->series_id, why) ||
	    !series_is_closed(db, made->series_id, (int)made->year, &closed,
			      why))
		return false;
	if (closed) {
		fail(why, FAIL_CONFLICT, "the book of %lld is closed",
		     (long long)made->year);
		return fail_code(why, "entry.year_closed",
				 "Sổ năm này đã đóng.");
	}
	return series_next(db, made->series_id, (int)made->year, &made->number,
			   why);
}

static bool insert(struct db *db, const struct reservation *made,
		   const struct reservation_wish *wish,
		   const struct actor *actor, struct fail *why)
{
	auto_query *query = db_query(db, insert_reservation, why);
	if (!query)
		return false;
	query_int(query, 1, actor->organisation_id);
	query_int(query, 2, made->book_id);
	query_int(query, 3, made->series_id);
	query_int(query, 4, made->year);
	query_int(query, 5, made->number);
	query_int_or_null(query, 6, made->type_id);
	query_int_or_null(query, 7, made->unit_id);
	query_text(query, 8, made->purpose);
	query_text(query, 9, made->day);
	query_int(query, 10, made->until);
	query_int(query, 11, actor->id);
	query_int(query, 12, wish->now);
	query_text(query, 13, wish->key);
	return query_run(query, why);
}

static bool find_key(struct db *db, const struct reservation_wish *wish,
		     const struct actor *actor, int64_t *ret_id,
		     struct fail *why)
{
	*ret_id = 0;
	if (!wish->key)
		return true;
	auto_query *query = db_query(db, select_key, why);
	if (!query)
		return false;
	query_int(query, 1, actor->id);
	query_text(query, 2, wish->key);
	if (query_row(query, why))
		*ret_id = query_get_int(query, 0);
	return why->kind == FAIL_NONE;
}

bool reservation_add(struct db *db, const struct reservation_wish *wish,
		     const struct actor *actor, int64_t *ret_id,
		     struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct day today = moment_day(wish->now);
	char iso[DAY_SIZE];
	struct reservation made = {
		.year = today.year,
		.type_id = wish->type_id,
		.unit_id = wish->unit_id,
		.purpose =
			viet_normal(wish->purpose ? wish->purpose : "", arena),
		.day = iso,
	};
	struct book book;
	if (!find_key(db, wish, actor, ret_id, why))
		return false;
	if (*ret_id)
		return true;
	day_print(today, iso);
	if (!*viet_fold(made.purpose, arena) ||
	    strlen(made.purpose) > PURPOSE_MAX) {
		fail(why, FAIL_INVALID, "say what the number is for");
		return fail_code(why, "reservation.purpose",
				 "Ghi số giữ dùng cho việc gì.");
	}
	if (!find_until(db, wish, actor, arena, &made.until, why) ||
	    !find_book(db, wish, actor, arena, &book, why))
		return false;
	made.book_id = book.id;
	if (!find_number(db, &made, why) ||
	    !insert(db, &made, wish, actor, why))
		return false;
	*ret_id = made.id = db_last_id(db);
	return note(db, actor, "number.reserve", &made, why);
}

static bool wrong_state(struct fail *why)
{
	fail(why, FAIL_CONFLICT, "the number is not held any more");
	return fail_code(why, "reservation.state",
			 "Số này không còn ở trạng thái giữ.");
}

bool reservation_drop(struct db *db, int64_t id, const char *reason,
		      const struct actor *actor, int64_t now, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct reservation about;
	const char *checked = NULL;
	if (!reason_check(reason, arena, &checked, why) ||
	    !reservation_load(db, id, now, arena, &about, why))
		return false;
	{
		auto_query *query = db_query(db, update_unused, why);
		if (!query)
			return false;
		query_int(query, 1, id);
		query_text(query, 2, checked);
		query_int(query, 3, actor->id);
		query_int(query, 4, now);
		if (!query_run(query, why))
			return false;
	}
	if (db_changes(db) != 1)
		return wrong_state(why);
	about.reason = checked;
	return note(db, actor, "number.unused", &about, why);
}

static bool check_order(struct db *db, const struct reservation_use *use,
			int64_t number, struct fail *why)
{
	auto_query *query = db_query(db, select_order, why);
	if (!query)
		return false;
	query_int(query, 1, use->series_id);
	query_int(query, 2, use->year);
	query_int(query, 3, number);
	query_text(query, 4, use->day);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 0 || use->accept_order)
		return true;
	fail(why, FAIL_CONFLICT, "higher numbers have earlier days");
	return fail_code(why, "reservation.order",
			 "Số lớn hơn đã ban hành ngày trước đó. Nên lấy số"
			 " mới; chỉ dùng số giữ khi chấp nhận sai thứ tự"
			 " ngày.");
}

bool reservation_take(struct db *db, const struct reservation_use *use,
		      int64_t *ret_number, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct reservation held;
	if (!reservation_load(db, use->id, use->now, arena, &held, why))
		return false;
	if (strcmp(held.state, "expired") == 0) {
		fail(why, FAIL_CONFLICT, "the number was held until earlier");
		return fail_code(why, "reservation.expired",
				 "Số giữ đã quá hạn, không dùng được nữa.");
	}
	if (strcmp(held.state, "held") != 0)
		return wrong_state(why);
	if (held.series_id != use->series_id || held.year != use->year) {
		fail(why, FAIL_CONFLICT, "the number is of another series");
		return fail_code(why, "reservation.series",
				 "Số giữ thuộc dãy số hoặc năm khác.");
	}
	if (!check_order(db, use, held.number, why))
		return false;
	*ret_number = held.number;
	return true;
}

bool reservation_set_used(struct db *db, int64_t id, int64_t entry_id,
			  struct fail *why)
{
	if (!id)
		return true;
	auto_query *query = db_query(db, update_used, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, entry_id);
	if (!query_run(query, why))
		return false;
	return db_changes(db) == 1 || wrong_state(why);
}

bool reservation_release(struct db *db, int64_t entry_id, struct fail *why)
{
	return db_run_one(db, update_released, entry_id, why);
}
