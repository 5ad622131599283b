#include "base/descriptor.h"
#include "support/test.h"
#include <fcntl.h>
#include <sys/stat.h>

static struct arena *arena;
static const char *folder;

static void test_what_was_written_is_read(void **state)
{
	char *path = arena_print(arena, "%s/file", folder);
	struct bytes content = { (const unsigned char *)"a\0đ\n", 5 }, read;
	struct stat status;
	struct fail why;

	(void)state;
	assert_true(descriptor_write_file(path, content, 0600, &why));
	assert_true(descriptor_read_file(path, 5, arena, &read, &why));
	assert_int_equal(read.size, content.size);
	assert_memory_equal(read.data, content.data, content.size);
	assert_int_equal(read.data[read.size], 0);
	assert_int_equal(stat(path, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0600);
	/* the temporary name is gone */
	assert_int_equal(access(arena_print(arena, "%s.new", path), F_OK), -1);
	assert_false(descriptor_read_file(path, 4, arena, &read, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
	assert_int_equal(unlink(path), 0);
}

static void test_errors_have_the_kind_that_callers_act_on(void **state)
{
	struct bytes read;
	struct fail why;

	(void)state;
	assert_false(descriptor_read_file("/nowhere/x", 1, arena, &read, &why));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
	assert_non_null(strstr(why.sentence, "/nowhere/x"));
	assert_false(descriptor_read_file("/etc/hostname/x", 1, arena, &read,
					  &why));
	assert_int_equal(why.kind, FAIL_NOT_FOUND);
}

static void test_a_full_disk_is_said_so(void **state)
{
	struct fail why;
	auto_fd fd = descriptor_open("/dev/full", O_WRONLY, 0, &why);

	(void)state;
	assert_true(fd >= 0);
	assert_false(descriptor_write(fd, "x", 1, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
	assert_string_equal(why.code, "disk.full");
	assert_non_null(why.hint);
}

static void test_programs_started_later_do_not_inherit(void **state)
{
	struct fail why;
	auto_fd fd = descriptor_open("/dev/null", O_RDONLY, 0, &why);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(fcntl(fd, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	descriptor_close(&fd);
	assert_int_equal(fd, -1);
	descriptor_close(&fd);
}

static void test_a_write_through_a_small_pipe_is_whole(void **state)
{
	static char content[300000];
	size_t have = 0;
	struct fail why;
	int ends[2];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	child = fork();
	if (child == 0) {
		(void)close(ends[0]);
		memset(content, 'x', sizeof(content));
		_exit(descriptor_write(ends[1], content, sizeof(content),
				       &why)
			      ? 0
			      : 1);
	}
	(void)close(ends[1]);
	for (;;) {
		ssize_t got = read(ends[0], content, sizeof(content));
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	(void)close(ends[0]);
	assert_int_equal(have, sizeof(content));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_written_is_read),
		cmocka_unit_test(test_errors_have_the_kind_that_callers_act_on),
		cmocka_unit_test(test_a_full_disk_is_said_so),
		cmocka_unit_test(test_programs_started_later_do_not_inherit),
		cmocka_unit_test(test_a_write_through_a_small_pipe_is_whole),
	};
	int failed;

	folder = test_folder();
	arena = arena_create(0);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_destroy(&arena);
	(void)rmdir(folder);
	return failed;
}
