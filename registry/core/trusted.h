/*
 * Trusted senders: whose documents a rule may register, when nothing about
 * them is in doubt. Off until somebody turns it on.
 *
 * An address counts only with a passing DKIM signature of its own domain, as
 * our own mail server states it; a signature only when its certificate is one
 * that the agency trusts and covers the whole file.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct trusted_sender {
	int64_t id;
	const char *kind;  /* "address", "signature" */
	const char *value; /* "vanthu@so.vn"; name in a certificate */
	const char *note;
	int64_t added_at;
};

struct trusted_list {
	bool is_on;
	/* The name that our mail server gives itself in
	 * Authentication-Results; "" when it writes none. */
	const char *server;
	const struct trusted_sender *items;
	size_t count;
};

/* FAIL_CONFLICT "trust.exists", FAIL_INVALID for what is no address. */
bool trusted_add(struct db *db, const struct trusted_sender *sender,
		 const struct actor *actor, struct fail *why);
/* FAIL_NOT_FOUND "trust.none". */
bool trusted_remove(struct db *db, const char *value,
		    const struct actor *actor, struct fail *why);
/* NULL server: as it is. Without one no address is trusted. */
bool trusted_set(struct db *db, bool is_on, const char *server,
		 const struct actor *actor, struct fail *why);
bool trusted_load(struct db *db, int64_t organisation_id, struct arena *arena,
		  struct trusted_list *ret_list, struct fail *why);

/*
 * Does our server `server` state dkim=pass for exactly this domain, among the
 * Authentication-Results of a letter? Pure. Two results of ours are a forgery:
 * our server removes what strangers wrote in its name (RFC 8601, 5).
 */
bool trusted_has_dkim(const char *authentication_json, const char *server,
		      const char *domain, struct arena *arena);

/* Writer, after link_find: registers the letter when its sender is trusted and
 * everything is sure. *ret_entry_id is 0 when it was left to people. */
bool trusted_register(struct db *db, int64_t letter_id, struct arena *arena,
		      int64_t *ret_entry_id, struct fail *why);

struct trusted_mark {
	const char *proof; /* NULL: no rule registered it */
	const char *sender;
	int64_t at;
	int64_t undone_at;
	bool may_undo; /* still that day */
};
bool trusted_mark(struct db *db, int64_t entry_id, struct arena *arena,
		  struct trusted_mark *ret_mark, struct fail *why);
/* Within the day: the line is void with its reason, the letter waits again.
 * FAIL_CONFLICT "trust.late" after that, FAIL_NOT_FOUND when no rule
 * registered it. */
bool trusted_undo(struct db *db, int64_t entry_id, const struct actor *actor,
		  struct fail *why);
