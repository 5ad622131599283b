#include "base/moment.h"
#include "core/search_item.h"
#include "core/search_tag.h"
#include "viet/word.h"
/* last: it brings a macro called fail */
#include "support/test.h"
#include <string.h>

static void test_a_signer_has_one_key_however_written(void **state)
{
	static const struct {
		const char *written, *name;
	} cases[] = {
		{ "Nguyễn Văn An", "Nguyễn Văn An" },
		{ "NGUYỄN VĂN AN", "Nguyễn Văn An" },
		{ "  nguyễn\tvăn   an. ", "Nguyễn Văn An" },
		{ "Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An" },
		{ "Lê Thị Hoà", "Lê Thị Hòa" },
		{ "LÊ THỊ HÒA", "Lê Thị Hòa" },
		{ "đỗ, hữu tài", "Đỗ Hữu Tài" },
		{ "K'BRÊL", "K'Brêl" },
		{ "H’Hen Niê", "H'Hen Niê" },
		{ "Tô Quý", "Tô Quý" },
		{ "\x01gx \x01", "Gx" },
		{ "", "" },
		{ " .,;:\"'()* ", "" },
		{ "\xFF\xFE", "" },
		{ NULL, "" },
	};
	auto_arena *arena = arena_create(0);
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const char *key = search_signer_key(cases[i].written, arena);

		assert_string_equal(search_signer_name(key, arena),
				    cases[i].name);
		/* What is shown is what the filter takes. */
		assert_string_equal(search_signer_key(cases[i].name, arena),
				    key);
	}
	assert_string_not_equal(search_signer_key("Trần An", arena),
				search_signer_key("Trần Ân", arena));
	assert_string_not_equal(search_signer_key("Trần An", arena),
				search_signer_key("Trầnan", arena));
}

/* One word for the cutter, or the index would not find it again. */
static void test_any_name_is_one_word_of_the_index(void **state)
{
	auto_arena *arena = arena_create(0);
	unsigned value = 5;
	(void)state;

	for (int round = 0; round < 5000; round++) {
		static const char *const pieces[] = {
			"Nguyễn",
			"hoà",
			"K'",
			" ",
			"'",
			",",
			"\x01",
			"_",
			"1",
			"ʼ",
			"ˍ",
			"\xCC",
			"\u0301",
			"漢",
			"Ươ",
			"=",
			"-",
			".",
			"\"",
			"ﬀ",
			"qu ý",
		};
		char name[400] = "";
		struct word_reader reader;
		struct word word;
		const char *tag;
		size_t size = 0;

		for (int i = 0; i < round % 40; i++) {
			const char *piece;

			value = value * 1664525u + 1013904223u;
			piece = pieces[(value >> 16) %
				       (sizeof pieces / sizeof pieces[0])];
			memcpy(name + size, piece, strlen(piece) + 1);
			size += strlen(piece);
		}
		tag = search_signer_key(name, arena);
		if (*tag == '\0')
			continue;
		tag = arena_print(arena, "\x01g%s", tag);
		reader = word_reader_of(bytes_of(tag));
		assert_true(word_next(&reader, &word));
		assert_string_equal(word.exact, tag);
		assert_false(word_next(&reader, &word));
		arena_reset(arena);
	}
}

/* The tag of an item that counts, as it would be on that day; the filter must
 * say the same. */
static const char *value_of(const struct search_item *item, int64_t today,
			    struct arena *arena)
{
	const char *const values[] = { "lmet", "lopen", "loverdue" };
	const char *tags = text_string(&item->tags), *found = NULL;

	while ((tags = strchr(tags, '\x01')) != NULL) {
		size_t size = strcspn(++tags, " ");
		const char *value = search_deadline_value(tags, size, today);

		if (value) {
			assert_null(found);
			found = value;
		}
	}
	for (size_t i = 0; i < 3; i++) {
		const struct match_filter asked = { &values[i], 1 };
		const struct match_filter filter =
			search_deadline_filter(&asked, today, arena);
		size_t count = 0;

		for (size_t j = 0; j < filter.count; j++) {
			const char *tag = arena_print(arena, " \x01%s ",
						      filter.tags[j]);

			count += strstr(text_string(&item->tags), tag) != NULL;
		}
		assert_int_equal(count,
				 found && strcmp(found, values[i]) == 0);
	}
	return found;
}

static void test_a_deadline_passes_with_its_day(void **state)
{
	static const int64_t days[] = { -5, 0, 1, 4, 20618,
					20619, 20620, 20623, 20624, 20736,
					65534, 65535, 65536, 376199 };
	enum {
		COUNT = sizeof days / sizeof days[0]
	};
	auto_arena *arena = arena_create(0);
	(void)state;

	for (size_t i = 0; i < COUNT * COUNT; i++) {
		int64_t due = days[i / COUNT], today = days[i % COUNT];
		char iso[DAY_SIZE];
		auto_item item;

		search_item_init(&item, "entry", 1);
		day_print(day_from_number(due), iso);
		item.due_day = iso;
		search_deadline_add(&item);
		text_add_char(&item.tags, ' ');
		/* Before 1970 and after 2149 all days are one. */
		if (due < 0)
			due = 0;
		if (due > 65535)
			due = 65535;
		if (today > 65535)
			today = 65535;
		assert_string_equal(value_of(&item, today, arena),
				    due < today ? "loverdue" : "lopen");
	}
}

static void test_what_met_its_deadline_is_past_no_day(void **state)
{
	auto_arena *arena = arena_create(0);
	auto_item met, none;
	(void)state;

	search_item_init(&met, "entry", 1);
	met.is_on_time = true;
	search_deadline_add(&met);
	text_add_char(&met.tags, ' ');
	search_item_init(&none, "entry", 2);
	search_deadline_add(&none);
	for (int64_t today = 0; today < 65536; today += 4099) {
		assert_string_equal(value_of(&met, today, arena), "lmet");
		assert_null(value_of(&none, today, arena));
	}
}

/* A filter may name a value as often as it likes. */
static void test_a_deadline_filter_stays_short(void **state)
{
	static const char *const values[] = { "lopen", "loverdue", "lmet",
					      "lopen", "lopen", "loverdue",
					      "lmet", "lopen", "loverdue" };
	const struct match_filter asked = { values, 9 };
	auto_arena *arena = arena_create(0);
	(void)state;

	for (int64_t today = 0; today < 65536; today += 13)
		assert_int_equal(
			search_deadline_filter(&asked, today, arena).count,
			26);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_signer_has_one_key_however_written),
		cmocka_unit_test(test_any_name_is_one_word_of_the_index),
		cmocka_unit_test(test_a_deadline_passes_with_its_day),
		cmocka_unit_test(test_what_met_its_deadline_is_past_no_day),
		cmocka_unit_test(test_a_deadline_filter_stays_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
