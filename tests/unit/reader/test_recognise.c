/*
 * Recognition: a page drawn, scanned crooked, stamped, and read again, in the
 * jail, by one thread.
 */
#include "base/moment.h"
#include "reader/jail.h"
#include "reader/page_text.h"
#include "reader/recognise.h"
#include "reader/scan.h"
#include "reader/seal.h"
#include "reader/underline.h"
#include <cairo.h>
#include <math.h>
#include <sys/wait.h>
/* last: it brings a macro called fail */
#include "support/test.h"

enum {
	WIDTH = 2480,
	HEIGHT = 3508,
	SEAL_X = 1500,
	SEAL_Y = 1050,
	SEAL_RADIUS = 200
};

struct look {
	double slope; /* radians */
	double seal;  /* its shade, 0 to 1; 0: none */
	bool is_red;
	bool is_stamped; /* a framed stamp over the text */
	bool is_blue;
	bool is_underlined; /* a head whose name is underlined */
};

static void write_line(cairo_t *cairo, double x, double y, const char *text)
{
	cairo_move_to(cairo, x, y);
	cairo_show_text(cairo, text);
}

static void draw_seal(cairo_t *cairo, const struct look *look)
{
	if (look->is_red)
		cairo_set_source_rgba(cairo, 0.85, 0.1, 0.1, look->seal);
	else
		cairo_set_source_rgba(cairo, 0, 0, 0, look->seal);
	cairo_set_operator(cairo, CAIRO_OPERATOR_MULTIPLY); /* as ink */
	cairo_set_line_width(cairo, 6);
	cairo_new_path(cairo); /* no stroke from the name to the seal */
	cairo_arc(cairo, SEAL_X, SEAL_Y, SEAL_RADIUS, 0, 7);
	cairo_stroke(cairo);
	cairo_arc(cairo, SEAL_X, SEAL_Y, SEAL_RADIUS - 20, 0, 7);
	cairo_stroke(cairo);
	cairo_arc(cairo, SEAL_X, SEAL_Y, 40, 0, 7);
	cairo_fill(cairo);
}

/* Over the second line. */
static void draw_stamp(cairo_t *cairo, bool is_blue)
{
	cairo_set_source_rgb(cairo, is_blue ? 0.1 : 0.8, 0.05,
			     is_blue ? 0.8 : 0.05);
	cairo_set_operator(cairo, CAIRO_OPERATOR_MULTIPLY); /* as ink */
	cairo_set_line_width(cairo, 5);
	cairo_rectangle(cairo, 420, 335, 420, 150);
	cairo_stroke(cairo);
	cairo_select_font_face(cairo, "Liberation Sans",
			       CAIRO_FONT_SLANT_NORMAL,
			       CAIRO_FONT_WEIGHT_BOLD);
	cairo_set_font_size(cairo, 56);
	write_line(cairo, 480, 452, "HỎA TỐC");
}

static void underline(cairo_t *cairo, double x, double y, const char *text)
{
	cairo_text_extents_t size;

	cairo_text_extents(cairo, text, &size);
	write_line(cairo, x, y, text);
	cairo_rectangle(cairo, x, y + 3, size.x_advance, 6);
	cairo_fill(cairo);
}

static void draw_head(cairo_t *cairo)
{
	cairo_set_font_size(cairo, 54);
	write_line(cairo, 420, 60, "TỈNH NAM ĐỊNH");
	cairo_select_font_face(cairo, "Liberation Serif",
			       CAIRO_FONT_SLANT_NORMAL,
			       CAIRO_FONT_WEIGHT_BOLD);
	underline(cairo, 380, 124, "ỦY BAN NHÂN DÂN");
	underline(cairo, 400, 188, "ĐẶC KHU LỘC THÁI");
}

static void draw(cairo_t *cairo, const struct look *look)
{
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_rotate(cairo, look->slope);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_select_font_face(cairo, "Liberation Serif",
			       CAIRO_FONT_SLANT_NORMAL,
			       CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cairo, 58);
	write_line(cairo, 300, 300, "Căn cứ Nghị định số 30/2020/NĐ-CP ngày");
	write_line(cairo, 300, 400, "05 tháng 3 năm 2020 của Chính phủ về");
	write_line(cairo, 300, 500, "công tác văn thư, đề nghị các đơn vị");
	write_line(cairo, 1400, 860, "CHỦ TỊCH");
	write_line(cairo, 1400, 1260, "Nguyễn Văn An");
	if (look->seal > 0)
		draw_seal(cairo, look);
	if (look->is_underlined)
		draw_head(cairo);
	if (look->is_stamped)
		draw_stamp(cairo, look->is_blue);
}

static struct Pix *draw_page(const struct look *look)
{
	cairo_surface_t *surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
	cairo_t *cairo = cairo_create(surface);
	struct Pix *picture = pixCreate(WIDTH, HEIGHT, 32);
	const unsigned char *from;
	size_t stride;

	draw(cairo, look);
	cairo_surface_flush(surface);
	from = cairo_image_surface_get_data(surface);
	stride = (size_t)cairo_image_surface_get_stride(surface);
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			const unsigned char *at =
				from + (size_t)y * stride + (size_t)x * 4;

			(void)pixSetRGBPixel(picture, x, y, at[2], at[1],
					     at[0]);
		}
	}
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return picture;
}

static const char expected[] =
	"Căn cứ Nghị định số 30/2020/NĐ-CP ngày\n"
	"05 tháng 3 năm 2020 của Chính phủ về\n"
	"công tác văn thư, đề nghị các đơn vị";

static void read_look(const struct look *look, struct arena *arena,
		      struct page *page, struct text *text)
{
	auto_picture *picture = draw_page(look);

	*page = (struct page){ .number = 1 };
	picture_size(picture, &page->width, &page->height);
	assert_true(recognise_page(picture, arena, page));
	page_text_add(page, text);
}

static void test_text_is_read(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_text text = { 0 };
	struct page page;

	(void)state;
	read_look(&(struct look){ .slope = 0 }, arena, &page, &text);
	assert_int_equal(page.source, PAGE_OCR);
	assert_non_null(strstr(text.string, expected));
	assert_non_null(strstr(text.string, "Nguyễn Văn An"));
	assert_true(page.words[0].confidence > 80);
	assert_in_range(page.words[0].box.left, 1180, 1240);
	assert_in_range(page.words[0].box.bottom, 850, 900);
}

static void test_turned_page_is_read(void **state)
{
	auto_picture *upright = draw_page(&(struct look){ .slope = 0 });

	(void)state;
	for (int quarters = 1; quarters < 4; quarters++) {
		auto_arena *arena = arena_create(0);
		auto_picture *turned = pixRotateOrth(upright, quarters);
		auto_text text = { 0 };
		struct page page = { .number = 1 };

		picture_size(turned, &page.width, &page.height);
		assert_true(recognise_page(turned, arena, &page));
		page_text_add(&page, &text);
		if (!strstr(text.string, expected))
			fail_msg("turned by %d: %s", quarters, text.string);
		assert_true(page.height > page.width);
	}
}

/* The places are those of the page as it came. */
static void test_crooked_page_is_read(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_text text = { 0 };
	struct page page;

	(void)state;
	read_look(&(struct look){ .slope = 0.05 }, arena, &page, &text);
	assert_non_null(strstr(text.string, expected));
	/* (300, 300) turned by 0.05 about the corner */
	assert_in_range(page.words[0].box.left, 1110, 1180);
	assert_in_range(page.words[0].box.bottom, 880, 950);
}

/* Of a black seal in black and white parts of letters are lost for good. */
static void test_seal_hides_no_name(void **state)
{
	static const struct {
		struct look look;
		const char *position, *name;
	} cases[] = { { { .seal = 0.9, .is_red = true },
			"CHỦ TỊCH",
			"Nguyễn Văn An" },
		      { { .seal = 0.45 }, "CHỦ TỊCH", "Nguyễn Văn An" },
		      { { .seal = 1 }, "HỦ T", "Văn An" } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		auto_arena *arena = arena_create(0);
		auto_text text = { 0 };
		struct page page;

		read_look(&cases[i].look, arena, &page, &text);
		if (!strstr(text.string, cases[i].position) ||
		    !strstr(text.string, cases[i].name))
			fail_msg("case %zu: %s", i, text.string);
	}
}

/* Text under it is read, and so is what it says, apart from the text. */
static void test_stamp_hides_no_text(void **state)
{
	(void)state;
	for (int is_blue = 0; is_blue < 2; is_blue++) {
		const struct look look = { .slope = is_blue ? 0.02 : 0,
					   .is_stamped = true,
					   .is_blue = is_blue };
		auto_arena *arena = arena_create(0);
		auto_text text = { 0 }, stamp = { 0 };
		struct page page;

		read_look(&look, arena, &page, &text);
		for (size_t i = 0; i < page.count; i++)
			if (page.words[i].is_stamp)
				text_add(&stamp, page.words[i].text);
		if (!strstr(text.string, expected) ||
		    strcmp(text_string(&stamp), "HỎATỐC") != 0)
			fail_msg("blue %d: '%s' of %s", is_blue,
				 text_string(&stamp), text.string);
	}
}

/* Dots below letters stay, and so does a letter that stands on it. */
static void test_underline_goes_and_marks_stay(void **state)
{
	auto_picture *picture =
		draw_page(&(struct look){ .is_underlined = true });
	auto_picture *grey = pixConvertTo8(picture, 0);
	auto_picture *black = NULL;
	auto_picture *lines = NULL;
	l_int32 before = 0, after = 0;

	(void)state;
	black = pixThresholdToBinary(grey, 150);
	(void)pixCountPixels(black, &before, NULL);
	picture_done(&black);
	underline_remove(grey);
	black = pixThresholdToBinary(grey, 150);
	(void)pixCountPixels(black, &after, NULL);
	lines = pixOpenBrick(NULL, black, 90, 1);
	print_message("%d\n", before - after);
	assert_in_range(before - after, 4000, 7000);
	(void)pixCountPixels(lines, &after, NULL);
	assert_int_equal(after, 0);
}

static void test_seal_is_found_where_it_is(void **state)
{
	const struct look look = { .seal = 1 };
	auto_picture *picture = draw_page(&look);
	auto_picture *grey = pixConvertTo8(picture, 0);
	struct seal seals[SEALS_MAX];

	(void)state;
	assert_int_equal(seal_find(grey, seals), 1);
	assert_in_range(seals[0].x, SEAL_X - 4, SEAL_X + 4);
	assert_in_range(seals[0].y, SEAL_Y - 4, SEAL_Y + 4);
	assert_in_range(seals[0].radius, SEAL_RADIUS - 6, SEAL_RADIUS + 6);
}

static void test_empty_page_gives_nothing(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_picture *picture = pixCreate(1240, 1754, 1);
	struct page page = { .number = 1 };

	(void)state;
	assert_false(recognise_page(picture, arena, &page));
	assert_int_equal(page.count, 0);
}

/* No thread can begin there: Tesseract must not ask for one. */
static int read_in_jail(void)
{
	auto_arena *arena = arena_create(0);
	auto_picture *picture = draw_page(&(struct look){ .slope = 0 });
	auto_text text = { 0 };
	struct page page = { .number = 1 };
	struct fail why = { 0 };

	if (!jail_close(0, &why) || !recognise_page(picture, arena, &page))
		return 1;
	page_text_add(&page, &text);
	return strstr(text.string, expected) ? 0 : 2;
}

static void test_recognition_works_in_jail(void **state)
{
	pid_t pid = fork();
	int status = 0;

	(void)state;
	if (pid == 0)
		_exit(read_in_jail());
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_is_read),
		cmocka_unit_test(test_turned_page_is_read),
		cmocka_unit_test(test_crooked_page_is_read),
		cmocka_unit_test(test_seal_hides_no_name),
		cmocka_unit_test(test_stamp_hides_no_text),
		cmocka_unit_test(test_underline_goes_and_marks_stay),
		cmocka_unit_test(test_seal_is_found_where_it_is),
		cmocka_unit_test(test_empty_page_gives_nothing),
		cmocka_unit_test(test_recognition_works_in_jail),
	};
	int failed;

	picture_open();
	recognise_open();
	if (!recognise_is_possible())
		return 77; /* no model here */
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	recognise_close();
	return failed;
}
