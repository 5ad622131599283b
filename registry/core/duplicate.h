/*
 * Duplicates: has this document an entry already? Number, symbol and issuer as
 * the decree demands (annex VI, III.1h), the document identifier, the files.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum duplicate_match {
	DUPLICATE_FILE,	      /* the same file is attached to it */
	DUPLICATE_IDENTIFIER, /* the same mã định danh */
	DUPLICATE_SYMBOL,     /* number, symbol, issuer and date */
	DUPLICATE_OTHER_DAY,  /* the same, another date of that year */
	DUPLICATE_OTHER_YEAR, /* the same in another year: only a hint */
	DUPLICATE_MATCH_COUNT
};

struct duplicate {
	enum duplicate_match match;
	int64_t entry_id;
	const char *direction;
	int64_t book_id, year, number;
	const char *suffix;
	const char *day; /* đến */
	const char *issuer, *symbol, *document_day, *subject;
	const char *registered_name;
	int64_t registered_at;
};

struct duplicate_list {
	const struct duplicate *duplicates; /* strongest first; one per entry */
	size_t count;
	bool must_ask; /* one of them is more than a hint */
};

struct duplicate_request {
	int64_t organisation_id;
	int64_t agency_id;  /* 0: by issuer */
	const char *issuer; /* these may be NULL or "" */
	const char *symbol;
	const char *document_day;
	const char *identifier;
	int64_t letter_id;	    /* its files of class file; 0: none */
	const char *const *sha256s; /* more files */
	size_t sha256_count;
	int64_t except_entry; /* itself, when edited */
};

const char *duplicate_match_name(enum duplicate_match match); /* "file" */
bool duplicate_find(struct db *db, const struct duplicate_request *request,
		    struct arena *arena, struct duplicate_list *ret_list,
		    struct fail *why);
