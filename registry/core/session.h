/*
 * Sessions: signed-in browsers. The token is in the browser only; here is its
 * SHA-256.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/secret.h"
#include "core/user.h"

struct db;

enum {
	SESSION_IDLE = 2 * 3600,	/* seconds without a request */
	SESSION_LENGTH = 12 * 3600,	/* whatever happens */
	SESSION_KEPT_IDLE = 14 * 86400, /* "giữ đăng nhập" */
	SESSION_KEPT_LENGTH = 30 * 86400,
	SESSION_TOUCH = 60 /* seen_at moves on at most this often */
};

struct session {
	struct user user;
	int64_t created_at;
	int64_t ends_at; /* the earlier of idle and absolute end */
	bool must_touch; /* session_touch() is due */
};

struct session_request {
	int64_t user_id;
	bool keep;	     /* on this computer */
	const char *old;     /* the token before: ended, NULL: none */
	const char *address; /* may be NULL */
	const char *agent;   /* may be NULL; cut at 200 bytes */
	int64_t now;
};

/* A new token at every sign-in. */
bool session_create(struct db *db, const struct session_request *request,
		    char ret_token[SECRET_TOKEN_SIZE], struct fail *why);
/* On a reader. FAIL_DENIED "session.none" when unknown, ended, or the user is
 * locked. */
bool session_load(struct db *db, const char *token, int64_t now,
		  struct arena *arena, struct session *ret_session,
		  struct fail *why);
bool session_touch(struct db *db, const char *token, int64_t now,
		   struct fail *why);
bool session_end(struct db *db, const char *token, struct fail *why);
/* All of a user but the one that stays (NULL: none stays). */
bool session_end_all(struct db *db, int64_t user_id, const char *keep,
		     struct fail *why);
/* Drops what has ended. */
bool session_sweep(struct db *db, int64_t now, struct fail *why);
