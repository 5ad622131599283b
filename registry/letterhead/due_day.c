#include "letterhead/date.h"
#include "letterhead/flow.h"
#include "letterhead/rules.h"
#include <string.h>

enum {
	PAGES = 3,
	BEFORE = 12, /* words between what says "by" and the date */
	ABOUT = 40,  /* words that tell what is to be done */
	FAR = 400,   /* days: beyond, it is hardly a deadline */
	DATES_MAX = 500
};

static const char *const triggers[] = {
	"truoc",
	"cham nhat",
	"han cuoi",
	"thoi han",
	"han nop",
	"han tra loi",
	"muon nhat",
	"khong qua",
	"den het",
	"het",
	"han bao cao",
	"han gop y",
	"thoi gian gui",
	"han chot",
};

/* Words that may stand between: hours and days of the week. */
static bool may_be_between(const char *fold)
{
	static const char *const words[] = {
		"",
		"ngay",
		"gio",
		"h",
		"phut",
		"het",
		"la",
		"vao",
		"den",
		"thu",
		"hai",
		"ba",
		"tu",
		"nam",
		"sau",
		"bay",
		"chu",
		"nhat",
		"sang",
		"chieu",
		"toi",
		"cuoi",
		"luc",
		"gui",
		"bao",
		"cao",
		"nop",
		"ve",
		"truoc",
		"y",
		"kien",
		"gop",
		"cham",
		"qua",
		"tra",
		"loi",
		"hoan",
		"thanh",
		"khong",
	};

	if (*fold >= '0' && *fold <= '9')
		return true;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strcmp(fold, words[i]) == 0)
			return true;
	}
	return false;
}

static bool has_any(const struct flow *flow, const char *const *phrases,
		    size_t from, size_t to)
{
	for (; *phrases; phrases++) {
		for (size_t at = from; at < to && at < flow->line.count;
		     at++) {
			if (line_stands_at(&flow->line, *phrases, at))
				return true;
		}
	}
	return false;
}

static bool asks(const struct flow *flow, size_t from, size_t to)
{
	static const char *const phrases[] = {
		"gui",
		"bao cao",
		"gop y",
		"tra loi",
		"hoan thanh",
		"tong hop",
		"dang ky",
		"nop",
		"phan hoi",
		"cung cap",
		"y kien",
		"thuc hien xong",
		"trinh",
		"xac nhan",
		"de nghi",
		"thong bao ket qua",
		NULL,
	};

	return has_any(flow, phrases, from > ABOUT ? from - ABOUT : 0,
		       to + ABOUT / 2);
}

/* Whether something before the date makes it one by which to act. */
static bool is_triggered(const struct flow *flow, const struct date *date,
			 size_t *ret_from, bool *ret_strong)
{
	for (size_t i = 0; i < BEFORE && date->from > i; i++) {
		size_t at = date->from - 1 - i;

		for (size_t j = 0; j < sizeof triggers / sizeof triggers[0];
		     j++) {
			if (!line_stands_at(&flow->line, triggers[j], at) ||
			    at + line_phrase_count(triggers[j]) > date->from)
				continue;
			*ret_from = at;
			*ret_strong = j < 9;
			return true;
		}
		/* "trong ngày 22/6" */
		if (i == 0 && strcmp(flow->line.terms[at].fold, "trong") == 0) {
			*ret_from = at;
			*ret_strong = true;
			return asks(flow, at, date->to);
		}
		if (!may_be_between(flow->line.terms[at].fold))
			return false;
	}
	return false;
}

/* Every year, every month; the end of something else than work. */
static bool is_general(const struct flow *flow, size_t from, size_t to)
{
	static const char *const before[] = { "co gia tri", "tu ngay", "ke tu",
					      "co hieu luc", "duoc nghi",
					      NULL };
	static const char *const phrases[] = { "hang nam", "hang thang",
					       "hang nam,", "hang quy",
					       "co hieu luc", "tro ve truoc",
					       NULL };

	return has_any(flow, phrases, to, to + 4) ||
	       has_any(flow, before, from > 8 ? from - 8 : 0, from);
}

static struct day complete(struct day day, struct day document)
{
	if (day.year > 0 || document.year == 0)
		return day;
	day.year = document.year;
	if (day_number(day) + 31 < day_number(document))
		day.year++;
	return day;
}

/* How sure a deadline is; 0: it is none. */
static int weigh(const struct flow *flow, size_t from,
		 const struct date *date, struct day document)
{
	int64_t days;
	int confidence = 940;

	if (!day_is_valid(date->day) ||
	    is_general(flow, from, date->to))
		return 0;
	if (!asks(flow, from, date->to))
		confidence -= 200;
	if (date->is_repaired)
		confidence -= 150;
	if (document.year == 0)
		return confidence - 250;
	days = day_number(date->day) - day_number(document);
	if (days < 0)
		return 0;
	return days > FAR ? confidence - 300 : confidence;
}

static void propose(struct sheet *sheet, const struct flow *flow,
		    size_t from, const struct date *date, int confidence)
{
	struct letterhead_proposal *proposal;
	char iso[DAY_SIZE];

	day_print(date->day, iso);
	for (size_t i = 0; i < sheet->found_count; i++) {
		if (sheet->found[i].field != LETTERHEAD_DUE_DAY)
			continue;
		if (strcmp(sheet->found[i].value, iso) == 0)
			return;
		/* two deadlines: a person has to choose */
		if (sheet->found[i].confidence > 850)
			sheet->found[i].confidence = 850;
		confidence = confidence > 800 ? 800 : confidence;
	}
	proposal = sheet_propose(sheet, LETTERHEAD_DUE_DAY,
				 arena_copy(sheet->arena, iso), confidence);
	flow_show(sheet, flow, proposal, from, date->to);
}

static bool is_looked_at(const struct sheet *sheet, const struct line *line)
{
	const struct letterhead_proposal *signer =
		sheet_find(sheet, LETTERHEAD_SIGNER);

	if (line->page_index < sheet->page_index ||
	    line->page_index > sheet->page_index + PAGES)
		return false;
	return !signer || line->page->number <= signer->page;
}

void due_day_propose(struct sheet *sheet)
{
	const struct letterhead_proposal *day =
		sheet_find(sheet, LETTERHEAD_DAY);
	struct flow flow = flow_of(sheet);
	struct day document = { 0 };
	struct date date;
	size_t at = 0;

	if (day)
		(void)day_parse(day->value, &document);
	for (size_t i = 0; i < DATES_MAX && date_find(&flow.line, at, &date);
	     i++) {
		const struct line *owner = flow.owners[date.from];
		bool is_strong = false;
		size_t from;
		int confidence;

		at = date.to;
		if (!is_looked_at(sheet, owner) ||
		    !is_triggered(&flow, &date, &from, &is_strong))
			continue;
		date.day = complete(date.day, document);
		confidence = weigh(&flow, from, &date, document) -
			     (is_strong ? 0 : 150) -
			     (owner->page->source == PAGE_OCR ? 40 : 0);
		if (confidence > 300)
			propose(sheet, &flow, from, &date, confidence);
	}
}
