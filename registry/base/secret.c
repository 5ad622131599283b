#include "base/secret.h"
#include <assert.h>
#include <sodium.h>
#include <string.h>

enum {
	PURPOSE_MAX = 512,
	SECRET_MAX = 2048
};

void secret_open(void)
{
	int state = sodium_init();

	assert(state >= 0);
	(void)state;
}

void secret_random(void *ret_bytes, size_t size)
{
	randombytes_buf(ret_bytes, size);
}

void secret_token(char ret_token[SECRET_TOKEN_SIZE])
{
	unsigned char random[32];

	randombytes_buf(random, sizeof(random));
	sodium_bin2base64(ret_token, SECRET_TOKEN_SIZE, random, sizeof(random),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(random, sizeof(random));
}

char *secret_password(struct arena *arena, unsigned groups)
{
	static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
	char *password = arena_alloc(arena, (size_t)groups * 5 + 1);
	size_t at = 0;

	for (unsigned i = 0; i < groups; i++) {
		if (i)
			password[at++] = '-';
		for (unsigned k = 0; k < 4; k++)
			password[at++] = alphabet[randombytes_uniform(
				sizeof(alphabet) - 1)];
	}
	return password;
}

bool secret_equal(const char *a, const char *b)
{
	size_t size = strlen(a);

	return size == strlen(b) && sodium_memcmp(a, b, size) == 0;
}

void secret_wipe(void *bytes, size_t size)
{
	sodium_memzero(bytes, size);
}

bool secret_hash(const char *password, char ret_hash[SECRET_HASH_SIZE],
		 struct fail *why)
{
	_Static_assert(SECRET_HASH_SIZE == crypto_pwhash_STRBYTES, "hash size");
	if (crypto_pwhash_str(ret_hash, password, strlen(password),
			      crypto_pwhash_OPSLIMIT_INTERACTIVE,
			      crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
		return fail(why, FAIL_LIMIT, "no memory to hash a password");
	return true;
}

bool secret_hash_matches(const char *hash, const char *password)
{
	return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
}

void secret_make_keys(char ret_public[SECRET_KEY_HEX_SIZE],
		      char ret_private[SECRET_KEY_HEX_SIZE])
{
	unsigned char public[crypto_box_PUBLICKEYBYTES];
	unsigned char private[crypto_box_SECRETKEYBYTES];

	crypto_box_keypair(public, private);
	sodium_bin2hex(ret_public, SECRET_KEY_HEX_SIZE, public, sizeof(public));
	sodium_bin2hex(ret_private, SECRET_KEY_HEX_SIZE, private,
		       sizeof(private));
	sodium_memzero(private, sizeof(private));
}

static bool read_key(const char *hex, unsigned char ret_key[32])
{
	size_t size = 0;

	return strlen(hex) == 64 &&
	       sodium_hex2bin(ret_key, 32, hex, 64, NULL, &size, NULL) == 0 &&
	       size == 32;
}

bool secret_public_of(const char *private_hex,
		      char ret_public[SECRET_KEY_HEX_SIZE])
{
	unsigned char private[32], public[32];

	if (!read_key(private_hex, private))
		return false;
	crypto_scalarmult_base(public, private);
	sodium_bin2hex(ret_public, SECRET_KEY_HEX_SIZE, public, sizeof(public));
	sodium_memzero(private, sizeof(private));
	return true;
}

/* What is sealed: purpose, NUL, secret. */
bool secret_seal(const char *public_hex, const char *purpose,
		 const char *secret, struct arena *arena,
		 const char **ret_sealed, struct fail *why)
{
	size_t purpose_size = strlen(purpose) + 1;
	size_t size = purpose_size + strlen(secret);
	size_t sealed_size = size + crypto_box_SEALBYTES;
	size_t text_size = sodium_base64_ENCODED_LEN(
		sealed_size, sodium_base64_VARIANT_ORIGINAL);
	unsigned char key[32], *plain, *sealed;
	char *text;

	if (purpose_size > PURPOSE_MAX || strlen(secret) > SECRET_MAX)
		return fail(why, FAIL_INVALID, "the secret is too long");
	if (!read_key(public_hex, key))
		return fail(why, FAIL_BROKEN, "the public key is not a key");
	plain = arena_alloc(arena, size + 1);
	sealed = arena_alloc(arena, sealed_size);
	text = arena_alloc(arena, text_size);
	memcpy(plain, purpose, purpose_size);
	memcpy(plain + purpose_size, secret, strlen(secret));
	crypto_box_seal(sealed, plain, size, key);
	sodium_memzero(plain, size);
	sodium_bin2base64(text, text_size, sealed, sealed_size,
			  sodium_base64_VARIANT_ORIGINAL);
	*ret_sealed = text;
	return true;
}

bool secret_unseal(const char *private_hex, const char *purpose,
		   const char *sealed, struct arena *arena,
		   const char **ret_secret, struct fail *why)
{
	unsigned char private[32], public[32], box[SECRET_SEALED_MAX];
	size_t purpose_size = strlen(purpose) + 1, size = 0;
	char *plain;
	int bad;

	if (!read_key(private_hex, private))
		return fail(why, FAIL_INVALID, "the key file is not a key");
	if (strlen(sealed) > SECRET_SEALED_MAX ||
	    sodium_base642bin(box, sizeof(box), sealed, strlen(sealed), NULL,
			      &size, NULL,
			      sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    size < crypto_box_SEALBYTES + purpose_size)
		return fail(why, FAIL_INVALID, "the sealed secret is damaged");
	plain = arena_alloc(arena, size);
	crypto_scalarmult_base(public, private);
	bad = crypto_box_seal_open((unsigned char *)plain, box, size, public,
				   private);
	sodium_memzero(private, sizeof(private));
	if (bad)
		return fail(why, FAIL_DENIED,
			    "the secret was sealed to another key");
	if (memcmp(plain, purpose, purpose_size) != 0)
		return fail(why, FAIL_DENIED,
			    "the secret was sealed for another purpose");
	*ret_secret = plain + purpose_size;
	return true;
}
