#include "reader/scan.h"
#include "reader/seal.h"
#include <math.h>
#include <string.h>

enum {
	SHORT_SIDE = 2480,     /* pixels of A4 at 300 dpi */
	SHORT_SIDE_MIN = 1700, /* below: enlarged */
	SHORT_SIDE_MAX = 3400, /* above: made smaller */
	ENLARGE_MAX = 3,
	SIDE_MIN = 40,	/* pixels: smaller is no page */
	DARK = 100,	/* never paper */
	PAPER = 245,	/* the shade it is brought to */
	RED = 40,	/* how much more than green and blue */
	SEAL_MIN = 200, /* pixels, 17 mm; seals have 36 mm */
	SEAL_MAX = 620
};

static const float skew_confidence = 3.0F;
static const float skew_min = 0.25F; /* degrees */
static const float skew_max = 7.0F;

/* Red, here and there: 1 where a stamp may have left it. */
static struct Pix *find_red(struct Pix *picture)
{
	int width = pixGetWidth(picture), height = pixGetHeight(picture);
	struct Pix *mask = pixCreate(width, height, 1);
	const uint32_t *from = pixGetData(picture);
	uint32_t *to = mask ? pixGetData(mask) : NULL;

	for (int y = 0; mask && y < height; y++) {
		for (int x = 0; x < width; x++) {
			int red = (int)(from[x] >> 24);
			int green = (int)(from[x] >> 16 & 255);
			int blue = (int)(from[x] >> 8 & 255);

			if (red - green > RED && red - blue > RED)
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

/* Within the box the brightest of the three colours: red ink on black text
 * goes, the text stays. */
static void whiten(struct Pix *grey, struct Pix *picture, BOX *box)
{
	auto_picture *part = pixClipRectangle(picture, box, NULL);
	auto_picture *red = part ? pixGetRGBComponent(part, COLOR_RED) : NULL;
	l_int32 x, y, width, height;

	if (!red)
		return;
	(void)boxGetGeometry(box, &x, &y, &width, &height);
	(void)pixRasterop(grey, x, y, width, height, PIX_SRC, red, 0, 0);
}

/* A seal lies over the signature and often over the signer's name. Stamps
 * with text, "HỎA TỐC" and "MẬT", are red too but not round: they stay. */
static void drop_seals(struct Pix *grey, struct Pix *picture)
{
	auto_picture *red = find_red(picture);
	auto_picture *joined = NULL;
	l_int32 empty = 1;
	BOXA *boxes;

	if (!red || pixZero(red, &empty) != 0 || empty)
		return;
	joined = pixCloseBrick(NULL, red, 15, 15);
	boxes = joined ? pixConnCompBB(joined, 8) : NULL;
	for (l_int32 i = 0; boxes && i < boxaGetCount(boxes); i++) {
		BOX *box = boxaGetBox(boxes, i, L_CLONE);
		l_int32 width = 0, height = 0;

		(void)boxGetGeometry(box, NULL, NULL, &width, &height);
		if (is_round(width, height))
			whiten(grey, picture, box);
		boxDestroy(&box);
	}
	boxaDestroy(&boxes);
}

static float factor_of(struct Pix *picture)
{
	int width = pixGetWidth(picture), height = pixGetHeight(picture);
	int side = width < height ? width : height;
	float factor = (float)SHORT_SIDE / (float)side;

	if (side >= SHORT_SIDE_MIN && side <= SHORT_SIDE_MAX)
		return 1;
	return factor > ENLARGE_MAX ? (float)ENLARGE_MAX : factor;
}

/* Grey or of full colour, about 300 dpi. */
static struct Pix *resize(struct Pix *picture)
{
	auto_picture *smooth = pixConvertTo8Or32(picture, L_CLONE, 0);
	float factor = factor_of(picture);
	auto_picture *scaled = NULL;

	if (!smooth)
		return NULL;
	if (factor > 0.99F && factor < 1.01F)
		return pixRemoveColormap(smooth, REMOVE_CMAP_BASED_ON_SRC);
	scaled = pixScale(smooth, factor, factor);
	return scaled ? pixRemoveColormap(scaled, REMOVE_CMAP_BASED_ON_SRC)
		      : NULL;
}

static struct Pix *make_grey(struct Pix *picture)
{
	struct Pix *grey;

	if (pixGetDepth(picture) != 32)
		return pixClone(picture);
	grey = pixConvertRGBToLuminance(picture);
	if (grey)
		drop_seals(grey, picture);
	return grey;
}

/* Paper that is grey or shaded becomes white. */
static struct Pix *clear_paper(struct Pix *grey)
{
	auto_picture *small = pixScaleGrayMinMax(grey, 16, 16, L_CHOOSE_MAX);
	l_float32 mean = 255;
	struct Pix *clear = NULL;

	if (small)
		(void)pixGetAverageMasked(small, NULL, 0, 0, 1,
					  L_MEAN_ABSVAL, &mean);
	if (mean < PAPER)
		clear = pixBackgroundNorm(grey, NULL, NULL, 24, 36, DARK, 200,
					  PAPER, 2, 2);
	return clear ? clear : pixCopy(NULL, grey);
}

static void straighten(struct scan *scan)
{
	auto_picture *black = pixThresholdToBinary(scan->picture, 150);
	l_float32 angle = 0, confidence = 0;
	struct Pix *turned;

	if (!black ||
	    pixFindSkewSweepAndSearch(black, &angle, &confidence, 4, 2,
				      skew_max, 1, 0.02F) != 0 ||
	    confidence < skew_confidence || fabsf(angle) < skew_min)
		return;
	scan->slope = (double)angle * 3.14159265358979 / 180;
	turned = pixRotate(scan->picture, (l_float32)scan->slope,
			   L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
	if (!turned) {
		scan->slope = 0;
		return;
	}
	picture_done(&scan->picture);
	scan->picture = turned;
}

static void remove_seals(struct scan *scan)
{
	struct seal seals[SEALS_MAX];
	int count = seal_find(scan->picture, seals);

	for (int i = 0; i < count; i++)
		seal_remove(scan->picture, &seals[i]);
}

bool scan_open(struct Pix *picture, struct scan *ret)
{
	auto_picture *sized = NULL;
	auto_picture *grey = NULL;

	*ret = (struct scan){ 0 };
	if (pixGetWidth(picture) < SIDE_MIN || pixGetHeight(picture) < SIDE_MIN)
		return false;
	sized = resize(picture);
	grey = sized ? make_grey(sized) : NULL;
	ret->picture = grey ? clear_paper(grey) : NULL;
	if (!ret->picture)
		return false;
	straighten(ret);
	remove_seals(ret);
	return true;
}

void scan_done(struct scan *scan)
{
	picture_done(&scan->picture);
}

static int share(double value, double whole)
{
	double scaled = value / whole * PAGE_SPAN;

	if (!(scaled > 0))
		return 0;
	return scaled > PAGE_SPAN ? PAGE_SPAN : (int)(scaled + 0.5);
}

struct page_box scan_place(const struct scan *scan, int left, int top,
			   int right, int bottom)
{
	const double width = pixGetWidth(scan->picture);
	const double height = pixGetHeight(scan->picture);
	const double x = (left + right) / 2.0 - width / 2;
	const double y = (top + bottom) / 2.0 - height / 2;
	/* it was turned clockwise by `slope` about the middle: back again */
	const double to_x = x * cos(scan->slope) + y * sin(scan->slope) +
			    width / 2 - (left + right) / 2.0;
	const double to_y = y * cos(scan->slope) - x * sin(scan->slope) +
			    height / 2 - (top + bottom) / 2.0;

	return (struct page_box){ share(left + to_x, width),
				  share(top + to_y, height),
				  share(right + to_x, width),
				  share(bottom + to_y, height) };
}
