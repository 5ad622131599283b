/*
 * What people decide by other means is held against what was proposed: so the
 * rules are judged by all that people do, not only by answers to them.
 */
#include "base/moment.h"
#include "core/link_private.h"
#include "core/relation.h"
#include "store/query.h"
#include "store/transaction.h"
#include <string.h>

enum {
	ROWS_MAX = 200
};

static const char select_letter[] =
	"SELECT l.id, l.state, coalesce(l.decision, ''),"
	"  coalesce(l.entry_id, 0), EXISTS (SELECT 1 FROM entry e"
	"    JOIN letter c ON c.id = e.letter_id WHERE e.id = l.entry_id"
	"     AND c.group_id = l.group_id),"
	"  coalesce((SELECT k.role FROM entry_letter k"
	"    JOIN letter c ON c.id = k.letter_id"
	"   WHERE k.entry_id = l.entry_id AND c.group_id = l.group_id), '')"
	"  FROM letter l WHERE l.leads = 1 AND l.group_id ="
	"   (SELECT group_id FROM letter WHERE id = ?1)";
static const char select_rows[] =
	"SELECT k.id, k.kind, k.state, coalesce(k.entry_id, o.entry_id, 0)"
	"  FROM link_proposal k LEFT JOIN letter o ON o.id = k.other_letter_id"
	" WHERE k.letter_id = ?1 ORDER BY k.id LIMIT 200";
static const char set_state[] =
	"UPDATE link_proposal SET state = ?2, decided_by = ?3,"
	"  decided_name = ?4, decided_at = ?5 WHERE id = ?1";
static const char insert_missed[] =
	"INSERT INTO link_proposal (letter_id, kind, entry_id, reason, detail,"
	"  confidence, place, state, created_at, decided_by, decided_name,"
	"  decided_at) VALUES (?1, ?2, ?3, 'person', '{}', 0, 0, 'missed',"
	"  ?4, ?5, ?6, ?4) ON CONFLICT DO NOTHING";
static const char select_relations[] =
	"SELECT kind, other_id FROM relation WHERE entry_id = ?1 AND"
	" kind IN ('reply', 'basis', 'replaces') ORDER BY id LIMIT 200";

struct row {
	int64_t id;
	enum link_kind kind;
	const char *state;
	int64_t entry_id;
};

struct settling {
	struct db *db;
	const struct actor *actor;
	int64_t letter_id, entry_id;
	const char *state, *decision, *role;
	bool is_registered;
	struct row rows[ROWS_MAX];
	size_t count;
};

static bool is(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

static bool load(struct settling *s, int64_t letter_id, struct arena *arena,
		 struct fail *why)
{
	auto_query *query = db_query(s->db, select_letter, why);
	auto_query *rows = db_query(s->db, select_rows, why);

	if (!query || !rows)
		return false;
	query_int(query, 1, letter_id);
	if (!query_one(query, why))
		return false;
	s->letter_id = query_get_int(query, 0);
	s->state = query_get_text(query, 1, arena);
	s->decision = query_get_text(query, 2, arena);
	s->entry_id = query_get_int(query, 3);
	s->is_registered = query_get_int(query, 4) != 0;
	s->role = query_get_text(query, 5, arena);
	query_int(rows, 1, s->letter_id);
	while (s->count < ROWS_MAX && query_row(rows, why))
		s->rows[s->count++] = (struct row){
			.id = query_get_int(rows, 0),
			.kind = link_kind_find(query_get_text(rows, 1, arena)),
			.state = query_get_text(rows, 2, arena),
			.entry_id = query_get_int(rows, 3),
		};
	return s->count == ROWS_MAX || why->kind == FAIL_NONE;
}

static bool set(struct settling *s, struct row *row, const char *state,
		struct fail *why)
{
	auto_query *query = db_query(s->db, set_state, why);

	if (!query)
		return false;
	row->state = state;
	query_int(query, 1, row->id);
	query_text(query, 2, state);
	query_int_or_null(query, 3, s->actor->id);
	query_text(query, 4, s->actor->name);
	query_int(query, 5, moment_now());
	return query_run(query, why);
}

static bool miss(struct settling *s, enum link_kind kind, int64_t entry_id,
		 struct fail *why)
{
	auto_query *query = db_query(s->db, insert_missed, why);

	if (!query)
		return false;
	query_int(query, 1, s->letter_id);
	query_text(query, 2, link_kind_name(kind));
	query_int(query, 3, entry_id);
	query_int(query, 4, moment_now());
	query_int_or_null(query, 5, s->actor->id);
	query_text(query, 6, s->actor->name);
	return query_run(query, why);
}

static bool is_made(const struct row *row)
{
	return is(row->state, "linked") || is(row->state, "accepted");
}

static enum link_kind kind_of_role(const char *role)
{
	if (is(role, "annex"))
		return LINK_ANNEX;
	if (is(role, "replacement"))
		return LINK_CORRECTION;
	return is(role, "main") ? LINK_DUPLICATE : LINK_THREAD;
}

/* Joined to an entry by hand. */
static bool settle_joined(struct settling *s, struct fail *why)
{
	bool found = false;

	for (size_t i = 0; i < s->count; i++) {
		struct row *row = &s->rows[i];
		bool right = link_joins(row->kind) &&
			     row->entry_id == s->entry_id;

		found |= right && is_made(row);
		if (!is(row->state, "proposed"))
			continue;
		if (!set(s, row, right && !found ? "accepted" : "rejected",
			 why))
			return false;
		found |= right;
	}
	return found || miss(s, kind_of_role(s->role), s->entry_id, why);
}

static enum relation_kind relation_of(enum link_kind kind)
{
	if (kind == LINK_REPLY)
		return RELATION_REPLY;
	return kind == LINK_REPLACES ? RELATION_REPLACES : RELATION_BASIS;
}

/* The relations that a clerk gave the new entry, one after another. */
static bool meet_relation(struct settling *s, const char *kind,
			  int64_t other_id, struct fail *why)
{
	bool is_known = false;

	for (size_t i = 0; i < s->count; i++) {
		struct row *row = &s->rows[i];

		if (link_joins(row->kind) || row->entry_id != other_id)
			continue;
		is_known = true;
		if (is(row->state, "proposed") &&
		    !set(s, row, "accepted", why))
			return false;
	}
	return is_known || miss(s, link_kind_find(kind), other_id, why);
}

static bool meet_relations(struct settling *s, struct arena *arena,
			   struct fail *why)
{
	const char *kinds[ROWS_MAX];
	int64_t others[ROWS_MAX];
	size_t count = 0;
	auto_query *query = db_query(s->db, select_relations, why);

	if (!query)
		return false;
	query_int(query, 1, s->entry_id);
	while (count < ROWS_MAX && query_row(query, why)) {
		kinds[count] = query_get_text(query, 0, arena);
		others[count++] = query_get_int(query, 1);
	}
	if (count < ROWS_MAX && why->kind != FAIL_NONE)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!meet_relation(s, kinds[i], others[i], why))
			return false;
	return true;
}

/* Registered as a document of its own. */
static bool settle_registered(struct settling *s, struct arena *arena,
			      struct fail *why)
{
	if (!meet_relations(s, arena, why))
		return false;
	for (size_t i = 0; i < s->count; i++) {
		struct row *row = &s->rows[i];
		struct relation_wish wish = {
			.kind = relation_of(row->kind),
			.other_id = row->entry_id,
		};

		if (link_joins(row->kind) && is(row->state, "proposed")) {
			if (!set(s, row, "rejected", why))
				return false;
		} else if (!link_joins(row->kind) && is_made(row) &&
			   row->entry_id && row->entry_id != s->entry_id) {
			if (!relation_add(s->db, s->entry_id, &wish, s->actor,
					  0, why))
				return false;
		}
	}
	return true;
}

static bool settle_refused(struct settling *s, struct fail *why)
{
	for (size_t i = 0; i < s->count; i++)
		if (is(s->rows[i].state, "proposed") &&
		    !set(s, &s->rows[i], "rejected", why))
			return false;
	return true;
}

/* Back in the queue: what it had joined is undone. */
static bool settle_reopened(struct settling *s, struct fail *why)
{
	for (size_t i = 0; i < s->count; i++)
		if (link_joins(s->rows[i].kind) && is_made(&s->rows[i]) &&
		    !set(s, &s->rows[i], "unlinked", why))
			return false;
	return true;
}

bool link_settle(struct db *db, int64_t letter_id, const struct actor *actor,
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct settling *s = arena_alloc(arena, sizeof(*s));
	bool ok = true;
	auto_transaction *transaction = transaction_begin(db, why);

	s->db = db;
	s->actor = actor;
	if (!transaction || !load(s, letter_id, arena, why))
		return false;
	if (is(s->decision, "attach") && s->is_registered)
		ok = settle_registered(s, arena, why);
	else if (is(s->decision, "attach"))
		ok = settle_joined(s, why);
	else if (is(s->decision, "not_document") || is(s->decision, "return"))
		ok = settle_refused(s, why);
	else if (is(s->decision, "reopen"))
		ok = settle_reopened(s, why);
	return ok && transaction_commit(transaction, why);
}
