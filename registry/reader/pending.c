/* What is still to come: each function moves to its own file. */
#include "reader/tnef.h"

#define PENDING(name)                                          \
	bool name(const struct document_request *request,      \
		  struct document *document, struct fail *why) \
	{                                                      \
		(void)request;                                 \
		(void)why;                                     \
		document->reason = "unknown";                  \
		return true;                                   \
	}

PENDING(tnef_read)
