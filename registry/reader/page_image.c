#include "reader/page_image.h"
#include "reader/pdf_draw.h"
#include "reader/picture.h"
#include "reader/sniff.h"
#include <string.h>

enum {
	WIDTH_MIN = 50,
	WIDTH_MAX = 3000,
	QUALITY = 80 /* of a JPEG */
};

static int width_of(const struct page_image_request *request)
{
	if (request->width < WIDTH_MIN)
		return WIDTH_MIN;
	return request->width > WIDTH_MAX ? WIDTH_MAX : (int)request->width;
}

/* Never larger than it is. */
static struct Pix *fit(struct Pix *picture, int width)
{
	auto_picture *smooth = NULL;
	int has = pixGetWidth(picture);
	float factor = (float)width / (float)has;

	if (pixGetDepth(picture) == 1 && has > width)
		return pixScaleToGray(picture, factor);
	smooth = pixConvertTo8Or32(picture, L_CLONE, 1);
	if (!smooth || has <= width)
		return smooth ? pixClone(smooth) : NULL;
	return pixScale(smooth, factor, factor);
}

static struct Pix *draw_image(const struct page_image_request *request)
{
	auto_picture *picture = NULL;
	const char *reason;

	if (request->page < 1 || request->page > INT32_MAX)
		return NULL;
	picture = picture_read(request->content, (int)request->page, &reason);
	return picture ? fit(picture, width_of(request)) : NULL;
}

static struct Pix *draw(const struct page_image_request *request,
			bool *ret_picture)
{
	switch (sniff_reader(sniff_type(request->content, NULL))) {
	case SNIFF_PDF:
		return pdf_draw(request->content, request->page,
				width_of(request), ret_picture);
	case SNIFF_IMAGE:
		*ret_picture = true;
		return draw_image(request);
	case SNIFF_NONE:
	case SNIFF_OFFICE:
	case SNIFF_WORD:
	case SNIFF_ARCHIVE:
	case SNIFF_TNEF:
	case SNIFF_EDXML:
	case SNIFF_WEB_PAGE:
	case SNIFF_SMIME:
	case SNIFF_LETTER:
	case SNIFF_TEXT:
		break;
	}
	return NULL;
}

/* Text without colours is a third of the size in shades of grey. */
static struct Pix *drop_colours(struct Pix *picture)
{
	l_float32 coloured = 0;
	l_float32 strength = 0;

	if (pixGetDepth(picture) != 32)
		return pixClone(picture);
	if (pixColorFraction(picture, 0, 255, 12, 4, &strength, &coloured) ||
	    coloured > 0)
		return pixClone(picture);
	return pixConvertRGBToGrayFast(picture);
}

static bool encode(struct Pix *picture, bool is_scan, l_uint8 **ret_data,
		   size_t *ret_size)
{
	auto_picture *plain = NULL;

	if (is_scan)
		return pixWriteMemJpeg(ret_data, ret_size, picture, QUALITY,
				       0) == 0;
	plain = drop_colours(picture);
	return plain && pixWriteMemPng(ret_data, ret_size, plain, 0) == 0;
}

bool page_image_draw(const struct page_image_request *request,
		     struct page_image *ret, struct fail *why)
{
	bool is_scan = false;
	auto_picture *picture = draw(request, &is_scan);
	l_uint8 *data = NULL;
	size_t size = 0;
	bool fits;

	if (!picture)
		return fail(why, FAIL_INVALID, "there is no page %lld to draw",
			    (long long)request->page);
	if (!encode(picture, is_scan, &data, &size))
		return fail(why, FAIL_LIMIT, "no memory for the image");
	fits = size <= request->room_size;
	if (fits)
		memcpy(request->room, data, size);
	lept_free(data);
	if (!fits)
		return fail(why, FAIL_LIMIT,
			    "the image needs more than %zu bytes",
			    request->room_size);
	*ret = (struct page_image){ is_scan ? "image/jpeg" : "image/png",
				    size, pixGetWidth(picture),
				    pixGetHeight(picture) };
	return true;
}
