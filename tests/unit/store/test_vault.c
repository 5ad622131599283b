#include "base/text.h"
#include "store/vault.h"
#include "unit/store/folder.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

static const char content[] = "Kính gửi: Ủy ban nhân dân tỉnh";

static struct vault *open_vault(const char *path)
{
	struct fail why = { 0 };
	struct vault *vault = vault_open(path, true, &why);

	assert_non_null(vault);
	return vault;
}

static struct digest put(struct vault *vault)
{
	struct fail why = { 0 };
	struct digest digest;

	assert_true(vault_add(vault, content, sizeof(content), &digest, &why));
	return digest;
}

static void path_of(const char *folder, const struct digest *digest,
		    struct text *ret_path)
{
	char hex[DIGEST_HEX_SIZE];

	digest_print(digest, hex);
	text_addf(ret_path, "%s/vault/%.2s/%s", folder, hex, hex + 2);
}

static void test_content_comes_back_by_its_digest(void **state)
{
	char *path = test_folder();
	struct vault *vault = open_vault(path);
	struct digest digest = put(vault);
	struct digest expected = digest_of(content, sizeof(content));
	struct fail why = { 0 };
	char found[100];
	int64_t size = 0;
	int fd;

	(void)state;
	assert_true(digest_equal(&digest, &expected));
	assert_true(vault_flush(vault, &why));
	assert_true(vault_check(vault, &digest, &size, &why));
	assert_int_equal(size, sizeof(content));
	fd = vault_open_file(vault, &digest, &why);
	assert_int_equal(read(fd, found, sizeof(found)), sizeof(content));
	assert_memory_equal(found, content, sizeof(content));
	close(fd);
	digest.bytes[0] ^= 1;
	assert_int_equal(vault_open_file(vault, &digest, &why), -1);
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	vault_close(&vault);
	folder_remove(path);
}

/* After a power cut a renamed file may be empty: a second upload heals it. */
static void test_a_torn_file_is_replaced_by_a_new_upload(void **state)
{
	char *path = test_folder();
	struct vault *vault = open_vault(path);
	struct digest digest = put(vault);
	struct fail why = { 0 };
	auto_text file = { 0 };

	(void)state;
	path_of(path, &digest, &file);
	assert_int_equal(truncate(text_string(&file), 3), 0);
	assert_false(vault_check(vault, &digest, NULL, &why));
	assert_int_equal(why.kind, FAIL_BROKEN);
	assert_string_equal(why.code, "vault.damaged");
	put(vault);
	assert_true(vault_check(vault, &digest, NULL, &why));
	vault_close(&vault);
	folder_remove(path);
}

static bool count_one(void *context, const struct digest *digest,
		      const char *path, struct fail *why)
{
	size_t *counts = context;

	(void)path;
	(void)why;
	counts[digest ? 0 : 1]++;
	return true;
}

/* Begins an upload and ends without a word. */
static void die_in_an_upload(const char *path)
{
	pid_t child = fork();
	int status;

	assert_true(child >= 0);
	if (child == 0) {
		struct fail why = { 0 };
		struct vault *vault = vault_open(path, true, &why);
		struct vault_upload *upload = vault_upload_begin(vault, &why);

		_exit(vault_upload_add(upload, content, 5, &why) ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void test_what_was_begun_and_not_finished_is_gone(void **state)
{
	char *path = test_folder();
	struct vault *vault;
	struct fail why = { 0 };
	size_t counts[2] = { 0, 0 };
	auto_text left = { 0 };

	(void)state;
	die_in_an_upload(path);
	text_addf(&left, "%s/vault/new/0000000000000000", path);
	assert_int_equal(access(text_string(&left), F_OK), 0);
	vault = open_vault(path);
	assert_int_not_equal(access(text_string(&left), F_OK), 0);
	put(vault);
	put(vault);
	assert_true(vault_list(vault, count_one, counts, &why));
	assert_int_equal(counts[0], 1);
	assert_int_equal(counts[1], 0);
	vault_close(&vault);
	folder_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_content_comes_back_by_its_digest),
		cmocka_unit_test(test_a_torn_file_is_replaced_by_a_new_upload),
		cmocka_unit_test(test_what_was_begun_and_not_finished_is_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
