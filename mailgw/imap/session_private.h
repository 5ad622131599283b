/*
 * Sessions, as the files of imap/ share them.
 */
#pragma once
#include "imap/channel.h"
#include "imap/session.h"
#include <libetpan/libetpan.h>

struct session {
	struct channel *channel;
	struct mailimap *imap;
	struct arena *arena; /* for names while a command runs */
	int64_t command_limit;
	bool idling;
	bool broken; /* nothing more may be asked */
};

enum {
	ANSWER_MAX = 256 * 1024
}; /* bytes of a small answer */

/* Before each command: an empty arena. */
void session_forget(struct session *session);
/* Before each command: its deadline and its bytes. */
void session_allow(struct session *session, size_t bytes);
/* What libetpan's result means; false and why unless it is a success. */
bool session_check(struct session *session, int result, const char *doing,
		   struct fail *why);
/* The server's own words, cut and cleaned, for people. */
const char *session_answer(struct session *session);
