/*
 * Persons: whether a line is somebody's name.
 */
#pragma once
#include "letterhead/line.h"

enum {
	PERSON_FAMILY = 100, /* has a family name, at least in capitals */
	PERSON_GOOD = 200
};

struct person {
	const char *name; /* "Nguyễn Văn An", without titles */
	size_t from;	  /* the term of the line where it begins */
	int weight;	  /* 0: no name */
};

struct person person_read(const struct line *line, struct arena *arena);
