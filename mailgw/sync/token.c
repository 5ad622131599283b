#include "sync/token.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	TOKEN_MAX = 16 * 1024,
	COMMAND_LIMIT = 20 * 1000
};

bool token_is_wanted(const struct gateway_settings *settings, const char *host)
{
	const char *at = settings->oauth_hosts;
	size_t size = strlen(host);

	while (at && *at) {
		size_t part = strcspn(at, ", ");
		if (part == size && strncmp(at, host, size) == 0)
			return true;
		at += part;
		at += strspn(at, ", ");
	}
	return false;
}

static bool take_line(struct bytes content, struct arena *arena,
		      const char **ret_token, struct fail *why)
{
	size_t size = 0;

	while (size < content.size && content.data[size] > 0x20)
		size++;
	if (size == 0)
		return fail(why, FAIL_INVALID, "the XOAUTH2 token is empty");
	*ret_token = arena_copy_part(arena, (const char *)content.data, size);
	return true;
}

static bool read_file(const char *folder, const char *address,
		      struct arena *arena, const char **ret_token,
		      struct fail *why)
{
	struct bytes content;

	if (strchr(address, '/') || address[0] == '.')
		return fail(why, FAIL_INVALID,
			    "the address '%s' cannot name a token file",
			    address);
	return descriptor_read_file(arena_print(arena, "%s/%s", folder,
						address),
				    TOKEN_MAX, arena, &content, why) &&
	       take_line(content, arena, ret_token, why);
}

static bool start(const char *command, const char *address, int output,
		  pid_t *ret_child)
{
	posix_spawn_file_actions_t actions;
	char *path = memory_copy(command), *argument = memory_copy(address);
	char *arguments[] = { path, argument, NULL };
	int error;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null",
					 O_RDONLY, 0);
	error = posix_spawn(ret_child, path, &actions, NULL, arguments,
			    environ);
	posix_spawn_file_actions_destroy(&actions);
	memory_free(path);
	memory_free(argument);
	return error == 0;
}

/* What comes until the end of the output or of the time. */
static size_t collect(int fd, char *buffer, size_t room)
{
	int64_t deadline = moment_ticks() + COMMAND_LIMIT;
	struct pollfd watch = { .fd = fd, .events = POLLIN };
	size_t size = 0;

	while (size < room && moment_ticks() < deadline) {
		ssize_t got;
		if (poll(&watch, 1, (int)(deadline - moment_ticks())) <= 0)
			continue;
		got = read(fd, buffer + size, room - size);
		if (got <= 0)
			break;
		size += (size_t)got;
	}
	return size;
}

static bool run_command(const char *command, const char *address,
			struct arena *arena, const char **ret_token,
			struct fail *why)
{
	char *buffer = arena_alloc(arena, TOKEN_MAX);
	int ends[2];
	int status = -1;
	pid_t child;
	size_t size;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return descriptor_fail(why, "open a pipe to", command);
	if (!start(command, address, ends[1], &child)) {
		descriptor_close(&ends[0]);
		descriptor_close(&ends[1]);
		return fail(why, FAIL_INVALID, "cannot start '%s'", command);
	}
	descriptor_close(&ends[1]);
	size = collect(ends[0], buffer, TOKEN_MAX);
	descriptor_close(&ends[0]);
	(void)kill(child, SIGKILL);
	(void)waitpid(child, &status, 0);
	if (size == 0)
		return fail(why, FAIL_INVALID, "'%s' printed no token",
			    command);
	return take_line((struct bytes){ (unsigned char *)buffer, size },
			 arena, ret_token, why);
}

bool token_read(const struct gateway_settings *settings, const char *address,
		struct arena *arena, const char **ret_token, struct fail *why)
{
	bool good;

	if (settings->oauth_command && *settings->oauth_command)
		good = run_command(settings->oauth_command, address, arena,
				   ret_token, why);
	else if (settings->oauth_file && *settings->oauth_file)
		good = read_file(settings->oauth_file, address, arena,
				 ret_token, why);
	else
		good = fail(why, FAIL_INVALID,
			    "the server wants XOAUTH2, but the settings name "
			    "neither oauth_command nor oauth_file");
	return good || fail_code(why, "token.missing",
				 "Không lấy được mã truy cập XOAUTH2.");
}
