#include "letterhead/letterhead.h"
#include <assert.h>

static const char *const field_names[LETTERHEAD_FIELD_COUNT] = {
	[LETTERHEAD_SYMBOL] = "symbol",
	[LETTERHEAD_DAY] = "document_day",
	[LETTERHEAD_PLACE] = "place",
	[LETTERHEAD_ISSUER] = "issuer",
	[LETTERHEAD_SUPERIOR] = "superior",
	[LETTERHEAD_TYPE] = "type",
	[LETTERHEAD_SUBJECT] = "subject",
	[LETTERHEAD_SIGNER] = "signer_name",
	[LETTERHEAD_POSITION] = "signer_position",
	[LETTERHEAD_CAPACITY] = "signer_capacity",
	[LETTERHEAD_URGENCY] = "urgency",
	[LETTERHEAD_DUE_DAY] = "due_day",
	[LETTERHEAD_ADDRESSEE] = "addressee",
	[LETTERHEAD_RECIPIENT] = "recipient",
	[LETTERHEAD_CITED] = "cited",
};

static const char *const source_names[LETTERHEAD_SOURCE_COUNT] = {
	[LETTERHEAD_FROM_TEXT] = "text",
	[LETTERHEAD_FROM_OCR] = "ocr",
	[LETTERHEAD_FROM_EDXML] = "edxml",
	[LETTERHEAD_FROM_SIGNATURE] = "signature",
	[LETTERHEAD_FROM_NAME] = "file_name",
	[LETTERHEAD_FROM_MAIL] = "mail_subject",
};

const char *letterhead_field_name(enum letterhead_field field)
{
	assert(field < LETTERHEAD_FIELD_COUNT);
	return field_names[field];
}

const char *letterhead_source_name(enum letterhead_source source)
{
	assert(source < LETTERHEAD_SOURCE_COUNT);
	return source_names[source];
}
