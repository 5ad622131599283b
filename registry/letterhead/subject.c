#include "letterhead/subject.h"
#include "base/bytes.h"
#include "base/text.h"
#include "letterhead/casing.h"
#include "letterhead/frame.h"
#include "letterhead/mark.h"
#include "letterhead/position.h"
#include "letterhead/rules.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

enum {
	LINES_MAX = 14,
	WIDE_GAP = 95, /* in percent of the height: something else begins */
	WIDE_GAP_READ = 150,
	APART_INSET = 190,
	APART = 138,   /* percent of the pitch of lines */
	LEVEL = 130,   /* a line that is no further off is centred */
	CENTRED = 450, /* how far from the middle of the text */
	/* What a recognised subject loses that stands only once. */
	ALONE = 60,
	REPEATED_MAX = 200000,
	EDGE = 300, /* a paragraph begins further in */
	WORD = 1500,
	GOOD_WORD = 88
};

static bool is_capital(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	return bytes.size > 0 && character_is_upper(character_read(bytes, &at));
}

static bool begins_body(const struct line *line)
{
	static const char *const starts[] = {
		"can cu",
		"than gui",
		"tra loi cong van",
		"phuc dap",
		"kinh gui",
		"kinh thua",
		"thoi gian",
		"thuc hien ke hoach so",
		"thuc hien cong van",
		"thuc hien chi dao",
		"thuc hien quyet dinh so",
		"thuc hien y kien",
		"thuc hien van ban",
		"theo de nghi",
		"xet de nghi",
		"dieu 1",
		"phan i",
		"phan thu nhat",
		"hom nay",
		"noi nhan",
		"de trien khai",
		"nham",
	};
	const char *first = line->terms[0].word->text;

	/* "thời gian" goes on with a subject, "Thời gian" does not */
	for (size_t i = 0;
	     is_capital(first) && i < sizeof starts / sizeof starts[0]; i++) {
		if (line_begins(line, starts[i]))
			return true;
	}
	if (term_is_bullet(first) && line->count > 1 &&
	    line->terms[0].word->confidence >= GOOD_WORD)
		return true;
	/* "I.", "1.", "A."; "13)" alone closes a bracket */
	return line->count > 1 && strlen(first) >= 2 && strlen(first) <= 4 &&
	       strchr(".)", first[strlen(first) - 1]) &&
	       strchr("IVX12ABC", first[0]);
}

/* "BỘ TRƯỞNG BỘ Y TẾ điện:" begins in capitals. */
static bool is_spoken(const struct line *line)
{
	for (size_t i = 0; i < 2 && i < line->count; i++) {
		const char *text = line->terms[i].word->text;
		struct bytes bytes = bytes_of(text);
		size_t at = 0;

		while (at < bytes.size) {
			uint32_t c = character_read(bytes, &at);

			if (c != character_upper(c))
				return false;
		}
	}
	return true;
}

/* What is above the body of a decision: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …". */
static bool is_authority(const struct sheet *sheet, size_t i)
{
	const struct line *line = &sheet->lines[i];
	const struct letterhead_proposal *issuer =
		sheet_find(sheet, LETTERHEAD_ISSUER);

	if (is_spoken(line) && position_begins(line->compact, 1))
		return true;
	if (!line->is_shouted)
		return false;
	if (issuer && line_is(line, term_compact(issuer->value, sheet->arena),
			      2))
		return true;
	if (line_begins(line, "uy ban nhan dan") ||
	    line_begins(line, "hoi dong nhan dan") ||
	    line_begins(line, "ban thuong vu") ||
	    line_begins(line, "ban chap hanh") ||
	    line_begins(line, "thu tuong") || line_begins(line, "chinh phu"))
		return true;
	for (size_t j = i + 1; j < sheet->head_end && j <= i + 2; j++) {
		if (line_begins(&sheet->lines[j], "can cu"))
			return true;
	}
	return false;
}

static bool is_mark_of_head(const struct sheet *sheet, size_t i)
{
	return (int)i == sheet->state || (int)i == sheet->motto ||
	       (int)i == sheet->day || (int)i == sheet->symbol ||
	       (int)i == sheet->addressee;
}

/* The gap above a line, in percent of its height. */
static int gap_above(const struct line *above, const struct line *line)
{
	int height = above->box.bottom - above->box.top;
	int own = line->box.bottom - line->box.top;

	height = own > height ? own : height;
	if (height <= 0)
		return 0;
	return (line->box.top - above->box.bottom) * 100 / height;
}

/* Recognised boxes are those of the letters, printed ones of the type. */
static int wide_gap(const struct line *line)
{
	return line->page->source == PAGE_OCR ? WIDE_GAP_READ : WIDE_GAP;
}

static bool overlaps(const struct line *one, const struct line *other)
{
	int left = one->box.left > other->box.left ? one->box.left
						   : other->box.left;
	int right = one->box.right < other->box.right ? one->box.right
						      : other->box.right;
	int width = one->box.right - one->box.left;
	int other_width = other->box.right - other->box.left;

	width = width < other_width ? width : other_width;
	return (right - left) * 2 > width;
}

struct lines_taken {
	size_t lines[LINES_MAX];
	size_t count;
	bool is_closed; /* what came behind is certainly something else */
};

static const struct line *last_taken(const struct sheet *sheet,
				     const struct lines_taken *taken)
{
	return &sheet->lines[taken->lines[taken->count - 1]];
}

/* "V/v …" and the lines under it, in the left column. */
static struct lines_taken take_about(const struct sheet *sheet)
{
	struct lines_taken taken = { .lines = { (size_t)sheet->about },
				     .count = 1 };

	for (size_t i = (size_t)sheet->about + 1;
	     i < sheet->head_end && taken.count < LINES_MAX; i++) {
		const struct line *line = &sheet->lines[i];
		const struct line *above = last_taken(sheet, &taken);

		if (line_begins(line, "kinh gui") ||
		    mark_of_line(line) != MARK_NONE) {
			taken.is_closed = true;
			break;
		}
		if (is_mark_of_head(sheet, i) && !sheet->is_placed) {
			taken.is_closed = true;
			break;
		}
		if (is_mark_of_head(sheet, i) || line->column == LINE_RIGHT ||
		    line->compact[0] == '\0')
			continue;
		if (line_has_place(line) &&
		    (gap_above(above, line) > wide_gap(line) ||
		     !overlaps(above, line))) {
			taken.is_closed = true;
			break;
		}
		if (line->is_shouted && line->count > 2 && !above->is_shouted)
			break;
		if (!line_has_place(line) &&
		    line->terms[0].word->block != above->terms[0].word->block &&
		    line->is_bold != above->is_bold)
			break;
		taken.lines[taken.count++] = i;
	}
	return taken;
}

/* Whether the line is centred and narrower than the text: no paragraph. */
static bool is_inset(const struct frame *frame, const struct line *line)
{
	int left = line->box.left - frame->left;
	int right = frame->right - line->box.right;

	return left > EDGE && right > EDGE && left - right < EDGE &&
	       right - left < EDGE;
}

/* Whether the line follows at more than the distance of lines. */
static bool is_apart(const struct frame *frame, const struct line *above,
		     const struct line *line)
{
	int pitch = line->box.bottom - above->box.bottom;

	return frame->pitch > 0 &&
	       pitch * 100 >
		       frame->pitch *
			       (is_inset(frame, line) ? APART_INSET : APART);
}

/* From one edge of the text to the other. */
static bool is_full(const struct frame *frame, const struct line *line)
{
	return line->box.left < frame->left + EDGE &&
	       line->box.right > frame->right - EDGE;
}

/* Whether no word more would have stood in the line. */
static bool is_wide(const struct frame *frame, const struct line *line)
{
	return line->box.right - line->box.left >
	       frame->right - frame->left - WORD;
}

/* Whether a line under the name of the type still belongs to the subject. */
static bool goes_on(const struct sheet *sheet, const struct frame *frame,
		    const struct lines_taken *taken, const struct line *line)
{
	const struct line *above = last_taken(sheet, taken);
	int middle = (frame->left + frame->right) / 2;
	int off = line_middle(line) - middle;

	if (above->is_bold != line->is_bold)
		return false;
	if (!line_has_place(line))
		return line->is_bold || line->terms[0].word->block ==
						above->terms[0].word->block;
	if (gap_above(above, line) > wide_gap(line) ||
	    is_apart(frame, above, line))
		return false;
	if (line->is_bold)
		return true;
	if (off > CENTRED || off < -CENTRED)
		return false;
	/* a text that is broken at its edge is full before it goes on */
	if (is_full(frame, line) && !is_wide(frame, above))
		return false;
	/* a paragraph begins further right and ends at the edge */
	return line->box.right < frame->right - EDGE ||
	       line->box.left < frame->left + EDGE || off < LEVEL;
}

static bool is_far(const struct sheet *sheet, const struct line *line)
{
	const struct line *type = sheet_line(sheet, sheet->type);

	return line_has_place(line) &&
	       gap_above(type, line) > wide_gap(line) * 4;
}

/* Whether it is certain that the line is not of the subject any more. */
static bool is_end(const struct frame *frame, const struct line *last,
		   const struct line *line)
{
	if (last->is_bold && !line->is_bold)
		return true;
	return line_has_place(line) &&
	       (gap_above(last, line) > wide_gap(line) ||
		is_apart(frame, last, line));
}

static struct lines_taken take_titled(const struct sheet *sheet)
{
	struct frame frame = frame_of(sheet);
	struct lines_taken taken = { 0 };

	for (size_t i = (size_t)sheet->type + 1;
	     i < sheet->head_end && taken.count < LINES_MAX; i++) {
		const struct line *line = &sheet->lines[i];

		if (is_mark_of_head(sheet, i) || begins_body(line) ||
		    is_authority(sheet, i)) {
			taken.is_closed = taken.count > 0;
			break;
		}
		if (line->compact[0] == '\0' ||
		    mark_of_line(line) != MARK_NONE)
			continue;
		if (taken.count == 0 && is_far(sheet, line))
			break;
		if (taken.count > 0 &&
		    !goes_on(sheet, &frame, &taken, line)) {
			taken.is_closed = is_end(
				&frame, last_taken(sheet, &taken), line);
			break;
		}
		taken.lines[taken.count++] = i;
	}
	return taken;
}

const char *subject_without_label(const char *text)
{
	static const char *const labels[] = { "V/v", "v/v", "V/V", "V / v",
					      "V/ v", "V /v", "Vlv", "VIv",
					      "V/w", "V/W", "VW ", "Vw ",
					      "V\\v", "V/ " };

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		size_t size = strlen(labels[i]);

		if (strncmp(text, labels[i], size) != 0)
			continue;
		text += size;
		text += strspn(text, " :.,");
		return text;
	}
	return text;
}

/* "69/" and "QĐ-" go on in the next line without a blank; a dash alone does
 * not. */
static bool is_torn(const char *text)
{
	size_t size = strlen(text);

	return size > 1 && strchr("/-", text[size - 1]) &&
	       text[size - 2] != ' ';
}

static char *join(const struct sheet *sheet, const struct lines_taken *taken)
{
	auto_text text = { 0 };
	const char *raw;
	char *result;
	size_t size;

	for (size_t i = 0; i < taken->count; i++) {
		if (i > 0 && !is_torn(text_string(&text)))
			text_add_char(&text, ' ');
		text_add(&text, sheet->lines[taken->lines[i]].text);
	}
	raw = text_string(&text);
	raw += strspn(raw, " _-*|~");
	result = viet_normal(subject_without_label(raw), sheet->arena);
	size = strlen(result);
	while (size > 0 && strchr(" _-*|", result[size - 1]))
		result[--size] = '\0';
	return result;
}

/* A long text that was recognised is sure only when every word of it is. */
static int doubt_of(const struct sheet *sheet, const struct lines_taken *taken)
{
	int lowest = 100;

	if (sheet->lines[taken->lines[0]].page->source != PAGE_OCR)
		return 0;
	for (size_t i = 0; i < taken->count; i++) {
		const struct line *line = &sheet->lines[taken->lines[i]];

		lowest = line->confidence < lowest ? line->confidence : lowest;
	}
	return lowest < GOOD_WORD ? 80 + GOOD_WORD - lowest : 30;
}

/* Whether the text of the document says the subject again, letter by letter. */
static bool is_repeated(const struct sheet *sheet,
			const struct lines_taken *taken, const char *subject)
{
	auto_text text = { .limit = REPEATED_MAX };
	size_t last = taken->lines[taken->count - 1];
	const char *key = viet_key(subject, sheet->arena);

	for (size_t i = 0; i < 2 && strncmp(key, "về việc ",
					    strlen("về việc ")) == 0;
	     i++)
		key += strlen("về việc ");
	for (size_t i = last + 1; i < sheet->count && !text.over; i++) {
		text_add(&text, sheet->lines[i].text);
		text_add_char(&text, ' ');
	}
	return strstr(viet_key(text_string(&text), sheet->arena), key) != NULL;
}

void subject_propose(struct sheet *sheet)
{
	struct lines_taken taken = { 0 };
	struct letterhead_proposal *proposal;
	struct page_box box = { 0 };
	const char *value;
	int confidence;
	bool is_read;

	if (sheet->about != SHEET_NONE)
		taken = take_about(sheet);
	else if (sheet->type != SHEET_NONE)
		taken = take_titled(sheet);
	if (taken.count == 0)
		return;
	value = join(sheet, &taken);
	if (strlen(value) < 4)
		return;
	is_read = sheet->lines[taken.lines[0]].page->source == PAGE_OCR;
	confidence = taken.is_closed ? 950 : 860;
	if (is_read && !is_repeated(sheet, &taken, value))
		confidence -= ALONE;
	confidence -= doubt_of(sheet, &taken);
	/* what is misread once is misread the same way again */
	if (is_read && confidence >= LETTERHEAD_SURE)
		confidence = LETTERHEAD_SURE - 10;
	proposal = sheet_propose(
		sheet, LETTERHEAD_SUBJECT,
		is_read ? casing_mend_words(value, sheet->arena) : value,
		confidence);
	for (size_t i = 0; i < taken.count; i++) {
		const struct line *line = &sheet->lines[taken.lines[i]];

		box = line_join_boxes(box, line->box);
		sheet_show(sheet, proposal, line, 0, line->count);
	}
	proposal->box = box;
	proposal->seen = value;
}
