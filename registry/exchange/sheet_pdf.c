#include "base/arena.h"
#include "exchange/paper.h"
#include "exchange/sheet.h"
#include <string.h>

/* Millimetres of A4; the left margin is for binding. */
#define LONG_SIDE 297.0
#define SHORT_SIDE 210.0
#define TOP 13.0
#define RIGHT 10.0
#define BOTTOM 14.0
#define LEFT 18.0
#define TABLE_TOP (TOP + 8.0)
#define TABLE_BOTTOM(print) ((print)->height - BOTTOM - 6.0)
#define BORDER 1.2     /* between a line and the words beside it */
#define DAY_BORDER 0.6 /* "25/11/2026" needs the width of its column */

struct print {
	const struct sheet *sheet;
	struct paper *paper;
	struct arena *arena;
	double width, height; /* of a page */
	double edges[SHEET_COLUMNS_MAX + 1];
	double at; /* where the next row begins */
	int page;
	bool in_table;
};

static void set_edges(struct print *print)
{
	const struct sheet *sheet = print->sheet;
	double rest = print->width - LEFT - RIGHT;
	size_t open = 0;

	for (size_t i = 0; i < sheet->column_count; i++) {
		rest -= sheet->columns[i].width;
		open += sheet->columns[i].width <= 0;
	}
	print->edges[0] = LEFT;
	for (size_t i = 0; i < sheet->column_count; i++) {
		double width = sheet->columns[i].width;

		if (width <= 0)
			width = rest / (double)open;
		print->edges[i + 1] = print->edges[i] + width;
	}
}

static struct paper_text place(const struct print *print, size_t column,
			       const char *words, unsigned style)
{
	bool is_day = print->sheet->columns[column].kind == SHEET_DAY;
	double border = is_day ? DAY_BORDER : BORDER;

	return (struct paper_text){
		.words = words,
		.style = style,
		.left = print->edges[column] + border,
		.top = print->at + BORDER * 0.6,
		.width = print->edges[column + 1] - print->edges[column] -
			 2 * border,
	};
}

static double row_height(struct print *print, const struct paper_text *cells)
{
	double height = 0;

	for (size_t i = 0; i < print->sheet->column_count; i++) {
		double one = paper_measure(print->paper, &cells[i]);

		height = one > height ? one : height;
	}
	return height + BORDER * 1.2;
}

static void draw_row(struct print *print, const struct paper_text *cells,
		     double height, const char *tag)
{
	size_t count = print->sheet->column_count;

	paper_begin(print->paper, "TR");
	for (size_t i = 0; i < count; i++) {
		struct paper_text cell = cells[i];

		if (strcmp(tag, "TH") == 0)
			cell.top += (height - BORDER * 1.2 -
				     paper_measure(print->paper, &cell)) /
				    2;
		paper_begin(print->paper, tag);
		(void)paper_draw(print->paper, &cell);
		paper_end(print->paper, tag);
	}
	paper_end(print->paper, "TR");
	for (size_t i = 0; i <= count; i++)
		paper_line(print->paper, print->edges[i], print->at,
			   print->edges[i], print->at + height);
	print->at += height;
	paper_line(print->paper, LEFT, print->at, print->edges[count],
		   print->at);
}

static void draw_head(struct print *print)
{
	const struct sheet *sheet = print->sheet;
	struct paper_text cells[SHEET_COLUMNS_MAX];

	for (size_t i = 0; i < sheet->column_count; i++) {
		cells[i] = place(print, i, sheet->columns[i].head,
				 PAPER_BOLD | PAPER_CENTRE);
		cells[i].size = 10.5;
	}
	draw_row(print, cells, row_height(print, cells), "TH");
	if (!sheet->numbers_columns)
		return;
	for (size_t i = 0; i < sheet->column_count; i++) {
		cells[i] = place(print, i,
				 arena_print(print->arena, "(%zu)", i + 1),
				 PAPER_ITALIC | PAPER_CENTRE);
		cells[i].size = 10;
	}
	draw_row(print, cells, row_height(print, cells), "TH");
}

static void draw_running_lines(struct print *print)
{
	const struct sheet *sheet = print->sheet;
	double width = print->width - LEFT - RIGHT;
	struct paper_text line = { .left = LEFT, .top = TOP, .width = width };

	/* Over sentences the title stands by itself. */
	line.words = sheet->sentence_count ? "" : sheet->title;
	line.style = PAPER_BOLD;
	(void)paper_draw(print->paper, &line);
	line.words = arena_print(print->arena, "%s · %s", sheet->organisation,
				 sheet->period ? sheet->period : "");
	line.style = PAPER_RIGHT;
	(void)paper_draw(print->paper, &line);
	line.top = print->height - BOTTOM - 2;
	line.size = 10;
	line.words = arena_print(print->arena, "Trang %d", print->page);
	(void)paper_draw(print->paper, &line);
	line.style = PAPER_PLAIN;
	line.words = sheet->printed ? sheet->printed : "";
	(void)paper_draw(print->paper, &line);
}

static void begin_table(struct print *print)
{
	paper_begin(print->paper, "Table");
	print->in_table = true;
	paper_line(print->paper, LEFT, print->at,
		   print->edges[print->sheet->column_count], print->at);
	draw_head(print);
}

static void begin_page(struct print *print)
{
	draw_running_lines(print);
	print->at = TABLE_TOP;
	begin_table(print);
}

/* Sentences fill less than a page. */
static void draw_sentences(struct print *print)
{
	const struct sheet *sheet = print->sheet;
	struct paper_text line = { .words = sheet->title,
				   .size = 14,
				   .style = PAPER_BOLD | PAPER_CENTRE,
				   .left = LEFT,
				   .top = TABLE_TOP + 4,
				   .width = print->width - LEFT - RIGHT };

	paper_begin(print->paper, "H1");
	line.top += paper_draw(print->paper, &line) + 1;
	paper_end(print->paper, "H1");
	line.size = 12;
	line.words = sheet->period ? sheet->period : "";
	line.style = PAPER_ITALIC | PAPER_CENTRE;
	line.top += paper_draw(print->paper, &line) + 6;
	line.style = PAPER_PLAIN;
	for (size_t i = 0; i < sheet->sentence_count; i++) {
		line.words = sheet->sentences[i];
		paper_begin(print->paper, "P");
		line.top += paper_draw(print->paper, &line) + 2;
		paper_end(print->paper, "P");
	}
	print->at = line.top + 2;
}

static void begin_first_page(struct print *print)
{
	if (print->sheet->sentence_count == 0) {
		begin_page(print);
		return;
	}
	draw_running_lines(print);
	draw_sentences(print);
	begin_table(print);
}

static void end_table(struct print *print)
{
	if (print->in_table)
		paper_end(print->paper, "Table");
	print->in_table = false;
}

static void next_page(struct print *print)
{
	end_table(print);
	paper_next_page(print->paper);
	print->page++;
	begin_page(print);
}

static const char *cell_words(struct print *print, enum sheet_kind kind,
			      const char *cell)
{
	auto_text day = { 0 };

	if (!cell)
		return "";
	if (kind != SHEET_DAY)
		return cell;
	sheet_print_day(cell, &day);
	return arena_copy(print->arena, text_string(&day));
}

static void set_cells(struct print *print, const struct sheet_row *row,
		      struct paper_text *cells)
{
	for (size_t i = 0; i < print->sheet->column_count; i++) {
		enum sheet_kind kind = print->sheet->columns[i].kind;
		unsigned style = PAPER_PLAIN;

		if (kind == SHEET_FIGURE)
			style = PAPER_RIGHT;
		else if (kind == SHEET_NUMBER)
			style = PAPER_CENTRE | PAPER_BOLD |
				(row->struck ? PAPER_STRUCK : 0u);
		else if (kind == SHEET_DAY)
			style = PAPER_CENTRE;
		else if (kind == SHEET_SYMBOL)
			style = PAPER_SYMBOL;
		cells[i] = place(print, i,
				 cell_words(print, kind, row->cells[i]),
				 style);
	}
}

/* A row higher than a page is cut off by the paper's edge: nothing that the
 * forms let in is that long. */
static void draw_line(struct print *print, const struct sheet_row *row)
{
	struct paper_text cells[SHEET_COLUMNS_MAX];
	double height;

	set_cells(print, row, cells);
	height = row_height(print, cells);
	if (print->at + height > TABLE_BOTTOM(print)) {
		next_page(print);
		set_cells(print, row, cells);
	}
	draw_row(print, cells, height, "TD");
}

static void draw_cover(struct print *print)
{
	const struct sheet *sheet = print->sheet;
	struct paper_text line = { .left = LEFT,
				   .top = 30,
				   .width = print->width - LEFT - RIGHT,
				   .size = 14,
				   .style = PAPER_CENTRE };

	if (sheet->superior && *sheet->superior) {
		line.words = sheet->superior;
		line.top += paper_draw(print->paper, &line) + 2;
	}
	line.words = sheet->organisation;
	line.style = PAPER_CENTRE | PAPER_BOLD;
	line.top += paper_draw(print->paper, &line) + 36;
	line.words = sheet->cover_title ? sheet->cover_title : sheet->title;
	line.size = 24;
	paper_begin(print->paper, "H1");
	line.top += paper_draw(print->paper, &line) + 12;
	paper_end(print->paper, "H1");
	line.size = 14;
	line.style = PAPER_CENTRE;
	for (size_t i = 0; i < sheet->cover_count; i++) {
		line.words = sheet->cover[i];
		line.top += paper_draw(print->paper, &line) + 2.5;
	}
	paper_next_page(print->paper);
}

static void draw_closing(struct print *print)
{
	const struct sheet *sheet = print->sheet;
	double width = print->width - LEFT - RIGHT;
	struct paper_text line = { .words = sheet->closing,
				   .left = LEFT,
				   .width = width,
				   .style = PAPER_ITALIC };

	if (!sheet->closing)
		return;
	if (print->at + 45 > TABLE_BOTTOM(print))
		next_page(print);
	end_table(print);
	line.top = print->at + 5;
	line.top += paper_draw(print->paper, &line) + 4;
	line.style = PAPER_CENTRE | PAPER_BOLD;
	for (size_t i = 0; i < sheet->signature_count; i++) {
		line.width = width / (double)sheet->signature_count;
		line.left = LEFT + line.width * (double)i;
		line.words = sheet->signatures[i];
		(void)paper_draw(print->paper, &line);
	}
}

bool sheet_print_pdf(const struct sheet *sheet, struct text *ret_file,
		     struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct print print = {
		.sheet = sheet,
		.arena = arena,
		.width = sheet->is_portrait ? SHORT_SIDE : LONG_SIDE,
		.height = sheet->is_portrait ? LONG_SIDE : SHORT_SIDE,
	};

	print.page = sheet->first_page > 0 ? sheet->first_page : 1;
	print.paper = paper_open(print.width, print.height, sheet->title,
				 ret_file);
	set_edges(&print);
	if (sheet->cover_count)
		draw_cover(&print);
	begin_first_page(&print);
	for (size_t i = 0; i < sheet->row_count; i++)
		draw_line(&print, &sheet->rows[i]);
	draw_closing(&print);
	end_table(&print);
	return paper_close(&print.paper, why);
}
