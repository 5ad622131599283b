/*
 * Poppler asks FreeType for a font by the path of its file, and reads its
 * tables from there too, and nothing can be opened in the jail. FT_New_Face()
 * and Poppler's openFile() are therefore ours: the loader takes the program's
 * own for everyone, and they look among the mapped files. Should Poppler call
 * it otherwise one day, such text is missing from images of pages.
 */
#include "reader/typeface.h"
#include "base/arena.h"
#include "base/text.h"
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include FT_FREETYPE_H

enum {
	TYPEFACES_MAX = 400,
	TYPEFACE_MAX = 32 * 1024 * 1024,
	ALL_MAX = 400 * 1024 * 1024 /* of address space */
};

struct typeface {
	char *path;
	void *data;
	size_t size;
};

static struct typeface typefaces[TYPEFACES_MAX];
static size_t typeface_count;
static size_t used;

static void *map_file(const char *path, size_t *ret_size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	void *at = MAP_FAILED;

	if (fd >= 0 && fstat(fd, &status) == 0 && status.st_size > 0 &&
	    status.st_size <= TYPEFACE_MAX &&
	    used + (size_t)status.st_size <= ALL_MAX) {
		*ret_size = (size_t)status.st_size;
		at = mmap(NULL, *ret_size, PROT_READ, MAP_PRIVATE, fd, 0);
	}
	if (fd >= 0)
		(void)close(fd);
	return at == MAP_FAILED ? NULL : at;
}

static const struct typeface *find_typeface(const char *path)
{
	for (size_t i = 0; i < typeface_count; i++) {
		if (strcmp(typefaces[i].path, path) == 0)
			return &typefaces[i];
	}
	return NULL;
}

static void keep(const char *path)
{
	struct typeface *typeface = &typefaces[typeface_count];

	if (typeface_count == TYPEFACES_MAX || find_typeface(path))
		return;
	typeface->data = map_file(path, &typeface->size);
	if (!typeface->data)
		return;
	typeface->path = memory_copy(path);
	used += typeface->size;
	typeface_count++;
}

void typeface_open(void)
{
	FcPattern *every = FcPatternCreate();
	FcObjectSet *wanted = FcObjectSetBuild(FC_FILE, (char *)NULL);
	FcFontSet *found = FcFontList(NULL, every, wanted);
	FcChar8 *path;

	for (int i = 0; found && i < found->nfont; i++) {
		if (FcPatternGetString(found->fonts[i], FC_FILE, 0, &path) ==
		    FcResultMatch)
			keep((const char *)path);
	}
	if (found)
		FcFontSetDestroy(found);
	FcObjectSetDestroy(wanted);
	FcPatternDestroy(every);
}

FT_Error FT_New_Face(FT_Library library, const char *path, FT_Long index,
		     FT_Face *ret_face)
{
	const struct typeface *typeface = find_typeface(path);
	auto_text copy = { 0 };
	FT_Open_Args file = { .flags = FT_OPEN_PATHNAME };

	if (!typeface) {
		text_add(&copy, path);
		file.pathname = copy.string;
		return FT_Open_Face(library, &file, index, ret_face);
	}
	return FT_New_Memory_Face(library, typeface->data,
				  (FT_Long)typeface->size, index, ret_face);
}

FILE *_Z8openFilePKcS0_(const char *path, const char *mode);

/* Reading only, as Poppler does. */
FILE *_Z8openFilePKcS0_(const char *path, const char *mode)
{
	const struct typeface *typeface = find_typeface(path);

	if (!typeface)
		return fopen(path, mode);
	return fmemopen(typeface->data, typeface->size, "r");
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
const char *__lsan_default_suppressions(void);

/* Fontconfig keeps what it has matched. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
#endif
#endif
