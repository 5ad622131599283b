#include "letterhead/code.h"
#include "letterhead/initials.h"
#include "letterhead/number.h"
#include "letterhead/rules.h"
#include "viet/fold.h"
#include <string.h>

enum {
	GUESSED = 880, /* what is put right by a guess is not sure */
	GOOD_UNIT = 60,
	UNIT_SIZE = 24
};

/* A number that is being put right by what the rest of the page says. */
struct repair {
	struct sheet *sheet;
	struct number number;
	bool is_changed, is_guess;
};

static size_t distance_of(const struct repair *repair, const char *one,
			  const char *other, size_t limit)
{
	return term_distance(viet_fold(one, repair->sheet->arena),
			     viet_fold(other, repair->sheet->arena), limit);
}

static void change(struct repair *repair, size_t group, const char *code,
		   bool is_guess)
{
	if (strcmp(repair->number.groups[group], code) == 0)
		return;
	repair->number.groups[group] = code;
	repair->is_changed = true;
	repair->is_guess |= is_guess;
}

/* "48/TIr-BNV" under "TỜ TRÌNH" is 48/TTr-BNV. */
static void repair_type(struct repair *repair)
{
	const struct line *line =
		sheet_line(repair->sheet, repair->sheet->type);
	const struct type *type =
		line ? type_by_name(line->compact, 1) : NULL;
	const char *group = repair->number.groups[0];
	size_t distance;

	if (!type || type->code[0] == '\0' || repair->number.type ||
	    repair->number.group_count < 2)
		return;
	distance = distance_of(repair, group, type->code, 2);
	if (distance > 2 || (distance == 2 && (group[0] != type->code[0] ||
					       strlen(type->code) < 3)))
		return;
	change(repair, 0, type->code, distance > 1);
	repair->number.type = type;
}

/* "562/GGT-SVHTTTDL" of Sở Văn hóa, Thể thao và Du lịch. */
static void repair_agency(struct repair *repair)
{
	const struct letterhead_proposal *issuer =
		sheet_find(repair->sheet, LETTERHEAD_ISSUER);
	size_t at = repair->number.type ? 1 : 0;
	struct arena *arena = repair->sheet->arena;
	const char *code, *seen;

	if (at >= repair->number.group_count)
		return;
	if (issuer && initials_name(&repair->number, issuer->value, arena))
		return;
	code = issuer ? initials_code(issuer->value, arena) : "";
	seen = repair->number.groups[at];
	if (code_is_known(seen))
		return;
	if (strlen(code) < 3 || !code_may_be(code, seen, arena))
		code = code_near(seen, arena);
	if (code && code_may_be(code, seen, arena))
		change(repair, at, code, true);
}

/* How well the number itself was recognised. */
static int confidence_of(const struct repair *repair)
{
	const struct line *line =
		sheet_line(repair->sheet, repair->sheet->symbol);
	int lowest = 100;

	for (size_t i = repair->number.from;
	     i < repair->number.to && i < line->count; i++) {
		int own = line->terms[i].word->confidence;

		lowest = own < lowest ? own : lowest;
	}
	return lowest;
}

/* The units behind "Lưu: VT, ": the last group is one of them, if that line
 * was read better. */
static void repair_unit(struct repair *repair)
{
	size_t last = repair->number.group_count - 1;
	const char *group = repair->number.groups[last];
	const struct sheet *sheet = repair->sheet;
	int least = confidence_of(repair);

	if (last == 0 || strlen(group) < 3)
		return;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct line *line = &sheet->lines[i];
		size_t at = line_find(line, "luu", 0);

		if (at > 1)
			continue;
		for (size_t j = at + 1; j < line->count; j++) {
			const char *text = line->terms[j].word->text;
			size_t size = strcspn(text, ".,;:");
			const char *unit = arena_copy_part(sheet->arena, text,
							   size);

			if (size < 3 || size > UNIT_SIZE ||
			    line->terms[j].word->confidence < GOOD_UNIT ||
			    line->terms[j].word->confidence <= least)
				continue;
			if (code_may_be(unit, group, sheet->arena))
				change(repair, last, unit, true);
		}
	}
}

void repair_apply(struct sheet *sheet)
{
	struct letterhead_proposal *symbol =
		sheet_find(sheet, LETTERHEAD_SYMBOL);
	const struct line *line = sheet_line(sheet, sheet->symbol);
	struct repair repair = { .sheet = sheet };

	if (!symbol || !line || symbol->source != LETTERHEAD_FROM_OCR ||
	    !number_read(line, sheet->arena, &repair.number) ||
	    repair.number.group_count == 0)
		return;
	repair_type(&repair);
	repair_agency(&repair);
	repair_unit(&repair);
	if (!repair.is_changed)
		return;
	number_print(&repair.number, sheet->arena);
	symbol->value = repair.number.value;
	if (repair.is_guess && symbol->confidence > GUESSED)
		symbol->confidence = GUESSED;
}
