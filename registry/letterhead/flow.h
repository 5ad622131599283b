/*
 * Flow: the whole text of a document as one long line, for what runs on over
 * the ends of lines.
 */
#pragma once
#include "letterhead/sheet.h"

struct flow {
	struct line line;	    /* of all terms */
	const struct line **owners; /* the line each term is of */
	const bool *starts;	    /* whether it is the first of its line */
};

struct flow flow_of(const struct sheet *sheet);
/* Where the sentence or the paragraph that holds the term begins. */
size_t flow_sentence(const struct flow *flow, size_t at);
/* The last place of the phrase before `to`, not before `from`; `to` when it
 * is not there. */
size_t flow_find_back(const struct flow *flow, const char *phrase, size_t from,
		      size_t to);
/* Gives the proposal its place, page and what was seen. */
void flow_show(struct sheet *sheet, const struct flow *flow,
	       struct letterhead_proposal *proposal, size_t from, size_t to);
