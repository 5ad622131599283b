/*
 * Office documents give the words a reader sees, once, line by line, with
 * what is bold, and pages where the document breaks them.
 */
#include "reading.h"

#define WORD_HEAD                                               \
	"<?xml version=\"1.0\"?><w:document xmlns:w=\"urn:w\" " \
	"xmlns:mc=\"urn:mc\" xmlns:v=\"urn:v\"><w:body>"
#define WORD_TAIL "</w:body></w:document>"
#define RUN(text) "<w:r><w:t>" text "</w:t></w:r>"
#define LINE(text) "<w:p>" RUN(text) "</w:p>"

static struct reading read_package(const char *const *parts)
{
	static struct made *made;
	struct bytes content;

	free(made);
	made = made_open("zip");
	for (size_t i = 0; parts[i]; i += 2)
		made_add_text(made, parts[i], parts[i + 1]);
	content = made_close(made);
	return read_content(content, NULL);
}

static struct reading read_word(const char *body, const char *styles)
{
	const char *const parts[] = {
		"[Content_Types].xml", "<Types/>", "word/document.xml", body,
		styles ? "word/styles.xml" : NULL, styles, NULL
	};

	return read_package(parts);
}

static const struct page_word *find_word(const struct reading *reading,
					 const char *text)
{
	static const struct page_word none = { .text = "", .line = -1 };

	for (size_t i = 0; i < reading->document.page_count; i++) {
		const struct page *page = &reading->document.pages[i];

		for (size_t k = 0; k < page->count; k++) {
			if (strcmp(page->words[k].text, text) == 0)
				return &page->words[k];
		}
	}
	return &none;
}

/* clang-format off */
static void text_boxes_come_once(void **state)
{
	struct reading reading = read_word(
		WORD_HEAD
		"<w:p>" RUN("Trước ")
		"<w:r><mc:AlternateContent><mc:Choice>"
		"<w:drawing><w:txbxContent>" LINE("MẬT")
		"</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
		"<w:pict><v:textbox><w:txbxContent>" LINE("MẬT")
		"</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
		"</mc:AlternateContent></w:r>" RUN("sau") "</w:p>" WORD_TAIL,
		NULL);

	(void)state;
	assert_string_equal(reading.document.format, "docx");
	assert_string_equal(reading.document.text, "Trước\nMẬT\nsau\n");
	reading_done(&reading);
}

/* A word may be cut by spelling marks; blanks alone part words. */
static void words_go_on_from_run_to_run(void **state)
{
	struct reading reading = read_word(
		WORD_HEAD "<w:p>" RUN("Ngh") "<w:proofErr/>" RUN("ị đ")
		RUN("ịnh") "<w:r><w:tab/></w:r>" RUN("số 30") "</w:p>"
		WORD_TAIL,
		NULL);

	(void)state;
	assert_string_equal(reading.document.text, "Nghị định số 30\n");
	assert_int_equal(reading.document.pages[0].count, 4);
	reading_done(&reading);
}

static void tables_read_by_rows(void **state)
{
	struct reading reading = read_word(
		WORD_HEAD
		"<w:tbl><w:tr><w:tc>" LINE("SỞ MẪU") LINE("Số: 1/SM-VP")
		"</w:tc><w:tc>" LINE("CỘNG HÒA") LINE("Độc lập")
		"</w:tc></w:tr></w:tbl>"
		"<w:tbl><w:tr><w:tc>" LINE("1") "</w:tc><w:tc>" LINE("Lúa")
		"</w:tc></w:tr><w:tr><w:tc>" LINE("2") "</w:tc><w:tc>"
		LINE("Ngô") "</w:tc></w:tr></w:tbl>" LINE("Hết") WORD_TAIL,
		NULL);

	(void)state;
	assert_string_equal(reading.document.text,
			    "SỞ MẪU\nSố: 1/SM-VP\nCỘNG HÒA\nĐộc lập\n"
			    "1\tLúa\n2\tNgô\nHết\n");
	assert_int_not_equal(find_word(&reading, "1")->line,
			     find_word(&reading, "Lúa")->line);
	reading_done(&reading);
}

static void bold_comes_from_run_and_style(void **state)
{
	struct reading reading = read_word(
		WORD_HEAD
		"<w:p><w:pPr><w:pStyle w:val=\"Dau\"/></w:pPr>" RUN("đậm ")
		"<w:r><w:rPr><w:b w:val=\"0\"/></w:rPr><w:t>thường</w:t>"
		"</w:r></w:p><w:p><w:r><w:rPr><w:b/><w:i/>"
		"<w:sz w:val=\"28\"/></w:rPr><w:t>nghiêng</w:t></w:r></w:p>"
		WORD_TAIL,
		"<w:styles xmlns:w=\"urn:w\"><w:style w:type=\"paragraph\" "
		"w:styleId=\"Goc\"><w:rPr><w:b/></w:rPr></w:style>"
		"<w:style w:styleId=\"Dau\"><w:basedOn w:val=\"Goc\"/>"
		"</w:style></w:styles>");

	(void)state;
	assert_true(find_word(&reading, "đậm")->bold);
	assert_false(find_word(&reading, "thường")->bold);
	assert_true(find_word(&reading, "nghiêng")->bold);
	assert_true(find_word(&reading, "nghiêng")->italic);
	assert_int_equal(find_word(&reading, "nghiêng")->size, 140);
	reading_done(&reading);
}

static void pages_break_where_the_document_says(void **state)
{
	struct reading reading = read_word(
		WORD_HEAD LINE("một") "<w:p><w:r><w:br w:type=\"page\"/></w:r>"
		"</w:p>" LINE("hai") "<w:p><w:r><w:lastRenderedPageBreak/>"
		"<w:t>ba</w:t></w:r></w:p>" WORD_TAIL,
		NULL);

	(void)state;
	assert_int_equal(reading.document.page_count, 3);
	assert_int_equal(reading.document.total_pages, 3);
	assert_string_equal(reading.document.text, "một\n\fhai\n\fba\n");
	assert_int_equal(reading.document.pages[2].source, PAGE_FLOW);
	assert_string_equal(reading.document.pages[2].words[0].text, "ba");
	reading_done(&reading);
}

/* Bytes of TCVN3 and VNI that Word keeps as Latin letters. */
static void old_fonts_are_decoded(void **state)
{
#define FONT(name) "<w:rPr><w:rFonts w:ascii=\"" name "\"/></w:rPr>"
	struct reading reading = read_word(
		WORD_HEAD
		"<w:p><w:r>" FONT(".VnTime")
		"<w:t>Céng ho</w:t></w:r>"
		"<w:r>" FONT(".VnTime")
		"<w:t>µ</w:t></w:r></w:p>"
		"<w:p><w:r>" FONT(".VnTimeH")
		"<w:t>viÖt nam</w:t></w:r></w:p>"
		"<w:p><w:r>" FONT("VNI-Times")
		"<w:t>Ñoäc la</w:t></w:r>"
		"<w:r>" FONT("VNI-Times")
		"<w:t>äp</w:t></w:r></w:p>"
		"<w:p><w:r>" FONT("Arial") "<w:t>Bé</w:t></w:r></w:p>"
		WORD_TAIL,
		NULL);

	(void)state;
	assert_string_equal(reading.document.text,
			    "Cộng hoà\nVIỆT NAM\nĐộc lập\nBé\n");
	reading_done(&reading);
}

static void what_is_deleted_or_hidden_stays_away(void **state)
{
	struct reading reading = read_word(
		WORD_HEAD
		"<w:p><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
		"<w:moveFrom>" RUN("dời")
		"</w:moveFrom><w:r><w:rPr>"
		"<w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:instrText>"
		"PAGE</w:instrText></w:r>" RUN("còn") "</w:p>" WORD_TAIL,
		NULL);

	(void)state;
	assert_string_equal(reading.document.text, "còn\n");
	reading_done(&reading);
}

static void workbooks_read_by_rows(void **state)
{
	static const char *const parts[] = {
		"[Content_Types].xml", "<Types/>",
		"xl/worksheets/sheet10.xml",
		"<worksheet><sheetData><row><c><v>10</v></c></row>"
		"</sheetData></worksheet>",
		"xl/worksheets/sheet2.xml",
		"<worksheet><sheetData><row><c t=\"s\"><v>1</v></c>"
		"<c><v>3.5</v></c></row><row><c t=\"inlineStr\"><is><t>Ngô"
		"</t></is></c><c t=\"s\"><v>99</v></c></row></sheetData>"
		"</worksheet>",
		"xl/sharedStrings.xml",
		"<sst><si><t>Cột</t></si><si><r><t>Lúa </t></r><r><t>nước</t>"
		"</r></si></sst>",
		NULL
	};
	struct reading reading = read_package(parts);

	(void)state;
	assert_string_equal(reading.document.format, "xlsx");
	assert_string_equal(reading.document.text,
			    "Lúa nước\t3.5\nNgô\n\f10\n");
	reading_done(&reading);
}

static void slides_are_pages(void **state)
{
	static const char *const parts[] = {
		"[Content_Types].xml", "<Types/>", "ppt/slides/slide2.xml",
		"<p:sld xmlns:p=\"urn:p\" xmlns:a=\"urn:a\"><a:p><a:r><a:t>Hai"
		"</a:t></a:r></a:p></p:sld>",
		"ppt/slides/slide1.xml",
		"<p:sld xmlns:p=\"urn:p\" xmlns:a=\"urn:a\"><a:p><a:r>"
		"<a:rPr b=\"1\" sz=\"2400\"/><a:t>Báo cáo</a:t></a:r></a:p>"
		"</p:sld>",
		NULL
	};
	struct reading reading = read_package(parts);

	(void)state;
	assert_string_equal(reading.document.format, "pptx");
	assert_string_equal(reading.document.text, "Báo cáo\n\fHai\n");
	assert_true(find_word(&reading, "Báo")->bold);
	assert_int_equal(find_word(&reading, "Báo")->size, 240);
	reading_done(&reading);
}

static void open_documents_read_alike(void **state)
{
	static const char *const parts[] = {
		"mimetype", "application/vnd.oasis.opendocument.text",
		"content.xml",
		"<o:d xmlns:o=\"urn:o\" xmlns:text=\"urn:t\" "
		"xmlns:style=\"urn:s\" xmlns:fo=\"urn:f\" "
		"xmlns:table=\"urn:b\"><style:style style:name=\"T1\">"
		"<style:text-properties fo:font-weight=\"bold\" "
		"fo:font-size=\"14pt\"/></style:style><o:body><text:h>QUYẾT"
		"<text:s/>ĐỊNH</text:h><text:p>Số <text:span "
		"text:style-name=\"T1\">12</text:span>/QĐ</text:p>"
		"<table:table><table:table-row><table:table-cell><text:p>a"
		"</text:p></table:table-cell><table:table-cell><text:p>b"
		"</text:p></table:table-cell></table:table-row></table:table>"
		"<text:p>hết</text:p></o:body></o:d>",
		NULL
	};
	static struct made *made;
	struct reading reading;

	(void)state;
	made = made_open("zip");
	/* its type stands uncompressed in front */
	assert_int_equal(archive_write_zip_set_compression_store(
				 made->archive),
			 ARCHIVE_OK);
	made_add_text(made, parts[0], parts[1]);
	made_add_text(made, parts[2], parts[3]);
	reading = read_content(made_close(made), NULL);
	assert_string_equal(reading.document.format, "odt");
	assert_string_equal(reading.document.text,
			    "QUYẾT ĐỊNH\nSố 12/QĐ\na\tb\nhết\n");
	assert_true(find_word(&reading, "12/QĐ")->bold);
	assert_int_equal(find_word(&reading, "12/QĐ")->size, 140);
	reading_done(&reading);
	free(made);
}

/* A scan inside a document that says nothing itself is to be read; the logo
 * of one that does is not. */
static void scans_inside_are_files(void **state)
{
	static unsigned char scan[20000] = "\xff\xd8\xff\xe0";
	static struct made *made;
	struct reading reading;

	(void)state;
	for (int full = 0; full < 2; full++) {
		made = made_open("zip");
		made_add_text(made, "[Content_Types].xml", "<Types/>");
		made_add_text(made, "word/document.xml",
			      full ? WORD_HEAD
				LINE("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")
				LINE("1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16")
				WORD_TAIL : WORD_HEAD LINE("a") WORD_TAIL);
		made_add(made, "word/media/image1.jpeg", scan, sizeof(scan));
		made_add(made, "word/media/image2.jpeg", scan, 100);
		reading = read_content(made_close(made), NULL);
		assert_int_equal(reading.document.member_count, full ? 0 : 1);
		if (!full) {
			assert_string_equal(reading.document.members[0].type,
					    "image/jpeg");
			assert_string_equal(reading.document.members[0].class,
					    "inline");
		}
		reading_done(&reading);
		free(made);
	}
}

static void what_is_wrong_is_said(void **state)
{
	struct reading reading = read_word(
		"<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
		"<w:document xmlns:w=\"urn:w\">" LINE("&x;") "</w:document>",
		NULL);

	(void)state;
	assert_string_equal(reading.document.reason, "doctype");
	assert_string_equal(reading.document.text, "");
	reading_done(&reading);
	reading = read_word(WORD_HEAD LINE("một") "<w:p><w:r></w:p>", NULL);
	assert_null(reading.document.reason);
	assert_true(reading_has_flag(&reading, "damaged_part"));
	assert_string_equal(reading.document.text, "một\n");
	reading_done(&reading);
}

static void macros_and_passwords_are_said(void **state)
{
	static const char *const parts[] = {
		"[Content_Types].xml", "<Types/>", "word/document.xml",
		WORD_HEAD LINE("a") WORD_TAIL, "word/vbaProject.bin", "x",
		NULL
	};
	static const char locked[] =
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1........"
		"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
	struct reading reading = read_package(parts);

	(void)state;
	assert_true(reading_has_flag(&reading, "macros"));
	reading_done(&reading);
	reading = read_content((struct bytes){ (const unsigned char *)locked,
					       sizeof(locked) },
			       "a.docx");
	assert_string_equal(reading.document.reason, "encrypted");
	reading_done(&reading);
}
/* clang-format on */

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_boxes_come_once),
		cmocka_unit_test(words_go_on_from_run_to_run),
		cmocka_unit_test(tables_read_by_rows),
		cmocka_unit_test(bold_comes_from_run_and_style),
		cmocka_unit_test(pages_break_where_the_document_says),
		cmocka_unit_test(old_fonts_are_decoded),
		cmocka_unit_test(what_is_deleted_or_hidden_stays_away),
		cmocka_unit_test(workbooks_read_by_rows),
		cmocka_unit_test(slides_are_pages),
		cmocka_unit_test(open_documents_read_alike),
		cmocka_unit_test(scans_inside_are_files),
		cmocka_unit_test(what_is_wrong_is_said),
		cmocka_unit_test(macros_and_passwords_are_said)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
