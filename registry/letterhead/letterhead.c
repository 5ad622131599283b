#include "letterhead/letterhead.h"
#include "letterhead/rules.h"
#include <stdlib.h>
#include <string.h>

enum {
	CONFIDENCE_MAX = 995
};

static int by_field(const void *one, const void *other)
{
	const struct letterhead_proposal *a = one, *b = other;

	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	if (a->confidence != b->confidence)
		return a->confidence > b->confidence ? -1 : 1;
	if (a->page != b->page)
		return a->page < b->page ? -1 : 1;
	if (a->box.top != b->box.top)
		return a->box.top < b->box.top ? -1 : 1;
	return strcmp(a->value, b->value);
}

/* Lists keep the order of the document. */
static void settle(struct letterhead_proposal *found, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int *own = &found[i].confidence;

		*own = *own > CONFIDENCE_MAX ? CONFIDENCE_MAX : *own;
		*own = *own < 1 ? 1 : *own;
	}
	if (count > 0)
		qsort(found, count, sizeof *found, by_field);
}

struct letterhead letterhead_read(const struct page *pages, size_t count,
				  struct arena *arena)
{
	/* in this order: later rules use what earlier ones found */
	static void (*const rules[])(struct sheet *) = {
		number_propose,
		day_propose,
		issuer_propose,
		type_propose,
		subject_propose,
		signer_propose,
		urgency_propose,
		addressee_propose,
		recipient_propose,
		cited_propose,
		due_day_propose,
		repair_apply,
		agreement_apply,
	};
	struct sheet sheet = sheet_of(pages, count, arena);
	struct letterhead letterhead;

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		rules[i](&sheet);
	letterhead = (struct letterhead){
		.proposals = sheet.found,
		.count = sheet.found_count,
		.secret = secret_find(&sheet),
		.likeness = likeness_of(&sheet),
	};
	if (letterhead.secret) {
		/* nothing of it is handed on */
		letterhead.proposals = NULL;
		letterhead.count = 0;
		return letterhead;
	}
	settle(sheet.found, sheet.found_count);
	return letterhead;
}
