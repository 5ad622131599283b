/*
 * Agencies: their names as they are written in text.
 */
#pragma once
#include "letterhead/parts.h"
#include "letterhead/sheet.h"

/* A name as a head prints it. */
struct agency_print {
	const char *text;	    /* in capitals */
	int confidences[PARTS_MAX]; /* of its words */
	size_t count;		    /* of words */
};

enum agency_source {
	AGENCY_TEXT, /* the text has the same name */
	AGENCY_NEAR, /* the text has it with other letters */
	AGENCY_RULES /* the text has it not */
};

/* As the document itself writes it in its text or by the rules of names. UBND
 * and HĐND are written out. */
char *agency_name(const struct sheet *sheet,
		  const struct agency_print *printed,
		  enum agency_source *ret_source);
/* Whether the name must go on: "… KHU VỰC", "ỦY BAN NHÂN DÂN PHƯỜNG". */
bool agency_is_open(const char *name, struct arena *arena);
/* UBND and HĐND in full; the rest as it is. */
char *agency_write_out(const char *text, struct arena *arena);
