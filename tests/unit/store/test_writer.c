#include "base/text.h"
#include "store/vault.h"
#include "store/writer.h"
#include "unit/store/folder.h"
#include <stdatomic.h>
#include <sys/mount.h>

static const char insert_setting[] =
	"INSERT INTO setting (name, value) VALUES (?1, ?2)";
static const char count_settings[] =
	"SELECT count(*) FROM setting";

static const char here[] = "10.0.0.5";

enum {
	JOBS = 200
};

struct one {
	int number;
	int told; /* times */
	bool ok;
	struct fail why;
	struct store *store;
	int64_t seen; /* rows that another connection saw when told */
	bool had_origin;
};

static bool insert(struct db *db, void *context, struct fail *why)
{
	struct one *one = context;
	auto_text name = { 0 };
	auto_query *query = db_query(db, insert_setting, why);

	one->had_origin = db_origin(db) && !strcmp(db_origin(db), here);
	text_addf(&name, "n%d", one->number);
	query_text(query, 1, text_string(&name));
	query_text(query, 2, "");
	if (!query_run(query, why))
		return false;
	/* Every tenth changes its mind after it wrote. */
	if (one->number % 10 != 3)
		return true;
	why->kind = FAIL_INVALID;
	return false;
}

static void told(void *context, bool ok, const struct fail *why)
{
	struct one *one = context;

	one->told++;
	one->ok = ok;
	one->why = *why;
}

static void test_a_job_that_fails_undoes_itself_alone(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };
	struct writer *writer = writer_create(store, &why);
	static struct one ones[JOBS];

	(void)state;
	for (int i = 0; i < JOBS; i++) {
		ones[i] = (struct one){ .number = i };
		assert_true(writer_add(writer,
				       &(struct writer_job){
					       .work = insert,
					       .done = told,
					       .context = &ones[i],
					       .no_files = i % 2 == 0,
					       .repeatable = i % 3 == 0,
					       .origin = i % 4 ? NULL : here },
				       &why));
	}
	writer_destroy(&writer);
	for (int i = 0; i < JOBS; i++) {
		assert_int_equal(ones[i].told, 1);
		assert_int_equal(ones[i].ok, i % 10 != 3);
		assert_int_equal(ones[i].had_origin, i % 4 == 0);
		if (i % 10 == 3)
			assert_int_equal(ones[i].why.kind, FAIL_INVALID);
	}
	assert_int_equal(folder_number(store_writer(store), count_settings),
			 JOBS - JOBS / 10);
	store_close(&store);
	folder_remove(path);
}

static void look(void *context, bool ok, const struct fail *why)
{
	struct one *one = context;
	struct fail ignored = { 0 };
	struct db *reader = store_reader_create(one->store, &ignored);

	told(context, ok, why);
	one->seen = folder_number(reader, count_settings);
	store_reader_destroy(&reader);
}

static void test_nobody_is_told_before_others_can_see_it(void **state)
{
	char *path = test_folder();
	struct store *store = folder_store(path);
	struct fail why = { 0 };
	struct writer *writer = writer_create(store, &why);
	struct one one = { .number = 1, .store = store };
	const struct writer_job job = { .work = insert,
					.done = look,
					.context = &one };

	(void)state;
	assert_true(writer_run(writer, &job, &why));
	assert_int_equal(one.seen, 1);
	writer_destroy(&writer);
	store_close(&store);
	folder_remove(path);
}

static bool insert_much(struct db *db, void *context, struct fail *why)
{
	static char value[20000];
	struct one *one = context;
	auto_text name = { 0 };
	auto_query *query = db_query(db, insert_setting, why);

	memset(value, 'x', sizeof(value) - 1);
	text_addf(&name, "n%d", one->number);
	query_text(query, 1, text_string(&name));
	query_text(query, 2, value);
	return query_run(query, why);
}

/* Writes until the disk is full; gives the number of the job that met it. */
static int fill(struct writer *writer, struct one *one)
{
	struct fail why = { 0 };

	for (one->number = 1000; one->number < 2000; one->number++)
		if (!writer_run(writer,
				&(struct writer_job){ .work = insert_much,
						      .done = told,
						      .context = one,
						      .no_files = true },
				&why))
			break;
	assert_int_equal(why.kind, FAIL_LIMIT);
	assert_string_equal(why.code, "disk.full");
	return one->number;
}

static void test_a_full_disk_fails_clearly_and_passes(void **state)
{
	char *path = test_folder();
	struct store *store;
	struct writer *writer;
	struct fail why = { 0 };
	struct one one = { 0 };
	struct digest digest;
	static char block[1 << 20];
	int reached;

	(void)state;
	/* As root in CI; without the right this test fails and says so. */
	assert_int_equal(mount("svb", path, "tmpfs", 0, "size=8m"), 0);
	store = folder_store(path);
	writer = writer_create(store, &why);
	reached = fill(writer, &one);
	assert_true(reached > 1010);
	assert_false(vault_add(store_vault(store), block, sizeof(block),
			       &digest, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
	assert_string_equal(why.code, "disk.full");
	/* Reading goes on, and what was told to be stored is there. */
	assert_int_equal(folder_number(store_writer(store), count_settings),
			 reached - 1000);
	/* Space returns: writing goes on without a restart. */
	assert_int_equal(mount("svb", path, "tmpfs", MS_REMOUNT, "size=16m"),
			 0);
	one.number = 1;
	assert_true(writer_run(writer,
			       &(struct writer_job){ .work = insert_much,
						     .done = told,
						     .context = &one,
						     .no_files = true },
			       &why));
	assert_true(vault_add(store_vault(store), block, sizeof(block),
			      &digest, &why));
	writer_destroy(&writer);
	assert_true(store_check_database(store_writer(store), &why));
	store_close(&store);
	assert_int_equal(umount(path), 0);
	folder_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_job_that_fails_undoes_itself_alone),
		cmocka_unit_test(test_nobody_is_told_before_others_can_see_it),
		cmocka_unit_test(test_a_full_disk_fails_clearly_and_passes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
