/*
 * How one row of the audit chain is hashed.
 */
#pragma once
#include "base/digest.h"
#include "base/text.h"
#include "core/audit.h"

struct audit_link {
	int64_t seq;
	int64_t at;
	struct audit_event event; /* no member NULL */
	const char *origin;	  /* NULL: none */
	const char *previous;	  /* hash of the row before */
};

/* SHA-256 over "svb-audit-1\n" and the fields seq, at, actor id (0: none),
 * actor name, action, object type, object id (0: none), detail, previous;
 * each as its length in bytes, ':' and its text. A row with an origin begins
 * with "svb-audit-2\n" and has it before the last. */
void audit_chain_hash(const struct audit_link *link,
		      char ret_hex[DIGEST_HEX_SIZE]);
