/*
 * Names of elements are taken without their prefixes and in any order: the
 * programs in use do not agree on either.
 */
#include "reader/edxml.h"
#include "base/text.h"
#include "reader/edxml_file.h"
#include "reader/edxml_value.h"
#include "reader/markup.h"
#include "viet/fold.h"
#include <string.h>

enum {
	DEPTH_MAX = 64,
	VALUE_MAX = 64 * 1024,
	FILES_MAX = 200,
	REFERENCES_MAX = 1000
};

struct walk {
	const struct document_request *request;
	struct document *document;
	struct fail *why;
	struct edxml_values values;
	enum edxml_holder holders[DEPTH_MAX];
	size_t depth;
	struct text text;    /* of the element that is open */
	struct text encoded; /* of the file */
	struct edxml_file file;
	size_t files, references;
	bool has_failed;
};

static enum edxml_holder holder_now(const struct walk *walk)
{
	size_t depth = walk->depth < DEPTH_MAX ? walk->depth : DEPTH_MAX;

	return depth ? walk->holders[depth - 1] : EDXML_NONE;
}

static void begin(void *context, const char *name,
		  const char *const *attributes)
{
	struct walk *walk = context;
	enum edxml_holder holder = edxml_holder(name, holder_now(walk));

	(void)attributes;
	text_clear(&walk->text);
	if (walk->depth < DEPTH_MAX)
		walk->holders[walk->depth] = holder;
	walk->depth++;
	if (strcmp(name, "Attachment") == 0) {
		text_clear(&walk->encoded);
		walk->file = (struct edxml_file){ 0 };
	} else if (strcmp(name, "Reference") == 0 &&
		   holder == EDXML_MANIFEST) { /* not one of a signature */
		walk->references++;
	}
}

static void end_file(struct walk *walk)
{
	walk->file.encoded = bytes_of(text_string(&walk->encoded));
	if (walk->has_failed)
		return;
	if (walk->files >= FILES_MAX) {
		walk->document->reason = "limit.members";
		return;
	}
	walk->files++;
	if (!edxml_file_add(walk->request, walk->document, &walk->file,
			    walk->why))
		walk->has_failed = true;
}

static const char *value_of(struct walk *walk)
{
	struct arena *arena = walk->document->arena;
	const char *start = text_string(&walk->text);
	size_t size = strlen(start);

	while (size && strchr(" \t\r\n", start[size - 1]))
		size--;
	while (size && strchr(" \t\r\n", *start)) {
		start++;
		size--;
	}
	if (!size)
		return NULL;
	/* a damaged package may hold any bytes */
	return viet_normal(arena_copy_part(arena, start, size), arena);
}

static void end_file_value(struct walk *walk, const char *name)
{
	struct text swap = walk->encoded;

	if (strcmp(name, "AttachmentName") == 0) {
		walk->file.name = value_of(walk);
	} else if (strcmp(name, "Description") == 0) {
		walk->file.description = value_of(walk);
	} else if (strcmp(name, "ContentTransferEncoded") == 0) {
		walk->encoded = walk->text;
		walk->text = swap;
	}
}

static void end(void *context, const char *name)
{
	struct walk *walk = context;
	enum edxml_holder holder;

	if (walk->depth)
		walk->depth--;
	holder = holder_now(walk);
	if (strcmp(name, "Attachment") == 0)
		end_file(walk);
	else if (holder == EDXML_ATTACHMENT)
		end_file_value(walk, name);
	else if (walk->text.size && walk->text.size < VALUE_MAX)
		edxml_value_add(&walk->values, holder, name, value_of(walk));
	text_clear(&walk->text);
}

static void add_text(void *context, const char *text, size_t size)
{
	struct walk *walk = context;

	text_add_part(&walk->text, text, size);
}

/* Some programs write signs of their own in front. */
static struct bytes skip_junk(struct bytes content)
{
	size_t at = bytes_find(content, bytes_of("<"), 0);

	return bytes_part(content, at, content.size);
}

static void finish(struct walk *walk, enum markup_outcome outcome)
{
	struct document *document = walk->document;

	if (outcome == MARKUP_DOCTYPE) {
		document->reason = "doctype";
		return;
	}
	if (outcome == MARKUP_DAMAGED)
		document_flag(document, "damaged_part");
	if (walk->references > walk->files)
		document_flag(document, "missing_files");
	edxml_file_set_roles(document);
	edxml_value_propose(&walk->values);
}

bool edxml_read(const struct document_request *request,
		struct document *document, struct fail *why)
{
	struct walk walk = {
		.request = request,
		.document = document,
		.why = why,
		.values = { .document = document },
	};
	const struct markup_handler handler = { &walk, begin, end, add_text };
	enum markup_outcome outcome;

	walk.text.limit = request->content.size + 1;
	walk.encoded.limit = walk.text.limit;
	outcome = markup_read(skip_junk(request->content), &handler);
	text_done(&walk.text);
	text_done(&walk.encoded);
	if (walk.has_failed)
		return false;
	finish(&walk, outcome);
	return true;
}
