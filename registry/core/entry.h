/*
 * Entries: one line of a book each, from its number to its end.
 *
 * Everything that changes runs in the writer's transaction and writes audit
 * and search index with it. Results live in the caller's arena.
 */
#pragma once
#include "core/access.h"
#include "core/attachment.h"
#include "core/duplicate.h"
#include "core/field.h"
#include "core/relation.h"

enum {
	ENTRY_UNDO_SECONDS = 20,
	ENTRY_REASON_MIN = 10,	/* characters of a reason to void */
	ENTRY_PARTS_MAX = 2000, /* receivers, files, relations of one */
	ENTRY_KEY_MAX = 200	/* bytes of an idempotency key */
};

/* One of those who receive an entry; at most one id is set. */
struct entry_receiver {
	int64_t unit_id;
	int64_t user_id;
	int64_t agency_id;
	const char *name; /* as shown; may be NULL when an id is set */
};

struct entry {
	int64_t id;
	int64_t organisation_id;
	enum direction direction;
	int64_t book_id;
	int64_t series_id;
	int64_t year;
	int64_t number; /* số đến; out: số of the document. 0: withdrawn */
	const char *suffix;
	const char *day;    /* ngày đến; out: ngày ban hành */
	const char *state;  /* "valid", "void", "withdrawn" */
	const char *status; /* "registered", "issued", "routed", "done" … */
	int64_t registered_at;
	int64_t registered_by;
	int64_t letter_id; /* 0: none */
	struct fields fields;
	const char *symbol_number, *symbol_notation;
	const char *duplicate_reason;
	int64_t void_at, void_by;
	const char *void_reason;
	int64_t opened_at; /* 0: by nobody but its clerk */
	int64_t version;
	/* Names to show. */
	const char *type_name, *unit_name, *registered_name, *void_name;
	/* How it is handled; NULL: nobody leads yet. */
	const char *lead_name, *lead_due_day;
};

struct entry_request {
	struct actor actor;
	enum direction direction;
	int64_t book_id;	/* 0: the direction's first */
	const char *day;	/* NULL: today; else see entry_register */
	const char *suffix;	/* NULL or số phụ, if the book allows it */
	int64_t number;		/* with a suffix only: 61 for "61a" */
	int64_t reservation_id; /* its number was set aside; 0: the next */
	bool accept_order;	/* though higher numbers have earlier days */
	struct fields fields;
	const struct entry_receiver *receivers;
	size_t receiver_count;
	int64_t letter_id; /* 0: paper */
	/* Parts of the letter that become files; NULL: all of class file. */
	const struct attachment_choice *files;
	size_t file_count;
	const struct relation_wish *relations;
	size_t relation_count;
	const char *duplicate_reason; /* registers all the same */
	const char *key;	      /* idempotency; NULL: none */
	const char *request_digest;   /* of the whole request, with the key */
	int64_t now;		      /* seconds; 0: the clock */
};

struct entry_answer {
	struct entry entry;
	bool is_repeated; /* the key was known: nothing happened now */
	/* With FAIL_CONFLICT "entry.duplicate": what it is like. */
	struct duplicate_list duplicates;
};

/*
 * Takes the next number. FAIL_CONFLICT "entry.duplicate" unless a reason is
 * given, "letter.registered" when the letter has an entry already,
 * "entry.year_closed", "entry.other_year", "entry.day_order" (an incoming day
 * before that of the number before), "idempotency.reused"; FAIL_INVALID for
 * fields.
 */
bool entry_register(struct db *db, const struct entry_request *request,
		    struct arena *arena, struct entry_answer *ret_answer,
		    struct fail *why);

struct entry_change {
	struct actor actor;
	int64_t id;
	int64_t version; /* as loaded; FAIL_CONFLICT "entry.changed" */
	int64_t now;	 /* 0: the clock */
};

/* Old values stay in the audit. Symbol, type, unit of an outgoing entry are
 * part of its symbol and do not change. NULL receivers stay as they are. */
bool entry_edit(struct db *db, const struct entry_change *change,
		const struct fields *fields, struct arena *arena,
		struct fail *why);
bool entry_set_receivers(struct db *db, const struct entry_change *change,
			 const struct entry_receiver *receivers, size_t count,
			 struct fail *why);
/* Ghi hủy số: the line stays, struck through. Not undoable. */
bool entry_void(struct db *db, const struct entry_change *change,
		const char *reason, struct fail *why);
/* Within 20 s, by its clerk, while it is the last number and nobody opened
 * it: the number is free again, the letter waits again. FAIL_CONFLICT
 * "entry.undo_late". */
bool entry_undo(struct db *db, const struct entry_change *change,
		struct fail *why);
/* Somebody looks at it, or it is printed: ends the undo. Cheap when known;
 * does nothing for its own clerk. */
bool entry_opened(struct db *db, int64_t id, const struct actor *actor,
		  int64_t now, struct fail *why);
