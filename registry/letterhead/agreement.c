#include "base/moment.h"
#include "letterhead/code.h"
#include "letterhead/initials.h"
#include "letterhead/number.h"
#include "letterhead/rules.h"
#include "viet/fold.h"
#include <string.h>

enum {
	HEAD_WEIGHT = 4, /* of 8 */
	NO_HEAD = 840
};

static void raise_by(struct letterhead_proposal *proposal, int by)
{
	if (proposal)
		proposal->confidence += by;
}

static void compare_issuer(struct sheet *sheet, const struct number *number,
			   struct letterhead_proposal *symbol)
{
	struct letterhead_proposal *issuer =
		sheet_find(sheet, LETTERHEAD_ISSUER);
	bool is_read = symbol->source == LETTERHEAD_FROM_OCR;

	if (!issuer || !symbol)
		return;
	if (initials_name(number, issuer->value, sheet->arena)) {
		raise_by(symbol, is_read ? 20 : 10);
		raise_by(issuer, 25);
		/* recognised letters want the name itself confirmed, too */
		sheet->is_issuer_known |= !is_read;
	} else if (is_read) {
		raise_by(symbol, number->is_known ? 0 : -60);
		sheet->is_issuer_known = false;
	}
}

static void compare_type(struct sheet *sheet, const struct number *number,
			 struct letterhead_proposal *symbol)
{
	const struct letterhead_proposal *type =
		sheet_find(sheet, LETTERHEAD_TYPE);

	if (!type || sheet->type == SHEET_NONE)
		return;
	if (number->type && strcmp(number->type->name, type->value) == 0)
		raise_by(symbol, 10);
	else if (symbol->source == LETTERHEAD_FROM_OCR)
		raise_by(symbol, -80);
}

static void compare_year(struct sheet *sheet, const struct number *number,
			 struct letterhead_proposal *symbol)
{
	struct letterhead_proposal *day = sheet_find(sheet, LETTERHEAD_DAY);
	struct day own;

	if (!day || number->year == 0 || !day_parse(day->value, &own))
		return;
	if (own.year == number->year) {
		raise_by(symbol, 10);
		raise_by(day, 10);
	} else {
		raise_by(symbol, -120);
		raise_by(day, -120);
	}
}

/* A document does not cite what comes after it: a digit was read wrong. */
static void compare_cited(struct sheet *sheet)
{
	struct letterhead_proposal *day = sheet_find(sheet, LETTERHEAD_DAY);

	if (!day || day->source != LETTERHEAD_FROM_OCR)
		return;
	for (size_t i = 0; i < sheet->found_count; i++) {
		const struct letterhead_proposal *own = &sheet->found[i];

		if (own->field == LETTERHEAD_CITED && own->day &&
		    strcmp(own->day, day->value) > 0) {
			raise_by(day, -100);
			return;
		}
	}
}

/* Whether "Lưu: VT, …" or a code of ours has the group. */
static bool is_confirmed(const struct sheet *sheet,
			 const struct number *number, size_t group)
{
	const char *text = number->groups[group];
	bool is_known = group == 0 && number->type;

	(void)code_restore(text, sheet->arena, &is_known);
	if (is_known)
		return true;
	for (size_t i = 0; i < sheet->count; i++) {
		const struct line *line = &sheet->lines[i];
		size_t at = line_find(line, "luu", 0);

		for (size_t j = at + 1; at <= 1 && j < line->count; j++) {
			const char *own = line->terms[j].word->text;
			size_t size = strcspn(own, ".,;:");

			if (size == strlen(text) &&
			    strncmp(own, text, size) == 0)
				return true;
		}
	}
	return false;
}

/* A recognised number is sure only when all of its groups are. */
static void doubt_symbol(const struct sheet *sheet,
			 const struct number *number,
			 struct letterhead_proposal *symbol)
{
	const struct letterhead_proposal *issuer =
		sheet_find(sheet, LETTERHEAD_ISSUER);
	bool is_sure = true;

	for (size_t i = 0; i < number->group_count; i++) {
		struct number own = { .groups = { number->groups[i] },
				      .group_count = 1 };

		is_sure &= is_confirmed(sheet, number, i) ||
			   (issuer && initials_name(&own, issuer->value,
						    sheet->arena));
	}
	if (!is_sure && symbol->confidence >= LETTERHEAD_SURE)
		symbol->confidence = LETTERHEAD_SURE - 20;
}

/* A name that stands in the head only may have a line too many. */
static void doubt_issuer(const struct sheet *sheet)
{
	struct letterhead_proposal *issuer =
		sheet_find(sheet, LETTERHEAD_ISSUER);

	/* a firm's own paper may show more than its name */
	bool is_own_paper = sheet->state == SHEET_NONE &&
			    sheet->motto == SHEET_NONE;

	if (issuer && (!sheet->is_issuer_known || is_own_paper) &&
	    issuer->confidence >= LETTERHEAD_SURE)
		issuer->confidence = LETTERHEAD_SURE - 10;
}

/* How much of a head there is. */
static int weigh_head(const struct sheet *sheet)
{
	return (sheet->state != SHEET_NONE ? 2 : 0) +
	       (sheet->motto != SHEET_NONE ? 1 : 0) +
	       (sheet->symbol != SHEET_NONE ? 2 : 0) +
	       (sheet->day != SHEET_NONE ? 1 : 0) +
	       (sheet_find(sheet, LETTERHEAD_ISSUER) ? 1 : 0) +
	       (sheet->type != SHEET_NONE || sheet->about != SHEET_NONE ? 1
									: 0);
}

/* An annex, a form or a letter among people: its dates and names may be
 * anything. */
static void doubt_all(struct sheet *sheet)
{
	if (weigh_head(sheet) >= HEAD_WEIGHT)
		return;
	for (size_t i = 0; i < sheet->found_count; i++) {
		struct letterhead_proposal *own = &sheet->found[i];

		if (own->field != LETTERHEAD_CITED &&
		    own->confidence > NO_HEAD)
			own->confidence = NO_HEAD;
	}
}

void agreement_apply(struct sheet *sheet)
{
	struct letterhead_proposal *symbol =
		sheet_find(sheet, LETTERHEAD_SYMBOL);
	struct number number;

	compare_cited(sheet);
	if (symbol && number_parse(symbol->value, sheet->arena, &number)) {
		compare_issuer(sheet, &number, symbol);
		compare_type(sheet, &number, symbol);
		compare_year(sheet, &number, symbol);
		if (symbol->source == LETTERHEAD_FROM_OCR)
			doubt_symbol(sheet, &number, symbol);
	}
	doubt_issuer(sheet);
	doubt_all(sheet);
}

int likeness_of(const struct sheet *sheet)
{
	static const struct {
		enum letterhead_field field;
		int weight;
	} fields[] = {
		{ LETTERHEAD_SYMBOL, 200 },
		{ LETTERHEAD_DAY, 120 },
		{ LETTERHEAD_ISSUER, 80 },
		{ LETTERHEAD_TYPE, 80 },
		{ LETTERHEAD_SUBJECT, 60 },
		{ LETTERHEAD_SIGNER, 80 },
		{ LETTERHEAD_RECIPIENT, 80 },
		{ LETTERHEAD_ADDRESSEE, 50 },
	};
	int likeness = (sheet->state != SHEET_NONE ? 150 : 0) +
		       (sheet->motto != SHEET_NONE ? 100 : 0);

	for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
		if (sheet_find(sheet, fields[i].field))
			likeness += fields[i].weight;
	}
	return likeness > 1000 ? 1000 : likeness;
}
