#include "reader/word_doc.h"
#include "reader/sniff.h"

enum {
	SMALLEST = 1536 /* a compound file has three sectors at least */
};

bool word_doc_read(const struct document_request *request,
		   struct document *document, struct fail *why)
{
	(void)why;
	document->reason = WORD_NEEDS_TOOL;
	if (request->content.size < SMALLEST &&
	    request->content.data[0] != '{')
		document->reason = "damaged";
	return true;
}
