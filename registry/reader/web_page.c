#include "reader/web_page.h"
#include "reader/html.h"
#include "reader/text_file.h"
#include "viet/encoding.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

enum {
	HEAD_MAX = 4096,
	NAME_MAX_SIZE = 32,
	CONTENT_MAX = 8 * 1024 * 1024 /* its tree is fifty times that */
};

/* What a meta element of the head says: charset=utf-8. NULL: nothing. */
static const char *find_charset(struct bytes page, struct arena *arena)
{
	static const char label[] = "charset=";
	const size_t size = sizeof(label) - 1;
	size_t end = page.size < HEAD_MAX ? page.size : HEAD_MAX;

	for (size_t at = 0; at + size < end; at++) {
		const char *name = (const char *)page.data + at + size;
		size_t count = 0;

		if (strncasecmp((const char *)page.data + at, label, size))
			continue;
		while (at + size < end && strchr("\"' ", *name) && *name) {
			name++;
			at++;
		}
		while (at + size + count < end && count < NAME_MAX_SIZE &&
		       (isalnum((unsigned char)name[count]) ||
			strchr("-_", name[count])) &&
		       name[count])
			count++;
		return arena_copy_part(arena, name, count);
	}
	return NULL;
}

bool web_page_read(const struct document_request *request,
		   struct document *document, struct fail *why)
{
	struct arena *arena = document->arena;
	struct bytes content = request->content;
	const char *text;

	(void)why;
	if (content.size > CONTENT_MAX) {
		document->reason = "limit.size";
		return true;
	}
	text = viet_from_charset(content, find_charset(content, arena), arena,
				 NULL);
	text_flow(html_read(bytes_of(text), arena).text, document);
	return true;
}
