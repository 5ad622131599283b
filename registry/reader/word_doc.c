#include "reader/word_doc.h"
#include "reader/rtf.h"

enum {
	SMALLEST = 1536 /* a compound file has three sectors at least */
};

bool word_doc_read(const struct document_request *request,
		   struct document *document, struct fail *why)
{
	if (request->content.data[0] == '{')
		return rtf_read(request, document, why);
	document->reason = request->content.size < SMALLEST ? "damaged"
							    : WORD_NEEDS_TOOL;
	return true;
}
