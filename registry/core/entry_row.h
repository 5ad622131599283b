/*
 * What the sources of entries share; nobody else includes it.
 */
#pragma once
#include "base/moment.h"
#include "core/entry.h"

struct query;

/* Binds the fields from ?first on, in the order of their columns. */
void entry_bind_fields(struct query *query, int first,
		       const struct fields *fields);

struct entry_event {
	const struct actor *actor;
	const char *action;
	int64_t id;
	const struct tree *detail; /* NULL: none */
};

/* Audit and search index, behind every change. */
bool entry_note(struct db *db, const struct entry_event *event,
		struct fail *why);

/* Replaces the receivers; names of ids that have none are looked up. */
bool entry_write_receivers(struct db *db, int64_t id,
			   const struct entry_receiver *receivers,
			   size_t count, struct fail *why);
/* Names in a row: "Phòng KHTC; Chi cục Thủy lợi". */
bool entry_print_receivers(struct db *db, int64_t id, struct arena *arena,
			   const char **ret_text, struct fail *why);

/* number, notation and key of a symbol as written. */
struct entry_symbol {
	const char *number, *notation, *key;
};
struct entry_symbol entry_symbol_of(const char *symbol, struct arena *arena);

/* Adds `change` to the uses of an agency; 0 is none. */
bool entry_count_agency(struct db *db, int64_t agency_id, int change,
			struct fail *why);

/* One registration while it is being made. */
struct making {
	struct db *db;
	struct arena *arena;
	const struct entry_request *request;
	struct entry entry; /* as far as it is known */
	struct entry_symbol symbol;
	struct entry_answer *answer;
	struct book book;
	int64_t now;
	char today[DAY_SIZE];
	struct day day;
};

/* Fills `entry`, up to what only the inserted line knows. */
bool entry_prepare(struct making *making, struct fail *why);
