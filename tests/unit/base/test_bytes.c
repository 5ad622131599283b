#include "base/bytes.h"
#include "support/test.h"

static const char *const legal[] = {
	"",
	"a",
	"Sổ văn bản đến",
	"\xC2\x80",
	"\xDF\xBF",
	"\xE0\xA0\x80",
	"\xED\x9F\xBF",
	"\xEE\x80\x80",
	"\xEF\xBF\xBF",
	"\xF0\x90\x80\x80",
	"\xF4\x8F\xBF\xBF",
};

static const char *const illegal[] = {
	"\x80",		    /* continues nothing */
	"\xC0\xAF",	    /* overlong "/" */
	"\xC1\xBF",	    /* overlong */
	"\xE0\x9F\xBF",	    /* overlong */
	"\xED\xA0\x80",	    /* half of a pair */
	"\xF0\x8F\xBF\xBF", /* overlong */
	"\xF4\x90\x80\x80", /* beyond U+10FFFF */
	"\xF5\x80\x80\x80",
	"\xFF",
	"\xC3",		/* cut */
	"\xE1\xBB",	/* cut */
	"\xF0\x9F\x98", /* cut */
	"\xC3z",	/* no continuation */
	"\xE1\x41\x91",
};

static void test_only_strict_utf8_passes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(legal) / sizeof(*legal); i++)
		assert_true(bytes_is_utf8(bytes_of(legal[i])));
	for (size_t i = 0; i < sizeof(illegal) / sizeof(*illegal); i++)
		assert_false(bytes_is_utf8(bytes_of(illegal[i])));
	assert_false(bytes_is_utf8(
		(struct bytes){ (const unsigned char *)"a\0b", 3 }));
}

static void test_finding_starts_where_asked(void **state)
{
	struct bytes in = bytes_of("--b--b--");

	(void)state;
	assert_int_equal(bytes_find(in, bytes_of("--b"), 0), 0);
	assert_int_equal(bytes_find(in, bytes_of("--b"), 1), 3);
	assert_int_equal(bytes_find(in, bytes_of("--b"), 4), in.size);
	assert_int_equal(bytes_find(in, bytes_of("x"), 0), in.size);
	assert_int_equal(bytes_find(in, bytes_of("-"), 100), in.size);
}

static void test_parts_never_reach_past_the_end(void **state)
{
	struct bytes in = bytes_of("abcdef");

	(void)state;
	assert_int_equal(bytes_part(in, 2, 4).size, 2);
	assert_int_equal(bytes_part(in, 2, 4).data[0], 'c');
	assert_int_equal(bytes_part(in, 4, 400).size, 2);
	assert_int_equal(bytes_part(in, 40, 400).size, 0);
	assert_int_equal(bytes_part(in, 5, 2).size, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_strict_utf8_passes),
		cmocka_unit_test(test_finding_starts_where_asked),
		cmocka_unit_test(test_parts_never_reach_past_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
