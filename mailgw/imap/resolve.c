#include "imap/resolve.h"
#include "base/arena.h"
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

enum {
	LEFT_BEHIND_MAX = 16,
	STACK_SIZE = 128 * 1024
};

/* Shared by the one who asks and the thread; the last one frees it. */
struct question {
	pthread_mutex_t lock;
	pthread_cond_t answered;
	char *host;
	uint16_t port;
	bool done, given_up;
	int error;
	struct addresses addresses;
};

static pthread_mutex_t count_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned running;

static int look_up(const char *host, uint16_t port, int flags,
		   struct addresses *ret_addresses)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
				  .ai_flags = flags };
	struct addrinfo *found = NULL;
	int error = getaddrinfo(host, NULL, &hints, &found);

	ret_addresses->count = 0;
	if (error != 0)
		return error;
	for (struct addrinfo *a = found; a; a = a->ai_next) {
		unsigned i = ret_addresses->count;
		if (i == RESOLVE_MAX)
			break;
		if (a->ai_family != AF_INET && a->ai_family != AF_INET6)
			continue;
		memcpy(&ret_addresses->at[i], a->ai_addr, a->ai_addrlen);
		ret_addresses->size[i] = a->ai_addrlen;
		if (a->ai_family == AF_INET)
			((struct sockaddr_in *)&ret_addresses->at[i])
				->sin_port = htons(port);
		else
			((struct sockaddr_in6 *)&ret_addresses->at[i])
				->sin6_port = htons(port);
		ret_addresses->count++;
	}
	freeaddrinfo(found);
	return 0;
}

static void question_destroy(struct question *question)
{
	pthread_mutex_destroy(&question->lock);
	pthread_cond_destroy(&question->answered);
	memory_free(question->host);
	memory_free(question);
}

static bool may_run(void)
{
	bool room;

	pthread_mutex_lock(&count_lock);
	room = running < LEFT_BEHIND_MAX;
	if (room)
		running++;
	pthread_mutex_unlock(&count_lock);
	return room;
}

static void has_run(void)
{
	pthread_mutex_lock(&count_lock);
	running--;
	pthread_mutex_unlock(&count_lock);
}

static void *answer(void *argument)
{
	struct question *question = argument;
	struct addresses addresses;
	int error = look_up(question->host, question->port, AI_ADDRCONFIG,
			    &addresses);
	bool given_up;

	has_run();
	pthread_mutex_lock(&question->lock);
	question->error = error;
	question->addresses = addresses;
	question->done = true;
	given_up = question->given_up;
	pthread_cond_signal(&question->answered);
	pthread_mutex_unlock(&question->lock);
	if (given_up)
		question_destroy(question);
	return NULL;
}

static bool start(struct question *question)
{
	pthread_attr_t attributes;
	pthread_t thread;
	bool started;

	if (!may_run())
		return false;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, STACK_SIZE);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	started = pthread_create(&thread, &attributes, answer, question) == 0;
	pthread_attr_destroy(&attributes);
	if (!started)
		has_run();
	return started;
}

static struct timespec after(int64_t limit)
{
	struct timespec until;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += limit / 1000;
	until.tv_nsec += (limit % 1000) * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_sec++;
		until.tv_nsec -= 1000000000;
	}
	return until;
}

static struct question *ask(const char *host, uint16_t port)
{
	struct question *question = memory_alloc(sizeof(*question));
	pthread_condattr_t attributes;

	question->host = memory_copy(host);
	question->port = port;
	pthread_mutex_init(&question->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&question->answered, &attributes);
	pthread_condattr_destroy(&attributes);
	if (start(question))
		return question;
	question_destroy(question);
	return NULL;
}

/* True when the thread has answered in time; else it frees the question. */
static bool wait_for(struct question *question, int64_t limit)
{
	struct timespec until = after(limit);
	bool done;

	pthread_mutex_lock(&question->lock);
	while (!question->done)
		if (pthread_cond_timedwait(&question->answered,
					   &question->lock, &until) != 0)
			break;
	done = question->done;
	question->given_up = !done;
	pthread_mutex_unlock(&question->lock);
	return done;
}

static bool no_address(struct fail *why, const char *host, const char *reason)
{
	fail(why, FAIL_REMOTE, "the name '%s' has no address: %s", host,
	     reason);
	return fail_code(why, "dns.failed",
			 "Không tìm thấy địa chỉ của máy chủ thư.");
}

bool resolve(const char *host, uint16_t port, int64_t limit,
	     struct addresses *ret_addresses, struct fail *why)
{
	struct question *question;
	int error;

	if (look_up(host, port, AI_NUMERICHOST, ret_addresses) == 0 &&
	    ret_addresses->count > 0)
		return true;
	question = ask(host, port);
	if (!question)
		return no_address(why, host, "too many names are asked for");
	if (!wait_for(question, limit))
		return no_address(why, host, "no answer in time");
	error = question->error;
	*ret_addresses = question->addresses;
	question_destroy(question);
	if (error != 0)
		return no_address(why, host, gai_strerror(error));
	if (ret_addresses->count == 0)
		return no_address(why, host, "none that can be used");
	return true;
}

bool address_is_loopback(const struct sockaddr_storage *address)
{
	if (address->ss_family == AF_INET) {
		const struct sockaddr_in *four =
			(const struct sockaddr_in *)address;
		return ntohl(four->sin_addr.s_addr) >> 24 == 127;
	}
	if (address->ss_family == AF_INET6) {
		const struct sockaddr_in6 *six =
			(const struct sockaddr_in6 *)address;
		return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr);
	}
	return false;
}
