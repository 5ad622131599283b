#include "reading/jailed.h"
#include "base/arena.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include "base/tree.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	SOCKET_OF_CHILD = 3,
	MESSAGE_MAX = 4096,
	ANSWER_ROOM = 32 * 1024 * 1024,
	ROOM_MIN = 8 * 1024 * 1024,
	ROOM_KEPT = 64 * 1024 * 1024, /* what is used over it is given back */
	/* Members of archives; address space only, until it is used. */
	ROOM_OF_FILE = 256 * 1024 * 1024,
	SPARE = 1024 * 1024,
	SLICE = 200,	 /* milliseconds until the next look at `stop` */
	NAME_SIZE = 1000 /* longer names say nothing */
};

struct jailed {
	pid_t pid;
	int socket;
	int memory; /* memfd of room + ANSWER_ROOM bytes */
	unsigned char *at;
	size_t room;
	char *json;
};

static bool start_process(struct jailed *jailed, const char *path, int socket,
			  struct fail *why)
{
	char *const arguments[] = { (char[]){ "registry-reader" }, NULL };
	char *const environment[] = { (char[]){ "LC_ALL=C.UTF-8" }, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	const short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	sigset_t none;
	sigset_t all;
	int error;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_addopen(&actions, STDIN_FILENO,
					       "/dev/null", O_RDONLY, 0);
	(void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO,
					       "/dev/null", O_WRONLY, 0);
	(void)posix_spawn_file_actions_adddup2(&actions, socket,
					       SOCKET_OF_CHILD);
	(void)posix_spawnattr_init(&attributes);
	(void)posix_spawnattr_setsigmask(&attributes, &none);
	(void)posix_spawnattr_setsigdefault(&attributes, &all);
	(void)posix_spawnattr_setflags(&attributes, flags);
	error = posix_spawn(&jailed->pid, path, &actions, &attributes,
			    arguments, environment);
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)posix_spawnattr_destroy(&attributes);
	if (error == 0)
		return true;
	jailed->pid = 0;
	return fail(why, FAIL_BROKEN, "start '%s': %s", path,
		    strerror(error));
}

struct jailed *jailed_create(const char *path, struct fail *why)
{
	struct jailed *jailed = memory_alloc(sizeof(*jailed));
	int pair[2] = { -1, -1 };
	bool ok;

	jailed->memory = -1;
	jailed->socket = -1;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		ok = descriptor_fail(why, "make a socket for", path);
	else
		ok = start_process(jailed, path, pair[1], why);
	jailed->socket = pair[0];
	descriptor_close(&pair[1]);
	if (!ok)
		jailed_destroy(&jailed);
	return jailed;
}

static void release_memory(struct jailed *jailed)
{
	if (jailed->at)
		(void)munmap(jailed->at, jailed->room + ANSWER_ROOM);
	jailed->at = NULL;
	jailed->room = 0;
	descriptor_close(&jailed->memory);
}

void jailed_destroy(struct jailed **jailed)
{
	struct jailed *ending = *jailed;

	if (!ending)
		return;
	*jailed = NULL;
	descriptor_close(&ending->socket);
	if (ending->pid > 0) {
		(void)kill(ending->pid, SIGKILL);
		while (waitpid(ending->pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	release_memory(ending);
	memory_free(ending->json);
	memory_free(ending);
}

/* Sealed, so that the other side cannot make it smaller under our feet. */
static bool make_memory(struct jailed *jailed, size_t room, struct fail *why)
{
	const int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
	size_t all = room + ANSWER_ROOM;
	void *at;

	release_memory(jailed);
	jailed->memory = memfd_create("letter",
				      MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (jailed->memory < 0 || ftruncate(jailed->memory, (off_t)all) != 0 ||
	    fcntl(jailed->memory, F_ADD_SEALS, seals) != 0)
		return descriptor_fail(why, "make", "shared memory");
	at = mmap(NULL, all, PROT_READ, MAP_SHARED, jailed->memory, 0);
	if (at == MAP_FAILED)
		return descriptor_fail(why, "map", "shared memory");
	jailed->at = at;
	jailed->room = room;
	return true;
}

/* What a large letter or archive filled is not kept for small ones. */
static void trim_memory(const struct jailed *jailed)
{
	const int holes = FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE;
	struct stat status;

	if (fstat(jailed->memory, &status) == 0 &&
	    status.st_blocks * 512 > ROOM_KEPT)
		(void)fallocate(jailed->memory, holes, 0,
				(off_t)(jailed->room + ANSWER_ROOM));
}

static bool need_room(struct jailed *jailed,
		      const struct jailed_request *request, struct fail *why)
{
	size_t need = request->size + request->size / 4 + SPARE;
	size_t room = ROOM_MIN;

	if (strcmp(request->kind, "mail") != 0 && need < ROOM_OF_FILE)
		need = ROOM_OF_FILE;
	if (jailed->room >= need) {
		trim_memory(jailed);
		return true;
	}
	while (room < need)
		room *= 2;
	return make_memory(jailed, room, why);
}

/* So many seconds more of processor time than it has used up to now. */
static void renew_time(const struct jailed *jailed, int64_t milliseconds)
{
	struct timespec used = { 0 };
	struct rlimit limit = { RLIM_INFINITY, RLIM_INFINITY };
	clockid_t clock;

	if (clock_getcpuclockid(jailed->pid, &clock) != 0 ||
	    clock_gettime(clock, &used) != 0)
		return;
	limit.rlim_cur =
		(rlim_t)used.tv_sec + (rlim_t)(milliseconds / 1000) + 2;
	(void)prlimit(jailed->pid, RLIMIT_CPU, &limit, NULL);
}

static void print_request(const struct jailed *jailed,
			  const struct jailed_request *request,
			  struct text *json)
{
	auto_tree *asked = tree_create();
	bool is_file = strcmp(request->kind, "file") == 0;

	tree_set_text(asked, "kind", request->kind);
	tree_set_int(asked, "size", (int64_t)request->size);
	tree_set_int(asked, "room", (int64_t)jailed->room);
	tree_set_int(asked, "answer", ANSWER_ROOM);
	if (is_file)
		tree_set_bool(asked, "recognise", request->recognise);
	if (is_file && request->name && strlen(request->name) <= NAME_SIZE)
		tree_set_text(asked, "name", request->name);
	if (strcmp(request->kind, "page") == 0) {
		tree_set_int(asked, "page", request->page);
		tree_set_int(asked, "width", request->width);
	}
	tree_print(asked, json);
}

static bool send_request(const struct jailed *jailed,
			 const struct jailed_request *request,
			 struct fail *why)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = { 0 };
	const int fds[2] = { request->content, jailed->memory };
	auto_text json = { 0 };
	struct iovec piece;
	struct msghdr header = { .msg_iov = &piece,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes) };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&header);

	print_request(jailed, request, &json);
	piece.iov_base = json.string;
	piece.iov_len = json.size;
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(sizeof(fds));
	memcpy(CMSG_DATA(rights), fds, sizeof(fds));
	if (sendmsg(jailed->socket, &header, MSG_NOSIGNAL) !=
	    (ssize_t)json.size)
		return fail(why, FAIL_REMOTE, "the reader is gone");
	return true;
}

static bool is_stopped(const struct jailed_request *request)
{
	return request->stop && atomic_load(request->stop);
}

/* False when the time is over, the reader ended, or nobody waits any more. */
static bool wait_reply(const struct jailed *jailed,
		       const struct jailed_request *request, struct fail *why)
{
	const int64_t end = moment_ticks() + request->deadline;

	while (!is_stopped(request)) {
		struct pollfd poll_fd = { .fd = jailed->socket,
					  .events = POLLIN };
		int64_t left = end - moment_ticks();
		int64_t slice = request->stop && left > SLICE ? SLICE : left;
		int ready;

		if (left <= 0)
			return fail(why, FAIL_REMOTE,
				    "the reader took longer than %lld ms",
				    (long long)request->deadline);
		ready = poll(&poll_fd, 1, (int)slice);
		if (ready > 0)
			return true;
		if (ready < 0 && errno != EINTR)
			return fail(why, FAIL_REMOTE, "poll: %s",
				    strerror(errno));
	}
	return fail(why, FAIL_BUSY, "reading stops");
}

/* The reader's word about a letter: a limit, or that it cannot be read. */
static bool refused(const struct tree *reply, struct fail *why)
{
	const char *kind = tree_text(reply, "kind", "");

	return fail(why,
		    strcmp(kind, "limit") == 0 ? FAIL_LIMIT : FAIL_INVALID,
		    "%s", tree_text(reply, "reason", "no reason given"));
}

static bool take_reply(struct jailed *jailed, const char *message, size_t size,
		       struct jailed_answer *ret_answer, struct fail *why)
{
	struct fail ignored = { 0 };
	auto_tree *reply = tree_parse(
		(struct bytes){ (const unsigned char *)message, size },
		&ignored);
	int64_t json;

	if (!reply)
		return fail(why, FAIL_REMOTE, "the reader talks nonsense");
	if (tree_has(reply, "kind"))
		return refused(reply, why);
	json = tree_int(reply, "size", -1);
	if (json < 0 || json > ANSWER_ROOM)
		return fail(why, FAIL_REMOTE, "the reader talks nonsense");
	jailed->json = memory_grow(jailed->json, (size_t)json + 1);
	memcpy(jailed->json, jailed->at + jailed->room, (size_t)json);
	ret_answer->json = (struct bytes){ (unsigned char *)jailed->json,
					   (size_t)json };
	ret_answer->room = (struct bytes){ jailed->at, jailed->room };
	return true;
}

bool jailed_read(struct jailed *jailed, const struct jailed_request *request,
		 struct jailed_answer *ret_answer, struct fail *why)
{
	char message[MESSAGE_MAX];
	ssize_t got;

	if (!need_room(jailed, request, why))
		return false;
	renew_time(jailed, request->deadline);
	if (!send_request(jailed, request, why) ||
	    !wait_reply(jailed, request, why))
		return false;
	got = recv(jailed->socket, message, sizeof(message), 0);
	if (got <= 0)
		return fail(why, FAIL_REMOTE, "the reader crashed");
	return take_reply(jailed, message, (size_t)got, ret_answer, why);
}
