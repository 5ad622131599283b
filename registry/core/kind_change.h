/*
 * The organisation's own document types: added, renamed, closed. Those of the
 * decree stay as they are ("type.decree"). Each change is audited in the same
 * transaction.
 */
#pragma once
#include "core/access.h"
#include "core/kind.h"

struct kind_change {
	struct actor actor;
	int64_t id; /* unless it is added */
	const char *name;
	const char *english;	  /* NULL: "" or as it is */
	const char *abbreviation; /* case counts; "": symbols of a công văn */
	const char *direction;	  /* when added; NULL: "both" */
	const char *day;	  /* closing: the last one; NULL: today */
	int64_t now;		  /* 0: the clock */
};

/* FAIL_CONFLICT "type.exists" for the name, "type.abbreviation" for one that
 * another type has or had this year: its symbols could be given twice. A type
 * without abbreviation counts in the series of công văn, as they share
 * symbols. */
bool kind_create(struct db *db, const struct kind_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why);
/* What was registered keeps the old name: the old type ends, a new one begins
 * today and counts on in the same series. One that was never used just
 * changes. */
bool kind_rename(struct db *db, const struct kind_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why);
/* Offered no more after the day. FAIL_CONFLICT "type.reserved" while a number
 * is set aside for it. */
bool kind_close(struct db *db, const struct kind_change *change,
		struct arena *arena, struct fail *why);
