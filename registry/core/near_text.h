/*
 * Near text: which files say nearly the same.
 *
 * A text is folded into words, and its word triples into 60 smallest hashes
 * (MinHash): as many of them are equal in two texts as they share triples.
 * Three at a time they are looked up in near_band, so that a text meets only
 * those that it is like. Marks of diacritics do not count, which is where
 * recognition errs most.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	NEAR_TEXT_BANDS = 20,
	NEAR_TEXT_ROWS = 3,
	NEAR_TEXT_SIZE = NEAR_TEXT_BANDS * NEAR_TEXT_ROWS,
	NEAR_TEXT_NUMBERS = 32,
	NEAR_TEXT_WORDS_MIN = 12, /* less is no text to compare */
	NEAR_TEXT_WORDS_MAX = 5000
};

struct near_text {
	int64_t file_id; /* where it is known */
	bool is_scanned; /* its text was recognised */
	int64_t words;
	int64_t exact; /* equal for equal words, whatever their layout */
	uint32_t sketch[NEAR_TEXT_SIZE];
	uint32_t numbers[NEAR_TEXT_NUMBERS];
	int64_t number_count;
};

struct near_text_list {
	const struct near_text *items;
	size_t count;
};

/* False when the text is too short to be compared. */
bool near_text_of(const char *text, struct near_text *ret_near);
/* Shared word triples of all of both, of 1,000; 1000 only when all words are
 * the same. */
int near_text_likeness(const struct near_text *a, const struct near_text *b);
/* The same for the numbers in them; -1 when there are too few to tell. */
int near_text_number_likeness(const struct near_text *a,
			      const struct near_text *b);

/* Writer; what was known of the file is replaced. */
bool near_text_write(struct db *db, const struct near_text *near,
		     struct fail *why);
/* ret->words 0 when the file has no text or was not read. */
bool near_text_load(struct db *db, int64_t file_id, struct near_text *ret_near,
		    struct fail *why);
/* Other files that are at least `least` of 1,000 like it, best first, 20 at
 * most. */
bool near_text_find(struct db *db, const struct near_text *near, int least,
		    struct arena *arena, struct near_text_list *ret_list,
		    struct fail *why);
