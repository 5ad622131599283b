#include "base/text.h"
#include "uplink/upload.h"

#include "support/test.h"
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>

/*
 * A registry that answers a letter with the status that its UID names, and
 * counts the bytes of bodies that came to their end.
 */
struct registry {
	char path[80];
	int listener;
	pthread_t thread;
	size_t bodies, bytes, cut;
	pthread_mutex_t lock;
};

struct visit {
	struct registry *registry;
	int fd;
	char data[256 * 1024];
	size_t have;
};

static bool more(struct visit *visit)
{
	ssize_t got = read(visit->fd, visit->data + visit->have,
			   sizeof(visit->data) - 1 - visit->have);

	if (got <= 0)
		return false;
	visit->have += (size_t)got;
	visit->data[visit->have] = '\0';
	return true;
}

static void drop(struct visit *visit, size_t size)
{
	memmove(visit->data, visit->data + size, visit->have - size + 1);
	visit->have -= size;
}

/* The number of bytes in the body, or -1 when it was cut off. */
static long read_body(struct visit *visit, bool chunked, long left)
{
	long total = 0;

	do {
		if (chunked) {
			char *end;
			while (!(end = strstr(visit->data, "\r\n")))
				if (!more(visit))
					return -1;
			left = strtol(visit->data, NULL, 16);
			drop(visit, (size_t)(end - visit->data) + 2);
			total += left;
			chunked = left > 0;
			left += 2;
		} else {
			total += left;
		}
		while (left > 0) {
			size_t part = visit->have;
			if (part == 0 && !more(visit))
				return -1;
			part = visit->have;
			if (part > (size_t)left)
				part = (size_t)left;
			drop(visit, part);
			left -= (long)part;
		}
	} while (chunked);
	return total;
}

static void answer(struct visit *visit, long status)
{
	auto_text text = { 0 };
	const char *code = status == 409 ? "lease.lost" : "x";
	auto_text body = { 0 };

	text_addf(&body, "{\"error\":{\"code\":\"%s\"}}", code);
	text_addf(&text, "HTTP/1.1 %ld x\r\nContent-Length: %zu\r\n\r\n%s",
		  status, body.size, body.string);
	assert_int_equal(write(visit->fd, text.string, text.size),
			 (ssize_t)text.size);
}

static bool serve_one(struct visit *visit)
{
	char *end, *uid, *size;
	bool chunked;
	long status, body;

	while (!(end = strstr(visit->data, "\r\n\r\n")))
		if (!more(visit))
			return false;
	uid = strstr(visit->data, "/letters/7/");
	size = strstr(visit->data, "Content-Length: ");
	chunked = strstr(visit->data, "chunked") != NULL;
	status = strtol(uid + strlen("/letters/7/"), NULL, 10);
	body = size && size < end ? strtol(size + 16, NULL, 10) : 0;
	drop(visit, (size_t)(end - visit->data) + 4);
	body = read_body(visit, chunked, body);
	pthread_mutex_lock(&visit->registry->lock);
	visit->registry->cut += body < 0;
	visit->registry->bodies += body >= 0;
	visit->registry->bytes += body >= 0 ? (size_t)body : 0;
	pthread_mutex_unlock(&visit->registry->lock);
	if (body < 0)
		return false;
	answer(visit, status);
	return true;
}

static void *serve(void *argument)
{
	struct visit *visit = argument;

	while (serve_one(visit))
		;
	close(visit->fd);
	memory_free(visit);
	return NULL;
}

static void *listen_on(void *argument)
{
	struct registry *registry = argument;
	int fd;

	while ((fd = accept(registry->listener, NULL, NULL)) >= 0) {
		struct visit *visit = memory_alloc(sizeof(*visit));
		pthread_t thread;
		visit->registry = registry;
		visit->fd = fd;
		assert_int_equal(pthread_create(&thread, NULL, serve, visit),
				 0);
		pthread_detach(thread);
	}
	return NULL;
}

static void registry_open(struct registry *registry)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	auto_text path = { 0 };

	*registry = (struct registry){ .lock = PTHREAD_MUTEX_INITIALIZER };
	text_addf(&path, "%s/sock", test_folder());
	memcpy(registry->path, path.string, path.size + 1);
	memcpy(address.sun_path, path.string, path.size + 1);
	registry->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(registry->listener,
			      (const struct sockaddr *)&address,
			      sizeof(address)),
			 0);
	assert_int_equal(listen(registry->listener, 50), 0);
	assert_int_equal(pthread_create(&registry->thread, NULL, listen_on,
					registry),
			 0);
}

static void registry_close(struct registry *registry)
{
	shutdown(registry->listener, SHUT_RDWR);
	pthread_join(registry->thread, NULL);
	close(registry->listener);
	unlink(registry->path);
	*strrchr(registry->path, '/') = '\0';
	rmdir(registry->path);
}

static struct uplink *connect_to(const struct registry *registry,
				 unsigned lanes)
{
	auto_text name = { 0 };
	struct fail why = { 0 };
	struct uplink_request request = { .token = "t",
					  .lanes = lanes,
					  .limit = 3000 };
	struct uplink *uplink;

	text_addf(&name, "unix:%s", registry->path);
	request.registry = name.string;
	uplink = uplink_create(&request, &why);
	assert_non_null(uplink);
	return uplink;
}

static void keep_verdict(void *context, const struct upload_result *result)
{
	*(enum upload_verdict *)context = result->verdict;
}

static struct upload *begin(struct uplink *uplink, uint32_t uid,
			    int64_t exactly, enum upload_verdict *ret_verdict)
{
	const struct upload_request request = {
		.address = { 1, "lease", "Hộp thư & đến", 7, uid },
		.exactly = exactly,
		.answered = keep_verdict,
		.context = ret_verdict,
	};
	struct fail why = { 0 };
	struct upload *upload = upload_begin(uplink, &request, &why);

	assert_non_null(upload);
	return upload;
}

static void test_each_status_has_its_verdict(void **state)
{
	static const struct {
		uint32_t status;
		enum upload_verdict verdict;
	} cases[] = {
		{ 201, UPLOAD_STORED },
		{ 200, UPLOAD_STORED },
		{ 409, UPLOAD_LOST },
		{ 507, UPLOAD_LATER },
		{ 503, UPLOAD_LATER },
		{ 500, UPLOAD_LATER },
		{ 401, UPLOAD_LATER },
		{ 413, UPLOAD_NEVER },
		{ 400, UPLOAD_NEVER },
		{ 404, UPLOAD_NEVER },
	};
	enum {
		COUNT = sizeof(cases) / sizeof(cases[0])
	};
	enum upload_verdict verdicts[COUNT];
	struct registry registry;
	struct uplink *uplink;

	(void)state;
	registry_open(&registry);
	uplink = connect_to(&registry, 3);
	for (size_t i = 0; i < COUNT; i++) {
		struct upload *upload =
			begin(uplink, cases[i].status, 5, &verdicts[i]);
		(void)upload_add(upload, "hello", 5);
		upload_finish(upload);
	}
	upload_settle(uplink);
	for (size_t i = 0; i < COUNT; i++)
		assert_int_equal(verdicts[i], cases[i].verdict);
	assert_int_equal(registry.bodies, COUNT);
	assert_int_equal(registry.bytes, COUNT * 5);
	uplink_destroy(&uplink);
	registry_close(&registry);
}

static void test_pieces_arrive_in_order_and_whole(void **state)
{
	enum {
		PIECE = 1 << 20,
		PIECES = 5
	};
	enum upload_verdict verdict = UPLOAD_NEVER;
	char *piece = memory_alloc(PIECE);
	struct registry registry;
	struct uplink *uplink;
	struct upload *upload;

	(void)state;
	registry_open(&registry);
	uplink = connect_to(&registry, 2);
	upload = begin(uplink, 201, -1, &verdict);
	for (int i = 0; i < PIECES; i++)
		assert_true(upload_add(upload, piece, PIECE));
	assert_true(upload_add(upload, piece, 0));
	upload_finish(upload);
	upload_settle(uplink);
	assert_int_equal(verdict, UPLOAD_STORED);
	assert_int_equal(registry.bytes, PIECES * PIECE);
	memory_free(piece);
	uplink_destroy(&uplink);
	registry_close(&registry);
}

static void test_a_letter_that_is_broken_off_is_never_whole(void **state)
{
	enum upload_verdict verdict = UPLOAD_NEVER, other = UPLOAD_NEVER;
	struct registry registry;
	struct uplink *uplink;
	struct upload *upload;

	(void)state;
	registry_open(&registry);
	uplink = connect_to(&registry, 1);
	upload = begin(uplink, 201, -1, &verdict);
	assert_true(upload_add(upload, "half of", 7));
	upload_abort(upload);
	upload = begin(uplink, 201, 2, &other);
	assert_true(upload_add(upload, "ok", 2));
	upload_finish(upload);
	upload_settle(uplink);
	assert_int_equal(verdict, UPLOAD_NEVER); /* never told */
	assert_int_equal(other, UPLOAD_STORED);
	assert_int_equal(registry.bodies, 1);
	uplink_destroy(&uplink);
	registry_close(&registry);
}

static void test_a_registry_that_is_away_is_for_later(void **state)
{
	struct registry registry = { .path = "/tmp/svb-no-such-socket" };
	enum upload_verdict verdict = UPLOAD_STORED;
	struct uplink *uplink = connect_to(&registry, 1);
	struct upload *upload = begin(uplink, 201, 5, &verdict);
	struct fail why = { 0 };

	(void)state;
	(void)upload_add(upload, "hello", 5);
	upload_finish(upload);
	upload_settle(uplink);
	assert_int_equal(verdict, UPLOAD_LATER);
	assert_null(uplink_lease(uplink, "test", 60, &why));
	assert_string_equal(why.code, "registry.away");
	uplink_destroy(&uplink);
}

static void test_targets_and_tokens_are_checked(void **state)
{
	static const struct {
		const char *registry, *token;
	} cases[] = {
		{ "unix:", "t" },
		{ "http://example.com", "t" },
		{ "ftp://x", "t" },
		{ "", "t" },
		{ "unix:/x", "a b" },
		{ "unix:/x", "a\r\nX: y" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fail why = { 0 };
		const struct uplink_request request = {
			.registry = cases[i].registry,
			.token = cases[i].token,
			.lanes = 1,
		};
		assert_null(uplink_create(&request, &why));
		assert_int_equal(why.kind, FAIL_INVALID);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_status_has_its_verdict),
		cmocka_unit_test(test_pieces_arrive_in_order_and_whole),
		cmocka_unit_test(
			test_a_letter_that_is_broken_off_is_never_whole),
		cmocka_unit_test(test_a_registry_that_is_away_is_for_later),
		cmocka_unit_test(test_targets_and_tokens_are_checked),
	};
	uplink_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
