#include "reader/transfer.h"
/* last: it brings a macro called fail */
#include "support/test.h"

struct vector {
	const char *encoding;
	const char *body;
	const char *content;
	bool junk, after_end, unknown;
};

/* clang-format off */
static const struct vector vectors[] = {
	{ "base64", "QUJD", "ABC", false, false, false },
	{ "base64", "QQ==QQ==", "A", false, true, false },
	{ "base64", "QQ==\r\n\r\n", "A", false, false, false },
	{ "base64", "Q U\r\nJ*D", "ABC", true, false, false },
	{ "base64", "QUI", "AB", false, false, false },
	{ "base64", "QUJDR", "ABC", false, false, false },
	{ "base64", "=QUJD", "ABC", false, false, false },
	{ "base64", "Q=UJD", "ABC", false, false, false },
	{ "base64", "", "", false, false, false },
	{ "quoted-printable", "a=3D=\r\nb=3", "a=b=3", false, false, false },
	{ "quoted-printable", "a==41=", "a=41", false, false, false },
	{ "quoted-printable", "=e1=BB=91", "\xe1\xbb\x91", false, false, false },
	{ "x-uuencode", "begin 644 a b\r\n#86)C\r\n`\r\nend", "abc", false, false, false },
	{ "uue", "#86)C\nend\n", "abc", false, false, false },
	{ "7bit", "a=41", "a=41", false, false, false },
	{ "", "x", "x", false, false, false },
	{ "base9000", "QQ==", "QQ==", false, false, true },
};
/* clang-format on */

static void test_contents_come_out(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(vectors) / sizeof(vectors[0]); i++) {
		const struct vector *vector = &vectors[i];
		struct bytes body = bytes_of(vector->body);
		size_t room = transfer_room(vector->encoding, body);
		unsigned char *out = malloc(room);
		struct transfer got =
			transfer_decode(vector->encoding, body, out);

		assert_true(got.size <= room);
		assert_int_equal(got.size, strlen(vector->content));
		assert_memory_equal(out, vector->content, got.size);
		assert_int_equal(got.junk, vector->junk);
		assert_int_equal(got.after_end, vector->after_end);
		assert_int_equal(got.unknown, vector->unknown);
		free(out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_contents_come_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
