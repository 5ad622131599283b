/*
 * Secrets: random tokens, password hashes, sealed boxes. libsodium's home.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"

enum {
	SECRET_TOKEN_SIZE = 44,	  /* 256 bits in base64url, with the NUL */
	SECRET_HASH_SIZE = 128,	  /* argon2id string */
	SECRET_KEY_HEX_SIZE = 65, /* one X25519 key in hexadecimal */
	SECRET_SEALED_MAX = 4096  /* base64 text of a sealed secret */
};

/* Once, before the first thread. Asserts that libsodium works. */
void secret_open(void);
void secret_random(void *ret_bytes, size_t size);
void secret_token(char ret_token[SECRET_TOKEN_SIZE]);
/* A password a person can type: `groups` groups of 4, without look-alikes. */
char *secret_password(struct arena *arena, unsigned groups);
bool secret_equal(const char *a, const char *b); /* constant time */
void secret_wipe(void *bytes, size_t size);

/* argon2id, 64 MiB, 2 passes: slow and large by design; callers limit how many
 * run at once. FAIL_LIMIT when there is no memory for it. */
bool secret_hash(const char *password, char ret_hash[SECRET_HASH_SIZE],
		 struct fail *why);
bool secret_hash_matches(const char *hash, const char *password);

/* Sealed boxes (libsodium crypto_box_seal, X25519 + XSalsa20-Poly1305): anyone
 * with the public key seals, only the holder of the key file opens. `purpose`
 * is bound in: what was sealed for one mailbox does not open for another. */
void secret_make_keys(char ret_public[SECRET_KEY_HEX_SIZE],
		      char ret_private[SECRET_KEY_HEX_SIZE]);
bool secret_public_of(const char *private_hex,
		      char ret_public[SECRET_KEY_HEX_SIZE]);
bool secret_seal(const char *public_hex, const char *purpose,
		 const char *secret, struct arena *arena,
		 const char **ret_sealed, struct fail *why);
/* FAIL_DENIED when it was sealed to another key or for another purpose. */
bool secret_unseal(const char *private_hex, const char *purpose,
		   const char *sealed, struct arena *arena,
		   const char **ret_secret, struct fail *why);
