#include "base/digest.h"
#include "base/arena.h"
#include <assert.h>
#include <openssl/evp.h>
#include <string.h>

struct digester {
	EVP_MD_CTX *context;
};

static void start(struct digester *digester)
{
	int ok = EVP_DigestInit_ex(digester->context, EVP_sha256(), NULL);

	assert(ok == 1);
	(void)ok;
}

struct digester *digester_create(void)
{
	struct digester *digester = memory_alloc(sizeof(*digester));

	digester->context = EVP_MD_CTX_new();
	assert(digester->context);
	start(digester);
	return digester;
}

void digester_destroy(struct digester **digester)
{
	if (!*digester)
		return;
	EVP_MD_CTX_free((*digester)->context);
	memory_free(*digester);
	*digester = NULL;
}

void digester_add(struct digester *digester, const void *data, size_t size)
{
	int ok = EVP_DigestUpdate(digester->context, data, size);

	assert(ok == 1);
	(void)ok;
}

struct digest digester_finish(struct digester *digester)
{
	struct digest digest;
	int ok = EVP_DigestFinal_ex(digester->context, digest.bytes, NULL);

	assert(ok == 1);
	(void)ok;
	start(digester);
	return digest;
}

struct digest digest_of(const void *data, size_t size)
{
	auto_digester *digester = digester_create();

	digester_add(digester, data, size);
	return digester_finish(digester);
}

bool digest_equal(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}

void digest_print(const struct digest *digest, char ret_hex[DIGEST_HEX_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		ret_hex[2 * i] = digits[digest->bytes[i] >> 4];
		ret_hex[2 * i + 1] = digits[digest->bytes[i] & 15];
	}
	ret_hex[2 * DIGEST_SIZE] = '\0';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool digest_parse(const char *hex, struct digest *ret_digest)
{
	struct digest digest;

	if (strlen(hex) != 2 * DIGEST_SIZE)
		return false;
	for (size_t i = 0; i < DIGEST_SIZE; i++) {
		int high = digit_value(hex[2 * i]);
		int low = digit_value(hex[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		digest.bytes[i] = (unsigned char)(high << 4 | low);
	}
	*ret_digest = digest;
	return true;
}
