#include "core/proposal.h"
#include "letterhead/letterhead.h"
#include <string.h>

enum {
	/* Differing voices below it are hardly heard. */
	LOUD = 500,
	/* What is left of a second voice for the same. */
	SUPPORT = 500
};

/* Voices that say the same about one field. */
struct choir {
	const struct proposal_voice **voices;
	size_t count;
	const struct proposal_voice *best;
	int64_t strength;
};

static int64_t loudness(const struct proposal_voice *voice)
{
	return voice->said.confidence * voice->weight / 1000;
}

/* What one text says twice counts once. */
static bool is_independent(const struct proposal_voice *a,
			   const struct proposal_voice *b)
{
	return a->file != b->file || strcmp(a->said.source, b->said.source);
}

static bool is_many(const char *field)
{
	return strcmp(field, "addressee") == 0 ||
	       strcmp(field, "recipient") == 0 || strcmp(field, "cited") == 0;
}

static void join(struct choir *choir, const struct proposal_voice *voice,
		 struct arena *arena)
{
	bool louder = !choir->best || loudness(voice) > loudness(choir->best);

	choir->voices = arena_grow(arena, choir->voices, choir->count,
				   sizeof(*choir->voices));
	choir->voices[choir->count++] = voice;
	if (louder)
		choir->best = voice;
}

static bool was_heard(const struct choir *choir, size_t before)
{
	const struct proposal_voice *voice = choir->voices[before];

	if (voice == choir->best)
		return true;
	for (size_t i = 0; i < before; i++)
		if (!is_independent(choir->voices[i], voice))
			return true;
	return !is_independent(choir->best, voice);
}

static void find_strength(struct choir *choir)
{
	int64_t strength = loudness(choir->best);

	for (size_t i = 0; i < choir->count; i++) {
		if (was_heard(choir, i))
			continue;
		strength += (1000 - strength) * loudness(choir->voices[i]) /
			    1000 * SUPPORT / 1000;
	}
	choir->strength = strength;
}

/* Strongest first; among equals the one that spoke first. */
static void sort(struct choir *choirs, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct choir moving = choirs[i];
		size_t at = i;

		while (at > 0 && choirs[at - 1].strength < moving.strength) {
			choirs[at] = choirs[at - 1];
			at--;
		}
		choirs[at] = moving;
	}
}

/* The subject of a mail is seldom that of the document, and says nothing
 * against it. */
static bool contradicts(const struct choir *winner, const struct choir *other)
{
	const struct proposal_voice *best = other->best;

	if (strcmp(best->said.field, "subject") == 0 &&
	    (strcmp(best->said.source, "mail_subject") == 0 ||
	     strcmp(best->said.source, "file_name") == 0))
		return false;
	return is_independent(winner->best, best);
}

static int64_t lower(int64_t strength, int64_t against)
{
	if (against >= LOUD)
		return strength * (1000 - against / 3) / 1000;
	return strength - against / 20;
}

static struct proposal decide(struct choir *choirs, size_t count,
			      struct arena *arena)
{
	struct proposal_voice *others =
		arena_array(arena, count, sizeof(*others));
	const struct proposal_voice *best;
	struct proposal proposal = { .alternatives = others };
	int64_t against = 0;

	sort(choirs, count);
	best = choirs[0].best;
	for (size_t i = 1; i < count; i++) {
		struct proposal_voice *other =
			&others[proposal.alternative_count++];

		*other = *choirs[i].best;
		other->said.confidence = choirs[i].strength;
		if (contradicts(&choirs[0], &choirs[i]) &&
		    choirs[i].strength > against)
			against = choirs[i].strength;
	}
	proposal.said = best->said;
	proposal.said.confidence = lower(choirs[0].strength, against);
	if (proposal.said.confidence < 0)
		proposal.said.confidence = 0;
	proposal.file = best->file;
	proposal.id = best->id;
	proposal.sure = proposal.said.confidence >= PROPOSAL_SURE;
	return proposal;
}

static void add_proposal(struct proposal_list *list,
			 const struct proposal *proposal, struct arena *arena)
{
	list->items = arena_grow(arena, list->items, list->count,
				 sizeof(*list->items));
	list->items[list->count++] = *proposal;
}

static void merge_field(const struct proposal_voice *voices, size_t count,
			const char *field, struct proposal_list *list,
			struct arena *arena)
{
	struct choir *choirs = NULL;
	size_t choir_count = 0;
	struct proposal proposal;

	for (size_t i = 0; i < count; i++) {
		size_t at = 0;

		if (strcmp(voices[i].said.field, field) != 0)
			continue;
		while (at < choir_count &&
		       strcmp(choirs[at].best->key, voices[i].key) != 0)
			at++;
		if (at == choir_count) {
			choirs = arena_grow(arena, choirs, choir_count,
					    sizeof(*choirs));
			choirs[choir_count++] = (struct choir){ .count = 0 };
		}
		join(&choirs[at], &voices[i], arena);
	}
	if (!choir_count)
		return;
	for (size_t i = 0; i < choir_count; i++)
		find_strength(&choirs[i]);
	proposal = decide(choirs, choir_count, arena);
	add_proposal(list, &proposal, arena);
}

static bool is_listed(const struct proposal_list *list,
		      const struct proposal_voice *voice)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct file_proposal *said = &list->items[i].said;

		if (strcmp(said->field, voice->said.field) == 0 &&
		    strcmp(said->value, voice->said.value) == 0)
			return true;
	}
	return false;
}

/* Every one of them, once. */
static void list_field(const struct proposal_voice *voices, size_t count,
		       const char *field, struct proposal_list *list,
		       struct arena *arena)
{
	for (size_t i = 0; i < count; i++) {
		struct proposal proposal = {
			.said = voices[i].said,
			.file = voices[i].file,
			.id = voices[i].id,
		};

		if (strcmp(voices[i].said.field, field) != 0 ||
		    is_listed(list, &voices[i]))
			continue;
		proposal.said.confidence = loudness(&voices[i]);
		proposal.sure = proposal.said.confidence >= PROPOSAL_SURE;
		add_proposal(list, &proposal, arena);
	}
}

struct proposal_list proposal_merge(const struct proposal_voice *voices,
				    size_t count, struct arena *arena)
{
	struct proposal_list list = { 0 };

	for (int i = 0; i < LETTERHEAD_FIELD_COUNT; i++) {
		const char *field =
			letterhead_field_name((enum letterhead_field)i);

		if (is_many(field))
			list_field(voices, count, field, &list, arena);
		else
			merge_field(voices, count, field, &list, arena);
	}
	return list;
}

const struct proposal *proposal_of(const struct proposal_list *list,
				   const char *field)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].said.field, field) == 0)
			return &list->items[i];
	return NULL;
}

const char *proposal_value(const struct proposal_list *list,
			   const char *field)
{
	const struct proposal *proposal = proposal_of(list, field);

	return proposal ? proposal->said.value : NULL;
}
