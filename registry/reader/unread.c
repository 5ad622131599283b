#include "reader/unread.h"

enum {
	INK = 150, /* darker is ink */
	SMALL = 4, /* times smaller */
	JOIN = 11, /* small pixels: what is nearer is one line, */
	TEXT_MIN = 6,
	TEXT_MAX = 22, /* this high, */
	LONG = 2,      /* and so many times as wide as it is high */
	SLACK = 2,     /* around a word */
	FILLED_MIN = 12,
	FILLED_MAX = 75 /* percent of the box that are ink */
};

/* The ink in a picture four times smaller. */
static struct Pix *find_ink(struct Pix *picture)
{
	auto_picture *black = pixThresholdToBinary(picture, INK);

	return black ? pixReduceRankBinaryCascade(black, 1, 2, 0, 0) : NULL;
}

static void clear_words(struct Pix *ink, const struct spot *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct spot *word = &words[i];
		int left = word->left / SMALL - SLACK;
		int top = word->top / SMALL - SLACK;

		(void)pixRasterop(ink, left, top,
				  word->right / SMALL + SLACK - left,
				  word->bottom / SMALL + SLACK - top, PIX_CLR,
				  NULL, 0, 0);
	}
}

/* Whether letters may be in the box: neither a rule nor a blot. */
static bool is_text(struct Pix *ink, BOX *box)
{
	l_int32 width = 0, height = 0, count = 0, filled;
	struct Pix *part;

	(void)boxGetGeometry(box, NULL, NULL, &width, &height);
	if (height < TEXT_MIN || height > TEXT_MAX || width < height * LONG)
		return false;
	part = pixClipRectangle(ink, box, NULL);
	if (!part)
		return false;
	(void)pixCountPixels(part, &count, NULL);
	picture_done(&part);
	filled = count * 100 / (width * height);
	return filled >= FILLED_MIN && filled <= FILLED_MAX;
}

static size_t take(struct Pix *ink, BOXA *boxes,
		   struct spot ret_lines[UNREAD_MAX])
{
	size_t found = 0;

	for (l_int32 i = 0; i < boxaGetCount(boxes) && found < UNREAD_MAX;
	     i++) {
		BOX *box = boxaGetBox(boxes, i, L_CLONE);
		l_int32 x = 0, y = 0, width = 0, height = 0;

		if (is_text(ink, box)) {
			(void)boxGetGeometry(box, &x, &y, &width, &height);
			ret_lines[found++] = (struct spot){
				x * SMALL, y * SMALL, (x + width) * SMALL,
				(y + height) * SMALL
			};
		}
		boxDestroy(&box);
	}
	return found;
}

size_t unread_find(struct Pix *picture, const struct spot *words, size_t count,
		   struct spot ret_lines[UNREAD_MAX])
{
	auto_picture *ink = find_ink(picture);
	auto_picture *joined = NULL;
	BOXA *boxes, *sorted;
	size_t found = 0;

	if (!ink)
		return 0;
	clear_words(ink, words, count);
	joined = pixCloseSafeBrick(NULL, ink, JOIN, 1);
	boxes = joined ? pixConnCompBB(joined, 8) : NULL;
	sorted = boxes ? boxaSort(boxes, L_SORT_BY_Y, L_SORT_INCREASING, NULL)
		       : NULL;
	if (sorted)
		found = take(ink, sorted, ret_lines);
	boxaDestroy(&sorted);
	boxaDestroy(&boxes);
	return found;
}
