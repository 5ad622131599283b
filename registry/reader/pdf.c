#include "reader/pdf.h"
#include "base/moment.h"
#include "reader/page_text.h"
#include "reader/pdf_draw.h"
#include "reader/pdf_member.h"
#include "reader/pdf_raw.h"
#include "reader/pdf_signature.h"
#include "reader/pdf_text.h"
#include "reader/recognise.h"
#include "reader/typeface.h"
#include "viet/syllable.h"
#include <poppler.h>
#include <string.h>

enum {
	PAGES_MAX = 3000,
	WORDS_MAX = 400000, /* with their places; beyond it text alone */
	FEW_WORDS = 15,	    /* a stamp on a scan, not its text */
	RECOGNISE_WIDTH = 2480
};

struct pdf {
	PopplerDocument *source;
	struct document *document;
	size_t words;
	bool recognises;
	int64_t end; /* of recognition */
};

/* Kept open: Poppler drops its tables with the last document. */
static PopplerDocument *warm;

static const char warm_file[] =
	"%PDF-1.4\n"
	"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
	"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
	"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]"
	"/Contents 4 0 R/Resources<</Font<</A 5 0 R>>>>>>endobj\n"
	"4 0 obj<</Length 29>>stream\n"
	"BT /A 9 Tf 9 9 Td (Aa) Tj ET \n"
	"endstream endobj\n"
	"5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>endobj\n"
	"trailer<</Root 1 0 R/Size 6>>\n"
	"%%EOF\n";

void pdf_open(void)
{
	GBytes *bytes;
	PopplerPage *page;
	struct Pix *drawn;

	if (warm)
		return;
	typeface_open();
	bytes = g_bytes_new_static(warm_file, sizeof(warm_file) - 1);
	warm = poppler_document_new_from_bytes(bytes, NULL, NULL);
	g_bytes_unref(bytes);
	page = warm ? poppler_document_get_page(warm, 0) : NULL;
	if (!page)
		return;
	g_free(poppler_page_get_text(page));
	drawn = pdf_draw_page(page, 100);
	picture_done(&drawn);
	g_object_unref(page);
}

/* A scanner's own recognition that knows no Vietnamese is worse than none. */
static bool is_rubbish(const struct page *page)
{
	auto_text text = { 0 };

	page_text_add(page, &text);
	return syllable_score((struct bytes){ (unsigned char *)text.string,
					      text.size }) <= 0;
}

static bool wants_recognition(PopplerPage *source, const struct page *page)
{
	return (page->count < FEW_WORDS || is_rubbish(page)) &&
	       pdf_is_picture(source);
}

/* What is on the picture takes the place of what the file says. */
static bool recognise(struct pdf *pdf, PopplerPage *source, struct page *page)
{
	auto_picture *picture = NULL;
	struct page seen = *page;

	if (!pdf->recognises)
		return false;
	if (moment_ticks() > pdf->end) {
		document_flag(pdf->document, "limit.time");
		return false;
	}
	picture = pdf_draw_page(source, RECOGNISE_WIDTH);
	if (!picture)
		return false;
	if (recognise_page(picture, pdf->document->arena, &seen))
		*page = seen;
	return true;
}

static void read_page(struct pdf *pdf, int number)
{
	struct document *document = pdf->document;
	PopplerPage *source =
		poppler_document_get_page(pdf->source, number - 1);
	struct page page = { .number = number };

	if (!source)
		return;
	if (pdf_text_read(source, document->arena, &page))
		document_flag(document, "cut");
	if (wants_recognition(source, &page) &&
	    !recognise(pdf, source, &page))
		document->needs_recognition = true;
	g_object_unref(source);
	if (page.count == 0)
		return;
	document->pages = arena_grow(document->arena, document->pages,
				     document->page_count, sizeof(page));
	document->pages[document->page_count++] = page;
	pdf->words += page.count;
}

static void read_pages(struct pdf *pdf)
{
	struct document *document = pdf->document;
	int count = document->total_pages;

	if (count > PAGES_MAX) {
		document_flag(document, "limit.pages");
		count = PAGES_MAX;
	}
	for (int i = 1; i <= count; i++) {
		if (pdf->words >= WORDS_MAX) {
			document_flag(document, "limit.words");
			break;
		}
		read_page(pdf, i);
	}
	page_text_join(document);
}

/* What the bytes say; false: nothing more may read them. */
static bool look_at_bytes(const struct document_request *request,
			  struct document *document)
{
	struct pdf_raw raw = pdf_raw_read(request->content, document->arena);

	if (raw.is_encrypted)
		document_flag(document, "encrypted");
	if (raw.has_javascript)
		document_flag(document, "javascript");
	if (raw.has_form)
		document_flag(document, "form");
	if (raw.unfolds_too_much) {
		document->reason = "limit.unpacked";
		return false;
	}
	pdf_signature_read(request->content, &raw, document);
	return true;
}

static const char *reason_of(const GError *error)
{
	if (error->domain == POPPLER_ERROR &&
	    error->code == POPPLER_ERROR_ENCRYPTED)
		return "encrypted";
	return "damaged";
}

bool pdf_read(const struct document_request *request,
	      struct document *document, struct fail *why)
{
	GBytes *bytes;
	struct pdf pdf = { .document = document,
			   .recognises = request->recognise &&
					 recognise_is_possible(),
			   .end = moment_ticks() + RECOGNISE_BUDGET };
	GError *error = NULL;
	bool ok = true;

	document->format = "pdf";
	document->type = "application/pdf";
	if (!look_at_bytes(request, document))
		return true;
	bytes = g_bytes_new_static(request->content.data,
				   request->content.size);
	pdf.source = poppler_document_new_from_bytes(bytes, NULL, &error);
	if (!pdf.source) {
		document->reason = reason_of(error);
		g_error_free(error);
	} else {
		document->total_pages =
			poppler_document_get_n_pages(pdf.source);
		if (document->total_pages <= 0)
			document->reason = "damaged";
		read_pages(&pdf);
		ok = pdf_member_read(pdf.source, request, document, why);
		g_object_unref(pdf.source);
	}
	g_bytes_unref(bytes);
	return ok;
}
