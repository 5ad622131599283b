/*
 * Unpacking: the entries of an archive, one after another, within limits.
 * Alone sees libarchive.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include <stdbool.h>
#include <stdint.h>

struct unpack;

enum unpack_outcome {
	UNPACK_DONE, /* nothing follows */
	UNPACK_ENTRY,
	UNPACK_DAMAGED,
	UNPACK_ENCRYPTED,
	UNPACK_LIMIT, /* bytes that come out, against those that went in */
	UNPACK_NO_ROOM
};

struct unpack_entry {
	struct bytes name; /* any bytes; until the next entry */
	bool is_file;	   /* no folder, no link, no device */
	bool is_encrypted;
};

/* Before the jail closes. */
void unpack_open(void);

/* NULL when it is no archive. `zip_only` for packages. */
struct unpack *unpack_create(struct bytes content, bool zip_only);
void unpack_destroy(struct unpack **unpack);
#define auto_unpack __attribute__((cleanup(unpack_destroy))) struct unpack

enum unpack_outcome unpack_next(struct unpack *unpack,
				struct unpack_entry *ret_entry);
/* The content of the entry, into `size` bytes at `at`. UNPACK_ENTRY when all
 * of it is there. */
enum unpack_outcome unpack_read(struct unpack *unpack, unsigned char *at,
				size_t size, size_t *ret_size);
