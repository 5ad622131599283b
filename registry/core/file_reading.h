/*
 * File readings: what the reader found in one file that is not a letter.
 *
 * Derived from the blob alone: replaced as a whole, the same for every letter
 * that has the file.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include "core/part.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	FILE_READING_TEXT_MAX = 4 * 1024 * 1024 /* bytes that are kept */
};

/* What a file says about itself: as letterhead/letterhead.h, in words. */
struct file_proposal {
	const char *field;  /* "symbol" */
	const char *source; /* "text" */
	const char *value;
	const char *seen;
	int64_t page;	/* 0: not on a page */
	int64_t box[4]; /* left, top, right, bottom; all 0: no place */
	int64_t confidence;
	const char *role, *day, *issuer; /* of a cited document; or NULL */
};

struct file_proposal_list {
	struct file_proposal *items;
	size_t count;
};

struct file_reading {
	const char *reader_version;
	const char *format; /* NULL: unknown */
	const char *type;
	const char *reason;  /* why it was not read; NULL: it was */
	int64_t total_pages; /* 0: not known */
	bool images;	     /* its pages can be drawn */
	bool needs_recognition;
	const char *flags_json;	     /* NULL: [] */
	const char *signatures_json; /* NULL: [] */
	const char *secret;	     /* NULL: no such mark */
	int64_t likeness;
	const char *text; /* NULL: none; not filled by file_reading_load */
};

struct file_reading_request {
	struct digest digest; /* the blob that was read; its file row exists */
	const struct file_reading *reading;
	struct file_proposal_list proposals;
	const struct part *parts; /* members */
	size_t part_count;
};

/* Inside a writer job, repeatable. Members become jobs of their own, pages
 * without text one for recognition. A file with a secret mark leaves neither
 * text nor fields. *ret_file_id: of the blob. */
bool file_reading_replace(struct db *db,
			  const struct file_reading_request *request,
			  int64_t *ret_file_id, struct fail *why);

/* FAIL_NOT_FOUND when the blob was not read yet. */
bool file_reading_load(struct db *db, int64_t file_id, struct arena *arena,
		       struct file_reading *ret_reading, struct fail *why);
/* NULL when there is none. */
bool file_reading_text(struct db *db, int64_t file_id, struct arena *arena,
		       const char **ret_text, struct fail *why);
bool file_reading_proposals(struct db *db, int64_t file_id,
			    struct arena *arena,
			    struct file_proposal_list *ret_list,
			    struct fail *why);
