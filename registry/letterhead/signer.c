#include "base/bytes.h"
#include "letterhead/casing.h"
#include "letterhead/person.h"
#include "letterhead/position.h"
#include "letterhead/rules.h"
#include <string.h>

enum {
	LAST_PAGES = 2,
	FIRST_PAGES = 3,
	BLOCK_LINES = 14,
	POSITION_LINES = 10,
	COPY_LINES = 12,
	BLOCKS_MAX = 60,
	NAME_MIDDLE = 5500,
	DIRT = 60,    /* the confidence of a word that is none */
	READ = 880,   /* what was recognised and stands only here */
	HIDDEN = 100, /* less sure than a signature with its position */
	APART = 2400, /* how far a signature's name may be below, of a page */
	ASIDE = 1500, /* and beside */
	LEFT_EDGE = 3500
};

/* A signature: what is printed above it and the name below it. */
struct block {
	size_t mark;	 /* the line that begins it */
	size_t position; /* the line with the signer's own position */
	size_t name;
	const char *capacity;
	const char *position_text; /* capitals */
	struct person person;
	int weight;
};

static const char *capacity_of(const struct line *line)
{
	static const struct {
		const char *fold, *capacity;
	} capacities[] = {
		{ "tm", "TM." },
		{ "t/m", "TM." },
		{ "kt", "KT." },
		{ "k/t", "KT." },
		{ "tl", "TL." },
		{ "t/l", "TL." },
		{ "tuq", "TUQ." },
		{ "t.u.q", "TUQ." },
		{ "t.m", "TM." },
		{ "k.t", "KT." },
		{ "t.l", "TL." },
		{ "thay mat", "TM." },
		{ "ky thay", "KT." },
		{ "thua lenh", "TL." },
		{ "thua uy quyen", "TUQ." },
		{ "q", "Q." },
	};
	const struct term *first = &line->terms[0];

	if (line->count < 2 && !strchr(first->word->text, '.'))
		return NULL;
	/* "QUYỀN CHI CỤC TRƯỞNG" */
	if (strcmp(first->fold, "quyen") == 0 &&
	    strncmp(line->compact, "quyen", strlen("quyen")) == 0 &&
	    position_begins(line->compact + strlen("quyen"), 1))
		return "Q.";
	for (size_t i = 0; i < sizeof capacities / sizeof capacities[0]; i++) {
		size_t size = strlen(capacities[i].fold);

		if (line_stands_at(line, capacities[i].fold, 0) &&
		    (size <= 5 || line->is_shouted))
			return capacities[i].capacity;
		/* "KT.CHỦ" in one word */
		if (strncmp(first->fold, capacities[i].fold, size) == 0 &&
		    first->fold[size] == '.')
			return capacities[i].capacity;
	}
	return NULL;
}

/* How many terms of the line are its capacity. */
static size_t capacity_count(const struct line *line)
{
	static const char *const phrases[] = { "thay mat", "ky thay",
					       "thua lenh", "thua uy quyen" };

	for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
		if (line_stands_at(line, phrases[i], 0))
			return line_phrase_count(phrases[i]);
	}
	return 1;
}

/* The text of a line behind its capacity. */
static const char *past_capacity(const struct line *line, struct arena *arena)
{
	const char *first = line->terms[0].word->text;
	const char *dot = strrchr(first, '.');

	if (!capacity_of(line))
		return line->text;
	/* "KT.CHỦ TỊCH" */
	if (dot && dot[1] != '\0')
		return line->text + (dot + 1 - first);
	return line_part(line, capacity_count(line), line->count, arena);
}

/* "Giám đốc" in small letters: bold, short, in the column of signatures, and
 * nobody's name. */
static bool is_titled(const struct line *line, struct arena *arena)
{
	return line->is_bold && line->count <= 5 &&
	       line->column == LINE_RIGHT &&
	       position_begins(line->compact, 0) &&
	       person_read(line, arena).weight < PERSON_FAMILY;
}

static bool is_position(const struct line *line, struct arena *arena)
{
	const char *compact = line->compact;

	if (line->count > 12 || (!line->is_shouted && !is_titled(line, arena)))
		return false;
	if (capacity_of(line))
		compact = term_compact(past_capacity(line, arena), arena);
	return position_begins(compact, 1);
}

static bool is_column(const struct line *line)
{
	return !line_has_place(line) || line->box.left > LEFT_EDGE;
}

static bool is_looked_at(const struct sheet *sheet, const struct line *line)
{
	size_t pages = sheet->count > 0
			       ? sheet->lines[sheet->count - 1].page_index + 1
			       : 0;

	return line->page_index < FIRST_PAGES ||
	       line->page_index + LAST_PAGES >= pages;
}

/* Whether the line below belongs to the same column of signatures. */
static bool is_below(const struct line *above, const struct line *line)
{
	int aside;

	if (line->page_index != above->page_index)
		return false;
	if (!line_has_place(line))
		return true;
	aside = line_middle(line) - line_middle(above);
	return aside < ASIDE && aside > -ASIDE &&
	       line->box.top > above->box.top &&
	       line->box.top - above->box.bottom < APART;
}

/* Whether a line in capitals goes on with the one above: "TM. THƯỜNG TRỰC
 * HỘI ĐỒNG NHÂN" / "DÂN". */
static bool goes_on(const struct line *above, const struct line *line,
		    struct arena *arena)
{
	int height = line->box.bottom - line->box.top;

	if (line_has_place(line))
		return line->box.top - above->box.bottom < height;
	return person_read(line, arena).weight < PERSON_FAMILY;
}

/* What a recognised line is meant to say: "CHIÁNH VĂN PHÒNG". */
static const char *nearest_of(const struct line *line)
{
	return line->page->source == PAGE_OCR ? position_nearest(line->compact)
					      : NULL;
}

/* The line behind its capacity, without the dirt of a seal at its end. */
static const char *printed_position(const struct line *line,
				    struct arena *arena)
{
	struct line own = *line;
	const char *nearest = capacity_of(line) ? NULL : nearest_of(line);
	const char *text;

	if (nearest)
		return nearest;
	while (own.page->source == PAGE_OCR && own.count > 2 &&
	       own.terms[own.count - 1].word->confidence < DIRT)
		own.count--;
	own.text = line_part(&own, 0, own.count, arena);
	text = past_capacity(&own, arena);
	return text + strspn(text, " -.,:;_'|*~=");
}

/* The lines of positions from `at` on; the last is the signer's own. */
static void read_positions(const struct sheet *sheet, size_t at,
			   struct block *block)
{
	block->mark = block->position = at;
	for (size_t i = at; i < sheet->count && i < at + POSITION_LINES; i++) {
		const struct line *line = &sheet->lines[i];
		const struct line *above = &sheet->lines[block->position];
		const char *capacity = capacity_of(line);

		if (i > at && !is_below(above, line))
			continue;
		if (i > at && !line->is_shouted &&
		    !is_titled(line, sheet->arena))
			break;
		if (capacity)
			block->capacity = capacity;
		if (capacity || is_position(line, sheet->arena))
			block->position_text =
				printed_position(line, sheet->arena);
		else if (nearest_of(line))
			block->position_text = nearest_of(line);
		else if (i > at && goes_on(above, line, sheet->arena))
			block->position_text = arena_print(
				sheet->arena, "%s %s", block->position_text,
				line->text);
		else
			break;
		block->position = i;
	}
}

/* The name: the first line below that is one. */
static bool read_name(const struct sheet *sheet, struct block *block)
{
	const struct line *above = &sheet->lines[block->position];
	int best = 0;

	for (size_t i = block->position + 1;
	     i < sheet->count && i <= block->position + BLOCK_LINES; i++) {
		const struct line *line = &sheet->lines[i];
		struct person person;

		if (!is_below(above, line) || is_position(line, sheet->arena))
			continue;
		person = person_read(line, sheet->arena);
		if (person.weight > best) {
			best = person.weight;
			block->person = person;
			block->name = i;
		}
		if (best >= PERSON_GOOD)
			break;
	}
	return best > 0;
}

static bool has_recipients(const struct sheet *sheet, size_t page_index)
{
	for (size_t i = 0; i < sheet->count; i++) {
		if (sheet->lines[i].page_index == page_index &&
		    line_begins(&sheet->lines[i], "noi nhan"))
			return true;
	}
	return false;
}

/* Whether who signs only copied the document: "SAO Y" stands above. */
static bool is_copy(const struct sheet *sheet, size_t mark)
{
	static const char *const copies[] = { "saoy", "trichsao", "saoluc",
					      "saoybanchinh", "saoybangoc" };
	const struct line *line = &sheet->lines[mark];

	for (size_t i = 0; i < sheet->count && i < mark; i++) {
		const struct line *above = &sheet->lines[i];

		if (above->page_index != line->page_index ||
		    mark - i > COPY_LINES)
			continue;
		for (size_t j = 0; j < sizeof copies / sizeof copies[0]; j++) {
			if (line_is(above, copies[j], 0))
				return true;
		}
	}
	return false;
}

static int weigh(const struct sheet *sheet, const struct block *block)
{
	const struct line *line = &sheet->lines[block->position];

	return block->person.weight -
	       (line_has_place(line)
			? 0
			: (int)(block->name - block->position) * 2) -
	       (is_copy(sheet, block->mark) ? 60 : 0) +
	       (block->capacity ? 20 : 0) +
	       (has_recipients(sheet, line->page_index) ? 30 : 0) +
	       (line->is_bold ? 10 : 0) +
	       (line_has_place(line) && line_middle(line) > 5000 ? 10 : 0);
}

static bool begins_block(const struct sheet *sheet, size_t i)
{
	const struct line *line = &sheet->lines[i];

	if ((!line->is_shouted && !is_titled(line, sheet->arena)) ||
	    !is_looked_at(sheet, line) ||
	    !is_column(line) || (int)i == sheet->type)
		return false;
	if (line->page_index == sheet->page_index &&
	    line_has_place(line) && line->box.top < 2500)
		return false;
	/* who decides, above "Căn cứ" */
	for (size_t j = i + 1; j < sheet->count && j <= i + 3; j++) {
		if (line_begins(&sheet->lines[j], "can cu") ||
		    line_begins(&sheet->lines[j], "kinh gui"))
			return false;
	}
	return capacity_of(line) || is_position(line, sheet->arena);
}

static bool find_block(const struct sheet *sheet, struct block *ret_block)
{
	bool is_found = false;
	size_t count = 0;

	for (size_t i = 0; i < sheet->count && count < BLOCKS_MAX; i++) {
		struct block block = { 0 };

		if (!begins_block(sheet, i))
			continue;
		count++;
		read_positions(sheet, i, &block);
		if (read_name(sheet, &block)) {
			block.weight = weigh(sheet, &block);
			if (!is_found || block.weight > ret_block->weight)
				*ret_block = block;
			is_found = true;
		}
		i = block.position;
	}
	return is_found;
}

static int doubt_of(const struct line *line)
{
	if (line->page->source != PAGE_OCR)
		return 0;
	return 30 + (line->confidence < 80 ? (80 - line->confidence) * 5 : 0);
}

/* Whether the line is where signatures are: in the right column, level with
 * the list of receivers or below it. */
static bool is_place(const struct sheet *sheet, const struct line *line)
{
	const struct line *last = NULL;

	if (!line_has_place(line) || line_middle(line) < NAME_MIDDLE ||
	    !is_looked_at(sheet, line))
		return false;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct line *own = &sheet->lines[i];

		if (own->page_index != line->page_index)
			continue;
		if (line_begins(own, "noi nhan"))
			return own->box.top < line->box.top;
		last = own;
	}
	return last && last->page_index == line->page_index &&
	       line->box.top > PAGE_SPAN / 2;
}

/* What is left of a position above a name. */
static void read_rest(const struct sheet *sheet, struct block *block)
{
	const struct line *name = &sheet->lines[block->name];

	for (size_t i = 0; i < block->name; i++) {
		const struct line *line = &sheet->lines[i];
		const char *found;

		if (!line_has_place(line) || !is_below(line, name))
			continue;
		if (capacity_of(line))
			block->capacity = capacity_of(line);
		found = position_by_end(line->compact);
		if (!found)
			continue;
		block->position = i;
		block->position_text = found;
	}
}

/* Without a position that could be read: a seal lies over it. */
static bool find_name(const struct sheet *sheet, struct block *ret_block)
{
	bool is_found = false;

	for (size_t i = 0; i < sheet->count; i++) {
		struct block block = { .name = i, .position = i, .mark = i };

		block.person = person_read(&sheet->lines[i], sheet->arena);
		if (block.person.weight < PERSON_FAMILY ||
		    !is_place(sheet, &sheet->lines[i]))
			continue;
		block.weight = block.person.weight - HIDDEN;
		if (is_found && ret_block->weight >= block.weight)
			continue;
		read_rest(sheet, &block);
		*ret_block = block;
		is_found = true;
	}
	return is_found;
}

/* A position that is not among ours may have a line too many or too few. */
static bool is_known(const char *position, struct arena *arena)
{
	return position_nearest(term_compact(position, arena)) != NULL;
}

/* Who signs for a head is a deputy ("KT.", Decree 30/2020, Annex I): another
 * position has lost its first words. */
static bool is_whole(const struct block *block, struct arena *arena)
{
	const char *compact = term_compact(block->position_text, arena);

	return !block->capacity || strncmp(block->capacity, "KT", 2) != 0 ||
	       strncmp(compact, "pho", 3) == 0 ||
	       strstr(compact, "thutruong") != NULL ||
	       strcmp(compact, "vienpho") == 0 ||
	       strcmp(compact, "hieupho") == 0;
}

void signer_propose(struct sheet *sheet)
{
	struct letterhead_proposal *proposal;
	const struct line *line, *name;
	struct block block = { 0 };
	int confidence;

	if (!find_block(sheet, &block) && !find_name(sheet, &block))
		return;
	line = &sheet->lines[block.position];
	name = &sheet->lines[block.name];
	confidence = 700 + block.weight * 2 - block.person.weight;
	confidence = confidence > 980 ? 980 : confidence;
	/* nothing on a page confirms a recognised name */
	if (name->page->source == PAGE_OCR && confidence > READ)
		confidence = READ;
	proposal = sheet_propose(sheet, LETTERHEAD_SIGNER, block.person.name,
				 confidence - doubt_of(name));
	sheet_show(sheet, proposal, name, block.person.from, name->count);
	if (block.position_text && block.position_text[0]) {
		proposal = sheet_propose(
			sheet, LETTERHEAD_POSITION,
			casing_of_position(block.position_text, sheet->arena),
			confidence - doubt_of(line));
		if ((!is_known(block.position_text, sheet->arena) ||
		     !is_whole(&block, sheet->arena)) &&
		    proposal->confidence >= LETTERHEAD_SURE)
			proposal->confidence = LETTERHEAD_SURE - 10;
		sheet_show(sheet, proposal, line, 0, line->count);
	}
	if (block.capacity) {
		proposal = sheet_propose(sheet, LETTERHEAD_CAPACITY,
					 block.capacity,
					 confidence - doubt_of(line));
		sheet_show(sheet, proposal, &sheet->lines[block.mark], 0, 1);
	}
}
