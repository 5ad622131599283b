#include "reader/picture.h"
#include <string.h>

enum {
	PAGES_MAX = 1000,
	A4_WIDTH = 5953 /* tenths of a point */
};

void picture_done(struct Pix **picture)
{
	pixDestroy(picture);
}

void picture_open(void)
{
	(void)setMsgSeverity(L_SEVERITY_NONE);
}

static bool is_tiff(struct bytes content)
{
	return content.size > 8 && (memcmp(content.data, "II*\0", 4) == 0 ||
				    memcmp(content.data, "MM\0*", 4) == 0);
}

struct header {
	l_int32 width, height, bits, samples;
};

static bool read_header(struct bytes content, int number,
			struct header *ret)
{
	l_int32 format = 0, map = 0;

	if (is_tiff(content))
		return readHeaderMemTiff(content.data, content.size,
					 number - 1, &ret->width,
					 &ret->height, &ret->bits,
					 &ret->samples, NULL, NULL,
					 NULL) == 0;
	return pixReadHeaderMem(content.data, content.size, &format,
				&ret->width, &ret->height, &ret->bits,
				&ret->samples, &map) == 0;
}

int picture_count(struct bytes content)
{
	struct header header;
	int count = 0;

	if (!is_tiff(content))
		return read_header(content, 1, &header) ? 1 : 0;
	while (count < PAGES_MAX && read_header(content, count + 1, &header))
		count++;
	return count;
}

static bool is_too_large(const struct header *header)
{
	return header->width <= 0 || header->height <= 0 ||
	       header->width > PICTURE_PIXELS_MAX / header->height;
}

static struct Pix *read_tiff(struct bytes content, int number)
{
	struct Pix *found = NULL;
	size_t offset = 0;

	for (int i = 1; i <= number; i++) {
		pixDestroy(&found);
		found = pixReadMemFromMultipageTiff(content.data, content.size,
						    &offset);
		if (!found || (offset == 0 && i < number)) {
			pixDestroy(&found);
			return NULL;
		}
	}
	return found;
}

struct Pix *picture_read(struct bytes content, int number,
			 const char **ret_reason)
{
	struct header header;
	struct Pix *picture;

	*ret_reason = "damaged";
	if (!read_header(content, number, &header))
		return NULL;
	if (is_too_large(&header)) {
		*ret_reason = "limit.pixels";
		return NULL;
	}
	if (is_tiff(content))
		picture = read_tiff(content, number);
	else
		picture = pixReadMem(content.data, content.size);
	return picture;
}

void picture_size(struct Pix *picture, int *ret_width, int *ret_height)
{
	double width = pixGetWidth(picture), height = pixGetHeight(picture);
	double factor = A4_WIDTH / (width < height ? width : height);

	*ret_width = (int)(width * factor + 0.5);
	*ret_height = (int)(height * factor + 0.5);
}
