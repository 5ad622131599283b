/*
 * Words are cut into runs where the gap in a line is wide, runs above each
 * other become blocks, and the blocks are ordered by the rules of Breuel
 * (2003): what is above comes first where two blocks share columns; what is
 * left comes first where no third block, between them, spans both. White
 * bands that span the page part what is above from what is below.
 */
#include "reader/layout.h"
#include <stdlib.h>
#include <string.h>

enum {
	BLOCKS_MAX = 120, /* more: a table or a drawing; order as it came */
	GAP = 12,	  /* between columns: tenths of the line's height, */
	GAP_ALONE = 20,	  /* where the line has no others to compare with, */
	GAP_TIMES = 25,	  /* and tenths of the usual gap of the line */
	GAPS_MAX = 64,
	LEADING = 9, /* between lines of a block: tenths of the height */
	BAND = 9     /* between sections, likewise */
};

struct run {
	struct page_box box;
	size_t first, count; /* words */
	size_t next;	     /* of its block; run_count: none */
};

struct block {
	struct page_box box;
	size_t first, last; /* runs */
	int section;	    /* between bands of white that span the page */
	bool placed;
};

struct layout {
	struct page_word *words;
	size_t count;
	double wide, high; /* tenths of a point per ten-thousandth */
	struct run *runs;
	size_t run_count;
	struct block *blocks;
	size_t block_count;
};

static int smaller(int a, int b)
{
	return a < b ? a : b;
}

static int larger(int a, int b)
{
	return a > b ? a : b;
}

static struct page_box join(struct page_box a, struct page_box b)
{
	return (struct page_box){ smaller(a.left, b.left),
				  smaller(a.top, b.top),
				  larger(a.right, b.right),
				  larger(a.bottom, b.bottom) };
}

static double height(const struct layout *layout, struct page_box box)
{
	return (box.bottom - box.top) * layout->high;
}

static double gap_before(const struct layout *layout, size_t at)
{
	return (layout->words[at].box.left - layout->words[at - 1].box.right) *
	       layout->wide;
}

/* Narrow gaps first. */
static void keep_sorted(double *gaps, size_t count, double gap)
{
	size_t at = count;

	for (; at > 0 && gaps[at - 1] > gap; at--)
		gaps[at] = gaps[at - 1];
	gaps[at] = gap;
}

/* The gap that parts columns, in the line that begins at `first`. */
static double column_gap(const struct layout *layout, size_t first)
{
	const struct page_word *word = &layout->words[first];
	double line = height(layout, word->box), gaps[GAPS_MAX];
	size_t count = 0;

	for (size_t i = first + 1; i < layout->count && count < GAPS_MAX &&
				   layout->words[i].line == word->line;
	     i++)
		keep_sorted(gaps, count++, gap_before(layout, i));
	if (count < 3)
		return line * GAP_ALONE / 10;
	if (gaps[count / 2] * GAP_TIMES > line * GAP)
		return gaps[count / 2] * GAP_TIMES / 10;
	return line * GAP / 10;
}

/* Whether the word goes on with the run before it. */
static bool continues(const struct layout *layout, size_t at, double most)
{
	const struct page_word *before = &layout->words[at - 1];
	const struct page_word *word = &layout->words[at];

	return word->line == before->line && gap_before(layout, at) <= most &&
	       word->box.left >= before->box.left;
}

static void cut_runs(struct layout *layout, struct arena *arena)
{
	double most = 0;

	layout->runs = arena_array(arena, layout->count, sizeof(struct run));
	for (size_t i = 0; i < layout->count; i++) {
		struct run *run = &layout->runs[layout->run_count];

		if (i == 0 ||
		    layout->words[i].line != layout->words[i - 1].line)
			most = column_gap(layout, i);
		if (i > 0 && continues(layout, i, most)) {
			run--;
			run->box = join(run->box, layout->words[i].box);
			run->count++;
			continue;
		}
		*run = (struct run){ layout->words[i].box, i, 1, 0 };
		layout->run_count++;
	}
}

static bool overlaps(struct page_box a, struct page_box b)
{
	return smaller(a.right, b.right) > larger(a.left, b.left);
}

/* Half of the narrower one, at least. */
static bool is_in_column(struct page_box a, struct page_box b)
{
	int common = smaller(a.right, b.right) - larger(a.left, b.left);
	int narrow = smaller(a.right - a.left, b.right - b.left);

	return common > 0 && common * 2 >= narrow;
}

static bool is_next_line(const struct layout *layout, struct page_box above,
			 struct page_box below)
{
	double gap = (below.top - above.bottom) * layout->high;
	double line = height(layout, below);

	return gap < line * LEADING / 10 && gap > -line * LEADING / 10 &&
	       below.bottom > above.bottom;
}

/* The block that the run ends; block_count: it begins one. */
static size_t find_block(const struct layout *layout, const struct run *run)
{
	size_t found = layout->block_count, touched = 0;

	for (size_t i = layout->block_count; i-- > 0;) {
		struct page_box last =
			layout->runs[layout->blocks[i].last].box;

		if (!overlaps(last, run->box) ||
		    !is_next_line(layout, last, run->box))
			continue;
		touched++;
		if (is_in_column(last, run->box))
			found = i;
	}
	return touched == 1 ? found : layout->block_count;
}

static void make_blocks(struct layout *layout, struct arena *arena)
{
	layout->blocks =
		arena_array(arena, layout->run_count, sizeof(struct block));
	for (size_t i = 0; i < layout->run_count; i++) {
		struct run *run = &layout->runs[i];
		size_t at = layout->block_count;
		struct block *block;

		run->next = layout->run_count;
		if (layout->block_count < BLOCKS_MAX)
			at = find_block(layout, run);
		block = &layout->blocks[at];
		if (at == layout->block_count) {
			layout->block_count++;
			*block = (struct block){ run->box, i, i, 0, false };
			continue;
		}
		block->box = join(block->box, run->box);
		layout->runs[block->last].next = i;
		block->last = i;
	}
}

/* Whether a block stands between two columns and spans both. */
static bool has_bridge(const struct layout *layout, const struct block *left,
		       const struct block *right)
{
	int top = smaller(left->box.top, right->box.top);
	int bottom = larger(left->box.top, right->box.top);

	for (size_t i = 0; i < layout->block_count; i++) {
		const struct block *other = &layout->blocks[i];

		if (other != left && other != right && other->box.top > top &&
		    other->box.top < bottom &&
		    overlaps(other->box, left->box) &&
		    overlaps(other->box, right->box))
			return true;
	}
	return false;
}

static int compare_tops(const void *a, const void *b)
{
	const struct block *const *left = a;
	const struct block *const *right = b;

	return (*left)->box.top - (*right)->box.top;
}

/* A band as high as a line parts the head from what follows. */
static void cut_sections(struct layout *layout, struct arena *arena)
{
	struct block **blocks = arena_array(arena, layout->block_count,
					    sizeof(struct block *));
	int section = 0, bottom = 0;

	for (size_t i = 0; i < layout->block_count; i++)
		blocks[i] = &layout->blocks[i];
	qsort(blocks, layout->block_count, sizeof(struct block *),
	      compare_tops);
	for (size_t i = 0; i < layout->block_count; i++) {
		struct block *block = blocks[i];
		struct page_box line = layout->runs[block->first].box;

		if ((block->box.top - bottom) * layout->high >
		    height(layout, line) * BAND / 10)
			section++;
		block->section = section;
		bottom = larger(bottom, block->box.bottom);
	}
}

static bool precedes(const struct layout *layout, const struct block *a,
		     const struct block *b)
{
	if (a->section != b->section)
		return a->section < b->section;
	if (overlaps(a->box, b->box))
		return a->box.top < b->box.top;
	return a->box.right <= b->box.left && !has_bridge(layout, a, b);
}

/* The highest block that nothing must precede; the highest, when they go in a
 * circle. */
static size_t next_block(const struct layout *layout, const bool *before)
{
	size_t count = layout->block_count, best = count, highest = count;

	for (size_t i = 0; i < count; i++) {
		const struct block *block = &layout->blocks[i];
		bool is_free = true;

		if (block->placed)
			continue;
		for (size_t k = 0; k < count && is_free; k++)
			is_free = layout->blocks[k].placed ||
				  !before[k * count + i];
		if (highest == count ||
		    block->box.top < layout->blocks[highest].box.top)
			highest = i;
		if (is_free &&
		    (best == count ||
		     block->box.top < layout->blocks[best].box.top))
			best = i;
	}
	return best < count ? best : highest;
}

static void order_blocks(struct layout *layout, size_t *ret_order,
			 struct arena *arena)
{
	size_t count = layout->block_count;
	bool *before;

	for (size_t i = 0; i < count; i++)
		ret_order[i] = i;
	if (count >= BLOCKS_MAX)
		return;
	before = arena_array(arena, count * count, sizeof(*before));
	for (size_t i = 0; i < count * count; i++) {
		size_t a = i / count, b = i % count;

		before[i] = a != b && precedes(layout, &layout->blocks[a],
					       &layout->blocks[b]);
	}
	for (size_t i = 0; i < count; i++) {
		ret_order[i] = next_block(layout, before);
		layout->blocks[ret_order[i]].placed = true;
	}
}

/* Runs of a block that stand side by side are one line. */
static bool is_same_line(struct page_box a, struct page_box b)
{
	int common = smaller(a.bottom, b.bottom) - larger(a.top, b.top);

	return common * 2 > smaller(a.bottom - a.top, b.bottom - b.top);
}

/* The words of one block; gives how many. */
static size_t write_block(const struct layout *layout, size_t number,
			  int *line, struct page_word *ret_words)
{
	const struct block *block = &layout->blocks[number];
	const struct run *last = NULL;
	size_t count = 0;

	for (size_t i = block->first; i < layout->run_count;
	     i = layout->runs[i].next) {
		const struct run *run = &layout->runs[i];

		if (!last || !is_same_line(last->box, run->box))
			(*line)++;
		last = run;
		for (size_t k = 0; k < run->count; k++, count++) {
			ret_words[count] = layout->words[run->first + k];
			ret_words[count].line = *line;
		}
	}
	return count;
}

static void write_words(const struct layout *layout, const size_t *order,
			struct page_word *ret_words)
{
	size_t at = 0;
	int line = -1;

	for (size_t i = 0; i < layout->block_count; i++) {
		size_t from = at;

		at += write_block(layout, order[i], &line, ret_words + at);
		for (size_t k = from; k < at; k++)
			ret_words[k].block = (int)i;
	}
}

void layout_order(struct page_word *words, size_t count,
		  const struct page *page, struct arena *arena)
{
	struct layout layout = {
		.words = words,
		.count = count,
		.wide = (page->width ? page->width : 5950) / (double)PAGE_SPAN,
		.high = (page->height ? page->height : 8420) / (double)PAGE_SPAN
	};
	struct page_word *ordered;
	size_t *order;

	if (count == 0)
		return;
	cut_runs(&layout, arena);
	make_blocks(&layout, arena);
	cut_sections(&layout, arena);
	order = arena_array(arena, layout.block_count, sizeof(*order));
	order_blocks(&layout, order, arena);
	ordered = arena_array(arena, count, sizeof(*ordered));
	write_words(&layout, order, ordered);
	memcpy(words, ordered, count * sizeof(*words));
}
