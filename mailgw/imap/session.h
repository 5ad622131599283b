/*
 * Sessions: one conversation with one IMAP server. Does, never decides.
 *
 * One thread at a time. Reads only: EXAMINE and BODY.PEEK, so nothing changes
 * on the server. Each command has an absolute deadline and a byte budget.
 * libetpan parses the answers and may crash on a hostile one: call it in a
 * process that may die.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "imap/trust.h"
#include "imap/uids.h"
#include <stdint.h>

enum session_security {
	SESSION_TLS,
	SESSION_STARTTLS,
	SESSION_PLAIN
};

struct session;

struct session_request {
	const char *host;
	uint16_t port;
	enum session_security security;
	bool plain_anywhere; /* else plain to this machine only */
	const struct trust *trust;
	int64_t connect_limit; /* milliseconds; name, connection, TLS */
	int64_t command_limit; /* milliseconds, each command */
};

/* Connects, verifies, reads the greeting. Codes of a failure: dns.failed,
 * connect.refused, connect.timeout, tls.untrusted, tls.wrong_host, tls.failed,
 * starttls.refused, starttls.injected, plain.refused, server.closed,
 * server.garbage, server.slow, over_budget. */
struct session *session_open(const struct session_request *request,
			     struct fail *why);
/* On a connection that exists already (tests, fuzzing); taken over. */
struct session *session_adopt(int fd, int64_t command_limit,
			      struct fail *why);
void session_close(struct session **session); /* says LOGOUT when it can */
void session_cancel(struct session *session); /* from any thread */
const char *session_protection(struct session *session);
size_t session_received(const struct session *session); /* bytes */

/* FAIL_DENIED "login.refused" when the server does not take it. */
bool session_login(struct session *session, const char *user,
		   const char *password, struct fail *why);
bool session_login_token(struct session *session, const char *user,
			 const char *token, struct fail *why);

struct folder_status {
	uint32_t uidvalidity, uidnext, messages;
};

/* FAIL_NOT_FOUND "folder.missing" when there is no such folder. */
bool session_status(struct session *session, const char *folder,
		    struct folder_status *ret_status, struct fail *why);
bool session_examine(struct session *session, const char *folder,
		     struct folder_status *ret_status, struct fail *why);

struct listed_letter {
	uint32_t uid;
	uint32_t size;	      /* as the server says; never a limit */
	int64_t internaldate; /* seconds since 1970 */
};

struct listing {
	struct listed_letter *letters; /* as they came */
	size_t count;
};

/* UID, size and date of what exists of these. */
bool session_list(struct session *session, const struct uids *uids,
		  struct arena *arena, struct listing *ret_listing,
		  struct fail *why);

enum {
	SESSION_PIECE_MAX = 1024 * 1024,
	SESSION_BATCH_MAX = 256
};

struct piece_request {
	const struct uids *uids;
	uint32_t offset, size; /* of each letter; size <= SESSION_PIECE_MAX */
	size_t budget;	       /* bytes for all of it */
	/* Once for each letter that came; `data` is gone afterwards. */
	bool (*take)(void *context, uint32_t uid, const void *data,
		     size_t size, struct fail *why);
	void *context;
};

bool session_fetch(struct session *session,
		   const struct piece_request *request, struct fail *why);

/* Idling: nothing may be asked between begin and end; `session_fd` turns
 * readable when there is news. */
bool session_may_idle(struct session *session);
bool session_idle_begin(struct session *session, struct fail *why);
bool session_idle_end(struct session *session, struct fail *why);
bool session_has_news(const struct session *session);
int session_fd(const struct session *session);
