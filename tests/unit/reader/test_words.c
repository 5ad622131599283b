/*
 * Words read again: what two readings of a line are worth, and which lines of
 * ink nobody read.
 */
#include "reader/words.h"
/* last: it brings a macro called fail */
#include "support/test.h"

enum {
	WIDTH = 2480,
	HEIGHT = 3508
};

static const struct spot number_spot = { 500, 400, 900, 440 };

static struct words words_with(struct arena *arena, const char *text,
			       int confidence)
{
	struct words words = { .arena = arena };

	words_add(&words,
		  &(struct page_word){ .text = text,
				       .box = { 2000, 1100, 3600, 1250 },
				       .confidence = confidence },
		  &number_spot);
	return words;
}

/* What becomes of a word that is read again. */
static struct page_word read_twice(struct arena *arena, const char *text,
				   int confidence, const char *again,
				   int confidence_again)
{
	struct words words = words_with(arena, text, confidence);
	struct words other = words_with(arena, again, confidence_again);

	assert_true(words_compare(&words, &number_spot, &other));
	assert_int_equal(words.count, 1);
	return words.items[0];
}

static void test_readings_that_agree_are_trusted_more(void **state)
{
	auto_arena *arena = arena_create(0);
	struct page_word word =
		read_twice(arena, "48/TTr-BNV", 70, "48/TTr-BNV", 90);

	(void)state;
	assert_string_equal(word.text, "48/TTr-BNV");
	assert_int_equal(word.confidence, 90);
}

static void test_readings_that_differ_are_not_trusted(void **state)
{
	auto_arena *arena = arena_create(0);
	struct page_word word =
		read_twice(arena, "48/TIr-BNV", 73, "48/TTr-BNV", 87);

	(void)state;
	assert_string_equal(word.text, "48/TTr-BNV");
	assert_true(word.confidence < 70);
	word = read_twice(arena, "48/TTr-BNV", 91, "43/TTr-BNV", 80);
	assert_string_equal(word.text, "48/TTr-BNV");
	assert_true(word.confidence < 70);
	/* a second reading that is none says nothing about the first */
	word = read_twice(arena, "48/TTr-BNV", 91, "lJ/T", 20);
	assert_int_equal(word.confidence, 91);
}

static void test_a_number_and_bad_words_are_read_again(void **state)
{
	static const struct spot above = { 480, 280, 820, 360 };
	auto_arena *arena = arena_create(0);
	struct words words = words_with(arena, "48/TTr-BNV", 95);
	struct spot spots[4];

	(void)state;
	words_add(&words,
		  &(struct page_word){ .text = "TỈNH",
				       .box = { 2000, 900, 2600, 1000 },
				       .confidence = 95 },
		  &(struct spot){ 500, 300, 640, 340 });
	words_add(&words,
		  &(struct page_word){ .text = "TIEN",
				       .box = { 2700, 900, 3200, 1000 },
				       .confidence = 60 },
		  &(struct spot){ 660, 300, 800, 340 });
	words_add(&words,
		  &(struct page_word){ .text = "12/QĐ-UBND",
				       .box = { 2700, 8000, 3200, 8100 },
				       .confidence = 60 },
		  &(struct spot){ 660, 2800, 800, 2840 });
	assert_true(words_is_doubtful(&words, 0));
	assert_false(words_is_doubtful(&words, 1));
	assert_true(words_is_doubtful(&words, 2));
	assert_false(words_is_doubtful(&words, 3));
	assert_int_equal(words_trusted(&words, spots), 2);
	assert_true(words_is_read(&words, &above));
	assert_false(words_is_read(&words, &number_spot));
}

static void test_a_line_nobody_read_is_added(void **state)
{
	static const struct spot line = { 1400, 400, 2200, 440 };
	auto_arena *arena = arena_create(0);
	struct words words = words_with(arena, "48/TTr-BNV", 95);
	struct words other = words_with(arena, "Huế,", 92);
	struct words dirt = words_with(arena, "W|", 40);

	(void)state;
	assert_false(words_compare(&words, &line, &dirt));
	assert_int_equal(words.count, 1);
	assert_true(words_compare(&words, &line, &other));
	assert_int_equal(words.count, 2);
	assert_string_equal(words.items[1].text, "Huế,");
	assert_int_not_equal(words.items[1].line, words.items[0].line);
}

/* Strokes as high as letters, as far apart. */
static void draw_line(struct Pix *picture, const struct spot *line)
{
	for (int x = line->left; x + 6 <= line->right; x += 16)
		(void)pixRasterop(picture, x, line->top, 6,
				  line->bottom - line->top, PIX_CLR, NULL, 0,
				  0);
}

static void test_lines_without_words_are_found(void **state)
{
	static const struct spot drawn[] = { { 300, 300, 1100, 340 },
					     { 300, 400, 700, 440 },
					     { 1400, 400, 2200, 440 } };
	static const struct spot rule = { 300, 600, 2200, 608 };
	static const struct spot blot = { 300, 800, 700, 1200 };
	auto_picture *picture = pixCreate(WIDTH, HEIGHT, 8);
	struct spot lines[UNREAD_MAX];

	(void)state;
	(void)pixSetAll(picture);
	for (size_t i = 0; i < sizeof(drawn) / sizeof(drawn[0]); i++)
		draw_line(picture, &drawn[i]);
	draw_line(picture, &rule);
	draw_line(picture, &blot);
	assert_int_equal(unread_find(picture, drawn, 1, lines), 2);
	for (size_t i = 0; i < 2; i++) {
		assert_in_range(lines[i].top, 388, 408);
		assert_in_range(lines[i].bottom, 432, 452);
	}
	assert_int_equal(unread_find(picture, drawn, 3, lines), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_readings_that_agree_are_trusted_more),
		cmocka_unit_test(test_readings_that_differ_are_not_trusted),
		cmocka_unit_test(test_a_number_and_bad_words_are_read_again),
		cmocka_unit_test(test_a_line_nobody_read_is_added),
		cmocka_unit_test(test_lines_without_words_are_found),
	};

	picture_open();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
