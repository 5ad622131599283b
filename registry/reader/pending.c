/* What is still to come: each function moves to its own file. */
#include "reader/archive.h"
#include "reader/edxml.h"
#include "reader/office.h"
#include "reader/smime.h"
#include "reader/text_file.h"
#include "reader/tnef.h"
#include "reader/web_page.h"
#include "reader/word_doc.h"

#define PENDING(name)                                          \
	bool name(const struct document_request *request,      \
		  struct document *document, struct fail *why) \
	{                                                      \
		(void)request;                                 \
		(void)why;                                     \
		document->reason = "unknown";                  \
		return true;                                   \
	}

PENDING(office_read)
PENDING(archive_read)
PENDING(tnef_read)
PENDING(edxml_read)
PENDING(web_page_read)
PENDING(smime_read)
PENDING(text_read)
PENDING(word_doc_read)
