/*
 * Letters: one mail as one mailbox received it, and what people decided.
 *
 * A letter takes no number. It waits in the intake queue until somebody
 * decides; the same letter to several mailboxes is shown once, and a decision
 * holds for all of its copies.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum letter_state {
	LETTER_TODO,
	LETTER_QUARANTINE,
	LETTER_DONE,
	LETTER_STATE_COUNT
};

/* What the gateway hands over; the content is in the vault already. */
struct letter_put {
	int64_t mailbox_id;
	const char *lease;
	const char *folder;
	int64_t uidvalidity;
	int64_t uid;
	int64_t internaldate;
	struct digest digest;
	int64_t bytes;
};

enum letter_taken {
	LETTER_NEW,	 /* 201 */
	LETTER_KNOWN,	 /* 200: this very line was there */
	LETTER_MOVED,	 /* 200: known under an older UIDVALIDITY */
	LETTER_CONFLICT, /* 201: other content under a used UID; both kept */
};

/* What its main document says, and how far its files were read. */
struct letter_brief {
	int64_t files, done, failed, recognising;
	bool has_document; /* there is a main document */
	const char *symbol, *document_day, *issuer;
	int64_t agency_id;
	const char *subject, *type;
	int64_t urgency;
	const char *due_day;
	int64_t pages;
	bool sure;
	const char *action; /* suggested: "register" …; NULL: not yet */
};

struct letter {
	int64_t id;
	int64_t mailbox_id;
	const char *mailbox; /* address */
	const char *unit;    /* of the mailbox; may be NULL */
	int64_t file_id;
	struct digest digest;
	int64_t bytes;
	int64_t received_at; /* as its server says */
	int64_t taken_at;
	int64_t copies;	      /* letters of the same group, this one included */
	const char *state;    /* "todo" "quarantine" "done" */
	const char *decision; /* NULL: none yet */
	int64_t entry_id;
	const char *reason;
	int64_t decided_by;
	const char *decided_name;
	int64_t decided_at;
	int64_t version;
	/* from the reading; NULL and 0 until it was read */
	bool read;
	const char *subject;
	const char *sender_name;
	const char *sender_address;
	const char *recipients_json;
	const char *message_id;
	int64_t sent_at;
	const char *flags_json; /* ["ambiguous", …] */
	const char *excerpt;	/* start of the body, 200 characters */
	int64_t files;		/* parts of class file and message */
	struct letter_brief brief;
};

struct letter_list {
	struct letter *items;
	size_t count;
	int64_t next; /* give as `after`; 0: that was all */
};

struct letter_page {
	enum letter_state state;
	int64_t after; /* `next` of the page before; 0: the first */
	int64_t limit; /* 1 to 200 */
};

struct letter_counts {
	int64_t todo, quarantine, done;
	int64_t unread;	 /* letters whose reading is still to come */
	int64_t reading; /* files, and images of text, to come */
};

struct letter_decision {
	int64_t letter_id;
	int64_t version;      /* the one that the person saw; 0: any */
	const char *decision; /* attach not_document quarantine return reopen */
	int64_t entry_id;     /* attach only */
	const char *reason;   /* needed by quarantine and return */
	bool remembers;	      /* not_document: its sender too */
	int64_t actor_id;
	const char *actor_name;
};

/* Writer job, after vault_upload_finish. FAIL_CONFLICT "lease.lost",
 * FAIL_NOT_FOUND without such a mailbox. Ledger line, letter, position, audit
 * and reader's job in one transaction. */
bool letter_take(struct db *db, const struct letter_put *put,
		 enum letter_taken *ret_taken, int64_t *ret_id,
		 struct fail *why);

bool letter_load(struct db *db, int64_t id, struct arena *arena,
		 struct letter *ret_letter, struct fail *why);
/* One tab of the queue, newest first. */
bool letter_queue(struct db *db, const struct letter_page *page,
		  struct arena *arena, struct letter_list *ret_list,
		  struct fail *why);
/* The letters that wait for a number, as clerks take them: the most urgent,
 * those of earlier days, today's; at most 5,000. What is not read yet is among
 * them, what looks like something else is not. */
bool letter_walk(struct db *db, int64_t now, struct arena *arena,
		 int64_t **ret_ids, size_t *ret_count, struct fail *why);
bool letter_count(struct db *db, struct letter_counts *ret_counts,
		  struct fail *why);
/* All letters of this one's group, itself included, oldest first. */
bool letter_copies(struct db *db, int64_t id, struct arena *arena,
		   struct letter_list *ret_list, struct fail *why);
/* Letters that were attached to an entry, oldest first. */
bool letter_of_entry(struct db *db, int64_t entry_id, struct arena *arena,
		     struct letter_list *ret_list, struct fail *why);

/* FAIL_CONFLICT "letter.changed" when somebody decided meanwhile. */
bool letter_decide(struct db *db, const struct letter_decision *decision,
		   struct fail *why);

/* The whole body, NULL when not read yet. */
bool letter_body(struct db *db, int64_t id, struct arena *arena,
		 const char **ret_body, struct fail *why);

/* One JSON line (without line end) per ledger line with a letter, sorted. */
bool letter_export(struct db *db,
		   bool (*each)(void *context, const char *json,
				struct fail *why),
		   void *context, struct fail *why);
const char *letter_state_name(enum letter_state state);
bool letter_state_parse(const char *name, enum letter_state *ret_state);
