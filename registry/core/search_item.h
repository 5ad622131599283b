/*
 * Search items: one line of the index, from its parts to its words and back
 * out. For core/search_index.c.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/text.h"
#include <stdint.h>

struct db;

enum {
	SEARCH_PENDING_MAX = 32, /* lines that wait for their words */
	/* In a body: before the name of a file and before its text, whose
	 * pages are apart by U+000C. */
	SEARCH_FILE_MARK = 0x1E
};

/* Strings are in the caller's arena, texts belong to the item. */
struct search_item {
	struct arena *arena;
	const char *kind; /* "entry" or "letter" */
	int64_t object_id;
	int64_t organisation_id;
	const char *direction, *status;
	const char *day;
	bool is_void;
	int64_t book_id, agency_id, type_id, unit_id, year;
	int64_t register_number, symbol_number;
	const char *symbol_key;
	const char *number, *symbol, *subject, *issuer, *signer;
	const char *urgency; /* "0" … "3"; "": no entry */
	const char *due_day; /* of what is still to be finished */
	bool is_on_time;     /* finished by its deadline */
	bool has_paper;
	struct text sender, files, tags, body;
};

/* Ids of a day begin here. Days before 1970 count as the first. */
int64_t search_item_first_id(int64_t day_number);
/* The day of an id, as a number. */
int64_t search_item_day(int64_t id);
/* Of the words and tags that are written today. */
int64_t search_item_version(void);

void search_item_init(struct search_item *item, const char *kind, int64_t id);
void search_item_done(struct search_item *item);
#define auto_item __attribute__((cleanup(search_item_done))) struct search_item

/* A line of its own; none for NULL and "". */
void search_item_line(struct text *text, const char *line);
void search_item_sender(struct search_item *item, const char *name,
			const char *address);
/* One more filter that finds the item: 'u' 4. None for 0. */
void search_item_tag(struct search_item *item, char kind, int64_t id);
/* The same with a word: 's' "done". None for "". */
void search_item_word(struct search_item *item, char kind, const char *word);
/* The tags that follow from its members; once. */
void search_item_tags(struct search_item *item);

/* In place of what was there; nothing is written when it is the same. */
bool search_item_put(struct db *db, const struct search_item *item,
		     struct fail *why);
/* Whatever was there; nothing is fine too. */
bool search_item_remove(struct db *db, const char *kind, int64_t object_id,
			struct fail *why);
/* What waits goes into the index now; nothing is written when none does. */
bool search_item_settle(struct db *db, struct fail *why);
/* Everything out; the version of the words is today's. */
bool search_item_remove_all(struct db *db, struct fail *why);
