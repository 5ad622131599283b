#include "reader/mail.h"
#include "base/digest.h"
#include "reader/body.h"
#include "reader/codec.h"
#include "reader/envelope.h"
#include "reader/html.h"
#include "reader/report.h"
#include "reader/structure.h"
#include "reader/transfer.h"
#include "viet/encoding.h"
#include "viet/fold.h"
#include <stdlib.h>
#include <string.h>

enum {
	SECOND_OPINION_MAX = 4 * 1024 * 1024,
	COLONS_MAX = 5000 /* GMime recurses over groups of addresses */
};

struct reading_of_mail {
	struct structure structure;
	struct body body;
	struct mail_room room;
	size_t used;
	struct arena *arena;
};

void mail_open(void)
{
	codec_open();
	html_open();
	envelope_open();
}

void mail_close(void)
{
	envelope_close();
	html_close();
	codec_close();
}

static void doubt_transfer(struct structure *structure,
			   const struct transfer *transfer)
{
	if (transfer->junk)
		structure_doubt(structure, "transfer_junk");
	if (transfer->after_end)
		structure_doubt(structure, "after_padding");
	if (transfer->unknown)
		structure_doubt(structure, "unknown_encoding");
}

/* Only what differs is said: the same name needs no second one. */
static void set_names(struct tree *part, const struct facts *facts,
		      struct arena *arena)
{
	tree_set_text(part, "name", facts->name);
	if (facts->strict_name && strcmp(facts->strict_name, facts->name) &&
	    strcmp(viet_normal(facts->strict_name, arena), facts->name))
		tree_set_text(part, "found_name", facts->strict_name);
}

static void set_digest(struct tree *part, const void *content, size_t size)
{
	struct digest digest = digest_of(content, size);
	char hex[DIGEST_HEX_SIZE];

	digest_print(&digest, hex);
	tree_set_text(part, "sha256", hex);
}

static bool add_part(struct reading_of_mail *reading, const struct leaf *leaf,
		     struct tree *parts, struct fail *why)
{
	const struct facts *facts = &leaf->facts;
	size_t need = transfer_room(facts->encoding, leaf->body);
	struct transfer transfer;
	struct tree *part;

	if (need > reading->room.size - reading->used)
		return fail(why, FAIL_LIMIT,
			    "the parts need more than %zu bytes",
			    reading->room.size);
	transfer = transfer_decode(facts->encoding, leaf->body,
				   reading->room.at + reading->used);
	doubt_transfer(&reading->structure, &transfer);
	part = tree_add_tree(parts);
	tree_set_text(part, "path", leaf->path);
	tree_set_text(part, "type", facts->type);
	set_names(part, facts, reading->arena);
	tree_set_text(part, "class", leaf->class);
	tree_set_text(part, "disposition",
		      *facts->disposition ? facts->disposition : NULL);
	tree_set_text(part, "content_id", facts->content_id);
	tree_set_text(part, "charset", facts->charset);
	tree_set_bool(part, "shown",
		      body_shows(&reading->body, facts->content_id));
	tree_set_int(part, "at", (int64_t)reading->used);
	tree_set_int(part, "bytes", (int64_t)transfer.size);
	if (reading->room.digests)
		set_digest(part, reading->room.at + reading->used,
			   transfer.size);
	reading->used += transfer.size;
	return true;
}

static bool add_parts(struct reading_of_mail *reading, struct tree *answer,
		      struct fail *why)
{
	struct tree *parts = tree_set_list(answer, "parts");

	for (size_t i = 0; i < reading->structure.count; i++) {
		const struct leaf *leaf = &reading->structure.leaves[i];

		if (leaf->class && !add_part(reading, leaf, parts, why))
			return false;
	}
	return true;
}

static int compare_doubts(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* "ambiguous" leads; it sorts before its reasons. */
static void add_flags(struct structure *structure, struct tree *answer)
{
	struct tree *flags = tree_set_list(answer, "flags");

	if (structure->doubt_count == 0)
		return;
	qsort(structure->doubts, structure->doubt_count, sizeof(const char *),
	      compare_doubts);
	tree_add_text(flags, "ambiguous");
	for (size_t i = 0; i < structure->doubt_count; i++)
		tree_add_text(flags, structure->doubts[i]);
}

static bool has_many_colons(struct bytes letter)
{
	size_t count = 0;

	for (size_t i = 0; i < letter.size; i++)
		count += letter.data[i] == ':';
	return count > COLONS_MAX;
}

/* A letter that has doubts or no attachments is read by another parser too:
 * where they disagree, a person looks. */
static void ask_second_opinion(struct structure *structure)
{
	struct bytes letter = structure->letter;

	if (letter.size > SECOND_OPINION_MAX ||
	    (structure->attachments > 0 && structure->doubt_count == 0) ||
	    has_many_colons(letter))
		return;
	if (envelope_count_attachments(letter) != structure->attachments)
		structure_doubt(structure, "second_opinion");
}

bool mail_read(struct bytes letter, struct mail_room room,
	       struct arena *arena, struct tree *answer, struct fail *why)
{
	struct reading_of_mail reading = { .room = room, .arena = arena };

	structure_read(letter, arena, &reading.structure);
	reading.body = body_read(&reading.structure, arena);
	envelope_read(&reading.structure, arena, answer);
	report_read(&reading.structure, arena, answer);
	if (!add_parts(&reading, answer, why))
		return false;
	ask_second_opinion(&reading.structure);
	tree_set_text(answer, "text", reading.body.text);
	add_flags(&reading.structure, answer);
	return true;
}
