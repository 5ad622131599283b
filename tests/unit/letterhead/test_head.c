/*
 * Heads: names, places and numbers that look like something else, and what
 * one confirms of the other.
 */
#include "letterhead/parts.h"
#include "paper.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static void test_a_name_may_end_with_a_number(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 3, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", false },
		{ IN_LEFT, 4, "TRƯỜNG CAO ĐẲNG Y TẾ SỐ", true },
		{ IN_LEFT, 5, "2", true },
		{ IN_RIGHT, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 7, "Số: 12/CĐYT-VP", false },
		{ IN_RIGHT, 7, "Huế, ngày 22 tháng 6 năm 2026", false },
	};
	static const struct row other[] = {
		{ IN_LEFT, 3, "SỞ GIÁO DỤC VÀ ĐÀO TẠO", false },
		{ IN_LEFT, 4, "TRƯỜNG CAO ĐẲNG Y TẾ", true },
		{ IN_LEFT, 5, "SỐ 2", true },
		{ IN_RIGHT, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 7, "Số: 12/CĐYT-VP", false },
		{ IN_RIGHT, 7, "Huế, ngày 22 tháng 6 năm 2026", false },
	};
	struct letterhead letterhead;

	(void)state;
	for (int i = 0; i < 3; i++) {
		letterhead = read_rows((enum page_source)i, rows, COUNT(rows));
		assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
				    "Trường Cao đẳng Y tế số 2");
	}
	/* recognised, "SỐ" is not the beginning of a "SỞ" */
	letterhead = read_rows(PAGE_OCR, other, COUNT(other));
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Trường Cao đẳng Y tế số 2");
}

static void test_a_ward_is_not_a_type(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 3, "ỦY BAN NHÂN DÂN", true },
		{ IN_LEFT, 4, "PHƯỜNG AN ĐỔ", true },
		{ IN_RIGHT, 5, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_RIGHT, 6, "Độc lập - Tự do - Hạnh phúc", true },
		{ IN_LEFT, 7, "Số: 12/UBND-VP", false },
		{ IN_LEFT, 8, "V/v góp ý dự thảo", false },
		{ IN_RIGHT, 9, "An Đổ, ngày 22 tháng 6 năm 2026", false },
		{ IN_MIDDLE, 11, "Kính gửi: Sở Nội vụ", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_FLOW, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_TYPE), "Công văn");
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Ủy ban nhân dân phường An Đổ");
}

static void test_the_number_of_a_copy_is_not_sure(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 3, "SỞ NỘI VỤ", true },
		{ IN_RIGHT, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 5, "Số: 218/SY-SNV", false },
		{ IN_RIGHT, 5, "Huế, ngày 22 tháng 6 năm 2026", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
			    "218/SY-SNV");
	assert_false(has_sure(&letterhead, LETTERHEAD_SYMBOL));
}

struct joined {
	const char *line, *place;
};

static void test_a_place_behind_a_tab_is_cut_off(void **state)
{
	static const struct joined lines[] = {
		{ "VĂN PHÒNG Quảng Ninh, ngày 22 tháng 6 năm 2026",
		  "Quảng Ninh" },
		{ "V/v họp ngày 5/6 Thành phố Phủ Lý, ngày 22 tháng 6 năm "
		  "2026",
		  "Thành phố Phủ Lý" },
		{ "Số: Gia Canh, ngày 22 tháng 6 năm 2026", "Gia Canh" },
		{ "* Thanh Hóa, ngày 22 tháng 6 năm 2026", "Thanh Hóa" },
		{ "U Minh, ngày 22 tháng 6 năm 2026", "U Minh" },
		{ "TP. Hồ Chí Minh, ngày 22 tháng 6 năm 2026",
		  "TP. Hồ Chí Minh" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		const struct row rows[] = {
			{ IN_LEFT, 3, "TỈNH ỦY QUẢNG NINH", true },
			{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
			  true },
			{ IN_LEFT, 5, lines[i].line, false },
			{ IN_MIDDLE, 7, "Kính gửi: Sở Nội vụ", false },
		};
		struct letterhead letterhead =
			read_rows(PAGE_FLOW, rows, COUNT(rows));

		assert_string_equal(best(&letterhead, LETTERHEAD_PLACE),
				    lines[i].place);
		assert_string_equal(best(&letterhead, LETTERHEAD_DAY),
				    "2026-06-22");
	}
}

static void test_a_bracket_closes_a_subject(void **state)
{
	static const struct row rows[] = {
		{ IN_LEFT, 3, "SỞ NỘI VỤ", true },
		{ IN_RIGHT, 3, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_LEFT, 5, "Số: 218/QĐ-SNV", false },
		{ IN_RIGHT, 5, "Huế, ngày 22 tháng 6 năm 2026", false },
		{ IN_MIDDLE, 8, "QUYẾT ĐỊNH", true },
		{ IN_MIDDLE, 9, "Về việc chi trả trợ cấp (đợt", true },
		{ IN_MIDDLE, 10, "13)", true },
		{ IN_PARAGRAPH, 13, "Căn cứ Nghị định số 30/2020/NĐ-CP;",
		  false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_SUBJECT),
			    "Về việc chi trả trợ cấp (đợt 13)");
}

/* A head whose name, number and body are given, recognised. */
static struct letterhead read_head(const char *name, const char *number,
				   const char *body)
{
	const struct row rows[] = {
		{ IN_LEFT, 4, name, true },
		{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_RIGHT, 5, "Độc lập - Tự do - Hạnh phúc", true },
		{ IN_LEFT, 6, number, false },
		{ IN_RIGHT, 6, "Huế, ngày 22 tháng 6 năm 2026", false },
		{ IN_MIDDLE, 9, "Kính gửi: Sở Tài chính.", false },
		{ IN_PARAGRAPH, 11, body, false },
	};

	return read_rows(PAGE_OCR, rows, COUNT(rows));
}

static void test_a_name_that_must_go_on_is_not_sure(void **state)
{
	struct letterhead letterhead =
		read_head("CHI CỤC HẢI QUAN KHU VỰC", "Số: 12/CCHQ-VP",
			  "Chi cục Hải quan khu vực VIII đề nghị góp ý.");

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Chi cục Hải quan khu vực VIII");
	assert_false(has_sure(&letterhead, LETTERHEAD_ISSUER));
	/* once the text does not go on with it: it is whole */
	letterhead = read_head("BỆNH VIỆN ĐA KHOA KHU VỰC", "Số: 12/BVĐK-VP",
			       "Bệnh viện Đa khoa khu vực đề nghị Giám đốc "
			       "Bệnh viện Đa khoa khu vực Hà Tiên góp ý.");
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Bệnh viện Đa khoa khu vực");
	letterhead = read_head("CHI CỤC DÂN SỐ", "Số: 12/CCDS-VP",
			       "Chi cục Dân số Đà Lạt đề nghị góp ý.");
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Chi cục Dân số");
	assert_true(has_sure(&letterhead, LETTERHEAD_ISSUER));
	letterhead = read_head("ỦY BAN NHÂN DÂN PHƯỜNG", "Số: 12/UBND-VP",
			       "Đề nghị góp ý.");
	assert_false(has_sure(&letterhead, LETTERHEAD_ISSUER));
	letterhead = read_head("THANH TRA TỈNH", "Số: 12/TTT-VP",
			       "Thanh tra tỉnh đề nghị góp ý.");
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Thanh tra tỉnh");
	assert_true(has_sure(&letterhead, LETTERHEAD_ISSUER));
}

static void test_glued_words_of_a_name_are_parted(void **state)
{
	struct letterhead letterhead =
		read_head("SỞ KHOAHỌC VÀ CÔNG NGHỆ", "Số: 12/SKHCN-VP",
			  "Đề nghị góp ý.");

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Sở Khoa học và Công nghệ");
	assert_string_equal(parts_unglue("VICEM", arena), "VICEM");
	assert_string_equal(parts_unglue("NGHIỆP", arena), "NGHIỆP");
	assert_string_equal(parts_unglue("MÔITRƯỜNG", arena), "MÔI TRƯỜNG");
}

static void test_a_recognised_code_put_right_is_not_sure(void **state)
{
	struct letterhead letterhead =
		read_head("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 12/SGDDT-VP",
			  "Sở Giáo dục và Đào tạo đề nghị góp ý.");

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
			    "12/SGDĐT-VP");
	assert_false(has_sure(&letterhead, LETTERHEAD_SYMBOL));
	letterhead = read_head("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Số: 12/SGDĐT-VP",
			       "Sở Giáo dục và Đào tạo đề nghị góp ý.");
	assert_true(has_sure(&letterhead, LETTERHEAD_SYMBOL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_name_may_end_with_a_number),
		cmocka_unit_test(test_a_ward_is_not_a_type),
		cmocka_unit_test(test_the_number_of_a_copy_is_not_sure),
		cmocka_unit_test(test_a_place_behind_a_tab_is_cut_off),
		cmocka_unit_test(test_a_bracket_closes_a_subject),
		cmocka_unit_test(test_a_name_that_must_go_on_is_not_sure),
		cmocka_unit_test(test_glued_words_of_a_name_are_parted),
		cmocka_unit_test(
			test_a_recognised_code_put_right_is_not_sure),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
