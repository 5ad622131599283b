#include "base/text.h"
#include "letterhead/flow.h"
#include "letterhead/mark.h"
#include "letterhead/position.h"
#include "letterhead/rules.h"
#include "viet/fold.h"
#include <string.h>

enum {
	LINES_MAX = 24,
	NAMES_MAX = 40,
	NAME_SIZE_MAX = 300,
	INVITED_MAX = 80, /* words */
	WIDE_GAP = 110,	  /* in percent of the height */
	WIDE_GAP_READ = 170
};

/* Names are given one at a time, each with the lines it is of. */
struct list {
	struct sheet *sheet;
	enum letterhead_field field;
	struct text text;
	size_t first, last; /* lines */
	int confidence;
	size_t count;
};

/* What is on every list and is no receiver. */
static bool is_formula(const char *fold)
{
	static const char *const formulas[] = { "nhu tren", "nhu dieu", "luu",
						"nhu kinh gui", "nhu de gui" };

	for (size_t i = 0; i < sizeof formulas / sizeof formulas[0]; i++) {
		size_t size = strlen(formulas[i]);

		if (strncmp(fold, formulas[i], size) == 0 &&
		    (fold[size] == '\0' || !((fold[size] >= 'a' &&
					      fold[size] <= 'z'))))
			return true;
	}
	return false;
}

/* An addressee over several lines may have swallowed what follows. */
static int confidence_of(const struct list *list)
{
	const struct line *line = &list->sheet->lines[list->first];

	if (list->field == LETTERHEAD_ADDRESSEE && list->last > list->first &&
	    !term_is_bullet(line->terms[0].word->text) &&
	    list->confidence >= LETTERHEAD_SURE)
		return LETTERHEAD_SURE - 20;
	return list->confidence;
}

static void close_name(struct list *list)
{
	const char *raw = text_string(&list->text);
	char *name;
	size_t size;
	struct letterhead_proposal *proposal;

	raw += strspn(raw, " -+*:.,;");
	if (strncmp(raw, "–", strlen("–")) == 0)
		raw += strlen("–");
	raw += strspn(raw, " ");
	name = viet_normal(raw, list->sheet->arena);
	size = strlen(name);
	while (size > 0 && strchr(" ;,.:/", name[size - 1]))
		name[--size] = '\0';
	text_clear(&list->text);
	if (size > NAME_SIZE_MAX || list->count == NAMES_MAX ||
	    strlen(term_compact(name, list->sheet->arena)) < 3 ||
	    is_formula(viet_fold(name, list->sheet->arena)))
		return;
	list->count++;
	proposal = sheet_propose(list->sheet, list->field, name,
				 confidence_of(list));
	for (size_t i = list->first; i <= list->last; i++) {
		const struct line *line = &list->sheet->lines[i];
		struct page_box box = proposal->box;

		if (i > list->first && line->column == LINE_RIGHT &&
		    list->field == LETTERHEAD_RECIPIENT)
			continue;
		sheet_show(list->sheet, proposal, line, 0, line->count);
		proposal->box = line_join_boxes(box, proposal->box);
	}
	proposal->seen = name;
}

/* The terms of a line from one on; an item begins at a bullet and ends at a
 * semicolon. */
static void add_terms(struct list *list, size_t index, size_t from)
{
	const struct line *line = &list->sheet->lines[index];

	for (size_t i = from; i < line->count; i++) {
		const char *text = line->terms[i].word->text;

		if (i == from && term_is_bullet(text))
			close_name(list);
		if (list->text.size == 0)
			list->first = index;
		else
			text_add_char(&list->text, ' ');
		text_add(&list->text, text);
		list->last = index;
		if (text[strlen(text) - 1] == ';')
			close_name(list);
	}
}

static bool ends_item(const char *text)
{
	size_t size = strlen(text);

	return size > 0 && strchr(".;", text[size - 1]);
}

static bool is_wide(const struct line *above, const struct line *line)
{
	int height = above->box.bottom - above->box.top;

	if (!line_has_place(line) || height <= 0)
		return false;
	return (line->box.top - above->box.bottom) * 100 / height >
	       (line->page->source == PAGE_OCR ? WIDE_GAP_READ : WIDE_GAP);
}

/* Whether the addressees end before the line. */
static bool begins_text(const struct sheet *sheet, size_t i, size_t above)
{
	const struct line *line = &sheet->lines[i];
	const struct line *last = &sheet->lines[above];
	const struct line *label = &sheet->lines[sheet->addressee];

	if (term_is_bullet(line->terms[0].word->text))
		return false;
	if (line->page != label->page || ends_item(last->text) ||
	    is_wide(last, line) || line_begins(line, "can cu") ||
	    line_begins(line, "thuc hien") || line_begins(line, "phuc dap"))
		return true;
	if (!line_has_place(line))
		return line->terms[0].word->block !=
			       last->terms[0].word->block ||
		       last->text[strlen(last->text) - 1] != ';';
	/* text begins further left than what stands behind the label */
	return line->box.left < label->box.left + 100;
}

static bool ends_invited(const struct flow *flow, size_t at)
{
	static const char *const stops[] = { "tham du", "den du", "toi du",
					     "du hop", "du cuoc", "du",
					     "tham gia", "co mat" };

	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
		if (line_stands_at(&flow->line, stops[i], at))
			return true;
	}
	return false;
}

/* "… trân trọng kính mời Sở Tài chính; các phòng tham dự cuộc họp". */
static void propose_invited(struct sheet *sheet)
{
	struct list list = { .sheet = sheet,
			     .field = LETTERHEAD_ADDRESSEE,
			     .confidence = 860 };
	struct flow flow = flow_of(sheet);
	size_t at = line_find(&flow.line, "kinh moi", 0), from = at + 2;

	if (at >= flow.line.count ||
	    flow.owners[at]->page_index != sheet->page_index)
		return;
	at = from;
	while (at < flow.line.count && at - from < INVITED_MAX &&
	       !ends_invited(&flow, at))
		at++;
	if (at >= flow.line.count || at - from >= INVITED_MAX)
		return;
	for (size_t i = from; i < at; i++) {
		const char *text = flow.line.terms[i].word->text;

		list.first = list.last =
			(size_t)(flow.owners[i] - sheet->lines);
		if (list.text.size > 0)
			text_add_char(&list.text, ' ');
		text_add(&list.text, text);
		if (text[strlen(text) - 1] == ';')
			close_name(&list);
	}
	close_name(&list);
	text_done(&list.text);
}

void addressee_propose(struct sheet *sheet)
{
	struct list list = { .sheet = sheet,
			     .field = LETTERHEAD_ADDRESSEE,
			     .confidence = 930 };
	const struct line *label = sheet_line(sheet, sheet->addressee);
	size_t above, taken = 0;

	if (!label) {
		propose_invited(sheet);
		return;
	}
	if (label->page->source == PAGE_OCR)
		list.confidence -= 40;
	above = (size_t)sheet->addressee;
	add_terms(&list, above, 2);
	for (size_t i = above + 1; i < sheet->head_end && taken < LINES_MAX;
	     i++, taken++) {
		bool is_first = i == (size_t)sheet->addressee + 1 &&
				label->count <= 2;

		if (!is_first && begins_text(sheet, i, above))
			break;
		add_terms(&list, i, 0);
		above = i;
	}
	close_name(&list);
	text_done(&list.text);
}

static size_t find_label(const struct sheet *sheet)
{
	const struct letterhead_proposal *signer =
		sheet_find(sheet, LETTERHEAD_SIGNER);
	size_t found = sheet->count;

	for (size_t i = 0; i < sheet->count; i++) {
		if (!line_begins(&sheet->lines[i], "noi nhan"))
			continue;
		found = i;
		if (!signer ||
		    sheet->lines[i].page->number == signer->page)
			break;
	}
	return found;
}

/* What stands beside the list: the signature. */
static bool is_beside(const struct sheet *sheet, size_t i)
{
	const struct line *line = &sheet->lines[i];

	if (line->column == LINE_RIGHT)
		return true;
	return line->is_shouted && position_begins(line->compact, 1);
}

void recipient_propose(struct sheet *sheet)
{
	size_t label = find_label(sheet), taken = 0;
	struct list list = { .sheet = sheet,
			     .field = LETTERHEAD_RECIPIENT,
			     .confidence = 900 };

	if (label == sheet->count)
		return;
	if (sheet->lines[label].page->source == PAGE_OCR)
		list.confidence -= 120;
	add_terms(&list, label, 2);
	for (size_t i = label + 1; i < sheet->count && taken < LINES_MAX;
	     i++, taken++) {
		const struct line *line = &sheet->lines[i];
		bool is_item = term_is_bullet(line->terms[0].word->text);

		if (line->page != sheet->lines[label].page)
			break;
		if (is_beside(sheet, i))
			continue;
		if (!is_item && list.text.size == 0)
			break;
		add_terms(&list, i, 0);
		if (line_find(line, "luu", 0) < 2)
			break;
	}
	close_name(&list);
	text_done(&list.text);
}
