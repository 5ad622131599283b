#include "reader/package.h"
#include "reader/unpack.h"
#include <string.h>

enum {
	CONTENT_MAX = 96 * 1024 * 1024,
	PARTS_MAX = 4096,
	ENTRIES_MAX = 20000
};

static void set_reason(struct document *document, enum unpack_outcome outcome)
{
	if (outcome == UNPACK_DAMAGED)
		document->reason = "damaged";
	else if (outcome == UNPACK_ENCRYPTED)
		document->reason = "encrypted";
	else if (outcome == UNPACK_LIMIT)
		document->reason = "limit.ratio";
	else if (outcome == UNPACK_NO_ROOM)
		document->reason = "limit.size";
}

static void note(struct document *document, const char *name)
{
	const char *last = strrchr(name, '/');

	if (strcmp(last ? last + 1 : name, "vbaProject.bin") == 0)
		document_flag(document, "macros");
}

static bool is_there(const struct package *package, const char *name)
{
	for (size_t i = 0; i < package->count; i++) {
		if (strcmp(package->parts[i].name, name) == 0)
			return true;
	}
	return false;
}

/* Of two parts with the same name programs take either: the first is read,
 * and people are told. */
static bool is_new(struct package *package, struct document *document,
		   const char *name)
{
	if (!is_there(package, name))
		return package->count < PARTS_MAX;
	document_flag(document, "duplicate_part");
	return false;
}

static enum unpack_outcome add_part(struct package *package,
				    struct document *document,
				    struct unpack *unpack, const char *name)
{
	struct package_part part = { .name = name };
	unsigned char *at = package->content;
	enum unpack_outcome outcome;
	size_t size = 0;

	if (package->count) {
		const struct bytes last =
			package->parts[package->count - 1].content;

		at = package->content + (last.data - package->content) +
		     last.size;
	}
	outcome = unpack_read(unpack, at,
			      CONTENT_MAX - (size_t)(at - package->content),
			      &size);
	part.content = (struct bytes){ at, size };
	package->parts = arena_grow(document->arena, package->parts,
				    package->count, sizeof(part));
	package->parts[package->count++] = part;
	return outcome;
}

void package_open(struct bytes content, bool (*is_wanted)(const char *name),
		  struct document *document, struct package *ret_package)
{
	auto_unpack *unpack = unpack_create(content, true);
	enum unpack_outcome outcome = unpack ? UNPACK_ENTRY : UNPACK_DAMAGED;
	struct unpack_entry entry;

	*ret_package = (struct package){ .content =
						 memory_alloc(CONTENT_MAX) };
	for (size_t i = 0; outcome == UNPACK_ENTRY && i < ENTRIES_MAX; i++) {
		const char *name;

		outcome = unpack_next(unpack, &entry);
		if (outcome != UNPACK_ENTRY)
			break;
		name = arena_copy_part(document->arena,
				       (const char *)entry.name.data,
				       entry.name.size);
		note(document, name);
		if (!is_wanted(name) || !is_new(ret_package, document, name))
			continue;
		outcome = entry.is_encrypted
				  ? UNPACK_ENCRYPTED
				  : add_part(ret_package, document, unpack,
					     name);
	}
	set_reason(document, outcome);
}

void package_close(struct package *package)
{
	memory_free(package->content);
	package->content = NULL;
}

struct bytes package_find(const struct package *package, const char *name)
{
	for (size_t i = 0; i < package->count; i++) {
		if (strcmp(package->parts[i].name, name) == 0)
			return package->parts[i].content;
	}
	return (struct bytes){ NULL, 0 };
}
