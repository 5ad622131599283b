#include "base/arena.h"
#include "base/bytes.h"
#include "exchange/book_sheet.h"
#include "exchange/dossier_sheet.h"
#include "exchange/report_sheet.h"
#include "exchange/slip.h"
#include "support/test.h"
#include <string.h>

enum {
	LINES = 60
};

static struct arena *arena;
static struct fail why;

static int open_arena(void **state)
{
	(void)state;
	arena = arena_create(0);
	return 0;
}

static int close_arena(void **state)
{
	(void)state;
	arena_destroy(&arena);
	return 0;
}

static struct book_line one_line(size_t i)
{
	return (struct book_line){
		.day = "2026-06-24",
		.number = arena_print(arena, "%zu", 4800 + i),
		.issuer = "Ủy ban nhân dân tỉnh Sông Lam",
		.symbol = "4187/BNNMT-TTBVTV",
		.document_day = "2026-06-22",
		.type = "Công văn",
		.subject =
			"báo cáo kết quả thực hiện công tác cải cách "
			"hành chính 6 tháng đầu năm 2026",
		.receiver = "Phòng Kế hoạch – Tài chính",
		.passed_day = "2026-06-24",
		.note = "Trả lời trước 30/6",
	};
}

static struct sheet a_book(enum book_form form, bool whole)
{
	struct book_line *lines = arena_array(arena, LINES, sizeof(*lines));
	const struct book_print print = {
		.form = form,
		.superior = "ỦY BAN NHÂN DÂN TỈNH SÔNG LAM",
		.organisation = "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
		.printed = "In từ hệ thống",
		.year = 2026,
		.lines = lines,
		.count = LINES,
		.from_day = "2026-06-24",
		.to_day = "2026-06-24",
		.whole = whole,
	};

	for (size_t i = 0; i < LINES; i++)
		lines[i] = one_line(i);
	lines[1].void_reason = "đăng ký trùng Số đến 4800 (Lê Thị Thu Hà)";
	return book_sheet(&print, arena);
}

static size_t count_of(const struct text *file, const char *what)
{
	struct bytes in = { (const unsigned char *)file->string, file->size };
	size_t count = 0;

	for (size_t at = bytes_find(in, bytes_of(what), 0); at < in.size;
	     at = bytes_find(in, bytes_of(what), at + 1))
		count++;
	return count;
}

static void test_books_have_the_columns_of_the_decree(void **state)
{
	static const char *const heads[] = {
		"Ngày đến",
		"Số đến",
		"Tác giả",
		"Số, ký hiệu văn bản",
		"Ngày tháng văn bản",
		"Tên loại và trích yếu nội dung văn bản",
		"Đơn vị hoặc người nhận",
		"Ngày chuyển",
		"Ký nhận",
		"Ghi chú",
	};
	struct sheet sheet = a_book(BOOK_INCOMING, false);

	(void)state;
	assert_int_equal(sheet.column_count, 10);
	for (size_t i = 0; i < 10; i++)
		assert_string_equal(sheet.columns[i].head, heads[i]);
	assert_string_equal(sheet.rows[0].cells[5],
			    "V/v báo cáo kết quả thực hiện công tác cải cách "
			    "hành chính 6 tháng đầu năm 2026");
	assert_int_equal(a_book(BOOK_OUTGOING, false).column_count, 10);
	assert_int_equal(a_book(BOOK_FOLLOW_UP, false).column_count, 7);
}

static void test_a_void_line_prints_its_reason_only(void **state)
{
	struct sheet sheet = a_book(BOOK_INCOMING, false);
	const char *const *cells = sheet.rows[1].cells;

	(void)state;
	assert_true(sheet.rows[1].struck);
	assert_string_equal(cells[1], "4801");
	assert_string_equal(cells[5],
			    "Ghi hủy: đăng ký trùng Số đến 4800 (Lê Thị Thu "
			    "Hà)");
	assert_null(cells[2]);
	assert_string_equal(cells[9], "Hủy số");
}

static void test_paper_has_pages_and_structure(void **state)
{
	struct sheet sheet = a_book(BOOK_INCOMING, true);
	auto_text file = { 0 };

	(void)state;
	assert_true(sheet_print_pdf(&sheet, &file, &why));
	assert_memory_equal(file.string, "%PDF-1.", 7);
	/* cover, pages of the table */
	assert_true(count_of(&file, "/Type /Page %") >= 5);
	assert_true(count_of(&file, "/FontFile") > 0);
	assert_true(count_of(&file, "/StructTreeRoot") > 0);
}

static void test_a_full_text_is_a_failure(void **state)
{
	struct sheet sheet = a_book(BOOK_INCOMING, true);
	auto_text small = { .limit = 5000 };

	(void)state;
	assert_false(sheet_print_pdf(&sheet, &small, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
	text_clear(&small);
	assert_false(sheet_print_csv(&sheet, &small, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
}

static void test_other_programs_get_their_containers(void **state)
{
	struct sheet sheet = a_book(BOOK_OUTGOING, true);
	auto_text xlsx = { 0 }, docx = { 0 };

	(void)state;
	assert_true(sheet_print_xlsx(&sheet, &xlsx, &why));
	assert_memory_equal(xlsx.string, "PK\3\4", 4);
	assert_true(count_of(&xlsx, "xl/worksheets/sheet1.xml") > 0);
	assert_true(sheet_print_docx(&sheet, &docx, &why));
	assert_memory_equal(docx.string, "PK\3\4", 4);
	assert_true(count_of(&docx, "word/document.xml") > 0);
}

static void test_no_cell_becomes_a_formula(void **state)
{
	static const struct sheet_column columns[] = {
		{ "Trích yếu", 0, SHEET_TEXT }, { "Ngày", 20, SHEET_DAY }
	};
	const char *const evil[] = { "=HYPERLINK(\"http://x\")",
				     "2026-06-04" };
	const char *const blank[] = { " \t@SUM(A1)", NULL };
	const char *const plain[] = { "nói \"khẩn\"; 1/6", "không rõ" };
	const struct sheet_row rows[] = { { evil, false },
					  { blank, false },
					  { plain, false } };
	const struct sheet sheet = { .columns = columns,
				     .column_count = 2,
				     .rows = rows,
				     .row_count = 3 };
	auto_text file = { 0 };

	(void)state;
	assert_true(sheet_print_csv(&sheet, &file, &why));
	assert_string_equal(file.string,
			    "\xEF\xBB\xBF\"Trích yếu\";\"Ngày\"\r\n"
			    "\"'=HYPERLINK(\"\"http://x\"\")\";\"4/6/2026\"\r\n"
			    "\"' \t@SUM(A1)\";\"\"\r\n"
			    "\"nói \"\"khẩn\"\"; 1/6\";\"không rõ\"\r\n");
}

static void test_slips_print(void **state)
{
	static const struct slip_opinion opinion = {
		"Giám đốc Trần Văn Lâm", "24/6/2026",
		"Giao Phòng KHTC chủ trì, phối hợp các đơn vị."
	};
	const struct slip slip = {
		.organisation = "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
		.place = "Sông Lam",
		.day = "2026-06-24",
		.document = "Công văn 1234/UBND-KT",
		.register_number = "4871",
		.leaders = { &opinion, 1 },
	};
	const struct stamp_label label = {
		.organisation = "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
		.number = "4871",
		.day = "2026-06-24",
		.passed_to = "",
		.dossier = "",
	};
	auto_text file = { 0 }, small = { 0 };

	(void)state;
	assert_true(slip_print(&slip, &file, &why));
	assert_int_equal(count_of(&file, "/Type /Page %"), 1);
	assert_true(stamp_label_print(&label, &small, &why));
	/* 50 × 35 mm in points */
	assert_true(count_of(&small, "141.73") > 0);
}

static void test_a_dossier_lists_where_its_documents_lie(void **state)
{
	static const char *const heads[] = {
		"STT",
		"Số, ký hiệu văn bản",
		"Ngày tháng năm văn bản",
		"Tên loại và trích yếu nội dung văn bản",
		"Tác giả văn bản",
		"Tờ số/Trang số",
		"Ghi chú",
	};
	static const struct dossier_line lines[] = {
		{ .symbol = "1/QĐ", .pages = 3 },
		{ .symbol = "2/CV", .pages = 1, .type = "Công văn" },
		{ .symbol = "3/CV" },
		{ .symbol = "4/CV", .pages = 2 },
	};
	const struct dossier_print print = { .organisation = "Sở",
					     .code = "01.TCCB",
					     .title = "Tuyển dụng",
					     .lines = lines,
					     .count = 4 };
	struct sheet sheet = dossier_sheet(&print, arena);
	auto_text file = { 0 };

	(void)state;
	assert_int_equal(sheet.column_count, 7);
	for (size_t i = 0; i < sheet.column_count; i++)
		assert_string_equal(sheet.columns[i].head, heads[i]);
	assert_string_equal(sheet.cover[3], "Thời hạn bảo quản: Vĩnh viễn");
	assert_string_equal(sheet.rows[0].cells[5], "1-3");
	assert_string_equal(sheet.rows[1].cells[5], "4");
	assert_string_equal(sheet.rows[2].cells[5], "5");
	assert_null(sheet.rows[3].cells[5]); /* who knows */
	assert_true(sheet_print_pdf(&sheet, &file, &why));
	assert_int_equal(count_of(&file, "/Type /Page %"), 2);
}

static void test_a_report_says_its_figures_in_sentences(void **state)
{
	static const struct report_unit units[] = {
		{ "Văn phòng Sở", 323, 299, 21, 3, 4120, 4317 },
		{ "Phòng Pháp chế", 132, 121, 11, 0, 0, 0 },
	};
	const struct report_print print = {
		.organisation = "Sở",
		.from = "2026-01-01",
		.to = "2026-06-30",
		.incoming = { 4875, 4590, 4875, 4875 },
		.outgoing = { 1962, 2000, 1962, 1962 },
		.on_time = { 95.4, -1, 4120, 4317 },
		.overdue = { 23, -1, 23, 23 },
		.minutes_to_register = { -1, -1, 0, 0 },
		.units = units,
		.unit_count = 2,
	};
	struct sheet sheet = report_sheet(&print, arena);

	(void)state;
	assert_string_equal(sheet.sentences[0],
			    "1. Văn bản đến: 4.875 văn bản (cùng kỳ năm "
			    "trước: 4.590, tăng 6,2%).");
	assert_string_equal(sheet.sentences[1],
			    "2. Văn bản đi: 1.962 văn bản (cùng kỳ năm "
			    "trước: 2.000, giảm 1,9%).");
	assert_string_equal(sheet.sentences[2],
			    "3. Giải quyết đúng hạn: 4.120/4.317 (95,4%) văn "
			    "bản có thời hạn.");
	assert_string_equal(sheet.rows[1].cells[5], "–");
	assert_string_equal(sheet.rows[2].cells[0], "Toàn cơ quan");
	assert_string_equal(sheet.rows[2].cells[1], "455");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_books_have_the_columns_of_the_decree),
		cmocka_unit_test(test_a_void_line_prints_its_reason_only),
		cmocka_unit_test(test_paper_has_pages_and_structure),
		cmocka_unit_test(test_a_full_text_is_a_failure),
		cmocka_unit_test(test_other_programs_get_their_containers),
		cmocka_unit_test(test_no_cell_becomes_a_formula),
		cmocka_unit_test(test_slips_print),
		cmocka_unit_test(test_a_dossier_lists_where_its_documents_lie),
		cmocka_unit_test(test_a_report_says_its_figures_in_sentences),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
