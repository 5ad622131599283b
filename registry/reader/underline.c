#include "reader/underline.h"

enum {
	INK = 150,	    /* darker is ink */
	LENGTH_MIN = 90,    /* pixels; no letter has so long a stroke */
	JAG = 3,	    /* pixels, up and down, of a rough edge */
	THICKNESS_MAX = 12, /* thicker is no line */
	EDGE = 2,	    /* pixels of blur */
	SIDE_MIN = 50,	    /* pixels; no letter is so high */
	CORNER = 6,	    /* pixels from the end of a line */
	WHITE = 255
};

/* 1 where ink goes on to the side without a gap. */
static struct Pix *find_lines(struct Pix *grey)
{
	BOX *box = boxCreate(0, 0, pixGetWidth(grey), pixGetHeight(grey) / 2);
	auto_picture *half = box ? pixClipRectangle(grey, box, NULL) : NULL;
	auto_picture *black = half ? pixThresholdToBinary(half, INK) : NULL;
	auto_picture *even = black ? pixDilateBrick(NULL, black, 1, JAG) : NULL;
	auto_picture *lines =
		even ? pixOpenBrick(NULL, even, LENGTH_MIN, 1) : NULL;

	boxDestroy(&box);
	return lines ? pixAnd(NULL, lines, black) : NULL;
}

static bool is_ink(struct Pix *grey, int x, int y)
{
	l_uint32 value = WHITE;

	return pixGetPixel(grey, x, y, &value) == 0 && value < INK;
}

/* Ink straight up or down from the end of a line. */
static bool has_side(struct Pix *grey, int x, int y, int step)
{
	int length = 0;

	while (length < SIDE_MIN &&
	       (is_ink(grey, x, y) || is_ink(grey, x - 1, y) ||
		is_ink(grey, x + 1, y))) {
		y += step;
		length++;
	}
	return length == SIDE_MIN;
}

static bool has_corner(struct Pix *grey, int x, int y, int step)
{
	for (int aside = -CORNER; aside <= CORNER; aside++) {
		if (has_side(grey, x + aside, y, step))
			return true;
	}
	return false;
}

/* The frame of a stamp is looked for by others. */
static bool is_of_frame(struct Pix *grey, int left, int right, int y)
{
	for (int step = -1; step <= 1; step += 2) {
		if (has_corner(grey, left, y, step) &&
		    has_corner(grey, right, y, step))
			return true;
	}
	return false;
}

/* Rows of the picture. */
struct stretch {
	int top, bottom;
};

/* Of the line one column. A mark below a letter goes on over and under it: it
 * stays. */
static void remove_column(struct Pix *grey, int x, struct stretch line)
{
	bool is_over = is_ink(grey, x, line.top - 1);
	bool is_under = is_ink(grey, x, line.bottom + 1);

	if (is_over && is_under)
		return;
	if (!is_over)
		line.top -= EDGE;
	if (!is_under)
		line.bottom += EDGE;
	for (int y = line.top; y <= line.bottom; y++)
		(void)pixSetPixel(grey, x, y, WHITE);
}

/* False where the column is empty. */
static bool find_stretch(struct Pix *line, int x, struct stretch *ret)
{
	struct stretch found = { -1, -1 };

	for (int y = 0; y < pixGetHeight(line); y++) {
		l_uint32 value = 0;

		(void)pixGetPixel(line, x, y, &value);
		if (value && found.top < 0)
			found.top = y;
		if (value)
			found.bottom = y;
	}
	*ret = found;
	return found.top >= 0;
}

/* What half of the columns do not exceed: letters that stand on the line make
 * it thicker here and there. */
static int thickness_of(struct Pix *line)
{
	int counts[THICKNESS_MAX + 1] = { 0 };
	int width = pixGetWidth(line), below = 0, thickness = 0;

	for (int x = 0; x < width; x++) {
		struct stretch at;
		int own = 0;

		if (find_stretch(line, x, &at))
			own = at.bottom - at.top + 1;
		counts[own < THICKNESS_MAX ? own : THICKNESS_MAX]++;
	}
	while (thickness < THICKNESS_MAX &&
	       below + counts[thickness] <= width / 2)
		below += counts[thickness++];
	return thickness;
}

/* The line that lies in the box. Where it is too thick it goes on as before
 * or, at its beginning, as behind. */
static void remove_line(struct Pix *grey, struct Pix *line, BOX *box)
{
	struct stretch known = { 0, -1 };
	int thickness = thickness_of(line);
	l_int32 left, top, width, height;

	(void)boxGetGeometry(box, &left, &top, &width, &height);
	if (thickness >= THICKNESS_MAX ||
	    is_of_frame(grey, left, left + width - 1, top + height / 2))
		return;
	for (int pass = 0; pass < 2; pass++) {
		int x = pass == 0 ? width - 1 : 0;

		for (; x >= 0 && x < width; x += pass == 0 ? -1 : 1) {
			struct stretch at;

			if (!find_stretch(line, x, &at))
				continue;
			if (at.bottom - at.top <= thickness)
				known = at;
			else
				at = known;
			at.top += top;
			at.bottom += top;
			if (pass == 1 && known.bottom >= 0)
				remove_column(grey, left + x, at);
		}
	}
}

void underline_remove(struct Pix *grey)
{
	auto_picture *lines = find_lines(grey);
	PIXA *pieces = NULL;
	BOXA *boxes = lines ? pixConnComp(lines, &pieces, 8) : NULL;

	for (l_int32 i = 0; boxes && i < boxaGetCount(boxes); i++) {
		auto_picture *line = pixaGetPix(pieces, i, L_CLONE);
		BOX *box = boxaGetBox(boxes, i, L_CLONE);

		if (line && box)
			remove_line(grey, line, box);
		boxDestroy(&box);
	}
	boxaDestroy(&boxes);
	pixaDestroy(&pieces);
}
