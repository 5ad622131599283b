#include "exchange/book_sheet.h"
#include <string.h>
#include <strings.h>

static const struct sheet_column incoming[] = {
	{ "Ngày đến", 19.5, SHEET_DAY },
	{ "Số đến", 14, SHEET_NUMBER },
	{ "Tác giả", 30, SHEET_TEXT },
	{ "Số, ký hiệu văn bản", 32.5, SHEET_SYMBOL },
	{ "Ngày tháng văn bản", 19.5, SHEET_DAY },
	{ "Tên loại và trích yếu nội dung văn bản", 0, SHEET_TEXT },
	{ "Đơn vị hoặc người nhận", 32, SHEET_TEXT },
	{ "Ngày chuyển", 19.5, SHEET_DAY },
	{ "Ký nhận", 17, SHEET_TEXT },
	{ "Ghi chú", 21, SHEET_TEXT },
};

static const struct sheet_column outgoing[] = {
	{ "Số, ký hiệu văn bản", 31, SHEET_SYMBOL },
	{ "Ngày tháng văn bản", 19.5, SHEET_DAY },
	{ "Tên loại và trích yếu nội dung văn bản", 0, SHEET_TEXT },
	{ "Người ký", 25, SHEET_TEXT },
	{ "Nơi nhận văn bản", 38, SHEET_TEXT },
	{ "Đơn vị, người nhận bản lưu", 20, SHEET_TEXT },
	{ "Số lượng bản", 14, SHEET_TEXT },
	{ "Ngày chuyển", 19.5, SHEET_DAY },
	{ "Ký nhận", 17, SHEET_TEXT },
	{ "Ghi chú", 22, SHEET_TEXT },
};

static const struct sheet_column follow_up[] = {
	{ "Số đến", 16, SHEET_NUMBER },
	{ "Tên loại, số, ký hiệu, ngày, tháng và tên cơ quan, tổ chức ban "
	  "hành văn bản",
	  0, SHEET_TEXT },
	{ "Đơn vị hoặc người nhận", 42, SHEET_TEXT },
	{ "Thời hạn giải quyết", 24, SHEET_DAY },
	{ "Tiến độ giải quyết", 36, SHEET_TEXT },
	{ "Số, ký hiệu văn bản trả lời", 34, SHEET_SYMBOL },
	{ "Ghi chú", 28, SHEET_TEXT },
};

static const struct form {
	const char *title;
	const struct sheet_column *columns;
	size_t count;
} forms[] = {
	[BOOK_INCOMING] = { "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", incoming, 10 },
	[BOOK_OUTGOING] = { "SỔ ĐĂNG KÝ VĂN BẢN ĐI", outgoing, 10 },
	[BOOK_FOLLOW_UP] = { "SỔ THEO DÕI GIẢI QUYẾT VĂN BẢN ĐẾN", follow_up,
			     7 },
};

static const char *or_empty(const char *words)
{
	return words ? words : "";
}

const char *book_subject(const char *type, const char *subject,
			 struct arena *arena)
{
	bool is_letter = type && strcmp(type, "Công văn") == 0;

	subject = or_empty(subject);
	if (is_letter && strncasecmp(subject, "v/v", 3) != 0)
		return arena_print(arena, "V/v %s", subject);
	if (is_letter || !type || !*type)
		return subject;
	return arena_print(arena, "%s: %s", type, subject);
}

static const char *void_words(const struct book_line *line,
			      struct arena *arena)
{
	return arena_print(arena, "Ghi hủy: %s", line->void_reason);
}

static void fill_incoming(const struct book_line *line, const char **cells,
			  struct arena *arena)
{
	cells[0] = line->day;
	cells[1] = line->number;
	if (line->void_reason) {
		cells[5] = void_words(line, arena);
		cells[9] = "Hủy số";
		return;
	}
	cells[2] = line->issuer;
	cells[3] = line->symbol;
	cells[4] = line->document_day;
	cells[5] = book_subject(line->type, line->subject, arena);
	cells[6] = line->receiver;
	cells[7] = line->passed_day;
	cells[9] = line->note;
}

static void fill_outgoing(const struct book_line *line, const char **cells,
			  struct arena *arena)
{
	cells[0] = line->symbol;
	cells[1] = line->day;
	if (line->void_reason) {
		cells[2] = void_words(line, arena);
		cells[9] = "Hủy số";
		return;
	}
	cells[2] = book_subject(line->type, line->subject, arena);
	cells[3] = line->signer;
	cells[4] = line->receiver;
	cells[5] = line->keeper;
	cells[6] = line->copies;
	cells[7] = line->passed_day;
	cells[9] = line->note;
}

static void fill_follow_up(const struct book_line *line, const char **cells,
			   struct arena *arena)
{
	auto_text day = { 0 };

	cells[0] = line->number;
	if (line->void_reason) {
		cells[1] = void_words(line, arena);
		cells[6] = "Hủy số";
		return;
	}
	sheet_print_day(or_empty(line->document_day), &day);
	cells[1] = arena_print(arena, "%s%s%s%s%s, %s",
			       or_empty(line->type),
			       line->type && *line->type ? " " : "",
			       or_empty(line->symbol), day.size ? " ngày " : "",
			       text_string(&day), or_empty(line->issuer));
	cells[2] = line->receiver;
	cells[3] = line->due_day;
	cells[4] = line->progress;
	cells[5] = line->reply;
	cells[6] = line->note;
}

static void set_cover(const struct book_print *print, struct sheet *sheet,
		      struct arena *arena)
{
	const char **lines = arena_array(arena, 4, sizeof(*lines));
	auto_text from = { 0 }, to = { 0 };
	const char *first = print->lines[0].number;
	const char *last = print->lines[print->count - 1].number;

	sheet_print_day(or_empty(print->from_day), &from);
	sheet_print_day(or_empty(print->to_day), &to);
	lines[sheet->cover_count++] =
		arena_print(arena, "Năm: %d", print->year);
	lines[sheet->cover_count++] =
		arena_print(arena, "Từ ngày %s đến ngày %s",
			    text_string(&from), text_string(&to));
	if (print->form != BOOK_FOLLOW_UP)
		lines[sheet->cover_count++] =
			arena_print(arena, "Từ số %s đến số %s",
				    or_empty(first), or_empty(last));
	lines[sheet->cover_count++] =
		print->volume ? arena_print(arena, "Quyển số: %d",
					    print->volume)
			      : "Quyển số: ……";
	sheet->cover = lines;
}

static void set_closing(const struct book_print *print, struct sheet *sheet,
			struct arena *arena)
{
	static const char *const signatures[] = { "VĂN THƯ CƠ QUAN",
						  "NGƯỜI ĐỨNG ĐẦU CƠ QUAN" };

	sheet->closing = arena_print(
		arena,
		"Quyển sổ này có %zu dòng, từ số %s đến số %s, trong đó số "
		"đã hủy giữ nguyên dòng với lý do.",
		print->count, or_empty(print->lines[0].number),
		or_empty(print->lines[print->count - 1].number));
	sheet->signatures = signatures;
	sheet->signature_count = 2;
}

struct sheet book_sheet(const struct book_print *print, struct arena *arena)
{
	static void (*const fill[])(const struct book_line *, const char **,
				    struct arena *) = {
		[BOOK_INCOMING] = fill_incoming,
		[BOOK_OUTGOING] = fill_outgoing,
		[BOOK_FOLLOW_UP] = fill_follow_up,
	};
	const struct form *form = &forms[print->form];
	struct sheet_row *rows =
		arena_array(arena, print->count, sizeof(*rows));
	struct sheet sheet = { .superior = print->superior,
			       .organisation = print->organisation,
			       .title = form->title,
			       .printed = print->printed,
			       .columns = form->columns,
			       .column_count = form->count,
			       .rows = rows,
			       .row_count = print->count,
			       .first_page = print->first_page,
			       .numbers_columns = true };

	sheet.period = arena_print(arena, "năm %d", print->year);
	for (size_t i = 0; i < print->count; i++) {
		const char **cells =
			arena_array(arena, form->count, sizeof(*cells));
		fill[print->form](&print->lines[i], cells, arena);
		rows[i].cells = cells;
		rows[i].struck = print->lines[i].void_reason != NULL;
	}
	if (print->whole && print->count) {
		set_cover(print, &sheet, arena);
		set_closing(print, &sheet, arena);
	}
	return sheet;
}
