#include "core/match.h"
#include "core/search.h"
#include "core/search_request.h"
#include "core/search_row.h"
#include "core/search_tag.h"
#include "store/query.h"
#include "store/transaction.h"
#include <stdlib.h>
#include <string.h>

enum {
	VALUES_MAX = 400, /* different values of one facet */
	SHOWN_MAX = 50
};

static const char select_matches[] =
	"SELECT search_item.tags"
	"  FROM search_index CROSS JOIN search_item INDEXED BY search_item_tags"
	"    ON search_item.id = search_index.rowid"
	" WHERE search_index MATCH ?1 AND search_index.rowid <= ?2"
	"   AND search_index.rowid >= ?3 AND organisation_id = ?4"
	" ORDER BY search_index.rowid DESC LIMIT ?5";
static const char select_newest[] =
	"SELECT tags FROM search_item INDEXED BY search_item_tags"
	" WHERE id <= ?2 AND id >= ?3 AND organisation_id = ?4"
	" ORDER BY id DESC LIMIT ?5";
static const char select_book_name[] = "SELECT name FROM book WHERE id = ?1";
static const char select_agency_name[] =
	"SELECT name FROM agency WHERE id = ?1";
static const char select_type_name[] =
	"SELECT name FROM document_type WHERE id = ?1";
static const char select_unit_name[] = "SELECT name FROM unit WHERE id = ?1";

/* In the order of enum search_filter. */
static const struct {
	char letter; /* its tags begin with */
	const char *select_label;
} kinds[SEARCH_FILTER_COUNT] = {
	{ 'k', NULL },
	{ 'd', NULL },
	{ 'b', select_book_name },
	{ 'i', select_agency_name },
	{ 't', select_type_name },
	{ 'u', select_unit_name },
	{ 'y', NULL },
	{ 's', NULL },
	{ 'g', NULL },
	{ 'h', NULL },
	{ 'l', NULL },
	{ 'f', NULL },
};

struct value {
	const char *tag;
	size_t size; /* of the tag */
	int64_t count;
};

struct tally {
	struct value values[VALUES_MAX];
	size_t count;
};

struct counting {
	struct db *db;
	struct arena *arena;
	int64_t organisation_id;
	struct search_question question;
	struct tally tallies[SEARCH_FILTER_COUNT];
	int64_t total; /* one more than is counted when there are more */
};

static void tally_add(struct counting *counting, size_t filter,
		      const struct value *more)
{
	struct tally *tally = &counting->tallies[filter];
	struct value *value;

	for (size_t i = 0; i < tally->count; i++) {
		value = &tally->values[i];
		if (value->size == more->size &&
		    memcmp(value->tag, more->tag, more->size) == 0) {
			value->count += more->count;
			return;
		}
	}
	if (tally->count == VALUES_MAX)
		return;
	value = &tally->values[tally->count++];
	*value = *more;
	value->tag = arena_copy_part(counting->arena, more->tag, more->size);
}

static size_t filter_of(char letter)
{
	size_t i = 0;

	while (i < SEARCH_FILTER_COUNT && kinds[i].letter != letter)
		i++;
	return i;
}

/* As the facet counts it. False for a tag that says nothing of its own. */
static bool read_value(const struct counting *counting, size_t filter,
		       const char *tag, struct value *ret_value)
{
	struct value value = { tag, strcspn(tag, " "), 1 };

	if (filter == SEARCH_FILTER_DEADLINE) {
		value.tag = search_deadline_value(tag, value.size,
						  counting->question.today);
		if (!value.tag)
			return false;
		value.size = strlen(value.tag);
	}
	*ret_value = value;
	return true;
}

/* Without a filter of its own a facet counts under all filters; with one it
 * is counted once more, under all the others. */
static void count_item(struct counting *counting, const char *tags,
		       size_t without)
{
	const struct match_filter *asked = counting->question.asked;

	while ((tags = strchr(tags, '\x01')) != NULL) {
		size_t filter = filter_of(*++tags);
		struct value value;

		if (filter == SEARCH_FILTER_COUNT)
			continue;
		if ((without == filter || (without == SEARCH_FILTER_COUNT &&
					   asked[filter].count == 0)) &&
		    read_value(counting, filter, tags, &value))
			tally_add(counting, filter, &value);
	}
}

static struct match_filters filters_without(
	const struct search_question *question, size_t without)
{
	struct match_filters filters = question->filters;

	if (without == SEARCH_FILTER_COUNT)
		return filters;
	filters.count = 0;
	for (size_t i = 0; i < question->filters.count; i++) {
		if (i != question->places[without])
			filters.all[filters.count++] =
				question->filters.all[i];
	}
	return filters;
}

/* What is not in the index yet. */
static bool count_pending(struct counting *counting,
			  const struct match_filters *filters, size_t without,
			  int64_t *seen, struct fail *why)
{
	struct search_pending_request request = {
		.question = &counting->question,
		.filters = filters,
		.organisation_id = counting->organisation_id,
		.tier = MATCH_ALL,
		.below = counting->question.to_id,
	};
	struct search_pending list;

	if (!search_pending_find(counting->db, &request, counting->arena,
				 &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		count_item(counting, list.rows[i].tags, without);
	*seen += (int64_t)list.count;
	return true;
}

/* One reading of the hits, under all filters but one. */
static bool count_hits(struct counting *counting, size_t without,
		       struct fail *why)
{
	struct arena *arena = counting->arena;
	struct match_filters filters =
		filters_without(&counting->question, without);
	const char *match = match_print(&counting->question.match, MATCH_ALL,
					&filters, arena);
	bool has_words = match[0] != '\0';
	int64_t seen = 0;
	auto_query *query = NULL;

	if (has_words &&
	    !count_pending(counting, &filters, without, &seen, why))
		return false;
	query = db_query(counting->db,
			 has_words ? select_matches : select_newest, why);
	if (!query)
		return false;
	if (has_words)
		query_text(query, 1, match);
	query_int(query, 2, counting->question.to_id);
	query_int(query, 3, counting->question.from_id);
	query_int(query, 4, counting->organisation_id);
	query_int(query, 5, SEARCH_COUNTED_MAX + 1);
	while (query_row(query, why)) {
		if (++seen <= SEARCH_COUNTED_MAX)
			count_item(counting, query_get_text(query, 0, arena),
				   without);
	}
	if (without == SEARCH_FILTER_COUNT)
		counting->total = seen;
	return why->kind == FAIL_NONE;
}

static bool count_all(struct counting *counting, struct fail *why)
{
	for (size_t i = 0; i < SEARCH_FILTER_COUNT; i++) {
		if (counting->question.asked[i].count > 0 &&
		    !count_hits(counting, i, why))
			return false;
	}
	return count_hits(counting, SEARCH_FILTER_COUNT, why);
}

static int by_count(const void *left, const void *right)
{
	const struct value *a = left, *b = right;

	if (a->count != b->count)
		return a->count < b->count ? 1 : -1;
	return strcmp(a->tag, b->tag);
}

/* What the filter of this facet takes. */
static const char *value_of(enum search_filter filter, const char *tag,
			    struct arena *arena)
{
	if (filter == SEARCH_FILTER_KIND)
		return tag[1] == 'e' ? "entry" : "letter";
	if (filter == SEARCH_FILTER_SIGNER)
		return search_signer_name(tag + 1, arena);
	return arena_copy(arena, tag + 1);
}

static bool find_label(const struct counting *counting,
		       enum search_filter filter, const char *value,
		       const char **ret_label, struct fail *why)
{
	auto_query *query = NULL;

	*ret_label = value;
	if (!kinds[filter].select_label)
		return true;
	query = db_query(counting->db, kinds[filter].select_label, why);
	if (!query)
		return false;
	query_int(query, 1, strtoll(value, NULL, 10));
	if (query_row(query, why))
		*ret_label = query_get_text(query, 0, counting->arena);
	return why->kind == FAIL_NONE;
}

/* What was asked for stays in sight, however rare. */
static bool is_shown(const struct search_question *question,
		     enum search_filter filter, size_t at, const char *tag)
{
	const struct match_filter *asked = &question->asked[filter];

	if (at < SHOWN_MAX)
		return true;
	for (size_t i = 0; i < asked->count; i++) {
		if (strcmp(asked->tags[i], tag) == 0)
			return true;
	}
	return false;
}

static void add_asked(struct counting *counting, enum search_filter filter)
{
	const struct match_filter *asked = &counting->question.asked[filter];

	for (size_t i = 0; i < asked->count; i++) {
		const char *tag = asked->tags[i];

		tally_add(counting, filter,
			  &(struct value){ tag, strlen(tag), 0 });
	}
}

static bool print_facet(struct counting *counting, enum search_filter filter,
			struct search_facet *facet, struct fail *why)
{
	struct arena *arena = counting->arena;
	struct tally *tally = &counting->tallies[filter];
	struct search_count *counts;
	size_t count = 0;

	add_asked(counting, filter);
	qsort(tally->values, tally->count, sizeof tally->values[0], by_count);
	counts = arena_array(arena, SHOWN_MAX + SEARCH_VALUES_MAX,
			     sizeof *counts);
	for (size_t i = 0; i < tally->count; i++) {
		const struct value *value = &tally->values[i];
		struct search_count *one = &counts[count];

		if (!is_shown(&counting->question, filter, i, value->tag))
			continue;
		one->value = value_of(filter, value->tag, arena);
		one->count = value->count;
		count++;
		if (!find_label(counting, filter, one->value, &one->label,
				why))
			return false;
	}
	*facet = (struct search_facet){ .name = search_filter_name(filter),
					.counts = counts,
					.count = count };
	return true;
}

bool search_count_facets(struct db *db, const struct search_request *request,
			 struct arena *arena, struct search_facets *ret_facets,
			 struct fail *why)
{
	struct counting *counting = arena_alloc(arena, sizeof *counting);
	struct search_facet *facets =
		arena_array(arena, SEARCH_FILTER_COUNT, sizeof *facets);
	auto_transaction *snapshot = NULL;

	counting->db = db;
	counting->arena = arena;
	counting->organisation_id = request->organisation_id;
	why->kind = FAIL_NONE;
	if (!search_request_check(request, arena, &counting->question, why))
		return false;
	snapshot = transaction_begin(db, why);
	if (!snapshot || !count_all(counting, why))
		return false;
	for (size_t i = 0; i < SEARCH_FILTER_COUNT; i++) {
		if (!print_facet(counting, (enum search_filter)i, &facets[i],
				 why))
			return false;
	}
	if (!transaction_commit(snapshot, why))
		return false;
	*ret_facets = (struct search_facets){
		.facets = facets,
		.facet_count = SEARCH_FILTER_COUNT,
		.total = counting->total > SEARCH_COUNTED_MAX
				 ? SEARCH_COUNTED_MAX
				 : counting->total,
		.is_capped = counting->total > SEARCH_COUNTED_MAX,
	};
	return true;
}
