#include "exchange/slip.h"
#include "base/arena.h"
#include "base/moment.h"
#include "exchange/paper.h"
#include "exchange/sheet.h"
#include <string.h>

/* Millimetres of A4, portrait. */
#define PAGE_WIDTH 210.0
#define PAGE_HEIGHT 297.0
#define LEFT 30.0
#define RIGHT 18.0
#define TOP 20.0
#define BOTTOM 20.0
#define WIDTH (PAGE_WIDTH - LEFT - RIGHT)
#define SPLIT 0.45 /* of the width: agency | motto */
#define DOTS "……………………………………………………………………………………………"

struct desk {
	struct paper *paper;
	struct arena *arena;
	double at;
};

static void say(struct desk *desk, const char *words, double size,
		unsigned style)
{
	struct paper_text text = { .words = words,
				   .size = size,
				   .style = style,
				   .left = LEFT,
				   .top = desk->at,
				   .width = WIDTH };

	if (desk->at + paper_measure(desk->paper, &text) >
	    PAGE_HEIGHT - BOTTOM) {
		paper_next_page(desk->paper);
		desk->at = text.top = TOP;
	}
	desk->at += paper_draw(desk->paper, &text) + 1.5;
}

struct column {
	double left, width;
};

static double say_in(struct desk *desk, struct column column, double top,
		     const char *words, unsigned style)
{
	const struct paper_text text = { .words = words,
					 .size = 12,
					 .style = style | PAPER_CENTRE,
					 .left = column.left,
					 .top = top,
					 .width = column.width };

	return top + paper_draw(desk->paper, &text);
}

static void underline(struct desk *desk, struct column column, double top,
		      double length)
{
	double middle = column.left + column.width / 2;

	paper_line(desk->paper, middle - length / 2, top + 1,
		   middle + length / 2, top + 1);
}

static const char *place_and_day(struct desk *desk, const struct slip *slip)
{
	struct day day = { 0 };

	(void)day_parse(slip->day, &day);
	/* Annex I: a day below 10 and the months 1 and 2 get a zero. */
	return arena_print(desk->arena, "%s, ngày %02d tháng %0*d năm %d",
			   slip->place, day.day, day.month < 3 ? 2 : 1,
			   day.month, day.year);
}

static void draw_head(struct desk *desk, const struct slip *slip)
{
	const struct column agency = { LEFT - 8, WIDTH * SPLIT + 4 };
	const struct column motto = { LEFT - 4 + WIDTH * SPLIT,
				      WIDTH * (1 - SPLIT) + 4 };
	double left = TOP, right = TOP;

	if (slip->superior && *slip->superior)
		left = say_in(desk, agency, left, slip->superior, PAPER_PLAIN);
	left = say_in(desk, agency, left, slip->organisation, PAPER_BOLD);
	underline(desk, agency, left, 28);
	right = say_in(desk, motto, right,
		       "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", PAPER_BOLD);
	right = say_in(desk, motto, right, "Độc lập - Tự do - Hạnh phúc",
		       PAPER_BOLD);
	underline(desk, motto, right, 50);
	right = say_in(desk, motto, right + 3, place_and_day(desk, slip),
		       PAPER_ITALIC);
	desk->at = (left > right ? left : right) + 9;
}

static void draw_opinions(struct desk *desk, const char *title,
			  const struct slip_opinions *opinions)
{
	paper_begin(desk->paper, "H2");
	say(desk, title, 13, PAPER_BOLD);
	paper_end(desk->paper, "H2");
	for (size_t i = 0; i < opinions->count; i++) {
		const struct slip_opinion *one = &opinions->items[i];

		say(desk, one->words, 13, PAPER_PLAIN);
		say(desk,
		    arena_print(desk->arena, "%s, %s", one->who, one->when), 12,
		    PAPER_ITALIC | PAPER_RIGHT);
	}
	for (size_t i = 0; opinions->count == 0 && i < 5; i++)
		say(desk, DOTS, 13, PAPER_PLAIN);
	desk->at += 4;
}

bool slip_print(const struct slip *slip, struct text *ret_file,
		struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct desk desk = { .arena = arena };

	desk.paper = paper_open(PAGE_WIDTH, PAGE_HEIGHT,
				"Phiếu giải quyết văn bản đến", ret_file);
	draw_head(&desk, slip);
	paper_begin(desk.paper, "H1");
	say(&desk, "PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN", 14,
	    PAPER_BOLD | PAPER_CENTRE);
	paper_end(desk.paper, "H1");
	say(&desk, arena_print(arena, "Số đến: %s", slip->register_number), 12,
	    PAPER_CENTRE);
	say(&desk, slip->document, 13, PAPER_CENTRE);
	desk.at += 4;
	draw_opinions(&desk, "1. Ý kiến của lãnh đạo cơ quan, tổ chức:",
		      &slip->leaders);
	draw_opinions(&desk, "2. Ý kiến của lãnh đạo đơn vị:",
		      &slip->unit_heads);
	draw_opinions(&desk, "3. Ý kiến đề xuất của người giải quyết:",
		      &slip->specialists);
	return paper_close(&desk.paper, why);
}

static void label_line(struct paper *paper, double top, const char *words,
		       double size, unsigned style)
{
	const struct paper_text text = { .words = words,
					 .size = size,
					 .style = style,
					 .left = 2,
					 .top = top,
					 .width = 46 };

	(void)paper_draw(paper, &text);
}

bool stamp_label_print(const struct stamp_label *label, struct text *ret_file,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct paper *paper = paper_open(50, 35, "ĐẾN", ret_file);
	auto_text day = { 0 };

	sheet_print_day(label->day, &day);
	paper_line(paper, 0.5, 0.5, 49.5, 0.5);
	paper_line(paper, 49.5, 0.5, 49.5, 34.5);
	paper_line(paper, 49.5, 34.5, 0.5, 34.5);
	paper_line(paper, 0.5, 34.5, 0.5, 0.5);
	label_line(paper, 1.5, label->organisation, 6.5, PAPER_CENTRE);
	paper_line(paper, 0.5, 8, 49.5, 8);
	label_line(paper, 9, "ĐẾN", 11, PAPER_BOLD);
	label_line(paper, 9, arena_print(arena, "Số: %s", label->number), 11,
		   PAPER_BOLD | PAPER_CENTRE);
	label_line(paper, 15,
		   arena_print(arena, "Ngày: %s", text_string(&day)), 9,
		   PAPER_CENTRE);
	paper_line(paper, 0.5, 20.5, 49.5, 20.5);
	label_line(paper, 21.5,
		   arena_print(arena, "Chuyển: %s",
			       *label->passed_to ? label->passed_to
						 : "……………………………"),
		   8, PAPER_PLAIN);
	label_line(paper, 28,
		   arena_print(arena, "Số và ký hiệu HS: %s",
			       *label->dossier ? label->dossier : "…………………"),
		   8, PAPER_PLAIN);
	return paper_close(&paper, why);
}
