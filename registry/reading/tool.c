#include "reading/tool.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PRINTED_MAX = 16 * 1024 * 1024,
	PIECE = 64 * 1024
};

/* A reason "tool.catdoc" names the tool. */
static const char prefix[] = "tool.";

bool tool_needed(const struct file_result *result)
{
	const char *reason = result->reading.reason;

	return reason && strncmp(reason, prefix, sizeof(prefix) - 1) == 0;
}

static bool start(const char *path, char *tool, int input, int output,
		  pid_t *ret_pid)
{
	char *const arguments[] = { (char[]){ "registry-reader" },
				    (char[]){ "--tool" }, tool, NULL };
	char *const environment[] = { (char[]){ "LC_ALL=C.UTF-8" }, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	sigset_t none;
	sigset_t all;
	int error;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
	(void)posix_spawn_file_actions_adddup2(&actions, output,
					       STDOUT_FILENO);
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawnattr_setsigmask(&attributes, &none);
	(void)posix_spawnattr_setsigdefault(&attributes, &all);
	(void)posix_spawnattr_setflags(&attributes,
				       POSIX_SPAWN_SETSIGMASK |
					       POSIX_SPAWN_SETSIGDEF);
	error = posix_spawn(ret_pid, path, &actions, &attributes, arguments,
			    environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)posix_spawnattr_destroy(&attributes);
	return error == 0;
}

static bool wait_for(int fd, int64_t end)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

	for (;;) {
		int64_t left = end - moment_ticks();
		int ready = left > 0 ? poll(&poll_fd, 1, (int)left) : 0;

		if (ready > 0)
			return true;
		if (ready == 0 || errno != EINTR)
			return false;
	}
}

/* Everything it prints goes to `to`; false when it is late or prints on. */
static bool drain(int from, int to, int64_t end, size_t *ret_size)
{
	char piece[PIECE];
	struct fail ignored;

	*ret_size = 0;
	for (;;) {
		ssize_t got;

		if (!wait_for(from, end))
			return false;
		got = read(from, piece, sizeof(piece));
		if (got == 0)
			return true;
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0 || *ret_size + (size_t)got > PRINTED_MAX ||
		    !descriptor_write(to, piece, (size_t)got, &ignored))
			return false;
		*ret_size += (size_t)got;
	}
}

static bool run(const struct post *post, const struct jailed_request *asked,
		char *tool, int output, size_t *ret_size)
{
	int64_t end = moment_ticks() + asked->deadline;
	int ends[2] = { -1, -1 };
	pid_t pid = 0;
	int status = 0;
	bool ok;

	if (lseek(asked->content, 0, SEEK_SET) != 0 ||
	    pipe2(ends, O_CLOEXEC) != 0)
		return false;
	ok = start(post->path, tool, asked->content, ends[1], &pid);
	descriptor_close(&ends[1]);
	if (ok)
		ok = drain(ends[0], output, end, ret_size);
	descriptor_close(&ends[0]);
	if (pid > 0 && !ok)
		(void)kill(pid, SIGKILL);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return ok && status == 0;
}

/* Text of the tool through the reader, as if it were a file of its own. */
static bool read_text(struct post *post, const struct jailed_request *asked,
		      struct result_request *take, struct file_result *ret,
		      struct fail *why)
{
	if (!jailed_read(post->jailed, asked, &take->answer, why))
		return false;
	return file_result_take(take, ret, why);
}

bool tool_read(struct post *post, const struct jailed_request *asked,
	       const struct result_request *take, struct file_result *ret,
	       struct fail *why)
{
	const struct file_result before = *ret;
	char *tool = arena_copy(take->arena, before.reading.reason +
						     sizeof(prefix) - 1);
	struct jailed_request again = { .kind = "file",
					.deadline = asked->deadline,
					.name = "text.txt" };
	struct result_request retake = *take;
	auto_fd text = memfd_create("text", MFD_CLOEXEC);

	if (text < 0)
		return descriptor_fail(why, "make", "shared memory");
	if (!run(post, asked, tool, text, &again.size)) {
		ret->reading.reason = "tool";
		return true;
	}
	again.content = text;
	if (!read_text(post, &again, &retake, ret, why)) {
		if (why->kind == FAIL_REMOTE)
			jailed_destroy(&post->jailed);
		return false;
	}
	ret->reading.format = before.reading.format;
	ret->reading.type = before.reading.type;
	return true;
}
