#include "letterhead/frame.h"
#include <stdlib.h>

enum {
	WIDE_LINE = 6500,
	FRAME_LEFT = 1400,
	FRAME_RIGHT = 9250
};

static int by_value(const void *one, const void *other)
{
	const int *a = one, *b = other;

	return *a < *b ? -1 : *a > *b;
}

/* Values of the lines of a page, to be asked for a typical one. */
struct values {
	int *items;
	size_t count;
};

static struct values values_of(const struct sheet *sheet)
{
	return (struct values){
		.items = arena_array(sheet->arena,
				     sheet->head_end - sheet->head + 1,
				     sizeof(int)),
	};
}

/* The one that a share of them, in percent, are not above. */
static int value_at(struct values *values, size_t percent, int otherwise)
{
	if (values->count == 0)
		return otherwise;
	qsort(values->items, values->count, sizeof *values->items, by_value);
	return values->items[(values->count - 1) * percent / 100];
}

struct frame frame_of(const struct sheet *sheet)
{
	struct values lefts = values_of(sheet), rights = values_of(sheet);
	struct values pitches = values_of(sheet);
	const struct line *above = NULL;

	for (size_t i = sheet->head; i < sheet->head_end; i++) {
		const struct line *line = &sheet->lines[i];

		if (line->box.right - line->box.left < WIDE_LINE)
			continue;
		lefts.items[lefts.count++] = line->box.left;
		rights.items[rights.count++] = line->box.right;
		if (above && line->box.bottom > above->box.bottom)
			pitches.items[pitches.count++] =
				line->box.bottom - above->box.bottom;
		above = line;
	}
	return (struct frame){
		.left = value_at(&lefts, 15, FRAME_LEFT),
		.right = value_at(&rights, 60, FRAME_RIGHT),
		.pitch = pitches.count < 3 ? 0 : value_at(&pitches, 35, 0),
	};
}
