#include "letterhead/line.h"
#include "base/bytes.h"
#include "base/text.h"
#include "viet/character.h"
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_MAX = 20000, /* of one page */
	WIDTH = 5950,	   /* of A4, for pages that do not say */
	HEIGHT = 8420,
	CUT = 150,    /* a wider gap, in percent of the height, ends a line */
	JOIN = 60,    /* a narrower one does not */
	LABEL = 1500, /* from "Số:" to what was stamped behind it */
	COLUMN_WIDTH = 5500
};

/* A line that is being made. */
struct piece {
	const struct term **terms;
	size_t count;
	struct page_box box;
	int given; /* the line that its words say they are of */
};

struct pieces {
	struct piece *items;
	size_t count;
	const struct page *page;
	struct arena *arena;
};

struct page_box line_join_boxes(struct page_box one, struct page_box other)
{
	if (one.right == 0 && one.bottom == 0)
		return other;
	if (other.right == 0 && other.bottom == 0)
		return one;
	return (struct page_box){
		.left = one.left < other.left ? one.left : other.left,
		.top = one.top < other.top ? one.top : other.top,
		.right = one.right > other.right ? one.right : other.right,
		.bottom = one.bottom > other.bottom ? one.bottom
						    : other.bottom,
	};
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

static void add_term(struct piece *piece, const struct term *term)
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

/* As the words say it. */
static void list_given(struct pieces *pieces, const struct term *terms,
		       size_t count)
{
	size_t start = 0;

	while (start < count) {
		size_t end = start;
		struct piece *piece;

		while (end < count && is_same_line(&terms[start], &terms[end]))
			end++;
		piece = add_piece(pieces, end - start);
		for (; start < end; start++)
			add_term(piece, &terms[start]);
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

static int height_of(struct page_box box)
{
	return box.bottom - box.top;
}

static int tallest(const struct piece *piece)
{
	int height = 0;

	for (size_t i = 0; i < piece->count; i++) {
		int own = height_of(piece->terms[i]->word->box);

		height = own > height ? own : height;
	}
	return height;
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
				height) > CUT)
			piece = add_piece(pieces, whole.count - i);
		add_term(piece, term);
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

	if (!is_row(left, right))
		return false;
	if (is_label(left))
		return gap < LABEL && wide > -JOIN &&
		       right->box.right < PAGE_SPAN * 6 / 10;
	return wide > -JOIN / 2 && wide < JOIN;
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
		add_term(&both, one->terms[i]);
	for (size_t i = 0; i < other->count; i++)
		add_term(&both, other->terms[i]);
	qsort(both.terms, both.count, sizeof *both.terms, by_left);
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
			     may_join(pieces->page, &items[j], &items[i]))) {
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
	for (size_t i = 0; i < given.count; i++)
		cut(pieces, given.items[i]);
	if (pieces->count == 0)
		return;
	qsort(pieces->items, pieces->count, sizeof *pieces->items, by_place);
	join_rows(pieces);
	settle_rows(pieces);
}

/* What decides about the look of a line. */
struct look {
	size_t capitals, small, bold, italic;
};

static struct look look_at(const struct piece *piece)
{
	struct look look = { 0 };

	for (size_t i = 0; i < piece->count; i++) {
		struct bytes text = bytes_of(piece->terms[i]->word->text);
		size_t at = 0;

		look.bold += piece->terms[i]->word->bold;
		look.italic += piece->terms[i]->word->italic;
		while (at < text.size) {
			uint32_t letter = character_read(text, &at);

			if (character_is_upper(letter))
				look.capitals++;
			else if (character_class_of(letter) ==
					 CHARACTER_LETTER &&
				 !character_is_digit(letter))
				look.small++;
		}
	}
	return look;
}

static enum line_column column_of(struct page_box box)
{
	int middle = (box.left + box.right) / 2;

	if (box.right == 0 || box.right - box.left > COLUMN_WIDTH)
		return LINE_WHOLE;
	if (middle < 4600 && box.right < 6300)
		return LINE_LEFT;
	return middle > 5500 && box.left > 3300 ? LINE_RIGHT : LINE_WHOLE;
}

static const struct term *flatten(const struct piece *piece,
				  struct arena *arena)
{
	struct term *terms =
		arena_array(arena, piece->count + 1, sizeof *terms);

	for (size_t i = 0; i < piece->count; i++)
		terms[i] = *piece->terms[i];
	return terms;
}

static struct line line_of(const struct pieces *pieces,
			   const struct piece *piece)
{
	struct look look = look_at(piece);
	struct line line = {
		.page = pieces->page,
		.terms = flatten(piece, pieces->arena),
		.count = piece->count,
		.box = piece->box,
		.column = column_of(piece->box),
		.confidence = 100,
		.is_shouted = look.capitals >= 2 &&
			      look.small * 10 <= look.capitals,
		.is_bold = look.bold * 10 >= piece->count * 8,
		.is_italic = look.italic * 10 >= piece->count * 8,
	};

	for (size_t i = 0; i < line.count; i++) {
		int own = line.terms[i].word->confidence;

		line.confidence = own < line.confidence ? own
							: line.confidence;
	}
	line.text = line_part(&line, 0, line.count, pieces->arena);
	line.compact = term_compact(line.text, pieces->arena);
	return line;
}

static size_t split_at(const struct line *line);

/* The line, or both of its halves when two columns stood in it. */
static void add_line(struct lines *lines, const struct pieces *pieces,
		     const struct piece *piece)
{
	struct line line = line_of(pieces, piece);
	size_t at = split_at(&line);
	struct piece half = { 0 };

	if (at > 0 && at < line.count) {
		struct piece left = { .terms = piece->terms };

		for (size_t i = 0; i < at; i++)
			add_term(&left, piece->terms[i]);
		line = line_of(pieces, &left);
		half.terms = piece->terms + at;
		for (size_t i = at; i < piece->count; i++)
			add_term(&half, piece->terms[i]);
	}
	lines->items[lines->count++] = line;
	if (half.count > 0)
		lines->items[lines->count++] = line_of(pieces, &half);
}

struct lines line_list(const struct page *page, size_t page_index,
		       struct arena *arena)
{
	size_t count = page->count < WORDS_MAX ? page->count : WORDS_MAX;
	struct term *terms = arena_array(arena, count + 1, sizeof *terms);
	struct pieces pieces = { .page = page, .arena = arena };
	struct lines lines = { 0 };
	size_t known = 0;

	for (size_t i = 0; i < count; i++) {
		if (page->words[i].text[0] != '\0')
			terms[known++] = term_of(&page->words[i], arena);
	}
	if (has_place(page))
		list_placed(&pieces, terms, known);
	else
		list_given(&pieces, terms, known);
	lines.items = arena_array(arena, pieces.count * 2 + 1,
				  sizeof *lines.items);
	for (size_t i = 0; i < pieces.count; i++) {
		if (pieces.items[i].count > 0)
			add_line(&lines, &pieces, &pieces.items[i]);
	}
	for (size_t i = 0; i < lines.count; i++)
		lines.items[i].page_index = page_index;
	return lines;
}

size_t line_phrase_count(const char *phrase)
{
	size_t count = 1;

	for (; *phrase; phrase++)
		count += *phrase == ' ';
	return count;
}

bool line_stands_at(const struct line *line, const char *phrase, size_t at)
{
	char word[32];

	while (*phrase) {
		size_t size = strcspn(phrase, " ");

		if (at >= line->count || size >= sizeof word)
			return false;
		memcpy(word, phrase, size);
		word[size] = '\0';
		if (!term_is(&line->terms[at++], word))
			return false;
		phrase += size;
		phrase += *phrase == ' ';
	}
	return true;
}

size_t line_find(const struct line *line, const char *phrase, size_t from)
{
	for (; from < line->count; from++) {
		if (line_stands_at(line, phrase, from))
			return from;
	}
	return line->count;
}

bool line_begins(const struct line *line, const char *phrase)
{
	return line_stands_at(line, phrase, 0);
}

bool line_is(const struct line *line, const char *compact, size_t wrong)
{
	return term_distance(line->compact, compact, wrong) <= wrong;
}

char *line_part(const struct line *line, size_t from, size_t to,
		struct arena *arena)
{
	auto_text text = { 0 };

	for (size_t i = from; i < to && i < line->count; i++) {
		if (i > from)
			text_add_char(&text, ' ');
		text_add(&text, line->terms[i].word->text);
	}
	return arena_copy(arena, text_string(&text));
}

struct page_box line_part_box(const struct line *line, size_t from, size_t to)
{
	struct page_box box = { 0 };

	for (size_t i = from; i < to && i < line->count; i++)
		box = line_join_boxes(box, line->terms[i].word->box);
	return box;
}

bool line_has_place(const struct line *line)
{
	return line->box.right > 0;
}

int line_middle(const struct line *line)
{
	return (line->box.left + line->box.right) / 2;
}

/* Behind "Số: 12/UBND-KT", where the next thing begins. */
static size_t end_of_number(const struct line *line)
{
	size_t i = 2;

	while (i < line->count) {
		const char *before = line->terms[i - 1].word->text;
		const char *text = line->terms[i].word->text;

		if (!strpbrk(text, "/-") &&
		    !strchr("/-", before[strlen(before) - 1]))
			break;
		i++;
	}
	return i;
}

static bool is_capital(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	return bytes.size > 0 && character_is_upper(character_read(bytes, &at));
}

/* Where "Lâm Đồng," begins before "ngày 22 tháng 6 năm 2026". */
static size_t start_of_place(const struct line *line, size_t day)
{
	size_t i = day;

	while (i > 1 && day - i < 4 &&
	       is_capital(line->terms[i - 1].word->text))
		i--;
	return i;
}

/* Where the right column of a head begins in the line; 0 when it does not. */
static size_t split_at(const struct line *line)
{
	static const char *const anchors[] = {
		"cong hoa xa hoi chu",
		"doc lap tu do",
		"doc lap - tu do",
		"dang cong san viet nam",
		"noi nhan",
	};
	size_t at, day;

	for (size_t i = 0; i < sizeof anchors / sizeof anchors[0]; i++) {
		at = line_find(line, anchors[i], 1);
		if (at < line->count)
			return at;
	}
	day = line_find(line, "ngay", 1);
	if (day + 4 >= line->count || line->terms[day].word->text[0] == 'N' ||
	    line_find(line, "thang", day) > day + 3)
		return 0;
	if (term_is(&line->terms[0], "so") && line->count > 2)
		return end_of_number(line);
	if (strcmp(line->terms[0].fold, "v/v") == 0)
		return start_of_place(line, day);
	return 0;
}
