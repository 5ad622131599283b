/* A process that must end says why first, in the jail as well. */
#include "base/tree.h"
#include "reader/jail.h"
#include "reader/last_words.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
/* last: it brings a macro called fail */
#include "support/test.h"

enum {
	ROOM = 4096
};

static const char file[] = "%PDF-1.7\n";
static unsigned char *answer; /* shared with the child */

static void compute(void)
{
	for (volatile unsigned i = 0;; i++)
		;
}

static void run_out_of_memory(void)
{
	abort(); /* as malloc's callers do */
}

static void live(void (*end)(void), int socket, bool has_answer)
{
	struct last_words words = {
		.socket = socket,
		.answer = has_answer ? answer : NULL,
		.room = ROOM,
		.content = { (const unsigned char *)file, sizeof(file) - 1 },
		.name = "a.pdf",
		.seconds = 1
	};
	struct fail why = { 0 };

	last_words_open();
	if (!jail_close(0, &why))
		_exit(3);
	last_words_arm(&words);
	end();
}

static struct tree *last_words_of(void (*end)(void), bool has_answer)
{
	int ends[2], status = 0;
	char words[256];
	struct fail why = { 0 };
	struct tree *reply;
	ssize_t size;
	pid_t pid;

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	pid = fork();
	if (pid == 0) {
		live(end, ends[1], has_answer);
		_exit(4);
	}
	(void)close(ends[1]);
	size = read(ends[0], words, sizeof(words));
	(void)close(ends[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 1);
	assert_true(size > 0);
	reply = tree_parse((struct bytes){ (unsigned char *)words,
					   (size_t)size },
			   &why);
	assert_non_null(reply);
	return reply;
}

static void check_answer(void (*end)(void), const char *reason)
{
	auto_tree *reply = last_words_of(end, true);
	struct bytes json = { answer, (size_t)tree_int(reply, "size", 0) };
	struct fail why = { 0 };
	auto_tree *read = tree_parse(json, &why);

	assert_non_null(read);
	assert_string_equal(tree_text(read, "format", ""), "pdf");
	assert_string_equal(tree_text(read, "reason", ""), reason);
	assert_true(tree_has(read, "letterhead"));
}

static void test_file_gets_an_answer(void **state)
{
	(void)state;
	check_answer(compute, "limit.time");
	check_answer(run_out_of_memory, "limit.memory");
}

static void test_others_get_a_failure(void **state)
{
	auto_tree *late = last_words_of(compute, false);
	auto_tree *large = last_words_of(run_out_of_memory, false);

	(void)state;
	assert_string_equal(tree_text(late, "kind", ""), "limit");
	assert_string_equal(tree_text(late, "reason", ""), "limit.time");
	assert_string_equal(tree_text(large, "reason", ""), "limit.memory");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_file_gets_an_answer),
		cmocka_unit_test(test_others_get_a_failure),
	};

	answer = mmap(NULL, ROOM, PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (answer == MAP_FAILED)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
