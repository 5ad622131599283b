#include "support/test.h"
#include "viet/encoding.h"
#include <string.h>

static const char name[] = "Số 61-BC-SNN về tình hình quý II.pdf";
static const char motto[] =
	"Cộng hoà xã hội chủ nghĩa Việt Nam - Độc lập - "
	"Tự do - Hạnh phúc";
static const char motto_vni[] =
	"Cộng hòa xã hội chủ nghĩa Việt Nam - Độc lập "
	"- Tự do - Hạnh phúc";
static const char about[] =
	"Số: 15/QĐ-UBND ngày 05 tháng 3 năm 2004 Về việc "
	"ban hành quy chế";

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

/* The string that was made by reading bytes as Latin-1, as these bytes. */
static struct bytes latin1(const char *utf8)
{
	unsigned char *data = arena_alloc(arena, strlen(utf8) + 1);
	size_t size = 0;

	for (; *utf8; utf8++) {
		unsigned char byte = (unsigned char)*utf8;

		if (byte >= 0xC0)
			data[size++] = (unsigned char)(byte << 6 |
						       (*++utf8 & 0x3F));
		else
			data[size++] = byte;
	}
	return (struct bytes){ data, size };
}

static const char motto_as_tcvn3[] =
	"Céng hoµ x· héi chñ nghÜa ViÖt Nam - §éc lËp - Tù do - H¹nh phóc";
static const char about_as_tcvn3[] =
	"Sè: 15/Q§-UBND ngµy 05 th¸ng 3 n¨m 2004 VÒ viÖc ban hµnh quy chÕ";
static const char motto_as_vni[] =
	"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam - Ñoäc laäp - Töï do - "
	"Haïnh phuùc";

static const char *from(struct bytes bytes, const char *charset)
{
	return viet_from_charset(bytes, charset, arena, NULL);
}

static void test_one_name_in_every_shape(void **state)
{
	static const char utf8[] =
		"S\xE1\xBB\x91 61-BC-SNN v\xE1\xBB\x81 t\xC3\xACnh h\xC3\xACnh "
		"qu\xC3\xBD II.pdf";
	static const char nfd[] =
		"So\xCC\x82\xCC\x81 61-BC-SNN ve\xCC\x82\xCC\x80 ti\xCC\x80nh "
		"hi\xCC\x80nh quy\xCC\x81 II.pdf";
	static const char cp1258[] =
		"S\xF4\xEC 61-BC-SNN v\xEA\xCC ti\xCCnh hi\xCCnh "
		"quy\xEC II.pdf";

	(void)state;
	assert_string_equal(from(bytes_of(utf8), "utf-8"), name);
	assert_string_equal(from(bytes_of(utf8), NULL), name);
	assert_string_equal(from(bytes_of(utf8), "iso-8859-1"), name);
	assert_string_equal(from(bytes_of(utf8), "us-ascii"), name);
	assert_string_equal(from(bytes_of(nfd), "UTF-8"), name);
	assert_string_equal(from(bytes_of(nfd), "unknown-8bit"), name);
	assert_string_equal(from(bytes_of(cp1258), "windows-1258"), name);
	assert_string_equal(from(bytes_of(cp1258), "CP1258"), name);
	assert_string_equal(from(bytes_of(cp1258), NULL), name);
	assert_string_equal(from(bytes_of(cp1258), "utf-8"), name);
}

static void test_tcvn3_by_label_and_by_guess(void **state)
{
	static const char *const labels[] = {
		"x-viet-tcvn",
		"TCVN5712-1",
		"iso-8859-1",
		"windows-1252",
		"windows-1258",
		"us-ascii",
		"x-user-defined",
		NULL,
	};

	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		assert_string_equal(from(latin1(motto_as_tcvn3), labels[i]),
				    motto);
		assert_string_equal(from(latin1(about_as_tcvn3), labels[i]),
				    about);
	}
}

static void test_vni_by_label_and_by_guess(void **state)
{
	static const char *const labels[] = { "x-viet-vni", "iso-8859-1", "",
					      NULL };

	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		assert_string_equal(from(latin1(motto_as_vni), labels[i]),
				    motto_vni);
}

static void test_viscii_by_label(void **state)
{
	(void)state;
	/* Ẳ is where other charsets have a control character. */
	assert_string_equal(from(bytes_of("Vi\xAEt Nam, \xD0\xF5 \x02"),
				 "viscii"),
			    "Việt Nam, Đõ Ẳ");
}

static void test_old_text_inside_utf8_is_repaired(void **state)
{
	bool repaired = false;

	(void)state;
	assert_string_equal(viet_repair(motto_as_tcvn3, arena, &repaired),
			    motto);
	assert_true(repaired);
	assert_string_equal(viet_repair(about_as_tcvn3, arena, &repaired),
			    about);
	assert_string_equal(viet_repair(motto_as_vni, arena, &repaired),
			    motto_vni);
	assert_string_equal(from(bytes_of(motto_as_tcvn3), "utf-8"), motto);
}

static void test_mojibake_is_repaired(void **state)
{
	bool repaired = false;

	(void)state;
	assert_string_equal(viet_repair("405 kcn-lÄ‘.pdf", arena, &repaired),
			    "405 kcn-lđ.pdf");
	assert_true(repaired);
	assert_string_equal(viet_repair("cÃ¡c sá»Ÿ", arena, &repaired),
			    "các sở");
	assert_true(repaired);
}

static void test_good_text_is_left_alone(void **state)
{
	static const char *const texts[] = {
		motto,
		about,
		name,
		"Résumé à la carte, café über Zürich",
		"C'est déjà très français: élève, août, naïve, cœur",
		"plain",
		"",
		"“Sè”",
		"Ủy ban nhân dân",
		"Ý kiến",
		"Bà ấy à",
		"Ông Bùi Văn Ôn",
		"La Niña, El Niño",
		"Müller & Söhne",
		"Đà Nẵng, Huế",
		"số 5",
		"Bé",
		"sè",
		"em Bé",
		"cò",
		"sò",
		"tôi",
		"à",
		"©2026",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		bool repaired = true, is_sure = false;

		assert_string_equal(viet_repair(texts[i], arena, &repaired),
				    texts[i]);
		assert_false(repaired);
		assert_string_equal(viet_from_charset(bytes_of(texts[i]),
						      "utf-8", arena,
						      &is_sure),
				    texts[i]);
		assert_true(is_sure);
	}
}

static void test_western_text_stays_western(void **state)
{
	(void)state;
	assert_string_equal(from(bytes_of("Zürich"), NULL), "Zürich");
	assert_string_equal(from(bytes_of("Z\xFCrich na\xEFve caf\xE9"),
				 "iso-8859-1"),
			    "Zürich naïve café");
	assert_string_equal(from(bytes_of("\x93quoted\x94 \x96 100\x80"),
				 "windows-1252"),
			    "“quoted” – 100€");
}

static void test_foreign_charsets_are_read(void **state)
{
	static const unsigned char utf16[] = { 0xFF, 0xFE, 'S', 0, 0xD1, 0x1E };

	(void)state;
	assert_string_equal(from(bytes_of("\xD6\xD0\xB9\xFA"), "gb2312"),
			    "中国");
	assert_string_equal(from(bytes_of("\xEF\xF2"), "koi8-r"), "ОР");
	assert_string_equal(from(bytes_of("\x1B$B0B\x1B(B"), "iso-2022-jp"),
			    "安");
	assert_string_equal(from((struct bytes){ utf16, sizeof utf16 }, NULL),
			    "Số");
}

static void test_fonts_tell_the_encoding(void **state)
{
	(void)state;
	assert_string_equal(viet_from_font("§éc lËp", ".VnTime", arena),
			    "Độc lập");
	assert_string_equal(viet_from_font("céng hoµ", "ABCDEF+.VnTimeH",
					   arena),
			    "CỘNG HOÀ");
	assert_string_equal(viet_from_font("Ñoäc laäp", "VNI-Times", arena),
			    "Độc lập");
	assert_string_equal(viet_from_font("Müller", "Arial", arena),
			    "Müller");
}

struct font_name {
	const char *name;
	enum charset charset;
};

static void test_names_of_fonts(void **state)
{
	static const struct font_name fonts[] = {
		{ ".VnTime", CHARSET_TCVN3 },
		{ ".VnTimeH", CHARSET_TCVN3 },
		{ ".vntime", CHARSET_TCVN3 },
		{ "VnTime", CHARSET_TCVN3 },
		{ "BCDEFG+VnArialH-Bold", CHARSET_TCVN3 },
		{ "ABCDEF+.VnTime,Bold", CHARSET_TCVN3 },
		{ "VNI-Times", CHARSET_VNI },
		{ "VNI Helve", CHARSET_VNI },
		{ "ABCDEF+VNI-Times,Italic", CHARSET_VNI },
		{ "VNITimes", CHARSET_VNI },
		{ "Times New Roman", CHARSET_UTF8 },
		{ "Vnote", CHARSET_UTF8 },
		{ "VnA+", CHARSET_TCVN3 },
		{ "Verdana", CHARSET_UTF8 },
		{ "VNthin", CHARSET_UTF8 },
		{ "", CHARSET_UTF8 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof fonts / sizeof fonts[0]; i++)
		assert_int_equal(viet_font_encoding(fonts[i].name),
				 fonts[i].charset);
	assert_string_equal(viet_from_font("quyÕt ®Þnh", "VnTimeH,Bold",
					   arena),
			    "QUYẾT ĐỊNH");
	assert_string_equal(viet_from_font("quyÕt ®Þnh", ".VnTime-BoldH",
					   arena),
			    "quyết định");
}

static void test_texts_tell_the_encoding(void **state)
{
	(void)state;
	assert_int_equal(viet_old_encoding(motto_as_tcvn3), CHARSET_TCVN3);
	assert_int_equal(viet_old_encoding(motto_as_vni), CHARSET_VNI);
	assert_int_equal(viet_old_encoding(motto), CHARSET_UTF8);
	assert_int_equal(viet_old_encoding("Résumé à la carte, café"),
			 CHARSET_UTF8);
	assert_int_equal(viet_old_encoding(""), CHARSET_UTF8);
	assert_string_equal(viet_from_encoding("hµnh", CHARSET_TCVN3, arena),
			    "hành");
	assert_string_equal(viet_from_encoding("hành", CHARSET_UTF8, arena),
			    "hành");
	assert_string_equal(viet_from_encoding("phố", CHARSET_TCVN3, arena),
			    "phố");
}

static void test_a_guess_says_that_it_is_one(void **state)
{
	bool is_sure = true;

	(void)state;
	(void)viet_from_charset(latin1(motto_as_tcvn3), "iso-8859-1", arena,
				&is_sure);
	assert_false(is_sure);
	(void)viet_from_charset(latin1(motto_as_tcvn3), "x-viet-tcvn", arena,
				&is_sure);
	assert_true(is_sure);
}

static void test_any_bytes_give_text(void **state)
{
	static const char *const labels[] = {
		NULL,
		"utf-8",
		"windows-1258",
		"x-viet-vni",
		"viscii",
		"utf-16",
		"utf-7",
		"%n,version=1",
		"gb18030",
		"tcvn",
	};
	unsigned char data[300];

	(void)state;
	for (unsigned seed = 0; seed < 400; seed++) {
		unsigned value = seed * 2654435761u + 1;
		size_t size = seed % sizeof data;

		for (size_t i = 0; i < size; i++) {
			value = value * 1664525u + 1013904223u;
			data[i] = (unsigned char)(value >> 24);
		}
		for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
			const char *text =
				from((struct bytes){ data, size }, labels[i]);

			assert_true(bytes_is_utf8(bytes_of(text)));
		}
		arena_reset(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_name_in_every_shape),
		cmocka_unit_test(test_tcvn3_by_label_and_by_guess),
		cmocka_unit_test(test_vni_by_label_and_by_guess),
		cmocka_unit_test(test_viscii_by_label),
		cmocka_unit_test(test_old_text_inside_utf8_is_repaired),
		cmocka_unit_test(test_mojibake_is_repaired),
		cmocka_unit_test(test_good_text_is_left_alone),
		cmocka_unit_test(test_western_text_stays_western),
		cmocka_unit_test(test_foreign_charsets_are_read),
		cmocka_unit_test(test_fonts_tell_the_encoding),
		cmocka_unit_test(test_names_of_fonts),
		cmocka_unit_test(test_texts_tell_the_encoding),
		cmocka_unit_test(test_a_guess_says_that_it_is_one),
		cmocka_unit_test(test_any_bytes_give_text),
	};

	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
