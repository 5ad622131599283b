/*
 * The main document: which file of a letter is the document, and what the
 * others are.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include "core/access.h"
#include "core/letter_file.h"
#include <stddef.h>

struct db;

enum letter_role {
	LETTER_ROLE_MAIN,
	LETTER_ROLE_ANNEX,
	LETTER_ROLE_COPY,    /* bản mềm: the same document, to be edited */
	LETTER_ROLE_CARD,    /* a logo, a signature card */
	LETTER_ROLE_PACKAGE, /* archive, edXML: its members count */
	LETTER_ROLE_MESSAGE, /* a letter inside */
	LETTER_ROLE_COUNT
};

struct letter_file_role {
	enum letter_role role;
	const char *reason; /* a stable code */
};

struct main_document_request {
	const struct letter_file *files;
	size_t count;
	int64_t chosen_id;	 /* file that a person chose; 0: nobody did */
	const char *habit;	 /* shape of the name chosen before; or NULL */
	const char *mail_symbol; /* in the mail's subject; or NULL */
};

struct main_document {
	const struct letter_file *file;	      /* NULL: the letter has none */
	const struct letter_file_role *roles; /* as the files */
	const char *reason;		      /* why this one: a stable code */
	const char *sentence;		      /* for people, Vietnamese */
	const char *by;			      /* "rule", "sender", "person" */
};

/* Pure. */
struct main_document
main_document_choose(const struct main_document_request *request,
		     struct arena *arena);
/* The same with what people chose and what the mail says. */
bool main_document_find(struct db *db, int64_t letter_file_id,
			const struct letter_file_list *files,
			struct arena *arena, struct main_document *ret_main,
			struct fail *why);
const char *letter_role_name(enum letter_role role); /* "main" */
/* A name with every number as '#': alike from one letter to the next. */
char *main_document_shape(const char *name, struct arena *arena);

struct main_document_choice {
	int64_t letter_id;
	struct digest digest;
	bool remember; /* for the sender of this letter */
	struct actor actor;
};

/* A person's choice; FAIL_NOT_FOUND when the letter has no such file. */
bool main_document_set(struct db *db,
		       const struct main_document_choice *choice,
		       struct fail *why);
