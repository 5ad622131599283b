/*
 * Digests: SHA-256, in one go or as the bytes come.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum {
	DIGEST_SIZE = 32,
	DIGEST_HEX_SIZE = 65 /* with the NUL */
};

struct digest {
	unsigned char bytes[DIGEST_SIZE];
};

struct digester;

struct digester *digester_create(void);
void digester_destroy(struct digester **digester);
void digester_add(struct digester *digester, const void *data, size_t size);
/* Gives the digest and makes the digester ready for the next content. */
struct digest digester_finish(struct digester *digester);

struct digest digest_of(const void *data, size_t size);
bool digest_equal(const struct digest *a, const struct digest *b);
void digest_print(const struct digest *digest, char ret_hex[DIGEST_HEX_SIZE]);
bool digest_parse(const char *hex, struct digest *ret_digest);

#define auto_digester \
	__attribute__((cleanup(digester_destroy))) struct digester
