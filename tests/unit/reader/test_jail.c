#include "reader/jail.h"
#include "reader/pdf.h"
#include "reader/pdf_signature.h"
#include "reader/recognise.h"
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

/* abort(3) may reach the process itself, nothing may reach another. */
static bool may_signal_others(void)
{
	return syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 ||
	       syscall(SYS_tkill, getppid(), 0) == 0;
}

static bool may_use_other_calls(void)
{
	char *const nothing[] = { NULL };

	return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY) >= 0 ||
	       syscall(SYS_memfd_create, "a", 0) >= 0 ||
	       syscall(SYS_vfork) >= 0 ||
	       syscall(SYS_clone3, NULL, 0) >= 0 ||
	       syscall(SYS_execveat, AT_FDCWD, "/bin/true", nothing, nothing,
		       0) >= 0 ||
	       socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){ 0 }) == 0;
}

/* What the libraries of the formats have loaded opens no door. */
static bool may_open_after_loading(void)
{
	return may_open() || may_connect() || may_fork() || may_exec();
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
					   may_trace, may_raise_limits,
					   may_signal_others,
					   may_use_other_calls,
					   may_open_after_loading };

	(void)state;
	for (size_t i = 0; i < sizeof(attempts) / sizeof(attempts[0]); i++) {
		if (ends_with(attempts[i], true) != 7)
			fail_msg("attempt %zu escaped", i);
		if (attempts[i] != may_exec &&
		    attempts[i] != may_use_other_calls &&
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

	pdf_open();
	pdf_signature_open(NULL);
	recognise_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
