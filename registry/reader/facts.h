/*
 * Facts: what the headers of one part say about it, read by the definition of
 * an attachment (README.md), and its class.
 */
#pragma once
#include "reader/header.h"
#include "reader/runes.h"

enum {
	FACTS_DOUBTS_MAX = 16
};

struct facts {
	const char *type;	 /* "application/pdf", lower case, "" never */
	const char *disposition; /* "attachment"; "" without one */
	const char *name;	 /* for people; NULL: none */
	const char *strict_name; /* by the definition; NULL: none */
	const char *encoding;	 /* of transfer, lower case; "" */
	const char *charset;	 /* NULL: not said */
	const char *content_id;	 /* without <>; NULL: none */
	bool has_content_id;
	bool has_boundary;
	struct bytes boundary;
	const char *doubts[FACTS_DOUBTS_MAX]; /* constants */
	size_t doubt_count;
};

/* `fallback` is the type of a part that does not say. */
struct facts facts_read(const struct header *header, const char *fallback,
			struct arena *arena);
bool facts_is_attachment(const struct facts *facts);
bool facts_is_letter(const struct facts *facts); /* message/rfc822 and kin */
/* `related`: inside multipart/related at any depth; `choice`: directly inside
 * multipart/alternative. */
const char *facts_class(const struct facts *facts, bool related, bool choice);
