#include "core/search.h"
#include "core/highlight.h"
#include "core/match.h"
#include "core/search_item.h"
#include "core/search_request.h"
#include "core/search_row.h"
#include "store/query.h"
#include "store/transaction.h"
#include <stdlib.h>
#include <string.h>

enum {
	PINS_MAX = 5,
	EXCERPT_MAX = 48 * 1024,  /* characters of a body that are looked at */
	EXCERPTS_MAX = 256 * 1024 /* and bytes of all bodies of a page */
};

static const char select_matches[] =
	"SELECT " SEARCH_ROW
	"  FROM search_index CROSS JOIN search_item"
	"    ON search_item.id = search_index.rowid"
	" WHERE search_index MATCH ?1 AND search_index.rowid <= ?2"
	"   AND search_index.rowid >= ?3 AND organisation_id = ?4"
	" ORDER BY search_index.rowid DESC LIMIT ?5";
static const char select_newest[] =
	"SELECT " SEARCH_ROW
	"  FROM search_item"
	" WHERE id <= ?2 AND id >= ?3 AND organisation_id = ?4"
	" ORDER BY id DESC LIMIT ?5";
static const char select_by_symbol[] =
	"SELECT " SEARCH_ROW
	"  FROM search_item"
	" WHERE organisation_id = ?1 AND symbol_key = ?2 AND symbol_key <> ''"
	" ORDER BY id DESC LIMIT ?3";
static const char select_by_number[] =
	"SELECT " SEARCH_ROW
	"  FROM search_item"
	" WHERE organisation_id = ?1 AND register_number = ?2"
	" ORDER BY id DESC LIMIT ?3";
static const char select_by_symbol_number[] =
	"SELECT " SEARCH_ROW
	"  FROM search_item"
	" WHERE organisation_id = ?1 AND symbol_number = ?2"
	" ORDER BY id DESC LIMIT ?3";
static const char select_body[] =
	"SELECT substr(body, 1, ?2) FROM search_body WHERE id = ?1";

/* One page in the making. */
struct page {
	struct db *db;
	const struct search_request *request;
	struct search_question question;
	struct arena *arena;
	struct search_hit *hits;
	size_t count;
	int64_t pins[PINS_MAX];
	size_t pin_count;
	size_t budget; /* bytes of bodies that may still be looked at */
	enum match_tier tier;
	int64_t last_id;
	bool has_more;
};

/* Of the tags, as stored. */
static const char *status_of(const char *tags, struct arena *arena)
{
	const char *at = strstr(tags, "\x01s");

	return at ? arena_copy_part(arena, at + 2, strcspn(at + 2, " ")) : "";
}

struct search_row search_row_read(struct query *query, struct arena *arena)
{
	struct search_row row = {
		.id = query_get_int(query, 0),
		.hit = {
			.kind = query_get_text(query, 1, arena),
			.id = query_get_int(query, 2),
			.is_void = query_get_int(query, 3) != 0,
			.direction = query_get_text(query, 4, arena),
			.date = query_get_text(query, 5, arena),
			.book_id = query_get_int(query, 6),
			.agency_id = query_get_int(query, 7),
			.type_id = query_get_int(query, 8),
			.unit_id = query_get_int(query, 9),
		},
		.tags = query_get_text(query, SEARCH_ROW_COLUMNS - 1, arena),
	};

	for (int i = 0; i < SEARCH_ROW_TEXTS; i++)
		row.texts[i] = query_get_text(query, 10 + i, arena);
	row.hit.status = status_of(row.tags, arena);
	return row;
}

/* The file and its page that hold byte `at` of a body. */
static void find_place(const char *body, size_t at, struct search_hit *hit,
		       struct arena *arena)
{
	const char *end = body + at;
	const char *mark = memchr(body, SEARCH_FILE_MARK, at);

	while (mark) {
		const char *name = mark + 1;
		const char *text = strchr(name, SEARCH_FILE_MARK);

		if (!text)
			return;
		hit->file = arena_copy_part(arena, name, (size_t)(text - name));
		hit->page = 0;
		if (text >= end)
			return;
		hit->page = 1;
		mark = NULL;
		for (const char *c = text + 1; c < end && !mark; c++) {
			hit->page += *c == '\f';
			if (*c == SEARCH_FILE_MARK)
				mark = c;
		}
	}
}

static bool read_excerpt(struct page *page, const struct search_row *item,
			 struct search_hit *hit, struct fail *why)
{
	struct search_text *excerpt = &hit->excerpt;
	const char *body;
	size_t at;
	const struct match *match = &page->question.match;
	auto_query *query = NULL;

	if (page->budget == 0)
		return true;
	query = db_query(page->db, select_body, why);
	if (!query)
		return false;
	query_int(query, 1, item->id);
	query_int(query, 2, EXCERPT_MAX);
	if (query_row(query, why)) {
		body = query_get_text(query, 0, page->arena);
		*excerpt = highlight_excerpt(match, body, &page->budget,
					     page->arena, &at);
		if (*excerpt->string)
			find_place(body, at, hit, page->arena);
	}
	return why->kind == FAIL_NONE;
}

static bool add_hit(struct page *page, const struct search_row *item,
		    bool is_right, struct fail *why)
{
	struct search_hit *hit = &page->hits[page->count];
	struct search_text texts[SEARCH_ROW_TEXTS];
	bool all = highlight_texts(&page->question.match, item->texts,
				   SEARCH_ROW_TEXTS, page->arena, NULL, texts);

	*hit = item->hit;
	hit->is_right_number = is_right;
	hit->number = texts[0];
	hit->symbol = texts[1];
	hit->subject = texts[2];
	hit->issuer = texts[3];
	hit->signer = texts[4];
	hit->sender = texts[5];
	hit->files = texts[6];
	/* What stands in the body only is shown by an excerpt. */
	hit->excerpt = (struct search_text){ .string = "" };
	if (!all && !read_excerpt(page, item, hit, why))
		return false;
	page->count++;
	return true;
}

static bool is_pinned(const struct page *page, int64_t id)
{
	for (size_t i = 0; i < page->pin_count; i++) {
		if (page->pins[i] == id)
			return true;
	}
	return false;
}

static bool passes(const struct page *page, const struct search_row *item)
{
	return item->id >= page->question.from_id &&
	       item->id <= page->question.to_id &&
	       search_passes(&page->question.filters, item->tags);
}

/* The number that was typed, in one of the three places it may stand. */
struct pin_place {
	const char *sql;
	const char *key; /* NULL: the number */
	int64_t number;
};

static bool add_pins(struct page *page, const struct pin_place *place,
		     struct fail *why)
{
	auto_query *query = db_query(page->db, place->sql, why);

	if (!query)
		return false;
	query_int(query, 1, page->request->organisation_id);
	if (place->key)
		query_text(query, 2, place->key);
	else
		query_int(query, 2, place->number);
	query_int(query, 3, (int64_t)PINS_MAX * 4);
	while (page->pin_count < PINS_MAX &&
	       page->pin_count < page->question.limit / 2 &&
	       query_row(query, why)) {
		struct search_row item = search_row_read(query, page->arena);

		if (is_pinned(page, item.id) || !passes(page, &item))
			continue;
		page->pins[page->pin_count++] = item.id;
		/* Later pages only need to know what stood on the first. */
		if (!page->request->after && !add_hit(page, &item, true, why))
			return false;
	}
	return why->kind == FAIL_NONE;
}

static bool find_pins(struct page *page, struct fail *why)
{
	const struct match *match = &page->question.match;
	struct pin_place symbol = { select_by_symbol, match->symbol_key, 0 };
	struct pin_place number = { select_by_number, NULL, match->number };
	struct pin_place part = { select_by_symbol_number, NULL,
				  match->number };

	if (page->request->order != SEARCH_BEST)
		return true;
	if (match->symbol_key[0] != '\0')
		return add_pins(page, &symbol, why);
	if (match->number == 0)
		return true;
	return add_pins(page, &number, why) && add_pins(page, &part, why);
}

/* One hit more, unless the page is full: then there is more. */
static bool offer(struct page *page, enum match_tier tier,
		  const struct search_row *item, struct fail *why)
{
	if (page->has_more || is_pinned(page, item->id))
		return true;
	if (page->count == page->question.limit) {
		page->has_more = true;
		return true;
	}
	page->tier = tier;
	page->last_id = item->id;
	return add_hit(page, item, false, why);
}

static struct query *query_tier(struct page *page, enum match_tier tier,
				int64_t below, struct fail *why)
{
	const struct search_question *question = &page->question;
	const char *match = match_print(&question->match, tier,
					&question->filters, page->arena);
	bool has_words = match[0] != '\0';
	struct query *query = db_query(
		page->db, has_words ? select_matches : select_newest, why);

	if (!query)
		return NULL;
	if (has_words)
		query_text(query, 1, match);
	query_int(query, 2, below);
	query_int(query, 3, question->from_id);
	query_int(query, 4, page->request->organisation_id);
	query_int(query, 5, (int64_t)(question->limit + page->pin_count + 1));
	return query;
}

/* What is not in the index yet. Without words the lines are read themselves,
 * and these are among them. */
static bool find_pending(struct page *page, enum match_tier tier,
			 int64_t below, struct search_pending *ret_list,
			 struct fail *why)
{
	const struct search_question *question = &page->question;
	const struct match_filters *filters = &question->filters;
	struct search_pending_request request = {
		.question = question,
		.filters = filters,
		.organisation_id = page->request->organisation_id,
		.tier = tier,
		.below = below,
	};

	*ret_list = (struct search_pending){ .count = 0 };
	if (question->match.count + filters->count == 0)
		return true;
	return search_pending_find(page->db, &request, page->arena, ret_list,
				   why);
}

/* Hits of one tier at or below the id, until the page is full. */
static bool add_tier(struct page *page, enum match_tier tier, int64_t below,
		     struct fail *why)
{
	struct search_pending pending;
	size_t next = 0;
	auto_query *query = NULL;

	if (!find_pending(page, tier, below, &pending, why))
		return false;
	query = query_tier(page, tier, below, why);
	if (!query)
		return false;
	while (!page->has_more && query_row(query, why)) {
		struct search_row item = search_row_read(query, page->arena);

		while (next < pending.count &&
		       pending.rows[next].id > item.id) {
			if (!offer(page, tier, &pending.rows[next++], why))
				return false;
		}
		if (!offer(page, tier, &item, why))
			return false;
	}
	if (why->kind != FAIL_NONE)
		return false;
	while (next < pending.count) {
		if (!offer(page, tier, &pending.rows[next++], why))
			return false;
	}
	return true;
}

static bool refuse_cursor(struct fail *why)
{
	fail(why, FAIL_INVALID, "the cursor is not one of this search");
	return fail_code(why, "search.cursor",
			 "Trang kết quả không còn hợp lệ. Hãy tìm lại.");
}

/* "1.339302332": the tier and the last id. */
static bool read_cursor(struct page *page, enum match_tier *ret_tier,
			int64_t *ret_below, struct fail *why)
{
	const char *after = page->request->after;
	char *end;
	long long id;

	*ret_tier = MATCH_ALL;
	*ret_below = page->question.to_id;
	if (page->question.match.has_exact &&
	    page->request->order == SEARCH_BEST)
		*ret_tier = MATCH_TIER_EXACT;
	if (!after)
		return true;
	if (after[0] < '0' || after[0] > '2' || after[1] != '.' ||
	    after[2] < '0' || after[2] > '9')
		return refuse_cursor(why);
	id = strtoll(after + 2, &end, 10);
	if (*end != '\0' || id == INT64_MAX ||
	    (after[0] == '0') != (*ret_tier == MATCH_ALL))
		return refuse_cursor(why);
	*ret_tier = (enum match_tier)(after[0] - '0');
	if (id - 1 < *ret_below)
		*ret_below = id - 1;
	return true;
}

static bool fill_page(struct page *page, struct fail *why)
{
	enum match_tier tier;
	int64_t below;

	if (!read_cursor(page, &tier, &below, why) || !find_pins(page, why) ||
	    !add_tier(page, tier, below, why))
		return false;
	if (tier != MATCH_TIER_EXACT || page->has_more)
		return true;
	return add_tier(page, MATCH_TIER_FOLDED, page->question.to_id, why);
}

bool search_find(struct db *db, const struct search_request *request,
		 struct arena *arena, struct search_answer *ret_answer,
		 struct fail *why)
{
	struct page page = {
		.db = db,
		.request = request,
		.arena = arena,
		.budget = EXCERPTS_MAX,
		.last_id = INT64_MAX,
	};
	auto_transaction *snapshot = NULL;

	why->kind = FAIL_NONE;
	if (!search_request_check(request, arena, &page.question, why))
		return false;
	/* Lines that waited must not be in the index a moment later. */
	snapshot = transaction_begin(db, why);
	if (!snapshot)
		return false;
	page.hits = arena_array(arena, page.question.limit, sizeof *page.hits);
	if (!fill_page(&page, why) || !transaction_commit(snapshot, why))
		return false;
	*ret_answer = (struct search_answer){
		.hits = page.hits,
		.hit_count = page.count,
	};
	if (page.has_more)
		ret_answer->next_after =
			arena_print(arena, "%d.%lld", (int)page.tier,
				    (long long)page.last_id);
	return true;
}
