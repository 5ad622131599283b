#include "core/numbering.h"
#include "base/moment.h"
#include "core/audit.h"
#include "core/book.h"
#include "core/kind.h"
#include "core/series.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	CODE_MAX = 32,
	NAME_MAX = 400,
	FIRST_MAX = 1000000
};

#define SERIES_OF(type)                                               \
	"(SELECT series_id FROM book_series s WHERE s.book_id = k.id" \
	"    AND (s.type_id IS NULL OR s.type_id = " type             \
	".id) AND s.from_year <= ?2"                                  \
	"  ORDER BY s.type_id IS NULL, s.from_year DESC LIMIT 1)"

/* Types still in use whose symbols look the same and count apart. */
static const char count_apart[] =
	"SELECT count(*) FROM book k JOIN document_type a"
	"    ON a.organisation_id IS NULL"
	"    OR a.organisation_id = k.organisation_id"
	"  JOIN document_type b ON b.abbreviation = a.abbreviation"
	"   AND b.id > a.id AND (b.organisation_id IS NULL"
	"    OR b.organisation_id = k.organisation_id)"
	" WHERE k.id = ?1 AND k.direction = 'out' AND a.direction <> 'in'"
	"   AND b.direction <> 'in' AND a.valid_to >= ?3 AND b.valid_to >= ?3"
	"   AND " SERIES_OF("a") " <> " SERIES_OF("b");

static const char count_series[] =
	"SELECT count(*) FROM series WHERE id = ?1 AND organisation_id = ?2";

static const char count_other_direction[] =
	"SELECT count(*) FROM book_series s JOIN book k ON k.id = s.book_id"
	" WHERE s.series_id = ?1"
	"   AND k.direction <> (SELECT direction FROM book WHERE id = ?2)";

static const char count_held[] =
	"SELECT count(*) FROM reservation WHERE series_id = ?1 AND year >= ?2";

static const char select_used[] =
	"SELECT series_id FROM entry WHERE book_id = ?1 AND year = ?2"
	" UNION SELECT series_id FROM book_series WHERE book_id = ?1"
	"          AND type_id IS NULL AND from_year <= ?2";

static const char update_book[] = "UPDATE book SET name = ?2 WHERE id = ?1";

static int64_t clock_of(int64_t now)
{
	return now ? now : moment_now();
}

static bool check_year(int year, int64_t now, struct fail *why)
{
	int this = moment_day(clock_of(now)).year;

	if (year == this || year == this + 1)
		return true;
	fail(why, FAIL_INVALID, "%d is neither this year nor the next", year);
	return fail_code(why, "series.year",
			 "Chỉ đổi dãy số của năm nay hoặc năm sau.");
}

static bool count(struct db *db, const char *sql, int64_t first,
		  int64_t second, int64_t *ret_count, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, first);
	query_int(query, 2, second);
	if (!query_one(query, why))
		return false;
	*ret_count = query_get_int(query, 0);
	return true;
}

static bool need_series(struct db *db, int64_t id, int64_t organisation_id,
			struct fail *why)
{
	int64_t found;

	if (!count(db, count_series, id, organisation_id, &found, why))
		return false;
	if (found == 1)
		return true;
	fail(why, FAIL_NOT_FOUND, "no series with id %lld", (long long)id);
	return fail_code(why, "series.none", "Không có dãy số này.");
}

static bool need_book(struct db *db, int64_t id, int64_t organisation_id,
		      struct arena *arena, struct book *ret_book,
		      struct fail *why)
{
	if (!book_load(db, id, arena, ret_book, why))
		return false;
	if (ret_book->organisation_id == organisation_id)
		return true;
	fail(why, FAIL_NOT_FOUND, "no book with id %lld", (long long)id);
	return fail_code(why, "book.none", "Không có sổ này.");
}

static bool check_together(struct db *db,
			   const struct numbering_change *change,
			   struct fail *why)
{
	char today[DAY_SIZE];

	day_print(moment_day(clock_of(change->now)), today);
	auto_query *query = db_query(db, count_apart, why);
	if (!query)
		return false;
	query_int(query, 1, change->book_id);
	query_int(query, 2, change->year);
	query_text(query, 3, today);
	if (!query_one(query, why))
		return false;
	if (query_get_int(query, 0) == 0)
		return true;
	fail(why, FAIL_CONFLICT,
	     "types with the same abbreviation would count apart");
	return fail_code(why, "series.same_symbol",
			 "Các loại văn bản đi có cùng chữ viết tắt (hoặc cùng"
			 " không có) phải chung một dãy số, nếu không số và ký"
			 " hiệu sẽ trùng.");
}

static bool check_direction(struct db *db,
			    const struct numbering_change *change,
			    struct fail *why)
{
	int64_t other;

	if (!count(db, count_other_direction, change->series_id,
		   change->book_id, &other, why))
		return false;
	if (other == 0)
		return true;
	fail(why, FAIL_CONFLICT,
	     "incoming and outgoing documents would share a series");
	return fail_code(why, "series.other_direction",
			 "Văn bản đến và văn bản đi không chung dãy số.");
}

static bool share_all(struct db *db, const struct numbering_change *change,
		      struct tree *names, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct series_sharing sharing = {
		.book_id = change->book_id,
		.series_id = change->series_id,
		.year = change->year,
	};
	struct kind kind;

	if (!change->type_count)
		return series_share(db, &sharing, why);
	for (size_t i = 0; i < change->type_count; i++) {
		sharing.type_id = change->type_ids[i];
		if (!kind_load(db, sharing.type_id, arena, &kind, why) ||
		    !series_share(db, &sharing, why))
			return false;
		tree_add_text(names, kind.name);
	}
	return true;
}

bool numbering_share(struct db *db, const struct numbering_change *change,
		     struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	const struct audit_act act = { "book.series", "book", change->book_id,
				       detail };
	struct book book;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction || !check_year(change->year, change->now, why) ||
	    !need_book(db, change->book_id, change->actor.organisation_id,
		       arena, &book, why) ||
	    !need_series(db, change->series_id, change->actor.organisation_id,
			 why) ||
	    !check_direction(db, change, why))
		return false;
	tree_set_int(detail, "series", change->series_id);
	tree_set_int(detail, "year", change->year);
	return share_all(db, change, tree_set_list(detail, "types"), why) &&
	       check_together(db, change, why) &&
	       audit_act(db, &change->actor, &act, why) &&
	       transaction_commit(transaction, why);
}

static bool check_words(const char *words, size_t most, struct fail *why)
{
	if (*words && strlen(words) <= most)
		return true;
	fail(why, FAIL_INVALID, "a name or code is missing or too long");
	return fail_code(why, "field.missing", "Nhập tên và mã.");
}

bool numbering_add_series(struct db *db, const struct actor *actor,
			  const char *code, const char *name, int64_t *ret_id,
			  struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	struct audit_act act = { "series.add", "series", 0, detail };
	const struct series series = {
		.organisation_id = actor->organisation_id,
		.code = code,
		.name = viet_normal(name, arena),
	};
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction || !check_words(series.name, NAME_MAX, why) ||
	    !check_words(code, CODE_MAX, why) ||
	    !series_add(db, &series, ret_id, why))
		return false;
	act.object_id = *ret_id;
	tree_set_text(detail, "code", code);
	tree_set_text(detail, "name", series.name);
	return audit_act(db, actor, &act, why) &&
	       transaction_commit(transaction, why);
}

static bool check_none_held(struct db *db, int64_t series_id, int year,
			    struct fail *why)
{
	int64_t held;

	if (!count(db, count_held, series_id, year, &held, why))
		return false;
	if (held == 0)
		return true;
	fail(why, FAIL_CONFLICT, "numbers of %d are set aside", year);
	return fail_code(why, "series.in_use",
			 "Năm này đã có số giữ, không đổi số bắt đầu.");
}

bool numbering_begin(struct db *db, const struct actor *actor,
		     int64_t series_id, int year, int64_t first, int64_t now,
		     struct fail *why)
{
	auto_tree *detail = tree_create();
	const struct audit_act act = { "series.begin", "series", series_id,
				       detail };
	auto_transaction *transaction = transaction_begin(db, why);

	tree_set_int(detail, "year", year);
	tree_set_int(detail, "first", first);
	if (!transaction || !check_year(year, now, why) ||
	    !need_series(db, series_id, actor->organisation_id, why))
		return false;
	if (first > FIRST_MAX) {
		fail(why, FAIL_INVALID, "a year begins with %d at the most",
		     FIRST_MAX);
		return fail_code(why, "field.invalid",
				 "Số bắt đầu quá lớn.");
	}
	return check_none_held(db, series_id, year, why) &&
	       series_begin_year(db, series_id, year, first, why) &&
	       audit_act(db, actor, &act, why) &&
	       transaction_commit(transaction, why);
}

bool numbering_close(struct db *db, const struct actor *actor, int64_t book_id,
		     int year, int64_t now, struct fail *why)
{
	auto_tree *detail = tree_create();
	const struct audit_act act = { "book.close", "book", book_id, detail };
	auto_transaction *transaction = transaction_begin(db, why);
	auto_query *used = transaction ? db_query(db, select_used, why) : NULL;

	if (!used)
		return false;
	query_int(used, 1, book_id);
	query_int(used, 2, year);
	while (query_row(used, why))
		if (!series_close_year(db, query_get_int(used, 0), year,
				       actor->id, now, why))
			return false;
	tree_set_int(detail, "year", year);
	return why->kind == FAIL_NONE && audit_act(db, actor, &act, why) &&
	       transaction_commit(transaction, why);
}

bool numbering_rename_book(struct db *db, const struct actor *actor,
			   int64_t book_id, const char *name, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	const struct audit_act act = { "book.rename", "book", book_id,
				       detail };
	const char *normal = viet_normal(name, arena);
	struct book book;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction ||
	    !need_book(db, book_id, actor->organisation_id, arena, &book,
		       why) ||
	    !check_words(normal, NAME_MAX, why))
		return false;
	auto_query *query = db_query(db, update_book, why);
	if (!query)
		return false;
	query_int(query, 1, book_id);
	query_text(query, 2, normal);
	if (!query_run(query, why))
		return false;
	tree_set_text(detail, "old", book.name);
	tree_set_text(detail, "new", normal);
	return audit_act(db, actor, &act, why) &&
	       transaction_commit(transaction, why);
}
