#include "support/test.h"
#include "viet/heal.h"

static struct arena *arena;

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

static void test_torn_words_are_joined(void **state)
{
	static const char torn[] =
		"v ăn b ản này quy đ ịnh chi ti ết vi ệc th ực hi ện Ngh ị "
		"định c ủa Chính ph ủ và ch ỉ th ị n ă m 2020";
	bool healed = false;

	(void)state;
	assert_string_equal(viet_heal(torn, arena, &healed),
			    "văn bản này quy định chi tiết việc thực hiện "
			    "Nghị định của Chính phủ và chỉ thị năm 2020");
	assert_true(healed);
}

static void test_whole_text_is_left_alone(void **state)
{
	static const char *const texts[] = {
		"",
		"Y tế và Giáo dục, ở ý kiến của ông",
		"Điểm b khoản 2 Điều 3; điểm c, d khoản 4 Điều 5 của Luật này "
		"được áp dụng từ ngày 01 tháng 7 năm 2026 trên phạm vi cả nước "
		"theo quy định của Chính phủ và các bộ, ngành có liên quan",
		"Chiều cao 5 m ở phía đông, giá 1.000 đ mỗi kg, kho C ăn khớp",
		"The quick brown fox jumps over a lazy dog",
		"5 m ở",
		"UBND tỉnh, HĐND tỉnh, TTg, QĐ, NĐ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		bool healed = true;

		assert_string_equal(viet_heal(texts[i], arena, &healed),
				    texts[i]);
		assert_false(healed);
	}
}

static void test_any_bytes_are_safe(void **state)
{
	unsigned char data[300];

	(void)state;
	for (unsigned seed = 0; seed < 300; seed++) {
		unsigned value = seed * 2654435761u + 1;

		for (size_t i = 0; i + 1 < sizeof data; i++) {
			value = value * 1664525u + 1013904223u;
			data[i] = (unsigned char)(value >> 24);
			if (data[i] == 0 || data[i] > 200)
				data[i] = ' ';
		}
		data[sizeof data - 1] = '\0';
		assert_non_null(viet_heal((char *)data, arena, NULL));
		arena_reset(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_torn_words_are_joined),
		cmocka_unit_test(test_whole_text_is_left_alone),
		cmocka_unit_test(test_any_bytes_are_safe),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
