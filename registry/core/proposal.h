/*
 * Proposals: the fields of a letter's document, from everything that says
 * something about them: the document itself, its editable copy, the package
 * it came in, the signer's certificate, the subject of the mail, the name of
 * the file, the sender's address.
 *
 * Voices that agree raise the confidence, voices that differ lower it, and
 * both are shown.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/file_reading.h"
#include "core/letter_file.h"
#include "core/main_document.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	PROPOSAL_SURE = 900 /* of 1,000 */
};

/* One source's word about one field. */
struct proposal_voice {
	struct file_proposal said;
	const struct letter_file *file; /* NULL: the mail */
	const char *key;		/* equal keys say the same */
	int64_t id;			/* of the agency or type; 0: none */
	int64_t weight;			/* how far it counts, of 1,000 */
};

struct proposal {
	struct file_proposal said; /* with the confidence of all voices */
	const struct letter_file *file;
	int64_t id;
	bool sure;
	/* What others say instead, strongest first. */
	const struct proposal_voice *alternatives;
	size_t alternative_count;
};

struct proposal_list {
	struct proposal *items; /* in the order of the fields */
	size_t count;
};

struct proposal_request {
	int64_t organisation_id;
	int64_t letter_file_id; /* the raw letter */
	const struct letter_file_list *files;
	const struct main_document *main;
};

/* Pure: one proposal for each field, many for addressees, recipients and
 * cited documents. */
struct proposal_list proposal_merge(const struct proposal_voice *voices,
				    size_t count, struct arena *arena);

bool proposal_find(struct db *db, const struct proposal_request *request,
		   struct arena *arena, struct proposal_list *ret_list,
		   struct fail *why);
/* The best one of a field, or NULL. */
const struct proposal *proposal_of(const struct proposal_list *list,
				   const char *field);
/* Its value, or NULL. */
const char *proposal_value(const struct proposal_list *list,
			   const char *field);
