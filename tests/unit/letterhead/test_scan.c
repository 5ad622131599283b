/*
 * Scans: what recognition loses or makes of a head, and what must stay as it
 * was seen.
 */
#include "paper.h"
#include "viet/fold.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Up to three lines of names and one with the number, recognised. */
static struct paper *make_head(const char *const names[3], const char *number)
{
	const struct row rows[] = {
		{ IN_LEFT, 4, names[0], true },
		{ IN_LEFT, 5, names[1], true },
		{ IN_LEFT, 6, names[2], true },
		{ IN_RIGHT, 4, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", true },
		{ IN_RIGHT, 5, "Độc lập - Tự do - Hạnh phúc", true },
		{ IN_LEFT, 8, number, false },
		{ IN_RIGHT, 8, "Huế, ngày 22 tháng 6 năm 2026", false },
		{ IN_MIDDLE, 12, "Kính gửi: Bộ Tài chính.", false },
		{ IN_PARAGRAPH, 14, "Đề nghị góp ý.", false },
	};

	return paper_of(PAGE_OCR, rows, COUNT(rows));
}

static struct letterhead read_scan(const char *const names[3],
				   const char *number)
{
	struct paper *paper = make_head(names, number);
	struct letterhead letterhead =
		letterhead_read(&paper->page, 1, arena);

	paper_done(paper);
	return letterhead;
}

static void test_a_code_that_was_seen_stays(void **state)
{
	static const struct {
		const char *names[3];
		const char *number, *symbol;
	} heads[] = {
		{ { "UBND TỈNH CAO BẰNG", "SỞ NGOẠI VỤ", "" },
		  "Số: 968/CT-SNgV",
		  "968/CT-SNgV" },
		{ { "UBND TỈNH CAO BẰNG", "THANH TRA TỈNH", "" },
		  "Số: 41/KH-TTr",
		  "41/KH-TTr" },
		/* U is no B, whatever the initials say */
		{ { "TỔNG CỤC THUẾ", "CỤC THUẾ TỈNH", "HÒA BÌNH" },
		  "Số: 53/TB-CTTHU",
		  "53/TB-CTTHU" },
		/* a letter too much, and Đ that lost its bar */
		{ { "", "SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "" },
		  "Số: 562/GGT-SVHTTTDL",
		  "562/GGT-SVHTTDL" },
		{ { "", "SỞ LAO ĐỘNG - THƯƠNG BINH", "VÀ XÃ HỘI" },
		  "Số: 12/TB-SLĐTBXN",
		  "12/TB-SLĐTBXH" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct letterhead letterhead =
			read_scan(heads[i].names, heads[i].number);

		assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
				    heads[i].symbol);
	}
}

static void test_dirt_about_the_label_hides_no_number(void **state)
{
	static const char *const names[3] = { "TỔNG CỤC THỐNG KÊ",
					      "CỤC THỐNG KÊ",
					      "TỈNH PHÚ YÊN" };
	static const struct {
		const char *number, *symbol;
	} heads[] = {
		{ "- Số 567/BC-CTK", "567/BC-CTK" },
		{ "Số T 56/CTK-XH", "56/CTK-XH" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct letterhead letterhead =
			read_scan(names, heads[i].number);

		assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
				    heads[i].symbol);
		assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
				    "Cục Thống kê tỉnh Phú Yên");
	}
}

static void test_names_get_their_letters_back(void **state)
{
	static const struct {
		const char *names[3], *issuer;
	} heads[] = {
		{ { "TỈNH TIỀN GIANG", "ỦY BANNHÂNDÂN", "ĐẶC KHU ĐỨC BÌNH" },
		  "Ủy ban nhân dân đặc khu Đức Bình" },
		{ { "BẢO HIỂM XÃ HỘI VIỆT NAM", "BẢO HIỂM XÃ HỘI",
		    "TĨNH TÂY NINH" },
		  "Bảo hiểm xã hội tỉnh Tây Ninh" },
		{ { "", "VIỆN KIỂM SÁT NHÂN DÂN", "TỈNH KIEN GIANG" },
		  "Viện kiểm sát nhân dân tỉnh Kiên Giang" },
		{ { "UBND TỈNH TIỀN GIANG", "BAN CHÍ HUY", "PHÒNG THỦ DẦN SỰ" },
		  "Ban Chỉ huy phòng thủ dân sự" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(heads); i++) {
		struct letterhead letterhead =
			read_scan(heads[i].names, "Số: 12/TB-VP");
		const char *issuer = best(&letterhead, LETTERHEAD_ISSUER);

		/* capitals within a name are a matter of taste */
		assert_string_equal(viet_key(issuer, arena),
				    viet_key(heads[i].issuer, arena));
	}
}

static void test_a_word_seen_twice_is_one(void **state)
{
	static const char *const names[3] = { "UBND TỈNH TIỀN GIANG",
					      "SỞ TƯ PHÁP", "" };
	struct paper *paper = make_head(names, "Số: 12/TB-STP");
	struct letterhead letterhead;
	size_t at = 0;

	(void)state;
	while (strcmp(paper->words[at].text, "PHÁP") != 0)
		at++;
	paper_word(paper, "PHẤP", strlen("PHẤP"), paper->words[at].box, true);
	paper->words[paper->page.count - 1].confidence = 60;
	letterhead = letterhead_read(&paper->page, 1, arena);
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Sở Tư pháp");
	paper_done(paper);
}

static void test_thick_strokes_are_bold_type(void **state)
{
	static const char *const names[3] = { "ỦY BAN NHÂN DÂN TỈNH GIA LAI",
					      "TRUNG TÂM HỖ TRỢ",
					      "HỘI NÔNG DÂN" };
	struct paper *paper = make_head(names, "Số: 12/TB-TTHT");
	struct letterhead letterhead =
		letterhead_read(&paper->page, 1, arena);

	(void)state;
	/* the words alone say something else */
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Hội Nông dân");
	for (size_t i = 0; i < paper->page.count; i++)
		paper->words[i].stroke = i < 7 ? 240 : 330;
	letterhead = letterhead_read(&paper->page, 1, arena);
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Trung tâm Hỗ trợ Hội Nông dân");
	assert_string_equal(best(&letterhead, LETTERHEAD_SUPERIOR),
			    "Ủy ban nhân dân tỉnh Gia Lai");
	paper_done(paper);
}

static void test_nothing_on_a_coarse_page_is_sure(void **state)
{
	static const char *const names[3] = { "UBND TỈNH CAO BẰNG",
					      "SỞ NGOẠI VỤ", "" };
	struct paper *paper = make_head(names, "Số: 968/CT-SNgV");
	size_t sure[2] = { 0, 0 };

	(void)state;
	for (int is_coarse = 0; is_coarse < 2; is_coarse++) {
		struct letterhead letterhead;

		paper->page.is_coarse = is_coarse;
		letterhead = letterhead_read(&paper->page, 1, arena);
		assert_true(letterhead.count > 3);
		for (size_t i = 0; i < letterhead.count; i++)
			sure[is_coarse] += letterhead.proposals[i].confidence >=
					   LETTERHEAD_SURE;
	}
	assert_true(sure[0] > 0);
	assert_int_equal(sure[1], 0);
	paper_done(paper);
}

/* A head with a stamp over its names, whose words come last. */
static struct letterhead read_stamped(const char *stamp, bool is_known)
{
	static const char *const names[3] = { "UBND TỈNH CAO BẰNG",
					      "SỞ NGOẠI VỤ", "" };
	struct paper *paper = make_head(names, "Số: 968/CT-SNgV");
	size_t first = paper->page.count;
	struct letterhead letterhead;

	paper_row(paper, &(struct row){ IN_LEFT, 5, "SỞ XÂY DỰNG", true });
	paper_row(paper, &(struct row){ IN_LEFT, 6, "ĐẾN Số: 1207", true });
	paper_row(paper, &(struct row){ IN_LEFT, 7, stamp, true });
	for (size_t i = first; i < paper->page.count; i++)
		paper->words[i].is_stamp = is_known;
	letterhead = letterhead_read(&paper->page, 1, arena);
	paper_done(paper);
	return letterhead;
}

static void test_a_stamp_is_no_part_of_the_head(void **state)
{
	struct letterhead letterhead = read_stamped("HỎA TỐC", true);

	(void)state;
	assert_string_equal(best(&letterhead, LETTERHEAD_ISSUER),
			    "Sở Ngoại vụ");
	assert_string_equal(best(&letterhead, LETTERHEAD_SYMBOL),
			    "968/CT-SNgV");
	assert_string_equal(best(&letterhead, LETTERHEAD_URGENCY), "3");
	/* that it is one is what makes the difference */
	letterhead = read_stamped("HỎA TỐC", false);
	assert_string_not_equal(best(&letterhead, LETTERHEAD_ISSUER),
				"Sở Ngoại vụ");
}

static void test_a_stamp_makes_a_document_secret(void **state)
{
	struct letterhead letterhead = read_stamped("TỐI MẬT", true);

	(void)state;
	assert_string_equal(letterhead.secret, "TỐI MẬT");
	assert_int_equal(letterhead.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_code_that_was_seen_stays),
		cmocka_unit_test(test_dirt_about_the_label_hides_no_number),
		cmocka_unit_test(test_names_get_their_letters_back),
		cmocka_unit_test(test_a_word_seen_twice_is_one),
		cmocka_unit_test(test_thick_strokes_are_bold_type),
		cmocka_unit_test(test_nothing_on_a_coarse_page_is_sure),
		cmocka_unit_test(test_a_stamp_is_no_part_of_the_head),
		cmocka_unit_test(test_a_stamp_makes_a_document_secret),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
