/*
 * Any bytes as what a mail server says, through our transport driver.
 *
 * libetpan may crash on them, which is why passes run in shards; a process of
 * its own takes each input here too. What must hold: it ends within its
 * deadline, and none of our own code touches memory wrongly.
 */
#include "base/moment.h"
#include "imap/session.h"
#include <assert.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

enum {
	INPUT_MAX = 32 * 1024,
	COMMAND_LIMIT = 200,
	CHILD_LIMIT = 5000
};

/* A crash inside libetpan stays a signal; a finding of ours is an exit. */
const char *__asan_default_options(void)
{
	return "handle_segv=0:handle_sigbus=0:handle_abort=0:"
	       "handle_sigfpe=0:detect_leaks=0:allocator_may_return_null=1";
}

static bool take(void *context, uint32_t uid, const void *data, size_t size,
		 struct fail *why)
{
	volatile unsigned char *sum = context;

	(void)uid;
	(void)why;
	for (size_t i = 0; i < size; i++)
		*sum = (unsigned char)(*sum + ((const unsigned char *)data)[i]);
	return true;
}

static void converse(struct session *session)
{
	auto_arena *arena = arena_create(0);
	unsigned char sum = 0;
	auto_uids uids = { 0 };
	const struct piece_request request = { .uids = &uids,
					       .size = SESSION_PIECE_MAX,
					       .budget = 1 << 20,
					       .take = take,
					       .context = &sum };
	struct folder_status status;
	struct listing listing;
	struct fail why = { 0 };

	uids_add(&uids, 1, 50);
	if (session_status(session, "INBOX", &status, &why) &&
	    session_examine(session, "INBOX", &status, &why) &&
	    session_list(session, &uids, arena, &listing, &why) &&
	    session_fetch(session, &request, &why) &&
	    session_may_idle(session))
		(void)session_idle_begin(session, &why);
}

static void hear(const uint8_t *data, size_t size)
{
	static const char greeting[] =
		"* PREAUTH [CAPABILITY IMAP4rev1 IDLE] x"
		"\r\n";
	struct session *session;
	struct fail why = { 0 };
	int ends[2];

	assert(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0);
	assert(write(ends[1], greeting, sizeof(greeting) - 1) > 0);
	if (size > 0)
		assert(write(ends[1], data, size) == (ssize_t)size);
	shutdown(ends[1], SHUT_WR);
	session = session_adopt(ends[0], COMMAND_LIMIT, &why);
	if (session)
		converse(session);
	session_close(&session);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int64_t end = moment_ticks() + CHILD_LIMIT;
	int status = 0;
	pid_t child;

	if (size > INPUT_MAX)
		return 0;
	child = fork();
	if (child == 0) {
		(void)signal(SIGSEGV, SIG_DFL);
		(void)signal(SIGABRT, SIG_DFL);
		hear(data, size);
		_exit(0);
	}
	while (waitpid(child, &status, WNOHANG) == 0) {
		if (moment_ticks() > end) {
			(void)kill(child, SIGKILL);
			(void)waitpid(child, &status, 0);
			abort(); /* it spins */
		}
		(void)usleep(200);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) != 0)
		abort(); /* a sanitizer speaks */
	return 0;
}
