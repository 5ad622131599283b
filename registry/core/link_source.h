/*
 * Link source: all that is known of one letter, as the rules of links want it.
 * The only file of theirs that reads what the readers wrote.
 */
#pragma once
#include "core/link_cite.h"
#include "core/near_text.h"

struct db;

enum {
	LINK_SURE = 900,      /* as letterhead.h calls a field sure */
	LINK_FILES_MAX = 60,  /* of a letter that are looked at */
	LINK_TEXT_MAX = 65536 /* characters of a file's text */
};

struct link_field {
	const char *value; /* NULL: not read */
	int confidence;
	bool is_of_mail; /* from the mail's subject or a file's name */
};

struct link_file {
	int64_t file_id;
	const char *name; /* NULL: none */
	const char *text; /* NULL: none, or not read */
	bool is_scanned;
	bool is_container; /* an archive: its members count */
	bool is_document;  /* no logo, no signature card */
};

struct link_source {
	int64_t letter_id, file_id, group_id, organisation_id;
	bool leads;
	bool is_waiting; /* state todo */
	bool is_read;
	bool is_quarantined;
	int64_t received_at;
	int64_t entry_id;				  /* that it is of; 0 */
	const char *sender, *subject, *body, *message_id; /* NULL: none */
	const char *authentication_json, *signatures_json;
	bool is_ours;		  /* from one of our mailboxes */
	const char *organisation; /* whose register this is */
	const char **references;  /* Message-IDs, the direct one first */
	size_t reference_count;
	struct link_field symbol, day, issuer, title;
	const char *symbol_key; /* "" when not read */
	int64_t agency_id;	/* 0: not known */
	int64_t main_file_id;	/* 0: none */
	bool has_letterhead;	/* its document has number, issuer or subject */
	struct link_file *files;
	size_t file_count;
	struct link_cited_list cited;	   /* by the document */
	struct link_cited_list mail_cited; /* by subject, body, file names */
	struct near_text main;		   /* words 0: no text */
};

/* FAIL_NOT_FOUND when there is no such letter. */
bool link_source_load(struct db *db, int64_t letter_id, struct arena *arena,
		      struct link_source *ret_source, struct fail *why);
/* Writer: what later letters are compared with. */
bool link_source_index(struct db *db, const struct link_source *source,
		       struct fail *why);
