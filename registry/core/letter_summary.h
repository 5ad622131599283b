/*
 * Letter summaries: one raw letter in one line, from all of its files. Derived:
 * made anew whenever one of the files was read or a person chose.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/main_document.h"
#include "core/proposal.h"
#include <stdbool.h>
#include <stdint.h>

struct db;

/* What to do with a letter, as far as a program can tell. */
struct letter_suggestion {
	const char *action;   /* "register", "attach", "not_document" */
	int64_t entry_id;     /* attach: to which; 0: none */
	const char *reason;   /* a stable code */
	const char *sentence; /* for people, Vietnamese */
};

/* Everything that is known about the files of one letter. */
struct letter_understanding {
	struct letter_file_list files;
	struct main_document main;
	struct proposal_list proposals;
	struct letter_suggestion suggestion;	  /* action NULL: not yet */
	int64_t total, done, failed, recognising; /* files */
};

/* Looks at what is there now; writes nothing. `letter_id`: any letter of this
 * raw blob. */
bool letter_understand(struct db *db, int64_t letter_id,
		       int64_t letter_file_id, struct arena *arena,
		       struct letter_understanding *ret, struct fail *why);

/* Writer: the line of one raw letter anew. While files of it wait, only how
 * many. A secret mark or a virus sends its letters to quarantine. */
bool letter_summary_refresh(struct db *db, int64_t letter_file_id,
			    struct fail *why);
/* Writer: the lines of all letters that hold this blob. */
bool letter_summary_refresh_holders(struct db *db, int64_t file_id,
				    struct fail *why);
