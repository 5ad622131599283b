/*
 * Failures: what went wrong, in one sentence, with a kind that tells the
 * caller what to do about it.
 */
#pragma once
#include <stdbool.h>

enum fail_kind {
	FAIL_NONE,
	FAIL_INVALID,	/* the input is wrong; say so to who sent it */
	FAIL_NOT_FOUND, /* no such thing */
	FAIL_CONFLICT,	/* it changed meanwhile, or exists already */
	FAIL_DENIED,	/* may not */
	FAIL_LIMIT,	/* over a limit of the settings, or disk full */
	FAIL_BUSY,	/* try again soon */
	FAIL_REMOTE,	/* the other side misbehaves; try again later */
	FAIL_BROKEN,	/* our own state is wrong: log it, tell nobody more */
	FAIL_KIND_COUNT
};

struct fail {
	enum fail_kind kind;
	const char *code;   /* stable, for programs: "entry.duplicate" */
	const char *hint;   /* Vietnamese sentence for people, or NULL */
	char sentence[512]; /* English, lower case, no full stop */
};

/* Always false, so that `return fail(why, ...)` ends a function.
 * The code is the kind's own name until fail_code() gives a better one. */
bool fail(struct fail *why, enum fail_kind kind, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* Names the failure for programs and gives people a Vietnamese sentence.
 * Both must live as long as `why` (constants do). Always false. */
bool fail_code(struct fail *why, const char *code, const char *hint);

/* Says what was not found; a failure of another kind stays as it is. Always
 * false. */
bool fail_not_found(struct fail *why, const char *code, const char *hint,
		    const char *format, ...)
	__attribute__((format(printf, 4, 5)));

const char *fail_kind_name(enum fail_kind kind); /* "not_found" */
