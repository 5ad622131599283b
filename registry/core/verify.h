/*
 * Verification: holds everything that is kept against everything that is
 * known, and names what is wrong.
 */
#pragma once
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;
struct vault;

struct verify_report {
	/* One sentence per finding; "orphan: …" lines are no fault. */
	void (*say)(void *context, const char *sentence);
	void *context;
	int64_t checked;
	int64_t wrong;
};

/* True when the walk could be made, whatever it found: ask report->wrong. */
bool verify_all(struct db *db, struct vault *vault,
		struct verify_report *report, struct fail *why);

/* For the parts of the walk. */
/* What is there by `count_all`; each row of a statement is a fault: what is
 * wrong, and with what. */
struct verify_walk {
	const char *count_all;
	const char *const *faults;
	size_t count;
};

bool verify_walk(struct db *db, const struct verify_walk *walk,
		 struct verify_report *report, struct fail *why);
void verify_checked(struct verify_report *report, int64_t count);
void verify_wrong(struct verify_report *report, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
