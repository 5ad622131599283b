/*
 * Readings and parts: what the reader found in one raw letter.
 *
 * Derived from the blob alone: replaced as a whole, stamped with the version
 * of the reader, and the same for every mailbox that received the letter.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

struct reading {
	const char *reader_version;
	const char *subject; /* what is absent is NULL */
	const char *sender_name;
	const char *sender_address;
	const char *recipients_json; /* [{"name":…,"address":…}]; NULL: [] */
	const char *message_id;
	const char *in_reply_to;
	const char *references_json; /* ["…"]; NULL: [] */
	int64_t sent_at;	     /* 0: absent */
	const char *body;
	const char *flags_json; /* ["ambiguous"], sorted; NULL: [] */
	/* Written, not loaded: see core/receipt.h and core/trusted.h. */
	const char *reports_json, *authentication_json; /* NULL: [] */
};

struct part {
	int64_t id;		/* given by part_replace_all */
	const char *path;	/* "1.2" */
	const char *type;	/* "application/pdf", lower case */
	const char *name;	/* for people; NULL: none */
	const char *found_name; /* by the definition; NULL: as name */
	/* file inline message signature alternative report */
	const char *class;
	const char *disposition;
	const char *content_id;
	const char *charset;
	bool shown;	  /* an inline part that the HTML refers to */
	const char *role; /* stated by a package: "main", "annex"; or NULL */
	const char *flag; /* what is wrong with it: "broken"; or NULL */
	int64_t bytes;
	struct digest digest; /* of the content, in the vault */
	int64_t file_id;      /* filled when read from the database */
};

struct part_list {
	struct part *items;
	size_t count;
};

struct part_request {
	struct digest raw; /* the blob that was read; its file row exists */
	const struct reading *reading;
	const struct part *parts; /* in their order */
	size_t part_count;
};

/* Inside a writer job, which undoes it when it fails; it may be repeatable
 * (store/writer.h). Parts of class message become jobs of their own; letters
 * that turn out to be the same are grouped. *ret_file_id: of the raw blob. */
bool part_replace_all(struct db *db, const struct part_request *request,
		      int64_t *ret_file_id, struct fail *why);

/* The parts of one blob in place of those it had, without their jobs. */
bool part_replace(struct db *db, int64_t of_file_id, const struct part *parts,
		  size_t count, struct fail *why);
/* The job that reads this part, unless it has one or needs none: a letter, a
 * file, no logo. `depth`: of containers around it. */
bool part_add_job(struct db *db, const struct part *part, int64_t depth,
		  struct fail *why);

/* Parts of one blob, in their order. */
bool part_load_list(struct db *db, int64_t of_file_id, struct arena *arena,
		    struct part_list *ret_list, struct fail *why);
/* FAIL_NOT_FOUND when the blob was not read yet. */
bool reading_load(struct db *db, int64_t file_id, struct arena *arena,
		  struct reading *ret_reading, struct fail *why);
