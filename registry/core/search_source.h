/*
 * Search sources: all that an item of the index says, from the tables. For
 * core/search_index.c.
 */
#pragma once
#include "base/fail.h"
#include <stdint.h>

struct db;
struct search_item;

/* The item is a fresh one with an arena. False with FAIL_NONE when there is
 * nothing to index. */
bool search_source_entry(struct db *db, int64_t id, struct search_item *item,
			 struct fail *why);
bool search_source_letter(struct db *db, int64_t id, struct search_item *item,
			  struct fail *why);
