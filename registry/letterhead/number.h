/*
 * Numbers: the line "Số: 1234/UBND-KT" of a head, with what recognition does
 * to it put right.
 */
#pragma once
#include "letterhead/line.h"
#include "letterhead/type.h"

enum {
	NUMBER_GROUPS_MAX = 6
};

struct number {
	const char *value;		       /* "1234/UBND-KT"; "": blank */
	const char *notation;		       /* "UBND-KT" */
	const char *groups[NUMBER_GROUPS_MAX]; /* "UBND", "KT" */
	char joints[NUMBER_GROUPS_MAX];	       /* before each but the first */
	size_t group_count;
	const struct type *type; /* by the first group; NULL: none */
	const char *digits;
	int year;	 /* of 30/2020/NĐ-CP; 0: none */
	size_t from, to; /* terms of the line */
	bool has_label;
	bool is_party;	  /* 15-CV/TU */
	bool is_repaired; /* letters were taken for digits or strokes */
	bool is_respelt;  /* a group got its diacritics back */
	bool is_known;	  /* a group is a type or an agency that we know */
};

/* False when the line does not begin with a number. A blank one, as in
 * "Số:   /QĐ-UBND", is read too. */
bool number_read(const struct line *line, struct arena *arena,
		 struct number *ret_number);
/* The same of a text that is nothing but the number. */
bool number_parse(const char *text, struct arena *arena,
		  struct number *ret_number);
/* The number at the beginning of a text that goes on, in normal form. */
bool number_scan(const char *text, struct arena *arena,
		 struct number *ret_number, size_t *ret_end);
/* Whether it is of a copy, "218/SY-VP": the copied document has its own. */
bool number_is_of_copy(const struct number *number);
/* Writes the notation and the value again after a group was changed. */
void number_print(struct number *number, struct arena *arena);
