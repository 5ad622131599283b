#include "letterhead/letterhead.h"
#include "letterhead/rules.h"

enum {
	CONFIDENCE_MAX = 995
};

static bool comes_before(const struct letterhead_proposal *one,
			 const struct letterhead_proposal *other)
{
	if (one->field != other->field)
		return one->field < other->field;
	return one->confidence > other->confidence;
}

/* What was seen on a coarse page is to be looked at. */
static void doubt_coarse(struct letterhead_proposal *found, size_t count,
			 const struct page *pages, size_t page_count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < page_count; j++) {
			if (pages[j].is_coarse &&
			    pages[j].number == found[i].page &&
			    found[i].confidence >= LETTERHEAD_SURE)
				found[i].confidence = LETTERHEAD_SURE - 10;
		}
	}
}

/* Best first; what is equally good keeps the order of the document. */
static void settle(struct letterhead_proposal *found, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct letterhead_proposal own = found[i];
		size_t at = i;

		if (own.confidence > CONFIDENCE_MAX)
			own.confidence = CONFIDENCE_MAX;
		if (own.confidence < 1)
			own.confidence = 1;
		while (at > 0 && comes_before(&own, &found[at - 1])) {
			found[at] = found[at - 1];
			at--;
		}
		found[at] = own;
	}
}

/* What was found, out of the memory of the work. */
static struct letterhead hand_over(const struct sheet *sheet,
				   struct arena *arena)
{
	struct letterhead_proposal *proposals = arena_array(
		arena, sheet->found_count + 1, sizeof *proposals);

	for (size_t i = 0; i < sheet->found_count; i++) {
		proposals[i] = sheet->found[i];
		proposals[i].value = arena_copy(arena, sheet->found[i].value);
		proposals[i].seen = arena_copy(arena, sheet->found[i].seen);
		proposals[i].day = arena_copy(arena, sheet->found[i].day);
		proposals[i].issuer = arena_copy(arena, sheet->found[i].issuer);
	}
	return (struct letterhead){
		.proposals = proposals,
		.count = sheet->found_count,
		.likeness = likeness_of(sheet),
	};
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
	auto_arena *work = arena_create(0);
	struct sheet sheet = sheet_of(pages, count, work);
	const char *secret = secret_find(&sheet);

	/* nothing of a secret document is handed on */
	if (secret)
		return (struct letterhead){ .secret = secret };
	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		rules[i](&sheet);
	doubt_coarse(sheet.found, sheet.found_count, pages, count);
	settle(sheet.found, sheet.found_count);
	return hand_over(&sheet, arena);
}
