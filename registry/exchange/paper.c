#include "exchange/paper.h"
#include "base/arena.h"
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <string.h>

#define POINTS(millimetres) ((millimetres)*72.0 / 25.4)
#define FONT "Times New Roman, Liberation Serif"

struct paper {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoLayout *layout;
	struct text *file;
};

static cairo_status_t take(void *context, const unsigned char *data,
			   unsigned size)
{
	struct text *file = context;

	text_add_part(file, (const char *)data, size);
	return file->over ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* Letters stand where the font wants them, not on the pixels of a screen. */
static void set_metrics(struct paper *paper)
{
	PangoContext *context = pango_layout_get_context(paper->layout);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(context, FALSE);
	pango_layout_context_changed(paper->layout);
}

struct paper *paper_open(double width, double height, const char *title,
			 struct text *ret_file)
{
	struct paper *paper = memory_alloc(sizeof(*paper));

	paper->file = ret_file;
	paper->surface = cairo_pdf_surface_create_for_stream(
		take, ret_file, POINTS(width), POINTS(height));
	cairo_pdf_surface_set_metadata(paper->surface,
				       CAIRO_PDF_METADATA_TITLE, title);
	paper->cairo = cairo_create(paper->surface);
	paper->layout = pango_cairo_create_layout(paper->cairo);
	set_metrics(paper);
	cairo_set_line_width(paper->cairo, 0.6);
	cairo_tag_begin(paper->cairo, "Document", NULL);
	return paper;
}

bool paper_close(struct paper **paper, struct fail *why)
{
	struct paper *done = *paper;
	cairo_status_t status;

	*paper = NULL;
	cairo_tag_end(done->cairo, "Document");
	status = cairo_status(done->cairo);
	g_object_unref(done->layout);
	cairo_destroy(done->cairo);
	cairo_surface_finish(done->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(done->surface);
	cairo_surface_destroy(done->surface);
	if (done->file->over)
		fail(why, FAIL_LIMIT, "the printed file is too large");
	else if (status != CAIRO_STATUS_SUCCESS)
		fail(why, FAIL_BROKEN, "printing: %s",
		     cairo_status_to_string(status));
	if (status == CAIRO_STATUS_SUCCESS && done->file->over)
		status = CAIRO_STATUS_WRITE_ERROR;
	memory_free(done);
	return status == CAIRO_STATUS_SUCCESS;
}

void paper_next_page(struct paper *paper)
{
	cairo_show_page(paper->cairo);
}

/* "4187/BNNMT-TTBVTV": a hyphen is no place to break it. */
static void keep_together(PangoAttrList *list, const char *words)
{
	size_t from = 0, size = strlen(words);

	while (from < size) {
		const char *slash = strchr(words + from, '/');
		size_t to = slash ? (size_t)(slash - words) : size;
		PangoAttribute *attribute = pango_attr_allow_breaks_new(FALSE);

		attribute->start_index = (guint)from;
		attribute->end_index = (guint)to;
		pango_attr_list_insert(list, attribute);
		from = to + 1;
	}
}

static void set_attributes(struct paper *paper, const struct paper_text *text)
{
	PangoAttrList *list = pango_attr_list_new();

	if (text->style & PAPER_STRUCK)
		pango_attr_list_insert(list,
				       pango_attr_strikethrough_new(TRUE));
	if (text->style & PAPER_SYMBOL)
		keep_together(list, text->words);
	pango_layout_set_attributes(paper->layout, list);
	pango_attr_list_unref(list);
}

static PangoAlignment alignment_of(unsigned style)
{
	if (style & PAPER_CENTRE)
		return PANGO_ALIGN_CENTER;
	return style & PAPER_RIGHT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static void set_up(struct paper *paper, const struct paper_text *text)
{
	PangoFontDescription *font = pango_font_description_from_string(FONT);
	double size = text->size > 0 ? text->size : 11;

	pango_font_description_set_absolute_size(font, size * PANGO_SCALE);
	if (text->style & PAPER_BOLD)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	if (text->style & PAPER_ITALIC)
		pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
	pango_layout_set_font_description(paper->layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(paper->layout,
			       (int)(POINTS(text->width) * PANGO_SCALE));
	pango_layout_set_wrap(paper->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(paper->layout,
				   alignment_of(text->style));
	pango_layout_set_text(paper->layout, text->words, -1);
	set_attributes(paper, text);
}

double paper_measure(struct paper *paper, const struct paper_text *text)
{
	int width, height;

	set_up(paper, text);
	pango_layout_get_size(paper->layout, &width, &height);
	return (double)height / PANGO_SCALE * 25.4 / 72.0;
}

double paper_draw(struct paper *paper, const struct paper_text *text)
{
	double height = paper_measure(paper, text);

	cairo_move_to(paper->cairo, POINTS(text->left), POINTS(text->top));
	pango_cairo_show_layout(paper->cairo, paper->layout);
	return height;
}

void paper_line(struct paper *paper, double left, double top, double right,
		double bottom)
{
	cairo_move_to(paper->cairo, POINTS(left), POINTS(top));
	cairo_line_to(paper->cairo, POINTS(right), POINTS(bottom));
	cairo_stroke(paper->cairo);
}

void paper_begin(struct paper *paper, const char *tag)
{
	cairo_tag_begin(paper->cairo, tag, NULL);
}

void paper_end(struct paper *paper, const char *tag)
{
	cairo_tag_end(paper->cairo, tag);
}
