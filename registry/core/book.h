/*
 * Books: what a clerk opens, fills and prints.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum direction {
	DIRECTION_IN,  /* văn bản đến */
	DIRECTION_OUT, /* văn bản đi */
	DIRECTION_COUNT
};

struct book {
	int64_t id;
	int64_t organisation_id;
	const char *code; /* "den", "di" */
	const char *name;
	enum direction direction;
	bool allows_suffix; /* số phụ a, b, c */
	bool is_open;
};

struct book_list {
	const struct book *books;
	size_t count;
};

const char *direction_name(enum direction direction); /* "in", "out" */
/* DIRECTION_COUNT when it is neither. */
enum direction direction_find(const char *name);

/* Its numbers come from `series_id` for all types that have none of their own
 * (series_share). FAIL_CONFLICT "book.exists". */
bool book_add(struct db *db, const struct book *wanted, int64_t series_id,
	      int64_t *ret_id, struct fail *why);
bool book_load(struct db *db, int64_t id, struct arena *arena,
	       struct book *ret_book, struct fail *why);
/* The direction's first open book. */
bool book_load_first(struct db *db, int64_t organisation_id,
		     enum direction direction, struct arena *arena,
		     struct book *ret_book, struct fail *why);
bool book_list(struct db *db, int64_t organisation_id, struct arena *arena,
	       struct book_list *ret_list, struct fail *why);
