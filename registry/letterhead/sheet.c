#include "letterhead/sheet.h"
#include "letterhead/date.h"
#include "letterhead/number.h"
#include "viet/fold.h"
#include <assert.h>
#include <string.h>

enum {
	HEAD_PAGES = 3,
	LAST_PAGES = 2,
	WORDS_MAX = 200000, /* of all pages, before those between are left */
	PAGES_MAX = 400,
	FLOW_HEAD = 60,	   /* lines that a head may have */
	HEAD_LIMIT = 5000, /* how low its parts may stand */
	SYMBOL_LIMIT = 4500,
	DAY_MIDDLE = 4800,
	BESIDE = 1200,
	TYPE_LIMIT = 6000,
	FOUND_MAX = 400
};

const struct line *sheet_line(const struct sheet *sheet, int index)
{
	return index == SHEET_NONE ? NULL : &sheet->lines[index];
}

bool sheet_is_above(const struct sheet *sheet, size_t index, int limit)
{
	const struct line *line = &sheet->lines[index];

	if (line_has_place(line))
		return line->box.top < limit;
	return index - sheet->head < FLOW_HEAD;
}

bool sheet_is_noise(const struct line *line)
{
	static const char *const signatures[] = {
		"ky boi",
		"nguoi ky",
		"thoi gian ky",
		"ngay ky",
		"digitally signed by",
		"signature valid",
		"signature not",
		"email",
		"date",
		"reason",
		"location",
		"du thao",
	};
	size_t letters = strlen(line->compact);

	if (letters == 0 || (letters < 3 && line->count == 1))
		return true;
	for (size_t i = 0; i < sizeof signatures / sizeof signatures[0]; i++) {
		if (line_begins(line, signatures[i]))
			return true;
	}
	return false;
}

static bool is_state(const struct line *line, bool *ret_party)
{
	*ret_party = line_is(line, "dangcongsanvietnam", 3);
	return *ret_party || line_is(line, "conghoaxahoichunghiavietnam", 6);
}

static bool is_motto(const struct line *line)
{
	return line_is(line, "doclaptudohanhphuc", 4);
}

/* "Lâm Đồng, ngày 22 tháng 6 năm 2026" and nothing else; the day or all of
 * it may be blank. */
static bool is_day(const struct line *line)
{
	size_t at = line_find(line, "ngay", 0);
	size_t month = line_find(line, "thang", at);
	size_t year = line_find(line, "nam", month);
	struct date date;

	if (at < line->count && at <= 7 && month - at <= 3 &&
	    year < line->count && year - month <= 4)
		return line->count - year <= 4;
	if (at > 0 && at <= 5 && at + 1 == line->count)
		return line->column == LINE_RIGHT; /* the day is blank */
	return date_find(line, 0, &date) && date.from <= 7 &&
	       line->count - date.to <= 1 && date.day.year > 0;
}

static bool ends_label(const char *text)
{
	size_t size = strlen(text);

	return size > 0 && strchr(",:", text[size - 1]);
}

/* How much a page looks like the first of a document. */
static int weigh_head(const struct line *lines, size_t count,
		      struct arena *arena)
{
	int weight = 0;
	size_t looked = 0;

	for (size_t i = 0; i < count && looked < FLOW_HEAD; i++, looked++) {
		struct number number;
		bool is_party;

		if (line_has_place(&lines[i]) &&
		    lines[i].box.top > HEAD_LIMIT)
			continue;
		if (is_state(&lines[i], &is_party))
			weight += 3;
		else if (is_motto(&lines[i]))
			weight += 2;
		else if (is_day(&lines[i]))
			weight += 1;
		else if (number_read(&lines[i], arena, &number) &&
			 number.has_label && number.group_count > 0)
			weight += 2;
	}
	return weight;
}

static void set_once(int *index, size_t value)
{
	if (*index == SHEET_NONE)
		*index = (int)value;
}

/* Whether a line names the type; not what stands in the left column, where
 * the agency is. */
static bool is_type(const struct sheet *sheet, size_t i)
{
	const struct line *line = &sheet->lines[i];
	const struct type *type;

	if (!line->is_shouted || line->column == LINE_LEFT ||
	    !sheet_is_above(sheet, i, TYPE_LIMIT))
		return false;
	if (line_has_place(line) && line->column == LINE_RIGHT &&
	    line_middle(line) > 6500)
		return false;
	/* "PHƯỜNG AN ĐỔ" is no "PHƯƠNG ÁN" */
	if (strcmp(viet_key(line->terms[0].word->text, sheet->arena),
		   "phường") == 0)
		return false;
	type = type_by_name(line->compact, 1);
	if (type)
		return true;
	/* "NGHỊ QUYẾT CỦA HỘI ĐỒNG …", "QUYẾT ĐỊNH:" is not the type */
	type = type_at_start(line->compact);
	return type && line->count <= 16 && !strchr(line->text, ':') &&
	       strlen(type->compact) > 6 && sheet->motto != SHEET_NONE;
}

/* A number with a notation beats a bare one, such as a stamp has; the first
 * one wins. */
static void look_for_symbol(struct sheet *sheet, bool is_any)
{
	struct number number, best = { 0 };

	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		const struct line *line = &sheet->lines[i];
		bool is_better;

		if (!sheet_is_above(sheet, i, SYMBOL_LIMIT))
			continue;
		if (line_begins(line, "kinh gui") ||
		    line_begins(line, "can cu"))
			break;
		if ((line->column == LINE_RIGHT && !is_any) ||
		    !number_read(line, sheet->arena, &number) ||
		    (!number.has_label && (number.group_count == 0 ||
					   number.to < line->count ||
					   !(line->is_shouted ||
					     number.is_known) ||
					   number.value[0] == '\0')))
			continue;
		if (number.group_count == 0 && line->count > 3)
			continue;
		is_better = sheet->symbol == SHEET_NONE ||
			    (number.group_count > 0 && best.group_count == 0);
		if (is_better) {
			sheet->symbol = (int)i;
			best = number;
		}
	}
}

/* The one with a place and the name of the month before a stamp's. */
static void look_for_day(struct sheet *sheet)
{
	int best = 0;

	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		const struct line *line = &sheet->lines[i];
		int weight;

		if (!sheet_is_above(sheet, i, SYMBOL_LIMIT))
			continue;
		if (line_begins(line, "can cu") || (int)i == sheet->type ||
		    (int)i == sheet->addressee)
			break;
		if (!is_day(line) || sheet_is_noise(line) ||
		    line->column == LINE_LEFT ||
		    (line_has_place(line) && line_middle(line) < DAY_MIDDLE))
			continue;
		weight = 1 + (strchr(line->text, ',') ? 2 : 0) +
			 (line_find(line, "thang", 0) < line->count ? 2 : 0) +
			 (line_find(line, "ngay", 0) > 0 ? 1 : 0);
		if (weight > best) {
			best = weight;
			sheet->day = (int)i;
		}
	}
}

static bool is_about(const struct sheet *sheet, size_t i)
{
	const struct line *line = &sheet->lines[i];
	const char *fold = line->terms[0].fold;

	if (line->column == LINE_RIGHT ||
	    !sheet_is_above(sheet, i, HEAD_LIMIT))
		return false;
	return strcmp(fold, "v/v") == 0 || strcmp(fold, "vv") == 0 ||
	       strncmp(fold, "v/v", 3) == 0 || strcmp(fold, "vw") == 0 ||
	       strcmp(fold, "v/w") == 0 ||
	       (strcmp(fold, "v") == 0 && line->count > 1 &&
		line->terms[1].word->text[0] == '/') ||
	       (line_begins(line, "ve viec") && sheet->type == SHEET_NONE);
}

/* Above the signature, as people, firms and minutes have it; or under the
 * number. */
static void look_for_late_day(struct sheet *sheet)
{
	for (size_t i = sheet->head; i < sheet->count; i++) {
		const struct line *line = &sheet->lines[i];
		struct date date;

		if (line->page_index > sheet->page_index + HEAD_PAGES)
			break;
		if (!date_find(line, 0, &date) || date.day.year == 0 ||
		    date.from > 5 || line->count - date.to > 1 ||
		    sheet_is_noise(line) || line_begins(line, "can cu"))
			continue;
		/* "Lâm Đồng, ngày …", "Ngày/Date: …", alone on its line */
		if (date.from > 0 &&
		    !ends_label(line->terms[date.from - 1].word->text))
			continue;
		if (date.from == 0 && line->column == LINE_WHOLE)
			continue;
		sheet->day = (int)i;
	}
}

/* A subject without "V/v", as the Party writes it: small letters under the
 * number. */
static void look_below_symbol(struct sheet *sheet)
{
	const struct line *symbol = sheet_line(sheet, sheet->symbol);

	if (!symbol || sheet->addressee == SHEET_NONE)
		return;
	for (size_t i = (size_t)sheet->symbol + 1;
	     (int)i < sheet->addressee; i++) {
		const struct line *line = &sheet->lines[i];
		int gap = line->box.top - symbol->box.bottom;

		if (line->column == LINE_RIGHT || (int)i == sheet->day ||
		    (int)i == sheet->state || (int)i == sheet->motto)
			continue;
		if (line->is_shouted || line->count < 3 ||
		    sheet_is_noise(line) ||
		    gap > 2 * (symbol->box.bottom - symbol->box.top))
			return;
		sheet->about = (int)i;
		return;
	}
}

/* Takes a line out of the head. */
static void remove_line(struct sheet *sheet, size_t at)
{
	memmove(&sheet->lines[at], &sheet->lines[at + 1],
		(sheet->count - at - 1) * sizeof *sheet->lines);
	sheet->count--;
	sheet->head_end--;
}

/* Whether one line stands right of another, in the same row. */
static bool is_beside(const struct line *line, const struct line *other)
{
	int middle = (other->box.top + other->box.bottom) / 2;

	return line_has_place(line) && other->box.left >= line->box.right &&
	       other->box.left - line->box.right < BESIDE &&
	       middle > line->box.top && middle < line->box.bottom;
}

/* Whether a line with "ngày" lacks what belongs behind it. */
static bool is_open_day(const struct line *line)
{
	size_t at = line_find(line, "ngay", 0);

	return at < line->count && at <= 7 && line->count - at <= 5 &&
	       line_find(line, "nam", at) == line->count;
}

/* "năm 2016", "tháng 6 năm 2016", "22 tháng 6 năm 2016", in the same column. */
static bool is_rest_of_day(const struct line *line, const struct line *next)
{
	size_t year = line_find(next, "nam", 0);
	const char *first = next->terms[0].fold;

	if (next->column != line->column || year > 3 || next->count > year + 2)
		return false;
	return year == 0 || line_begins(next, "thang") ||
	       strspn(first, "0123456789") == strlen(first);
}

/* "…, ngày" "22" "tháng 6 năm 2026", the day stamped in; "… ngày 22 tháng 4"
 * above "năm 2016", the place being long. */
static void join_day(struct sheet *sheet)
{
	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		struct line *line = &sheet->lines[i];

		if (!sheet_is_above(sheet, i, SYMBOL_LIMIT) ||
		    !is_open_day(line))
			continue;
		for (size_t j = i + 1; j < sheet->head_end && j <= i + 5;) {
			struct line *next = &sheet->lines[j];
			bool is_rest = is_rest_of_day(line, next);

			if (!is_open_day(line))
				break;
			if (!is_beside(line, next) && !is_rest) {
				j++;
				continue;
			}
			*line = line_join(line, next, sheet->arena);
			remove_line(sheet, j);
		}
	}
}

static void look_for_marks(struct sheet *sheet)
{
	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		const struct line *line = &sheet->lines[i];
		bool is_party;

		if (is_state(line, &is_party) &&
		    sheet_is_above(sheet, i, HEAD_LIMIT)) {
			set_once(&sheet->state, i);
			sheet->is_party |= is_party;
		} else if (is_motto(line) &&
			   sheet_is_above(sheet, i, HEAD_LIMIT)) {
			set_once(&sheet->motto, i);
		}
	}
	look_for_symbol(sheet, false);
	if (sheet->symbol == SHEET_NONE)
		look_for_symbol(sheet, true);
	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		if (line_begins(&sheet->lines[i], "kinh gui"))
			set_once(&sheet->addressee, i);
		else if (sheet->addressee == SHEET_NONE && is_type(sheet, i))
			set_once(&sheet->type, i);
		else if (sheet->addressee == SHEET_NONE &&
			 line_begins(&sheet->lines[i], "can cu"))
			break;
		else if (sheet->addressee == SHEET_NONE && is_about(sheet, i))
			set_once(&sheet->about, i);
	}
	look_for_day(sheet);
	if (sheet->day == SHEET_NONE)
		look_for_late_day(sheet);
	if (sheet->about == SHEET_NONE && sheet->type == SHEET_NONE)
		look_below_symbol(sheet);
}

static void choose_head(struct sheet *sheet, const size_t *starts,
			size_t page_count)
{
	int best = -1;

	for (size_t i = 0; i < page_count && i < HEAD_PAGES; i++) {
		int weight = weigh_head(sheet->lines + starts[i],
					starts[i + 1] - starts[i],
					sheet->arena);

		if (weight > best && (best < 4 || weight > best * 2)) {
			best = weight;
			sheet->page_index = i;
			sheet->head = starts[i];
			sheet->head_end = starts[i + 1];
		}
	}
}

struct sheet sheet_of(const struct page *pages, size_t count,
		      struct arena *arena)
{
	struct sheet sheet = {
		.arena = arena,
		.state = SHEET_NONE,
		.motto = SHEET_NONE,
		.symbol = SHEET_NONE,
		.day = SHEET_NONE,
		.type = SHEET_NONE,
		.about = SHEET_NONE,
		.addressee = SHEET_NONE,
		.body = SHEET_NONE,
	};
	struct lines *lists;
	size_t *starts, words = 0;

	count = count < PAGES_MAX ? count : PAGES_MAX;
	lists = arena_array(arena, count + 1, sizeof *lists);
	starts = arena_array(arena, count + 1, sizeof *starts);
	for (size_t i = 0; i < count; i++) {
		bool is_needed = i < HEAD_PAGES || i + LAST_PAGES >= count;

		words += pages[i].count;
		if (is_needed || words < WORDS_MAX)
			lists[i] = line_list(&pages[i], i, arena);
		if (i < HEAD_PAGES)
			line_add_stamps(&sheet.stamps, &pages[i], i, arena);
		starts[i + 1] = starts[i] + lists[i].count;
	}
	sheet.count = starts[count];
	sheet.lines = arena_array(arena, sheet.count + 1, sizeof *sheet.lines);
	for (size_t i = 0; i < count; i++) {
		if (lists[i].count > 0)
			memcpy(sheet.lines + starts[i], lists[i].items,
			       lists[i].count * sizeof *sheet.lines);
	}
	choose_head(&sheet, starts, count);
	sheet.is_placed = sheet.head < sheet.head_end &&
			  line_has_place(&sheet.lines[sheet.head]);
	join_day(&sheet);
	look_for_marks(&sheet);
	return sheet;
}

struct letterhead_proposal *sheet_propose(struct sheet *sheet,
					  enum letterhead_field field,
					  const char *value, int confidence)
{
	struct letterhead_proposal *proposal;

	sheet->found = arena_grow(sheet->arena, sheet->found,
				  sheet->found_count, sizeof *sheet->found);
	/* beyond any document: the last one is written over */
	if (sheet->found_count < FOUND_MAX)
		sheet->found_count++;
	proposal = &sheet->found[sheet->found_count - 1];
	*proposal = (struct letterhead_proposal){
		.field = field,
		.value = value,
		.seen = value,
		.confidence = confidence,
	};
	return proposal;
}

static enum letterhead_source source_of(const struct page *page)
{
	return page->source == PAGE_OCR ? LETTERHEAD_FROM_OCR
					: LETTERHEAD_FROM_TEXT;
}

void sheet_show(struct sheet *sheet, struct letterhead_proposal *proposal,
		const struct line *line, size_t from, size_t to)
{
	proposal->source = source_of(line->page);
	proposal->page = line->page->number;
	proposal->box = line_part_box(line, from, to);
	proposal->seen = line_part(line, from, to, sheet->arena);
}

struct letterhead_proposal *sheet_find(const struct sheet *sheet,
				       enum letterhead_field field)
{
	struct letterhead_proposal *best = NULL;

	for (size_t i = 0; i < sheet->found_count; i++) {
		struct letterhead_proposal *own = &sheet->found[i];

		if (own->field == field &&
		    (!best || own->confidence > best->confidence))
			best = own;
	}
	return best;
}
