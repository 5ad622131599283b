#include "reader/edxml_file.h"
#include "base/text.h"
#include "reader/member.h"
#include "reader/sniff.h"
#include "reader/transfer.h"
#include "reader/unpack.h"
#include "viet/fold.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	UUID_SIZE = 36,
	RUINED_SHARE = 100 /* one in so many bytes is enough */
};

static const char broken[] = "broken";

/* "7f229065-682c-47b1-830c-3f0e4f4664f9.txt" */
static bool is_uuid_name(struct bytes name)
{
	if (name.size < UUID_SIZE)
		return false;
	for (size_t i = 0; i < UUID_SIZE; i++) {
		bool is_hyphen = i == 8 || i == 13 || i == 18 || i == 23;

		if (is_hyphen ? name.data[i] != '-'
			      : !isxdigit(name.data[i]))
			return false;
	}
	return name.size == UUID_SIZE || name.data[UUID_SIZE] == '.';
}

static bool has_ending(const char *name, const char *ending)
{
	size_t size = name ? strlen(name) : 0, end = strlen(ending);

	return size >= end && strcasecmp(name + size - end, ending) == 0;
}

/* A ZIP that is only a wrapper: one entry, called by a UUID, and the name of
 * the file does not want a ZIP. */
static bool is_wrapper(struct bytes content, const char *name)
{
	auto_unpack *unpack = NULL;
	struct unpack_entry entry;

	if (has_ending(name, ".zip") ||
	    strcmp(sniff_type(content, NULL), "application/zip") != 0)
		return false;
	unpack = unpack_create(content, true);
	if (!unpack || unpack_next(unpack, &entry) != UNPACK_ENTRY ||
	    !entry.is_file || !is_uuid_name(entry.name))
		return false;
	return unpack_next(unpack, &entry) == UNPACK_DONE;
}

/* The bytes of another format that went through UTF-8: every byte that was no
 * text is U+FFFD now, for ever. */
static bool is_ruined(struct bytes content)
{
	static const unsigned char mark[] = { 0xef, 0xbf, 0xbd };
	const struct bytes wanted = { mark, sizeof(mark) };
	size_t count = 0, at = bytes_find(content, wanted, 0);

	while (at < content.size) {
		count++;
		at = bytes_find(content, wanted, at + wanted.size);
	}
	return count > 0 && count >= content.size / RUINED_SHARE;
}

/* A name that promises a format that has a signature of its own. */
static bool is_promise(const char *name)
{
	static const char *const endings[] = {
		".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx",
		".zip", ".rar", ".7z", ".jpg", ".jpeg", ".png", ".tif",
		".tiff", ".odt", ".rtf"
	};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		if (has_ending(name, endings[i]))
			return true;
	}
	return false;
}

static bool is_broken(const struct document_member *member,
		      struct bytes content)
{
	bool is_text = strncmp(member->type, "text/", 5) == 0;

	if (content.size == 0)
		return true;
	if (is_promise(member->name) &&
	    (is_text || strcmp(member->type, "application/octet-stream") == 0))
		return true;
	return !is_text && is_ruined(content);
}

static bool unwrap(const struct document_request *request,
		   struct document *document, struct bytes content,
		   const char *name, struct fail *why)
{
	auto_unpack *unpack = unpack_create(content, true);
	struct member_space space = member_space(request, document);
	struct unpack_entry entry;
	enum unpack_outcome outcome = UNPACK_DAMAGED;
	size_t size = 0;

	if (unpack && unpack_next(unpack, &entry) == UNPACK_ENTRY)
		outcome = unpack_read(unpack, space.at, space.size, &size);
	if (outcome == UNPACK_NO_ROOM)
		return fail(why, FAIL_LIMIT, "no room for what is inside");
	if (outcome == UNPACK_LIMIT)
		size = 0;
	struct document_member *member =
		member_add(request, document, size, name);
	if (outcome != UNPACK_ENTRY)
		member->flag = broken;
	return true;
}

/* What this ends with is text for people, or nothing of base64 at all. */
static bool has_foreign_signs(struct bytes encoded)
{
	for (size_t i = 0; i < encoded.size; i++) {
		unsigned char c = encoded.data[i];

		if (!isalnum(c) && !isspace(c) && c != '+' && c != '/' &&
		    c != '=')
			return true;
	}
	return false;
}

static bool add_content(const struct document_request *request,
			struct document *document, struct bytes content,
			const char *name, struct fail *why)
{
	if (is_wrapper(content, name))
		return unwrap(request, document, content, name, why);
	return member_copy(request, document, content, name, why);
}

bool edxml_file_add(const struct document_request *request,
		    struct document *document, const struct edxml_file *file,
		    struct fail *why)
{
	unsigned char *plain =
		memory_alloc(transfer_room("base64", file->encoded) + 1);
	struct bytes content = { plain, 0 };
	const char *name = NULL;
	struct document_member *member;
	bool ok;

	if (file->name)
		name = member_name(bytes_of(file->name), document->arena);
	if (!has_foreign_signs(file->encoded))
		content.size =
			transfer_decode("base64", file->encoded, plain).size;
	ok = add_content(request, document, content, name, why);
	memory_free(plain);
	if (!ok)
		return false;
	member = &document->members[document->member_count - 1];
	content = (struct bytes){ request->room + member->at, member->size };
	if (is_broken(member, content))
		member->flag = broken;
	if (member->flag)
		document_flag(document, "broken_files");
	member->role = file->description; /* until edxml_file_set_roles() */
	return true;
}

static bool is_annex(const char *text, struct arena *arena)
{
	const char *fold = text ? viet_fold(text, arena) : "";

	return strstr(fold, "phu luc") || strstr(fold, "dinh kem") ||
	       strstr(fold, "phuluc") || strncmp(fold, "pl ", 3) == 0;
}

/* Packages name the document first; an annex says what it is. */
void edxml_file_set_roles(struct document *document)
{
	bool has_main = false;

	for (size_t i = 0; i < document->member_count; i++) {
		struct document_member *member = &document->members[i];
		bool annex = is_annex(member->role, document->arena) ||
			     is_annex(member->name, document->arena);

		member->role = NULL;
		if (annex)
			member->role = "annex";
		else if (!has_main)
			member->role = "main";
		has_main |= !annex;
	}
}
