#include "imap/channel.h"
#include "base/arena.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include "imap/resolve.h"
#include "imap/trust_private.h"
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <libetpan/mailstream_low.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

struct channel {
	int fd;
	gnutls_session_t tls;
	const struct trust *trust;
	char *host;
	char *protection;
	bool loopback;
	int64_t deadline; /* ticks */
	size_t budget;
	size_t received;
	atomic_bool cancelled;
	struct fail fault;
};

static bool stop(struct channel *channel, const char *code, const char *hint,
		 const char *sentence)
{
	if (channel->fault.kind == FAIL_NONE) {
		fail(&channel->fault, FAIL_REMOTE, "%s", sentence);
		fail_code(&channel->fault, code, hint);
	}
	return false;
}

static bool stop_slow(struct channel *channel)
{
	return stop(channel, "server.slow", "Máy chủ thư trả lời quá chậm.",
		    "the server did not finish its answer in time");
}

static bool stop_closed(struct channel *channel)
{
	if (atomic_load(&channel->cancelled))
		return stop(channel, "server.closed", NULL, "cancelled");
	return stop(channel, "server.closed",
		    "Máy chủ thư đã ngắt kết nối giữa chừng.",
		    "the server closed the connection");
}

/* Waits for the descriptor; false when time is over or it was cancelled. */
static bool await(struct channel *channel, short events)
{
	struct pollfd watch = { .fd = channel->fd, .events = events };
	int64_t left;

	do {
		left = channel->deadline - moment_ticks();
		if (left <= 0)
			return stop_slow(channel);
		if (atomic_load(&channel->cancelled))
			return stop_closed(channel);
	} while (poll(&watch, 1, (int)(left < 60000 ? left : 60000)) <= 0);
	return true;
}

/* --- connecting --------------------------------------------------------- */

static void keep_alive(int fd)
{
	int on = 1, idle = 120, every = 30, times = 4;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof(on));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof(idle));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof(every));
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof(times));
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
}

/* 0, or the errno of the attempt. */
static int finish_connecting(int fd, int64_t deadline)
{
	struct pollfd watch = { .fd = fd, .events = POLLOUT };
	int error = 0;
	socklen_t size = sizeof(error);
	int64_t left;
	int ready;

	do {
		left = deadline - moment_ticks();
		if (left <= 0)
			return ETIMEDOUT;
		ready = poll(&watch, 1, (int)left);
	} while (ready < 0 && errno == EINTR);
	if (ready == 0)
		return ETIMEDOUT;
	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
		return errno;
	return error;
}

static int dial(const struct addresses *addresses, unsigned i,
		int64_t deadline, int *ret_error)
{
	const struct sockaddr *address =
		(const struct sockaddr *)&addresses->at[i];
	auto_fd fd = socket(address->sa_family,
			    SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	int done = fd;

	*ret_error = 0;
	if (fd < 0) {
		*ret_error = errno;
		return -1;
	}
	if (connect(fd, address, addresses->size[i]) < 0)
		*ret_error = errno;
	if (*ret_error == EINPROGRESS)
		*ret_error = finish_connecting(fd, deadline);
	if (*ret_error != 0)
		return -1;
	keep_alive(fd);
	fd = -1;
	return done;
}

static bool connect_fail(const struct channel_request *request, int error,
			 struct fail *why)
{
	bool slow = error == ETIMEDOUT;

	fail(why, FAIL_REMOTE, "no connection to %s port %u: %s",
	     request->host, (unsigned)request->port,
	     slow ? "no answer in time" : strerrordesc_np(error));
	if (slow)
		return fail_code(why, "connect.timeout",
				 "Máy chủ thư không trả lời kết nối.");
	return fail_code(why, "connect.refused",
			 "Máy chủ thư từ chối kết nối.");
}

static bool dial_any(struct channel *channel,
		     const struct channel_request *request, struct fail *why)
{
	int64_t deadline = moment_ticks() + request->limit;
	struct addresses addresses;
	int error = ETIMEDOUT;

	if (!resolve(request->host, request->port, request->limit, &addresses,
		     why))
		return false;
	for (unsigned i = 0; i < addresses.count && channel->fd < 0; i++) {
		/* A dead first address leaves time for the next ones. */
		int64_t left = deadline - moment_ticks();
		int64_t share = left / (int64_t)(addresses.count - i);
		channel->fd = dial(&addresses, i, moment_ticks() + share,
				   &error);
		channel->loopback = address_is_loopback(&addresses.at[i]);
	}
	if (channel->fd < 0)
		return connect_fail(request, error, why);
	return true;
}

struct channel *channel_open(const struct channel_request *request,
			     struct fail *why)
{
	struct channel *channel = memory_alloc(sizeof(*channel));

	channel->fd = -1;
	channel->trust = request->trust;
	channel->host = memory_copy(request->host);
	channel_allow(channel, request->limit, 64 * 1024);
	if (!dial_any(channel, request, why))
		channel_close(&channel);
	return channel;
}

struct channel *channel_adopt(int fd)
{
	struct channel *channel = memory_alloc(sizeof(*channel));

	(void)fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	channel->fd = fd;
	channel->host = memory_copy("localhost");
	channel->loopback = true;
	return channel;
}

void channel_close(struct channel **channel)
{
	struct channel *gone = *channel;

	if (!gone)
		return;
	if (gone->tls) {
		if (gone->fault.kind == FAIL_NONE)
			(void)gnutls_bye(gone->tls, GNUTLS_SHUT_WR);
		gnutls_deinit(gone->tls);
	}
	descriptor_close(&gone->fd);
	memory_free(gone->host);
	if (gone->protection)
		gnutls_free(gone->protection);
	memory_free(gone);
	*channel = NULL;
}

/* --- TLS ---------------------------------------------------------------- */

static bool is_address(const char *host)
{
	unsigned char binary[16];

	return inet_pton(AF_INET, host, binary) == 1 ||
	       inet_pton(AF_INET6, host, binary) == 1;
}

static bool prepare_tls(struct channel *channel)
{
	gnutls_session_t tls;

	if (gnutls_init(&tls, GNUTLS_CLIENT | GNUTLS_NONBLOCK |
				      GNUTLS_NO_SIGNAL) < 0)
		return false;
	channel->tls = tls;
	gnutls_transport_set_int(tls, channel->fd);
	gnutls_session_set_verify_cert(tls, channel->host, 0);
	gnutls_dh_set_prime_bits(tls, 2048);
	if (!is_address(channel->host) &&
	    gnutls_server_name_set(tls, GNUTLS_NAME_DNS, channel->host,
				   strlen(channel->host)) < 0)
		return false;
	return gnutls_priority_set(tls, channel->trust->priority) >= 0 &&
	       gnutls_credentials_set(tls, GNUTLS_CRD_CERTIFICATE,
				      channel->trust->credentials) >= 0;
}

static bool untrusted(struct channel *channel, struct fail *why)
{
	unsigned status = gnutls_session_get_verify_cert_status(channel->tls);
	gnutls_datum_t text = { 0 };

	(void)gnutls_certificate_verification_status_print(
		status, GNUTLS_CRT_X509, &text, 0);
	fail(why, FAIL_REMOTE, "the certificate of '%s' is refused: %s",
	     channel->host, text.data ? (const char *)text.data : "unknown");
	gnutls_free(text.data);
	/* A wrong name under a good chain; else the chain comes first. */
	if (status == (GNUTLS_CERT_INVALID | GNUTLS_CERT_UNEXPECTED_OWNER))
		return fail_code(why, "tls.wrong_host",
				 "Chứng thư của máy chủ thư mang tên khác.");
	return fail_code(why, "tls.untrusted",
			 "Chứng thư của máy chủ thư không đáng tin.");
}

static bool tls_fail(struct channel *channel, int error, struct fail *why)
{
	if (error == GNUTLS_E_CERTIFICATE_VERIFICATION_ERROR)
		return untrusted(channel, why);
	if (channel->fault.kind != FAIL_NONE) {
		*why = channel->fault;
		return false;
	}
	fail(why, FAIL_REMOTE, "no TLS with '%s': %s", channel->host,
	     gnutls_strerror(error));
	if (error == GNUTLS_E_PREMATURE_TERMINATION)
		return fail_code(why, "server.closed",
				 "Máy chủ thư đã ngắt kết nối giữa chừng.");
	return fail_code(why, "tls.failed",
			 "Không lập được kết nối mã hóa với máy chủ thư.");
}

static bool is_again(int result)
{
	return result == GNUTLS_E_AGAIN || result == GNUTLS_E_INTERRUPTED;
}

static bool await_tls(struct channel *channel)
{
	int writing = gnutls_record_get_direction(channel->tls);

	return await(channel, writing ? POLLOUT : POLLIN);
}

bool channel_begin_tls(struct channel *channel, int64_t limit,
		       struct fail *why)
{
	int error;

	assert(!channel->tls && channel->trust);
	channel->deadline = moment_ticks() + limit;
	if (!prepare_tls(channel))
		return fail(why, FAIL_BROKEN, "TLS cannot be set up");
	do {
		error = gnutls_handshake(channel->tls);
		if (is_again(error) && !await_tls(channel))
			break;
	} while (error < 0 && !gnutls_error_is_fatal(error));
	if (error < 0) {
		tls_fail(channel, error, why);
		if (channel->fault.kind == FAIL_NONE)
			channel->fault = *why;
		return false;
	}
	return true;
}

/* --- libetpan's driver -------------------------------------------------- */

static ssize_t receive(struct channel *channel, void *data, size_t size)
{
	ssize_t got;
	bool again;

	if (channel->tls)
		got = gnutls_record_recv(channel->tls, data, size);
	else
		got = recv(channel->fd, data, size, 0);

	if (got > 0)
		return got;
	if (channel->tls)
		again = got < 0 && !gnutls_error_is_fatal((int)got);
	else
		again = got < 0 && (errno == EAGAIN || errno == EINTR);
	if (!again) {
		stop_closed(channel);
		return -1;
	}
	return 0;
}

static ssize_t read_some(mailstream_low *low, void *data, size_t size)
{
	struct channel *channel = low->data;
	ssize_t got = 0;

	if (channel->fault.kind != FAIL_NONE)
		return -1;
	while (got == 0) {
		if (moment_ticks() >= channel->deadline) {
			stop_slow(channel);
			return -1;
		}
		got = receive(channel, data, size);
		if (got == 0 && !await(channel, POLLIN))
			return -1;
	}
	if (got < 0)
		return -1;
	channel->received += (size_t)got;
	if ((size_t)got > channel->budget) {
		stop(channel, "over_budget",
		     "Máy chủ thư gửi nhiều hơn mức cho phép.",
		     "the server sent more than the answer may have");
		return -1;
	}
	channel->budget -= (size_t)got;
	return got;
}

static ssize_t write_some(mailstream_low *low, const void *data, size_t size)
{
	struct channel *channel = low->data;
	ssize_t sent;

	for (;;) {
		bool again;
		if (channel->fault.kind != FAIL_NONE)
			return -1;
		sent = channel->tls ? gnutls_record_send(channel->tls, data,
							 size)
				    : send(channel->fd, data, size,
					   MSG_NOSIGNAL);
		if (sent >= 0)
			return sent;
		again = errno == EAGAIN || errno == EINTR;
		if (channel->tls)
			again = is_again((int)sent);
		if (!again) {
			stop_closed(channel);
			return -1;
		}
		if (!await(channel, POLLOUT))
			return -1;
	}
}

static int close_nothing(mailstream_low *low)
{
	(void)low;
	return 0;
}

static int get_fd(mailstream_low *low)
{
	return channel_fd(low->data);
}

static void forget(mailstream_low *low)
{
	low->data = NULL;
	memory_free(low);
}

static void cancel(mailstream_low *low)
{
	channel_cancel(low->data);
}

static int refuse(mailstream_low *low)
{
	(void)low;
	return -1;
}

static mailstream_low_driver driver = {
	.mailstream_read = read_some,
	.mailstream_write = write_some,
	.mailstream_close = close_nothing,
	.mailstream_get_fd = get_fd,
	.mailstream_free = forget,
	.mailstream_cancel = cancel,
	.mailstream_setup_idle = refuse,
	.mailstream_unsetup_idle = refuse,
	.mailstream_interrupt_idle = refuse,
};

struct _mailstream_low *channel_stream(struct channel *channel)
{
	return mailstream_low_new(channel, &driver);
}

/* --- asking ------------------------------------------------------------- */

void channel_allow(struct channel *channel, int64_t limit, size_t bytes)
{
	channel->deadline = moment_ticks() + limit;
	channel->budget = bytes;
}

const struct fail *channel_fault(const struct channel *channel)
{
	return &channel->fault;
}

size_t channel_received(const struct channel *channel)
{
	return channel->received;
}

int channel_fd(const struct channel *channel)
{
	return channel->fd;
}

bool channel_is_loopback(const struct channel *channel)
{
	return channel->loopback;
}

bool channel_is_tls(const struct channel *channel)
{
	return channel->tls != NULL;
}

bool channel_has_more(const struct channel *channel)
{
	return channel->tls && gnutls_record_check_pending(channel->tls) > 0;
}

const char *channel_protection(struct channel *channel)
{
	if (!channel->tls)
		return "none";
	if (!channel->protection)
		channel->protection = gnutls_session_get_desc(channel->tls);
	return channel->protection ? channel->protection : "TLS";
}

void channel_cancel(struct channel *channel)
{
	atomic_store(&channel->cancelled, true);
	(void)shutdown(channel->fd, SHUT_RDWR);
}
