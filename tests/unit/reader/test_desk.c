/* The whole program in its jail, asked as the registry asks it. */
#include "base/text.h"
#include "base/tree.h"
#include "support/pdf.h"
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
/* last: it brings a macro called fail */
#include "support/test.h"

enum {
	ROOM = 4 * 1024 * 1024,
	ANSWER = 1024 * 1024
};

struct asked {
	pid_t pid;
	int socket;
	int memory;
	unsigned char *at; /* room, then answer */
};

static struct asked reader;

static int open_reader(void **state)
{
	char *const arguments[] = { (char[]){ "registry-reader" }, NULL };
	char *const environment[] = { (char[]){ "LC_ALL=C.UTF-8" }, NULL };
	posix_spawn_file_actions_t actions;
	int ends[2];

	(void)state;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return -1;
	(void)posix_spawn_file_actions_init(&actions);
	(void)posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
	if (posix_spawn(&reader.pid, TEST_BIN_DIR "/registry-reader",
			&actions, NULL, arguments, environment) != 0)
		return -1;
	(void)posix_spawn_file_actions_destroy(&actions);
	(void)close(ends[1]);
	reader.socket = ends[0];
	reader.memory = memfd_create("room", MFD_CLOEXEC);
	if (ftruncate(reader.memory, ROOM + ANSWER) != 0)
		return -1;
	reader.at = mmap(NULL, ROOM + ANSWER, PROT_READ, MAP_SHARED,
			 reader.memory, 0);
	return reader.at == MAP_FAILED ? -1 : 0;
}

static int close_reader(void **state)
{
	int status = 0;

	(void)state;
	(void)close(reader.socket);
	(void)waitpid(reader.pid, &status, 0);
	(void)munmap(reader.at, ROOM + ANSWER);
	(void)close(reader.memory);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

static void send_request(const char *json, const int fds[2])
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control = { 0 };
	struct iovec piece = { (char *)(uintptr_t)json, strlen(json) };
	struct msghdr header = { .msg_iov = &piece,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes) };
	struct cmsghdr *rights = CMSG_FIRSTHDR(&header);

	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(2 * sizeof(int));
	memcpy(CMSG_DATA(rights), fds, 2 * sizeof(int));
	assert_int_equal(sendmsg(reader.socket, &header, 0), piece.iov_len);
}

/* `more`: members of the request beside the sizes. The reply. */
static struct tree *ask(struct bytes content, const char *more)
{
	int fds[2] = { memfd_create("content", MFD_CLOEXEC), reader.memory };
	auto_text request = { 0 };
	struct fail why = { 0 };
	char reply[4096];
	ssize_t size;

	assert_int_equal(write(fds[0], content.data, content.size),
			 content.size);
	text_addf(&request, "{\"size\":%zu,\"room\":%d,\"answer\":%d,%s}",
		  content.size, ROOM, ANSWER, more);
	send_request(request.string, fds);
	(void)close(fds[0]);
	size = read(reader.socket, reply, sizeof(reply));
	assert_true(size > 0);
	return tree_parse((struct bytes){ (unsigned char *)reply,
					  (size_t)size },
			  &why);
}

static struct tree *answer_of(struct bytes content, const char *more)
{
	auto_tree *reply = ask(content, more);
	struct fail why = { 0 };
	struct tree *answer;

	if (!tree_has(reply, "size"))
		fail_msg("%s", tree_text(reply, "reason", ""));
	answer = tree_parse((struct bytes){ reader.at + ROOM,
					    (size_t)tree_int(reply, "size",
							     0) },
			    &why);
	if (!answer)
		fail_msg("%s", why.sentence);
	return answer;
}

static void make_file(struct pdf_maker *maker, const char *content)
{
	pdf_begin(maker);
	pdf_add_page(maker, "", content);
	pdf_end(maker, "/Root 1 0 R");
}

static void test_letter_is_read(void **state)
{
	auto_tree *answer = answer_of(bytes_of("From: a@b.vn\r\nSubject: S\r\n"
					       "\r\nxin\r\n"),
				      "\"kind\":\"mail\"");

	(void)state;
	assert_string_equal(tree_text(answer, "subject", ""), "S");
}

static void test_file_is_read(void **state)
{
	struct pdf_maker maker;
	const struct tree *word, *pages;

	(void)state;
	make_file(&maker, "BT /F 12 Tf 50 800 Td (Hello) Tj ET");
	{
		auto_tree *answer = answer_of(pdf_bytes(&maker),
					      "\"kind\":\"file\","
					      "\"name\":\"a.pdf\","
					      "\"recognise\":true");

		assert_string_equal(tree_text(answer, "format", ""), "pdf");
		assert_string_equal(tree_text(answer, "text", ""), "Hello");
		assert_null(tree_text(answer, "reason", NULL));
		assert_int_equal(tree_int(answer, "total_pages", 0), 1);
		pages = tree_member(answer, "pages");
		word = tree_at(tree_member(tree_at(pages, 0), "words"), 0);
		assert_int_equal(tree_count(word), 7);
		assert_string_equal(tree_text_at(word, 4), "Hello");
		assert_true(tree_has(answer, "letterhead"));
		assert_int_equal(tree_count(tree_member(answer, "parts")), 0);
	}
	text_done(&maker.text);
}

/* A font that the file does not bring is drawn too: more ink than none. */
static void test_page_is_drawn(void **state)
{
	static const char *const contents[] = {
		"BT /F 40 Tf 50 700 Td (Hello Times) Tj ET", " "
	};
	int64_t sizes[2];

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct pdf_maker maker;

		make_file(&maker, contents[i]);
		{
			auto_tree *answer = answer_of(
				pdf_bytes(&maker),
				"\"kind\":\"page\",\"page\":1,\"width\":600");

			assert_string_equal(tree_text(answer, "type", ""),
					    "image/png");
			assert_int_equal(tree_int(answer, "width", 0), 600);
			assert_in_range(tree_int(answer, "height", 0), 845,
					855);
			sizes[i] = tree_int(answer, "bytes", 0);
			assert_memory_equal(reader.at, "\x89PNG", 4);
		}
		text_done(&maker.text);
	}
	assert_true(sizes[0] > sizes[1] + 1000);
}

static void test_missing_page_is_said(void **state)
{
	struct pdf_maker maker;

	(void)state;
	make_file(&maker, "");
	{
		auto_tree *reply =
			ask(pdf_bytes(&maker),
			    "\"kind\":\"page\",\"page\":2,\"width\":600");

		assert_string_equal(tree_text(reply, "kind", ""), "invalid");
	}
	text_done(&maker.text);
}

static void test_nonsense_is_answered(void **state)
{
	auto_tree *kind = ask(bytes_of("x"), "\"kind\":\"gossip\"");
	auto_tree *json = ask(bytes_of("x"), "\"kind\":");
	auto_tree *empty = answer_of(bytes_of(""), "\"kind\":\"file\"");

	(void)state;
	assert_string_equal(tree_text(kind, "kind", ""), "invalid");
	assert_string_equal(tree_text(json, "kind", ""), "invalid");
	assert_non_null(tree_text(empty, "reason", NULL));
}

/* Many files, one process: what each leaves behind is given back. */
static void test_process_lives_on(void **state)
{
	struct pdf_maker maker;

	(void)state;
	make_file(&maker, "BT /F 12 Tf 50 800 Td (Hello) Tj ET");
	for (int i = 0; i < 200; i++) {
		auto_tree *answer =
			answer_of(pdf_bytes(&maker), "\"kind\":\"file\"");

		assert_string_equal(tree_text(answer, "text", ""), "Hello");
	}
	text_done(&maker.text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_letter_is_read),
		cmocka_unit_test(test_file_is_read),
		cmocka_unit_test(test_page_is_drawn),
		cmocka_unit_test(test_missing_page_is_said),
		cmocka_unit_test(test_nonsense_is_answered),
		cmocka_unit_test(test_process_lives_on),
	};

	return cmocka_run_group_tests(tests, open_reader, close_reader);
}
