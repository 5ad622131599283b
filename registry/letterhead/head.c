#include "base/bytes.h"
#include "letterhead/casing.h"
#include "letterhead/date.h"
#include "letterhead/known.h"
#include "letterhead/number.h"
#include "letterhead/rules.h"
#include "viet/character.h"
#include <string.h>

enum {
	GOOD_WORD = 88, /* a recognised word that is trusted as it is */
	RESPELT = 110,
	OF_COPY = 150, /* the stamp's number, not the document's */
	SIGNED = 780,  /* how sure the day of a signature is the document's */
	PLACE_WORDS = 6,
	PLACE_SIZE_MAX = 60
};

/* The lowest confidence of some words. */
static int confidence_of(const struct line *line, size_t from, size_t to)
{
	int lowest = 100;

	for (size_t i = from; i < to && i < line->count; i++) {
		int own = line->terms[i].word->confidence;

		lowest = own < lowest ? own : lowest;
	}
	return lowest;
}

/* What doubtful recognition takes off. */
static int doubt_of(const struct line *line, size_t from, size_t to)
{
	int lowest;

	if (line->page->source != PAGE_OCR)
		return 0;
	lowest = confidence_of(line, from, to);
	return 25 + (lowest < GOOD_WORD ? (GOOD_WORD - lowest) * 5 : 0);
}

void number_propose(struct sheet *sheet)
{
	const struct line *line = sheet_line(sheet, sheet->symbol);
	struct letterhead_proposal *proposal;
	struct number number;
	int confidence = 985;

	if (!line || !number_read(line, sheet->arena, &number) ||
	    number.value[0] == '\0')
		return;
	confidence -= number.has_label ? 0 : 60;
	confidence -= number.group_count > 0 ? 0 : 350;
	confidence -= number.is_known ? 0 : 40;
	confidence -= number.is_repaired ? 250 : 0;
	if (line->page->source == PAGE_OCR && number.is_respelt)
		confidence -= RESPELT;
	confidence -= number_is_of_copy(&number) ? OF_COPY : 0;
	confidence -= doubt_of(line, number.from, number.to);
	proposal = sheet_propose(sheet, LETTERHEAD_SYMBOL, number.value,
				 confidence);
	sheet_show(sheet, proposal, line, number.from, number.to);
}

/* Begins with a capital and holds letters only. */
static bool is_name(const char *place)
{
	struct bytes bytes = bytes_of(place);
	size_t at = 0;

	return character_is_upper(character_read(bytes, &at)) &&
	       !strpbrk(place, "():;/…");
}

/* "Lâm Đồng" of "Lâm Đồng, ngày". */
static void propose_place(struct sheet *sheet, const struct line *line,
			  size_t end)
{
	struct letterhead_proposal *proposal;
	const char *known;
	int confidence;
	char *place;
	size_t size;

	if (end == 0 || end > PLACE_WORDS)
		return;
	place = line_part(line, 0, end, sheet->arena);
	size = strlen(place);
	while (size > 0 && strchr(" ,.;:", place[size - 1]))
		place[--size] = '\0';
	if (size < 2 || size > PLACE_SIZE_MAX || !is_name(place))
		return;
	known = known_place(place, sheet->arena);
	confidence = 960 - doubt_of(line, 0, end);
	if (line->page->source == PAGE_OCR && !known)
		confidence -= 60;
	if (line->page->source == PAGE_OCR && known)
		place = arena_copy(sheet->arena, known);
	proposal = sheet_propose(sheet, LETTERHEAD_PLACE, place, confidence);
	sheet_show(sheet, proposal, line, 0, end);
}

/* When the day of the head is blank, the day of the signature: "Thời gian ký:
 * 22/06/2026 16:20:33 +07:00". A person has to say that it is the same. */
static void propose_signed(struct sheet *sheet)
{
	static const char *const labels[] = { "thoi gian ky", "ngay ky",
					      "ky ngay" };

	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		const struct line *line = &sheet->lines[i];
		struct letterhead_proposal *proposal;
		struct date date;
		char iso[DAY_SIZE];
		bool is_signed = false;

		for (size_t j = 0; j < sizeof labels / sizeof labels[0]; j++)
			is_signed |= line_begins(line, labels[j]);
		if (!is_signed || !date_find(line, 1, &date) ||
		    date.day.year == 0)
			continue;
		day_print(date.day, iso);
		proposal = sheet_propose(sheet, LETTERHEAD_DAY,
					 arena_copy(sheet->arena, iso),
					 SIGNED);
		sheet_show(sheet, proposal, line, date.from, date.to);
		return;
	}
}

static bool has_whole_date(const struct line *line, struct date *date)
{
	return date_find(line, 0, date) && date->day.year != 0;
}

/* "Lâm Đồng, ngày 5 tháng 3 năm" with "2026" below it in the same column. */
static bool join_day(const struct sheet *sheet, struct line *line)
{
	for (size_t i = (size_t)sheet->day + 1; i < sheet->head_end; i++) {
		const struct line *next = &sheet->lines[i];
		struct line joined;
		struct date date;

		if (next->column != line->column)
			continue;
		joined = line_join(line, next, sheet->arena);
		if (!has_whole_date(&joined, &date) || date.to <= line->count)
			return false;
		*line = joined;
		return true;
	}
	return false;
}

void day_propose(struct sheet *sheet)
{
	const struct line *found = sheet_line(sheet, sheet->day);
	struct letterhead_proposal *proposal;
	char iso[DAY_SIZE];
	struct line joined;
	const struct line *line = &joined;
	struct date date;
	int confidence = 985;

	if (!found) {
		propose_signed(sheet);
		return;
	}
	joined = *found;
	propose_place(sheet, found, line_find(found, "ngay", 0));
	if (!has_whole_date(found, &date) &&
	    (!join_day(sheet, &joined) || !has_whole_date(line, &date))) {
		propose_signed(sheet);
		return;
	}
	day_print(date.day, iso);
	confidence -= date.is_worded ? 0 : 60;
	confidence -= date.is_repaired ? 150 : 0;
	confidence -= date.from > 0 ? 0 : 60;
	confidence -= doubt_of(line, date.from, date.to);
	proposal = sheet_propose(sheet, LETTERHEAD_DAY,
				 arena_copy(sheet->arena, iso), confidence);
	sheet_show(sheet, proposal, line, date.from, date.to);
}

/* What the number says, when nothing else does. */
static const struct type *type_of_number(const struct sheet *sheet)
{
	const struct line *line = sheet_line(sheet, sheet->symbol);
	struct number number;

	if (!line || !number_read(line, sheet->arena, &number))
		return NULL;
	return number.type;
}

static void show_type(struct sheet *sheet, const char *name, int index,
		      int confidence)
{
	const struct line *line = sheet_line(sheet, index);
	struct letterhead_proposal *proposal =
		sheet_propose(sheet, LETTERHEAD_TYPE, name, confidence);

	if (!line)
		return;
	proposal->confidence -= doubt_of(line, 0, line->count) / 2;
	sheet_show(sheet, proposal, line, 0, line->count);
}

/* A letter has no name of its kind: it is known by "V/v", by whom it speaks
 * to and by a number without a type. */
static void propose_letter(struct sheet *sheet, const struct type *by_number)
{
	bool has_about = sheet->about != SHEET_NONE;
	bool has_addressee = sheet->addressee != SHEET_NONE;
	bool is_free = !by_number || strcmp(by_number->name, "Công văn") == 0;
	int confidence;

	if (!has_about && (!has_addressee || sheet->symbol == SHEET_NONE))
		return;
	confidence = 600 + (has_about ? 160 : 0) + (has_addressee ? 110 : 0) +
		     (is_free && sheet->symbol != SHEET_NONE ? 100 : -100);
	show_type(sheet, "Công văn",
		  has_about ? sheet->about : sheet->addressee, confidence);
}

void type_propose(struct sheet *sheet)
{
	const struct type *by_number = type_of_number(sheet);
	const struct line *line = sheet_line(sheet, sheet->type);
	const struct type *by_line = NULL;
	bool is_same;

	if (line) {
		by_line = type_by_name(line->compact, 1);
		if (!by_line)
			by_line = type_at_start(line->compact);
	}
	if (!by_line) {
		propose_letter(sheet, by_number);
		if (by_number && sheet->about == SHEET_NONE)
			show_type(sheet, by_number->name, sheet->symbol, 700);
		return;
	}
	is_same = by_number && strcmp(by_line->name, by_number->name) == 0;
	show_type(sheet, by_line->name, sheet->type,
		  is_same	  ? 990
		  : by_number	  ? 780
		  : line->is_bold ? 930
				  : 880);
}
