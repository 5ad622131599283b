/*
 * Receipts: what became of a document that we sent, as other servers,
 * programs and offices tell it.
 *
 * The reader takes reports apart (RFC 3464 delivery status, RFC 8098
 * disposition) into one JSON list, and states of edXML status messages into
 * flags of their files; here they get their meaning.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct receipt {
	const char *state;	/* as in table delivery: "failed" */
	const char *recipient;	/* address or office; "" unknown */
	const char *message_id; /* of our mail; NULL: not said */
	const char *symbol;	/* of our document (edXML); NULL: not said */
	const char *day;	/* its date; NULL: not said */
	const char *identifier; /* DocumentId; NULL: not said */
	const char *words;	/* diagnosis or reason; "" */
};

struct receipt_list {
	const struct receipt *items;
	size_t count;
};

/* What is no report, or has no known state, is left out. */
struct receipt_list receipt_parse(const char *reports_json,
				  struct arena *arena);
/* Those of a letter: its reports, and its edXML status messages. */
bool receipt_load(struct db *db, int64_t letter_id, struct arena *arena,
		  struct receipt_list *ret_list, struct fail *why);
/* True for "failed" and "refused". */
bool receipt_is_bad(const struct receipt *receipt);

/* Writer. Once per letter, recipient and state. */
bool receipt_write(struct db *db, int64_t entry_id, int64_t letter_id,
		   const struct receipt *receipt, struct fail *why);
bool receipt_remove(struct db *db, int64_t entry_id, int64_t letter_id,
		    struct fail *why);

/* Deliveries of one entry, newest first. */
struct delivery {
	const char *state, *recipient, *words;
	int64_t letter_id, at;
};
struct delivery_list {
	const struct delivery *items;
	size_t count;
};
bool receipt_list(struct db *db, int64_t entry_id, struct arena *arena,
		  struct delivery_list *ret_list, struct fail *why);
