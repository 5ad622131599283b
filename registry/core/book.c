#include "core/book.h"
#include "store/db.h"
#include "store/query.h"
#include <assert.h>
#include <string.h>

static const char insert_book[] =
	"INSERT INTO book (organisation_id, code, name, direction, position,"
	"                  allows_suffix, open)"
	" VALUES (?1, ?2, ?3, ?4, (SELECT count(*) FROM book"
	"                          WHERE organisation_id = ?1), ?5, ?6)";

static const char insert_default_series[] =
	"INSERT INTO book_series (book_id, type_id, series_id)"
	" VALUES (?1, NULL, ?2)";

static const char select_by_id[] =
	"SELECT id, organisation_id, code, name, direction, allows_suffix, open"
	"  FROM book WHERE id = ?1";

static const char select_first[] =
	"SELECT id, organisation_id, code, name, direction, allows_suffix, open"
	"  FROM book WHERE organisation_id = ?1 AND direction = ?2 AND open = 1"
	" ORDER BY position, id";

static const char select_all[] =
	"SELECT id, organisation_id, code, name, direction, allows_suffix, open"
	"  FROM book WHERE organisation_id = ?1 ORDER BY position, id";

const char *direction_name(enum direction direction)
{
	assert(direction < DIRECTION_COUNT);
	return direction == DIRECTION_IN ? "in" : "out";
}

enum direction direction_find(const char *name)
{
	if (name && strcmp(name, "in") == 0)
		return DIRECTION_IN;
	if (name && strcmp(name, "out") == 0)
		return DIRECTION_OUT;
	return DIRECTION_COUNT;
}

static struct book read_book(struct query *query, struct arena *arena)
{
	return (struct book){
		.id = query_get_int(query, 0),
		.organisation_id = query_get_int(query, 1),
		.code = query_get_text(query, 2, arena),
		.name = query_get_text(query, 3, arena),
		.direction = direction_find(query_get_text(query, 4, arena)),
		.allows_suffix = query_get_int(query, 5) != 0,
		.is_open = query_get_int(query, 6) != 0,
	};
}

static bool add_default_series(struct db *db, int64_t book_id,
			       int64_t series_id, struct fail *why)
{
	return db_run_two(db, insert_default_series, book_id, series_id, why);
}

bool book_add(struct db *db, const struct book *wanted, int64_t series_id,
	      int64_t *ret_id, struct fail *why)
{
	auto_query *query = db_query(db, insert_book, why);
	if (!query)
		return false;
	query_int(query, 1, wanted->organisation_id);
	query_text(query, 2, wanted->code);
	query_text(query, 3, wanted->name);
	query_text(query, 4, direction_name(wanted->direction));
	query_int(query, 5, wanted->allows_suffix);
	query_int(query, 6, wanted->is_open);
	if (!query_run(query, why)) {
		if (why->kind != FAIL_CONFLICT)
			return false;
		fail(why, FAIL_CONFLICT, "there is a book '%s' already",
		     wanted->code);
		return fail_code(why, "book.exists", "Đã có sổ mang mã này.");
	}
	int64_t id = db_last_id(db);
	if (!add_default_series(db, id, series_id, why))
		return false;
	*ret_id = id;
	return true;
}

bool book_load(struct db *db, int64_t id, struct arena *arena,
	       struct book *ret_book, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "book.none", "Không có sổ này.",
				      "no book with id %lld", (long long)id);
	*ret_book = read_book(query, arena);
	return true;
}

bool book_load_first(struct db *db, int64_t organisation_id,
		     enum direction direction, struct arena *arena,
		     struct book *ret_book, struct fail *why)
{
	auto_query *query = db_query(db, select_first, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	query_text(query, 2, direction_name(direction));
	if (!query_one(query, why))
		return fail_not_found(why, "book.none", "Không có sổ đang mở.",
				      "no open book for direction '%s'",
				      direction_name(direction));
	*ret_book = read_book(query, arena);
	return true;
}

bool book_list(struct db *db, int64_t organisation_id, struct arena *arena,
	       struct book_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, organisation_id);
	struct book *books = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		books = arena_grow(arena, books, count, sizeof(*books));
		books[count++] = read_book(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct book_list){ books, count };
	return true;
}
