#include "base/secret.h"
#include "support/test.h"

static char public_key[SECRET_KEY_HEX_SIZE], private_key[SECRET_KEY_HEX_SIZE];

static void test_sealed_opens_with_its_key_and_purpose(void **state)
{
	auto_arena *arena = arena_create(0);
	char other_public[SECRET_KEY_HEX_SIZE], other[SECRET_KEY_HEX_SIZE];
	const char *sealed, *again, *secret;
	struct fail why;

	(void)state;
	secret_make_keys(other_public, other);
	assert_true(secret_seal(public_key, "a@b", "mật khẩu", arena, &sealed,
				&why));
	/* sealed afresh each time: equal passwords do not look equal */
	assert_true(secret_seal(public_key, "a@b", "mật khẩu", arena, &again,
				&why));
	assert_string_not_equal(sealed, again);
	assert_true(secret_unseal(private_key, "a@b", sealed, arena, &secret,
				  &why));
	assert_string_equal(secret, "mật khẩu");
	assert_false(secret_unseal(other, "a@b", sealed, arena, &secret, &why));
	assert_int_equal(why.kind, FAIL_DENIED);
	assert_false(secret_unseal(private_key, "c@d", sealed, arena, &secret,
				   &why));
	assert_int_equal(why.kind, FAIL_DENIED);
}

static void test_every_changed_character_is_refused(void **state)
{
	auto_arena *arena = arena_create(0);
	const char *sealed, *secret;
	struct fail why;
	char *copy;

	(void)state;
	assert_true(secret_seal(public_key, "p", "s", arena, &sealed, &why));
	for (size_t i = 0; sealed[i] && sealed[i] != '='; i++) {
		copy = arena_copy(arena, sealed);
		copy[i] = copy[i] == 'A' ? 'z' : 'A';
		assert_false(secret_unseal(private_key, "p", copy, arena,
					   &secret, &why));
	}
}

static void test_password_hash_matches_only_its_password(void **state)
{
	char hash[SECRET_HASH_SIZE];
	struct fail why;

	(void)state;
	assert_true(secret_hash("đúng", hash, &why));
	assert_true(strncmp(hash, "$argon2id$", 10) == 0);
	assert_true(secret_hash_matches(hash, "đúng"));
	assert_false(secret_hash_matches(hash, "dung"));
	assert_false(secret_hash_matches("rubbish", "đúng"));
}

static void test_tokens_differ_and_public_half_follows(void **state)
{
	char a[SECRET_TOKEN_SIZE], b[SECRET_TOKEN_SIZE];
	char again[SECRET_KEY_HEX_SIZE];

	(void)state;
	secret_token(a);
	secret_token(b);
	assert_int_equal(strlen(a), 43);
	assert_string_not_equal(a, b);
	assert_true(secret_public_of(private_key, again));
	assert_string_equal(again, public_key);
	assert_false(secret_public_of("12", again));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sealed_opens_with_its_key_and_purpose),
		cmocka_unit_test(test_every_changed_character_is_refused),
		cmocka_unit_test(test_password_hash_matches_only_its_password),
		cmocka_unit_test(test_tokens_differ_and_public_half_follows),
	};

	secret_open();
	secret_make_keys(public_key, private_key);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
