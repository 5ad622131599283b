/* Books, series and document types, as an administrator sees and changes
 * them. */
#include "core/numbering.h"
#include "base/moment.h"
#include "core/kind_change.h"
#include "core/series.h"
#include "web/visit.h"

enum {
	WORDS_MAX = 400,
	TYPES_MAX = 500
};

static bool present_series(struct visit *visit, int year, struct fail *why)
{
	struct tree *items = tree_set_list(visit->answer, "series");
	struct series_list list;

	if (!series_list(visit->db, visit->actor.organisation_id, visit->arena,
			 &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct series *one = &list.series[i];
		struct tree *out = tree_add_tree(items);
		int64_t next;
		bool closed;
		if (!series_next(visit->db, one->id, year, &next, why) ||
		    !series_is_closed(visit->db, one->id, year, &closed, why))
			return false;
		tree_set_int(out, "id", one->id);
		tree_set_text(out, "code", one->code);
		tree_set_text(out, "name", one->name);
		tree_set_int(out, "next", next);
		tree_set_bool(out, "closed", closed);
	}
	return true;
}

/* Types that count elsewhere than the book's others. */
static bool present_own(struct visit *visit, const struct book *book, int year,
			const struct kind_list *kinds, struct tree *out,
			struct fail *why)
{
	struct tree *items = tree_set_list(out, "types");
	int64_t usual, own;

	if (!series_find(visit->db, book->id, 0, year, &usual, why))
		return false;
	tree_set_int(out, "series", usual);
	for (size_t i = 0; i < kinds->count; i++) {
		if (!series_find(visit->db, book->id, kinds->kinds[i].id, year,
				 &own, why))
			return false;
		if (own == usual)
			continue;
		struct tree *one = tree_add_tree(items);
		tree_set_int(one, "type", kinds->kinds[i].id);
		tree_set_int(one, "series", own);
	}
	return true;
}

static bool present_books(struct visit *visit, int year,
			  const struct kind_list *kinds, struct fail *why)
{
	struct tree *items = tree_set_list(visit->answer, "books");
	struct book_list list;

	if (!book_list(visit->db, visit->actor.organisation_id, visit->arena,
		       &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct book *book = &list.books[i];
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", book->id);
		tree_set_text(out, "name", book->name);
		tree_set_text(out, "direction",
			      direction_name(book->direction));
		if (!present_own(visit, book, year, kinds, out, why))
			return false;
	}
	return true;
}

static void present_types(struct visit *visit, const struct kind_list *kinds)
{
	struct tree *items = tree_set_list(visit->answer, "types");

	for (size_t i = 0; i < kinds->count; i++) {
		const struct kind *one = &kinds->kinds[i];
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", one->id);
		tree_set_text(out, "name", one->name);
		tree_set_text(out, "english", one->english);
		tree_set_text(out, "abbreviation", one->abbreviation);
		tree_set_text(out, "direction", one->direction);
		tree_set_bool(out, "own", one->is_own);
		tree_set_text(out, "valid_from", one->valid_from);
		tree_set_text(out, "valid_to", one->valid_to);
	}
}

bool numbering_show(struct visit *visit, struct fail *why)
{
	int this = moment_day(moment_now()).year;
	int64_t year = visit_query_int(visit, "year", this);
	struct kind_list kinds;

	if (year < 1900 || year > 2999)
		return fail(why, FAIL_INVALID, "'year' is not a year");
	if (!kind_list(visit->db, visit->actor.organisation_id, NULL,
		       visit->arena, &kinds, why))
		return false;
	tree_set_int(visit->answer, "year", year);
	tree_set_int(visit->answer, "this_year", this);
	present_types(visit, &kinds);
	return present_series(visit, (int)year, why) &&
	       present_books(visit, (int)year, &kinds, why);
}

bool series_add_route(struct visit *visit, struct fail *why)
{
	const char *code, *name;
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "code", 64, &code, why) ||
	    !tree_need_text(visit->body, "name", WORDS_MAX, &name, why) ||
	    !numbering_add_series(visit->db, &visit->actor, code, name, &id,
				  why))
		return false;
	visit->status = 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

static bool need_year(struct visit *visit, int *ret_year, struct fail *why)
{
	int64_t year;

	if (!visit_need_body(visit, why) ||
	    !tree_need_int(visit->body, "year", &year, why))
		return false;
	if (year < 1900 || year > 2999)
		return fail(why, FAIL_INVALID, "'year' is not a year");
	*ret_year = (int)year;
	return true;
}

bool series_begin_route(struct visit *visit, struct fail *why)
{
	int64_t first;
	int year;

	if (!need_year(visit, &year, why) ||
	    !tree_need_int(visit->body, "first", &first, why) ||
	    !numbering_begin(visit->db, &visit->actor, visit_id(visit), year,
			     first, 0, why))
		return false;
	tree_set_int(visit->answer, "id", visit_id(visit));
	return true;
}

bool book_series_route(struct visit *visit, struct fail *why)
{
	struct numbering_change change = { .actor = visit->actor,
					   .book_id = visit_id(visit) };
	const struct tree *list;
	int64_t *types;

	if (!need_year(visit, &change.year, why) ||
	    !tree_need_int(visit->body, "series", &change.series_id, why))
		return false;
	list = tree_member(visit->body, "types");
	change.type_count = list ? tree_count(list) : 0;
	if (change.type_count > TYPES_MAX)
		return fail(why, FAIL_LIMIT, "too many types");
	types = arena_array(visit->arena, change.type_count, sizeof(*types));
	for (size_t i = 0; i < change.type_count; i++)
		types[i] = tree_int_at(list, i);
	change.type_ids = types;
	if (!numbering_share(visit->db, &change, why))
		return false;
	tree_set_int(visit->answer, "id", change.book_id);
	return true;
}

bool book_rename_route(struct visit *visit, struct fail *why)
{
	const char *name;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "name", WORDS_MAX, &name, why) ||
	    !numbering_rename_book(visit->db, &visit->actor, visit_id(visit),
				   name, why))
		return false;
	tree_set_int(visit->answer, "id", visit_id(visit));
	return true;
}

static bool read_type(struct visit *visit, struct kind_change *change,
		      struct fail *why)
{
	const struct tree *body;

	if (!visit_need_body(visit, why))
		return false;
	body = visit->body;
	change->actor = visit->actor;
	return tree_may_text(body, "name", WORDS_MAX, &change->name, why) &&
	       tree_may_text(body, "english", WORDS_MAX, &change->english,
			     why) &&
	       tree_may_text(body, "abbreviation", 64, &change->abbreviation,
			     why) &&
	       tree_may_text(body, "direction", 8, &change->direction, why) &&
	       tree_may_text(body, "day", 10, &change->day, why);
}

bool type_add_route(struct visit *visit, struct fail *why)
{
	struct kind_change change = { .id = 0 };
	int64_t id;

	if (!read_type(visit, &change, why) ||
	    !kind_create(visit->db, &change, visit->arena, &id, why))
		return false;
	visit->status = 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool type_rename_route(struct visit *visit, struct fail *why)
{
	struct kind_change change = { .id = visit_id(visit) };
	int64_t id;

	if (!visit_need_id(visit, why) || !read_type(visit, &change, why) ||
	    !kind_rename(visit->db, &change, visit->arena, &id, why))
		return false;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool type_close_route(struct visit *visit, struct fail *why)
{
	struct kind_change change = { .id = visit_id(visit) };

	if (!visit_need_id(visit, why) || !read_type(visit, &change, why) ||
	    !kind_close(visit->db, &change, visit->arena, why))
		return false;
	tree_set_int(visit->answer, "id", change.id);
	return true;
}
