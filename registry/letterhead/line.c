#include "letterhead/line.h"
#include "base/bytes.h"
#include "base/text.h"
#include "letterhead/dirt.h"
#include "letterhead/known.h"
#include "letterhead/piece.h"
#include "viet/character.h"
#include <string.h>

enum {
	WORDS_MAX = 20000, /* of one page */
	COLUMN_WIDTH = 5500,
	PLACE_WORDS = 4
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

/* Of all letters alike. */
static int stroke_of(const struct piece *piece)
{
	int64_t sum = 0, width = 0;

	for (size_t i = 0; i < piece->count; i++) {
		const struct page_word *word = piece->terms[i]->word;
		int own = word->box.right - word->box.left;

		if (word->stroke == 0 || piece->terms[i]->fold[0] == '\0')
			continue;
		sum += (int64_t)word->stroke * own;
		width += own;
	}
	return width > 0 ? (int)(sum / width) : 0;
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
			      look.small * 6 <= look.capitals,
		.is_bold = look.bold * 10 >= piece->count * 8,
		.is_italic = look.italic * 10 >= piece->count * 8,
		.stroke = stroke_of(piece),
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

struct line line_join(const struct line *one, const struct line *other,
		      struct arena *arena)
{
	struct line both = *one;
	struct term *terms = arena_array(arena, one->count + other->count + 1,
					 sizeof *terms);

	memcpy(terms, one->terms, one->count * sizeof *terms);
	memcpy(terms + one->count, other->terms, other->count * sizeof *terms);
	both.terms = terms;
	both.count = one->count + other->count;
	both.box = line_join_boxes(one->box, other->box);
	if (other->confidence < both.confidence)
		both.confidence = other->confidence;
	both.text = line_part(&both, 0, both.count, arena);
	both.compact = term_compact(both.text, arena);
	return both;
}

static size_t split_at(const struct line *line, struct arena *arena);

/* The line, or both of its halves when two columns stood in it. */
static void add_line(struct lines *lines, const struct pieces *pieces,
		     const struct piece *piece)
{
	struct line line = line_of(pieces, piece);
	size_t at = split_at(&line, pieces->arena);
	struct piece half = { 0 };

	if (at > 0 && at < line.count) {
		struct piece left = { .terms = piece->terms };

		for (size_t i = 0; i < at; i++)
			piece_add(&left, piece->terms[i]);
		line = line_of(pieces, &left);
		half.terms = piece->terms + at;
		for (size_t i = at; i < piece->count; i++)
			piece_add(&half, piece->terms[i]);
	}
	lines->items[lines->count++] = line;
	if (half.count > 0)
		lines->items[lines->count++] = line_of(pieces, &half);
}

static struct lines list_lines(const struct page *page, size_t page_index,
			       bool of_stamps, struct arena *arena)
{
	size_t room = page->count < WORDS_MAX ? page->count : WORDS_MAX;
	struct term *terms = arena_array(arena, room + 1, sizeof *terms);
	struct pieces pieces;
	struct lines lines = { 0 };
	size_t known = 0;

	for (size_t i = 0; i < page->count; i++) {
		/* of a long text its beginning and its end */
		if (i == WORDS_MAX / 2 && page->count > WORDS_MAX)
			i = page->count - WORDS_MAX / 2;
		if (page->words[i].is_stamp == of_stamps && !dirt_is(page, i))
			terms[known++] = term_of(&page->words[i], arena);
	}
	pieces = piece_list(page, terms, known, arena);
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

struct lines line_list(const struct page *page, size_t page_index,
		       struct arena *arena)
{
	return list_lines(page, page_index, false, arena);
}

void line_add_stamps(struct lines *stamps, const struct page *page,
		     size_t page_index, struct arena *arena)
{
	struct lines own = list_lines(page, page_index, true, arena);

	for (size_t i = 0; i < own.count; i++) {
		stamps->items = arena_grow(arena, stamps->items, stamps->count,
					   sizeof *stamps->items);
		stamps->items[stamps->count++] = own.items[i];
	}
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
	size_t first = at;

	while (*phrase) {
		size_t size = strcspn(phrase, " ");

		if (at >= line->count || size >= sizeof word)
			return false;
		memcpy(word, phrase, size);
		word[size] = '\0';
		/* signs that stand alone are passed over */
		while (at > first && at + 1 < line->count &&
		       line->terms[at].fold[0] == '\0')
			at++;
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

static bool is_capital(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	return bytes.size > 0 && character_is_upper(character_read(bytes, &at));
}

static bool is_all_capital(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	while (at < bytes.size) {
		uint32_t c = character_read(bytes, &at);

		if (c != character_upper(c))
			return false;
	}
	return true;
}

/* Behind "Số: 12/UBND-KT", where the next thing begins. */
static size_t end_of_number(const struct line *line)
{
	size_t i = 2;

	/* a blank number */
	if (line->count > 1 && is_capital(line->terms[1].word->text) &&
	    !strpbrk(line->terms[1].word->text, "0123456789/-"))
		return 1;
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

/* "Quảng", "U" of "U Minh"; not "PHÒNG", not "Số:". */
static bool is_of_place(const struct term *term)
{
	const char *text = term->word->text;

	return is_capital(text) && !strchr(text, ':') &&
	       (strlen(term->fold) == 1 || !is_all_capital(text));
}

/* "Thành phố Phủ Lý", "TP. Hồ Chí Minh": where the kind of place begins. */
static size_t start_of_kind(const struct line *line, size_t at, size_t least)
{
	static const char *const kinds[] = { "thanh pho", "thi xa", "thi tran",
					     "tp", "tx" };

	for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
		size_t count = line_phrase_count(kinds[i]);

		if (at >= least + count &&
		    line_stands_at(line, kinds[i], at - count))
			return at - count;
	}
	return at;
}

/* Where "Lâm Đồng," begins before "ngày 22 tháng 6 năm 2026", from `least` on:
 * a place that is known, or all words with a capital. */
static size_t start_of_place(const struct line *line, size_t day, size_t least,
			     struct arena *arena)
{
	size_t first = day;

	while (first > least && day - first < PLACE_WORDS &&
	       is_of_place(&line->terms[first - 1]))
		first--;
	for (size_t i = first; i < day; i++) {
		if (known_place(line_part(line, i, day, arena), arena))
			return start_of_kind(line, i, least);
	}
	return start_of_kind(line, first, least);
}

static size_t last_day(const struct line *line)
{
	size_t at = line->count;

	while (at > 0 && strcmp(line->terms[at - 1].fold, "ngay") != 0)
		at--;
	return at > 0 ? at - 1 : line->count;
}

/* "VĂN PHÒNG Quảng Ninh, ngày 28 tháng 12 năm 2023", as a tab leaves it. */
static bool ends_with_day(const struct line *line, size_t day)
{
	const char *before = day > 1 && day < line->count
				     ? line->terms[day - 1].word->text
				     : "";
	size_t year = line_find(line, "nam", day);

	return line->page->source == PAGE_FLOW && before[0] != '\0' &&
	       before[strlen(before) - 1] == ',' && year + 2 >= line->count &&
	       year < line->count;
}

static bool ends_item(const char *text)
{
	return strchr(".;", text[strlen(text) - 1]) != NULL;
}

/* Where a signature begins behind an item of "Nơi nhận", as a tab leaves it:
 * "- Như trên; PHÓ GIÁM ĐỐC", "- Lưu: VT. Nguyễn Văn An"; 0 when none does. */
static size_t split_signature(const struct line *line)
{
	bool is_shouted = true, is_name = true;
	size_t at = line->count;

	if (line->page->source != PAGE_FLOW ||
	    !term_is_bullet(line->terms[0].word->text))
		return 0;
	while (at > 2) {
		const char *text = line->terms[at - 1].word->text;

		if (ends_item(text) && at < line->count)
			break;
		is_shouted &= is_all_capital(text);
		is_name &= is_capital(text);
		if (!is_name)
			return 0;
		at--;
	}
	return at > 2 && line->count - at >= 2 && line->count - at <= 6 &&
			       (is_shouted || line->count - at <= 5)
		       ? at
		       : 0;
}

/* Where the right column of a head begins in the line; 0 when it does not. */
static size_t split_at(const struct line *line, struct arena *arena)
{
	static const char *const anchors[] = {
		"cong hoa xa hoi chu",
		"doc lap tu do",
		"dang cong san viet nam",
		"noi nhan",
	};
	size_t at, day;

	for (size_t i = 0; i < sizeof anchors / sizeof anchors[0]; i++) {
		at = line_find(line, anchors[i], 1);
		if (at < line->count)
			return at;
	}
	at = split_signature(line);
	if (at > 0)
		return at;
	day = last_day(line);
	if (ends_with_day(line, day))
		return start_of_place(line, day, 0, arena);
	day = line_find(line, "ngay", 1);
	if (day + 4 >= line->count || line->terms[day].word->text[0] == 'N' ||
	    line_find(line, "thang", day) > day + 3)
		return 0;
	if (term_is(&line->terms[0], "so") && line->count > 2)
		return end_of_number(line);
	if (strcmp(line->terms[0].fold, "v/v") == 0)
		return start_of_place(line, day, 1, arena);
	return 0;
}
