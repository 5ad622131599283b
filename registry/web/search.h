/*
 * Searches, as a request's query asks for them. For web/.
 */
#pragma once
#include "core/search.h"
#include "web/visit.h"

struct search_request search_request_of(struct visit *visit);

/* Handlers. */
bool search_show(struct visit *visit, struct fail *why);
bool search_facet_route(struct visit *visit, struct fail *why);
bool search_export_route(struct visit *visit, struct fail *why);
