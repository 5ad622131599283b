#include "letterhead/known.h"
#include "letterhead/known_table.h"
#include "letterhead/term.h"
#include <string.h>

enum {
	START = 5,	/* letters that tell kinds of agencies apart */
	SHORT = 8,	/* names up to this must be right */
	PER_WRONG = 14, /* letters of a name for each that may be wrong */
	COMPACT_SIZE = 96
};

/* The nearest name so far. */
struct match {
	const char *compact; /* what is looked for */
	const struct known *name;
	const struct known *place; /* behind it; NULL: none */
	size_t distance, second;   /* of another name */
};

static const char *place_of(const char *compact, const struct known *list,
			    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(list[i].compact, compact) == 0)
			return list[i].name;
	}
	return NULL;
}

const char *known_place(const char *text, struct arena *arena)
{
	const char *compact = term_compact(text, arena);
	const char *found =
		place_of(compact, known_provinces, KNOWN_PROVINCES);

	if (!found)
		found = place_of(compact, known_cities, KNOWN_CITIES);
	return found ? found : place_of(compact, known_towns, KNOWN_TOWNS);
}

/* "TÓA ÁN NHÂN DÂN TỈNH …" is no "Ủy ban nhân dân tỉnh …", however alike the
 * rest is. */
static bool begins_alike(const char *one, const char *other)
{
	char start[START + 1] = "", other_start[START + 1] = "";

	memcpy(start, one, strnlen(one, START));
	memcpy(other_start, other, strnlen(other, START));
	return term_distance(start, other_start, 2) <= 2;
}

static void try_name(struct match *match, const char *compact,
		     const struct known *name, const struct known *place)
{
	size_t distance;

	if (!begins_alike(compact, match->compact))
		return;
	distance = term_distance(compact, match->compact, match->second);
	if (distance < match->distance) {
		match->second = match->distance;
		match->distance = distance;
		match->name = name;
		match->place = place;
	} else if (distance < match->second) {
		match->second = distance;
	}
}

/* The beginning of a name with each of the places behind it. */
static void try_places(struct match *match, const struct known *start,
		       const struct known *places, size_t count)
{
	char compact[COMPACT_SIZE];
	size_t size = strlen(start->compact);

	memcpy(compact, start->compact, size);
	for (size_t i = 0; i < count; i++) {
		size_t own = strlen(places[i].compact);

		if (size + own >= COMPACT_SIZE)
			continue;
		memcpy(compact + size, places[i].compact, own + 1);
		try_name(match, compact, start, &places[i]);
	}
}

const char *known_agency(const char *text, bool may_repair,
			 struct arena *arena)
{
	struct match match = { .compact = term_compact(text, arena) };
	size_t size = strlen(match.compact);
	size_t wrong = may_repair && size > SHORT ? 1 + size / PER_WRONG : 0;

	match.distance = match.second = wrong + 2;
	for (size_t i = 0; i < KNOWN_AGENCIES; i++)
		try_name(&match, known_agencies[i].compact,
			 &known_agencies[i], NULL);
	for (size_t i = 0; i < KNOWN_OF_PROVINCES; i++)
		try_places(&match, &known_of_provinces[i], known_provinces,
			   KNOWN_PROVINCES);
	for (size_t i = 0; i < KNOWN_OF_CITIES; i++)
		try_places(&match, &known_of_cities[i], known_cities,
			   KNOWN_CITIES);
	if (match.distance > wrong || match.distance >= match.second)
		return NULL;
	return arena_print(arena, "%s%s%s", match.name->name,
			   match.place ? " " : "",
			   match.place ? match.place->name : "");
}
