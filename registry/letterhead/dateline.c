#include "letterhead/dateline.h"
#include "letterhead/parts.h"
#include "letterhead/term.h"
#include <string.h>

enum {
	LEAST = 4,    /* letters of a place that says anything */
	PER_WRONG = 6 /* letters for each that may be wrong */
};

/* What stands before a place in a name, and may be glued to it. */
static const struct {
	const char *name, *compact;
} ranks[] = {
	{ "", "" },
	{ "tỉnh", "tinh" },
	{ "huyện", "huyen" },
	{ "quận", "quan" },
	{ "xã", "xa" },
	{ "phường", "phuong" },
	{ "thị xã", "thixa" },
	{ "thị trấn", "thitran" },
	{ "thành phố", "thanhpho" },
	{ "đặc khu", "dackhu" },
};

enum {
	RANKS = sizeof ranks / sizeof ranks[0]
};

/* "TP. Đà Lạt" without the rank. */
static const char *bare_of(const char *place)
{
	static const char *const starts[] = { "TP. ", "Tp. ", "TP.", "Tp.",
					      "Thành phố ", "Thị xã " };

	for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
		size_t size = strlen(starts[i]);

		if (strncmp(place, starts[i], size) == 0)
			return place + size;
	}
	return place;
}

/* The words from `at` on as a rank and the place; NULL: they are not. */
static const char *rank_of(const struct parts *parts, size_t at,
			   const char *place, struct arena *arena)
{
	struct parts tail = { .count = parts->count - at };
	const char *compact, *own = term_compact(place, arena);
	size_t size, place_size = strlen(own), wrong = place_size / PER_WRONG;

	for (size_t i = at; i < parts->count; i++)
		tail.words[i - at] = parts->words[i];
	compact = term_compact(parts_join(&tail, arena), arena);
	size = strlen(compact);
	for (size_t i = 0; i < RANKS; i++) {
		size_t rank = strlen(ranks[i].compact);

		if (size > rank &&
		    memcmp(compact, ranks[i].compact, rank) == 0 &&
		    term_distance(compact + rank, own, wrong) <= wrong)
			return ranks[i].name;
	}
	return NULL;
}

char *dateline_mend(const char *name, const char *place, struct arena *arena)
{
	struct parts parts = parts_split(name, arena);
	const char *bare = bare_of(place);

	if (strlen(term_compact(bare, arena)) < LEAST)
		return NULL;
	for (size_t at = parts.count; at-- > 1;) {
		const char *rank = rank_of(&parts, at, bare, arena);

		if (!rank)
			continue;
		parts.count = at;
		return arena_print(arena, "%s %s%s%s",
				   parts_join(&parts, arena), rank,
				   *rank ? " " : "", bare);
	}
	return NULL;
}
