#include "reading.h"

/* A name or subject alone is never sure. */
static const char *claim(const struct letterhead *letterhead,
			 enum letterhead_field field)
{
	for (size_t i = 0; i < letterhead->count; i++)
		assert_true(letterhead->proposals[i].confidence <
			    LETTERHEAD_SURE);
	return best(letterhead, field);
}

struct name {
	const char *name, *symbol, *type;
};

/* Names as they were found in mailboxes of agencies. */
static const struct name names[] = {
	{ "61.SKH-TH.PDF", "61/SKH-TH", "" },
	{ "353.KH-BDH.PDF", "353/KH-BDH", "Kế hoạch" },
	{ "695.ubnd-vx.pdf", "695/UBND-VX", "" },
	{ "74.gm-ubnd.pdf", "74/GM-UBND", "Giấy mời" },
	{ "20.tb-stttt.pdf", "20/TB-STTTT", "Thông báo" },
	{ "170-bc-sct.pdf", "170/BC-SCT", "Báo cáo" },
	{ "cv-682-sct.pdf", "682/SCT", "Công văn" },
	{ "gm-275-2012-4.pdf", "", "Giấy mời" },
	{ "KH2668_CNTT_UB.pdf", "", "Kế hoạch" },
	{ "107tb -kcn.pdf", "", "Thông báo" },
	{ "1234_QĐ-UBND_signed.pdf", "1234/QĐ-UBND", "Quyết định" },
	{ "15-QD-UBND.signed.pdf", "15/QĐ-UBND", "Quyết định" },
	{ "QĐ 15-QĐ-UBND.pdf", "15/QĐ-UBND", "Quyết định" },
	{ "kHONG SO-DIEN LUC.pdf", "", "" },
	{ "anh.jpg", "", "" },
	{ "2024.pdf", "", "" },
	{ "", "", "" },
};

static void test_names_of_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct letterhead letterhead =
			letterhead_read_name(names[i].name, arena);

		if (strcmp(claim(&letterhead, LETTERHEAD_SYMBOL),
			   names[i].symbol) != 0 ||
		    strcmp(claim(&letterhead, LETTERHEAD_TYPE),
			   names[i].type) != 0)
			fail_msg("'%s' gives '%s', '%s'", names[i].name,
				 claim(&letterhead, LETTERHEAD_SYMBOL),
				 claim(&letterhead, LETTERHEAD_TYPE));
	}
}

static void test_subjects_of_mail(void **state)
{
	struct letterhead letterhead = letterhead_read_mail(
		"Fwd: (520/SL-VP) Sao lục QĐ số 12", arena);

	(void)state;
	assert_string_equal(claim(&letterhead, LETTERHEAD_SYMBOL), "520/SL-VP");
	letterhead = letterhead_read_mail(
		"[KHẨN] Công văn số 123/SNN-VP ngày 22/6/2026 V/v góp ý dự "
		"thảo Quy chế",
		arena);
	assert_string_equal(claim(&letterhead, LETTERHEAD_SYMBOL),
			    "123/SNN-VP");
	assert_string_equal(claim(&letterhead, LETTERHEAD_DAY), "2026-06-22");
	assert_string_equal(claim(&letterhead, LETTERHEAD_TYPE), "Công văn");
	assert_string_equal(claim(&letterhead, LETTERHEAD_SUBJECT),
			    "góp ý dự thảo Quy chế");
	assert_string_equal(claim(&letterhead, LETTERHEAD_URGENCY), "1");
	assert_null(letterhead.secret);
	letterhead = letterhead_read_mail("Không chủ đề", arena);
	assert_int_equal(letterhead.count, 0);
}

static void test_secrets_by_name(void **state)
{
	(void)state;
	assert_string_equal(
		letterhead_read_name("Kế hoạch (MẬT).pdf", arena).secret,
		"MẬT");
	assert_string_equal(
		letterhead_read_mail("TUYỆT MẬT: kế hoạch", arena).secret,
		"TUYỆT MẬT");
	assert_null(letterhead_read_name("BẢO MẬT.pdf", arena).secret);
	assert_null(letterhead_read_mail("bảo mật thông tin", arena).secret);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_of_files),
		cmocka_unit_test(test_subjects_of_mail),
		cmocka_unit_test(test_secrets_by_name),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
