/*
 * Attachments: files and letters that belong to an entry.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;
struct letter_decision;

enum attachment_role {
	ATTACHMENT_MAIN,	   /* bản chính */
	ATTACHMENT_ANNEX,	   /* phụ lục */
	ATTACHMENT_REPLACEMENT,	   /* bản thay thế */
	ATTACHMENT_CORRESPONDENCE, /* thư trao đổi */
	ATTACHMENT_ROLE_COUNT
};

struct attachment {
	int64_t id;
	int64_t entry_id;
	struct digest digest;
	const char *sha256; /* the same, in hexadecimal */
	const char *name;
	const char *type;
	int64_t bytes;
	enum attachment_role role;
	int64_t letter_id; /* 0: none */
};

struct attachment_list {
	const struct attachment *attachments; /* main documents first */
	size_t count;
};

/* A file that the clerk chose: by digest, which the letter must have, or which
 * must be in the table of files. */
struct attachment_choice {
	const char *sha256;
	const char *name; /* NULL: as the letter names it */
	enum attachment_role role;
};

struct attachment_request {
	struct actor actor;
	int64_t entry_id;
	int64_t letter_id; /* 0: none */
	enum attachment_role role;
	/* NULL: all files of the letter and of packages in it; when role is
	 * main, its main document has it, the others are annexes. */
	const struct attachment_choice *files;
	size_t file_count;
	int64_t now;   /* 0: the clock */
	bool is_quiet; /* the caller writes audit and search index */
};

const char *attachment_role_name(enum attachment_role role); /* "main" */
/* ATTACHMENT_ROLE_COUNT when there is none. */
enum attachment_role attachment_role_find(const char *name);

/* Gắn vào văn bản đã có: links letter and files. Adding twice changes nothing.
 * The letter's decision is the caller's (attachment_decide does both). */
bool attachment_add(struct db *db, const struct attachment_request *request,
		    struct fail *why);
/* The clerk's decision about a letter, with what it means for entries: 'attach'
 * links letter and files to the entry, 'reopen' takes them off again, the other
 * decisions are the letter's alone. FAIL_CONFLICT "letter.registered" when an
 * entry was registered from it: that one is undone or void instead. */
bool attachment_decide(struct db *db, const struct letter_decision *decision,
		       enum attachment_role role, const struct actor *actor,
		       struct fail *why);
/* Takes a letter and its files off the entry again. */
bool attachment_remove_letter(struct db *db, int64_t entry_id,
			      int64_t letter_id, const struct actor *actor,
			      struct fail *why);
bool attachment_list(struct db *db, int64_t entry_id, struct arena *arena,
		     struct attachment_list *ret_list, struct fail *why);
/* FAIL_NOT_FOUND when the entry has no such file. */
bool attachment_find(struct db *db, int64_t entry_id, const char *sha256,
		     struct arena *arena, struct attachment *ret_attachment,
		     struct fail *why);

/* Entries that have this letter. */
struct attachment_entries {
	const int64_t *ids;
	size_t count;
};
bool attachment_entries_of(struct db *db, int64_t letter_id,
			   struct arena *arena,
			   struct attachment_entries *ret_entries,
			   struct fail *why);
