/*
 * Text and web pages in old and new encodings read the same.
 */
#include "reader/html.h"
#include "reading.h"

#define BYTES(text) ((struct bytes){ (const unsigned char *)(text), \
				     sizeof(text) - 1 })

static const char wanted[] =
	"Cộng hoà xã hội chủ nghĩa Việt Nam - Độc lập - Tự do - Hạnh phúc\n";

static void every_encoding_reads_the_same(void **state)
{
	const struct bytes contents[] = {
		BYTES("Cộng hoà xã hội chủ nghĩa Việt Nam - Độc lập - Tự do - "
		      "Hạnh phúc"),
		BYTES("\xef\xbb\xbf" /* with a byte order mark */
		      "Cộng hoà xã hội chủ nghĩa Việt Nam - Độc lập - Tự do - "
		      "Hạnh phúc"),
		/* TCVN3 in its bytes, and kept as Latin letters */
		BYTES("C\xe9ng ho\xb5 x\xb7 h\xe9i ch\xf1 ngh\xdc"
		      "a Vi\xd6t Nam - "
		      "\xa7\xe9"
		      "c l\xcbp - T\xf9 do - H\xb9nh ph\xf3"
		      "c"),
		BYTES("Céng hoµ x· héi chñ nghÜa ViÖt Nam - §éc lËp - Tù do - "
		      "H¹nh phóc"),
	};

	(void)state;
	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
		struct reading reading = read_content(contents[i], "a.txt");

		assert_string_equal(reading.document.text, wanted);
		assert_int_equal(reading.document.page_count, 1);
		reading_done(&reading);
	}
}

static void utf16_is_text(void **state)
{
	struct reading reading =
		read_content(BYTES("\xff\xfe"
				   "S\0\xd1\x1e \0\x35\0\n\0"),
			     NULL);

	(void)state;
	assert_string_equal(reading.document.text, "Số 5\n");
	reading_done(&reading);
	reading = read_content(BYTES("\xfe\xff\0S\x1e\xd1"), NULL);
	assert_string_equal(reading.document.text, "Số\n");
	reading_done(&reading);
}

static void tabs_are_seen_in_the_text(void **state)
{
	struct reading reading =
		read_content(BYTES("1\t\tL\xc3\xba"
				   "a\t\n\tb\n"),
			     NULL);

	(void)state;
	assert_string_equal(reading.document.text, "1\tLúa\nb\n");
	assert_int_equal(reading.document.pages[0].words[1].line, 0);
	reading_done(&reading);
}

static void pages_and_blocks_are_kept(void **state)
{
	struct reading reading =
		read_content(BYTES("một\nhai\n\nba\n\fbốn\n"), NULL);
	const struct page_word *words;

	(void)state;
	assert_int_equal(reading.document.page_count, 2);
	words = reading.document.pages[0].words;
	assert_int_equal(words[0].block, words[1].block);
	assert_int_not_equal(words[0].line, words[1].line);
	assert_int_not_equal(words[1].block, words[2].block);
	reading_done(&reading);
}

static void web_pages_called_doc_are_read(void **state)
{
	const struct bytes pages[] = {
		BYTES("<html><head><meta charset=\"utf-8\"><style>p{}</style>"
		      "</head><body><p>Số <b>12</b>/QĐ<script>x()</script>"
		      "<p>Họp&nbsp;báo</body></html>"),
		BYTES("<html><head><meta http-equiv=Content-Type content="
		      "\"text/html; charset=windows-1258\"></head><body>"
		      "<p>S\xf4\xec 12/Q\xd0<p>Ho\xf2p b\xe1o")
	};

	(void)state;
	html_open();
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct reading reading = read_content(pages[i], "a.doc");

		assert_string_equal(reading.document.format, "html");
		assert_string_equal(reading.document.text,
				    "Số 12/QĐ\nHọp báo\n");
		reading_done(&reading);
	}
}

static void word_asks_for_its_tool(void **state)
{
	static const char empty[4096] =
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1........"
		"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t\0";
	static const char table[4096] =
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1........"
		"W\0o\0r\0k\0b\0o\0o\0k\0\0\0";
	struct reading reading = read_content(BYTES(empty), "a.doc");

	(void)state;
	assert_string_equal(reading.document.format, "doc");
	assert_string_equal(reading.document.reason, "tool.catdoc");
	reading_done(&reading);
	reading = read_content(BYTES(table), "a.doc");
	assert_string_equal(reading.document.format, "xls");
	assert_string_equal(reading.document.reason, "tool.xls2csv");
	reading_done(&reading);
	reading = read_content((struct bytes){ NULL, 0 }, "a.doc");
	assert_string_equal(reading.document.reason, "empty");
	reading_done(&reading);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_encoding_reads_the_same),
		cmocka_unit_test(utf16_is_text),
		cmocka_unit_test(tabs_are_seen_in_the_text),
		cmocka_unit_test(pages_and_blocks_are_kept),
		cmocka_unit_test(web_pages_called_doc_are_read),
		cmocka_unit_test(word_asks_for_its_tool)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
