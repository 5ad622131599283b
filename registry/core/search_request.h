/*
 * Search requests, checked: what core/search.c and core/search_facet.c ask
 * the index. Not for others.
 */
#pragma once
#include "core/match.h"
#include "core/search.h"

enum search_filter {
	SEARCH_FILTER_KIND,
	SEARCH_FILTER_DIRECTION,
	SEARCH_FILTER_BOOK,
	SEARCH_FILTER_ISSUER,
	SEARCH_FILTER_TYPE,
	SEARCH_FILTER_UNIT,
	SEARCH_FILTER_YEAR,
	SEARCH_FILTER_STATUS,
	SEARCH_FILTER_SIGNER,
	SEARCH_FILTER_URGENCY,
	SEARCH_FILTER_DEADLINE,
	SEARCH_FILTER_FILE,
	SEARCH_FILTER_COUNT
};

struct search_question {
	struct match match;
	struct match_filters filters;
	/* Each filter's tags as facets count them, without the sign in front;
	 * count 0: not asked. */
	struct match_filter asked[SEARCH_FILTER_COUNT];
	/* Where among the filters it stands; SIZE_MAX: nowhere. */
	size_t places[SEARCH_FILTER_COUNT];
	int64_t today;		/* as a number */
	int64_t from_id, to_id; /* the days asked for, as ids of items */
	size_t limit;
};

/* The name of a filter, as requests and facets call it. */
const char *search_filter_name(enum search_filter filter);
/* FAIL_INVALID "search.invalid" for what cannot be. */
bool search_request_check(const struct search_request *request,
			  struct arena *arena,
			  struct search_question *ret_question,
			  struct fail *why);
/* Whether an item with these tags, as stored, is let through. */
bool search_passes(const struct match_filters *filters, const char *tags);
