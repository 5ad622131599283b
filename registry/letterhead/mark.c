#include "letterhead/mark.h"
#include "base/bytes.h"
#include "letterhead/rules.h"
#include <string.h>

enum {
	STAMP_LIMIT = 5500, /* how low a stamp may stand */
	FLOW_LIMIT = 40	    /* in lines */
};

struct mark_word {
	const char *compact;
	enum mark mark;
};

/* Recognised "MẶT" is MẬT; printed "MẶT" is a face. */
static bool is_secret_word(const struct line *line)
{
	struct bytes text = bytes_of(line->text);
	struct bytes right = bytes_of("MẬT");

	if (bytes_find(text, right, 0) < text.size)
		return true;
	return line->page->source == PAGE_OCR;
}

enum mark mark_of_line(const struct line *line)
{
	static const struct mark_word words[] = {
		{ "khan", MARK_URGENT },
		{ "thuongkhan", MARK_VERY_URGENT },
		{ "hoatoc", MARK_FLASH },
		{ "hoatochengio", MARK_FLASH },
		{ "mat", MARK_SECRET },
		{ "toimat", MARK_HIGH_SECRET },
		{ "tuyetmat", MARK_TOP_SECRET },
	};

	if (!line->is_shouted || line->count > 8)
		return MARK_NONE;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t wrong = strlen(words[i].compact) >= 8 ? 1 : 0;

		if (!line_is(line, words[i].compact, wrong))
			continue;
		if (words[i].mark == MARK_SECRET && !is_secret_word(line))
			return MARK_NONE;
		return words[i].mark;
	}
	return MARK_NONE;
}

/* Whether a stamp may stand there: high on one of the first pages. `at` is
 * the number of a line without a place. */
static bool may_be_stamp(const struct line *line, size_t at)
{
	if (line->page_index > 2)
		return false;
	if (line_has_place(line))
		return line->box.top < STAMP_LIMIT;
	return at < FLOW_LIMIT;
}

static bool propose_urgency(struct sheet *sheet, const struct line *line)
{
	static const char *const values[] = {
		[MARK_URGENT] = "1",
		[MARK_VERY_URGENT] = "2",
		[MARK_FLASH] = "3",
	};
	enum mark mark = mark_of_line(line);
	struct letterhead_proposal *proposal;

	if (mark < MARK_URGENT || mark > MARK_FLASH ||
	    line->page_index != sheet->page_index)
		return false;
	proposal =
		sheet_propose(sheet, LETTERHEAD_URGENCY, values[mark],
			      line->page->source == PAGE_OCR ? 920 : 980);
	sheet_show(sheet, proposal, line, 0, line->count);
	return true;
}

void urgency_propose(struct sheet *sheet)
{
	const struct lines *stamps = &sheet->stamps;

	for (size_t i = 0; i < stamps->count; i++) {
		if (may_be_stamp(&stamps->items[i], i) &&
		    propose_urgency(sheet, &stamps->items[i]))
			return;
	}
	for (size_t i = 0; i < sheet->count; i++) {
		if (may_be_stamp(&sheet->lines[i], i) &&
		    propose_urgency(sheet, &sheet->lines[i]))
			return;
	}
}

static enum mark higher(enum mark found, const struct line *line, size_t at)
{
	enum mark mark = may_be_stamp(line, at) ? mark_of_line(line)
						: MARK_NONE;

	return mark >= MARK_SECRET && mark > found ? mark : found;
}

const char *secret_find(const struct sheet *sheet)
{
	static const char *const names[] = {
		[MARK_SECRET] = "MẬT",
		[MARK_HIGH_SECRET] = "TỐI MẬT",
		[MARK_TOP_SECRET] = "TUYỆT MẬT",
	};
	enum mark found = MARK_NONE;

	for (size_t i = 0; i < sheet->stamps.count; i++)
		found = higher(found, &sheet->stamps.items[i], i);
	for (size_t i = 0; i < sheet->count; i++)
		found = higher(found, &sheet->lines[i], i);
	return names[found];
}
