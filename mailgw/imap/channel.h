/*
 * Channels: one connection to a mail server, plain or TLS, that keeps its
 * word: verified certificate and host name, an absolute deadline and a byte
 * budget for each command, end of stream is an error, cancelling is safe.
 *
 * libetpan reads through it as a mailstream_low (libraries: its own driver
 * verifies nothing, aborts past descriptor 1023 and spins at end of stream).
 */
#pragma once
#include "base/fail.h"
#include "imap/trust.h"
#include <stddef.h>
#include <stdint.h>

struct channel;
struct _mailstream_low;

struct channel_request {
	const char *host;
	uint16_t port;
	int64_t limit; /* milliseconds for name and connection together */
	const struct trust *trust;
};

struct channel *channel_open(const struct channel_request *request,
			     struct fail *why);
/* A connection that exists already, to this machine; taken over. */
struct channel *channel_adopt(int fd);
void channel_close(struct channel **channel); /* accepts NULL, leaves NULL */

/* Verifies chain and name; FAIL_REMOTE "tls.untrusted", "tls.wrong_host",
 * "tls.failed". */
bool channel_begin_tls(struct channel *channel, int64_t limit,
		       struct fail *why);
bool channel_is_loopback(const struct channel *channel);
bool channel_is_tls(const struct channel *channel);
/* "TLS1.3, AES-256-GCM" for people; the string belongs to the channel. */
const char *channel_protection(struct channel *channel);

/* Until channel_allow() is called again, no more time and bytes than these. */
void channel_allow(struct channel *channel, int64_t limit, size_t bytes);
/* Why reading or writing stopped; FAIL_NONE while it has not. */
const struct fail *channel_fault(const struct channel *channel);
size_t channel_received(const struct channel *channel);
int channel_fd(const struct channel *channel);
/* Decrypted bytes wait here although the descriptor is quiet. */
bool channel_has_more(const struct channel *channel);
/* From any thread: what blocks on the channel ends soon. */
void channel_cancel(struct channel *channel);

/* For libetpan; the channel stays the caller's and outlives it. */
struct _mailstream_low *channel_stream(struct channel *channel);
