/*
 * Found as a circle whose circumference is ink, in a picture four times
 * smaller, then placed to the pixel.
 *
 * Removed by its shade where it is lighter than the text; else ring by ring,
 * wherever nothing crosses the ring, and the star by its thickness.
 */
#include "reader/seal.h"
#include <math.h>
#include <stdlib.h>

enum {
	INK = 200, /* darker is ink */
	SMALL = 4, /* times smaller */
	SIDE_MIN = 64,
	SIDE_MAX = 340,
	RADIUS_MIN = 32, /* 22 mm across */
	RADIUS_MAX = 70, /* 47 mm across */
	ANGLES = 48,
	ANGLES_FINE = 240,
	COVERED = 80,	   /* of 100 angles have ink */
	RING_COVERED = 55, /* so have those of a ring inside */
	REACH = 7,	   /* pixels, to place it finely */
	RINGS_MAX = 400,
	RING_WIDTH_MAX = 14,
	SLACK = 1,     /* pixels that a ring may be wider here and there */
	CONTRAST = 30, /* between seal and text, in shades */
	MARGIN = 8,
	STAR = 15 /* pixels; letters have thinner strokes */
};

struct wheel {
	double cosine[ANGLES_FINE], sine[ANGLES_FINE];
	int count;
};

static void turn(struct wheel *wheel, int count)
{
	wheel->count = count;
	for (int i = 0; i < count; i++) {
		double angle = 2 * 3.14159265358979 * i / count;

		wheel->cosine[i] = cos(angle);
		wheel->sine[i] = sin(angle);
	}
}

static int round_off(double value)
{
	return (int)(value + (value < 0 ? -0.5 : 0.5));
}

static bool has_ink(struct Pix *black, int x, int y)
{
	l_uint32 value = 0;

	return pixGetPixel(black, x, y, &value) == 0 && value;
}

/* How many of 100 points of the circle are ink; gives up early. */
static int coverage(struct Pix *black, const struct wheel *wheel,
		    const struct seal *circle, int least)
{
	int count = 0, missing = 0;
	int most = wheel->count * (100 - least) / 100;

	/* by leaps, so that the first ones are all around it */
	for (int i = 0; i < wheel->count; i++) {
		int at = i * 7 % wheel->count;

		if (has_ink(black,
			    circle->x + round_off(circle->radius *
						  wheel->cosine[at]),
			    circle->y + round_off(circle->radius *
						  wheel->sine[at])))
			count++;
		else if (++missing > most)
			return 0;
	}
	return count * 100 / wheel->count;
}

/* The widest circle in the box that is well covered. */
static bool find_in(struct Pix *small, BOX *box, struct seal *ret)
{
	struct wheel wheel;
	l_int32 left, top, width, height;
	struct seal at;

	turn(&wheel, ANGLES);
	(void)boxGetGeometry(box, &left, &top, &width, &height);
	for (at.radius = RADIUS_MAX; at.radius >= RADIUS_MIN; at.radius--) {
		const int r = at.radius;

		for (at.y = top + r - 2; at.y <= top + height - r + 2; at.y++)
			for (at.x = left + r - 2;
			     at.x <= left + width - r + 2; at.x++)
				if (coverage(small, &wheel, &at, COVERED)) {
					*ret = at;
					return true;
				}
	}
	return false;
}

/* To the pixel, around where the small picture has it. */
static struct seal place(struct Pix *black, const struct seal *rough)
{
	const struct seal first = { rough->x * SMALL + SMALL / 2,
				    rough->y * SMALL + SMALL / 2,
				    rough->radius * SMALL };
	struct seal best = first, at;
	struct wheel wheel;
	int most = 0;

	turn(&wheel, ANGLES_FINE);
	for (at.radius = first.radius + REACH;
	     at.radius >= first.radius - REACH; at.radius--)
		for (at.y = first.y - REACH; at.y <= first.y + REACH; at.y++)
			for (at.x = first.x - REACH; at.x <= first.x + REACH;
			     at.x++) {
				int covered =
					coverage(black, &wheel, &at,
						 most > 60 ? most : 60);

				if (covered > most) {
					most = covered;
					best = at;
				}
			}
	return best;
}

static bool may_be_seal(BOX *box)
{
	l_int32 width = 0, height = 0;

	(void)boxGetGeometry(box, NULL, NULL, &width, &height);
	return width >= SIDE_MIN && width <= SIDE_MAX && height >= SIDE_MIN &&
	       height <= SIDE_MAX;
}

int seal_find(struct Pix *grey, struct seal ret_seals[SEALS_MAX])
{
	auto_picture *black = pixThresholdToBinary(grey, INK);
	auto_picture *small =
		black ? pixReduceRankBinaryCascade(black, 1, 1, 0, 0) : NULL;
	BOXA *boxes = small ? pixConnCompBB(small, 8) : NULL;
	int count = 0;

	for (l_int32 i = 0; boxes && i < boxaGetCount(boxes); i++) {
		BOX *box = boxaGetBox(boxes, i, L_CLONE);
		struct seal rough;

		if (count < SEALS_MAX && may_be_seal(box) &&
		    find_in(small, box, &rough))
			ret_seals[count++] = place(black, &rough);
		boxDestroy(&box);
	}
	boxaDestroy(&boxes);
	return count;
}

static int shade(struct Pix *grey, int x, int y)
{
	l_uint32 value = 255;

	(void)pixGetPixel(grey, x, y, &value);
	return (int)value;
}

static int compare_shades(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int shade_of_ring(struct Pix *grey, const struct seal *seal)
{
	int shades[ANGLES_FINE];
	struct wheel wheel;

	turn(&wheel, ANGLES_FINE);
	for (int i = 0; i < wheel.count; i++)
		shades[i] = shade(
			grey,
			seal->x + round_off(seal->radius * wheel.cosine[i]),
			seal->y + round_off(seal->radius * wheel.sine[i]));
	qsort(shades, ANGLES_FINE, sizeof(*shades), compare_shades);
	return shades[ANGLES_FINE / 2];
}

/* What a third of the ink on the page is darker than. */
static int shade_of_text(struct Pix *grey)
{
	NUMA *counts = pixGetGrayHistogram(grey, 4);
	l_int32 all = 0, below = 0, count = 0, found = 0;

	for (l_int32 i = 0; counts && i < INK; i++) {
		(void)numaGetIValue(counts, i, &count);
		all += count;
	}
	while (counts && found < INK && below * 3 < all) {
		(void)numaGetIValue(counts, found++, &count);
		below += count;
	}
	numaDestroy(&counts);
	return found;
}

static bool is_inside(const struct seal *seal, int x, int y)
{
	const int reach = seal->radius + MARGIN;
	const int across = x - seal->x, down = y - seal->y;

	return across * across + down * down <= reach * reach;
}

/* From the text's black to the seal's light, stretched to white. */
static int faded(int value, int text, int light)
{
	if (value >= light)
		return 255;
	return text + (value - text) * (255 - text) / (light - text);
}

/* Everything as light as the seal turns white, the text stays black. */
static void fade(struct Pix *grey, const struct seal *seal, int text, int ring)
{
	const int reach = seal->radius + MARGIN;
	const int light = ring - CONTRAST / 4;

	for (int y = seal->y - reach; y <= seal->y + reach; y++)
		for (int x = seal->x - reach; x <= seal->x + reach; x++) {
			int value = shade(grey, x, y);

			if (!is_inside(seal, x, y) || value <= text)
				continue;
			value = faded(value, text, light);
			(void)pixSetPixel(grey, x, y, (l_uint32)value);
		}
}

/* From where to where a ring goes, and what is on both sides of it. */
struct ring {
	int from, to;
};

/* Rings from the outer one inwards. */
static int find_rings(struct Pix *black, const struct seal *seal,
		      struct ring *ret, int most)
{
	struct wheel wheel;
	struct seal at = *seal;
	int count = 0;
	bool is_on = false;

	turn(&wheel, ANGLES_FINE);
	for (at.radius = seal->radius + MARGIN; at.radius > 20; at.radius--) {
		bool covered =
			coverage(black, &wheel, &at, RING_COVERED) > 0;

		if (covered && !is_on && count < most)
			ret[count++] = (struct ring){ at.radius, at.radius };
		if (covered && count > 0)
			ret[count - 1].from = at.radius;
		is_on = covered;
	}
	return count;
}

static void wipe(struct Pix *grey, const struct seal *seal, double cosine,
		 double sine, struct ring ring)
{
	for (double r = ring.from; r <= ring.to; r += 0.5) {
		int x = seal->x + (int)floor(r * cosine);
		int y = seal->y + (int)floor(r * sine);

		for (int i = 0; i < 4; i++)
			(void)pixSetPixel(grey, x + i % 2, y + i / 2, 255);
	}
}

static bool is_ink_at(struct Pix *black, const struct seal *seal,
		      double cosine, double sine, int radius)
{
	return has_ink(black, seal->x + round_off(radius * cosine),
		       seal->y + round_off(radius * sine));
}

/* The ink that the ring is part of, outwards and inwards. */
static struct ring run_of_ink(struct Pix *black, const struct seal *seal,
			      double cosine, double sine, struct ring ring)
{
	const int most = RING_WIDTH_MAX * 2;
	struct ring run = ring;

	while (run.to > run.from &&
	       !is_ink_at(black, seal, cosine, sine, run.to))
		run.to--;
	while (run.from < run.to &&
	       !is_ink_at(black, seal, cosine, sine, run.from))
		run.from++;
	while (run.to - run.from < most &&
	       is_ink_at(black, seal, cosine, sine, run.to + 1))
		run.to++;
	while (run.to - run.from < most &&
	       is_ink_at(black, seal, cosine, sine, run.from - 1))
		run.from--;
	return run;
}

/* Where the ink is no wider than the ring, nothing crosses it. */
static void erase_ring(struct Pix *grey, struct Pix *black,
		       const struct seal *seal, struct ring ring)
{
	const int steps = seal->radius * 12;
	const int most = ring.to - ring.from + SLACK;

	if (ring.to - ring.from > RING_WIDTH_MAX)
		return;
	for (int i = 0; i < steps; i++) {
		double angle = 2 * 3.14159265358979 * i / steps;
		double cosine = cos(angle), sine = sin(angle);
		struct ring run =
			run_of_ink(black, seal, cosine, sine, ring);

		if (run.to - run.from <= most)
			wipe(grey, seal, cosine, sine,
			     (struct ring){ run.from - 1, run.to + 1 });
	}
}

/* Whatever is thicker than letters, and its edges. */
static void erase_star(struct Pix *grey, const struct seal *seal)
{
	const int reach = seal->radius;
	BOX *box = boxCreate(seal->x - reach, seal->y - reach, reach * 2,
			     reach * 2);
	auto_picture *part = box ? pixClipRectangle(grey, box, NULL) : NULL;
	auto_picture *black = part ? pixThresholdToBinary(part, INK) : NULL;
	auto_picture *thick =
		black ? pixOpenBrick(NULL, black, STAR, STAR) : NULL;
	auto_picture *all = thick ? pixDilateBrick(NULL, thick, 25, 25) : NULL;
	l_int32 left = 0, top = 0;

	if (all) {
		/* the box was cut at the edges of the picture */
		left = seal->x - reach < 0 ? 0 : seal->x - reach;
		top = seal->y - reach < 0 ? 0 : seal->y - reach;
		(void)pixSetMaskedGeneral(grey, all, 255, left, top);
	}
	boxDestroy(&box);
}

void seal_remove(struct Pix *grey, const struct seal *seal)
{
	int text = shade_of_text(grey), ring = shade_of_ring(grey, seal);
	auto_picture *black = NULL;
	struct ring rings[RINGS_MAX];
	int count;

	if (ring - text >= CONTRAST) {
		fade(grey, seal, text, ring);
		return;
	}
	black = pixThresholdToBinary(grey, INK);
	if (!black)
		return;
	count = find_rings(black, seal, rings, RINGS_MAX);
	for (int i = 0; i < count; i++)
		erase_ring(grey, black, seal, rings[i]);
	erase_star(grey, seal);
}
