/*
 * Document: what one file that is not a letter gave, whatever its format.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include "letterhead/letterhead.h"
#include <stdint.h>

enum {
	DOCUMENT_FLAGS_MAX = 16
};

struct document_request {
	struct bytes content;
	const char *name;    /* for people; a hint, never believed; or NULL */
	bool recognise;	     /* OCR pages that have no text */
	unsigned char *room; /* for contents of members */
	size_t room_size;
};

/* A file inside the file: of an archive, an edXML package, a TNEF, a PDF. */
struct document_member {
	const char *path;  /* "1", "2", … */
	const char *name;  /* for people, UTF-8; NULL: none */
	const char *type;  /* by content: "application/pdf" */
	const char *class; /* as core/part.h: "file", "message", … */
	size_t at, size;   /* in the room */
	const char *role;  /* "main", "annex": stated by a package; or NULL */
	const char *flag;  /* what is wrong with it: "broken"; or NULL */
};

enum document_signature_state {
	DOCUMENT_SIGNED,	 /* covers the whole file */
	DOCUMENT_SIGNED_CHANGED, /* something was added behind it */
	DOCUMENT_SIGNATURE_BROKEN
};

struct document_signature {
	enum document_signature_state state;
	const char *name;	  /* of the certificate */
	const char *organisation; /* of the certificate; or NULL */
	int64_t signed_at;	  /* seconds since 1970; 0: not said */
	bool trusted;		  /* chain ends at one of the agency's CAs */
};

struct document {
	struct arena *arena; /* everything below lives in it */
	const char *format;  /* "pdf", "docx", "zip", …; NULL: unknown */
	const char *type;    /* by content: "application/pdf" */
	const char *reason;  /* not read: a stable code, "encrypted",
				"damaged", "limit.members"; NULL: read */
	int total_pages;     /* 0: not known */
	struct page *pages;  /* those with words */
	size_t page_count;
	const char *text;	/* all of it, pages apart by U+000C; or NULL */
	bool needs_recognition; /* pages without text are left */
	struct document_member *members;
	size_t member_count;
	struct document_signature *signatures;
	size_t signature_count;
	/* What the file states itself (edXML), before the letterhead adds. */
	struct letterhead_proposal *stated;
	size_t stated_count;
	const char *flags[DOCUMENT_FLAGS_MAX]; /* constants: "javascript" */
	size_t flag_count;
};

/* By content, never by name. Fills the empty *ret; what cannot be read has a
 * reason and is no failure. FAIL_LIMIT: the room is too small. */
bool document_read(const struct document_request *request,
		   struct arena *arena, struct document *ret,
		   struct fail *why);
/* Once per flag; a constant. */
void document_flag(struct document *document, const char *flag);
