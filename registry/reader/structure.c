#include "reader/structure.h"
#include <stdlib.h>
#include <string.h>

enum {
	LOOKED_AT = 64 * 1024 /* bytes where a bare LF matters */
};

/* A container that is being cut. */
struct frame {
	struct bytes body;
	struct bytes boundary;
	size_t at;    /* where to look for the next delimiter */
	size_t start; /* of the open part */
	bool open;
	bool closed;
	size_t number; /* of parts given out */
	const char *path;
	const char *fallback;
	bool related;
	bool choice;
};

struct walk {
	struct structure *structure;
	struct arena *arena;
	struct frame *frames;
	size_t depth;
	size_t room;
	size_t leaf_room;
};

/* One entity on its way into the walk. */
struct entity {
	struct bytes bytes;
	const char *path;
	const char *fallback;
	bool related;
	bool choice;
};

void structure_doubt(struct structure *structure, const char *what)
{
	for (size_t i = 0; i < structure->doubt_count; i++) {
		if (strcmp(structure->doubts[i], what) == 0)
			return;
	}
	if (structure->doubt_count < STRUCTURE_DOUBTS_MAX)
		structure->doubts[structure->doubt_count++] = what;
}

static bool has(struct bytes in, size_t at, const char *what)
{
	size_t size = strlen(what);

	return in.size >= size && at <= in.size - size &&
	       memcmp(in.data + at, what, size) == 0;
}

/* After a delimiter: "--", blanks, and then a line end or nothing more. */
static bool ends_delimiter(struct bytes body, size_t at, size_t *ret_end,
			   bool *ret_last)
{
	*ret_last = has(body, at, "--");
	if (*ret_last)
		at += 2;
	while (at < body.size &&
	       (body.data[at] == ' ' || body.data[at] == '\t'))
		at++;
	*ret_end = at;
	return at == body.size || has(body, at, "\r\n");
}

/* The next delimiter at or after frame->at: from *ret_start (its CRLF) to
 * *ret_end (before the CRLF of its line). */
static bool next_delimiter(const struct frame *frame, size_t *ret_start,
			   size_t *ret_end, bool *ret_last)
{
	struct bytes mark = frame->boundary; /* CRLF -- boundary */
	size_t at = frame->at;

	if (at == 0 && frame->body.size >= mark.size - 2 &&
	    memcmp(frame->body.data, mark.data + 2, mark.size - 2) == 0 &&
	    ends_delimiter(frame->body, mark.size - 2, ret_end, ret_last)) {
		*ret_start = 0;
		return true;
	}
	for (;;) {
		at = bytes_find(frame->body, mark, at);
		if (at >= frame->body.size)
			return false;
		*ret_start = at;
		if (ends_delimiter(frame->body, at + mark.size, ret_end,
				   ret_last))
			return true;
		at++;
	}
}

/* Gives the next part of the container; false when there is none left. */
static bool next_part(struct frame *frame, struct bytes *ret_part)
{
	while (!frame->closed) {
		size_t start;
		size_t end;
		bool last;
		bool was_open = frame->open;
		size_t from = frame->start;

		if (!next_delimiter(frame, &start, &end, &last)) {
			frame->closed = true;
			if (was_open)
				*ret_part = bytes_part(frame->body, from,
						       frame->body.size);
			return was_open;
		}
		frame->at = end;
		frame->start = end + 2;
		frame->open = true;
		frame->closed = last;
		if (was_open) {
			*ret_part = bytes_part(frame->body, from,
					       start > from ? start : from);
			return true;
		}
	}
	return false;
}

static struct bytes make_mark(struct bytes boundary, struct arena *arena)
{
	unsigned char *mark = arena_alloc(arena, boundary.size + 5);

	memcpy(mark, "\r\n--", 4);
	if (boundary.size)
		memcpy(mark + 4, boundary.data, boundary.size);
	return (struct bytes){ mark, boundary.size + 4 };
}

static void take_doubts(struct structure *structure,
			const struct facts *facts)
{
	for (size_t i = 0; i < facts->doubt_count; i++)
		structure_doubt(structure, facts->doubts[i]);
}

static bool is_multipart(const struct facts *facts)
{
	return strncmp(facts->type, "multipart/", 10) == 0;
}

static bool same_boundary(const struct walk *walk, struct bytes mark)
{
	for (size_t i = 0; i < walk->depth; i++) {
		struct bytes other = walk->frames[i].boundary;

		if (other.size == mark.size &&
		    memcmp(other.data, mark.data, mark.size) == 0)
			return true;
	}
	return false;
}

static void push(struct walk *walk, const struct frame *frame)
{
	if (walk->depth == walk->room) {
		walk->room = walk->room ? walk->room * 2 : 8;
		walk->frames = memory_grow(walk->frames,
					   walk->room * sizeof(*frame));
	}
	walk->frames[walk->depth++] = *frame;
}

/* True when it is a container: it is on the stack then. */
static bool open_container(struct walk *walk, const struct entity *entity,
			   const struct facts *facts, struct bytes body)
{
	struct frame frame = { .body = body, .path = entity->path };
	size_t start;
	size_t end;
	bool last;

	if (!is_multipart(facts))
		return false;
	if (!facts->has_boundary) {
		structure_doubt(walk->structure, "boundary");
		return false;
	}
	if (walk->depth >= STRUCTURE_DEPTH_MAX) {
		structure_doubt(walk->structure, "depth_limit");
		return false;
	}
	frame.boundary = make_mark(facts->boundary, walk->arena);
	if (!next_delimiter(&frame, &start, &end, &last)) {
		structure_doubt(walk->structure, "boundary");
		return false;
	}
	if (same_boundary(walk, frame.boundary))
		structure_doubt(walk->structure, "boundary");
	frame.fallback = strcmp(facts->type, "multipart/digest") == 0
				 ? "message/rfc822"
				 : "text/plain";
	frame.related = entity->related ||
			strcmp(facts->type, "multipart/related") == 0;
	frame.choice = strcmp(facts->type, "multipart/alternative") == 0;
	push(walk, &frame);
	return true;
}

static void add_leaf(struct walk *walk, const struct entity *entity,
		     const struct facts *facts, struct bytes body)
{
	struct structure *structure = walk->structure;
	struct leaf leaf = { .path = entity->path,
			     .facts = *facts,
			     .body = body,
			     .choice = entity->choice };

	/* a container that is none: a leaf with its whole body */
	if (is_multipart(facts) && !facts->strict_name &&
	    strcmp(facts->disposition, "attachment") != 0)
		leaf.facts.type = "text/plain";
	if (facts_is_attachment(&leaf.facts)) {
		leaf.class = facts_class(&leaf.facts, entity->related,
					 entity->choice);
		structure->attachments++;
	}
	if (structure->count == walk->leaf_room) {
		struct leaf *old = structure->leaves;

		walk->leaf_room = walk->leaf_room ? walk->leaf_room * 4 : 16;
		structure->leaves = arena_array(walk->arena, walk->leaf_room,
						sizeof(leaf));
		if (structure->count)
			memcpy(structure->leaves, old,
			       structure->count * sizeof(leaf));
	}
	structure->leaves[structure->count++] = leaf;
}

static void enter(struct walk *walk, const struct entity *entity)
{
	struct structure *structure = walk->structure;
	struct header header;
	struct facts facts;
	struct bytes head;
	struct bytes body;

	if (++structure->parts > STRUCTURE_PARTS_MAX) {
		structure_doubt(structure, "parts_limit");
		return;
	}
	header_split(entity->bytes, &head, &body);
	header = header_parse(head, STRUCTURE_FIELDS_MAX, walk->arena);
	facts = facts_read(&header, entity->fallback, walk->arena);
	take_doubts(structure, &facts);
	if (structure->parts == 1)
		structure->header = header;
	if (!open_container(walk, entity, &facts, body))
		add_leaf(walk, entity, &facts, body);
}

static void run(struct walk *walk)
{
	while (walk->depth > 0) {
		struct frame *top = &walk->frames[walk->depth - 1];
		struct entity entity = { .fallback = top->fallback,
					 .related = top->related,
					 .choice = top->choice };

		if (walk->structure->parts > STRUCTURE_PARTS_MAX)
			return;
		if (!next_part(top, &entity.bytes)) {
			walk->depth--;
			continue;
		}
		entity.path = arena_print(walk->arena, "%s.%zu", top->path,
					  ++top->number);
		enter(walk, &entity);
	}
}

/* Every LF without its CR gets one. */
static struct bytes to_crlf(struct bytes letter, struct arena *arena)
{
	size_t size = letter.size;
	unsigned char *out;

	for (size_t i = 0; i < letter.size; i++)
		size += letter.data[i] == '\n';
	out = arena_alloc(arena, size + 1);
	size = 0;
	for (size_t i = 0; i < letter.size; i++) {
		if (letter.data[i] == '\n' &&
		    (i == 0 || letter.data[i - 1] != '\r'))
			out[size++] = '\r';
		out[size++] = letter.data[i];
	}
	return (struct bytes){ out, size };
}

static bool first_line_is_bare(struct bytes letter)
{
	const unsigned char *end =
		letter.size ? memchr(letter.data, '\n', letter.size) : NULL;

	return end && (end == letter.data || end[-1] != '\r');
}

static bool starts_field(struct bytes letter, size_t at)
{
	size_t i = at;

	while (i < letter.size && letter.data[i] > ' ' &&
	       letter.data[i] < 0x7f && letter.data[i] != ':')
		i++;
	return i > at && i < letter.size && letter.data[i] == ':';
}

/* A line of the mbox format, and lines of blanks only, before the header. */
static struct bytes drop_first_lines(struct structure *structure,
				     struct bytes letter)
{
	size_t start = 0;

	if (has(letter, 0, "From ")) {
		start = bytes_find(letter, bytes_of("\r\n"), 0) + 2;
		structure_doubt(structure, "mbox_line");
	}
	letter = bytes_part(letter, start, letter.size);
	start = 0;
	for (size_t i = 0; i < letter.size; i++) {
		if (has(letter, i, "\r\n") && i > start) {
			i++;
			start = i + 1;
		} else if (letter.data[i] != ' ' && letter.data[i] != '\t') {
			break;
		}
	}
	if (!starts_field(letter, start))
		start = 0;
	return bytes_part(letter, start, letter.size);
}

/* A LF alone among CRLF: a line end for some, none for others. */
static bool has_bare_lf(struct bytes letter)
{
	for (size_t i = 1; i < letter.size; i++) {
		if (letter.data[i] == '\n' && letter.data[i - 1] != '\r')
			return true;
	}
	return false;
}

static void look_at_bytes(struct structure *structure, struct bytes letter)
{
	const unsigned char *at = letter.data;
	const unsigned char *end = letter.data + letter.size;

	if (!letter.size)
		return;
	if (memchr(letter.data, 0, letter.size))
		structure_doubt(structure, "nul");
	while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
		if (++at == end || *at != '\n') {
			structure_doubt(structure, "bare_cr");
			return;
		}
		at++;
	}
}

void structure_read(struct bytes letter, struct arena *arena,
		    struct structure *ret_structure)
{
	struct structure structure = { 0 };
	struct walk walk = { .structure = &structure, .arena = arena };
	struct entity entity = { .path = "1", .fallback = "text/plain" };

	look_at_bytes(&structure, letter);
	if (first_line_is_bare(letter))
		letter = to_crlf(letter, arena);
	else if (has_bare_lf(bytes_part(letter, 0, LOOKED_AT)))
		structure_doubt(&structure, "bare_lf");
	structure.letter = drop_first_lines(&structure, letter);
	entity.bytes = structure.letter;
	enter(&walk, &entity);
	run(&walk);
	memory_free(walk.frames);
	*ret_structure = structure;
}
