/*
 * HTML: the text of a page, and the Content-IDs it refers to. libxml2's home.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include <stddef.h>

struct html {
	const char *text;	  /* UTF-8, lines as blocks; never NULL */
	const char **content_ids; /* of cid: references, decoded */
	size_t content_id_count;
};

void html_open(void); /* before the jail closes */
void html_close(void);
/* `page` is UTF-8. Scripts, styles and comments are left out. */
struct html html_read(struct bytes page, struct arena *arena);
