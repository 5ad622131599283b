#include "letterhead/piece.h"
#include <stdlib.h>
#include <string.h>

enum {
	WIDTH = 5950, /* of A4, for pages that do not say */
	HEIGHT = 8420,
	CUT = 150, /* a wider gap, in percent of the height, ends a line */
	CUT_HEAD = 75,
	HEAD = 2200, /* how low the names of agencies stand */
	HEAD_LEFT = 3800,
	HEAD_RIGHT = 5900,
	JOIN = 60,     /* a narrower one does not */
	TOUCH = 40,    /* how far words may overlap */
	ROW_MAX = 120, /* words */
	BACK = 200,    /* how far to the left a new row begins, at least */
	FEW = 4,       /* words that say nothing about an edge */
	LABEL = 1500,  /* from "Số:" to what was stamped behind it */
};

static int height_of(struct page_box box)
{
	return box.bottom - box.top;
}

static struct piece *add_piece(struct pieces *pieces, size_t room)
{
	struct piece *piece;

	pieces->items = arena_grow(pieces->arena, pieces->items, pieces->count,
				   sizeof *pieces->items);
	piece = &pieces->items[pieces->count++];
	*piece = (struct piece){
		.terms = arena_array(pieces->arena, room + 1,
				     sizeof *piece->terms),
	};
	return piece;
}

void piece_add(struct piece *piece, const struct term *term)
{
	piece->terms[piece->count++] = term;
	piece->box = line_join_boxes(piece->box, term->word->box);
	piece->given = term->word->line;
}

static bool has_place(const struct page *page)
{
	if (page->source == PAGE_FLOW)
		return false;
	for (size_t i = 0; i < page->count; i++) {
		if (page->words[i].box.right > 0)
			return true;
	}
	return false;
}

static bool is_same_line(const struct term *one, const struct term *other)
{
	return one->word->line == other->word->line &&
	       one->word->block == other->word->block;
}

/* Whether a word that is said to be of the same line begins another row, under
 * the first word: recognition takes skewed rows for one. */
static bool is_new_row(const struct page *page, const struct term *first,
		       const struct term *before, const struct term *term)
{
	const struct page_box *box = &first->word->box;

	if (page->source == PAGE_FLOW)
		return false;
	return term->word->box.left + BACK < before->word->box.left &&
	       term->word->box.top > box->top + height_of(*box) / 2;
}

/* As the words say it. */
static void list_given(struct pieces *pieces, const struct term *terms,
		       size_t count)
{
	size_t start = 0;

	while (start < count) {
		size_t end = start;
		struct piece *piece;

		while (end < count &&
		       is_same_line(&terms[start], &terms[end]) &&
		       (end == start ||
			!is_new_row(pieces->page, &terms[start],
				    &terms[end - 1], &terms[end])))
			end++;
		piece = add_piece(pieces, end - start);
		for (; start < end; start++)
			piece_add(piece, &terms[start]);
	}
}

/* How wide a gap is, in percent of the height. */
static int measure_gap(const struct page *page, int gap, int height)
{
	int64_t width = page->width > 0 ? page->width : WIDTH;
	int64_t tall = page->height > 0 ? page->height : HEIGHT;

	if (height <= 0)
		height = 1;
	return (int)(gap * width * 100 / (height * tall));
}

static int by_left(const void *one, const void *other)
{
	const struct term *const *a = one, *const *b = other;
	int left = (*a)->word->box.left, right = (*b)->word->box.left;

	if (left != right)
		return left < right ? -1 : 1;
	return *a < *b ? -1 : *a > *b;
}

static int by_place(const void *one, const void *other)
{
	const struct piece *a = one, *b = other;

	if (a->box.top != b->box.top)
		return a->box.top < b->box.top ? -1 : 1;
	return a->box.left < b->box.left ? -1 : a->box.left > b->box.left;
}

static int by_value(const void *one, const void *other)
{
	const int *a = one, *b = other;

	return *a < *b ? -1 : *a > *b;
}

/* The upper and the lower edge of most words: recognition gives some a box
 * that reaches into the lines about. */
static void settle_box(struct pieces *pieces, struct piece *piece)
{
	size_t count = piece->count;
	int *tops = arena_array(pieces->arena, count + 1, sizeof *tops);
	int *bottoms = arena_array(pieces->arena, count + 1, sizeof *bottoms);

	if (count < FEW || pieces->page->source != PAGE_OCR)
		return;
	for (size_t i = 0; i < count; i++) {
		tops[i] = piece->terms[i]->word->box.top;
		bottoms[i] = piece->terms[i]->word->box.bottom;
	}
	qsort(tops, count, sizeof *tops, by_value);
	qsort(bottoms, count, sizeof *bottoms, by_value);
	piece->box.top = tops[count / 4];
	piece->box.bottom = bottoms[count - 1 - count / 4];
}

static int tallest(const struct piece *piece)
{
	return height_of(piece->box);
}

/* How wide a gap must be. The columns of a head may stand close together. */
static int cut_of(const struct page_box *left, const struct page_box *right)
{
	int middle = (left->right + right->left) / 2;

	return left->top < HEAD && middle > HEAD_LEFT && middle < HEAD_RIGHT
		       ? CUT_HEAD
		       : CUT;
}

/* Takes a given line apart where a column ends. */
static void cut(struct pieces *pieces, struct piece whole)
{
	int height = tallest(&whole);
	struct piece *piece = NULL;

	qsort(whole.terms, whole.count, sizeof *whole.terms, by_left);
	for (size_t i = 0; i < whole.count; i++) {
		const struct term *term = whole.terms[i];

		if (!piece ||
		    measure_gap(pieces->page,
				term->word->box.left - piece->box.right,
				height) > cut_of(&piece->box, &term->word->box))
			piece = add_piece(pieces, whole.count - i);
		piece_add(piece, term);
	}
}

static bool is_row(const struct piece *one, const struct piece *other)
{
	int top = one->box.top > other->box.top ? one->box.top
						: other->box.top;
	int bottom = one->box.bottom < other->box.bottom ? one->box.bottom
							 : other->box.bottom;
	int height = height_of(one->box) < height_of(other->box)
			     ? height_of(one->box)
			     : height_of(other->box);

	return (bottom - top) * 10 >= height * 6;
}

static bool is_label(const struct piece *piece)
{
	return piece->count == 1 && strcmp(piece->terms[0]->fold, "so") == 0;
}

/* Whether what is right of a piece belongs to it. */
static bool may_join(const struct page *page, const struct piece *left,
		     const struct piece *right)
{
	int gap = right->box.left - left->box.right;
	int height = tallest(left) > tallest(right) ? tallest(left)
						    : tallest(right);
	int wide = measure_gap(page, gap, height);

	if (left->count + right->count > ROW_MAX || !is_row(left, right))
		return false;
	if (is_label(left))
		return gap < LABEL && wide > -JOIN &&
		       right->box.right < PAGE_SPAN * 6 / 10;
	return wide > -JOIN / 2 && wide < JOIN;
}

/* Whether a word or two were stamped into a gap of the line: the number of
 * "ngày    tháng 6". */
static bool fits_in(const struct piece *line, const struct piece *stamp)
{
	if (stamp->count > 2 || line->count < 2 || !is_row(line, stamp) ||
	    stamp->box.left < line->box.left ||
	    stamp->box.right > line->box.right)
		return false;
	for (size_t i = 0; i < line->count; i++) {
		const struct page_box *box = &line->terms[i]->word->box;

		if (stamp->box.left < box->right - TOUCH &&
		    stamp->box.right > box->left + TOUCH)
			return false;
	}
	return true;
}

static struct piece join(struct pieces *pieces, const struct piece *one,
			 const struct piece *other)
{
	struct piece both = {
		.terms = arena_array(pieces->arena,
				     one->count + other->count + 1,
				     sizeof *both.terms),
	};

	for (size_t i = 0; i < one->count; i++)
		piece_add(&both, one->terms[i]);
	for (size_t i = 0; i < other->count; i++)
		piece_add(&both, other->terms[i]);
	qsort(both.terms, both.count, sizeof *both.terms, by_left);
	settle_box(pieces, &both);
	return both;
}

/* Puts together what one line of the page became several of. */
static void join_rows(struct pieces *pieces)
{
	struct piece *items = pieces->items;

	for (size_t i = 0; i < pieces->count; i++) {
		size_t j = i + 1;

		while (items[i].count > 0 && j < pieces->count &&
		       items[j].box.top < items[i].box.bottom) {
			if (items[j].count > 0 &&
			    (may_join(pieces->page, &items[i], &items[j]) ||
			     may_join(pieces->page, &items[j], &items[i]) ||
			     fits_in(&items[i], &items[j]) ||
			     fits_in(&items[j], &items[i]))) {
				items[i] = join(pieces, &items[i], &items[j]);
				items[j].count = 0;
				j = i;
			}
			j++;
		}
	}
}

/* What stands in one row is in order from left to right, also where the words
 * are not quite level. */
static void settle_rows(struct pieces *pieces)
{
	for (size_t i = 1; i < pieces->count; i++) {
		struct piece piece = pieces->items[i];
		size_t at = i;

		while (at > 0 &&
		       pieces->items[at - 1].box.left > piece.box.left &&
		       is_row(&pieces->items[at - 1], &piece)) {
			pieces->items[at] = pieces->items[at - 1];
			at--;
		}
		pieces->items[at] = piece;
	}
}

static void list_placed(struct pieces *pieces, const struct term *terms,
			size_t count)
{
	struct pieces given = { .page = pieces->page, .arena = pieces->arena };

	list_given(&given, terms, count);
	for (size_t i = 0; i < given.count; i++) {
		settle_box(pieces, &given.items[i]);
		cut(pieces, given.items[i]);
	}
	for (size_t i = 0; i < pieces->count; i++)
		settle_box(pieces, &pieces->items[i]);
	if (pieces->count == 0)
		return;
	qsort(pieces->items, pieces->count, sizeof *pieces->items, by_place);
	join_rows(pieces);
	settle_rows(pieces);
}

struct pieces piece_list(const struct page *page, const struct term *terms,
			 size_t count, struct arena *arena)
{
	struct pieces pieces = { .page = page, .arena = arena };

	if (has_place(page))
		list_placed(&pieces, terms, count);
	else
		list_given(&pieces, terms, count);
	return pieces;
}
