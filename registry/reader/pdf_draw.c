#include "reader/pdf_draw.h"
#include "reader/pdf_raw.h"
#include <cairo.h>

enum {
	SIDE_MAX = 8000 /* pixels */
};

bool pdf_is_picture(PopplerPage *page)
{
	GList *images = poppler_page_get_image_mapping(page);
	double width, height, most = 0;

	poppler_page_get_size(page, &width, &height);
	for (const GList *at = images; at; at = at->next) {
		const PopplerImageMapping *image = at->data;
		double area = (image->area.x2 - image->area.x1) *
			      (image->area.y2 - image->area.y1);

		if (area < 0)
			area = -area;
		if (area > most)
			most = area;
	}
	poppler_page_free_image_mapping(images);
	return most * 2 >= width * height;
}

/* Cairo has xRGB in a word, Leptonica RGBx. */
static struct Pix *take_pixels(cairo_surface_t *surface, int width, int height)
{
	struct Pix *picture = pixCreateNoInit(width, height, 32);
	int stride = cairo_image_surface_get_stride(surface) / 4;
	const uint32_t *from;
	uint32_t *to;

	cairo_surface_flush(surface);
	from = (const void *)cairo_image_surface_get_data(surface);
	if (!picture || !from)
		return picture;
	to = pixGetData(picture);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++)
			to[x] = from[x] << 8;
		from += stride;
		to += pixGetWpl(picture);
	}
	return picture;
}

struct Pix *pdf_draw_page(PopplerPage *page, int width)
{
	double wide, high, height;
	struct Pix *picture = NULL;
	cairo_surface_t *surface;
	cairo_t *cairo;

	poppler_page_get_size(page, &wide, &high);
	if (!(wide > 0 && high > 0) || width < 1 || width > SIDE_MAX)
		return NULL;
	height = high / wide * width + 0.5;
	if (!(height >= 1 && height <= SIDE_MAX))
		return NULL;
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width,
					     (int)height);
	cairo = cairo_create(surface);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, width / wide, width / wide);
	poppler_page_render(page, cairo);
	cairo_destroy(cairo);
	if (cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS)
		picture = take_pixels(surface, width, (int)height);
	cairo_surface_destroy(surface);
	return picture;
}

/* Poppler would draw until somebody stops it. */
static bool is_harmless(struct bytes content)
{
	auto_arena *arena = arena_create(0);

	return !pdf_raw_read(content, arena).unfolds_too_much;
}

static PopplerPage *open_page(PopplerDocument *file, int64_t number)
{
	if (number < 1 || number > poppler_document_get_n_pages(file))
		return NULL;
	return poppler_document_get_page(file, (int)number - 1);
}

struct Pix *pdf_draw(struct bytes content, int64_t number, int width,
		     bool *ret_picture)
{
	GBytes *bytes = g_bytes_new_static(content.data, content.size);
	PopplerDocument *file = NULL;
	PopplerPage *page = NULL;
	struct Pix *picture = NULL;

	if (is_harmless(content))
		file = poppler_document_new_from_bytes(bytes, NULL, NULL);
	if (file)
		page = open_page(file, number);
	if (page) {
		*ret_picture = pdf_is_picture(page);
		picture = pdf_draw_page(page, width);
		g_object_unref(page);
	}
	if (file)
		g_object_unref(file);
	g_bytes_unref(bytes);
	return picture;
}
