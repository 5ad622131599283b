#include "base/arena.h"
#include "store/tokenizer.h"
#include "support/test.h"
#include <sqlite3.h>

static sqlite3 *sqlite;

static const char create_table[] =
	"CREATE VIRTUAL TABLE found USING fts5 (text, tokenize = 'svb',"
	" prefix = '2 3 4')";
static const char insert_text[] =
	"INSERT INTO found (rowid, text) VALUES (?1, ?2)";
static const char select_text[] =
	"SELECT rowid FROM found WHERE found MATCH ?1";
static const char select_highlight[] =
	"SELECT highlight(found, 0, '[', ']') FROM found WHERE found MATCH ?1";

static int open_sqlite(void **state)
{
	struct fail why = { 0 };

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &sqlite), SQLITE_OK);
	assert_true(tokenizer_register(sqlite, &why));
	assert_int_equal(sqlite3_exec(sqlite, create_table, NULL, NULL, NULL),
			 SQLITE_OK);
	return 0;
}

static int close_sqlite(void **state)
{
	(void)state;
	return sqlite3_close(sqlite);
}

static void add(int id, const char *text)
{
	sqlite3_stmt *statement = NULL;

	assert_int_equal(sqlite3_prepare_v2(sqlite, insert_text, -1,
					    &statement, NULL),
			 SQLITE_OK);
	(void)sqlite3_bind_int(statement, 1, id);
	(void)sqlite3_bind_text(statement, 2, text, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_DONE);
	(void)sqlite3_finalize(statement);
}

/* The id of the one row that matches; 0 without one. */
static int found(const char *match)
{
	sqlite3_stmt *statement = NULL;
	int id = 0;

	assert_int_equal(sqlite3_prepare_v2(sqlite, select_text, -1,
					    &statement, NULL),
			 SQLITE_OK);
	(void)sqlite3_bind_text(statement, 1, match, -1, SQLITE_STATIC);
	if (sqlite3_step(statement) == SQLITE_ROW)
		id = sqlite3_column_int(statement, 0);
	(void)sqlite3_finalize(statement);
	return id;
}

static void test_exact_and_folded_stand_in_one_place(void **state)
{
	(void)state;
	add(1, "Về công văn đến");
	assert_int_equal(found("\"công văn\""), 1);
	assert_int_equal(found("\"cong van\""), 1);
	assert_int_equal(found("\"công van đến\""), 1);
	assert_int_equal(found("\"cong van den\""), 1);
	assert_int_equal(found("\"van cong\""), 0);
	assert_int_equal(found("\"cống\""), 0);
}

static void test_folded_d_and_plain_words(void **state)
{
	(void)state;
	add(2, "QÐ đường mua");
	assert_int_equal(found("\"qđ\""), 2);
	assert_int_equal(found("\"qd\""), 2);
	assert_int_equal(found("\"duong\""), 2);
	assert_int_equal(found("\"=mua\""), 2);
	assert_int_equal(found("\"=duong\""), 0);
}

static void test_symbols_whole_and_in_parts(void **state)
{
	(void)state;
	add(3, "Căn cứ Quyết định số 12 / QĐ-UBND");
	assert_int_equal(found("\"12/qd-ubnd\""), 3);
	assert_int_equal(found("\"12/qd\" *"), 3);
	assert_int_equal(found("\"12 qd ubnd\""), 3);
	assert_int_equal(found("\"ubnd\""), 3);
	assert_int_equal(found("\"12/qd\""), 0);
}

static void test_places_are_those_of_the_text(void **state)
{
	sqlite3_stmt *statement = NULL;

	(void)state;
	add(4, "Phòng chống lu\xCC\x83 lụt");
	assert_int_equal(sqlite3_prepare_v2(sqlite, select_highlight, -1,
					    &statement, NULL),
			 SQLITE_OK);
	(void)sqlite3_bind_text(statement, 1, "\"lũ\"", -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
	assert_string_equal((const char *)sqlite3_column_text(statement, 0),
			    "Phòng chống [lu\xCC\x83] lụt");
	(void)sqlite3_finalize(statement);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact_and_folded_stand_in_one_place),
		cmocka_unit_test(test_folded_d_and_plain_words),
		cmocka_unit_test(test_symbols_whole_and_in_parts),
		cmocka_unit_test(test_places_are_those_of_the_text),
	};

	return cmocka_run_group_tests(tests, open_sqlite, close_sqlite);
}
