/*
 * Links: what a letter is to the entries of the books, and to letters that
 * have none yet.
 *
 * Certain ones are made at once, by a rule that has a name in the audit; all
 * others are proposals, best first, each with its reason. Where two are as
 * good, both are proposals. Every link can be undone, and every decision is
 * kept: it is what link_report() judges the rules by.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum link_kind {
	/* The letter belongs to an entry that is there. */
	LINK_DUPLICATE,	 /* the same document again */
	LINK_TWIN,	 /* the same as scan, as signed file, on paper */
	LINK_CORRECTION, /* the same number, put right */
	LINK_ANNEX,	 /* annex sent later */
	LINK_FORWARD,	 /* forwarded, was registered already */
	LINK_RECEIPT,	 /* one of ours arrived, was read, is worked on */
	LINK_BOUNCE,	 /* one of ours did not arrive, was refused */
	LINK_SENT,	 /* our own mail with one of ours */
	LINK_THREAD,	 /* words about it, no document */
	/* The letter's document is new and belongs to another. */
	LINK_REPLY,    /* replies to it */
	LINK_BASIS,    /* is based on it, carries it out, mentions it */
	LINK_REPLACES, /* replaces it */
	LINK_KIND_COUNT
};

struct link {
	int64_t id;
	int64_t letter_id;
	enum link_kind kind;
	const char *reason;   /* "same_files" */
	const char *sentence; /* for people, Vietnamese */
	const char *detail_json;
	int64_t confidence;	  /* of 1,000 */
	const char *state;	  /* proposed linked accepted rejected unlinked
				     missed */
	const char *decided_name; /* NULL: nobody yet */
	int64_t decided_at;
	/* The target; an other letter that was registered since is its entry.
	 */
	int64_t entry_id, other_letter_id; /* 0: the other one */
	const char *direction;
	int64_t year, number;
	const char *suffix, *day, *issuer, *symbol, *subject;
};

struct link_list {
	const struct link *items;
	size_t count;
};

const char *link_kind_name(enum link_kind kind); /* "duplicate" */
/* LINK_KIND_COUNT when there is none. */
enum link_kind link_kind_find(const char *name);
/* True: the letter joins the entry. False: its own entry gets a relation. */
bool link_joins(enum link_kind kind);

/*
 * Writer, when all files of the letter were read; may be called again, and for
 * any letter: it finds anew what nobody decided yet. Certain links are made.
 */
bool link_find(struct db *db, int64_t letter_id, struct arena *arena,
	       struct fail *why);

/* Writer: the same for the letters in the queue that a new entry concerns. */
bool link_find_again(struct db *db, int64_t entry_id, struct fail *why);
/* Writer, when this blob was read: the same for all letters that hold it and
 * have nothing left to be read. */
bool link_find_holders(struct db *db, int64_t file_id, struct fail *why);

/* Of a letter or its copies: what was made first, then proposals, best first;
 * refused ones last. */
bool link_list(struct db *db, int64_t letter_id, struct arena *arena,
	       struct link_list *ret_list, struct fail *why);
/* Letters that joined an entry by a link, and proposals that name it. */
bool link_list_of_entry(struct db *db, int64_t entry_id, struct arena *arena,
			struct link_list *ret_list, struct fail *why);

/* The entry that the letter most likely joins, for a suggestion; ret->id 0 when
 * nothing is likely. */
bool link_best(struct db *db, int64_t letter_id, struct arena *arena,
	       struct link *ret_link, struct fail *why);
/* Writer: the same for the queue's line. */
bool link_suggest(struct db *db, int64_t letter_id, struct fail *why);

struct link_decision {
	int64_t letter_id, link_id;
	const char *decision; /* "accept", "reject", "unlink" */
	struct actor actor;
};

/* FAIL_NOT_FOUND "link.none", FAIL_CONFLICT "link.changed" when it is in
 * another state. Accepting what joins takes the letter out of the queue,
 * unlinking puts it back. */
bool link_decide(struct db *db, const struct link_decision *decision,
		 struct fail *why);

/* Writer, after a person decided about a letter by other means: attached it,
 * registered it, said it is no document. What was proposed is held against
 * it, and relations that were accepted come to the new entry. */
bool link_settle(struct db *db, int64_t letter_id, const struct actor *actor,
		 struct fail *why);

/* Remembers the Message-ID of mail that carried one of our documents. */
struct link_sent {
	int64_t entry_id;
	const char *message_id;
	const char *recipients; /* addresses, blanks between */
	const char *subject;
	int64_t sent_at;
};
bool link_sent_add(struct db *db, const struct link_sent *sent,
		   struct fail *why);

struct link_figures {
	int64_t linked, unlinked;     /* made at once; taken back since */
	int64_t proposed;	      /* nobody decided yet */
	int64_t accepted, rejected;   /* proposals that people decided */
	int64_t first_right, decided; /* letters whose first one was right */
	int64_t missed;		      /* people found it alone */
};

bool link_report(struct db *db, struct link_figures ret_kinds[LINK_KIND_COUNT],
		 struct fail *why);
