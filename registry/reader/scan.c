#include "reader/scan.h"
#include "reader/seal.h"
#include "reader/stamp.h"
#include "reader/underline.h"
#include <math.h>
#include <string.h>

enum {
	SHORT_SIDE = 2480,     /* pixels of A4 at 300 dpi */
	SHORT_SIDE_MIN = 1700, /* below: enlarged */
	SHORT_SIDE_COARSE = 1490,
	SHORT_SIDE_MAX = 3400, /* above: made smaller */
	ENLARGE_MAX = 3,
	SIDE_MIN = 40, /* pixels: smaller is no page */
	DARK = 100,    /* never paper */
	PAPER = 245    /* the shade it is brought to */
};

static const float skew_confidence = 3.0F;
static const float skew_min = 0.25F; /* degrees */
static const float skew_max = 7.0F;

static float factor_of(struct Pix *picture)
{
	int width = pixGetWidth(picture), height = pixGetHeight(picture);
	int side = width < height ? width : height;
	float factor = (float)SHORT_SIDE / (float)side;

	if (side >= SHORT_SIDE_MIN && side <= SHORT_SIDE_MAX)
		return 1;
	return factor > ENLARGE_MAX ? (float)ENLARGE_MAX : factor;
}

bool scan_is_coarse(struct Pix *picture)
{
	int width = pixGetWidth(picture), height = pixGetHeight(picture);

	return (width < height ? width : height) < SHORT_SIDE_COARSE;
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

static struct Pix *make_grey(struct Pix *picture, struct Pix **ret_stamps)
{
	struct Pix *grey;

	if (pixGetDepth(picture) != 32)
		return pixClone(picture);
	grey = pixConvertRGBToLuminance(picture);
	if (grey)
		*ret_stamps = stamp_take_out(picture, grey);
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

/* False: it stays as it is. */
static bool turn(struct Pix **picture, double slope)
{
	struct Pix *turned =
		pixRotate(*picture, (l_float32)slope, L_ROTATE_AREA_MAP,
			  L_BRING_IN_WHITE, 0, 0);

	if (!turned)
		return false;
	picture_done(picture);
	*picture = turned;
	return true;
}

static void straighten(struct scan *scan)
{
	auto_picture *black = pixThresholdToBinary(scan->picture, 150);
	l_float32 angle = 0, confidence = 0;

	if (!black ||
	    pixFindSkewSweepAndSearch(black, &angle, &confidence, 4, 2,
				      skew_max, 1, 0.02F) != 0 ||
	    confidence < skew_confidence || fabsf(angle) < skew_min)
		return;
	scan->slope = (double)angle * 3.14159265358979 / 180;
	if (!turn(&scan->picture, scan->slope))
		scan->slope = 0;
	else if (scan->stamps && !turn(&scan->stamps, scan->slope))
		picture_done(&scan->stamps);
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
	grey = sized ? make_grey(sized, &ret->stamps) : NULL;
	ret->picture = grey ? clear_paper(grey) : NULL;
	if (!ret->picture) {
		scan_done(ret);
		return false;
	}
	straighten(ret);
	remove_seals(ret);
	underline_remove(ret->picture);
	return true;
}

void scan_done(struct scan *scan)
{
	picture_done(&scan->picture);
	picture_done(&scan->stamps);
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
