#include "reader/desk.h"
#include "base/descriptor.h"
#include "reader/answer.h"
#include "reader/last_words.h"
#include "reader/mail.h"
#include "reader/page_image.h"
#include "reader/recognise.h"
#include <errno.h>
#include <malloc.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>

enum {
	ARENA_MAX = 1024 * 1024 * 1024,
	TRIM_FROM = 128 * 1024 * 1024
};

struct request {
	const char *kind;
	size_t size;
	size_t room;
	size_t answer;
	int letter;
	int memory;
	const char *name;
	bool recognise;
	int64_t page, width;
};

/* The content, and the memory of room and answer. */
struct mapping {
	struct bytes content;
	unsigned char *memory;
};

struct desk {
	int socket;
	struct arena *arena;
	char message[DESK_MESSAGE_MAX];
};

/* -1: the other side is gone; 0: nothing usable; 1: a message. */
static int receive(struct desk *desk, size_t *ret_size, int ret_fds[2])
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec piece = { desk->message, sizeof(desk->message) };
	struct msghdr header = { .msg_iov = &piece,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control.bytes) };
	struct cmsghdr *rights;
	ssize_t got;

	do
		got = recvmsg(desk->socket, &header, 0);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return -1;
	rights = CMSG_FIRSTHDR(&header);
	if (!rights || rights->cmsg_type != SCM_RIGHTS ||
	    rights->cmsg_len != CMSG_LEN(2 * sizeof(int)))
		return 0;
	memcpy(ret_fds, CMSG_DATA(rights), 2 * sizeof(int));
	*ret_size = (size_t)got;
	return 1;
}

static bool send_reply(struct desk *desk, const struct tree *reply)
{
	auto_text json = { 0 };
	struct iovec piece;
	struct msghdr header = { .msg_iov = &piece, .msg_iovlen = 1 };
	ssize_t sent;

	tree_print(reply, &json);
	piece.iov_base = json.string;
	piece.iov_len = json.size;
	do
		sent = sendmsg(desk->socket, &header, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent == (ssize_t)json.size;
}

static void *map(int fd, size_t size, int protection)
{
	void *at = mmap(NULL, size ? size : 1, protection, MAP_SHARED, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

static bool read_mail(struct desk *desk, const struct request *request,
		      struct mapping mapping, struct text *json,
		      struct fail *why)
{
	struct mail_room room = { mapping.memory, request->room, false };
	auto_tree *answer = tree_create();

	if (!mail_read(mapping.content, room, desk->arena, answer, why))
		return false;
	tree_print(answer, json);
	return true;
}

static bool read_file(struct desk *desk, const struct request *request,
		      struct mapping mapping, struct text *json,
		      struct fail *why)
{
	struct document_request asked = { .content = mapping.content,
					  .name = request->name,
					  .recognise = request->recognise,
					  .room = mapping.memory,
					  .room_size = request->room };

	return answer_file(&asked, desk->arena, json, why);
}

static bool draw_page(struct desk *desk, const struct request *request,
		      struct mapping mapping, struct text *json,
		      struct fail *why)
{
	struct page_image_request asked = { .content = mapping.content,
					    .page = request->page,
					    .width = request->width,
					    .room = mapping.memory,
					    .room_size = request->room };
	auto_tree *answer = tree_create();
	struct page_image image;

	(void)desk;
	if (!page_image_draw(&asked, &image, why))
		return false;
	tree_set_text(answer, "type", image.type);
	tree_set_int(answer, "at", 0);
	tree_set_int(answer, "bytes", (int64_t)image.size);
	tree_set_int(answer, "width", image.width);
	tree_set_int(answer, "height", image.height);
	tree_print(answer, json);
	return true;
}

struct kind {
	const char *name;
	int seconds; /* of computing; the parent's patience is longer */
	bool (*read)(struct desk *desk, const struct request *request,
		     struct mapping mapping, struct text *json,
		     struct fail *why);
};

static const struct kind kinds[] = { { "mail", 40, read_mail },
				     { "file", 20, read_file },
				     { "page", 8, draw_page } };

static const struct kind *find_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].name, name) == 0)
			return &kinds[i];
	}
	return NULL;
}

static void arm(const struct desk *desk, const struct request *request,
		const struct kind *kind, struct mapping mapping)
{
	bool is_file = kind->read == read_file;
	struct last_words words = {
		.socket = desk->socket,
		.answer = is_file ? mapping.memory + request->room : NULL,
		.room = request->answer,
		.content = mapping.content,
		.name = request->name,
		.seconds = kind->seconds
	};

	if (is_file && request->recognise)
		words.seconds += RECOGNISE_BUDGET / 1000;
	last_words_arm(&words);
}

/* What a library leaves behind in pieces is not given back by itself. */
static void give_back(void)
{
	if (mallinfo2().arena > TRIM_FROM)
		(void)malloc_trim(0);
}

static bool read_mapped(struct desk *desk, const struct request *request,
			struct mapping mapping, struct tree *reply,
			struct fail *why)
{
	const struct kind *kind = find_kind(request->kind);
	auto_text json = { .limit = request->answer };
	bool ok;

	if (!kind)
		return fail(why, FAIL_INVALID, "no reader for '%s'",
			    request->kind);
	arm(desk, request, kind, mapping);
	ok = kind->read(desk, request, mapping, &json, why);
	last_words_disarm();
	if (!ok)
		return false;
	if (json.over)
		return fail(why, FAIL_LIMIT,
			    "the answer needs more than %zu bytes",
			    request->answer);
	memcpy(mapping.memory + request->room, json.string, json.size);
	tree_set_int(reply, "size", (int64_t)json.size);
	return true;
}

static bool read_one(struct desk *desk, const struct request *request,
		     struct tree *reply, struct fail *why)
{
	size_t all = request->room + request->answer;
	unsigned char *letter = map(request->letter, request->size, PROT_READ);
	unsigned char *memory =
		map(request->memory, all, PROT_READ | PROT_WRITE);
	struct bytes bytes = { letter, request->size };
	bool ok;

	if (!letter || !memory)
		ok = fail(why, FAIL_LIMIT, "no memory for %zu bytes", all);
	else
		ok = read_mapped(desk, request,
				 (struct mapping){ bytes, memory }, reply,
				 why);
	if (letter)
		(void)munmap(letter, request->size ? request->size : 1);
	if (memory)
		(void)munmap(memory, all);
	return ok;
}

static bool serve_one(struct desk *desk, struct bytes message,
		      const int fds[2])
{
	struct fail why = { 0 };
	auto_tree *asked = tree_parse(message, &why);
	auto_tree *reply = tree_create();
	struct request request = { .letter = fds[0], .memory = fds[1] };

	if (asked) {
		request.kind = tree_text(asked, "kind", "");
		request.size = (size_t)tree_int(asked, "size", 0);
		request.room = (size_t)tree_int(asked, "room", 0);
		request.answer = (size_t)tree_int(asked, "answer", 0);
		request.name = tree_text(asked, "name", NULL);
		request.page = tree_int(asked, "page", 1);
		request.width = tree_int(asked, "width", 1000);
		request.recognise = tree_bool(asked, "recognise", false);
	}
	if (!asked || !read_one(desk, &request, reply, &why)) {
		tree_set_text(reply, "kind", fail_kind_name(why.kind));
		tree_set_text(reply, "reason", why.sentence);
	}
	arena_reset(desk->arena);
	give_back();
	return send_reply(desk, reply);
}

bool desk_run(int socket, struct fail *why)
{
	struct desk desk = { .socket = socket,
			     .arena = arena_create(ARENA_MAX) };
	bool ok = true;
	int got = 1;

	while (ok && got >= 0) {
		int fds[2] = { -1, -1 };
		size_t size = 0;

		got = receive(&desk, &size, fds);
		if (got == 1)
			ok = serve_one(&desk,
				       (struct bytes){
					       (unsigned char *)desk.message,
					       size },
				       fds);
		if (got == 0)
			ok = false;
		descriptor_close(&fds[0]);
		descriptor_close(&fds[1]);
	}
	arena_destroy(&desk.arena);
	if (!ok)
		return fail(why, FAIL_REMOTE,
			    "the registry asks in a way "
			    "that is not understood");
	return true;
}
