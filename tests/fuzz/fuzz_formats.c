/*
 * Any bytes as a package, an archive, a winmail.dat, signed data, a part of an
 * office document, a web page or text: an answer or a failure, never a fall;
 * what is found lies inside the room, and its names do no harm. The first
 * byte chooses the format.
 */
#include "reader/archive.h"
#include "reader/edxml.h"
#include "reader/html.h"
#include "reader/office_part.h"
#include "reader/rtf.h"
#include "reader/smime.h"
#include "reader/sniff.h"
#include "reader/text_file.h"
#include "reader/tnef.h"
#include "reader/web_page.h"
#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	ROOM_SIZE = 1 << 20,
	SIZE_MAX_INPUT = 64 * 1024
};

typedef bool reader(const struct document_request *request,
		    struct document *document, struct fail *why);

static bool read_part(const struct document_request *request,
		      struct document *document,
		      void (*read)(struct office_part *part))
{
	struct office_part part = { .document = document,
				    .xml = request->content };
	struct flow flow;

	document->format = "ods";
	flow_open(&flow, document);
	part.flow = &flow;
	part.styles.arena = document->arena;
	read(&part);
	flow_close(&flow);
	return true;
}

static bool read_word(const struct document_request *request,
		      struct document *document, struct fail *why)
{
	(void)why;
	return read_part(request, document, docx_read_text);
}

static bool read_styles(const struct document_request *request,
			struct document *document, struct fail *why)
{
	(void)why;
	return read_part(request, document, docx_read_styles);
}

static bool read_sheet(const struct document_request *request,
		       struct document *document, struct fail *why)
{
	(void)why;
	return read_part(request, document, xlsx_read_sheet);
}

static bool read_open(const struct document_request *request,
		      struct document *document, struct fail *why)
{
	(void)why;
	return read_part(request, document, odf_read_text);
}

static reader *const readers[] = {
	edxml_read, archive_read, tnef_read, rtf_read, smime_read, text_read,
	web_page_read, read_word, read_styles, read_sheet, read_open
};

static void check_members(const struct document *document)
{
	for (size_t i = 0; i < document->member_count; i++) {
		const struct document_member *member = &document->members[i];

		assert(member->at <= ROOM_SIZE);
		assert(member->size <= ROOM_SIZE - member->at);
		assert(member->type && member->class && member->path);
	}
}

static void check_pages(const struct document *document)
{
	size_t words = 0;

	for (size_t i = 0; i < document->page_count; i++) {
		const struct page *page = &document->pages[i];

		assert(page->number == (int)i + 1);
		for (size_t k = 0; k < page->count; k++)
			words += strlen(page->words[k].text) > 0;
	}
	assert(document->total_pages >= 0);
	if (document->text) {
		assert(bytes_is_utf8(bytes_of(document->text)));
		assert(words <= strlen(document->text));
	}
}

static void check_stated(const struct document *document)
{
	for (size_t i = 0; i < document->stated_count; i++) {
		assert(bytes_is_utf8(bytes_of(document->stated[i].value)));
		assert(bytes_is_utf8(bytes_of(document->stated[i].seen)));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static unsigned char room[ROOM_SIZE];
	static bool is_open;
	auto_arena *arena = arena_create(0);
	struct document document = { .arena = arena };
	struct document_request request = { .room = room,
					    .room_size = ROOM_SIZE };
	struct fail why = { 0 };

	if (size < 3 || size > SIZE_MAX_INPUT)
		return 0;
	if (!is_open) {
		html_open();
		archive_prepare();
	}
	is_open = true;
	request.content = (struct bytes){ data + 1, size - 1 };
	(void)sniff_type(request.content, "a.csv");
	if (!readers[data[0] % (sizeof(readers) / sizeof(readers[0]))](
		    &request, &document, &why))
		assert(why.kind == FAIL_LIMIT);
	check_members(&document);
	check_pages(&document);
	check_stated(&document);
	return 0;
}
