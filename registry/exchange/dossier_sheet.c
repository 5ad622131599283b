#include "exchange/dossier_sheet.h"
#include "exchange/book_sheet.h"

enum {
	COLUMNS = 7,
	COVER_MAX = 8
};

static const struct sheet_column columns[COLUMNS] = {
	{ "STT", 12, SHEET_NUMBER },
	{ "Số, ký hiệu văn bản", 36, SHEET_SYMBOL },
	{ "Ngày tháng năm văn bản", 22, SHEET_DAY },
	{ "Tên loại và trích yếu nội dung văn bản", 0, SHEET_TEXT },
	{ "Tác giả văn bản", 46, SHEET_TEXT },
	{ "Tờ số/Trang số", 31, SHEET_TEXT },
	{ "Ghi chú", 28, SHEET_TEXT },
};

/* "4-9": where the document lies among the pages of the dossier. */
static const char *pages_of(const struct dossier_line *line, int64_t *next,
			    struct arena *arena)
{
	int64_t first = *next;

	if (first == 0)
		return NULL;
	*next = line->pages > 0 ? first + line->pages : 0;
	if (line->pages <= 1)
		return arena_print(arena, "%lld", (long long)first);
	return arena_print(arena, "%lld-%lld", (long long)first,
			   (long long)(first + line->pages - 1));
}

static const struct sheet_row *make_rows(const struct dossier_print *print,
					 struct arena *arena)
{
	struct sheet_row *rows =
		arena_array(arena, print->count, sizeof(*rows));
	int64_t next = 1;

	for (size_t i = 0; i < print->count; i++) {
		const struct dossier_line *line = &print->lines[i];
		const char **cells =
			arena_array(arena, COLUMNS, sizeof(*cells));

		cells[0] = arena_print(arena, "%zu", i + 1);
		cells[1] = line->symbol;
		cells[2] = line->document_day;
		cells[3] = book_subject(line->type, line->subject, arena);
		cells[4] = line->issuer;
		cells[5] = pages_of(line, &next, arena);
		cells[6] = line->note;
		rows[i] = (struct sheet_row){ .cells = cells };
	}
	return rows;
}

static const char *span_of(const struct dossier_print *print,
			   struct arena *arena)
{
	auto_text from = { 0 }, to = { 0 };

	sheet_print_day(print->opened_day ? print->opened_day : "…", &from);
	sheet_print_day(print->closed_day ? print->closed_day : "…", &to);
	return arena_print(arena, "Từ ngày %s đến ngày %s", text_string(&from),
			   text_string(&to));
}

static void set_cover(const struct dossier_print *print, struct sheet *sheet,
		      struct arena *arena)
{
	const char **lines = arena_array(arena, COVER_MAX, sizeof(*lines));
	size_t count = 0;

	lines[count++] = print->title;
	lines[count++] =
		arena_print(arena, "Số và ký hiệu hồ sơ: %s", print->code);
	lines[count++] = span_of(print, arena);
	lines[count++] = print->retention
				 ? arena_print(arena,
					       "Thời hạn bảo quản: %lld năm",
					       (long long)print->retention)
				 : "Thời hạn bảo quản: Vĩnh viễn";
	lines[count++] = arena_print(arena, "Gồm %zu văn bản, tài liệu",
				     print->count);
	if (print->unit && *print->unit)
		lines[count++] = arena_print(arena, "Đơn vị: %s", print->unit);
	if (print->keeper && *print->keeper)
		lines[count++] =
			arena_print(arena, "Người lập: %s", print->keeper);
	sheet->cover_title = "HỒ SƠ";
	sheet->cover = lines;
	sheet->cover_count = count;
}

struct sheet dossier_sheet(const struct dossier_print *print,
			   struct arena *arena)
{
	struct sheet sheet = {
		.superior = print->superior,
		.organisation = print->organisation,
		.title = "MỤC LỤC VĂN BẢN, TÀI LIỆU",
		.period = arena_print(arena, "hồ sơ %s", print->code),
		.printed = print->printed,
		.columns = columns,
		.column_count = COLUMNS,
		.rows = make_rows(print, arena),
		.row_count = print->count,
	};

	set_cover(print, &sheet, arena);
	return sheet;
}
