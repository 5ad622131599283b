#include "reader/underline.h"

enum {
	INK = 150,	   /* darker is ink */
	LENGTH_MIN = 90,   /* pixels; no letter has so long a stroke */
	THICKNESS_MAX = 9, /* pixels; thicker is no line */
	EDGE = 2,	   /* pixels of blur */
	WHITE = 255
};

/* 1 where ink goes on to the side without a gap. */
static struct Pix *find_lines(struct Pix *grey)
{
	BOX *box = boxCreate(0, 0, pixGetWidth(grey), pixGetHeight(grey) / 2);
	auto_picture *half = box ? pixClipRectangle(grey, box, NULL) : NULL;
	auto_picture *black = half ? pixThresholdToBinary(half, INK) : NULL;

	boxDestroy(&box);
	return black ? pixOpenBrick(NULL, black, LENGTH_MIN, 1) : NULL;
}

static bool is_line(struct Pix *lines, int x, int y)
{
	l_uint32 value = 0;

	return pixGetPixel(lines, x, y, &value) == 0 && value;
}

static bool is_ink(struct Pix *grey, int x, int y)
{
	l_uint32 value = WHITE;

	return pixGetPixel(grey, x, y, &value) == 0 && value < INK;
}

/* Of the line from `top` to `bottom` one column. A mark below a letter goes on
 * over and under the line, a letter's foot over it: both stay. */
static void remove_column(struct Pix *grey, int x, int top, int bottom)
{
	bool is_over = is_ink(grey, x, top - 1);
	bool is_under = is_ink(grey, x, bottom + 1);

	if (bottom - top >= THICKNESS_MAX || (is_over && is_under))
		return;
	if (!is_over)
		top -= EDGE;
	if (!is_under)
		bottom += EDGE;
	for (int y = top; y <= bottom; y++)
		(void)pixSetPixel(grey, x, y, WHITE);
}

void underline_remove(struct Pix *grey)
{
	auto_picture *lines = find_lines(grey);
	int width = lines ? pixGetWidth(lines) : 0;
	int height = lines ? pixGetHeight(lines) : 0;

	for (int y = 0; y < height; y++) {
		const uint32_t *row = pixGetData(lines) +
				      (size_t)y * (size_t)pixGetWpl(lines);

		for (int x = 0; x < width; x++) {
			int bottom = y;

			if (!GET_DATA_BIT(row, x) || is_line(lines, x, y - 1))
				continue;
			while (is_line(lines, x, bottom + 1))
				bottom++;
			remove_column(grey, x, y, bottom);
		}
	}
}
