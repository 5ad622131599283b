#include "reading/derived.h"
#include "base/descriptor.h"
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	CONTENT_MAX = 64 * 1024 * 1024
};

static char *find_path(const char *folder, const struct digest *digest,
		       const char *suffix, struct arena *arena)
{
	char hex[DIGEST_HEX_SIZE];

	digest_print(digest, hex);
	return arena_print(arena, "%s/derived/%.2s/%s.%s", folder, hex, hex + 2,
			   suffix);
}

bool derived_read(const char *folder, const struct digest *digest,
		  const char *suffix, struct arena *arena,
		  struct bytes *ret_content, struct fail *why)
{
	const char *path = find_path(folder, digest, suffix, arena);

	if (!descriptor_read_file(path, CONTENT_MAX, arena, ret_content, why))
		return false;
	/* a power cut may have left its name only */
	return ret_content->size ||
	       fail(why, FAIL_NOT_FOUND, "'%s' is empty", path);
}

int derived_open(const char *folder, const struct digest *digest,
		 const char *suffix, int64_t *ret_size)
{
	auto_arena *arena = arena_create(0);
	const char *path = find_path(folder, digest, suffix, arena);
	struct stat status;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 0) {
		*ret_size = status.st_size;
		return fd;
	}
	descriptor_close(&fd);
	return -1;
}

static bool make_folder(const char *path, struct fail *why)
{
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return true;
	return descriptor_fail(why, "make", path);
}

bool derived_write(const char *folder, const struct digest *digest,
		   const char *suffix, struct bytes content, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	char *path = find_path(folder, digest, suffix, arena);
	const char *beside =
		arena_print(arena, "%s.%lld.new", path, (long long)gettid());
	auto_fd fd = -1;
	bool ok;

	*strrchr(path, '/') = '\0';
	if (!make_folder(arena_print(arena, "%s/derived", folder), why) ||
	    !make_folder(path, why))
		return false;
	path[strlen(path)] = '/';
	fd = descriptor_open(beside, O_WRONLY | O_CREAT | O_TRUNC, 0600, why);
	if (fd < 0)
		return false;
	ok = descriptor_write(fd, content.data, content.size, why);
	if (ok && rename(beside, path) != 0)
		ok = descriptor_fail(why, "rename", beside);
	if (!ok)
		(void)unlink(beside);
	return ok;
}
