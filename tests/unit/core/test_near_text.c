#include "core/link_cite.h"
#include "core/near_text.h"
#include "core/sameness.h"
#include "support/register.h"

static const char letter_text[] =
	"Thực hiện Kế hoạch số 12 của Ủy ban nhân dân tỉnh về phòng, chống "
	"thiên tai năm 2026, Sở Nông nghiệp báo cáo kết quả như sau: đã kiểm "
	"tra 45 hồ chứa, gia cố 1200 mét đê, di dời 320 hộ dân khỏi vùng sạt "
	"lở, cấp phát 15000 bao cát cho 27 xã; kinh phí thực hiện 8400 triệu "
	"đồng. Đề nghị các địa phương tiếp tục rà soát, cập nhật phương án.";
static const char other_text[] =
	"Căn cứ Luật Đất đai và tình hình thực tế tại địa phương, Phòng Tài "
	"nguyên đề nghị bổ sung hồ sơ cấp giấy chứng nhận quyền sử dụng đất "
	"cho 19 thửa tại xã Tân Lập; thời hạn nộp trước ngày 25 tháng 6 năm "
	"2026, quá hạn sẽ trả lại hồ sơ theo quy định của pháp luật.";

static struct near_text sketch(const char *text)
{
	struct near_text near = { 0 };

	assert_true(near_text_of(text, &near));
	return near;
}

static void test_layout_and_diacritics_do_not_count(void **state)
{
	struct near_text a = sketch(
		"Về việc  báo cáo\nkết quả kiểm tra hồ chứa năm 2026 tại 12 "
		"xã, phường");
	struct near_text b = sketch(
		"ve viec bao cao ket qua kiem tra ho chua nam 2026 tai 12 xa "
		"phuong");

	(void)state;
	assert_int_equal(near_text_likeness(&a, &b), 1000);
}

static void test_other_text_is_other(void **state)
{
	struct near_text a = sketch(letter_text), b = sketch(other_text);

	(void)state;
	assert_true(near_text_likeness(&a, &b) < 150);
}

static void test_a_few_words_read_badly_are_still_near(void **state)
{
	char *damaged = memory_copy(letter_text);
	struct near_text a = sketch(letter_text), b;

	(void)state;
	memcpy(strstr(damaged, "hồ"), "nio", 3);
	memcpy(strstr(damaged, "triệu"), "trl", 3);
	b = sketch(damaged);
	assert_true(near_text_likeness(&a, &b) >= 500);
	assert_true(near_text_likeness(&a, &b) < 1000);
	assert_true(near_text_number_likeness(&a, &b) >= 900);
	memory_free(damaged);
}

static void test_short_texts_are_not_compared(void **state)
{
	struct near_text near;

	(void)state;
	assert_false(near_text_of("Kính gửi văn bản", &near));
	assert_false(near_text_of("", &near));
}

static void keep(struct fixture *f, int64_t file_id, const char *text)
{
	struct near_text near = sketch(text);

	near.file_id = file_id;
	must(near_text_write(f->db, &near, &f->why));
}

static void test_the_near_one_is_found_and_no_other(void **state)
{
	struct fixture *f = *state;
	struct near_text near = sketch(letter_text), loaded;
	struct near_text_list list;

	keep(f, 102, letter_text);
	keep(f, 103, other_text);
	keep(f, 102, letter_text); /* twice changes nothing */
	near.file_id = 104;
	must(near_text_find(f->db, &near, 300, f->arena, &list, &f->why));
	assert_int_equal(list.count, 1);
	assert_int_equal(list.items[0].file_id, 102);
	must(near_text_load(f->db, 102, &loaded, &f->why));
	assert_int_equal(near_text_likeness(&loaded, &near), 1000);
	must(near_text_load(f->db, 104, &loaded, &f->why));
	assert_int_equal(loaded.words, 0);
}

static void test_names_of_agencies(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "Sở Y tế", "Sở Y tế tỉnh Lam Giang", true },
		{ "UBND huyện An Lạc", "Ủy ban nhân dân huyện An Lạc", true },
		{ "Sở Y tế tỉnh Lam Giang", "Sở Y tế tỉnh Hà Sơn", false },
		{ "UBND huyện An Lạc", "UBND huyện Bình Thượng", false },
		{ "Sở Y tế", "Sở Y tế công cộng", true }, /* shortened */
		{ "", "Sở Y tế", false },
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(sameness_is_name(cases[i].a, cases[i].b,
						  arena),
				 cases[i].same);
}

static void test_cues(void **state)
{
	auto_arena *arena = arena_create(0);

	(void)state;
	assert_true(sameness_has_cue("Fwd: Báo cáo", SAMENESS_FORWARD, arena));
	assert_false(
		sameness_has_cue("Báo cáo Fwd:", SAMENESS_FORWARD, arena));
	assert_true(sameness_has_cue("Xin gửi lại bản đúng",
				     SAMENESS_CORRECTION, arena));
	assert_true(sameness_has_cue("GỬI BỔ SUNG PHỤ LỤC", SAMENESS_ANNEX,
				     arena));
	assert_string_equal(
		sameness_bare_subject("Re: [Cảnh báo] FW: Báo cáo"),
		"Báo cáo");
}

static void test_cited_numbers(void **state)
{
	static const struct {
		const char *text, *key, *day, *role;
	} cases[] = {
		{ "trả lời Công văn số 1871/SNN-KHTC ngày 02/6/2026 của Sở",
		  "1871/snn-khtc", "2026-06-02", "reply" },
		{ "Phúc đáp văn bản số 5/UBND-KT, ngày 05 tháng 02 năm 2026",
		  "5/ubnd-kt", "2026-02-05", "reply" },
		{ "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020",
		  "30/2020-nd-cp", "2020-03-05", "basis" },
		{ "Phụ lục kèm theo Công văn số 381/UBND-VP", "381/ubnd-vp",
		  NULL, "supplements" },
		{ "12/QĐ-UBND; 2026-06-22T10:11:12+07:00", "12/qd-ubnd",
		  "2026-06-22", "signed_with" },
		{ "Công văn này thay thế Công văn số 7/STC-NS ngày 31/02/2026",
		  "7/stc-ns", NULL, "replaces" },
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct link_cited_list list = { .count = 0 };

		link_cite_scan(cases[i].text, 900, arena, &list);
		assert_int_equal(list.count, 1);
		assert_string_equal(list.items[0].symbol_key, cases[i].key);
		assert_string_equal(list.items[0].role, cases[i].role);
		if (cases[i].day)
			assert_string_equal(list.items[0].day, cases[i].day);
		else
			assert_null(list.items[0].day);
	}
}

static void test_what_is_no_number_is_not_cited(void **state)
{
	static const char *const texts[] = {
		"tel 028.3829 ngày 12/5/2026 lúc 7-8 giờ, 24/7, 2025-2026",
		"a@12.vn https://x.vn/12/ab 1.234.567 đồng", "", "\xff\xfe"
	};
	auto_arena *arena = arena_create(0);

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct link_cited_list list = { .count = 0 };

		link_cite_scan(texts[i], 900, arena, &list);
		assert_int_equal(list.count, 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_layout_and_diacritics_do_not_count),
		cmocka_unit_test(test_other_text_is_other),
		cmocka_unit_test(test_a_few_words_read_badly_are_still_near),
		cmocka_unit_test(test_short_texts_are_not_compared),
		FIXTURE_TEST(test_the_near_one_is_found_and_no_other),
		cmocka_unit_test(test_names_of_agencies),
		cmocka_unit_test(test_cues),
		cmocka_unit_test(test_cited_numbers),
		cmocka_unit_test(test_what_is_no_number_is_not_cited),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
