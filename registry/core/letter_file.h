/*
 * Letter files: everything inside one raw letter, however deep, with what the
 * reader made of it.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum letter_file_state {
	LETTER_FILE_WAITING,
	LETTER_FILE_READING,
	LETTER_FILE_RECOGNISING, /* read but for images of text */
	LETTER_FILE_READ,
	LETTER_FILE_NOT_READ, /* see reason */
	LETTER_FILE_FAILED,   /* the reader gave it up */
	LETTER_FILE_STATE_COUNT
};

struct letter_file {
	int64_t file_id;
	struct digest digest;
	int64_t of_file_id; /* what it is inside */
	struct digest of_digest;
	bool is_inside; /* an archive, a package, a letter in the letter */
	const char *path;
	const char *name;   /* NULL: none */
	const char *type;   /* by content, once read */
	const char *class;  /* "file", "inline", "message", "signature" */
	const char *stated; /* role in a package: "main"; or NULL */
	int64_t bytes;
	enum letter_file_state state;
	/* from its reading */
	const char *reason; /* not read; NULL: read, or waits */
	const char *format;
	int64_t total_pages;
	bool images;
	int64_t likeness;
	const char *flags_json;
	const char *signatures_json;
	const char *secret;
	bool is_infected, is_not_scanned;
	const char *symbol; /* its best proposal for one; NULL: none */
};

struct letter_file_list {
	struct letter_file *items;
	size_t count;
};

/* In the order of the letter, members behind what they are in. */
bool letter_file_list(struct db *db, int64_t letter_file_id,
		      struct arena *arena, struct letter_file_list *ret_list,
		      struct fail *why);
/* "waiting", …: as the API says it. */
const char *letter_file_state_name(enum letter_file_state state);

struct letter_file_holders {
	int64_t *ids; /* raw letters */
	size_t count;
};

/* Raw letters that hold this blob (or are it), those without a decision
 * first; 1,000 at most. */
bool letter_file_find_holders(struct db *db, int64_t file_id,
			      struct arena *arena,
			      struct letter_file_holders *ret_holders,
			      struct fail *why);
