/*
 * The register that bench_linking plays to: its agency, and letters as the
 * reader would have left them. What goes wrong ends the program.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include "base/tree.h"
#include "core/access.h"
#include "store/db.h"
#include "store/query.h"
#include <stdint.h>

enum {
	KEYS_MAX = 20000, /* of a kind */
	FILES_MAX = 8
};

struct stage {
	struct db *db;
	struct actor clerk;
	int64_t units[32];
	const char *unit_codes[32];
	size_t unit_count;
	int64_t entries[3][KEYS_MAX]; /* by key: i, o, p */
	int64_t letters[KEYS_MAX];
	struct arena *arena; /* of one event */
	struct arena *whole;
	int64_t worst, spent, found; /* microseconds; letters */
};

_Noreturn void stage_stop(const struct fail *why, const char *where);
struct query *stage_ask(struct stage *stage, const char *sql);
/* The id of the file with this name; its content is the name. */
int64_t stage_add_file(struct stage *stage, const char *name,
		       struct digest *ret_digest);
void stage_make_agency(struct stage *stage);
/* A unit by its code, made when absent. */
int64_t stage_find_unit(struct stage *stage, const char *code);
void stage_write_text(struct stage *stage, int64_t file_id, const char *text);
/* The letter of an event, with all that was read and understood of it. */
int64_t stage_add_letter(struct stage *stage, const struct tree *event);
