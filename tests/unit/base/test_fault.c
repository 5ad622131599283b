#include "base/fault.h"
#include "support/test.h"
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>

/* Runs five steps in a child with these variables; its wait status. */
static int run(const char *step, const char *count_file)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		(void)close(STDERR_FILENO);
		(void)unsetenv("SVB_FAULT_STEP");
		(void)unsetenv("SVB_FAULT_COUNT");
		if (step)
			(void)setenv("SVB_FAULT_STEP", step, 1);
		if (count_file)
			(void)setenv("SVB_FAULT_COUNT", count_file, 1);
		fault_open();
		for (int i = 0; i < 5; i++)
			fault_step("test");
		exit(7);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void test_without_variables_nothing_happens(void **state)
{
	int status = run(NULL, NULL);

	(void)state;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 7);
}

static void test_dies_at_its_step_and_only_there(void **state)
{
	static const char *const steps[] = { "1", "5", "6" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		int status = run(steps[i], NULL);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGKILL);
	}
	assert_true(WIFEXITED(run(steps[2], NULL)));
}

static void test_steps_are_counted(void **state)
{
	char *folder = test_folder(), path[80], line[16] = "";
	FILE *file;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/count", folder);
	(void)run(NULL, path);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_non_null(fgets(line, sizeof(line), file));
	(void)fclose(file);
	assert_string_equal(line, "5\n");
	(void)unlink(path);
	(void)rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_variables_nothing_happens),
		cmocka_unit_test(test_dies_at_its_step_and_only_there),
		cmocka_unit_test(test_steps_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
