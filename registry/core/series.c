#include "core/series.h"
#include "base/moment.h"
#include "store/db.h"
#include "store/query.h"

static const char insert_series[] =
	"INSERT INTO series (organisation_id, code, name) VALUES (?1, ?2, ?3)";

static const char select_all[] =
	"SELECT id, organisation_id, code, name FROM series"
	" WHERE organisation_id = ?1 ORDER BY id";

static const char select_for_type[] =
	"SELECT series_id FROM book_series"
	" WHERE book_id = ?1 AND (type_id IS NULL OR type_id = ?2)"
	"   AND from_year <= ?3"
	" ORDER BY type_id IS NULL, from_year DESC";

static const char replace_for_type[] =
	"INSERT INTO book_series (book_id, type_id, series_id, from_year)"
	" VALUES (?1, ?2, ?3, ?4)"
	" ON CONFLICT (book_id, coalesce(type_id, 0), from_year)"
	" DO UPDATE SET series_id = excluded.series_id";

/* Outgoing types of one abbreviation make the same symbols: they count as one.
 * A number that is set aside counts as given. */
static const char count_lines_of_type[] =
	"WITH same AS ("
	"  SELECT b.id FROM document_type a JOIN book k ON k.id = ?1"
	"    JOIN document_type b ON b.id = a.id OR"
	"         (k.direction = 'out' AND b.abbreviation = a.abbreviation)"
	"   WHERE a.id = ?2)"
	"SELECT (SELECT count(*) FROM entry"
	"         WHERE book_id = ?1 AND number IS NOT NULL AND year >= ?3"
	"           AND (?2 = 0 OR type_id IN (SELECT id FROM same))) +"
	"       (SELECT count(*) FROM reservation"
	"         WHERE book_id = ?1 AND state = 'held' AND year >= ?3"
	"           AND (?2 = 0 OR type_id IN (SELECT id FROM same)))";

static const char select_next[] =
	"SELECT coalesce((SELECT max(n) + 1 FROM ("
	"                  SELECT max(number) AS n FROM entry"
	"                   WHERE organisation_id = s.organisation_id"
	"                     AND series_id = s.id AND year = ?2"
	"                  UNION ALL SELECT max(number) FROM reservation"
	"                   WHERE organisation_id = s.organisation_id"
	"                     AND series_id = s.id AND year = ?2)),"
	"                (SELECT first_number FROM series_year"
	"                  WHERE organisation_id = s.organisation_id"
	"                    AND series_id = s.id AND year = ?2), 1)"
	"  FROM series s WHERE s.id = ?1";

static const char select_last_day[] =
	"SELECT coalesce((SELECT day FROM entry"
	"                  WHERE organisation_id = s.organisation_id"
	"                    AND series_id = s.id AND number IS NOT NULL"
	"                  ORDER BY year DESC, number DESC LIMIT 1), '')"
	"  FROM series s WHERE s.id = ?1";

static const char select_closed[] =
	"SELECT count(*) FROM series_year y JOIN series s ON s.id = y.series_id"
	" WHERE y.organisation_id = s.organisation_id AND y.series_id = ?1"
	"   AND y.year = ?2 AND y.closed_at IS NOT NULL";

static const char begin_year[] =
	"INSERT INTO series_year"
	"       (organisation_id, series_id, year, first_number)"
	" SELECT organisation_id, id, ?2, ?3 FROM series WHERE id = ?1"
	" ON CONFLICT DO UPDATE SET first_number = excluded.first_number";

static const char close_year[] =
	"INSERT INTO series_year"
	"       (organisation_id, series_id, year, closed_at, closed_by)"
	" SELECT organisation_id, id, ?2, ?3, ?4 FROM series WHERE id = ?1"
	" ON CONFLICT DO UPDATE SET closed_at = excluded.closed_at,"
	"                           closed_by = excluded.closed_by"
	"  WHERE closed_at IS NULL";

bool series_add(struct db *db, const struct series *wanted, int64_t *ret_id,
		struct fail *why)
{
	auto_query *query = db_query(db, insert_series, why);
	if (!query)
		return false;
	query_int(query, 1, wanted->organisation_id);
	query_text(query, 2, wanted->code);
	query_text(query, 3, wanted->name);
	if (!query_run(query, why)) {
		if (why->kind != FAIL_CONFLICT)
			return false;
		fail(why, FAIL_CONFLICT, "there is a series '%s' already",
		     wanted->code);
		return fail_code(why, "series.exists",
				 "Đã có dãy số mang mã này.");
	}
	*ret_id = db_last_id(db);
	return true;
}

bool series_list(struct db *db, int64_t organisation_id, struct arena *arena,
		 struct series_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	struct series *all = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct series){
			.id = query_get_int(query, 0),
			.organisation_id = query_get_int(query, 1),
			.code = query_get_text(query, 2, arena),
			.name = query_get_text(query, 3, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct series_list){ all, count };
	return true;
}

static bool has_lines(struct db *db, const struct series_sharing *sharing,
		      bool *ret_has, struct fail *why)
{
	auto_query *query = db_query(db, count_lines_of_type, why);
	if (!query)
		return false;
	query_int(query, 1, sharing->book_id);
	query_int(query, 2, sharing->type_id);
	query_int(query, 3, sharing->year);
	if (!query_one(query, why))
		return false;
	*ret_has = query_get_int(query, 0) > 0;
	return true;
}

bool series_share(struct db *db, const struct series_sharing *sharing,
		  struct fail *why)
{
	bool has;
	if (!has_lines(db, sharing, &has, why))
		return false;
	if (has) {
		fail(why, FAIL_CONFLICT,
		     "documents of this type have numbers in this year");
		return fail_code(why, "series.in_use",
				 "Loại văn bản này đã có số trong năm; chỉ đổi"
				 " dãy số khi năm chưa có số.");
	}
	auto_query *query = db_query(db, replace_for_type, why);
	if (!query)
		return false;
	query_int(query, 1, sharing->book_id);
	query_int_or_null(query, 2, sharing->type_id);
	query_int(query, 3, sharing->series_id);
	query_int(query, 4, sharing->year);
	return query_run(query, why);
}

bool series_find(struct db *db, int64_t book_id, int64_t type_id, int year,
		 int64_t *ret_series_id, struct fail *why)
{
	auto_query *query = db_query(db, select_for_type, why);
	if (!query)
		return false;
	query_int(query, 1, book_id);
	query_int(query, 2, type_id);
	query_int(query, 3, year);
	if (!query_one(query, why)) {
		if (why->kind != FAIL_NOT_FOUND)
			return false;
		return fail(why, FAIL_BROKEN, "book %lld has no number series",
			    (long long)book_id);
	}
	*ret_series_id = query_get_int(query, 0);
	return true;
}

bool series_next(struct db *db, int64_t series_id, int year,
		 int64_t *ret_number, struct fail *why)
{
	auto_query *query = db_query(db, select_next, why);
	if (!query)
		return false;
	query_int(query, 1, series_id);
	query_int(query, 2, year);
	if (!query_one(query, why))
		return false;
	*ret_number = query_get_int(query, 0);
	return true;
}

bool series_last_day(struct db *db, int64_t series_id, struct arena *arena,
		     const char **ret_day, struct fail *why)
{
	auto_query *query = db_query(db, select_last_day, why);
	if (!query)
		return false;
	query_int(query, 1, series_id);
	if (!query_one(query, why))
		return false;
	*ret_day = query_get_text(query, 0, arena);
	return true;
}

bool series_begin_year(struct db *db, int64_t series_id, int year,
		       int64_t first, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *last;
	struct day day = { .year = 0 };

	if (first < 1)
		return fail(why, FAIL_INVALID, "numbers begin with 1");
	if (!series_last_day(db, series_id, arena, &last, why))
		return false;
	if (day_parse(last, &day) && day.year >= year) {
		fail(why, FAIL_CONFLICT, "the year %d has numbers already",
		     year);
		return fail_code(why, "series.in_use",
				 "Năm này đã có số, không đổi số bắt đầu.");
	}
	auto_query *query = db_query(db, begin_year, why);
	if (!query)
		return false;
	query_int(query, 1, series_id);
	query_int(query, 2, year);
	query_int(query, 3, first);
	return query_run(query, why);
}

bool series_close_year(struct db *db, int64_t series_id, int year,
		       int64_t user_id, int64_t now, struct fail *why)
{
	auto_query *query = db_query(db, close_year, why);
	if (!query)
		return false;
	query_int(query, 1, series_id);
	query_int(query, 2, year);
	query_int(query, 3, now);
	query_int_or_null(query, 4, user_id);
	return query_run(query, why);
}

bool series_is_closed(struct db *db, int64_t series_id, int year,
		      bool *ret_closed, struct fail *why)
{
	auto_query *query = db_query(db, select_closed, why);
	if (!query)
		return false;
	query_int(query, 1, series_id);
	query_int(query, 2, year);
	if (!query_one(query, why))
		return false;
	*ret_closed = query_get_int(query, 0) > 0;
	return true;
}
