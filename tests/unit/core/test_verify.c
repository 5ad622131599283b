#include "core/backup.h"
#include "unit/core/intake.h"
#include "unit/store/tamper.h"
#include <fcntl.h>
#include <sys/stat.h>

enum {
	LETTERS = 5
};

static void fill(struct intake *intake)
{
	int64_t id = 0;

	intake_open(intake);
	for (int i = 1; i <= LETTERS; i++) {
		auto_text content = { 0 };
		struct letter_put put;

		text_addf(&content, "Subject: thư %d\r\n\r\n", i);
		put = intake_put(intake, i, text_string(&content));
		intake_take(intake, &put, &id);
	}
}

static const struct {
	const char *sql;
	const char *finding;
} tamperings[] = {
	{ "DROP TRIGGER audit_no_update;"
	  "UPDATE audit SET detail = '{\"x\":1}' WHERE seq = 3",
	  "audit: row 3 was changed" },
	{ "DROP TRIGGER audit_no_update;"
	  "UPDATE audit SET actor_name = 'ai đó' WHERE seq = 1",
	  "audit: row 1 was changed" },
	{ "DROP TRIGGER audit_no_update;"
	  "UPDATE audit SET origin = '10.0.0.9' WHERE seq = 2",
	  "audit: row 2 was changed" },
	{ "DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 2",
	  "audit: row 2 is missing" },
	{ "DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq >= 6",
	  "has no audit row" },
	{ "UPDATE file SET sha256 = replace(sha256, substr(sha256, 1, 8),"
	  " '00000000') WHERE id = 2",
	  "is missing" },
	{ "UPDATE file SET bytes = bytes + 1 WHERE id = 2", "bytes, not" },
	{ "PRAGMA foreign_keys = OFF; DELETE FROM letter WHERE id = 2",
	  "foreign_key_check" },
	{ "UPDATE folder SET done = '1:3'", "the position is '1:3'" },
	{ "DELETE FROM ledger WHERE uid = 4", "has no line in the ledger" },
	{ "UPDATE letter SET leads = 0 WHERE id = 1",
	  "is not shown exactly once" },
	{ "DELETE FROM job WHERE file_id = 3",
	  "was never given to the reader" },
};

static void test_what_was_tampered_with_is_named(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tamperings) / sizeof(*tamperings); i++) {
		struct intake intake;
		struct fail why = { 0 };
		auto_text found = { 0 };

		fill(&intake);
		store_close(&intake.store);
		tamper(intake.path, tamperings[i].sql);
		intake.store = store_open(intake.path, false, &why);
		assert_non_null(intake.store);
		intake.db = store_writer(intake.store);
		assert_true(intake_verify(&intake, &found) > 0);
		if (!strstr(text_string(&found), tamperings[i].finding))
			fprintf(stderr, "%s\n%s", tamperings[i].sql,
				text_string(&found));
		assert_non_null(strstr(text_string(&found),
				       tamperings[i].finding));
		intake_close(&intake);
	}
}

static void path_of_letter(struct intake *intake, struct text *ret_path)
{
	char hex[DIGEST_HEX_SIZE];
	struct digest digest = digest_of("Subject: thư 3\r\n\r\n", 19);

	digest_print(&digest, hex);
	text_addf(ret_path, "%s/vault/%.2s/%s", intake->path, hex, hex + 2);
}

static void test_one_bit_of_a_file_is_found(void **state)
{
	struct intake intake;
	auto_text path = { 0 };
	auto_text found = { 0 };
	int fd;

	(void)state;
	fill(&intake);
	assert_int_equal(intake_verify(&intake, &found), 0);
	path_of_letter(&intake, &path);
	assert_int_equal(chmod(text_string(&path), 0600), 0);
	fd = open(text_string(&path), O_WRONLY);
	assert_int_equal(pwrite(fd, "s", 1, 0), 1);
	close(fd);
	assert_int_equal(intake_verify(&intake, &found), 1);
	assert_non_null(strstr(text_string(&found), "has changed"));
	assert_int_equal(unlink(text_string(&path)), 0);
	assert_int_equal(intake_verify(&intake, &found), 1);
	assert_non_null(strstr(text_string(&found), "is missing"));
	intake_close(&intake);
}

static bool collect(void *context, const char *json, struct fail *why)
{
	(void)why;
	text_add(context, json);
	return true;
}

static bool backup(struct intake *intake, const char *path,
		   int64_t *ret_files, struct fail *why)
{
	auto_reader *reader = store_reader_create(intake->store, why);

	assert_non_null(reader);
	return backup_write(reader, store_vault(intake->store), path,
			    ret_files, why);
}

static void test_a_backup_brings_everything_back(void **state)
{
	struct intake intake;
	struct intake other = { 0 };
	struct fail why = { 0 };
	auto_text path = { 0 };
	auto_text folder = { 0 };
	auto_text before = { 0 };
	auto_text after = { 0 };
	int64_t files = 0;

	(void)state;
	fill(&intake);
	text_addf(&path, "%s/copy.tar", intake.path);
	text_addf(&folder, "%s/again", intake.path);
	assert_true(backup(&intake, text_string(&path), &files, &why));
	assert_int_equal(files, LETTERS);
	assert_false(backup(&intake, text_string(&path), &files, &why));
	assert_int_equal(why.kind, FAIL_CONFLICT);
	assert_false(backup_restore(text_string(&path), intake.path, &files,
				    &why));
	assert_int_equal(why.kind, FAIL_CONFLICT);
	assert_true(backup_restore(text_string(&path), text_string(&folder),
				   &files, &why));
	other.store = store_open(text_string(&folder), false, &why);
	assert_non_null(other.store);
	other.db = store_writer(other.store);
	assert_true(letter_export(intake.db, collect, &before, &why));
	assert_true(letter_export(other.db, collect, &after, &why));
	assert_string_equal(text_string(&before), text_string(&after));
	assert_int_equal(intake_verify(&other, &after), 0);
	store_close(&other.store);
	intake_close(&intake);
}

static void test_a_damaged_backup_is_refused(void **state)
{
	struct intake intake;
	struct fail why = { 0 };
	struct stat status;
	auto_text path = { 0 };
	auto_text folder = { 0 };
	int64_t files = 0;
	int fd;

	(void)state;
	fill(&intake);
	text_addf(&path, "%s/copy.tar", intake.path);
	text_addf(&folder, "%s/again", intake.path);
	assert_true(backup(&intake, text_string(&path), &files, &why));
	fd = open(text_string(&path), O_RDWR);
	assert_int_equal(fstat(fd, &status), 0);
	/* The last content is one block before the two of the end. */
	assert_int_equal(pwrite(fd, "X", 1, status.st_size - 3 * 512), 1);
	assert_false(backup_restore(text_string(&path), text_string(&folder),
				    &files, &why));
	assert_int_equal(why.kind, FAIL_BROKEN);
	assert_int_equal(ftruncate(fd, status.st_size - 2048), 0);
	assert_false(backup_restore(text_string(&path), text_string(&folder),
				    &files, &why));
	assert_non_null(strstr(why.sentence, "cut"));
	close(fd);
	intake_close(&intake);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_tampered_with_is_named),
		cmocka_unit_test(test_one_bit_of_a_file_is_found),
		cmocka_unit_test(test_a_backup_brings_everything_back),
		cmocka_unit_test(test_a_damaged_backup_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
