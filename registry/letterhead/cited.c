#include "letterhead/date.h"
#include "letterhead/flow.h"
#include "letterhead/number.h"
#include "letterhead/rules.h"
#include "viet/character.h"
#include "viet/symbol.h"
#include <string.h>

enum {
	CITED_MAX = 60,
	WINDOW_WORDS = 6,
	WINDOW_SIZE = 160,
	ISSUER_WORDS = 14
};

/* A number in the text. */
struct citation {
	size_t from, to; /* terms */
	const char *value;
	char key[SYMBOL_KEY_SIZE];
	bool has_label; /* "số" stands before it */
};

/* What a citation is for, by the words before it. */
struct role_word {
	const char *phrase;
	const char *role;
};

static const struct role_word role_words[] = {
	{ "can cu", "basis" },
	{ "tra loi", "reply" },
	{ "phuc dap", "reply" },
	{ "thuc hien", "carries_out" },
	{ "trien khai", "carries_out" },
	{ "thay the", "replaces" },
	{ "bai bo", "replaces" },
	{ "huy bo", "replaces" },
};

/* Some terms with blanks between them, and where each ends. */
struct window {
	char text[WINDOW_SIZE];
	size_t ends[WINDOW_WORDS];
	size_t count;
};

static void fill(struct window *window, const struct line *line, size_t at)
{
	size_t size = 0;

	window->count = 0;
	window->text[0] = '\0';
	while (window->count < WINDOW_WORDS && at < line->count) {
		const char *text = line->terms[at++].word->text;
		size_t own = strlen(text);

		if (size + own + 2 > WINDOW_SIZE)
			break;
		if (window->count > 0)
			window->text[size++] = ' ';
		memcpy(window->text + size, text, own + 1);
		size += own;
		window->ends[window->count++] = size;
	}
}

/* Of what stands between strokes: "UBND", "2020", not "ngày". */
static bool is_shouted(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0, capitals = 0;

	while (at < bytes.size)
		capitals += character_is_upper(character_read(bytes, &at));
	return capitals >= 2;
}

static bool read_citation(const struct flow *flow, size_t at,
			  struct arena *arena, struct citation *ret_citation)
{
	struct citation citation = { .from = at };
	const char *before =
		at > 0 ? flow->line.terms[at - 1].fold : "";
	struct window window;
	struct number number;
	size_t start, end;
	const char *text;

	fill(&window, &flow->line, at);
	start = strcspn(window.text, "0123456789");
	if (window.count == 0 || start > 5 || start >= window.ends[0] ||
	    !symbol_scan(bytes_of(window.text), start, citation.key, &end))
		return false;
	citation.has_label = strcmp(before, "so") == 0 || start > 1;
	if (!number_scan(window.text + start, arena, &number, &end) ||
	    number.value[0] == '\0' || number_is_of_copy(&number) ||
	    (!number.is_known && !citation.has_label))
		return false;
	end += start;
	text = arena_copy_part(arena, window.text + start, end - start);
	if (!is_shouted(text))
		return false;
	citation.value = number.value;
	while (citation.to < window.count && window.ends[citation.to] < end)
		citation.to++;
	citation.to += at + 1;
	*ret_citation = citation;
	return true;
}

static const char *role_of(const struct flow *flow, size_t at)
{
	size_t start = flow_sentence(flow, at), best = start;
	const char *role = "mentions";

	for (size_t i = 0; i < sizeof role_words / sizeof role_words[0]; i++) {
		size_t found = flow_find_back(flow, role_words[i].phrase,
					      start, at);

		if (found < at && (found > best || role[0] == 'm')) {
			best = found;
			role = role_words[i].role;
		}
	}
	return role;
}

static bool ends_issuer(const struct flow *flow, size_t at)
{
	static const char *const stops[] = {
		"ve",
		"v/v",
		"quy dinh",
		"ban hanh",
		"sua doi",
		"phe duyet",
		"huong dan",
		"tai",
		"trien khai",
		"cong bo",
		"giao",
		"thay the",
		"de nghi",
		"cho phep",
		"thanh lap",
		"bo sung",
		"tra loi",
		"gop y",
		"noi ve",
		"quan ly",
		"va nghi dinh",
		"va quyet dinh",
		"va cong van",
		"va thong tu",
		"va ke hoach",
		"va chi thi",
		"so",
	};

	for (size_t i = 0; i < sizeof stops / sizeof stops[0]; i++) {
		if (line_stands_at(&flow->line, stops[i], at))
			return true;
	}
	return false;
}

/* "của Chính phủ" behind the date. */
static const char *issuer_of(const struct flow *flow, size_t at,
			     struct arena *arena)
{
	size_t end = at + 1;
	char *issuer;
	size_t size;

	if (at >= flow->line.count ||
	    strcmp(flow->line.terms[at].fold, "cua") != 0)
		return NULL;
	while (end < flow->line.count && end - at <= ISSUER_WORDS) {
		const char *text = flow->line.terms[end].word->text;

		if (end > at + 1 && ends_issuer(flow, end))
			break;
		end++;
		size = strlen(text);
		if (strchr(".,;:)", text[size - 1]))
			break;
	}
	if (end == at + 1 || end - at > ISSUER_WORDS)
		return NULL;
	issuer = line_part(&flow->line, at + 1, end, arena);
	size = strlen(issuer);
	while (size > 0 && strchr(" .,;:)", issuer[size - 1]))
		issuer[--size] = '\0';
	return size > 1 ? issuer : NULL;
}

/* Whether the date follows at once, or behind "đề", "ký", "ra". */
static bool is_next(const struct flow *flow, size_t at, size_t date)
{
	const char *fold = at < flow->line.count ? flow->line.terms[at].fold
						 : "";

	return date == at ||
	       (date == at + 1 &&
		(strcmp(fold, "de") == 0 || strcmp(fold, "ky") == 0 ||
		 strcmp(fold, "ra") == 0 || fold[0] == '\0'));
}

static void read_about(const struct flow *flow, struct citation *citation,
		       struct letterhead_proposal *proposal,
		       struct arena *arena)
{
	size_t after = citation->to;
	struct date date;
	char iso[DAY_SIZE];

	if (date_find(&flow->line, citation->to, &date) &&
	    date.day.year > 0 &&
	    is_next(flow, citation->to, date.from)) {
		day_print(date.day, iso);
		proposal->day = arena_copy(arena, iso);
		after = date.to;
	}
	proposal->issuer = issuer_of(flow, after, arena);
}

static struct letterhead_proposal *find_same(const struct sheet *sheet,
					     const char *value)
{
	const char *key = symbol_key(value, sheet->arena);

	for (size_t i = 0; i < sheet->found_count; i++) {
		struct letterhead_proposal *own = &sheet->found[i];

		if ((own->field == LETTERHEAD_CITED ||
		     own->field == LETTERHEAD_SYMBOL) &&
		    strcmp(symbol_key(own->value, sheet->arena), key) == 0)
			return own;
	}
	return NULL;
}

/* The same number again: a better role is kept; its own number is seen to be
 * right. */
static void add_again(struct letterhead_proposal *same, const char *role)
{
	if (same->field == LETTERHEAD_SYMBOL)
		same->confidence += same->source == LETTERHEAD_FROM_OCR ? 40
									: 5;
	else if (strcmp(same->role, "mentions") == 0)
		same->role = role;
}

static void propose(struct sheet *sheet, const struct flow *flow,
		    struct citation *citation)
{
	struct letterhead_proposal *same = find_same(sheet, citation->value);
	const char *role = role_of(flow, citation->from);
	struct letterhead_proposal *proposal;

	if (same) {
		add_again(same, role);
		return;
	}
	proposal = sheet_propose(sheet, LETTERHEAD_CITED, citation->value,
				 citation->has_label ? 930 : 880);
	flow_show(sheet, flow, proposal, citation->from, citation->to);
	proposal->role = role;
	read_about(flow, citation, proposal, sheet->arena);
	if (proposal->source == LETTERHEAD_FROM_OCR)
		proposal->confidence -= 60;
}

static bool is_own(const struct sheet *sheet, const struct flow *flow,
		   size_t at)
{
	return sheet->symbol != SHEET_NONE &&
	       flow->owners[at] == &sheet->lines[sheet->symbol];
}

void cited_propose(struct sheet *sheet)
{
	struct flow flow = flow_of(sheet);
	size_t at = 0;
	int count = 0;

	while (at < flow.line.count && count < CITED_MAX) {
		struct citation citation;

		if (is_own(sheet, &flow, at) ||
		    !strpbrk(flow.line.terms[at].word->text, "0123456789") ||
		    !read_citation(&flow, at, sheet->arena, &citation)) {
			at++;
			continue;
		}
		propose(sheet, &flow, &citation);
		count++;
		at = citation.to;
	}
}
