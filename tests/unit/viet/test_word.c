#include "base/text.h"
#include "support/test.h"
#include "viet/word.h"

/* "exact/folded" of each word, "|whole" where there is one, by spaces. */
static void print_words(const char *text, struct text *ret_words)
{
	struct word_reader reader = word_reader_of(bytes_of(text));
	struct word word;

	while (word_next(&reader, &word)) {
		if (ret_words->size > 0)
			text_add_char(ret_words, ' ');
		text_addf(ret_words, "%s/%s", word.exact, word.folded);
		if (word.whole[0] != '\0')
			text_addf(ret_words, "|%s", word.whole);
	}
}

static const struct {
	const char *text, *words;
} vectors[] = {
	{ "Công văn", "công/cong văn/van" },
	{ "mưa mùa mua", "mưa/mua mùa/mua =mua/mua" },
	{ "Đường ĐT-01", "đường/duong đt/dt 01/1" },
	{ "QÐ QĐ QD", "qđ/qd qđ/qd =qd/qd" },
	{ "hoà hòa ho\u00E0", "hòa/hoa hòa/hoa hòa/hoa" },
	{ "so\u0302\u0301 s\u00F4\u0301 so\u0301\u0302",
	  "số/so số/so số/so" },
	{ "12/QĐ-UBND", "12/12|12/qd-ubnd qđ/qd =ubnd/ubnd" },
	{ "số 05/BNV-VP.", "số/so 05/5|5/bnv-vp =bnv/bnv =vp/vp" },
	{ "30/2020/NĐ-CP",
	  "30/30|30/2020-nd-cp 2020/2020 nđ/nd =cp/cp" },
	{ "61-BC-SNN.pdf", "61/61|61/bc-snn =bc/bc =snn/snn =pdf/pdf" },
	{ "ngày 05/3/2020", "ngày/ngay 05/5 3/3 2020/2020" },
	{ "a\xFF"
	  "b\xC3",
	  "=a/a =b/b" },
	{ "\xE2\x80\x8B", "" },
	{ "Vi\u00ADệt", "việt/viet" },
	{ "中文 OK", "中/中 文/文 =ok/ok" },
	{ "internationalisation", "internationalisation/internationalisation" },
	{ "\x01i12 \x01"
	  "din",
	  "\x01i12/\x01i12 \x01"
	  "din/\x01"
	  "din" },
	{ " ,.;!?\"' ", "" },
};

static void test_text_is_cut_into_these_tokens(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		auto_text words = { 0 };

		print_words(vectors[i].text, &words);
		assert_string_equal(text_string(&words), vectors[i].words);
	}
}

static void test_places_are_those_of_the_original(void **state)
{
	static const char text[] = "«Cộng ho\xC3\xA0\xCC\x80» 7/UB";
	struct word_reader reader = word_reader_of(bytes_of(text));
	struct word word;

	(void)state;
	assert_true(word_next(&reader, &word));
	assert_memory_equal(text + word.start, "Cộng", word.end - word.start);
	assert_true(word_next(&reader, &word));
	assert_memory_equal(text + word.start, "ho\xC3\xA0\xCC\x80",
			    word.end - word.start);
	assert_string_equal(text + word.end, "» 7/UB");
	assert_true(word_next(&reader, &word));
	assert_string_equal(word.whole, "7/ub");
	assert_int_equal(word.whole_end, strlen(text));
}

static void test_long_words_are_cut_and_read_to_their_end(void **state)
{
	char text[1001];
	struct word_reader reader;
	struct word word;

	(void)state;
	memset(text, 'a', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	reader = word_reader_of(bytes_of(text));
	assert_true(word_next(&reader, &word));
	assert_int_equal(word.end, 1000);
	assert_true(strlen(word.exact) < WORD_SIZE);
	assert_false(word_next(&reader, &word));
}

static void test_any_bytes_are_safe_and_tokens_are_text(void **state)
{
	unsigned char data[256];
	unsigned value = 7;

	(void)state;
	for (unsigned round = 0; round < 2000; round++) {
		struct bytes bytes = { data, round % sizeof data };
		struct word_reader reader = word_reader_of(bytes);
		struct word word;
		size_t before = 0;

		for (size_t i = 0; i < sizeof data; i++) {
			value = value * 1664525u + 1013904223u;
			data[i] = (unsigned char)(value >> 24);
		}
		while (word_next(&reader, &word)) {
			assert_true(word.start >= before);
			assert_true(word.end > word.start);
			assert_true(word.end <= bytes.size);
			assert_true(bytes_is_utf8(bytes_of(word.exact)));
			assert_true(bytes_is_utf8(bytes_of(word.folded)));
			assert_true(word.exact[0] && word.folded[0]);
			assert_null(strchr(word.exact, ' '));
			before = word.end;
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_cut_into_these_tokens),
		cmocka_unit_test(test_places_are_those_of_the_original),
		cmocka_unit_test(
			test_long_words_are_cut_and_read_to_their_end),
		cmocka_unit_test(
			test_any_bytes_are_safe_and_tokens_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
