/*
 * Numbers set aside in a printed book: one line each, where the number is,
 * with its purpose, and the reason when it was not used. For web/print.c.
 */
#pragma once
#include "core/entry_list.h"
#include "web/visit.h"

struct book_print;

/* Merges them into the lines, unless a filter asks for some lines only. */
bool reserved_lines_merge(struct visit *visit,
			  const struct entry_filter *filter,
			  struct book_print *print, struct fail *why);
