#include "letterhead/number.h"
#include "reading.h"

struct spelling {
	const char *line;
	const char *value; /* NULL: none */
};

static bool read_line(const char *text, struct number *ret_number)
{
	struct lines lines = lines_of(text);

	return lines.count > 0 &&
	       number_read(&lines.items[0], arena, ret_number);
}

static void assert_spelling(const struct spelling *spelling)
{
	struct number number = { .value = "" };
	bool is_read = read_line(spelling->line, &number);

	if (!spelling->value && is_read && number.value[0])
		fail_msg("'%s' was read as '%s'", spelling->line,
			 number.value);
	if (spelling->value &&
	    (!is_read || strcmp(number.value, spelling->value) != 0))
		fail_msg("'%s' was read as '%s' and not '%s'", spelling->line,
			 number.value, spelling->value);
}

static void test_numbers_in_every_spelling(void **state)
{
	static const struct spelling spellings[] = {
		{ "Số: 15/QĐ-UBND", "15/QĐ-UBND" },
		{ "Số 15/QĐ-UBND", "15/QĐ-UBND" },
		{ "So: 5/QD-UBND", "05/QĐ-UBND" },
		{ "Số:15/QĐ-UBND", "15/QĐ-UBND" },
		{ "Số : 15 / QĐ – UBND", "15/QĐ-UBND" },
		{ "Số: 15/QÐ-UBND", "15/QĐ-UBND" },
		{ "Số: 1234/UBND-KT", "1234/UBND-KT" },
		{ "Số: 1.234/UBND-KT", "1234/UBND-KT" },
		{ "Số: 30/2020/NĐ-CP", "30/2020/NĐ-CP" },
		{ "Luật số: 33/2024/QH15", NULL },
		{ "Số: 33/2024/QH15", "33/2024/QH15" },
		{ "Số 15-CV/TU", "15-CV/TU" },
		{ "Số 127 -QĐ/ĐU", "127-QĐ/ĐU" },
		{ "Số: 01/2014/TTLT-BNV-BTC", "01/2014/TTLT-BNV-BTC" },
		{ "Số: 520/SY-VP", "520/SY-VP" },
		{ "Số: 61a/BC-SNN", "61a/BC-SNN" },
		{ "Số: 15bis/QĐ-UB", "15bis/QĐ-UB" },
		{ "Số: 123/CV-SNN", "123/CV-SNN" },
		{ "Số: 87/BC-P.NV", "87/BC-P.NV" },
		{ "Số CV: 12/GNP-CTTL", "12/GNP-CTTL" },
		{ "Số/No.: 12/CV-ABC", "12/CV-ABC" },
		{ "Số, ký hiệu: 12/CV-ABC", "12/CV-ABC" },
		{ "Công văn số: 12/CV-ABC", "12/CV-ABC" },
		{ "Số: 45/2026", "45/2026" },
		{ "số: 12/CV-ABC", "12/CV-ABC" },
		{ "số 57/CT-TTg ngày 09/09/2014", NULL },
		{ "Số: /QĐ-UBND", NULL },
		{ "Số: …/QĐ-UBND", NULL },
		{ "Số điện thoại: 0263 3822", NULL },
		{ "15/QĐ-UBND", "15/QĐ-UBND" },
		{ "Số: 15/KH-BĐT", "15/KH-BĐT" },
		{ "Số: 64/NHNN-TD", "64/NHNN-TD" },
		{ "Số: 12/KH-UBND ngày 05", "12/KH-UBND" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		assert_spelling(&spellings[i]);
}

static void test_recognised_numbers_are_put_right(void **state)
{
	static const struct spelling spellings[] = {
		{ "Số: l234/UBND-KT", "1234/UBND-KT" },
		{ "Số: 1O4/UBND-KT", "104/UBND-KT" },
		{ "Số: 12 34/UBND-KT", "1234/UBND-KT" },
		{ "Số: 1234lUBND-KT", "1234/UBND-KT" },
		{ "Số: 95GM-UBND", "95/GM-UBND" },
		{ "Số: 42/CĐÐ-CCTL", "42/CĐ-CCTL" },
		{ "S6: 15/ỌĐ-UBND", "15/QĐ-UBND" },
		{ "Số: 15/QĐ-HDND", "15/QĐ-HĐND" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
		assert_spelling(&spellings[i]);
}

static void test_types_are_known_by_their_codes(void **state)
{
	(void)state;
	assert_string_equal(type_by_code("CTr")->name, "Chương trình");
	assert_string_equal(type_by_code("CT")->name, "Chỉ thị");
	assert_string_equal(type_by_code("QD")->name, "Quyết định");
	assert_string_equal(type_by_code("TTr")->name, "Tờ trình");
	assert_string_equal(type_by_code("HD")->name, "Hướng dẫn");
	assert_string_equal(type_by_code("HĐ")->name, "Hợp đồng");
	assert_null(type_by_code("UBND"));
	assert_null(type_by_code(""));
	assert_string_equal(type_by_name("quyetdinh", 0)->code, "QĐ");
	assert_string_equal(type_by_name("quyetdlnh", 1)->code, "QĐ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_in_every_spelling),
		cmocka_unit_test(test_recognised_numbers_are_put_right),
		cmocka_unit_test(test_types_are_known_by_their_codes),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
