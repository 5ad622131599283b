#include "base/digest.h"
#include "support/test.h"

/* FIPS 180-4 examples */
static const struct {
	const char *content, *hex;
} known[] = {
	{ "",
	  "e3b0c44298fc1c149afbf4c8996fb924"
	  "27ae41e4649b934ca495991b7852b855" },
	{ "abc",
	  "ba7816bf8f01cfea414140de5dae2223"
	  "b00361a396177a9cb410ff61f20015ad" },
	{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
	  "248d6a61d20638b8e5c026930c3e6039"
	  "a33ce45964ff2167f6ecedd419db06c1" },
};

static void test_known_digests(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const char *content = known[i].content;
		struct digest digest = digest_of(content, strlen(content));
		char hex[DIGEST_HEX_SIZE];

		digest_print(&digest, hex);
		assert_string_equal(hex, known[i].hex);
	}
}

static void test_pieces_give_the_same_and_the_digester_starts_anew(void **state)
{
	auto_digester *digester = digester_create();
	const char *content = known[2].content;

	(void)state;
	for (int round = 0; round < 2; round++) {
		struct digest whole = digest_of(content, strlen(content));
		struct digest pieces;

		for (size_t i = 0; content[i]; i++)
			digester_add(digester, content + i, 1);
		pieces = digester_finish(digester);
		assert_true(digest_equal(&whole, &pieces));
	}
}

static void test_only_64_hex_digits_are_a_digest(void **state)
{
	struct digest digest, other;
	char hex[DIGEST_HEX_SIZE + 1] = { 0 };

	(void)state;
	assert_true(digest_parse(known[1].hex, &digest));
	other = digest_of("abc", 3);
	assert_true(digest_equal(&digest, &other));
	assert_false(digest_parse("", &digest));
	assert_false(digest_parse("ab", &digest));
	memset(hex, 'a', DIGEST_HEX_SIZE);
	assert_false(digest_parse(hex, &digest)); /* 65 of them */
	hex[64] = '\0';
	assert_true(digest_parse(hex, &digest));
	hex[10] = 'g';
	assert_false(digest_parse(hex, &digest));
	hex[10] = '/';
	assert_false(digest_parse(hex, &digest));
	other.bytes[31] ^= 1;
	assert_false(digest_equal(&digest, &other));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_digests),
		cmocka_unit_test(
			test_pieces_give_the_same_and_the_digester_starts_anew),
		cmocka_unit_test(test_only_64_hex_digits_are_a_digest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
