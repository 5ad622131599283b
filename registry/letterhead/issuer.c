#include "base/text.h"
#include "letterhead/casing.h"
#include "letterhead/known.h"
#include "letterhead/mark.h"
#include "letterhead/number.h"
#include "letterhead/rules.h"
#include <string.h>

enum {
	HEAD_LINES = 10,
	TOP = 2800,    /* how low the name of an agency stands at most */
	MIDDLE = 4900, /* how far to the right, its middle */
	SIZE_MAX_NAME = 300,
	GOOD_WORD = 80
};

/* The lines that carry the names of the agencies. */
struct names {
	size_t lines[HEAD_LINES];
	size_t count;
};

/* Words that an agency's name begins with. */
/* clang-format off */
static const char *const beginnings[] = {
	"ubnd", "uy ban", "hdnd", "hoi dong", "so", "bo", "cuc", "tong cuc",
	"chi cuc", "vu", "van phong", "trung tam", "truong", "phong",
	"cong ty", "tong cong ty", "tap doan", "ngan hang", "toa an", "vien",
	"cong an", "bo chi huy", "bo tu lenh", "dang bo", "dang uy",
	"tinh uy", "thanh uy", "huyen uy", "quan uy", "chi bo", "dang doan",
	"ban", "lien doan", "hoi", "doan", "mat tran", "kho bac", "thanh tra",
	"benh vien", "hoc vien", "bao hiem", "kiem toan", "thong tan xa",
	"dai", "bao", "hat", "tram", "doi", "chi nhanh", "hop tac xa", "htx",
	"doanh nghiep", "quoc hoi", "chinh phu", "thu tuong", "chu tich",
	"quan khu", "to cong tac", "hiep hoi", "lien hiep", "lien minh",
	"nha xuat ban", "quy", "cong doan", "tong lien doan", "ban quan ly",
	"vuon quoc gia", "khu", "dai hoc", "trung uong", "cum", "to",
};
/* Words that a name does not end with: the next line goes on. */
static const char *const connectives[] = {
	"va", "cua", "cac", "ve", "trong", "tai", "phong", "an", "uy",
	"nghiep", "quan", "ly", "tinh", "huyen", "xa", "phuong", "pho",
	"thanh",
};
/* Agencies of another one, incomplete when they come first. */
static const char *const incomplete[] = {
	"vanphong", "thanhtra", "banchidao", "hoidong", "tocongtac",
	"banquanly", "truong", "trungtam", "congty", "uyban", "congan",
	"vanphonghdnd", "vanphongubnd", "benhvien", "chinhanh", "toaan",
	"hoidongnhandan", "uybannhandan", "cuc", "chicuc", "phong", "ban",
};
/* clang-format on */

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static bool is_of_agency(const struct sheet *sheet, size_t i, bool is_wide)
{
	const struct line *line = &sheet->lines[i];

	if ((int)i == sheet->state || (int)i == sheet->motto ||
	    (int)i == sheet->day || (int)i == sheet->symbol ||
	    (int)i == sheet->type || sheet_is_noise(line) ||
	    mark_of_line(line) != MARK_NONE || !line->is_shouted)
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

/* `is_wide`: over the whole page, as companies print it. */
static struct names list_names(const struct sheet *sheet, bool is_wide)
{
	struct names names = { 0 };
	size_t end = last_of(sheet);

	for (size_t i = sheet->head; i < end && names.count < HEAD_LINES; i++) {
		if (is_of_agency(sheet, i, is_wide))
			names.lines[names.count++] = i;
	}
	return names;
}

static bool begins_agency(const struct line *line)
{
	/* "TRƯỜNG" under "BỘ NÔNG NGHIỆP VÀ MÔI" */
	if (line->count < 2 && strlen(line->compact) < 8)
		return false;
	for (size_t i = 0; i < COUNT(beginnings); i++) {
		if (line_begins(line, beginnings[i]))
			return true;
	}
	return false;
}

static bool is_open(const struct line *line)
{
	const struct term *last = &line->terms[line->count - 1];
	const char *text = last->word->text;
	size_t size = strlen(text);

	if (size > 0 && strchr(",-&", text[size - 1]))
		return true;
	for (size_t i = 0; i < COUNT(connectives); i++) {
		if (strcmp(last->fold, connectives[i]) == 0 && i < 7)
			return true;
	}
	for (size_t i = 0; i < COUNT(incomplete); i++) {
		if (line->count <= 4 &&
		    strcmp(line->compact, incomplete[i]) == 0)
			return true;
	}
	return false;
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

		if (begins_agency(line) && !is_open(above))
			break;
	}
	return at;
}

/* By the type: the agency above is printed light, the issuer bold. */
static bool split_by_type(const struct sheet *sheet, const struct names *names,
			  size_t *ret_at)
{
	size_t at = 0;

	while (at < names->count &&
	       !sheet->lines[names->lines[at]].is_bold)
		at++;
	for (size_t i = at; i < names->count; i++) {
		if (!sheet->lines[names->lines[i]].is_bold)
			return false;
	}
	if (at == 0 || at == names->count)
		return false;
	*ret_at = at;
	return true;
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
		text_add_part(&text, line->text, size_without_specks(line));
	}
	name = arena_copy(sheet->arena, text_string(&text));
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
	return 20 + (lowest < GOOD_WORD ? (GOOD_WORD - lowest) * 5 : 0);
}

static void propose(struct sheet *sheet, enum letterhead_field field,
		    const struct names *names, const size_t range[2],
		    int confidence)
{
	const char *printed = join_lines(sheet, names, range[0], range[1]);
	struct letterhead_proposal *proposal;
	struct page_box box = { 0 };
	const char *known, *printed_name;
	bool is_read;

	if (strlen(printed) < 3 || strlen(printed) > SIZE_MAX_NAME)
		return;
	is_read = sheet->lines[names->lines[range[0]]].page->source == PAGE_OCR;
	known = known_agency(printed, is_read, sheet->arena);
	confidence -= doubt_of(sheet, names, range[0], range[1]);
	if (known)
		printed_name = casing_of_agency(sheet, known);
	else
		printed_name = casing_of_agency(sheet, printed);
	proposal = sheet_propose(sheet, field, printed_name, confidence);
	for (size_t i = range[0]; i < range[1]; i++) {
		const struct line *line = &sheet->lines[names->lines[i]];

		box = line_join_boxes(box, line->box);
		sheet_show(sheet, proposal, line, 0, line->count);
	}
	proposal->box = box;
	proposal->seen = printed;
}

void issuer_propose(struct sheet *sheet)
{
	struct names names = list_names(sheet, false);
	size_t by_words, by_type = 0, at, from = 0;
	int confidence = 930;

	if (names.count == 0)
		names = list_names(sheet, true);
	if (names.count == 0)
		return;
	by_words = split_by_words(sheet, &names, 0);
	at = by_words;
	if (split_by_type(sheet, &names, &by_type)) {
		/* the name in bold may be of two agencies */
		at = by_type;
		confidence = by_type == by_words ? 975 : 900;
	}
	if (!begins_agency(&sheet->lines[names.lines[at]]))
		confidence -= 60;
	if (sheet->symbol == SHEET_NONE)
		confidence -= 60;
	propose(sheet, LETTERHEAD_ISSUER, &names,
		(const size_t[]){ at, names.count }, confidence);
	if (at == 0)
		return;
	names.count = at;
	from = split_by_words(sheet, &names, 0);
	propose(sheet, LETTERHEAD_SUPERIOR, &names,
		(const size_t[]){ from, at }, confidence - 20);
}
