/*
 * Structure: a letter cut into its leaves, without recursion.
 *
 * Containers are cut from the outside in, so that a container that is never
 * closed cannot swallow what follows the one around it. The leaves point into
 * the letter.
 */
#pragma once
#include "reader/facts.h"

enum {
	STRUCTURE_DEPTH_MAX = 200,
	STRUCTURE_PARTS_MAX = 20000,
	STRUCTURE_FIELDS_MAX = 100000,
	STRUCTURE_DOUBTS_MAX = 32
};

struct leaf {
	const char *path; /* "1.2" */
	struct facts facts;
	struct bytes body; /* before its transfer encoding is undone */
	const char *class; /* of an attachment; NULL: text of the letter */
	bool choice;	   /* directly inside multipart/alternative */
};

struct structure {
	struct bytes letter;  /* as it was read: see structure_read */
	struct header header; /* of the letter */
	struct leaf *leaves;
	size_t count;
	size_t attachments;
	size_t parts;
	const char *doubts[STRUCTURE_DOUBTS_MAX]; /* constants */
	size_t doubt_count;
};

/* `structure` outlives the letter's bytes only in the arena. A letter whose
 * first line ends with LF alone is brought to CRLF first; a leading "From "
 * line or line of blanks is dropped. */
void structure_read(struct bytes letter, struct arena *arena,
		    struct structure *ret_structure);
void structure_doubt(struct structure *structure, const char *what);
