/*
 * Following the audit chain: whether each row is what it was and comes after
 * the row before. Can stop and go on, so that a long chain is followed once
 * and then only where it grew.
 */
#pragma once
#include "base/digest.h"
#include "base/fail.h"
#include <stdbool.h>
#include <stdint.h>

struct db;

/* Begins with zeros. */
struct audit_check {
	int64_t seq;		    /* the last row that was followed */
	char hash[DIGEST_HEX_SIZE]; /* its hash */
	int64_t rows;		    /* followed so far */
	/* "was changed", "is missing", … of row `seq`. */
	void (*wrong)(void *context, int64_t seq, const char *what);
	void *context;
};

/* At most `limit` rows further. *ret_more: that was not the end. */
bool audit_check_on(struct db *db, struct audit_check *check, int64_t limit,
		    bool *ret_more, struct fail *why);
