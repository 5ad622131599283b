/*
 * What the bytes of a PDF say by themselves, without Poppler: names of
 * dangers, ranges of signatures, streams that unfold to too much.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"

struct pdf_signed_range {
	size_t first_size;   /* the first part begins at 0 */
	size_t second_start; /* what lies between is the signature */
	size_t second_size;
	struct bytes object; /* the dictionary it stands in */
};

struct pdf_raw {
	bool is_encrypted, has_javascript, has_form;
	bool unfolds_too_much; /* nothing else should read it */
	struct pdf_signed_range *ranges;
	size_t range_count;
};

struct pdf_raw pdf_raw_read(struct bytes content, struct arena *arena);
