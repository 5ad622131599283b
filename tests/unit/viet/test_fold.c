#include "base/bytes.h"
#include "support/test.h"
#include "viet/character.h"
#include "viet/fold.h"
#include <string.h>

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

/* The 134 letters with marks: 67 small, 67 capital, each with its base. */
static const char small[] =
	"àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữự"
	"ỳýỷỹỵđ";
static const char capital[] =
	"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰ"
	"ỲÝỶỸỴĐ";
static const char bases[] =
	"aaaaaaaaaaaaaaaaaeeeeeeeeeeeiiiiiooooooooooooooooouuuuuuuuuuu"
	"yyyyyd";

static void test_all_134_letters_fold(void **state)
{
	struct bytes low = bytes_of(small), high = bytes_of(capital);
	size_t at = 0, high_at = 0, count = 0;

	(void)state;
	while (at < low.size) {
		uint32_t letter = character_read(low, &at);
		uint32_t shouted = character_read(high, &high_at);
		char utf8[5] = { 0 };

		assert_int_equal(character_lower(shouted), letter);
		assert_int_equal(character_upper(letter), shouted);
		assert_int_equal(character_base(letter), bases[count]);
		(void)character_write(shouted, utf8);
		assert_int_equal(viet_fold(utf8, arena)[0], bases[count]);
		assert_int_equal(strlen(viet_fold(utf8, arena)), 1);
		count++;
	}
	assert_int_equal(count, 67);
	assert_int_equal(high_at, high.size);
}

struct vector {
	const char *in, *out;
};

static void test_look_alikes_of_d_fold_to_d(void **state)
{
	static const char *const letters[] = { "Đ", "đ", "Ð", "ð", "Ɖ", "ɖ" };

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		assert_string_equal(viet_fold(letters[i], arena), "d");
		assert_string_equal(viet_key(letters[i], arena), "đ");
	}
}

static void test_normal_form_is_nfc(void **state)
{
	static const struct vector vectors[] = {
		{ "So\u0302\u0301 61", "Số 61" }, /* NFD */
		{ "S\u00F4\u0301 61", "Số 61" },  /* as windows-1258 */
		{ "So\u0301\u0302 61", "Số 61" }, /* wrong order */
		{ "S\u00F3\u0302 61", "Số 61" },  /* half composed */
		{ "SO\u0301\u0302", "SỐ" },
		{ "A\u0306\u0323", "Ặ" },
		{ "a\u0323\u0306", "ặ" },
		{ "\u00E1\u0306", "ắ" },
		{ "Uỷ ban", "Uỷ ban" }, /* spelling stays */
		{ "Việt Nam – “2026”", "Việt Nam – “2026”" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		assert_string_equal(viet_normal(vectors[i].in, arena),
				    vectors[i].out);
}

static void test_bytes_that_are_not_utf8_are_replaced(void **state)
{
	(void)state;
	assert_string_equal(viet_normal("a\xFF\xC3", arena),
			    "a\uFFFD\uFFFD");
	assert_string_equal(viet_fold("a\xFF\xC3 b", arena), "a b");
}

static void test_key_puts_the_tone_on_one_place(void **state)
{
	static const struct vector vectors[] = {
		{ "hoà", "hòa" },
		{ "hòa", "hòa" },
		{ "Hoè", "hòe" },
		{ "thuỷ", "thủy" },
		{ "Uỷ ban", "ủy ban" },
		{ "quý", "quý" },
		{ "quỳ", "quỳ" },
		{ "toán", "toán" },
		{ "hoặc", "hoặc" },
		{ "khuỷu", "khuỷu" },
		{ "loét", "loét" },
		{ "XOÁ", "xóa" },
		{ "HOA\u0300", "hòa" },
		{ "hoa\u0300", "hòa" },
		{ "thuý.", "thúy." },
		{ "ngoái", "ngoái" },
		{ "Công văn", "công văn" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		assert_string_equal(viet_key(vectors[i].in, arena),
				    vectors[i].out);
}

static void test_fold_joins_every_spelling(void **state)
{
	static const struct vector vectors[] = {
		{ "Đường", "duong" },
		{ "  QĐ -  UBND \n", "qd - ubnd" },
		{ "TP. HỒ CHÍ MINH", "tp. ho chi minh" },
		{ "hoà", "hoa" },
		{ "hòa", "hoa" },
		{ "so\u0302\u0301", "so" },
		{ "Việ\u00ADt", "viet" },
		{ "Ελλάς 中文", "ελλάς 中文" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++)
		assert_string_equal(viet_fold(vectors[i].in, arena),
				    vectors[i].out);
}

static void assert_sorted(char *(*key)(const char *, struct arena *),
			  const char *const *words, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (strcmp(key(words[i - 1], arena), key(words[i], arena)) >= 0)
			fail_msg("%s does not sort before %s", words[i - 1],
				 words[i]);
	}
}

static void test_sort_keys_follow_the_alphabet(void **state)
{
	static const char *const words[] = {
		"12",
		"an",
		"ăn",
		"ân",
		"cong",
		"còng",
		"cỏng",
		"cõng",
		"cóng",
		"cọng",
		"công",
		"dân",
		"đan",
		"đi",
		"đường",
		"ế",
		"ơn",
		"y",
	};
	static const char *const people[] = {
		"Trần Văn An",
		"Lê Bình",
		"Nguyễn Thị Bình",
		"Đỗ Ánh Dương",
		"Cao Đức",
	};

	(void)state;
	assert_sorted(viet_sort_key, words, sizeof words / sizeof words[0]);
	assert_sorted(viet_name_key, people,
		      sizeof people / sizeof people[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_all_134_letters_fold),
		cmocka_unit_test(test_look_alikes_of_d_fold_to_d),
		cmocka_unit_test(test_normal_form_is_nfc),
		cmocka_unit_test(test_bytes_that_are_not_utf8_are_replaced),
		cmocka_unit_test(test_key_puts_the_tone_on_one_place),
		cmocka_unit_test(test_fold_joins_every_spelling),
		cmocka_unit_test(test_sort_keys_follow_the_alphabet),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
