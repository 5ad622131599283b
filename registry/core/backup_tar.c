#include "core/backup_tar.h"
#include "base/arena.h"
#include "base/descriptor.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

enum {
	NAME = 0,
	MODE = 100,
	SIZE = 124,
	SIZE_LENGTH = 12,
	CHECKSUM = 148,
	TYPE = 156,
	MAGIC = 257,
	PIECE = 256 * 1024
};

static void put_octal(unsigned char *field, size_t length, uint64_t value)
{
	for (size_t i = length - 1; i-- > 0; value >>= 3)
		field[i] = (unsigned char)('0' + (value & 7));
	field[length - 1] = '\0';
}

/* Sizes of 8 GiB and more are binary, as GNU tar and the others do it. */
static void put_size(unsigned char *field, uint64_t value)
{
	if (value < UINT64_C(1) << 33) {
		put_octal(field, SIZE_LENGTH, value);
		return;
	}
	memset(field, 0, SIZE_LENGTH);
	field[0] = 0x80;
	for (size_t i = SIZE_LENGTH; i-- > 4; value >>= 8)
		field[i] = (unsigned char)value;
}

static uint64_t checksum(const unsigned char block[TAR_BLOCK])
{
	uint64_t sum = 0;

	for (size_t i = 0; i < TAR_BLOCK; i++)
		sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : block[i];
	return sum;
}

static uint64_t get_number(const unsigned char *field, size_t length)
{
	uint64_t value = 0;

	if (field[0] & 0x80) {
		for (size_t i = 4; i < length; i++)
			value = value << 8 | field[i];
		return value;
	}
	for (size_t i = 0; i < length && field[i] >= '0' && field[i] <= '7';
	     i++)
		value = value << 3 | (uint64_t)(field[i] - '0');
	return value;
}

static bool copy_from(int fd, int source, int64_t bytes, struct fail *why)
{
	unsigned char *piece = memory_alloc(PIECE);
	bool ok = true;

	while (ok && bytes > 0) {
		size_t want = bytes < PIECE ? (size_t)bytes : PIECE;
		ssize_t got = read(source, piece, want);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			ok = descriptor_fail(why, "read", "vault");
		else if (got == 0)
			ok = fail(why, FAIL_BROKEN, "a file is too short");
		else
			ok = descriptor_write(fd, piece, (size_t)got, why);
		bytes -= got;
	}
	memory_free(piece);
	return ok;
}

static size_t padding_of(int64_t bytes)
{
	return (size_t)((TAR_BLOCK - bytes % TAR_BLOCK) % TAR_BLOCK);
}

bool tar_write(int fd, const struct tar_member *member, int source,
	       struct fail *why)
{
	static const unsigned char zeroes[TAR_BLOCK];
	unsigned char block[TAR_BLOCK] = { 0 };

	memcpy(block + NAME, member->name, strlen(member->name));
	put_octal(block + MODE, 8, 0600);
	put_octal(block + MODE + 8, 8, 0);
	put_octal(block + MODE + 16, 8, 0);
	put_size(block + SIZE, (uint64_t)member->bytes);
	put_octal(block + SIZE + SIZE_LENGTH, 12, 0);
	block[TYPE] = '0';
	memcpy(block + MAGIC,
	       "ustar\0"
	       "00",
	       8);
	put_octal(block + CHECKSUM, 7, checksum(block));
	block[CHECKSUM + 7] = ' ';
	return descriptor_write(fd, block, TAR_BLOCK, why) &&
	       copy_from(fd, source, member->bytes, why) &&
	       descriptor_write(fd, zeroes, padding_of(member->bytes), why);
}

bool tar_write_end(int fd, struct fail *why)
{
	static const unsigned char zeroes[2 * TAR_BLOCK];

	return descriptor_write(fd, zeroes, sizeof(zeroes), why);
}

static bool read_whole(int fd, unsigned char *at, size_t size,
		       struct fail *why)
{
	while (size) {
		ssize_t got = read(fd, at, size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return descriptor_fail(why, "read", "backup");
		if (got == 0)
			return fail(why, FAIL_INVALID, "the backup was cut");
		at += got;
		size -= (size_t)got;
	}
	return true;
}

bool tar_read_header(int fd, struct tar_member *ret_member, bool *ret_end,
		     struct fail *why)
{
	static const unsigned char zeroes[TAR_BLOCK];
	struct tar_member member = { 0 };
	unsigned char block[TAR_BLOCK];
	uint64_t bytes;

	if (!read_whole(fd, block, TAR_BLOCK, why))
		return false;
	*ret_end = memcmp(block, zeroes, TAR_BLOCK) == 0;
	if (*ret_end)
		return true;
	bytes = get_number(block + SIZE, SIZE_LENGTH);
	if (memcmp(block + MAGIC, "ustar", 5) != 0 || block[TYPE] != '0' ||
	    get_number(block + CHECKSUM, 8) != checksum(block) ||
	    bytes > INT64_MAX / 2 || block[NAME + TAR_NAME_SIZE - 1])
		return fail(why, FAIL_INVALID, "not a backup of a register");
	memcpy(member.name, block + NAME, TAR_NAME_SIZE);
	member.bytes = (int64_t)bytes;
	*ret_member = member;
	return true;
}

bool tar_read_content(int fd, int64_t bytes,
		      bool (*take)(void *context, const void *data,
				   size_t size, struct fail *why),
		      void *context, struct fail *why)
{
	unsigned char *piece = memory_alloc(PIECE);
	size_t padding = padding_of(bytes);
	bool ok = true;

	while (ok && bytes > 0) {
		size_t want = bytes < PIECE ? (size_t)bytes : PIECE;

		ok = read_whole(fd, piece, want, why) &&
		     take(context, piece, want, why);
		bytes -= (int64_t)want;
	}
	ok = ok && read_whole(fd, piece, padding, why);
	memory_free(piece);
	return ok;
}
