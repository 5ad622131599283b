#include "letterhead/flow.h"
#include "base/bytes.h"
#include "viet/character.h"
#include <string.h>

enum {
	SENTENCE_MAX = 60
};

struct flow flow_of(const struct sheet *sheet)
{
	struct flow flow = { 0 };
	size_t count = 0, at = 0;
	struct term *terms;
	bool *starts;

	for (size_t i = 0; i < sheet->count; i++)
		count += sheet->lines[i].count;
	terms = arena_array(sheet->arena, count + 1, sizeof *terms);
	starts = arena_array(sheet->arena, count + 1, sizeof *starts);
	flow.owners = arena_array(sheet->arena, count + 1,
				  sizeof *flow.owners);
	for (size_t i = 0; i < sheet->count; i++) {
		const struct line *line = &sheet->lines[i];

		starts[at] = true;
		for (size_t j = 0; j < line->count; j++) {
			terms[at] = line->terms[j];
			flow.owners[at++] = line;
		}
	}
	flow.starts = starts;
	flow.line.terms = terms;
	flow.line.count = count;
	return flow;
}

static bool is_capital(const char *text)
{
	struct bytes bytes = bytes_of(text);
	size_t at = 0;

	return bytes.size > 0 && character_is_upper(character_read(bytes, &at));
}

static bool ends_sentence(const char *text)
{
	size_t size = strlen(text);

	return size > 1 && strchr(".:", text[size - 1]) &&
	       !strchr("0123456789", text[0]);
}

size_t flow_sentence(const struct flow *flow, size_t at)
{
	size_t start = at;

	while (start > 0 && at - start < SENTENCE_MAX) {
		const char *before = flow->line.terms[start - 1].word->text;
		size_t size = strlen(before);

		if (ends_sentence(before) &&
		    is_capital(flow->line.terms[start].word->text))
			break;
		if (flow->starts[start] && size > 0 &&
		    strchr(".;:", before[size - 1]))
			break;
		if (flow->starts[start] && flow->owners[start - 1]->is_shouted)
			break;
		start--;
	}
	return start;
}

size_t flow_find_back(const struct flow *flow, const char *phrase, size_t from,
		      size_t to)
{
	size_t count = line_phrase_count(phrase);

	for (size_t at = to; at-- > from;) {
		if (at + count <= to &&
		    line_stands_at(&flow->line, phrase, at))
			return at;
	}
	return to;
}

void flow_show(struct sheet *sheet, const struct flow *flow,
	       struct letterhead_proposal *proposal, size_t from, size_t to)
{
	const struct line *owner = flow->owners[from];
	size_t end = from;

	while (end < to && flow->owners[end]->page == owner->page)
		end++;
	sheet_show(sheet, proposal, owner, 0, 0);
	proposal->box = line_part_box(&flow->line, from, end);
	proposal->seen = line_part(&flow->line, from, to, sheet->arena);
}
