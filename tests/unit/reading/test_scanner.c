#include "reading/scanner.h"
#include "support/test.h"
/* a scripted clamd on a socket of its own */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/un.h>

struct clamd {
	char path[80];
	int listening;
	const char *reply;
	size_t stream_max; /* closes when it got more; 0: never */
	size_t got;
	bool hears_end;
	pthread_t thread;
};

static bool read_whole(int fd, void *to, size_t size)
{
	char *at = to;

	while (size > 0) {
		ssize_t got = read(fd, at, size);

		if (got <= 0)
			return false;
		at += got;
		size -= (size_t)got;
	}
	return true;
}

static void hear(struct clamd *clamd, int fd)
{
	char command[10];
	char piece[65536];
	uint32_t length;

	if (!read_whole(fd, command, sizeof(command)) ||
	    memcmp(command, "zINSTREAM", sizeof(command)) != 0)
		return;
	while (read_whole(fd, &length, sizeof(length))) {
		length = ntohl(length);
		if (length == 0) {
			clamd->hears_end = true;
			return;
		}
		if (length > sizeof(piece) || !read_whole(fd, piece, length))
			return;
		clamd->got += length;
		if (clamd->stream_max && clamd->got > clamd->stream_max)
			return;
	}
}

static void *serve(void *context)
{
	struct clamd *clamd = context;
	int fd = accept(clamd->listening, NULL, NULL);

	hear(clamd, fd);
	if (clamd->reply)
		(void)!write(fd, clamd->reply, strlen(clamd->reply) + 1);
	else
		(void)usleep(400 * 1000); /* says nothing in time */
	close(fd);
	return NULL;
}

static void start(struct clamd *clamd)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const char *folder = test_folder();

	for (size_t i = 0; i <= strlen(folder); i++)
		clamd->path[i] = folder[i];
	memcpy(clamd->path + strlen(folder), "/s", 3);
	memcpy(address.sun_path, clamd->path, strlen(clamd->path) + 1);
	clamd->listening = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_int_equal(bind(clamd->listening, (struct sockaddr *)&address,
			      sizeof(address)),
			 0);
	assert_int_equal(listen(clamd->listening, 1), 0);
	assert_int_equal(pthread_create(&clamd->thread, NULL, serve, clamd),
			 0);
}

static void stop(struct clamd *clamd)
{
	(void)pthread_join(clamd->thread, NULL);
	close(clamd->listening);
	(void)unlink(clamd->path);
	*strrchr(clamd->path, '/') = '\0';
	(void)rmdir(clamd->path);
}

static struct scanner_answer ask(struct clamd *clamd, size_t size)
{
	struct scanner_request request = { .path = clamd->path,
					   .size = size,
					   .deadline = 200 };
	struct scanner_answer answer;
	FILE *file = tmpfile();

	assert_int_equal(ftruncate(fileno(file), (off_t)size), 0);
	request.content = fileno(file);
	answer = scanner_ask(&request);
	(void)fclose(file);
	return answer;
}

static struct scanner_answer scan(struct clamd *clamd, size_t size)
{
	struct scanner_answer answer;

	start(clamd);
	answer = ask(clamd, size);
	stop(clamd);
	return answer;
}

static void test_clean_is_clean(void **state)
{
	struct clamd clamd = { .reply = "stream: OK" };
	struct scanner_answer answer = scan(&clamd, 200001);

	(void)state;
	assert_int_equal(answer.verdict, SCANNER_CLEAN);
	assert_int_equal(clamd.got, 200001);
	assert_true(clamd.hears_end);
}

static void test_a_virus_has_a_name(void **state)
{
	struct clamd clamd = { .reply = "stream: Eicar-Signature FOUND" };
	struct scanner_answer answer = scan(&clamd, 68);

	(void)state;
	assert_int_equal(answer.verdict, SCANNER_FOUND);
	assert_string_equal(answer.said, "Eicar-Signature");
}

static void test_too_large_is_no_failure_of_the_scanner(void **state)
{
	struct clamd clamd = {
		.reply = "INSTREAM size limit exceeded. ERROR",
		.stream_max = 100000,
	};
	struct scanner_answer answer = scan(&clamd, 4000000);

	(void)state;
	assert_int_equal(answer.verdict, SCANNER_TOO_LARGE);
}

static void test_nonsense_silence_and_absence_are_failures(void **state)
{
	struct clamd silent = { .reply = NULL };
	struct clamd odd = { .reply = "stream: Can't allocate ERROR" };
	struct clamd absent = { .path = "/nonexistent/clamd" };

	(void)state;
	assert_int_equal(scan(&silent, 10).verdict, SCANNER_FAILED);
	assert_int_equal(scan(&odd, 10).verdict, SCANNER_FAILED);
	assert_int_equal(ask(&absent, 10).verdict, SCANNER_FAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean_is_clean),
		cmocka_unit_test(test_a_virus_has_a_name),
		cmocka_unit_test(test_too_large_is_no_failure_of_the_scanner),
		cmocka_unit_test(
			test_nonsense_silence_and_absence_are_failures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
