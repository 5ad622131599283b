#include "support/test.h"
#include "viet/symbol.h"
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

static void test_one_symbol_has_one_key(void **state)
{
	static const char *const spellings[] = {
		"15/QĐ-UBND",
		"15/qđ-ubnd",
		"15/QD-UBND",
		"15/QÐ-UBND",
		"015/QĐ-UBND",
		"15 / QĐ - UBND",
		"15/QĐ–UBND",
		"Số: 15/QĐ-UBND",
		"Số 15/QĐ-UBND",
		"so 15/qd-ubnd",
		"15-QD-UBND",
		"15.qd-ubnd.pdf",
		"15_QĐ_UBND",
		"15/QĐ—UBND",
		"15/QĐ\u2011UBND",
		"15 qd ubnd",
		"15/QĐ-UBND ",
		"15/Q\u0110-UBND.PDF",
		"Số: 15/QĐ-UBND.",
	};

	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		assert_string_equal(symbol_key(spellings[i], arena),
				    "15/qd-ubnd");
}

static void test_what_is_not_the_same_has_another_key(void **state)
{
	(void)state;
	assert_string_not_equal(symbol_key("15/QĐ-UBND", arena),
				symbol_key("15a/QĐ-UBND", arena));
	assert_string_not_equal(symbol_key("15/QĐ-UBND", arena),
				symbol_key("150/QĐ-UBND", arena));
	assert_string_not_equal(symbol_key("1/2019/TT-BNV", arena),
				symbol_key("1/2020/TT-BNV", arena));
	assert_string_equal(symbol_key("kHÔNG SỐ", arena), "khong so");
	assert_string_equal(symbol_key("", arena), "");
}

struct print {
	const char *in, *out;
};

static void test_it_is_printed_as_the_decree_writes_it(void **state)
{
	static const struct print prints[] = {
		{ "5 / UBND - KT", "05/UBND-KT" },
		{ "1234/UBND-KT", "1234/UBND-KT" },
		{ "30/2020/NĐ-CP", "30/2020/NĐ-CP" },
		{ "1/2019/TT-BNV", "01/2019/TT-BNV" },
		{ "33/2024/QH15", "33/2024/QH15" },
		{ "15-CV/TU", "15-CV/TU" },
		{ "61a/BC-SNN", "61a/BC-SNN" },
		{ "15bis/QĐ-UBND", "15bis/QĐ-UBND" },
		{ "01/2014/TTLT-BNV-BTC", "01/2014/TTLT-BNV-BTC" },
		{ "7", "07" },
		{ "Số: 12/NN&PTNT-VP", "12/NN&PTNT-VP" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof prints / sizeof prints[0]; i++) {
		struct symbol symbol;

		assert_true(symbol_parse(prints[i].in, arena, &symbol));
		assert_string_equal(symbol_print(&symbol, arena),
				    prints[i].out);
	}
}

static void test_its_parts_are_told_apart(void **state)
{
	struct symbol symbol;

	(void)state;
	assert_true(symbol_parse("30a/2020/NĐ-CP", arena, &symbol));
	assert_int_equal(symbol.number, 30);
	assert_string_equal(symbol.suffix, "a");
	assert_int_equal(symbol.year, 2020);
	assert_string_equal(symbol.notation, "NĐ-CP");
	assert_false(symbol.is_party);
}

static void test_other_text_is_no_symbol(void **state)
{
	static const char *const texts[] = {
		"",
		"không số",
		"05/3/2020",
		"12345678901/QĐ",
		"V/v 12",
		"QĐ-UBND",
		"15/QĐ-UBND ngày 05 tháng 3 năm 2004 và còn nữa",
	};
	struct symbol symbol;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		if (symbol_parse(texts[i], arena, &symbol))
			fail_msg("'%s' was taken for a symbol", texts[i]);
	}
}

struct place {
	const char *text;
	const char *key; /* NULL: none */
	const char *rest;
};

static void test_symbols_in_running_text(void **state)
{
	static const struct place places[] = {
		{ "15/QĐ-UBND ngày 05", "15/qd-ubnd", " ngày 05" },
		{ "61-BC-SNN về tình hình", "61/bc-snn", " về tình hình" },
		{ "61-BC-SNN.pdf", "61/bc-snn", ".pdf" },
		{ "695.ubnd-vx.pdf", "695/ubnd-vx", ".pdf" },
		{ "15 / QĐ - UBND - Về việc", "15/qd-ubnd", " - Về việc" },
		{ "05/3/2020", NULL, NULL },
		{ "2.000 đồng", NULL, NULL },
		{ "1. Căn cứ", NULL, NULL },
		{ "24/7", NULL, NULL },
		{ "12 - Hà Nội", NULL, NULL },
		{ "028-3829", NULL, NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		char key[SYMBOL_KEY_SIZE];
		size_t end = 0;
		bool found = symbol_scan(bytes_of(places[i].text), 0, key,
					 &end);

		assert_int_equal(found, places[i].key != NULL);
		if (!found)
			continue;
		assert_string_equal(key, places[i].key);
		assert_string_equal(places[i].text + end, places[i].rest);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_symbol_has_one_key),
		cmocka_unit_test(test_what_is_not_the_same_has_another_key),
		cmocka_unit_test(test_it_is_printed_as_the_decree_writes_it),
		cmocka_unit_test(test_its_parts_are_told_apart),
		cmocka_unit_test(test_other_text_is_no_symbol),
		cmocka_unit_test(test_symbols_in_running_text),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
