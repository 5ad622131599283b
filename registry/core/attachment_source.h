/*
 * Which files an attachment means: those that a clerk chose, or all of a
 * letter's, with their roles. For core/attachment.c.
 */
#pragma once
#include "core/attachment.h"

struct source {
	int64_t file_id;
	const char *name;
	const char *type;
	const char *path;
	enum attachment_role role;
};

struct sources {
	struct source *items;
	size_t count;
};

/* Those of the request, or all of its letter. */
bool attachment_sources(struct db *db,
			const struct attachment_request *request,
			struct arena *arena, struct sources *ret_sources,
			struct fail *why);
