#include "base/bytes.h"
#include "base/text.h"
#include "letterhead/agency.h"
#include "letterhead/beginning.h"
#include "letterhead/casing.h"
#include "letterhead/dateline.h"
#include "letterhead/emphasis.h"
#include "letterhead/known.h"
#include "letterhead/mark.h"
#include "letterhead/number.h"
#include "letterhead/rules.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	HEAD_LINES = 10,
	FLOW_LINES = 16,
	NAME_LINES = 7, /* more are no name */
	TOP = 2800,	/* how low the name of an agency stands at most */
	MIDDLE = 4900,	/* how far to the right, its middle */
	SIZE_MAX_NAME = 300,
	TITLED_LINES = 8,
	LEAST = 500, /* a confidence below is not worth showing */
	DIRT_LETTERS = 6,
	SIDE = 500,
	DIRTY = 70,
	DIRT = 50, /* the confidence of what is none */
	TITLED_WORDS = 16,
	NUMERAL_SIZE = 3,
	OPEN_END = 780, /* of a name that must go on */
	GOOD_WORD = 80
};

/* The lines that carry the names of the agencies. */
struct names {
	size_t lines[HEAD_LINES];
	size_t count;
};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* A rule or a stamp that recognition took for letters. */
static bool is_dirt(const struct line *line)
{
	int best = 0;

	if (line->page->source != PAGE_OCR ||
	    strlen(line->compact) > DIRT_LETTERS)
		return false;
	for (size_t i = 0; i < line->count; i++) {
		int own = line->terms[i].word->confidence;

		best = own > best ? own : best;
	}
	return best < DIRT;
}

static bool is_of_agency(const struct sheet *sheet, size_t i, bool is_wide)
{
	const struct line *line = &sheet->lines[i];

	if ((int)i == sheet->state || (int)i == sheet->motto ||
	    (int)i == sheet->day || (int)i == sheet->symbol ||
	    (int)i == sheet->type || sheet_is_noise(line) ||
	    mark_of_line(line) != MARK_NONE || !line->is_shouted ||
	    is_dirt(line))
		return false;
	if (!line_has_place(line))
		return true;
	if (is_wide)
		return line->box.top < TOP / 2;
	return line->column != LINE_RIGHT && line_middle(line) < MIDDLE &&
	       line->box.top < TOP;
}

/* Where the names end at the latest. */
static size_t last_of(const struct sheet *sheet)
{
	size_t end = sheet->head_end;

	if (sheet->symbol != SHEET_NONE)
		end = (size_t)sheet->symbol;
	else if (sheet->about != SHEET_NONE)
		end = (size_t)sheet->about;
	else if (sheet->type != SHEET_NONE)
		end = (size_t)sheet->type;
	else if (sheet->addressee != SHEET_NONE)
		end = (size_t)sheet->addressee;
	else if (sheet->state == SHEET_NONE && !sheet->is_placed)
		end = sheet->head;
	return end;
}

static bool is_capitals(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	while (at < bytes.size) {
		if (!character_is_upper(character_read(bytes, &at)))
			return false;
	}
	return true;
}

static bool is_numeral(const char *text)
{
	size_t size = strlen(text);

	return size <= NUMERAL_SIZE && strspn(text, "0123456789") == size;
}

/* "Y" under "CHI CỤC CHĂN NUÔI VÀ THÚ", "7" under "TRƯỜNG TIỂU HỌC SỐ": too
 * short to be in capitals, but right below. */
static bool is_last_word(const struct sheet *sheet, const struct names *names,
			 size_t i)
{
	const struct line *line = &sheet->lines[i], *above;
	const char *text = line->terms[0].word->text;
	int height = line->box.bottom - line->box.top, aside;

	if (names->count == 0 || line->count != 1 ||
	    line->confidence < DIRTY ||
	    (!is_numeral(text) &&
	     (strlen(line->compact) > 2 || line->compact[0] < 'a' ||
	      !is_capitals(text))))
		return false;
	above = &sheet->lines[names->lines[names->count - 1]];
	if (!line_has_place(line))
		return names->lines[names->count - 1] + 1 == i;
	aside = line_middle(line) - line_middle(above);
	return line->box.top - above->box.bottom < height &&
	       line->box.top > above->box.top && aside < SIDE && aside > -SIDE;
}

/* The name of a firm again, in English. */
static bool is_english(const struct line *line, struct arena *arena)
{
	static const char *const words[] = {
		"company",
		"corporation",
		"jsc",
		"ltd",
		"group",
		"bank",
		"department",
		"university",
		"limited",
		"of",
		"the",
		"and",
		"joint",
		"committee",
		"ministry",
		"center",
		"co.,ltd",
	};
	const char *normal = viet_fold(line->text, arena);
	const char *key = casing_lower(line->text, arena);

	if (line->count < 2 || strcmp(normal, key) != 0)
		return false;
	for (size_t i = 0; i < line->count; i++) {
		for (size_t j = 0; j < COUNT(words); j++) {
			if (strcmp(line->terms[i].fold, words[j]) == 0)
				return true;
		}
	}
	return false;
}

/* `is_wide`: over the whole page, as companies print it. */
static struct names list_names(const struct sheet *sheet, bool is_wide)
{
	struct names names = { 0 };
	size_t end = last_of(sheet);

	for (size_t i = sheet->head; i < end && names.count < HEAD_LINES; i++) {
		/* without places a head has few lines */
		if (!sheet->is_placed && i >= sheet->head + FLOW_LINES)
			break;
		if (is_last_word(sheet, &names, i) ||
		    (is_of_agency(sheet, i, is_wide) &&
		     !is_english(&sheet->lines[i], sheet->arena)))
			names.lines[names.count++] = i;
	}
	return names;
}

/* The first of the lines that are the issuer's own name: the ones above are
 * the agency above it. */
static size_t split_by_words(const struct sheet *sheet,
			     const struct names *names, size_t from)
{
	size_t at = names->count - 1;

	for (; at > from; at--) {
		const struct line *line = &sheet->lines[names->lines[at]];
		const struct line *above = &sheet->lines[names->lines[at - 1]];

		if (beginning_of_agency(line, sheet->arena) &&
		    !beginning_goes_on(above, at - 1 == from) &&
		    !beginning_is_torn(above, line, sheet->arena))
			break;
	}
	return at;
}

/* What a scan leaves at the end of a line: "MÔI." */
static size_t size_without_specks(const struct line *line)
{
	size_t size = strlen(line->text);

	while (line->page->source == PAGE_OCR && size > 0 &&
	       strchr(" .:;|'`_*-", line->text[size - 1]))
		size--;
	return size;
}

static void add_line(struct text *text, const struct line *line,
		     struct arena *arena)
{
	char *part = arena_copy_part(arena, line->text,
				     size_without_specks(line));
	struct parts words;

	if (line->page->source != PAGE_OCR) {
		text_add(text, part);
		return;
	}
	words = parts_recognised(part, arena);
	text_add(text, parts_join(&words, arena));
}

static char *join_lines(const struct sheet *sheet, const struct names *names,
			size_t from, size_t to)
{
	auto_text text = { 0 };
	char *name;
	size_t size;

	for (size_t i = from; i < to; i++) {
		const struct line *line = &sheet->lines[names->lines[i]];

		if (i > from)
			text_add_char(&text, ' ');
		add_line(&text, line, sheet->arena);
	}
	name = arena_copy(sheet->arena, text_string(&text));
	name += strspn(name, " *-_.,:;|~=");
	size = strlen(name);
	while (size > 0 && strchr(" *-_.,:;|", name[size - 1]))
		name[--size] = '\0';
	return name;
}

static int doubt_of(const struct sheet *sheet, const struct names *names,
		    size_t from, size_t to)
{
	int lowest = 100;

	if (sheet->lines[names->lines[from]].page->source != PAGE_OCR)
		return 0;
	for (size_t i = from; i < to; i++) {
		int own = sheet->lines[names->lines[i]].confidence;

		lowest = own < lowest ? own : lowest;
	}
	return 25 + (lowest < GOOD_WORD ? (GOOD_WORD - lowest) * 5 : 0);
}

/* How well each word of the name was recognised. */
static void read_words(const struct sheet *sheet, const struct names *names,
		       const size_t range[2], struct agency_print *head)
{
	for (size_t i = range[0]; i < range[1]; i++) {
		const struct line *line = &sheet->lines[names->lines[i]];

		for (size_t j = 0; j < line->count; j++) {
			const struct page_word *word = line->terms[j].word;
			char *text = parts_unglue(word->text, sheet->arena);
			size_t count = line->page->source == PAGE_OCR
					       ? parts_split(text,
							     sheet->arena)
							 .count
					       : 1;

			while (count-- > 0 && head->count < PARTS_MAX)
				head->confidences[head->count++] =
					word->confidence;
		}
	}
}

/* Of what was recognised the place at the end as the dateline has it. */
static const char *mend_place(const struct sheet *sheet, const char *name)
{
	const struct letterhead_proposal *place =
		sheet_find(sheet, LETTERHEAD_PLACE);
	const char *mended =
		place ? dateline_mend(name, place->value, sheet->arena) : NULL;

	return mended ? mended : name;
}

/* Room for another line between the name and the number: recognition may have
 * lost it under a stamp. */
static bool may_lack_line(const struct sheet *sheet, const struct names *names)
{
	const struct line *last = &sheet->lines[names->lines[names->count - 1]];
	const struct line *number = sheet_line(sheet, sheet->symbol);
	int height = last->box.bottom - last->box.top;

	return last->page->source == PAGE_OCR && number && names->count > 1 &&
	       number->box.top - last->box.bottom > height * 2;
}

static void propose(struct sheet *sheet, enum letterhead_field field,
		    const struct names *names, const size_t range[2],
		    int confidence)
{
	const char *printed = join_lines(sheet, names, range[0], range[1]);
	struct letterhead_proposal *proposal;
	struct page_box box = { 0 };
	const char *known, *printed_name;
	struct agency_print head = { 0 };
	enum agency_source found;
	bool is_read;

	if (strlen(printed) < 3 || strlen(printed) > SIZE_MAX_NAME)
		return;
	is_read = sheet->lines[names->lines[range[0]]].page->source == PAGE_OCR;
	known = known_agency(printed, is_read, sheet->arena);
	confidence -= doubt_of(sheet, names, range[0], range[1]);
	read_words(sheet, names, range, &head);
	head.text = printed;
	printed_name = agency_name(sheet, &head, &found);
	if (known && found != AGENCY_TEXT)
		printed_name = agency_write_out(known, sheet->arena);
	else if (is_read)
		confidence += found == AGENCY_TEXT ? 30 : -90;
	if (is_read && !known && found != AGENCY_TEXT)
		printed_name = mend_place(sheet, printed_name);
	sheet->is_issuer_known |= field == LETTERHEAD_ISSUER &&
				  (known || found == AGENCY_TEXT);
	if (confidence > OPEN_END &&
	    ((found != AGENCY_TEXT &&
	      agency_is_open(printed_name, sheet->arena)) ||
	     (field == LETTERHEAD_ISSUER && may_lack_line(sheet, names))))
		confidence = OPEN_END;
	proposal = sheet_propose(sheet, field, printed_name, confidence);
	for (size_t i = range[0]; i < range[1]; i++) {
		const struct line *line = &sheet->lines[names->lines[i]];

		box = line_join_boxes(box, line->box);
		sheet_show(sheet, proposal, line, 0, line->count);
	}
	proposal->box = box;
	proposal->seen = printed;
}

/* Lines that stand apart from the last ones are of a stamp, unless nothing
 * below them is an agency. */
static void leave_stamps(const struct sheet *sheet, struct names *names)
{
	size_t start = 0, kept = 0;

	for (size_t i = 1; i < names->count; i++) {
		const struct line *above = &sheet->lines[names->lines[i - 1]];
		const struct line *line = &sheet->lines[names->lines[i]];
		int height = line->box.bottom - line->box.top;

		if (line_has_place(line) &&
		    line->box.top - above->box.bottom > height * 3 / 2)
			start = i;
	}
	while (start > 0 &&
	       !beginning_of_agency(&sheet->lines[names->lines[start]],
				    sheet->arena))
		start--;
	/* what recognition made of dirt above the head */
	for (size_t i = start; i < names->count; i++) {
		const struct line *line = &sheet->lines[names->lines[i]];

		start = i;
		if (line->page->source != PAGE_OCR ||
		    line->confidence > DIRTY ||
		    beginning_of_agency(line, sheet->arena))
			break;
	}
	for (size_t i = start; i < names->count; i++)
		names->lines[kept++] = names->lines[i];
	names->count = kept;
}

static bool has_agency(const struct sheet *sheet, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++) {
		if (beginning_of_agency(&sheet->lines[names->lines[i]],
					sheet->arena))
			return true;
	}
	return false;
}

/* What did not find room on the line above, in capitals as it. */
static bool is_rest_of_name(const struct sheet *sheet, const struct line *above,
			    const struct line *line)
{
	int height = above->box.bottom - above->box.top;
	int aside = line->box.left - above->box.left;

	return above->is_shouted && line->is_shouted &&
	       line_has_place(line) && line->count < above->count &&
	       !strpbrk(line->text, ":@0123456789") &&
	       mark_of_line(line) == MARK_NONE &&
	       line->box.top - above->box.bottom < height &&
	       line->box.top > above->box.top && aside < SIDE &&
	       aside > -SIDE && !beginning_of_agency(line, sheet->arena);
}

/* "Công ty Cổ phần Cấp nước", in small letters on a firm's paper, or in
 * capitals over all of it. */
static void take_titled(const struct sheet *sheet, struct names *names)
{
	size_t end = last_of(sheet);

	for (size_t i = sheet->head; i < end && i < sheet->head + TITLED_LINES;
	     i++) {
		const struct line *line = &sheet->lines[i];

		if ((int)i == sheet->state || (int)i == sheet->motto ||
		    (line_has_place(line) && line->box.top > TOP / 2) ||
		    line->count < 3 || line->count > TITLED_WORDS ||
		    strpbrk(line->text, ":@") ||
		    !beginning_of_agency(line, sheet->arena))
			continue;
		names->lines[0] = i;
		names->count = 1;
		if (i + 1 < end &&
		    is_rest_of_name(sheet, line, &sheet->lines[i + 1]))
			names->lines[names->count++] = i + 1;
		return;
	}
}

void issuer_propose(struct sheet *sheet)
{
	struct names names = list_names(sheet, false);
	size_t by_words, by_type = 0, at, from = 0;
	int confidence = 930;

	leave_stamps(sheet, &names);
	if (names.count == 0)
		names = list_names(sheet, true);
	if (names.count == 0 || !has_agency(sheet, &names))
		take_titled(sheet, &names);
	if (names.count == 0 || names.count > NAME_LINES)
		return;
	by_words = split_by_words(sheet, &names, 0);
	at = by_words;
	if (emphasis_begins(sheet, names.lines, names.count, &by_type)) {
		/* the name in bold may be of two agencies */
		confidence = 975;
		if (by_type != by_words) {
			const struct line *bold =
				&sheet->lines[names.lines[by_type]];
			bool is_agency =
				beginning_of_agency(bold, sheet->arena);

			at = is_agency ? by_type : by_words;
			confidence = is_agency ? 905 : 850;
		}
		if (by_type == by_words)
			at = by_type;
	}
	if (!beginning_of_agency(&sheet->lines[names.lines[at]], sheet->arena))
		confidence -= names.count - at > 2 ? 500 : 100;
	if (sheet->symbol == SHEET_NONE)
		confidence -= 60;
	if (confidence < LEAST)
		return;
	propose(sheet, LETTERHEAD_ISSUER, &names,
		(const size_t[]){ at, names.count }, confidence);
	if (at == 0)
		return;
	names.count = at;
	from = split_by_words(sheet, &names, 0);
	if (!beginning_of_agency(&sheet->lines[names.lines[from]],
				 sheet->arena))
		confidence -= 150;
	propose(sheet, LETTERHEAD_SUPERIOR, &names,
		(const size_t[]){ from, at }, confidence - 20);
}
