/*
 * PDF: words, places and styles of what people write, and a reason for what
 * is made to hurt.
 */
#include "base/moment.h"
#include "reader/pdf.h"
#include "reading.h"
#include "support/pdf.h"
#include <cairo-pdf.h>
#include <cairo.h>
#include <zlib.h>

enum {
	BOMB = 64 * 1024 * 1024
};

static cairo_status_t keep_bytes(void *context, const unsigned char *data,
				 unsigned size)
{
	text_add_part(context, (const char *)data, size);
	return CAIRO_STATUS_SUCCESS;
}

struct line {
	double x, y, size;
	bool bold, italic;
	const char *text;
};

static void draw(cairo_t *cairo, const struct line *lines, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cairo_font_slant_t slant = CAIRO_FONT_SLANT_NORMAL;
		cairo_font_weight_t weight = CAIRO_FONT_WEIGHT_NORMAL;

		if (lines[i].italic)
			slant = CAIRO_FONT_SLANT_ITALIC;
		if (lines[i].bold)
			weight = CAIRO_FONT_WEIGHT_BOLD;
		cairo_select_font_face(cairo, "Liberation Serif", slant,
				       weight);
		cairo_set_font_size(cairo, lines[i].size);
		cairo_move_to(cairo, lines[i].x, lines[i].y);
		cairo_show_text(cairo, lines[i].text);
	}
}

/* One page of A4. */
static void make_file(struct text *ret, const struct line *lines,
		      size_t count)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
		keep_bytes, ret, 595, 842);
	cairo_t *cairo = cairo_create(surface);

	draw(cairo, lines, count);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

static struct bytes bytes_of_text(const struct text *text)
{
	return (struct bytes){ (const unsigned char *)text->string,
			       text->size };
}

static const struct page_word *find_word(const struct reading *reading,
					 const char *text)
{
	const struct page *page = reading->document.pages;

	assert_true(reading->document.page_count > 0);
	for (size_t i = 0; i < page->count; i++) {
		if (strcmp(page->words[i].text, text) == 0)
			return &page->words[i];
	}
	fail_msg("no word '%s' in '%s'", text, reading->document.text);
	return NULL;
}

static const struct line head[] = {
	{ 60, 60, 13, false, false, "ỦY BAN NHÂN DÂN" },
	{ 280, 60, 13, true, false, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" },
	{ 60, 76, 13, true, false, "TỈNH LÂM ĐỒNG" },
	{ 330, 76, 13, true, false, "Độc lập - Tự do - Hạnh phúc" },
	{ 60, 100, 13, false, false, "Số: 12/UBND-VX" },
	{ 300, 100, 13, false, true, "Lâm Đồng, ngày 01 tháng 6 năm 2026" },
	{ 60, 180, 14, false, false, "Căn cứ đề nghị của Sở Tài chính" }
};

static void test_words_have_places_and_styles(void **state)
{
	auto_text file = { 0 };
	struct reading reading;
	const struct page_word *word;

	(void)state;
	make_file(&file, head, sizeof(head) / sizeof(head[0]));
	reading = read_content(bytes_of_text(&file), NULL);
	assert_null(reading.document.reason);
	assert_string_equal(reading.document.format, "pdf");
	assert_int_equal(reading.document.total_pages, 1);
	assert_false(reading.document.needs_recognition);
	assert_int_equal(reading.document.pages->width, 5950);
	assert_int_equal(reading.document.pages->height, 8420);
	word = find_word(&reading, "TỈNH");
	assert_true(word->bold);
	assert_false(word->italic);
	assert_in_range(word->size, 128, 132);
	assert_int_equal(word->confidence, 100);
	assert_in_range(word->box.left, 990, 1030);
	assert_in_range(word->box.bottom, 890, 960);
	assert_true(find_word(&reading, "ngày")->italic);
	assert_false(find_word(&reading, "Căn")->bold);
	reading_done(&reading);
}

/* The left column first, then the right one, then what spans both. */
static void test_columns_are_read_one_by_one(void **state)
{
	auto_text file = { 0 };
	struct reading reading;

	(void)state;
	make_file(&file, head, sizeof(head) / sizeof(head[0]));
	reading = read_content(bytes_of_text(&file), NULL);
	assert_string_equal(reading.document.text,
			    "ỦY BAN NHÂN DÂN\n"
			    "TỈNH LÂM ĐỒNG\n"
			    "Số: 12/UBND-VX\n\n"
			    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
			    "Độc lập - Tự do - Hạnh phúc\n"
			    "Lâm Đồng, ngày 01 tháng 6 năm 2026\n\n"
			    "Căn cứ đề nghị của Sở Tài chính");
	reading_done(&reading);
}

static struct reading read_made(struct pdf_maker *maker, const char *trailer)
{
	pdf_end(maker, trailer);
	return read_content(pdf_bytes(maker), NULL);
}

static void test_old_fonts_are_repaired(void **state)
{
	static const struct {
		const char *font, *bytes, *text;
	} cases[] = {
		{ "/.VnTime",
		  "C\xab"
		  "ng v\xa8n",
		  "Công văn" },
		{ "/ABCDEF+.VnTimeH", "qu\xd0", "QUÉ" },
		{ "/VNI-Times",
		  "Co\xe2ng va\xea"
		  "n",
		  "Công văn" }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pdf_maker maker;
		auto_text content = { 0 };
		auto_text font = { 0 };
		struct reading reading;

		text_addf(&content, "BT /F 12 Tf 50 800 Td (%s) Tj ET",
			  cases[i].bytes);
		pdf_begin(&maker);
		pdf_add_page(&maker, "", content.string);
		maker.count--; /* a font of our own instead */
		text_addf(&font,
			  "<</Type/Font/Subtype/TrueType/BaseFont%s"
			  "/Encoding/WinAnsiEncoding>>",
			  cases[i].font);
		pdf_add(&maker, font.string);
		reading = read_made(&maker, "/Root 1 0 R");
		assert_string_equal(reading.document.text, cases[i].text);
		reading_done(&reading);
		text_done(&maker.text);
	}
}

static void test_files_inside_come_out(void **state)
{
	struct pdf_maker maker;
	struct reading reading;

	(void)state;
	pdf_begin(&maker);
	pdf_add_page(&maker, "/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>",
		     "BT /F 12 Tf 50 800 Td (Hello) Tj ET");
	pdf_add_stream(&maker, "/Type/EmbeddedFile",
		       bytes_of("%PDF-1.4 inner"));
	pdf_add(&maker,
		"<</Type/Filespec/F(../phu luc.pdf)"
		"/UF(../phu luc.pdf)/EF<</F 6 0 R>>>>");
	reading = read_made(&maker, "/Root 1 0 R");
	assert_int_equal(reading.document.member_count, 1);
	assert_string_equal(reading.document.members[0].name, "phu luc.pdf");
	assert_string_equal(reading.document.members[0].type,
			    "application/pdf");
	assert_string_equal(reading_member(&reading, 0), "%PDF-1.4 inner");
	reading_done(&reading);
	text_done(&maker.text);
}

static void test_room_may_be_too_small(void **state)
{
	static unsigned char room[8];
	auto_arena *arena = arena_create(0);
	struct document_request request = { .room = room, .room_size = 8 };
	struct document document = { .arena = arena };
	struct fail why = { 0 };
	struct pdf_maker maker;

	(void)state;
	pdf_begin(&maker);
	pdf_add_page(&maker, "/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>",
		     "");
	pdf_add_stream(&maker, "/Type/EmbeddedFile", bytes_of("123456789"));
	pdf_add(&maker, "<</Type/Filespec/F(a)/EF<</F 6 0 R>>>>");
	pdf_end(&maker, "/Root 1 0 R");
	request.content = pdf_bytes(&maker);
	assert_false(pdf_read(&request, &document, &why));
	assert_int_equal(why.kind, FAIL_LIMIT);
	text_done(&maker.text);
}

static void test_dangers_are_flagged(void **state)
{
	struct pdf_maker maker;
	struct reading reading;

	(void)state;
	pdf_begin(&maker);
	pdf_add_page(&maker,
		     "/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"
		     "/AcroForm<</Fields[]>>",
		     "BT /F 12 Tf 50 800 Td (Hello) Tj ET");
	reading = read_made(&maker, "/Root 1 0 R");
	assert_true(reading_has_flag(&reading, "javascript"));
	assert_true(reading_has_flag(&reading, "form"));
	assert_false(reading_has_flag(&reading, "encrypted"));
	assert_string_equal(reading.document.text, "Hello");
	reading_done(&reading);
	text_done(&maker.text);
}

static void deflate_text(const char *unit, size_t size, struct text *ret)
{
	z_stream stream = { 0 };
	size_t length = strlen(unit);
	unsigned char piece[65536];
	char *block = malloc(length * 1000);

	for (size_t i = 0; i < 1000; i++)
		memcpy(block + i * length, unit, length);
	assert_int_equal(deflateInit(&stream, 9), Z_OK);
	for (size_t at = 0; at <= size; at += length * 1000) {
		bool is_last = at + length * 1000 > size;

		stream.next_in = (unsigned char *)block;
		stream.avail_in = (uInt)(length * 1000);
		do {
			stream.next_out = piece;
			stream.avail_out = sizeof(piece);
			(void)deflate(&stream, is_last ? Z_FINISH : Z_NO_FLUSH);
			text_add_part(ret, (char *)piece,
				      sizeof(piece) - stream.avail_out);
		} while (stream.avail_out == 0);
	}
	(void)deflateEnd(&stream);
	free(block);
}

/* In a stream of objects, where a search for names sees nothing. */
static void test_hidden_scripts_are_found(void **state)
{
	struct pdf_maker maker;
	struct reading reading;
	auto_text folded = { 0 };

	(void)state;
	deflate_text("9 0 <</S/JavaScript/JS(x)>> ", 10, &folded);
	pdf_begin(&maker);
	pdf_add_page(&maker, "", "");
	pdf_add_stream(&maker,
		       "/Type/ObjStm/N 1/First 4/Filter/FlateDecode",
		       bytes_of_text(&folded));
	reading = read_made(&maker, "/Root 1 0 R");
	assert_true(reading_has_flag(&reading, "javascript"));
	reading_done(&reading);
	text_done(&maker.text);
}

static void add_bomb(struct pdf_maker *maker, const char *unit, int times)
{
	auto_text folded = { 0 };

	deflate_text(unit, BOMB, &folded);
	pdf_begin(maker);
	pdf_add(maker, "<</Type/Catalog/Pages 2 0 R>>");
	pdf_add(maker, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
	pdf_add(maker,
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]"
		"/Contents 4 0 R>>");
	if (times == 1) {
		pdf_add_stream(maker, "/Filter/FlateDecode",
			       bytes_of_text(&folded));
	} else {
		unsigned char twice[65536];
		uLongf size = sizeof(twice);

		assert_int_equal(compress2(twice, &size,
					   (unsigned char *)folded.string,
					   folded.size, 9),
				 Z_OK);
		pdf_add_stream(maker, "/Filter[/FlateDecode/FlateDecode]",
			       (struct bytes){ twice, size });
	}
}

static void test_bombs_are_not_unfolded(void **state)
{
	static const struct {
		const char *unit;
		int times;
	} cases[] = {
		{ "BT (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET ", 1 },
		{ "<616161616161616161616161616161616161616161616161> Tj ", 1 },
		{ "(aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ", 2 }
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct pdf_maker maker;
		struct reading reading;
		int64_t start = moment_ticks();

		add_bomb(&maker, cases[i].unit, cases[i].times);
		reading = read_made(&maker, "/Root 1 0 R");
		assert_string_equal(reading.document.reason,
				    "limit.unpacked");
		assert_true(moment_ticks() - start < 20000);
		reading_done(&reading);
		text_done(&maker.text);
	}
}

/* A page that says it is full of kids and is its own parent. */
static void test_loops_end(void **state)
{
	struct pdf_maker maker;
	struct reading reading;

	(void)state;
	pdf_begin(&maker);
	pdf_add(&maker, "<</Type/Catalog/Pages 2 0 R>>");
	pdf_add(&maker, "<</Type/Pages/Count 9/Kids[2 0 R 3 0 R 2 0 R]>>");
	pdf_add(&maker, "<</Type/Pages/Parent 2 0 R/Count 4/Kids[2 0 R]>>");
	reading = read_made(&maker, "/Root 1 0 R");
	assert_string_equal(reading.document.reason, "damaged");
	reading_done(&reading);
	text_done(&maker.text);
}

static void test_password_is_a_reason(void **state)
{
	struct pdf_maker maker;
	struct reading reading;

	(void)state;
	pdf_begin(&maker);
	pdf_add_page(&maker, "", "BT /F 12 Tf 50 800 Td (Hello) Tj ET");
	reading = read_made(
		&maker,
		"/Root 1 0 R/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2"
		"/O(01234567890123456789012345678901)"
		"/U(01234567890123456789012345678901)/P -4>>");
	assert_string_equal(reading.document.reason, "encrypted");
	assert_true(reading_has_flag(&reading, "encrypted"));
	assert_null(reading.document.text);
	reading_done(&reading);
	text_done(&maker.text);
}

static void test_huge_pages_are_harmless(void **state)
{
	static const char *const boxes[] = { "0 0 20000000 20000000",
					     "0 0 1e30 1e30", "0 0 0 0",
					     "0 0 -5 1", "0 0 1 200000" };

	(void)state;
	for (size_t i = 0; i < sizeof(boxes) / sizeof(boxes[0]); i++) {
		struct pdf_maker maker;
		struct reading reading;
		auto_text page = { 0 };

		pdf_begin(&maker);
		pdf_add(&maker, "<</Type/Catalog/Pages 2 0 R>>");
		pdf_add(&maker, "<</Type/Pages/Count 1/Kids[3 0 R]>>");
		text_addf(&page,
			  "<</Type/Page/Parent 2 0 R/MediaBox[%s]"
			  "/Contents 4 0 R>>",
			  boxes[i]);
		pdf_add(&maker, page.string);
		pdf_add_stream(&maker, "", bytes_of("0 0 m 9 9 l S"));
		reading = read_made(&maker, "/Root 1 0 R");
		assert_int_equal(reading.document.total_pages, 1);
		assert_int_equal(reading.document.page_count, 0);
		reading_done(&reading);
		text_done(&maker.text);
	}
}

static void test_damaged_files_have_a_reason(void **state)
{
	static const char *const files[] = {
		"%PDF-1.7\n", "%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n",
		"%PDF-1.4\nstream stream endstream stream\n%%EOF",
		"junk before %PDF-1.4 /ByteRange[0 1 2"
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		struct reading reading =
			read_content(bytes_of(files[i]), "a.pdf");

		assert_string_equal(reading.document.format, "pdf");
		assert_string_equal(reading.document.reason, "damaged");
		reading_done(&reading);
	}
}

/* Cut at any place it ends with a text or a reason. */
static void test_cut_files_end(void **state)
{
	auto_text file = { 0 };

	(void)state;
	make_file(&file, head, sizeof(head) / sizeof(head[0]));
	for (size_t size = 9; size < file.size; size += 97) {
		struct bytes part = bytes_part(bytes_of_text(&file), 0, size);
		struct reading reading = read_content(part, NULL);

		assert_true(reading.document.reason ||
			    reading.document.total_pages >= 0);
		reading_done(&reading);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words_have_places_and_styles),
		cmocka_unit_test(test_columns_are_read_one_by_one),
		cmocka_unit_test(test_old_fonts_are_repaired),
		cmocka_unit_test(test_files_inside_come_out),
		cmocka_unit_test(test_room_may_be_too_small),
		cmocka_unit_test(test_dangers_are_flagged),
		cmocka_unit_test(test_hidden_scripts_are_found),
		cmocka_unit_test(test_bombs_are_not_unfolded),
		cmocka_unit_test(test_loops_end),
		cmocka_unit_test(test_password_is_a_reason),
		cmocka_unit_test(test_huge_pages_are_harmless),
		cmocka_unit_test(test_damaged_files_have_a_reason),
		cmocka_unit_test(test_cut_files_end),
	};

	pdf_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
