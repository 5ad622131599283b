#include "base/descriptor.h"
#include "base/text.h"
#include "store/transaction.h"
#include "store/vault.h"
#include "unit/store/folder.h"
#include <fcntl.h>
#include <sys/wait.h>

static const char insert_setting[] =
	"INSERT INTO setting (name, value) VALUES ('a', 'b')";
static const char count_settings[] =
	"SELECT count(*) FROM setting";

static void test_a_second_process_is_refused_in_words(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	pid_t child = fork();
	int status;

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		struct fail why = { 0 };
		struct store *second = store_open(path, false, &why);
		_exit(!second && why.kind == FAIL_BUSY &&
				      strcmp(why.code, "store.locked") == 0 &&
				      strstr(why.sentence, path)
			      ? 42
			      : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(WEXITSTATUS(status), 42);
	store_close(&store);
	store = folder_store(path);
	store_close(&store);
	folder_remove(path);
}

static void test_no_register_is_not_made_by_accident(void **state)
{
	char *path = test_folder();
	struct fail why = { 0 };

	(void)state;
	assert_null(store_open(path, false, &why));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	folder_remove(path);
}

static void test_a_reader_sees_but_never_writes(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };
	struct db *reader = store_reader_create(store, &why);

	(void)state;
	assert_non_null(reader);
	assert_false(db_is_writer(reader));
	assert_true(db_run(store_writer(store), insert_setting, &why));
	assert_int_equal(folder_number(reader, count_settings), 1);
	assert_false(db_run(reader, insert_setting, &why));
	assert_int_equal(folder_number(reader, count_settings), 1);
	store_reader_destroy(&reader);
	store_close(&store);
	folder_remove(path);
}

static void test_statements_cannot_change_the_house(void **state)
{
	static const char *const refused[] = {
		"PRAGMA journal_mode = DELETE",
		"PRAGMA synchronous = OFF",
		"ATTACH DATABASE '/tmp/other.db' AS other",
	};
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		assert_false(db_run(store_writer(store), refused[i], &why));
	store_close(&store);
	folder_remove(path);
}

static void test_a_broken_promise_of_the_schema_is_a_conflict(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };

	(void)state;
	assert_true(db_run(store_writer(store), insert_setting, &why));
	assert_false(db_run(store_writer(store), insert_setting, &why));
	assert_int_equal(why.kind, FAIL_CONFLICT);
	assert_string_equal(why.code, "store.constraint");
	/* Foreign keys hold. */
	assert_false(db_run(store_writer(store),
			    "INSERT INTO job (kind, file_id, created_at)"
			    " VALUES ('x', 99, 0)",
			    &why));
	assert_int_equal(why.kind, FAIL_CONFLICT);
	store_close(&store);
	folder_remove(path);
}

static bool insert_inner(struct db *db, bool commit)
{
	struct fail why = { 0 };
	auto_transaction *inner = transaction_begin(db, &why);

	assert_non_null(inner);
	assert_true(db_run(db, "INSERT INTO setting VALUES ('inner', '')",
			   &why));
	return !commit || transaction_commit(inner, &why);
}

static void test_an_inner_transaction_undoes_itself_alone(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct db *db = store_writer(store);
	struct fail why = { 0 };

	(void)state;
	{
		auto_transaction *outer = transaction_begin(db, &why);
		assert_non_null(outer);
		assert_true(db_run(db, insert_setting, &why));
		assert_true(insert_inner(db, false));
		assert_true(transaction_commit(outer, &why));
	}
	assert_int_equal(folder_number(db, count_settings), 1);
	{
		auto_transaction *outer = transaction_begin(db, &why);
		assert_non_null(outer);
		assert_true(insert_inner(db, true));
	}
	assert_int_equal(folder_number(db, count_settings), 1);
	store_close(&store);
	folder_remove(path);
}

static void test_a_statement_at_work_gets_a_twin(void **state)
{
	static const char count_up[] =
		"WITH n (i) AS (VALUES (1), (2), (3)) SELECT i FROM n";
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };
	auto_query *first = db_query(store_writer(store), count_up, &why);
	auto_query *second = db_query(store_writer(store), count_up, &why);

	(void)state;
	assert_true(query_row(first, &why));
	assert_true(query_row(second, &why));
	assert_true(query_row(second, &why));
	assert_int_equal(query_get_int(first, 0), 1);
	assert_int_equal(query_get_int(second, 0), 2);
	assert_true(query_run(second, &why));
	query_done(&first);
	query_done(&second);
	store_close(&store);
	folder_remove(path);
}

static void test_a_newer_schema_is_refused(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };
	auto_text database = { 0 };
	unsigned char version[4] = { 0, 0, 0x27, 0x0f };
	int fd;

	(void)state;
	store_close(&store);
	text_addf(&database, "%s/registry.db", path);
	fd = open(text_string(&database), O_WRONLY);
	assert_int_equal(pwrite(fd, version, 4, 60), 4); /* user_version */
	close(fd);
	assert_null(store_open(path, false, &why));
	assert_int_equal(why.kind, FAIL_INVALID);
	assert_non_null(strstr(why.sentence, "newer"));
	folder_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_second_process_is_refused_in_words),
		cmocka_unit_test(test_no_register_is_not_made_by_accident),
		cmocka_unit_test(test_a_reader_sees_but_never_writes),
		cmocka_unit_test(test_statements_cannot_change_the_house),
		cmocka_unit_test(
			test_a_broken_promise_of_the_schema_is_a_conflict),
		cmocka_unit_test(test_an_inner_transaction_undoes_itself_alone),
		cmocka_unit_test(test_a_statement_at_work_gets_a_twin),
		cmocka_unit_test(test_a_newer_schema_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
