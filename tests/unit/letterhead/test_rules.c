#include "letterhead/casing.h"
#include "letterhead/known.h"
#include "paper.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

struct deadline {
	const char *sentence, *due_day;
};

static void test_deadlines_as_people_write_them(void **state)
{
	static const struct deadline deadlines[] = {
		{ "đề nghị gửi về Sở trước ngày 30/6/2026.", "2026-06-30" },
		{ "gửi báo cáo chậm nhất là ngày 30 tháng 6 năm 2026.",
		  "2026-06-30" },
		{ "gửi về Văn phòng trước 17 giờ 00 ngày 30/6/2026.",
		  "2026-06-30" },
		{ "báo cáo chậm nhất vào 16h30, thứ Ba ngày 30/6/2026.",
		  "2026-06-30" },
		{ "Hạn cuối nhận báo cáo: ngày 30/6/2026.", "2026-06-30" },
		{ "Thời hạn trả lời: ngày 30/6.", "2026-06-30" },
		{ "Hạn chót gửi báo cáo là ngày 30/6/2026.", "2026-06-30" },
		{ "hoàn thành trong ngày 30/6/2026.", "2026-06-30" },
		{ "trễ nhất ngày 30/6/2026 phải gửi.", "2026-06-30" },
		{ "Sau ngày 30/6/2026, nếu không nhận được ý kiến thì coi như "
		  "đồng ý.",
		  "2026-06-30" },
		{ "gửi danh sách không trễ quá ngày 30 tháng 6 năm 2026.",
		  "2026-06-30" },
		{ "gửi về cơ quan, không chậm hơn ngày 30/6/2026.",
		  "2026-06-30" },
		{ "Hạn gửi văn bản: 30/6.", "2026-06-30" },
		{ "(hạn 30/6/2026)", "2026-06-30" },
		{ "gửi góp ý trước ngày 05/01.", "2027-01-05" },
		{ "báo cáo trước ngày 25 hằng tháng.", "" },
		{ "các dự án phê duyệt trước ngày 01/01/2020.", "" },
		{ "Giấy này có giá trị đến hết ngày 30/6/2026.", "" },
		{ "nghỉ phép từ ngày 23/6/2026 đến hết ngày 30/6/2026.", "" },
		{ "Quyết định có hiệu lực từ ngày 30/6/2026.", "" },
		{ "họp vào ngày 30/6/2026.", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(deadlines); i++) {
		const struct row rows[] = {
			{ IN_LEFT, 4, "SỞ NỘI VỤ", true },
			{ IN_LEFT, 6, "Số: 12/SNV-VP", false },
			{ IN_RIGHT, 6, "Huế, ngày 22 tháng 6 năm 2026", false },
			{ IN_PARAGRAPH, 14, deadlines[i].sentence, false },
		};
		struct letterhead letterhead =
			read_rows(PAGE_FLOW, rows, COUNT(rows));

		if (strcmp(best(&letterhead, LETTERHEAD_DUE_DAY),
			   deadlines[i].due_day) != 0)
			fail_msg("'%s' is due on '%s'", deadlines[i].sentence,
				 best(&letterhead, LETTERHEAD_DUE_DAY));
	}
}

static void test_what_is_stamped_in_joins_its_line(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 4, "SỞ NỘI VỤ", true },
		{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 6, "Số:                12/SNV-VP", false },
		{ IN_RIGHT, 6, "Thành phố Buôn Ma Thuột, ngày 22", false },
		{ IN_RIGHT, 7, "tháng 6 năm 2026", false },
		{ IN_MIDDLE, 12, "Kính gửi: Văn phòng", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
			    "12/SNV-VP");
	assert_string_equal(best(&letterhead, LETTERHEAD_DAY), "2026-06-22");
	assert_string_equal(best(&letterhead, LETTERHEAD_PLACE),
			    "Thành phố Buôn Ma Thuột");
}

static void test_a_day_stamped_into_its_line_is_read(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 4, "SỞ NỘI VỤ", true },
		{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 6, "Số: 12/SNV-VP", false },
		{ IN_RIGHT, 6, "Huế, ngày    tháng 6 năm 2026", false },
	};
	struct paper *paper = paper_of(PAGE_TEXT_LAYER, rows, COUNT(rows));
	struct page_box gap = { 0 };
	struct letterhead letterhead;

	(void)state;
	/* room for the day, and the day there, a little lower */
	for (size_t i = 0; i < paper->page.count; i++) {
		struct page_word *word = &paper->words[i];

		if (strcmp(word->text, "ngày") == 0)
			gap = word->box;
		else if (gap.right > 0) {
			word->box.left += 150;
			word->box.right += 150;
		}
	}
	gap = (struct page_box){ gap.right + 30, gap.top + 30,
				 gap.right + 180, gap.bottom + 30 };
	paper_word(paper, "22", 2, gap, true);
	letterhead = letterhead_read(&paper->page, 1, arena);
	paper_done(paper);
	assert_string_equal(best(&letterhead, LETTERHEAD_DAY), "2026-06-22");
}

static void test_a_day_may_go_on_in_the_next_line(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 4, "SỞ NỘI VỤ", true },
		{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 6, "Số: 12/SNV-VP", false },
		{ IN_RIGHT, 6, "Thừa Thiên Huế, ngày 22 tháng 6 năm", false },
		{ IN_RIGHT, 7, "2026", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_DAY), "2026-06-22");
}

static void test_a_draft_has_neither_number_nor_day(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 3, "DỰ THẢO", true },
		{ IN_LEFT, 4, "ỦY BAN NHÂN DÂN", true },
		{ IN_LEFT, 5, "TỈNH PHÚ THỌ", true },
		{ IN_LEFT, 7, "Số: /QĐ-UBND", false },
		{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_RIGHT, 5, "Độc lập - Tự do - Hạnh phúc", true },
		{ IN_RIGHT, 7, "Phú Thọ, ngày tháng 6 năm 2026", false },
		{ IN_MIDDLE, 10, "QUYẾT ĐỊNH", true },
		{ IN_MIDDLE, 11, "Về việc thành lập Tổ công tác", true },
		{ IN_PARAGRAPH, 14,
		  "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020;", false },
	};

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct letterhead letterhead = read_rows(
			(enum page_source)i, rows, COUNT(rows));

		assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL), "");
		assert_string_equal(best(&letterhead, LETTERHEAD_DAY), "");
		assert_string_equal(best(&letterhead, LETTERHEAD_TYPE),
				    "Quyết định");
		assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
				    "Ủy ban nhân dân tỉnh Phú Thọ");
		assert_string_equal(best(&letterhead, LETTERHEAD_SUBJECT),
				    "Về việc thành lập Tổ công tác");
	}
}

static void test_an_arrival_stamp_is_not_the_number(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 2, "VĂN PHÒNG SỞ", true },
		{ IN_LEFT, 3, "ĐẾN Số: 412", true },
		{ IN_LEFT, 4, "Ngày: 23/6/2026", false },
		{ IN_LEFT, 6, "UBND TỈNH ĐỒNG NAI", false },
		{ IN_LEFT, 7, "SỞ Y TẾ", true },
		{ IN_LEFT, 9, "Số: 88/SYT-NVY", false },
		{ IN_RIGHT, 6, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_RIGHT, 9, "Đồng Nai, ngày 19 tháng 6 năm 2026", false },
		{ IN_MIDDLE, 14, "Kính gửi: Sở Nội vụ", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
			    "88/SYT-NVY");
	assert_string_equal(best(&letterhead, LETTERHEAD_DAY), "2026-06-19");
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER), "Sở Y tế");
}

static void test_a_signature_behind_a_tab_is_found(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 4, "SỞ NỘI VỤ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
		  true },
		{ IN_LEFT, 5, "Số: 12/SNV-VP Huế, ngày 22 tháng 6 năm 2026",
		  false },
		{ IN_LEFT, 6, "V/v góp ý dự thảo", false },
		{ IN_MIDDLE, 7, "Kính gửi: Sở Tài chính.", false },
		{ IN_TEXT, 9, "Sở Nội vụ đề nghị góp ý.", false },
		{ IN_LIST, 10, "Nơi nhận: KT. GIÁM ĐỐC", true },
		{ IN_LIST, 11, "- Như trên; PHÓ GIÁM ĐỐC", false },
		{ IN_LIST, 12, "- Sở Tài chính; Sở Y tế;", false },
		{ IN_LIST, 13, "- Lưu: VT, VP. Lê Thị Hồng Nhung", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_FLOW, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
			    "12/SNV-VP");
	assert_string_equal(best(&letterhead, LETTERHEAD_DAY), "2026-06-22");
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Sở Nội vụ");
	assert_string_equal(best(&letterhead, LETTERHEAD_SIGNER),
			    "Lê Thị Hồng Nhung");
	assert_string_equal(best(&letterhead, LETTERHEAD_POSITION),
			    "Phó Giám đốc");
}

static void test_a_name_may_end_with_one_letter(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 3, "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", false },
		{ IN_LEFT, 4, "CHI CỤC CHĂN NUÔI VÀ THÚ", true },
		{ IN_LEFT, 5, "Y", true },
		{ IN_RIGHT, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 7, "Số: 12/CNTY-VP", false },
		{ IN_RIGHT, 7, "Huế, ngày 22 tháng 6 năm 2026", false },
	};

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct letterhead letterhead = read_rows(
			(enum page_source)i, rows, COUNT(rows));

		assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
				    "Chi cục Chăn nuôi và Thú y");
	}
}

static void test_names_that_hold_words_of_offices(void **state)
{
	static const char *const names[] = { "Vương Công Phong",
					     "Trương Nhật Trang",
					     "Y Thanh Hà Niê",
					     "Lê Thị Phương Uyên" };

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct row rows[] = {
			{ IN_LEFT, 4, "SỞ NỘI VỤ", true },
			{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
			  true },
			{ IN_LEFT, 6, "Số: 12/SNV-VP", false },
			{ IN_LIST, 20, "Nơi nhận:", true },
			{ IN_SIGNATURE, 20, "GIÁM ĐỐC", true },
			{ IN_SIGNATURE, 27, names[i], true },
		};
		struct letterhead letterhead =
			read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

		assert_string_equal(best(&letterhead, LETTERHEAD_SIGNER),
				    names[i]);
	}
}

static void test_text_that_is_no_document_gives_nothing_sure(void **state)
{
	static const struct row rows[] = {
		{ IN_TEXT, 4, "Chào anh Nam,", false },
		{ IN_TEXT, 5, "Em gửi anh bảng số liệu tháng 6 như đã hẹn.",
		  false },
		{ IN_TEXT, 6, "Anh xem giúp em mục 12/KH và gọi lại nhé.",
		  false },
		{ IN_TEXT, 8, "Cảm ơn anh,", false },
		{ IN_TEXT, 9, "Lan", false },
	};

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct letterhead letterhead = read_rows(
			(enum page_source)i, rows, COUNT(rows));

		assert_true(letterhead.likeness < 200);
		for (int field = 0; field < LETTERHEAD_FIELD_COUNT; field++)
			assert_false(has_sure(&letterhead,
					      (enum letterhead_field)field));
	}
}

struct pair {
	const char *in, *out;
};

static void test_names_in_capitals_are_written_as_in_text(void **state)
{
	static const struct pair agencies[] = {
		{ "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",
		  "Sở Nông nghiệp và Môi trường" },
		{ "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
		  "Ủy ban nhân dân tỉnh Lâm Đồng" },
		{ "VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ" },
		{ "TỈNH ỦY LÂM ĐỒNG", "Tỉnh ủy Lâm Đồng" },
		{ "CHI CỤC KIỂM LÂM", "Chi cục Kiểm lâm" },
		{ "CÔNG TY TNHH MTV CẤP NƯỚC HUẾ",
		  "Công ty TNHH MTV Cấp nước Huế" },
	};
	static const struct pair positions[] = {
		{ "PHÓ CHỦ TỊCH", "Phó Chủ tịch" },
		{ "CHI CỤC TRƯỞNG", "Chi cục trưởng" },
		{ "PHÓ CHÁNH VĂN PHÒNG", "Phó Chánh Văn phòng" },
		{ "TRƯỞNG PHÒNG KẾ HOẠCH - TÀI CHÍNH",
		  "Trưởng phòng Kế hoạch - Tài chính" },
		{ "GIÁM ĐỐC SỞ NỘI VỤ", "Giám đốc Sở Nội vụ" },
		{ "Trương phong", "Trưởng phòng" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(agencies); i++)
		assert_string_equal(
			casing_by_rules(agencies[i].in, false, arena),
			agencies[i].out);
	for (size_t i = 0; i < COUNT(positions); i++)
		assert_string_equal(casing_of_position(positions[i].in, arena),
				    positions[i].out);
	/* recognised letters lose their diacritics */
	assert_string_equal(casing_by_rules("SƠ Y TE", true, arena),
			    "Sở Y tế");
	assert_string_equal(
		casing_by_rules("TRƯƠNG ĐẠI HỌC LÂM ĐÔNG", true, arena),
		"Trường Đại học Lâm Đồng");
	assert_string_equal(casing_of_person("NGUYỄN VĂN AN", arena),
			    "Nguyễn Văn An");
}

static void test_known_names_put_letters_right(void **state)
{
	(void)state;
	assert_string_equal(known_place("Lâm Đống", arena), "Lâm Đồng");
	assert_null(known_place("Lâm Đàm", arena));
	assert_string_equal(known_agency("BỘ TÀl CHÍNH", true, arena),
			    "Bộ Tài chính");
	assert_string_equal(
		known_agency("ỦY BAN NHÂN DÂN TỈÍNHHÀNAM", true, arena),
		"Ủy ban nhân dân tỉnh Hà Nam");
	assert_null(known_agency("BỘ TÀl CHÍNH", false, arena));
	assert_null(known_agency("PHÒNG CẤP NƯỚC", true, arena));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_deadlines_as_people_write_them),
		cmocka_unit_test(test_what_is_stamped_in_joins_its_line),
		cmocka_unit_test(test_a_day_stamped_into_its_line_is_read),
		cmocka_unit_test(test_a_day_may_go_on_in_the_next_line),
		cmocka_unit_test(test_a_draft_has_neither_number_nor_day),
		cmocka_unit_test(test_an_arrival_stamp_is_not_the_number),
		cmocka_unit_test(test_a_signature_behind_a_tab_is_found),
		cmocka_unit_test(test_a_name_may_end_with_one_letter),
		cmocka_unit_test(test_names_that_hold_words_of_offices),
		cmocka_unit_test(
			test_text_that_is_no_document_gives_nothing_sure),
		cmocka_unit_test(
			test_names_in_capitals_are_written_as_in_text),
		cmocka_unit_test(test_known_names_put_letters_right),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
