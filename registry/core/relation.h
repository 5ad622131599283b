/*
 * Relations: how documents belong together.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum relation_kind {
	RELATION_REPLY,	      /* trả lời */
	RELATION_BASIS,	      /* căn cứ */
	RELATION_REPLACES,    /* thay thế */
	RELATION_SUPPLEMENTS, /* bổ sung */
	RELATION_PREVIOUS,    /* kỳ trước */
	RELATION_SAME_MATTER, /* cùng việc */
	RELATION_CORRECTS,    /* đính chính */
	RELATION_RECALLS,     /* thu hồi */
	RELATION_KIND_COUNT
};

/* This entry <kind> the other: replies to it, is based on it, … */
struct relation_wish {
	enum relation_kind kind;
	int64_t other_id;
};

struct relation {
	int64_t id;
	enum relation_kind kind;
	bool is_reverse; /* the other one <kind> this entry */
	int64_t other_id;
	const char *direction; /* of the other */
	int64_t book_id, year, number;
	const char *suffix;
	const char *state;
	const char *day, *issuer, *symbol, *subject;
};

struct relation_list {
	const struct relation *relations;
	size_t count;
};

const char *relation_kind_name(enum relation_kind kind); /* "reply" */
/* RELATION_KIND_COUNT when there is none. */
enum relation_kind relation_kind_find(const char *name);

/* Adding twice changes nothing. FAIL_INVALID with itself or another
 * organisation's. What is corrected or taken back must be a document of ours
 * that is in force (Decree 30/2020, article 18): FAIL_CONFLICT
 * "relation.not_ours"; what is taken back is "recalled" from then on. */
bool relation_add(struct db *db, int64_t entry_id,
		  const struct relation_wish *wish, const struct actor *actor,
		  int64_t now, struct fail *why);
bool relation_remove(struct db *db, int64_t entry_id,
		     const struct relation_wish *wish,
		     const struct actor *actor, struct fail *why);
/* The document itself is void or withdrawn: what it took back is in force
 * again. */
bool relation_release(struct db *db, int64_t entry_id, struct fail *why);
/* Both directions, oldest first. */
bool relation_list(struct db *db, int64_t entry_id, struct arena *arena,
		   struct relation_list *ret_list, struct fail *why);
