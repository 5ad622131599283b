#include "reader/unpack.h"
#include "reader/rar.h"
#include <archive.h>
#include <archive_entry.h>
#include <iconv.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	FREE_SIZE = 32 * 1024 * 1024, /* may come out of anything */
	RATIO_MAX = 100,	      /* beyond that, times what went in */
	SIZE_MAX_ALL = 1024 * 1024 * 1024
};

struct unpack {
	struct archive *archive;
	uint64_t came, may_come;
	bool is_locked; /* the whole of it */
};

void unpack_open(void)
{
	iconv_t converter;

	(void)setlocale(LC_CTYPE, "C.UTF-8");
	/* days of entries, which nobody asks for, shall not look for a zone */
	(void)setenv("TZ", "UTC0", 1);
	tzset();
	converter = iconv_open("UTF-8", "UTF-16LE");
	if (converter != (iconv_t)-1)
		(void)iconv_close(converter);
}

/* Only what works in memory: none of the filters that start programs. */
static void support(struct archive *archive, bool zip_only)
{
	(void)archive_read_support_format_zip(archive);
	if (zip_only)
		return;
	(void)archive_read_support_format_7zip(archive);
	(void)archive_read_support_format_rar(archive);
	(void)archive_read_support_format_rar5(archive);
	(void)archive_read_support_format_tar(archive);
	(void)archive_read_support_format_cab(archive);
	(void)archive_read_support_format_raw(archive);
	(void)archive_read_support_filter_gzip(archive);
	(void)archive_read_support_filter_bzip2(archive);
	(void)archive_read_support_filter_xz(archive);
	(void)archive_read_support_filter_zstd(archive);
}

struct unpack *unpack_create(struct bytes content, bool zip_only)
{
	struct unpack *unpack = memory_alloc(sizeof(*unpack));

	unpack->may_come = (uint64_t)content.size * RATIO_MAX + FREE_SIZE;
	if (unpack->may_come > SIZE_MAX_ALL)
		unpack->may_come = SIZE_MAX_ALL;
	unpack->is_locked = rar_is_encrypted(content);
	unpack->archive = archive_read_new();
	if (unpack->archive) {
		support(unpack->archive, zip_only);
		if (archive_read_open_memory(unpack->archive, content.data,
					     content.size) == ARCHIVE_OK)
			return unpack;
	}
	unpack_destroy(&unpack);
	return NULL;
}

void unpack_destroy(struct unpack **unpack)
{
	if (!*unpack)
		return;
	(void)archive_read_free((*unpack)->archive);
	memory_free(*unpack);
	*unpack = NULL;
}

/* Bytes where the archive has bytes, UTF-8 where it says so. */
static struct bytes name_of(struct archive_entry *entry)
{
	const char *name = archive_entry_pathname(entry);

	if (!name)
		name = archive_entry_pathname_utf8(entry);
	return bytes_of(name ? name : "");
}

/* Some programs write no type at all. */
static bool is_file(struct archive_entry *entry)
{
	unsigned type = archive_entry_filetype(entry);

	return (type == AE_IFREG || type == 0) &&
	       !archive_entry_hardlink(entry) && !archive_entry_symlink(entry);
}

static bool is_password_wanted(const struct unpack *unpack)
{
	struct archive *archive = unpack->archive;
	const char *text = archive_error_string(archive);

	return unpack->is_locked ||
	       archive_read_has_encrypted_entries(archive) > 0 ||
	       (text && (strstr(text, "ncrypt") || strstr(text, "assphrase") ||
			 strstr(text, "assword")));
}

enum unpack_outcome unpack_next(struct unpack *unpack,
				struct unpack_entry *ret_entry)
{
	struct archive_entry *entry;
	int error = archive_read_next_header(unpack->archive, &entry);

	if (error == ARCHIVE_EOF)
		return UNPACK_DONE;
	if (error != ARCHIVE_OK && error != ARCHIVE_WARN)
		return is_password_wanted(unpack) ? UNPACK_ENCRYPTED
						  : UNPACK_DAMAGED;
	/* what is no archive is not its own member */
	if (archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW &&
	    archive_filter_count(unpack->archive) < 2)
		return UNPACK_DAMAGED;
	*ret_entry = (struct unpack_entry){
		.name = name_of(entry),
		.is_file = is_file(entry),
		.is_encrypted = unpack->is_locked ||
				archive_entry_is_encrypted(entry) != 0
	};
	return UNPACK_ENTRY;
}

enum unpack_outcome unpack_read(struct unpack *unpack, unsigned char *at,
				size_t size, size_t *ret_size)
{
	unsigned char beyond;

	*ret_size = 0;
	for (;;) {
		size_t left = size - *ret_size;
		la_ssize_t got = archive_read_data(
			unpack->archive, left ? at + *ret_size : &beyond,
			left ? left : 1);

		if (got == 0)
			return UNPACK_ENTRY;
		if (got < 0)
			return is_password_wanted(unpack)
				       ? UNPACK_ENCRYPTED
				       : UNPACK_DAMAGED;
		unpack->came += (uint64_t)got;
		if (unpack->came > unpack->may_come)
			return UNPACK_LIMIT;
		if (!left)
			return UNPACK_NO_ROOM;
		*ret_size += (size_t)got;
	}
}
