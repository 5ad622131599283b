/* libxlsxwriter's home. It writes strings as strings: no cell is a formula. */
#include "base/descriptor.h"
#include "base/moment.h"
#include "exchange/sheet.h"
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	CELL_MAX = 32767 /* characters, by Excel */
};

struct book {
	lxw_workbook *workbook;
	lxw_worksheet *page;
	lxw_format *head, *text, *day, *struck;
	lxw_row_t at;
};

static lxw_format *make_format(struct book *book)
{
	lxw_format *format = workbook_add_format(book->workbook);

	format_set_font_name(format, "Times New Roman");
	format_set_font_size(format, 11);
	format_set_border(format, LXW_BORDER_THIN);
	format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
	format_set_text_wrap(format);
	return format;
}

static void make_formats(struct book *book)
{
	book->text = make_format(book);
	book->day = make_format(book);
	format_set_num_format(book->day, "d/m/yyyy");
	format_set_align(book->day, LXW_ALIGN_CENTER);
	book->struck = make_format(book);
	format_set_font_strikeout(book->struck);
	book->head = make_format(book);
	format_set_bold(book->head);
	format_set_align(book->head, LXW_ALIGN_CENTER);
	format_set_align(book->head, LXW_ALIGN_VERTICAL_CENTER);
}

/* Ends where a character ends. */
static void write_text(struct book *book, lxw_col_t column, const char *cell,
		       lxw_format *format)
{
	auto_text part = { 0 };
	size_t size = 0;

	for (size_t characters = 0; cell[size]; size++) {
		characters += ((unsigned char)cell[size] & 0xC0) != 0x80;
		if (characters > CELL_MAX)
			break;
	}
	text_add_part(&part, cell, size);
	(void)worksheet_write_string(book->page, book->at, column,
				     text_string(&part), format);
}

static void write_cell(struct book *book, const struct sheet *sheet,
		       const struct sheet_row *row, size_t i)
{
	const char *cell = row->cells[i] ? row->cells[i] : "";
	enum sheet_kind kind = sheet->columns[i].kind;
	lxw_format *format = book->text;
	struct day day;

	if (kind == SHEET_DAY && day_parse(cell, &day)) {
		lxw_datetime date = { .year = day.year,
				      .month = day.month,
				      .day = day.day };
		(void)worksheet_write_datetime(book->page, book->at,
					       (lxw_col_t)i, &date, book->day);
		return;
	}
	if (kind == SHEET_FIGURE && *cell) {
		(void)worksheet_write_number(book->page, book->at,
					     (lxw_col_t)i, strtod(cell, NULL),
					     book->text);
		return;
	}
	if (kind == SHEET_NUMBER && row->struck)
		format = book->struck;
	write_text(book, (lxw_col_t)i, cell, format);
}

/* Millimetres of paper to characters of the usual font. */
static void set_columns(struct book *book, const struct sheet *sheet)
{
	for (size_t i = 0; i < sheet->column_count; i++) {
		double width = sheet->columns[i].width;

		(void)worksheet_set_column(book->page, (lxw_col_t)i,
					   (lxw_col_t)i,
					   (width > 0 ? width : 80) / 1.9,
					   NULL);
		write_text(book, (lxw_col_t)i, sheet->columns[i].head,
			   book->head);
	}
	book->at++;
}

static void set_page(struct book *book, const struct sheet *sheet)
{
	lxw_col_t last = (lxw_col_t)(sheet->column_count - 1);

	worksheet_freeze_panes(book->page, book->at, 0);
	if (!sheet->is_portrait)
		worksheet_set_landscape(book->page);
	worksheet_set_paper(book->page, 9); /* A4 */
	(void)worksheet_repeat_rows(book->page, 0, 0);
	worksheet_fit_to_pages(book->page, 1, 0);
	(void)worksheet_autofilter(book->page, 0, 0,
				   (lxw_row_t)sheet->row_count, last);
	(void)worksheet_set_header(book->page, "&C&A");
	(void)worksheet_set_footer(book->page, "&R&P / &N");
}

static void write_all(struct book *book, const struct sheet *sheet)
{
	make_formats(book);
	set_columns(book, sheet);
	for (size_t i = 0; i < sheet->row_count; i++, book->at++)
		for (size_t j = 0; j < sheet->column_count; j++)
			write_cell(book, sheet, &sheet->rows[i], j);
	book->at = 1;
	set_page(book, sheet);
}

static bool read_back(int fd, struct text *ret_file, struct fail *why)
{
	char piece[64 * 1024];
	ssize_t got;
	off_t at = 0;

	while ((got = pread(fd, piece, sizeof(piece), at)) > 0) {
		text_add_part(ret_file, piece, (size_t)got);
		at += got;
	}
	if (got < 0)
		return descriptor_fail(why, "read", "workbook");
	return !ret_file->over ||
	       fail(why, FAIL_LIMIT, "the table is too large");
}

/* This version of the library only writes to a name: that of a file in
 * memory. */
bool sheet_print_xlsx(const struct sheet *sheet, struct text *ret_file,
		      struct fail *why)
{
	auto_fd fd = memfd_create("workbook", MFD_CLOEXEC);
	lxw_workbook_options options = { .constant_memory = LXW_TRUE };
	lxw_doc_properties properties = { 0 };
	struct book book = { 0 };
	auto_text name = { 0 };
	lxw_error error;

	if (fd < 0)
		return descriptor_fail(why, "make", "workbook");
	text_addf(&name, "/proc/self/fd/%d", fd);
	book.workbook = workbook_new_opt(text_string(&name), &options);
	if (!book.workbook)
		return fail(why, FAIL_BROKEN, "no workbook");
	/* The library wants writable strings and only reads them. */
	properties.title = (char *)(uintptr_t)sheet->title;
	properties.company = (char *)(uintptr_t)sheet->organisation;
	(void)workbook_set_properties(book.workbook, &properties);
	book.page = workbook_add_worksheet(book.workbook, NULL);
	if (book.page)
		write_all(&book, sheet);
	error = workbook_close(book.workbook);
	if (error != LXW_NO_ERROR)
		return fail(why, FAIL_BROKEN, "the workbook: %s",
			    lxw_strerror(error));
	return read_back(fd, ret_file, why);
}
