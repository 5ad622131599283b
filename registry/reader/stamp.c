#include "reader/stamp.h"

enum {
	STAMPS_MAX = 6,
	VIVID = 40,	/* how much more a colour is than the others */
	JOIN = 15,	/* pixels: what is nearer is one stamp */
	SEAL_MIN = 200, /* pixels, 17 mm; seals have 36 mm */
	SEAL_MAX = 620,
	FRAME_WIDTH_MIN = 110,
	FRAME_WIDTH_MAX = 1100,
	FRAME_HEIGHT_MIN = 50,
	FRAME_HEIGHT_MAX = 500,
	SIDE = 10,	 /* pixels that a level side of a frame lies within, */
	SIDE_SLOPE = 16, /* and of its length 1 / so much more */
	SIDE_FULL = 78,	 /* percent of a side that are ink */
	INK = 200,	 /* darker is ink */
	NEAR = 7,	 /* pixels from the edge: of the frame */
	EDGE = 5,	 /* pixels: ink and what is blurred around it */
	TEXT = 120,	 /* black text under the ink is darker */
	WHITE = 255,
	ROW_JOIN = 5, /* pixels between a letter and its marks */
	ROW_MIN = 16, /* pixels that a line of text is high */
};

/* Where in a pixel the colours are, from the left. */
static const int shift_of_red = 24;
static const int shift_of_green = 16;
static const int shift_of_blue = 8;

static int channel(uint32_t pixel, int shift)
{
	return (int)(pixel >> shift & 255);
}

/* 1 where the ink may be of the colour. */
static struct Pix *find_ink(struct Pix *picture, int shift)
{
	const int other = shift == shift_of_red ? shift_of_blue : shift_of_red;
	int width = pixGetWidth(picture), height = pixGetHeight(picture);
	struct Pix *mask = pixCreate(width, height, 1);
	const uint32_t *from = pixGetData(picture);
	uint32_t *to = mask ? pixGetData(mask) : NULL;

	for (int y = 0; mask && y < height; y++) {
		for (int x = 0; x < width; x++) {
			int own = channel(from[x], shift);

			if (own - channel(from[x], shift_of_green) > VIVID &&
			    own - channel(from[x], other) > VIVID)
				SET_DATA_BIT(to, x);
		}
		from += pixGetWpl(picture);
		to += pixGetWpl(mask);
	}
	return mask;
}

static bool is_round(l_int32 width, l_int32 height)
{
	return width >= SEAL_MIN && width <= SEAL_MAX && height >= SEAL_MIN &&
	       height <= SEAL_MAX && width * 10 < height * 14 &&
	       height * 10 < width * 14;
}

/* How many of a hundred rows, or columns, of a strip have ink. */
static int fullness(struct Pix *ink, int x, int y, int width, int height,
		    bool by_rows)
{
	BOX *box = boxCreate(x, y, width, height);
	auto_picture *strip = box ? pixClipRectangle(ink, box, NULL) : NULL;
	NUMA *counts = !strip	 ? NULL
		       : by_rows ? pixCountPixelsByRow(strip, NULL)
				 : pixCountPixelsByColumn(strip);
	int length = counts ? numaGetCount(counts) : 0;
	int full = 0;

	for (int i = 0; i < length; i++) {
		l_int32 count = 0;

		(void)numaGetIValue(counts, i, &count);
		full += count > 0;
	}
	numaDestroy(&counts);
	boxDestroy(&box);
	return length > 0 ? full * 100 / length : 0;
}

/* Ink along all four sides, which text without a frame has not. */
static bool is_framed(struct Pix *ink, BOX *box)
{
	l_int32 x, y, width, height;
	int across, along;

	(void)boxGetGeometry(box, &x, &y, &width, &height);
	if (width < FRAME_WIDTH_MIN || width > FRAME_WIDTH_MAX ||
	    height < FRAME_HEIGHT_MIN || height > FRAME_HEIGHT_MAX)
		return false;
	across = SIDE + height / SIDE_SLOPE;
	along = SIDE + width / SIDE_SLOPE;
	return fullness(ink, x, y, across, height, true) >= SIDE_FULL &&
	       fullness(ink, x + width - across, y, across, height, true) >=
		       SIDE_FULL &&
	       fullness(ink, x, y, width, along, false) >= SIDE_FULL &&
	       fullness(ink, x, y + height - along, width, along, false) >=
		       SIDE_FULL;
}

static uint32_t *row_of(struct Pix *picture, int y)
{
	return pixGetData(picture) + (size_t)y * (size_t)pixGetWpl(picture);
}

/* Within the box the colour of the ink, in which it is nearly as bright as
 * paper: the ink goes, black text stays. */
static void whiten(struct Pix *grey, struct Pix *picture, struct Pix *wide,
		   BOX *box, int shift)
{
	l_int32 left, top, width, height;

	(void)boxGetGeometry(box, &left, &top, &width, &height);
	for (int y = top; y < top + height; y++) {
		const uint32_t *from = row_of(picture, y);
		const uint32_t *ink = row_of(wide, y);
		uint32_t *to = row_of(grey, y);

		for (int x = left; x < left + width; x++) {
			int own = channel(from[x], shift);

			if (GET_DATA_BIT(ink, x) && own > TEXT)
				own = WHITE;
			SET_DATA_BYTE(to, x, (uint8_t)own);
		}
	}
}

/* The ink alone, as dark as its green is. */
static void keep_ink(struct Pix *inks, struct Pix *picture, struct Pix *wide,
		     BOX *box, int shift)
{
	l_int32 left, top, width, height;

	(void)boxGetGeometry(box, &left, &top, &width, &height);
	for (int y = top; y < top + height; y++) {
		const uint32_t *from = row_of(picture, y);
		const uint32_t *ink = row_of(wide, y);
		uint32_t *to = row_of(inks, y);

		for (int x = left; x < left + width; x++) {
			int shade = channel(from[x], shift_of_green);

			if (GET_DATA_BIT(ink, x) &&
			    channel(from[x], shift) > TEXT)
				SET_DATA_BYTE(to, x, (uint8_t)shade);
		}
	}
}

static struct Pix *white_like(struct Pix *grey)
{
	struct Pix *white = pixCreateTemplate(grey);

	if (white)
		(void)pixSetAllArbitrary(white, 255);
	return white;
}

/* Those of one colour. */
static void take_out(struct Pix *picture, struct Pix *grey, int shift,
		     struct Pix **inks)
{
	auto_picture *ink = find_ink(picture, shift);
	auto_picture *joined = NULL;
	auto_picture *wide = NULL;
	l_int32 empty = 1;
	BOXA *boxes;

	if (!ink || pixZero(ink, &empty) != 0 || empty)
		return;
	joined = pixCloseBrick(NULL, ink, JOIN, JOIN);
	wide = pixDilateBrick(NULL, ink, EDGE, EDGE);
	boxes = joined && wide ? pixConnCompBB(joined, 8) : NULL;
	for (l_int32 i = 0; boxes && i < boxaGetCount(boxes); i++) {
		BOX *box = boxaGetBox(boxes, i, L_CLONE);
		l_int32 width = 0, height = 0;
		bool is_frame = is_framed(joined, box);

		(void)boxGetGeometry(box, NULL, NULL, &width, &height);
		if (is_frame && !*inks)
			*inks = white_like(grey);
		if (is_frame && *inks)
			keep_ink(*inks, picture, wide, box, shift);
		if (is_frame || is_round(width, height))
			whiten(grey, picture, wide, box, shift);
		boxDestroy(&box);
	}
	boxaDestroy(&boxes);
}

struct Pix *stamp_take_out(struct Pix *picture, struct Pix *grey)
{
	struct Pix *inks = NULL;

	take_out(picture, grey, shift_of_red, &inks);
	take_out(picture, grey, shift_of_blue, &inks);
	return inks;
}

/* Text that crosses a frame cuts it in pieces; words do not touch the edge. */
static bool is_frame_part(BOX *part, int width, int height)
{
	l_int32 x = 0, y = 0, own_width = 0, own_height = 0;

	(void)boxGetGeometry(part, &x, &y, &own_width, &own_height);
	return x < NEAR || y < NEAR || x + own_width > width - NEAR ||
	       y + own_height > height - NEAR;
}

static void remove_frame(struct Pix *inks, struct Pix *black, BOX *box)
{
	auto_picture *part = pixClipRectangle(black, box, NULL);
	PIXA *pieces = NULL;
	BOXA *boxes = part ? pixConnComp(part, &pieces, 8) : NULL;
	l_int32 x, y, width, height;

	(void)boxGetGeometry(box, &x, &y, &width, &height);
	for (l_int32 i = 0; boxes && i < boxaGetCount(boxes); i++) {
		BOX *own = boxaGetBox(boxes, i, L_CLONE);
		auto_picture *piece = pixaGetPix(pieces, i, L_CLONE);
		auto_picture *wide = NULL;
		l_int32 left = 0, top = 0;

		(void)boxGetGeometry(own, &left, &top, NULL, NULL);
		if (piece && is_frame_part(own, width, height)) {
			/* the blurred edge too */
			wide = pixAddBorder(piece, 3, 0);
			(void)pixDilateBrick(wide, wide, 5, 5);
			(void)pixSetMaskedGeneral(inks, wide, 255, x + left - 3,
						  y + top - 3);
		}
		boxDestroy(&own);
	}
	boxaDestroy(&boxes);
	pixaDestroy(&pieces);
}

/* The words of a stamp do not touch its frame. */
static bool is_within(const struct spot *spot, const struct spot *stamps,
		      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (spot->left >= stamps[i].left &&
		    spot->right <= stamps[i].right &&
		    spot->top >= stamps[i].top &&
		    spot->bottom <= stamps[i].bottom)
			return true;
	}
	return false;
}

/* The lines of words in a stamp without its frame. */
static size_t add_lines(struct Pix *inks, const struct spot *stamp,
			struct spot *lines, size_t room)
{
	BOX *box = boxCreate(stamp->left, stamp->top,
			     stamp->right - stamp->left,
			     stamp->bottom - stamp->top);
	auto_picture *part = pixClipRectangle(inks, box, NULL);
	auto_picture *black = part ? pixThresholdToBinary(part, INK) : NULL;
	auto_picture *rows =
		black ? pixCloseSafeBrick(NULL, black, 1, ROW_JOIN) : NULL;
	NUMA *counts = rows ? pixCountPixelsByRow(rows, NULL) : NULL;
	int height = counts ? numaGetCount(counts) : 0, first = -1;
	size_t count = 0;

	for (int y = 0; y <= height && count < room; y++) {
		l_int32 ink = 0;

		if (y < height)
			(void)numaGetIValue(counts, y, &ink);
		if (ink && first < 0)
			first = y;
		if (ink || first < 0)
			continue;
		if (y - first >= ROW_MIN)
			lines[count++] = (struct spot){ stamp->left,
							stamp->top + first,
							stamp->right,
							stamp->top + y };
		first = -1;
	}
	numaDestroy(&counts);
	boxDestroy(&box);
	return count;
}

static size_t find_stamps(struct Pix *inks, struct spot stamps[STAMPS_MAX])
{
	auto_picture *black = pixThresholdToBinary(inks, INK);
	auto_picture *joined =
		black ? pixCloseBrick(NULL, black, JOIN, JOIN) : NULL;
	BOXA *boxes = joined ? pixConnCompBB(joined, 8) : NULL;
	BOXA *largest = boxes ? boxaSort(boxes, L_SORT_BY_AREA,
					 L_SORT_DECREASING, NULL)
			      : NULL;
	size_t count = 0;

	for (l_int32 i = 0; largest && i < boxaGetCount(largest); i++) {
		BOX *box = boxaGetBox(largest, i, L_CLONE);
		l_int32 x, y, width, height;
		struct spot spot;

		(void)boxGetGeometry(box, &x, &y, &width, &height);
		spot = (struct spot){ x, y, x + width, y + height };
		if (count < STAMPS_MAX && width >= FRAME_WIDTH_MIN &&
		    height >= FRAME_HEIGHT_MIN &&
		    !is_within(&spot, stamps, count)) {
			remove_frame(inks, black, box);
			stamps[count++] = spot;
		}
		boxDestroy(&box);
	}
	boxaDestroy(&largest);
	boxaDestroy(&boxes);
	return count;
}

size_t stamp_find(struct Pix *inks, struct spot ret_lines[STAMP_LINES_MAX])
{
	struct spot stamps[STAMPS_MAX];
	size_t stamp_count = find_stamps(inks, stamps);
	size_t count = 0;

	for (size_t i = 0; i < stamp_count; i++)
		count += add_lines(inks, &stamps[i], ret_lines + count,
				   STAMP_LINES_MAX - count);
	return count;
}
