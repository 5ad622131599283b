/* Searching: hits with the places to mark, and facets. */
#include "core/search.h"
#include "base/moment.h"
#include "web/search.h"
#include <string.h>

static void present_text(struct tree *out, const char *name,
			 const struct search_text *text)
{
	struct tree *member, *marks;

	if (!text->string || !*text->string)
		return;
	member = tree_set_tree(out, name);
	tree_set_text(member, "text", text->string);
	marks = tree_set_list(member, "marks");
	for (size_t i = 0; i < text->range_count; i++) {
		tree_add_int(marks, (int64_t)text->ranges[i].start);
		tree_add_int(marks, (int64_t)text->ranges[i].length);
	}
}

static void present_hit(struct tree *out, const struct search_hit *hit)
{
	tree_set_text(out, "kind", hit->kind);
	tree_set_int(out, "id", hit->id);
	tree_set_bool(out, "right_number", hit->is_right_number);
	tree_set_bool(out, "void", hit->is_void);
	tree_set_text(out, "direction", hit->direction);
	tree_set_text(out, "date", hit->date);
	if (hit->status[0] != '\0')
		tree_set_text(out, "status", hit->status);
	present_text(out, "number", &hit->number);
	present_text(out, "symbol", &hit->symbol);
	present_text(out, "subject", &hit->subject);
	present_text(out, "issuer", &hit->issuer);
	present_text(out, "signer", &hit->signer);
	present_text(out, "sender", &hit->sender);
	present_text(out, "files", &hit->files);
	present_text(out, "excerpt", &hit->excerpt);
	if (hit->file) {
		tree_set_text(out, "file", hit->file);
		tree_set_int(out, "page", hit->page);
	}
}

static bool add_facets(struct visit *visit,
		       const struct search_request *request, struct fail *why)
{
	struct search_facets facets;
	struct tree *list;

	if (!search_count_facets(visit->db, request, visit->arena, &facets,
				 why))
		return false;
	tree_set_int(visit->answer, "total", facets.total);
	tree_set_bool(visit->answer, "total_capped", facets.is_capped);
	list = tree_set_list(visit->answer, "facets");
	for (size_t i = 0; i < facets.facet_count; i++) {
		const struct search_facet *facet = &facets.facets[i];
		struct tree *out = tree_add_tree(list), *counts;
		tree_set_text(out, "name", facet->name);
		counts = tree_set_list(out, "counts");
		for (size_t k = 0; k < facet->count; k++) {
			struct tree *one = tree_add_tree(counts);
			tree_set_text(one, "value", facet->counts[k].value);
			tree_set_text(one, "label", facet->counts[k].label);
			tree_set_int(one, "count", facet->counts[k].count);
		}
	}
	return true;
}

static bool add_histogram(struct visit *visit,
			  const struct search_request *request,
			  struct fail *why)
{
	struct search_histogram histogram;
	struct tree *out, *bars;

	if (!search_count_days(visit->db, request, visit->arena, &histogram,
			       why))
		return false;
	out = tree_set_tree(visit->answer, "histogram");
	tree_set_text(out, "step", histogram.step);
	tree_set_bool(out, "capped", histogram.is_capped);
	bars = tree_set_list(out, "bars");
	for (size_t i = 0; i < histogram.count; i++) {
		struct tree *bar = tree_add_tree(bars);

		tree_set_text(bar, "from", histogram.bars[i].from);
		tree_set_text(bar, "to", histogram.bars[i].to);
		tree_set_int(bar, "count", histogram.bars[i].count);
	}
	return true;
}

struct search_request search_request_of(struct visit *visit)
{
	const char *order = http_request_query(visit->http, "order");

	return (struct search_request){
		.organisation_id = visit->actor.organisation_id,
		.viewer = &visit->actor,
		.text = http_request_query(visit->http, "q"),
		.kind = http_request_query(visit->http, "kind"),
		.direction = http_request_query(visit->http, "direction"),
		.book = http_request_query(visit->http, "book"),
		.issuer = http_request_query(visit->http, "issuer"),
		.type = http_request_query(visit->http, "type"),
		.unit = http_request_query(visit->http, "unit"),
		.year = http_request_query(visit->http, "year"),
		.status = http_request_query(visit->http, "status"),
		.signer = http_request_query(visit->http, "signer"),
		.urgency = http_request_query(visit->http, "urgency"),
		.deadline = http_request_query(visit->http, "deadline"),
		.file = http_request_query(visit->http, "file"),
		.from = http_request_query(visit->http, "from"),
		.to = http_request_query(visit->http, "to"),
		.after = http_request_query(visit->http, "after"),
		.limit = (size_t)visit_query_int(visit, "limit", 50),
		.order = order && strcmp(order, "newest") == 0
				 ? SEARCH_NEWEST
				 : SEARCH_BEST,
		.now = moment_now(),
	};
}

bool search_show(struct visit *visit, struct fail *why)
{
	struct search_request request = search_request_of(visit);
	struct search_answer answer;
	struct tree *hits;

	if (request.limit < 1 || request.limit > SEARCH_LIMIT_MAX)
		return fail(why, FAIL_INVALID, "'limit' is 1 to %d",
			    SEARCH_LIMIT_MAX);
	if (!search_find(visit->db, &request, visit->arena, &answer, why))
		return false;
	hits = tree_set_list(visit->answer, "hits");
	for (size_t i = 0; i < answer.hit_count; i++)
		present_hit(tree_add_tree(hits), &answer.hits[i]);
	tree_set_text(visit->answer, "next", answer.next_after);
	if (http_request_query(visit->http, "facets"))
		return add_facets(visit, &request, why);
	return true;
}

bool search_facet_route(struct visit *visit, struct fail *why)
{
	struct search_request request = search_request_of(visit);

	request.limit = 0;
	return add_facets(visit, &request, why) &&
	       add_histogram(visit, &request, why);
}
