#include "reader/word_doc.h"
#include "reader/rtf.h"
#include <string.h>

enum {
	SMALLEST = 1536 /* a compound file has three sectors at least */
};

bool word_doc_read(const struct document_request *request,
		   struct document *document, struct fail *why)
{
	if (request->content.data[0] == '{')
		return rtf_read(request, document, why);
	if (request->content.size < SMALLEST)
		document->reason = "damaged";
	else if (strcmp(document->type, "application/vnd.ms-excel") == 0)
		document->reason = EXCEL_NEEDS_TOOL;
	else
		document->reason = WORD_NEEDS_TOOL;
	return true;
}
