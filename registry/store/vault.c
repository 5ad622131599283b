#include "store/vault.h"
#include "base/arena.h"
#include "base/descriptor.h"
#include "base/fault.h"
#include "base/text.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A name in its place does not say that the content is whole: after a power
 * cut a renamed file may be empty. So content that is there already is read
 * back before an upload is dropped in its favour, and flushed once more.
 *
 * Few files are flushed one by one, many by one flush of the file system: the
 * number of flushes is what costs.
 */
enum {
	FOLDERS = 256,
	NAME_SIZE = 68, /* "ab/cdef…" */
	FLUSH_ONE_BY_ONE = 2,
	READ_SIZE = 256 * 1024
};

struct vault {
	char *folder;
	int root;
	int fresh;		  /* vault/new */
	pthread_mutex_t lock;	  /* of what follows */
	pthread_mutex_t flushing; /* one flush at a time */
	uint64_t next;		  /* names in new/ */
	struct digest unflushed[FLUSH_ONE_BY_ONE];
	size_t unflushed_count; /* may be more than the array holds */
};

struct vault_upload {
	struct vault *vault;
	struct digester *digester;
	int fd;
	int64_t size;
	char name[24];
};

static void place_of(const struct digest *digest, char ret_name[NAME_SIZE])
{
	char hex[DIGEST_HEX_SIZE];

	digest_print(digest, hex);
	memcpy(ret_name, hex, 2);
	ret_name[2] = '/';
	memcpy(ret_name + 3, hex + 2, DIGEST_HEX_SIZE - 2);
}

static void disk_lost_a_write(const char *what)
{
	(void)fprintf(stderr, "<2>vault: the disk lost a write: %s: %s\n",
		      what, strerror(errno));
	abort();
}

static int open_folder(int at, const char *name, bool create,
		       struct fail *why)
{
	int fd;

	if (create && mkdirat(at, name, 0700) != 0 && errno != EEXIST) {
		descriptor_fail(why, "make folder", name);
		return -1;
	}
	fd = openat(at, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		descriptor_fail(why, "open folder", name);
	return fd;
}

static bool make_folders(struct vault *vault, struct fail *why)
{
	char name[3] = "00";

	for (int i = 0; i < FOLDERS; i++) {
		name[0] = "0123456789abcdef"[i >> 4];
		name[1] = "0123456789abcdef"[i & 15];
		if (mkdirat(vault->root, name, 0700) != 0 && errno != EEXIST)
			return descriptor_fail(why, "make folder", name);
	}
	if (fsync(vault->root) != 0)
		disk_lost_a_write("folders");
	return true;
}

/* What was being written when the last process ended belongs to nobody. */
static bool clear_fresh(struct vault *vault, struct fail *why)
{
	DIR *dir = fdopendir(dup(vault->fresh));
	struct dirent *entry;

	if (!dir)
		return descriptor_fail(why, "read folder", "vault/new");
	while ((entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			(void)unlinkat(vault->fresh, entry->d_name, 0);
	(void)closedir(dir);
	return true;
}

static bool open_folders(struct vault *vault, bool create, struct fail *why)
{
	vault->root = open_folder(AT_FDCWD, vault->folder, create, why);
	if (vault->root < 0)
		return false;
	vault->fresh = open_folder(vault->root, "new", true, why);
	return vault->fresh >= 0 && make_folders(vault, why) &&
	       clear_fresh(vault, why);
}

struct vault *vault_open(const char *folder, bool create, struct fail *why)
{
	struct vault *vault = memory_alloc(sizeof(*vault));
	auto_text path = { 0 };

	text_addf(&path, "%s/vault", folder);
	vault->folder = memory_copy(text_string(&path));
	vault->root = -1;
	vault->fresh = -1;
	(void)pthread_mutex_init(&vault->lock, NULL);
	(void)pthread_mutex_init(&vault->flushing, NULL);
	if (!open_folders(vault, create, why))
		vault_close(&vault);
	return vault;
}

void vault_close(struct vault **vault)
{
	struct vault *closing = *vault;

	if (!closing)
		return;
	*vault = NULL;
	descriptor_close(&closing->fresh);
	descriptor_close(&closing->root);
	(void)pthread_mutex_destroy(&closing->lock);
	(void)pthread_mutex_destroy(&closing->flushing);
	memory_free(closing->folder);
	memory_free(closing);
}

const char *vault_folder(const struct vault *vault)
{
	return vault->folder;
}

struct vault_upload *vault_upload_begin(struct vault *vault, struct fail *why)
{
	struct vault_upload *upload = memory_alloc(sizeof(*upload));
	uint64_t number;

	(void)pthread_mutex_lock(&vault->lock);
	number = vault->next++;
	(void)pthread_mutex_unlock(&vault->lock);
	upload->vault = vault;
	for (size_t i = 0; i < 16; i++)
		upload->name[i] =
			"0123456789abcdef"[number >> (60 - 4 * i) & 15];
	upload->fd = openat(vault->fresh, upload->name,
			    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	if (upload->fd < 0) {
		descriptor_fail(why, "make file", "vault/new");
		memory_free(upload);
		return NULL;
	}
	upload->digester = digester_create();
	return upload;
}

bool vault_upload_add(struct vault_upload *upload, const void *data,
		      size_t size, struct fail *why)
{
	if (!descriptor_write(upload->fd, data, size, why))
		return false;
	digester_add(upload->digester, data, size);
	upload->size += (int64_t)size;
	return true;
}

static void end_upload(struct vault_upload *upload)
{
	descriptor_close(&upload->fd);
	digester_destroy(&upload->digester);
	memory_free(upload);
}

void vault_upload_abort(struct vault_upload **upload)
{
	if (!*upload)
		return;
	(void)unlinkat((*upload)->vault->fresh, (*upload)->name, 0);
	end_upload(*upload);
	*upload = NULL;
}

static void note_unflushed(struct vault *vault, const struct digest *digest)
{
	(void)pthread_mutex_lock(&vault->lock);
	if (vault->unflushed_count < FLUSH_ONE_BY_ONE)
		vault->unflushed[vault->unflushed_count] = *digest;
	vault->unflushed_count++;
	(void)pthread_mutex_unlock(&vault->lock);
}

/* A name alone proves nothing: see the top. */
static bool is_whole(struct vault *vault, const struct digest *digest)
{
	struct fail ignored;

	return vault_has(vault, digest) &&
	       vault_check(vault, digest, NULL, &ignored);
}

static bool give_place(struct vault_upload **upload,
		       const struct digest *digest, struct fail *why)
{
	struct vault_upload *done = *upload;
	struct vault *vault = done->vault;
	char place[NAME_SIZE];

	place_of(digest, place);
	/* The disk may begin now: the flush will have less to do. */
	(void)sync_file_range(done->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
	fault_step("vault.rename.before");
	if (renameat(vault->fresh, done->name, vault->root, place) != 0) {
		descriptor_fail(why, "rename into", place);
		vault_upload_abort(upload);
		return false;
	}
	fault_step("vault.rename.after");
	end_upload(done);
	*upload = NULL;
	note_unflushed(vault, digest);
	return true;
}

bool vault_upload_finish(struct vault_upload **upload,
			 struct digest *ret_digest, int64_t *ret_size,
			 struct fail *why)
{
	struct vault *vault = (*upload)->vault;
	struct digest digest = digester_finish((*upload)->digester);
	int64_t size = (*upload)->size;

	if (is_whole(vault, &digest)) {
		vault_upload_abort(upload);
		note_unflushed(vault, &digest);
	} else if (!give_place(upload, &digest, why)) {
		return false;
	}
	*ret_digest = digest;
	*ret_size = size;
	return true;
}

bool vault_add_known(struct vault *vault, const void *data, size_t size,
		     const struct digest *digest, struct fail *why)
{
	auto_upload *upload = NULL;

	if (is_whole(vault, digest)) {
		note_unflushed(vault, digest);
		return true;
	}
	upload = vault_upload_begin(vault, why);
	return upload && descriptor_write(upload->fd, data, size, why) &&
	       give_place(&upload, digest, why);
}

bool vault_add(struct vault *vault, const void *data, size_t size,
	       struct digest *ret_digest, struct fail *why)
{
	struct digest digest = digest_of(data, size);

	if (!vault_add_known(vault, data, size, &digest, why))
		return false;
	*ret_digest = digest;
	return true;
}

static void flush_one(struct vault *vault, const struct digest *digest)
{
	char place[NAME_SIZE];
	int fd;

	place_of(digest, place);
	fd = openat(vault->root, place, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || fdatasync(fd) != 0)
		disk_lost_a_write(place);
	descriptor_close(&fd);
	place[2] = '\0';
	fd = openat(vault->root, place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		disk_lost_a_write(place);
	descriptor_close(&fd);
}

bool vault_flush(struct vault *vault, struct fail *why)
{
	struct digest few[FLUSH_ONE_BY_ONE];
	size_t count;

	(void)why;
	(void)pthread_mutex_lock(&vault->flushing);
	(void)pthread_mutex_lock(&vault->lock);
	count = vault->unflushed_count;
	memcpy(few, vault->unflushed, sizeof(few));
	vault->unflushed_count = 0;
	(void)pthread_mutex_unlock(&vault->lock);
	if (count) {
		fault_step("vault.flush.before");
		if (count > FLUSH_ONE_BY_ONE && syncfs(vault->root) != 0)
			disk_lost_a_write("vault");
		for (size_t i = 0; i < count && count <= FLUSH_ONE_BY_ONE; i++)
			flush_one(vault, &few[i]);
		fault_step("vault.flush.after");
	}
	(void)pthread_mutex_unlock(&vault->flushing);
	return true;
}

int vault_open_file(struct vault *vault, const struct digest *digest,
		    struct fail *why)
{
	char place[NAME_SIZE];
	int fd;

	place_of(digest, place);
	fd = openat(vault->root, place, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		descriptor_fail(why, "open file", place);
	return fd;
}

bool vault_has(struct vault *vault, const struct digest *digest)
{
	char place[NAME_SIZE];

	place_of(digest, place);
	return faccessat(vault->root, place, F_OK, 0) == 0;
}

static bool hash_file(int fd, struct digest *ret_digest, int64_t *ret_size,
		      struct fail *why)
{
	auto_digester *digester = digester_create();
	unsigned char *buffer = memory_alloc(READ_SIZE);
	int64_t size = 0;
	ssize_t got;

	while ((got = read(fd, buffer, READ_SIZE)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		digester_add(digester, buffer, (size_t)got);
		size += got;
	}
	memory_free(buffer);
	if (got < 0)
		return descriptor_fail(why, "read", "vault");
	*ret_digest = digester_finish(digester);
	*ret_size = size;
	return true;
}

bool vault_check(struct vault *vault, const struct digest *digest,
		 int64_t *ret_size, struct fail *why)
{
	auto_fd fd = vault_open_file(vault, digest, why);
	struct digest found;
	int64_t size = 0;
	char hex[DIGEST_HEX_SIZE];

	if (fd < 0 || !hash_file(fd, &found, &size, why))
		return false;
	if (!digest_equal(&found, digest)) {
		digest_print(digest, hex);
		fail(why, FAIL_BROKEN, "the content of file %s has changed",
		     hex);
		return fail_code(why, "vault.damaged",
				 "Nội dung tệp trong kho đã bị thay đổi.");
	}
	if (ret_size)
		*ret_size = size;
	return true;
}
