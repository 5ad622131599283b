#include "reader/document.h"
#include "reader/archive.h"
#include "reader/edxml.h"
#include "reader/image.h"
#include "reader/letter_file.h"
#include "reader/office.h"
#include "reader/pdf.h"
#include "reader/smime.h"
#include "reader/sniff.h"
#include "reader/text_file.h"
#include "reader/tnef.h"
#include "reader/web_page.h"
#include "reader/word_doc.h"
#include <string.h>

typedef bool document_reader(const struct document_request *request,
			     struct document *document, struct fail *why);

static document_reader *const readers[] = {
	[SNIFF_NONE] = NULL,
	[SNIFF_PDF] = pdf_read,
	[SNIFF_IMAGE] = image_read,
	[SNIFF_OFFICE] = office_read,
	[SNIFF_WORD] = word_doc_read,
	[SNIFF_ARCHIVE] = archive_read,
	[SNIFF_TNEF] = tnef_read,
	[SNIFF_EDXML] = edxml_read,
	[SNIFF_WEB_PAGE] = web_page_read,
	[SNIFF_SMIME] = smime_read,
	[SNIFF_LETTER] = letter_file_read,
	[SNIFF_TEXT] = text_read
};

bool document_read(const struct document_request *request,
		   struct arena *arena, struct document *ret,
		   struct fail *why)
{
	enum sniff_reader kind;

	*ret = (struct document){ .arena = arena };
	ret->type = sniff_type(request->content, request->name);
	ret->format = sniff_format(ret->type);
	kind = sniff_reader(ret->type);
	if (readers[kind])
		return readers[kind](request, ret, why);
	if (request->content.size == 0)
		ret->reason = "empty";
	else
		ret->reason = "unknown";
	return true;
}

void document_flag(struct document *document, const char *flag)
{
	for (size_t i = 0; i < document->flag_count; i++) {
		if (strcmp(document->flags[i], flag) == 0)
			return;
	}
	if (document->flag_count < DOCUMENT_FLAGS_MAX)
		document->flags[document->flag_count++] = flag;
}
