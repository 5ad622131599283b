#include "reader/image.h"
#include "base/moment.h"
#include "reader/page_text.h"
#include "reader/picture.h"
#include "reader/recognise.h"

static void add_page(struct document *document, const struct page *page)
{
	document->pages = arena_grow(document->arena, document->pages,
				     document->page_count, sizeof(*page));
	document->pages[document->page_count++] = *page;
}

/* False: it is no picture that can be decoded. */
static bool read_page(const struct document_request *request, int number,
		      struct document *document)
{
	const char *reason = NULL;
	auto_picture *picture =
		picture_read(request->content, number, &reason);
	struct page page = { .number = number };

	if (!picture) {
		document->reason = reason;
		return false;
	}
	/* the shorter side is taken for that of A4 */
	picture_size(picture, &page.width, &page.height);
	if (recognise_page(picture, document->arena, &page))
		add_page(document, &page);
	return true;
}

bool image_read(const struct document_request *request,
		struct document *document, struct fail *why)
{
	const int64_t end = moment_ticks() + RECOGNISE_BUDGET;

	(void)why;
	document->total_pages = picture_count(request->content);
	if (document->total_pages == 0) {
		document->reason = "damaged";
		return true;
	}
	if (!request->recognise || !recognise_is_possible()) {
		document->needs_recognition = true;
		return true;
	}
	for (int i = 1; i <= document->total_pages; i++) {
		if (moment_ticks() > end) {
			document_flag(document, "limit.time");
			break;
		}
		if (!read_page(request, i, document))
			break;
	}
	page_text_join(document);
	return true;
}
