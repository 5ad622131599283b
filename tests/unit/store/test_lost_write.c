/*
 * A flush that fails once must end the process, whoever called it: a second
 * flush may say "fine" about pages that the kernel has thrown away. This
 * program's own fdatasync, fsync and syncfs stand before those of libc, for
 * the engine too.
 */
#include "store/vault.h"
#include "store/writer.h"
#include "unit/store/folder.h"
#include <errno.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>

static bool broken;

int fdatasync(int fd)
{
	if (broken) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

int fsync(int fd)
{
	if (broken) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

int syncfs(int fd)
{
	if (broken) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_syncfs, fd);
}

static const char insert_setting[] =
	"INSERT INTO setting (name, value) VALUES ('told', '')";
static const char count_settings[] =
	"SELECT count(*) FROM setting";

static bool insert(struct db *db, void *context, struct fail *why)
{
	(void)context;
	return db_run(db, insert_setting, why);
}

/* Nobody may hear that it was stored. */
static void told(void *context, bool ok, const struct fail *why)
{
	(void)context;
	(void)ok;
	(void)why;
	_exit(77);
}

static void lose_a_row(struct store *store)
{
	struct fail why = { 0 };
	struct writer *writer = writer_create(store, &why);
	const struct writer_job job = { .work = insert,
					.done = told,
					.no_files = true };

	broken = true;
	(void)writer_run(writer, &job, &why);
}

static void lose_files(struct store *store, int count)
{
	struct vault *vault = store_vault(store);
	struct fail why = { 0 };
	struct digest digest;

	for (int i = 0; i < count; i++)
		(void)vault_add(vault, &i, sizeof(i), &digest, &why);
	broken = true;
	(void)vault_flush(vault, &why);
}

/* 0: a row; else so many files. */
static void dies_of(int files)
{
	char *path = test_folder();
	struct store *store;
	struct fail why = { 0 };
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		(void)!freopen("/dev/null", "w", stderr);
		store = store_open(path, true, &why);
		if (store && files)
			lose_files(store, files);
		else if (store)
			lose_a_row(store);
		_exit(78);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	assert_int_equal(WTERMSIG(status), SIGABRT);
	store = folder_store(path);
	/* Stored or not, but one of the two. */
	assert_in_range(folder_number(store_writer(store), count_settings), 0,
			1);
	assert_true(store_check_database(store_writer(store), &why));
	store_close(&store);
	folder_remove(path);
}

static void test_a_lost_row_ends_the_process(void **state)
{
	(void)state;
	dies_of(0);
}

static void test_a_lost_file_ends_the_process(void **state)
{
	(void)state;
	dies_of(1);
}

static void test_a_lost_flush_of_many_ends_the_process(void **state)
{
	(void)state;
	dies_of(20);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_lost_row_ends_the_process),
		cmocka_unit_test(test_a_lost_file_ends_the_process),
		cmocka_unit_test(test_a_lost_flush_of_many_ends_the_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
