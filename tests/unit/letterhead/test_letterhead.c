#include "paper.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static const struct row letter[] = {
	{ IN_LEFT, 4, "UBND TỈNH LÂM ĐỒNG", false },
	{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
	{ IN_LEFT, 5, "SỞ NÔNG NGHIỆP", true },
	{ IN_LEFT, 6, "VÀ MÔI TRƯỜNG", true },
	{ IN_RIGHT, 5, "Độc lập - Tự do - Hạnh phúc", true },
	{ IN_LEFT, 8, "Số: 1234/SNNMT-VP", false },
	{ IN_LEFT, 9, "V/v góp ý dự thảo Quy chế", false },
	{ IN_LEFT, 10, "quản lý văn bản điện tử", false },
	{ IN_RIGHT, 8, "Lâm Đồng, ngày 22 tháng 6 năm 2026", false },
	{ IN_LEFT, 12, "HỎA TỐC", true },
	{ IN_MIDDLE, 14, "Kính gửi: Các phòng, đơn vị trực thuộc Sở.", false },
	{ IN_PARAGRAPH, 16,
	  "Thực hiện Công văn số 871/UBND-KSTT ngày 15/6/2026 của Ủy ban nhân",
	  false },
	{ IN_TEXT, 17,
	  "dân tỉnh Lâm Đồng về việc rà soát quy chế, Sở Nông nghiệp và Môi",
	  false },
	{ IN_TEXT, 18,
	  "trường đề nghị các đơn vị góp ý, gửi về Văn phòng Sở trước ngày",
	  false },
	{ IN_TEXT, 19, "30/6/2026 để tổng hợp./.", false },
	{ IN_LIST, 22, "Nơi nhận:", true },
	{ IN_LIST, 23, "- Như trên;", false },
	{ IN_LIST, 24, "- Giám đốc Sở (báo cáo);", false },
	{ IN_LIST, 25, "- Lưu: VT, VP.", false },
	{ IN_SIGNATURE, 22, "KT. GIÁM ĐỐC", true },
	{ IN_SIGNATURE, 23, "PHÓ GIÁM ĐỐC", true },
	{ IN_SIGNATURE, 29, "Nguyễn Văn An", true },
};

static const struct row decision[] = {
	{ IN_LEFT, 4, "ỦY BAN NHÂN DÂN", true },
	{ IN_LEFT, 5, "TỈNH ĐỒNG THÁP", true },
	{ IN_LEFT, 7, "Số: 05/2026/QĐ-UBND", false },
	{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
	{ IN_RIGHT, 5, "Độc lập - Tự do - Hạnh phúc", true },
	{ IN_RIGHT, 7, "Đồng Tháp, ngày 05 tháng 01 năm 2026", false },
	{ IN_MIDDLE, 10, "QUYẾT ĐỊNH", true },
	{ IN_MIDDLE, 11, "Ban hành Quy định về quản lý vùng trồng", true },
	{ IN_MIDDLE, 12, "và cơ sở đóng gói trên địa bàn tỉnh", true },
	{ IN_MIDDLE, 14, "ỦY BAN NHÂN DÂN TỈNH ĐỒNG THÁP", true },
	{ IN_PARAGRAPH, 16,
	  "Căn cứ Luật Tổ chức chính quyền địa phương số 65/2025/QH15 ngày",
	  false },
	{ IN_TEXT, 17, "19 tháng 02 năm 2025;", false },
	{ IN_PARAGRAPH, 18,
	  "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của "
	  "Chính",
	  false },
	{ IN_TEXT, 19, "phủ về công tác văn thư;", false },
	{ IN_PARAGRAPH, 20,
	  "Quyết định này thay thế Quyết định số 12/2019/QĐ-UBND ngày "
	  "01/3/2019.",
	  false },
	{ IN_LIST, 23, "Nơi nhận:", true },
	{ IN_LIST, 24, "- Như Điều 3;", false },
	{ IN_LIST, 25, "- Chính phủ;", false },
	{ IN_LIST, 26, "- Lưu: VT, KT.", false },
	{ IN_SIGNATURE, 23, "TM. ỦY BAN NHÂN DÂN", true },
	{ IN_SIGNATURE, 24, "CHỦ TỊCH", true },
	{ IN_SIGNATURE, 30, "Trần Thị Bích Hà", true },
};

static const struct row party[] = {
	{ IN_LEFT, 4, "TỈNH ỦY LÂM ĐỒNG", false },
	{ IN_LEFT, 5, "BAN TỔ CHỨC", true },
	{ IN_LEFT, 6, "*", false },
	{ IN_LEFT, 7, "Số 15-CV/BTCTU", false },
	{ IN_LEFT, 8, "Về việc rà soát hồ sơ đảng viên", false },
	{ IN_RIGHT, 4, "ĐẢNG CỘNG SẢN VIỆT NAM", true },
	{ IN_RIGHT, 7, "Lâm Đồng, ngày 3 tháng 12 năm 2025", false },
	{ IN_MIDDLE, 11, "Kính gửi: Các huyện ủy, thành ủy", false },
	{ IN_LIST, 20, "Nơi nhận:", true },
	{ IN_LIST, 21, "- Như trên,", false },
	{ IN_LIST, 22, "- Lưu Ban Tổ chức.", false },
	{ IN_SIGNATURE, 20, "K/T TRƯỞNG BAN", true },
	{ IN_SIGNATURE, 21, "PHÓ TRƯỞNG BAN", true },
	{ IN_SIGNATURE, 27, "Lê Hữu Phước", true },
};

static void assert_best(const struct letterhead *letterhead,
			enum letterhead_field field, const char *value)
{
	const struct letterhead_proposal *own = find_best(letterhead, field);

	if (!own || strcmp(own->value, value) != 0)
		fail_msg("%s is '%s' and not '%s'",
			 letterhead_field_name(field),
			 own ? own->value : "(none)", value);
}

struct expected {
	enum letterhead_field field;
	const char *value;
};

static const enum page_source sources[] = { PAGE_TEXT_LAYER, PAGE_OCR,
					    PAGE_FLOW };

static void assert_read(const struct row *rows, size_t count,
			const struct expected *expected, size_t fields)
{
	for (size_t i = 0; i < COUNT(sources); i++) {
		struct letterhead letterhead =
			read_rows(sources[i], rows, count);

		for (size_t j = 0; j < fields; j++)
			assert_best(&letterhead, expected[j].field,
				    expected[j].value);
		assert_true(letterhead.likeness > 600);
		assert_null(letterhead.secret);
	}
}

static void test_a_letter_is_read(void **state)
{
	static const struct expected expected[] = {
		{ LETTERHEAD_SYMBOL, "1234/SNNMT-VP" },
		{ LETTERHEAD_DAY, "2026-06-22" },
		{ LETTERHEAD_PLACE, "Lâm Đồng" },
		{ LETTERHEAD_ISSUER, "Sở Nông nghiệp và Môi trường" },
		{ LETTERHEAD_SUPERIOR, "Ủy ban nhân dân tỉnh Lâm Đồng" },
		{ LETTERHEAD_TYPE, "Công văn" },
		{ LETTERHEAD_SUBJECT,
		  "góp ý dự thảo Quy chế quản lý văn bản điện tử" },
		{ LETTERHEAD_SIGNER, "Nguyễn Văn An" },
		{ LETTERHEAD_POSITION, "Phó Giám đốc" },
		{ LETTERHEAD_CAPACITY, "KT." },
		{ LETTERHEAD_URGENCY, "3" },
		{ LETTERHEAD_DUE_DAY, "2026-06-30" },
		{ LETTERHEAD_ADDRESSEE, "Các phòng, đơn vị trực thuộc Sở" },
		{ LETTERHEAD_RECIPIENT, "Giám đốc Sở (báo cáo)" },
		{ LETTERHEAD_CITED, "871/UBND-KSTT" },
	};

	(void)state;
	assert_read(letter, COUNT(letter), expected, COUNT(expected));
}

static void test_a_decision_is_read(void **state)
{
	static const struct expected expected[] = {
		{ LETTERHEAD_SYMBOL, "05/2026/QĐ-UBND" },
		{ LETTERHEAD_DAY, "2026-01-05" },
		{ LETTERHEAD_ISSUER, "Ủy ban nhân dân tỉnh Đồng Tháp" },
		{ LETTERHEAD_TYPE, "Quyết định" },
		{ LETTERHEAD_SUBJECT,
		  "Ban hành Quy định về quản lý vùng trồng và cơ sở đóng gói "
		  "trên địa bàn tỉnh" },
		{ LETTERHEAD_SIGNER, "Trần Thị Bích Hà" },
		{ LETTERHEAD_POSITION, "Chủ tịch" },
		{ LETTERHEAD_CAPACITY, "TM." },
		{ LETTERHEAD_RECIPIENT, "Chính phủ" },
	};

	(void)state;
	assert_read(decision, COUNT(decision), expected, COUNT(expected));
}

static void test_a_letter_of_the_party_is_read(void **state)
{
	static const struct expected expected[] = {
		{ LETTERHEAD_SYMBOL, "15-CV/BTCTU" },
		{ LETTERHEAD_DAY, "2025-12-03" },
		{ LETTERHEAD_ISSUER, "Ban Tổ chức" },
		{ LETTERHEAD_SUPERIOR, "Tỉnh ủy Lâm Đồng" },
		{ LETTERHEAD_TYPE, "Công văn" },
		{ LETTERHEAD_SIGNER, "Lê Hữu Phước" },
		{ LETTERHEAD_POSITION, "Phó Trưởng ban" },
	};

	(void)state;
	assert_read(party, COUNT(party), expected, COUNT(expected));
}

static const struct letterhead_proposal *
find_cited(const struct letterhead *letterhead, const char *value)
{
	for (size_t i = 0; i < letterhead->count; i++) {
		const struct letterhead_proposal *own =
			&letterhead->proposals[i];

		if (own->field == LETTERHEAD_CITED &&
		    strcmp(own->value, value) == 0)
			return own;
	}
	fail_msg("'%s' is not among the cited", value);
	return NULL;
}

/* Beside its mark, from one margin to the other. */
static void test_a_firms_name_goes_on_below(void **state)
{
	static const struct row rows[] = {
		{ IN_TEXT, 4,
		  "CÔNG TY TNHH MỘT THÀNH VIÊN QUẢN LÝ "
		  "CÔNG TRÌNH KÊNH, HỒ THỦY",
		  true },
		{ IN_TEXT, 5, "LỢI", true },
		{ IN_TEXT, 6, "Địa chỉ: 12 Lê Lợi, phường An Hải", false },
		{ IN_TEXT, 9, "Số: 45/CV-KTTL", false },
		{ IN_TEXT, 12, "Kính gửi: Sở Tài chính.", false },
		{ IN_PARAGRAPH, 14, "Công ty báo cáo như sau.", false },
	};
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Công ty TNHH Một thành viên Quản lý công "
			    "trình kênh, hồ Thủy lợi");
}

static void test_cited_documents_have_their_roles(void **state)
{
	struct letterhead letterhead =
		read_rows(PAGE_TEXT_LAYER, decision, COUNT(decision));
	const struct letterhead_proposal *cited =
		find_cited(&letterhead, "30/2020/NĐ-CP");

	(void)state;
	assert_string_equal(cited->role, "basis");
	assert_string_equal(cited->day, "2020-03-05");
	assert_string_equal(cited->issuer, "Chính phủ");
	assert_string_equal(find_cited(&letterhead, "65/2025/QH15")->role,
			    "basis");
	assert_string_equal(find_cited(&letterhead, "12/2019/QĐ-UBND")->role,
			    "replaces");
	letterhead = read_rows(PAGE_FLOW, letter, COUNT(letter));
	cited = find_cited(&letterhead, "871/UBND-KSTT");
	assert_string_equal(cited->role, "carries_out");
	assert_string_equal(cited->issuer, "Ủy ban nhân dân tỉnh Lâm Đồng");
}

static void test_a_secret_document_gives_nothing_else(void **state)
{
	static const struct row secret = { IN_LEFT, 12, "MẬT", true };
	static const struct row other = { IN_LEFT, 12, "BẢO MẬT", true };
	struct row rows[COUNT(letter) + 1];
	struct letterhead letterhead;

	(void)state;
	memcpy(rows, letter, sizeof letter);
	rows[COUNT(letter)] = secret;
	for (size_t i = 0; i < 2; i++) {
		letterhead = read_rows(sources[i], rows, COUNT(rows));
		assert_string_equal(letterhead.secret, "MẬT");
		assert_int_equal(letterhead.count, 0);
	}
	rows[COUNT(letter)] = other;
	letterhead = read_rows(PAGE_TEXT_LAYER, rows, COUNT(rows));
	assert_null(letterhead.secret);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_letter_is_read),
		cmocka_unit_test(test_a_decision_is_read),
		cmocka_unit_test(test_a_letter_of_the_party_is_read),
		cmocka_unit_test(test_a_firms_name_goes_on_below),
		cmocka_unit_test(test_cited_documents_have_their_roles),
		cmocka_unit_test(test_a_secret_document_gives_nothing_else),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
