#include "reader/jail.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
/* last: it brings a macro called fail */
#include "support/test.h"

static bool may_open(void)
{
	return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool may_create(void)
{
	return open("/tmp/svb-escape", O_CREAT | O_WRONLY, 0600) >= 0;
}

static bool may_connect(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
	       socket(AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static bool may_fork(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return pid > 0;
}

static bool may_exec(void)
{
	char *const arguments[] = { (char[]){ "/bin/true" }, NULL };

	(void)execv("/bin/true", arguments);
	return false; /* /bin/true would have ended with 0 */
}

static bool may_kill(void)
{
	return kill(getppid(), 0) == 0;
}

static bool may_look(void)
{
	struct stat status;

	return stat("/etc/passwd", &status) == 0;
}

static bool may_run_memory(void)
{
	return mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static bool may_trace(void)
{
	return syscall(SYS_ptrace, 0, 0, 0, 0) >= 0;
}

static bool may_raise_limits(void)
{
	return syscall(SYS_prlimit64, 0, 4, NULL, NULL) == 0;
}

/* 7: it was held back; anything else: it escaped. Before the jail each of
 * these works, or the test would prove nothing. */
static int ends_with(bool (*attempt)(void), bool jailed)
{
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		struct fail why = { 0 };

		if (jailed && !jail_close(0, &why))
			_exit(1);
		_exit(attempt() ? 2 : 7);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void test_nothing_leaves_the_jail(void **state)
{
	bool (*const attempts[])(void) = { may_open, may_create,
					   may_connect, may_fork,
					   may_exec, may_kill,
					   may_look, may_run_memory,
					   may_trace, may_raise_limits };

	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		if (ends_with(attempts[i], true) != 7)
			fail_msg("attempt %zu escaped", i);
		if (attempts[i] != may_exec &&
		    ends_with(attempts[i], false) != 2)
			fail_msg("attempt %zu proves nothing", i);
	}
	assert_int_equal(ends_with(may_exec, false), 0);
	(void)unlink("/tmp/svb-escape");
}

static bool may_compute(void)
{
	char *block = malloc(1 << 20);
	bool ok = block != NULL;

	if (ok)
		memset(block, 1, 1 << 20);
	free(block);
	return ok;
}

static void test_memory_is_there(void **state)
{
	(void)state;
	assert_int_equal(ends_with(may_compute, true), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_leaves_the_jail),
		cmocka_unit_test(test_memory_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
