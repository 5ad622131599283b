#include "reader/words.h"
#include "base/text.h"
#include <string.h>

enum {
	DOUBTFUL = 78,	    /* read again */
	DIFFERENT = 65,	    /* what two readings that differ are worth */
	SURE_OF_LINES = 60, /* that stand alone */
	HEAD = 5000	    /* how low a head reaches */
};

void words_add(struct words *words, const struct page_word *word,
	       const struct spot *spot)
{
	words->items = arena_grow(words->arena, words->items, words->count,
				  sizeof(*words->items));
	words->spots = arena_grow(words->arena, words->spots, words->count,
				  sizeof(*words->spots));
	words->spots[words->count] = *spot;
	words->items[words->count++] = *word;
}

/* "1234/UBND-KT" in the left column: nothing else on the page confirms its
 * digits. */
static bool is_number(const struct page_word *word)
{
	return word->box.top < HEAD && word->box.left < PAGE_SPAN / 2 &&
	       strpbrk(word->text, "0123456789") && strchr(word->text, '/') &&
	       strpbrk(word->text, "-ABCDGHKNQSTUVX");
}

bool words_is_doubtful(const struct words *words, size_t i)
{
	const struct page_word *word = &words->items[i];

	return word->box.top < HEAD &&
	       (word->confidence < DOUBTFUL || is_number(word));
}

static bool is_in_line(const struct spot *word, const struct spot *line)
{
	int x = (word->left + word->right) / 2;
	int y = (word->top + word->bottom) / 2;

	return x >= line->left && x <= line->right && y >= line->top &&
	       y <= line->bottom;
}

bool words_is_read(const struct words *words, const struct spot *line)
{
	for (size_t i = 0; i < words->count; i++) {
		if (!words_is_doubtful(words, i) &&
		    is_in_line(&words->spots[i], line))
			return true;
	}
	return false;
}

/* The doubtful words of the line, which stand behind each other. */
static size_t find_doubtful(const struct words *words, const struct spot *line,
			    size_t *ret_first)
{
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		if (!words_is_doubtful(words, i) ||
		    !is_in_line(&words->spots[i], line))
			continue;
		if (count > 0 && *ret_first + count != i)
			break;
		if (count++ == 0)
			*ret_first = i;
	}
	return count;
}

static int lowest_of(const struct words *words, size_t first, size_t count)
{
	int lowest = 100;

	for (size_t i = first; i < first + count; i++) {
		int own = words->items[i].confidence;

		lowest = own < lowest ? own : lowest;
	}
	return lowest;
}

static char *join_of(const struct words *words, size_t first, size_t count)
{
	auto_text text = { 0 };

	for (size_t i = first; i < first + count; i++)
		text_add(&text, words->items[i].text);
	return arena_copy(words->arena, text_string(&text));
}

/* Puts words in the place of others. */
static void replace(struct words *words, size_t first, size_t count,
		    const struct words *other)
{
	size_t room = words->count + other->count;
	size_t rest = words->count - first - count;
	struct page_word *items =
		arena_array(words->arena, room, sizeof(*items));
	struct spot *spots = arena_array(words->arena, room, sizeof(*spots));

	memcpy(items, words->items, first * sizeof(*items));
	memcpy(spots, words->spots, first * sizeof(*spots));
	for (size_t i = 0; i < other->count; i++) {
		items[first + i] = other->items[i];
		items[first + i].line = first < words->count
						? words->items[first].line
						: words->line;
		spots[first + i] = other->spots[i];
	}
	memcpy(items + first + other->count, words->items + first + count,
	       rest * sizeof(*items));
	memcpy(spots + first + other->count, words->spots + first + count,
	       rest * sizeof(*spots));
	words->items = items;
	words->spots = spots;
	words->count = first + other->count + rest;
}

static void distrust(struct words *words, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++) {
		if (words->items[i].confidence > DIFFERENT)
			words->items[i].confidence = DIFFERENT;
	}
}

/* Two readings that agree are trusted more; of two that differ the better one
 * is taken, and neither is trusted. */
static void compare(struct words *words, size_t first, size_t count,
		    struct words *other)
{
	int own = lowest_of(words, first, count);
	int again = lowest_of(other, 0, other->count);
	bool is_same = strcmp(join_of(words, first, count),
			      join_of(other, 0, other->count)) == 0;

	if (is_same) {
		for (size_t i = first; i < first + count; i++) {
			if (words->items[i].confidence < again)
				words->items[i].confidence = again;
		}
	} else if (again > own) {
		distrust(other, 0, other->count);
		replace(words, first, count, other);
	} else if (again > SURE_OF_LINES || own < DOUBTFUL) {
		distrust(words, first, count);
	}
}

size_t words_trusted(const struct words *words, struct spot *ret_spots)
{
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		if (!words_is_doubtful(words, i))
			ret_spots[count++] = words->spots[i];
	}
	return count;
}

bool words_compare(struct words *words, const struct spot *line,
		   struct words *other)
{
	size_t first = words->count;
	size_t count = find_doubtful(words, line, &first);

	if (other->count == 0)
		return false;
	if (count > 0) {
		compare(words, first, count, other);
		return true;
	}
	if (lowest_of(other, 0, other->count) < SURE_OF_LINES)
		return false;
	words->line++;
	replace(words, words->count, 0, other);
	return true;
}

void words_append(struct words *words, const struct words *other)
{
	size_t first = words->count;
	int line = words->line;

	if (other->count == 0)
		return;
	replace(words, first, 0, other);
	for (size_t i = 0; i < other->count; i++)
		words->items[first + i].line = line + other->items[i].line;
	words->line += other->line;
}
