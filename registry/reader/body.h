/*
 * Body: what a person would read of a letter. Plain text is preferred, HTML
 * becomes text; old charsets and wrong labels become NFC.
 */
#pragma once
#include "reader/structure.h"

struct body {
	const char *text;	  /* UTF-8; never NULL */
	const char **content_ids; /* that the HTML shows */
	size_t content_id_count;
};

struct body body_read(const struct structure *structure, struct arena *arena);
bool body_shows(const struct body *body, const char *content_id);
