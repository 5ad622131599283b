/*
 * Values of the header of an edXML package, and what they propose for the
 * register.
 */
#pragma once
#include "reader/document.h"

/* The innermost element around a value that gives it its meaning. */
enum edxml_holder {
	EDXML_NONE,
	EDXML_FROM,
	EDXML_TO,
	EDXML_CODE,
	EDXML_PROMULGATION,
	EDXML_TYPE,
	EDXML_SIGNER,
	EDXML_OTHER,
	EDXML_PLACES,
	EDXML_RESPONSE,
	EDXML_TRACE,
	EDXML_BUSINESS,
	EDXML_REPLACEMENT,
	EDXML_STAFF,
	EDXML_MANIFEST,
	EDXML_ATTACHMENT,
	EDXML_SIGNATURE
};

enum edxml_value {
	EDXML_ISSUER,
	EDXML_SUPERIOR,
	EDXML_NUMBER,
	EDXML_NOTATION,
	EDXML_ID, /* of the document: "000.00.G22,2015/09/30,7816/VPCP" */
	EDXML_PLACE,
	EDXML_DAY,
	EDXML_TYPE_NAME,
	EDXML_SUBJECT,
	EDXML_CONTENT,
	EDXML_CAPACITY,
	EDXML_POSITION,
	EDXML_FULL_NAME,
	EDXML_DUE_DAY,
	EDXML_PRIORITY,
	EDXML_BUSINESS_TYPE,
	EDXML_REASON,
	EDXML_AFFECTED_ID,
	EDXML_STATUS,
	EDXML_DESCRIPTION,
	EDXML_CITED_CODE, /* these three of one ResponseFor */
	EDXML_CITED_DAY,
	EDXML_CITED_ID,
	EDXML_VALUE_COUNT
};

struct edxml_values {
	struct document *document;
	const char *at[EDXML_VALUE_COUNT]; /* NULL: not said */
};

/* Of the element called so inside `outer`. */
enum edxml_holder edxml_holder(const char *name, enum edxml_holder outer);
void edxml_value_add(struct edxml_values *values, enum edxml_holder holder,
		     const char *name, const char *value);
/* Everything is known: proposals, text and flags of the document. */
void edxml_value_propose(struct edxml_values *values);
