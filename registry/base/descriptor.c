#include "base/descriptor.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void descriptor_close(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
	*fd = -1;
}

bool descriptor_fail(struct fail *why, const char *what, const char *path)
{
	int error = errno;
	enum fail_kind kind = FAIL_BROKEN;

	if (error == ENOENT || error == ENOTDIR)
		kind = FAIL_NOT_FOUND;
	else if (error == EACCES || error == EPERM || error == EROFS)
		kind = FAIL_DENIED;
	else if (error == ENOSPC || error == EDQUOT || error == EFBIG)
		kind = FAIL_LIMIT;
	else if (error == EMFILE || error == ENFILE || error == EAGAIN)
		kind = FAIL_BUSY;
	fail(why, kind, "%s '%s': %s", what, path, strerror(error));
	if (kind == FAIL_LIMIT)
		fail_code(why, "disk.full",
			  "Ổ đĩa đã đầy. Hãy giải phóng chỗ trống; hệ thống tự "
			  "chạy tiếp.");
	return false;
}

int descriptor_open(const char *path, int flags, mode_t mode, struct fail *why)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC, mode);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		descriptor_fail(why, "open", path);
	return fd;
}

bool descriptor_write(int fd, const void *data, size_t size, struct fail *why)
{
	const char *at = data;

	while (size) {
		ssize_t written = write(fd, at, size);
		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return descriptor_fail(why, "write", "file");
		at += written;
		size -= (size_t)written;
	}
	return true;
}

bool descriptor_flush(int fd, struct fail *why)
{
	if (fdatasync(fd) == 0)
		return true;
	return descriptor_fail(why, "flush", "file");
}

bool descriptor_flush_folder(const char *path, struct fail *why)
{
	auto_fd fd = descriptor_open(path, O_RDONLY | O_DIRECTORY, 0, why);

	if (fd < 0)
		return false;
	if (fsync(fd) == 0)
		return true;
	return descriptor_fail(why, "flush folder", path);
}

bool descriptor_read_file(const char *path, size_t max, struct arena *arena,
			  struct bytes *ret_content, struct fail *why)
{
	auto_fd fd = descriptor_open(path, O_RDONLY, 0, why);
	struct stat status;
	size_t size, have = 0;
	char *content;

	if (fd < 0)
		return false;
	if (fstat(fd, &status) < 0)
		return descriptor_fail(why, "read", path);
	size = (size_t)status.st_size;
	if (size > max)
		return fail(why, FAIL_LIMIT, "'%s' is longer than %zu bytes",
			    path, max);
	content = arena_alloc(arena, size + 1);
	while (have < size) {
		ssize_t got = read(fd, content + have, size - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return descriptor_fail(why, "read", path);
		if (got == 0)
			break;
		have += (size_t)got;
	}
	*ret_content = (struct bytes){ (unsigned char *)content, have };
	return true;
}

bool descriptor_write_file(const char *path, struct bytes content, mode_t mode,
			   struct fail *why)
{
	auto_arena *arena = arena_create(0);
	char *temporary = arena_print(arena, "%s.new", path);
	char *folder = dirname(arena_copy(arena, path));
	auto_fd fd = descriptor_open(temporary, O_WRONLY | O_CREAT | O_TRUNC,
				     mode, why);

	if (fd < 0 || !descriptor_write(fd, content.data, content.size, why) ||
	    !descriptor_flush(fd, why))
		return false;
	if (rename(temporary, path) < 0)
		return descriptor_fail(why, "rename", path);
	return descriptor_flush_folder(folder, why);
}
