#include "letterhead/term.h"
#include "viet/fold.h"
#include <string.h>

enum {
	COMPARED_MAX = 96,
	FUZZY_LENGTH = 6 /* shorter words must be right */
};

static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

struct term term_of(const struct page_word *word, struct arena *arena)
{
	char *fold = viet_fold(word->text, arena);
	size_t size = strlen(fold);

	while (size > 0 && !is_plain(fold[size - 1]))
		size--;
	fold[size] = '\0';
	while (*fold && !is_plain(*fold))
		fold++;
	return (struct term){ .word = word, .fold = fold };
}

static size_t smallest(size_t one, size_t two, size_t three)
{
	size_t best = one < two ? one : two;

	return best < three ? best : three;
}

static size_t measure(const char *one, size_t size, const char *other,
		      size_t other_size)
{
	size_t row[COMPARED_MAX + 1];

	for (size_t i = 0; i <= other_size; i++)
		row[i] = i;
	for (size_t i = 0; i < size; i++) {
		size_t corner = row[0];

		row[0] = i + 1;
		for (size_t j = 0; j < other_size; j++) {
			size_t above = row[j + 1];

			row[j + 1] = smallest(
				above + 1, row[j] + 1,
				corner + (one[i] == other[j] ? 0 : 1));
			corner = above;
		}
	}
	return row[other_size];
}

size_t term_distance(const char *one, const char *other, size_t limit)
{
	size_t size = strlen(one), other_size = strlen(other);
	size_t apart = size > other_size ? size - other_size
					 : other_size - size;
	size_t distance;

	if (apart > limit || size > COMPARED_MAX || other_size > COMPARED_MAX)
		return limit + 1;
	if (size == other_size && memcmp(one, other, size) == 0)
		return 0;
	if (limit == 0)
		return 1;
	distance = measure(one, size, other, other_size);
	return distance > limit ? limit + 1 : distance;
}

bool term_is(const struct term *term, const char *fold)
{
	size_t size = strlen(fold);

	if (term->fold[0] != fold[0] && size < FUZZY_LENGTH)
		return false;
	return term_distance(term->fold, fold, size < FUZZY_LENGTH ? 0 : 1) <=
	       (size < FUZZY_LENGTH ? 0U : 1U);
}

char *term_compact(const char *text, struct arena *arena)
{
	char *fold = viet_fold(text, arena);
	size_t size = 0;

	for (size_t i = 0; fold[i]; i++) {
		if (is_plain(fold[i]))
			fold[size++] = fold[i];
	}
	fold[size] = '\0';
	return fold;
}

bool term_is_bullet(const char *text)
{
	static const char *const bullets[] = { "-", "–", "—", "+", "•",
					       "*", "·", "−", "~", "¬", "=" };

	for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
		if (
			strncmp(text, bullets[i], strlen(bullets[i])) == 0)
			return true;
	}
	return false;
}
