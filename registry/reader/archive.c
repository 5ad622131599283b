#include "reader/archive.h"
#include "reader/member.h"
#include "reader/unpack.h"
#include <string.h>

enum {
	ROOM_ENOUGH = 128 * 1024 * 1024,
	MEMBERS_MAX = 1000,
	ENTRIES_MAX = 20000 /* with folders and links, which are left out */
};

void archive_prepare(void)
{
	unpack_open();
}

/* One compressed file without a name has that of its archive. */
static const char *name_of(const struct document_request *request,
			   struct bytes name, struct arena *arena)
{
	const char *dot = request->name ? strrchr(request->name, '.') : NULL;

	if (name.size == 4 && memcmp(name.data, "data", 4) == 0 && dot)
		return arena_copy_part(arena, request->name,
				       (size_t)(dot - request->name));
	return member_name(name, arena);
}

/* A bomb is a bomb however much room there is: it is asked for first. In a
 * large room what has its place stays. */
static bool stop(const struct document_request *request,
		 struct document *document, enum unpack_outcome outcome,
		 struct fail *why)
{
	if (outcome == UNPACK_NO_ROOM && request->room_size < ROOM_ENOUGH)
		return fail(why, FAIL_LIMIT, "no room for what is inside");
	if (outcome == UNPACK_NO_ROOM)
		document->reason = "limit.size";
	else if (outcome == UNPACK_LIMIT)
		document->reason = "limit.ratio";
	else if (outcome == UNPACK_ENCRYPTED)
		document->reason = "encrypted";
	else if (outcome == UNPACK_DAMAGED)
		document->reason = "damaged";
	return true;
}

/* Of an encrypted one the name is known, and that it is there. */
static bool read_entry(const struct document_request *request,
		       struct document *document, struct unpack *unpack,
		       const struct unpack_entry *entry, struct fail *why)
{
	const char *name = name_of(request, entry->name, document->arena);
	struct member_space space = member_space(request, document);
	enum unpack_outcome outcome = UNPACK_ENCRYPTED;
	struct document_member *member;
	size_t size = 0;

	if (!entry->is_encrypted)
		outcome = unpack_read(unpack, space.at, space.size, &size);
	if (outcome == UNPACK_NO_ROOM || outcome == UNPACK_LIMIT)
		return stop(request, document, outcome, why);
	if (outcome == UNPACK_ENCRYPTED)
		size = 0;
	member = member_add(request, document, size, name);
	if (outcome == UNPACK_ENCRYPTED)
		member->flag = "encrypted";
	else if (outcome == UNPACK_DAMAGED)
		member->flag = "broken";
	if (outcome == UNPACK_DAMAGED) /* the next one may be well */
		return true;
	return stop(request, document, outcome, why);
}

/* False: no more. An encrypted member does not hide those behind it. */
static bool may_go_on(struct document *document, size_t entries)
{
	if (document->reason && strcmp(document->reason, "encrypted") != 0)
		return false;
	if (document->member_count < MEMBERS_MAX && entries < ENTRIES_MAX)
		return true;
	document->reason = "limit.members";
	return false;
}

bool archive_read(const struct document_request *request,
		  struct document *document, struct fail *why)
{
	auto_unpack *unpack = unpack_create(request->content, false);
	struct unpack_entry entry;
	enum unpack_outcome outcome = unpack ? UNPACK_ENTRY : UNPACK_DAMAGED;

	for (size_t entries = 0; outcome == UNPACK_ENTRY; entries++) {
		outcome = unpack_next(unpack, &entry);
		if (outcome != UNPACK_ENTRY)
			break;
		if (!may_go_on(document, entries))
			return true;
		if (entry.is_file && !read_entry(request, document, unpack,
						 &entry, why))
			return false;
	}
	return stop(request, document, outcome, why);
}
