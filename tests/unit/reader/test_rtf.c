/*
 * RTF gives the words a reader sees, in whatever charset its fonts have.
 */
#include "reading.h"

static struct reading read_rtf(const char *rtf)
{
	return read_content(bytes_of(rtf), "a.doc");
}

static void expect(const char *rtf, const char *text)
{
	struct reading reading = read_rtf(rtf);

	assert_string_equal(reading.document.format, "rtf");
	assert_string_equal(reading.document.text, text);
	reading_done(&reading);
}

/* clang-format off */
static void letters_are_read(void **state)
{
	(void)state;
	expect("{\\rtf1\\ansi S\\u7889? 12/Q\\u272?-UBND\\par}",
	       "Số 12/QĐ-UBND\n");
	expect("{\\rtf1\\ansi\\uc2 \\u7889\\'3f\\'3fx}", "ốx\n");
	expect("{\\rtf1\\ansi\\ansicpg1258 S\\'f4\\'ec, \\'f0\\'ea\\'ccm}",
	       "Số, đềm\n");
	expect("{\\rtf1{\\fonttbl{\\f3\\fcharset163 Times;}}"
	       "\\f3 Vi\\'ea\\'f2t}", "Việt\n");
	expect("{\\rtf1 a\\~b\\_c\\{d\\}\\\\e\\endash f}",
	       "a b-c{d}\\e\xe2\x80\x93" "f\n");
	expect("{\\rtf1 \\u-10179?\\u-8704?}", "\xf0\x9f\x98\x80\n");
}

static void old_fonts_are_decoded(void **state)
{
	(void)state;
	expect("{\\rtf1\\ansi{\\fonttbl{\\f0\\fnil .VnTime;}"
	       "{\\f1\\fnil\\fcharset0 VNI-Times;}{\\f2 .VnTimeH;}}"
	       "\\f0 C\\'e9ng ho\\'b5\\par\\f1 \\'d1o\\'e4c l"
	       "a\\'e4p\\par\\f2 vi\\'d6t nam\\par}",
	       "Cộng hoà\nĐộc lập\nVIỆT NAM\n");
}

static void what_does_not_show_stays_away(void **state)
{
	(void)state;
	expect("{\\rtf1{\\*\\generator Word;}{\\info{\\title T}}"
	       "{\\stylesheet{\\s1 Normal;}}{\\header H}{\\v \\'61n}"
	       "{\\pict 0102}{\\*\\none x}a"
	       "{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}}}", "a7\n");
	expect("{\\rtf1 {\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv y}}"
	       "{\\shptxt M\\u7852?T\\par}}{\\shprslt M\\u7852?T}}}", "MẬT\n");
	expect("{\\rtf1 a{\\pict\\bin5 }}}}}b}c}", "ac\n");
}

static void tables_and_pages_are_kept(void **state)
{
	(void)state;
	expect("{\\rtf1\\trowd 1\\cell L\\'faa\\cell\\row\\trowd 2\\cell"
	       " Ng\\'f4\\cell\\row\\pard x\\line y\\page z}",
	       "1\tLúa\n2\tNgô\nx\ny\n\fz\n");
}
/* clang-format on */

static void styles_end_with_their_group(void **state)
{
	struct reading reading = read_rtf("{\\rtf1 a {\\b\\fs28 b \\b0 c} d}");
	const struct page_word *words = reading.document.pages[0].words;

	(void)state;
	assert_int_equal(reading.document.pages[0].count, 4);
	assert_false(words[0].bold);
	assert_true(words[1].bold);
	assert_int_equal(words[1].size, 140);
	assert_false(words[2].bold);
	assert_int_equal(words[3].size, 0);
	reading_done(&reading);
}

static void attacks_end_well(void **state)
{
	enum {
		GROUPS = 100000
	};
	char *deep = calloc(1, GROUPS + 8);
	struct reading reading;

	(void)state;
	memset(deep, '{', GROUPS);
	memcpy(deep, "{\\rtf1 a", 8);
	reading = read_rtf(deep);
	assert_true(reading_has_flag(&reading, "damaged_part"));
	reading_done(&reading);
	memset(deep + 8, '}', GROUPS - 8);
	reading = read_rtf(deep);
	assert_string_equal(reading.document.text, "a\n");
	reading_done(&reading);
	free(deep);
	reading = read_rtf("{\\rtf1{\\object\\objemb{\\*\\objdata 0102}}a}");
	assert_true(reading_has_flag(&reading, "embedded_object"));
	reading_done(&reading);
	expect("{\\rtf1 a\\bin99999999 b", "a\n");
	expect("{\\rtf1 a\\'", "a\n");
	expect("{\\rtf1 a\\fs99999999999999 \\f-1 b\\", "ab\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(letters_are_read),
		cmocka_unit_test(old_fonts_are_decoded),
		cmocka_unit_test(what_does_not_show_stays_away),
		cmocka_unit_test(tables_and_pages_are_kept),
		cmocka_unit_test(styles_end_with_their_group),
		cmocka_unit_test(attacks_end_well)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
