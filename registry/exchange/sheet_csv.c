#include "base/moment.h"
#include "exchange/sheet.h"
#include <string.h>

void sheet_print_day(const char *iso, struct text *ret_day)
{
	struct day day;

	if (day_parse(iso, &day))
		text_addf(ret_day, "%d/%d/%d", day.day, day.month, day.year);
	else
		text_add(ret_day, iso);
}

/* A cell that begins like a formula is one to a spreadsheet, quoted or not;
 * blanks before it change nothing. */
static bool looks_like_formula(const char *cell)
{
	cell += strspn(cell, " \t\r\n");
	return *cell && strchr("=+-@|", *cell);
}

static void add_cell(struct text *file, const char *cell)
{
	text_add_char(file, '"');
	if (looks_like_formula(cell) || *cell == '\t' || *cell == '\r')
		text_add_char(file, '\'');
	for (; *cell; cell++) {
		if (*cell == '"')
			text_add_char(file, '"');
		text_add_char(file, *cell);
	}
	text_add_char(file, '"');
}

static void add_row(struct text *file, const struct sheet *sheet,
		    const struct sheet_row *row)
{
	for (size_t i = 0; i < sheet->column_count; i++) {
		auto_text cell = { 0 };

		if (row->cells[i] && sheet->columns[i].kind == SHEET_DAY)
			sheet_print_day(row->cells[i], &cell);
		else
			text_add(&cell, row->cells[i] ? row->cells[i] : "");
		text_add(file, i ? ";" : "");
		add_cell(file, text_string(&cell));
	}
	text_add(file, "\r\n");
}

bool sheet_print_csv(const struct sheet *sheet, struct text *ret_file,
		     struct fail *why)
{
	text_add(ret_file, "\xEF\xBB\xBF");
	for (size_t i = 0; i < sheet->column_count; i++) {
		text_add(ret_file, i ? ";" : "");
		add_cell(ret_file, sheet->columns[i].head);
	}
	text_add(ret_file, "\r\n");
	for (size_t i = 0; i < sheet->row_count; i++)
		add_row(ret_file, sheet, &sheet->rows[i]);
	return !ret_file->over ||
	       fail(why, FAIL_LIMIT, "the table is too large");
}
