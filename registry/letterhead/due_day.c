#include "letterhead/date.h"
#include "letterhead/flow.h"
#include "letterhead/rules.h"
#include <string.h>

enum {
	PAGES = 3,
	BEFORE = 12, /* words between what says "by" and the date */
	ABOUT = 40,  /* words that tell what is to be done */
	STRONG = 25, /* triggers; of those before */
	LOOSE = 25,  /* only these let anything stand between */
	FAR = 400,   /* days: beyond, it is hardly a deadline */
	DATES_MAX = 500
};

/* The first ones are strong: words may stand between them and the date. */
static const char *const triggers[] = {
	"cham nhat",
	"tre nhat",
	"muon nhat",
	"lau nhat",
	"han cuoi",
	"han chot",
	"thoi han",
	"han nop",
	"han tra loi",
	"han bao cao",
	"han gop y",
	"han gui",
	"han xu ly",
	"han hoan thanh",
	"khong qua",
	"khong cham qua",
	"khong muon qua",
	"khong muon hon",
	"khong cham hon",
	"khong tre hon",
	"khong tre qua",
	"khong cham tre",
	"khong de qua",
	"han nhan",
	"han dang ky",
	"truoc",
	"den het",
	"het",
	"thoi gian gui",
	"thoi gian hoan thanh",
	"ngay hoan thanh",
	"den",
	"han",
	"deadline",
};

/* What no answer means. */
static const char *const silences[] = { "khong nhan duoc", "khong co y kien",
					"coi nhu", "khong gui", NULL };

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

/* "chót" of "hạn chót". */
static bool is_of_trigger(const char *fold)
{
	for (size_t i = 0; i < sizeof triggers / sizeof triggers[0]; i++) {
		const char *found = strstr(triggers[i], fold);
		size_t size = strlen(fold);

		if (found && found > triggers[i] && found[-1] == ' ' &&
		    (found[size] == '\0' || found[size] == ' '))
			return true;
	}
	return false;
}

/* The trigger whose words begin at the term; the number of triggers when none
 * does. */
static size_t trigger_at(const struct flow *flow, size_t at, size_t end)
{
	size_t count = sizeof triggers / sizeof triggers[0];

	for (size_t i = 0; i < count; i++) {
		if (line_stands_at(&flow->line, triggers[i], at) &&
		    at + line_phrase_count(triggers[i]) <= end)
			return i;
	}
	return count;
}

/* Triggers that stand directly before the date. */
static bool is_triggered_by_word(const struct flow *flow,
				 const struct date *date, size_t *ret_from)
{
	size_t at = date->from - 1;
	const char *text = flow->line.terms[at].word->text;

	*ret_from = at;
	/* "sau ngày 22/6, nếu không nhận được ý kiến" */
	if (strcmp(flow->line.terms[at].fold, "sau") == 0)
		return has_any(flow, silences, date->to, date->to + BEFORE);
	/* "trong ngày 22/6", "gửi về Sở vào ngày 22/6" */
	if (strcmp(text, "trong") == 0 || strcmp(text, "vào") == 0)
		return asks(flow, at, at);
	return false;
}

static bool ends_sentence(const char *text)
{
	size_t size = strlen(text);

	return size > 2 && strchr(".;", text[size - 1]);
}

/* Whether something before the date makes it one by which to act. */
static bool is_triggered(const struct flow *flow, const struct date *date,
			 size_t *ret_from, bool *ret_strong)
{
	size_t count = sizeof triggers / sizeof triggers[0];
	bool is_tight = true;

	*ret_strong = true;
	if (date->from > 0 && is_triggered_by_word(flow, date, ret_from))
		return true;
	for (size_t i = 0; i < BEFORE && date->from > i; i++) {
		size_t at = date->from - 1 - i;
		size_t found = trigger_at(flow, at, date->from);

		if (ends_sentence(flow->line.terms[at].word->text))
			return false;
		if (found < count && (is_tight || found < LOOSE)) {
			*ret_from = at;
			*ret_strong = is_tight && found <= STRONG;
			return true;
		}
		is_tight &= may_be_between(flow->line.terms[at].fold) ||
			    is_of_trigger(flow->line.terms[at].fold);
	}
	return false;
}

/* Every year, every month; the end of something else than work. */
static bool is_general(const struct flow *flow, size_t from, size_t to)
{
	static const char *const calls[] = { "lay y kien", "gop y",
					     "nhan ho so", "nop ho so",
					     "dang ky", "gui bao cao",
					     NULL };
	static const char *const before[] = { "co gia tri", "tu ngay", "ke tu",
					      "co hieu luc", "duoc nghi",
					      NULL };
	static const char *const phrases[] = { "hang nam", "hang thang",
					       "hang nam,", "hang quy",
					       "co hieu luc", "tro ve truoc",
					       NULL };

	/* a time for opinions has a beginning, too */
	if (has_any(flow, calls, from > ABOUT / 2 ? from - ABOUT / 2 : 0, to))
		return has_any(flow, phrases, to, to + 4);
	return has_any(flow, phrases, to, to + 4) ||
	       has_any(flow, before, from > 8 ? from - 8 : 0, to);
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

/* The year of "ngày   tháng   năm 2026", whose day is blank. */
static int year_of_blank(const struct sheet *sheet)
{
	const struct line *line = sheet_line(sheet, sheet->day);
	const char *fold;
	int year = 0;

	for (size_t i = (size_t)(sheet->day > 0 ? sheet->day : 0);
	     line && i < sheet->head_end && i < (size_t)sheet->day + 3; i++) {
		size_t at = line_find(&sheet->lines[i], "nam", 0);

		if (at + 1 >= sheet->lines[i].count)
			continue;
		fold = sheet->lines[i].terms[at + 1].fold;
		if (strlen(fold) != 4 || strspn(fold, "0123456789") != 4)
			continue;
		for (size_t j = 0; j < 4; j++)
			year = year * 10 + (fold[j] - '0');
		return year;
	}
	return 0;
}

void due_day_propose(struct sheet *sheet)
{
	const struct letterhead_proposal *day =
		sheet_find(sheet, LETTERHEAD_DAY);
	struct flow flow = flow_of(sheet);
	struct day document = { 0 };
	struct date date;
	size_t at = 0;
	int year = 0;

	if (day)
		(void)day_parse(day->value, &document);
	else
		year = year_of_blank(sheet);
	for (size_t i = 0; i < DATES_MAX && date_find(&flow.line, at, &date);
	     i++) {
		const struct line *owner = flow.owners[date.from];
		bool is_strong = false;
		size_t from;
		int confidence;

		at = date.to;
		if (owner == sheet_line(sheet, sheet->day) ||
		    !is_looked_at(sheet, owner) ||
		    !is_triggered(&flow, &date, &from, &is_strong))
			continue;
		date.day = complete(date.day, document);
		if (date.day.year == 0)
			date.day.year = year;
		confidence = weigh(&flow, from, &date, document) -
			     (is_strong ? 0 : 150) -
			     (owner->page->source == PAGE_OCR ? 40 : 0);
		if (confidence > 300)
			propose(sheet, &flow, from, &date, confidence);
	}
}
