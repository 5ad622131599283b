/*
 * Users: people who sign in, their roles and passwords.
 *
 * Signing in takes three steps, because hashing is slow by design and must
 * not hold up the writer: user_login_begin() counts a failure beforehand,
 * user_login_matches() hashes, user_login_end() takes the failure back.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	USER_FAILURES_MAX = 5,		/* of one name, then locked */
	USER_ADDRESS_FAILURES_MAX = 20, /* an office has one address */
	USER_LOCK_SECONDS = 15 * 60,
	USER_ONE_TIME_SECONDS = 7 * 24 * 3600,
	USER_PASSWORD_MIN = 10,	 /* characters */
	USER_PASSWORD_MAX = 1024 /* bytes */
};

struct user {
	int64_t id;
	int64_t organisation_id;
	int64_t unit_id; /* 0: none */
	const char *login;
	const char *name;
	const char *position; /* chức vụ */
	const char *email;
	unsigned roles; /* 1u << ROLE_CLERK | … */
	bool is_locked;
	bool must_change; /* the password is a one-time one */
	int64_t seen_at;
	int64_t version;
};

struct user_list {
	const struct user *users;
	size_t count;
};

/* A new user with a one-time password that must be changed at first sign-in.
 * The password comes out in the clear this once. FAIL_CONFLICT "user.exists",
 * FAIL_INVALID for a login that is not [a-z0-9._-]{2,64} or no role. */
bool user_add(struct db *db, const struct user *wanted,
	      const struct actor *actor, struct arena *arena,
	      const char **ret_password, struct fail *why);
/* Hashing done by the caller beforehand (a fleet of users in a demo): the
 * same, with this argon2id hash and whether it must be changed. */
bool user_add_hashed(struct db *db, const struct user *wanted,
		     const char *hash, const struct actor *actor,
		     int64_t *ret_id, struct fail *why);
/* A new one-time password; ends all sessions and any lock. */
bool user_reset_password(struct db *db, int64_t id, const struct actor *actor,
			 struct arena *arena, const char **ret_password,
			 struct fail *why);
/* The person's own choice, checked (user_password_check) and hashed outside
 * the writer. Ends all other sessions; `keep` is the token that stays. */
bool user_set_password(struct db *db, int64_t id, const char *hash,
		       const char *keep, const struct actor *actor,
		       struct fail *why);
/* FAIL_INVALID "password.weak" says why it will not do. */
bool user_password_check(const char *password, const char *login,
			 struct fail *why);
bool user_set_roles(struct db *db, int64_t id, unsigned roles,
		    const struct actor *actor, struct fail *why);
bool user_set_locked(struct db *db, int64_t id, bool locked,
		     const struct actor *actor, struct fail *why);

bool user_load(struct db *db, int64_t id, struct arena *arena,
	       struct user *ret_user, struct fail *why);
/* By login, as typed; ret->id 0 when there is none. */
bool user_find(struct db *db, const char *login, struct arena *arena,
	       struct user *ret_user, struct fail *why);
bool user_list(struct db *db, int64_t organisation_id, struct arena *arena,
	       struct user_list *ret_list, struct fail *why);
struct actor user_actor(const struct user *user);

struct user_login {
	int64_t user_id;      /* 0: nobody of that name; hash it all the same */
	const char *user_key; /* what the failure was counted on */
	const char *address_key;
	const char *hash;
	int tries_left;
};

/* In the writer. FAIL_DENIED "login.locked" (nothing is hashed then). */
bool user_login_begin(struct db *db, const char *login, const char *address,
		      int64_t now, struct arena *arena,
		      struct user_login *ret_login, struct fail *why);
/* On a slow worker, without a database. */
bool user_login_matches(const struct user_login *login, const char *password);
/* In the writer. FAIL_DENIED "login.wrong" when not matched, "login.closed"
 * for a locked account, "login.expired" for an old one-time password. Ret is
 * the user; session_create() comes next, in the same transaction. */
bool user_login_end(struct db *db, const struct user_login *login,
		    bool matched, int64_t now, struct arena *arena,
		    struct user *ret_user, struct fail *why);
