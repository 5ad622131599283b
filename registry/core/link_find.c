#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/link_private.h"
#include "core/sameness.h"
#include "store/query.h"
#include "store/transaction.h"
#include <stdlib.h>
#include <string.h>

/*
 * Each rule adds candidates; here they are brought together. A target found in
 * two ways is one candidate. A letter joins one entry at most, so that two
 * certain ones are none; relations may be many.
 */
enum {
	CUE_BODY = 400, /* bytes of a body whose words are heard */
	RIVAL = 900,	/* as good that a certain one is not certain */
	OUTDOES = 820	/* a duplicate's own citations tell nothing new */
};

static const char select_leader[] =
	"SELECT id FROM letter WHERE leads = 1 AND group_id ="
	" (SELECT group_id FROM letter WHERE id = ?1)";
/* The letter inside is one that we have: its entry, or itself. */
static const char select_inner[] =
	"SELECT DISTINCT coalesce(k.entry_id, 0), g.id,"
	"  i.sameness = m.sameness"
	"  FROM part p JOIN reading i ON i.file_id = p.file_id"
	"  JOIN reading m ON m.message_id = i.message_id"
	"   AND m.file_id <> i.file_id"
	"  JOIN letter c ON c.file_id = m.file_id"
	"  JOIN letter g ON g.group_id = c.group_id AND g.leads = 1"
	"  LEFT JOIN entry_letter k ON k.letter_id = g.id AND EXISTS ("
	"   SELECT 1 FROM entry e WHERE e.id = k.entry_id"
	"      AND e.state = 'valid' AND e.direction = 'in')"
	" WHERE p.of_file_id = ?1 AND p.class = 'message'"
	"   AND g.group_id <> ?2 AND (k.entry_id IS NOT NULL"
	"    OR g.state = 'todo') LIMIT 20";
static const char delete_proposed[] =
	"DELETE FROM link_proposal WHERE letter_id = ?1 AND state = 'proposed'";
static const char insert_proposal[] =
	"INSERT INTO link_proposal (letter_id, kind, entry_id,"
	"  other_letter_id, reason, detail, confidence, place, state,"
	"  created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'proposed', ?9)"
	" ON CONFLICT DO NOTHING";
static const char set_linked[] =
	"UPDATE link_proposal SET state = 'linked', was_linked = 1,"
	"  decided_by = ?2, decided_name = ?3, decided_at = ?4"
	" WHERE id = ?1";

struct link_target link_read_target(struct query *query, struct arena *arena)
{
	return (struct link_target){
		.entry_id = query_get_int(query, 0),
		.letter_id = query_get_int(query, 1),
		.is_ours = query_get_int(query, 2) != 0,
		.symbol_key = query_get_text(query, 3, arena),
		.day = query_get_text(query, 4, arena),
		.issuer = query_get_text(query, 5, arena),
		.subject = query_get_text(query, 6, arena),
		.sender = query_get_text(query, 7, arena),
		.agency_id = query_get_int(query, 8),
		.main_file_id = query_get_int(query, 9),
		.has_files = query_get_int(query, 10) != 0,
	};
}

const char *link_detail(struct link_search *search, const char *name,
			const char *value)
{
	auto_tree *detail = tree_create();
	auto_text json = { 0 };

	tree_set_text(detail, name, value);
	tree_print(detail, &json);
	return arena_copy(search->arena, text_string(&json));
}

static bool is_same_target(const struct link_candidate *a,
			   const struct link_candidate *b)
{
	return a->entry_id == b->entry_id && a->letter_id == b->letter_id;
}

/* Found in two ways: surer than by either. */
static void merge(struct link_candidate *known,
		  const struct link_candidate *candidate)
{
	int weak = known->confidence < candidate->confidence
			   ? known->confidence
			   : candidate->confidence;
	bool both = known->kind == candidate->kind &&
		    strcmp(known->reason, candidate->reason) != 0;

	if (known->confidence < candidate->confidence)
		*known = *candidate;
	else if (known->kind == candidate->kind)
		known->is_certain |= candidate->is_certain;
	if (both)
		known->confidence +=
			(1000 - known->confidence) * weak / 2000;
}

void link_add(struct link_search *search,
	      const struct link_candidate *candidate)
{
	if (candidate->confidence < LINK_LEAST)
		return;
	for (size_t i = 0; i < search->count; i++) {
		if (is_same_target(&search->items[i], candidate)) {
			merge(&search->items[i], candidate);
			return;
		}
	}
	if (search->count == LINK_FOUND_MAX)
		return;
	search->items = arena_grow(search->arena, search->items, search->count,
				   sizeof(*search->items));
	search->items[search->count++] = *candidate;
}

void link_add_target(struct link_search *search,
		     const struct link_target *target,
		     struct link_candidate candidate)
{
	candidate.entry_id = target->entry_id;
	candidate.letter_id = target->entry_id ? 0 : target->letter_id;
	/* A letter has no line yet that it could be joined to. */
	candidate.is_certain &= target->entry_id != 0;
	link_add(search, &candidate);
}

/* --- what the words say ------------------------------------------------- */

/* A document may have an annex beside it; all of them are none. */
static bool names_say(const struct link_search *search, enum sameness_cue cue)
{
	const struct link_source *source = &search->source;
	size_t count = 0;

	for (size_t i = 0; i < source->file_count; i++)
		count += sameness_has_cue(source->files[i].name, cue,
					  search->arena);
	return cue == SAMENESS_ANNEX ? count && count == source->file_count
				     : count > 0;
}

static bool hears(const struct link_search *search, enum sameness_cue cue)
{
	const struct link_source *source = &search->source;
	const char *body = source->body;

	if (sameness_has_cue(sameness_bare_subject(source->subject), cue,
			     search->arena))
		return true;
	if (names_say(search, cue))
		return true;
	return body && sameness_has_cue(arena_copy_part(
						search->arena, body,
						strnlen(body, CUE_BODY)),
					cue, search->arena);
}

static void listen(struct link_search *search)
{
	const struct link_source *source = &search->source;
	const char *title = source->title.value;

	/* "V/v thay thế cán bộ" is a subject, not a correction */
	search->corrects = hears(search, SAMENESS_CORRECTION) &&
			   !sameness_has_cue(title, SAMENESS_CORRECTION,
					     search->arena);
	search->annexes = hears(search, SAMENESS_ANNEX) &&
			  !sameness_has_cue(title, SAMENESS_ANNEX,
					    search->arena);
	search->forwards = sameness_has_cue(source->subject, SAMENESS_FORWARD,
					    search->arena);
}

/* A letter inside this one that we have already. */
static bool find_inner(struct link_search *search, struct fail *why)
{
	auto_query *query = db_query(search->db, select_inner, why);

	if (!query)
		return false;
	query_int(query, 1, search->source.file_id);
	query_int(query, 2, search->source.group_id);
	while (query_row(query, why)) {
		bool is_same = query_get_int(query, 2) != 0;
		struct link_target target = {
			.entry_id = query_get_int(query, 0),
			.letter_id = query_get_int(query, 1),
		};

		link_add_target(search, &target,
				(struct link_candidate){
					.kind = LINK_FORWARD,
					.reason = "inner_letter",
					.confidence = is_same ? 1000 : 930,
					.is_certain = is_same &&
						      !search->corrects,
				});
	}
	return why->kind == FAIL_NONE;
}

/* --- bringing them together --------------------------------------------- */

static int by_confidence(const void *left, const void *right)
{
	const struct link_candidate *a = left, *b = right;

	if (a->is_certain != b->is_certain)
		return b->is_certain - a->is_certain;
	if (a->confidence != b->confidence)
		return b->confidence - a->confidence;
	return (b->entry_id > a->entry_id) - (b->entry_id < a->entry_id);
}

static bool is_copy(enum link_kind kind)
{
	return kind <= LINK_FORWARD && kind != LINK_ANNEX;
}

static void keep(struct link_search *search,
		 bool (*wanted)(const struct link_candidate *candidate))
{
	size_t kept = 0;

	for (size_t i = 0; i < search->count; i++)
		if (wanted(&search->items[i]))
			search->items[kept++] = search->items[i];
	search->count = kept;
}

static bool is_report(const struct link_candidate *candidate)
{
	return candidate->kind == LINK_RECEIPT ||
	       candidate->kind == LINK_BOUNCE;
}

static bool is_joining(const struct link_candidate *candidate)
{
	return link_joins(candidate->kind);
}

/* What one good candidate makes pointless. */
static void weed(struct link_search *search)
{
	bool has_report = false, has_copy = false;

	for (size_t i = 0; i < search->count; i++) {
		struct link_candidate *one = &search->items[i];

		if (search->forwards && (one->kind == LINK_DUPLICATE ||
					 one->kind == LINK_TWIN))
			one->kind = LINK_FORWARD;
		has_report |= is_report(one) && one->confidence >= RIVAL;
		has_copy |= is_copy(one->kind) && one->confidence >= OUTDOES;
	}
	if (has_report)
		keep(search, is_report);
	else if (has_copy)
		keep(search, is_joining);
}

/* As good as another one, or nearly. A letter that waits is no rival: it may be
 * of the same entry. */
static bool has_rival(const struct link_search *search, size_t i)
{
	for (size_t k = 0; k < search->count; k++) {
		const struct link_candidate *rival = &search->items[k];

		if (k != i && rival->entry_id && link_joins(rival->kind) &&
		    (rival->is_certain || rival->confidence >= RIVAL))
			return true;
	}
	return false;
}

static void finish(struct link_search *search)
{
	bool *doubted = arena_array(search->arena, search->count,
				    sizeof(*doubted));

	for (size_t i = 0; i < search->count; i++)
		doubted[i] = link_joins(search->items[i].kind) &&
			     has_rival(search, i);
	for (size_t i = 0; i < search->count; i++)
		search->items[i].is_certain &= !doubted[i];
	if (search->count)
		qsort(search->items, search->count, sizeof(*search->items),
		      by_confidence);
	if (search->count > LINK_SHOWN_MAX)
		search->count = LINK_SHOWN_MAX;
}

/* --- writing ------------------------------------------------------------ */

static bool clear(struct db *db, int64_t letter_id, struct fail *why)
{
	return db_run_one(db, delete_proposed, letter_id, why);
}

static bool write(struct link_search *search, size_t i, int64_t *ret_id,
		  struct fail *why)
{
	const struct link_candidate *one = &search->items[i];
	auto_query *query = db_query(search->db, insert_proposal, why);

	if (!query)
		return false;
	query_int(query, 1, search->source.letter_id);
	query_text(query, 2, link_kind_name(one->kind));
	query_int_or_null(query, 3, one->entry_id);
	query_int_or_null(query, 4, one->letter_id);
	query_text(query, 5, one->reason);
	query_text(query, 6, one->detail_json ? one->detail_json : "{}");
	query_int(query, 7, one->confidence > 1000 ? 1000 : one->confidence);
	query_int(query, 8, (int64_t)i + 1);
	query_int(query, 9, moment_now());
	if (!query_run(query, why))
		return false;
	*ret_id = db_changes(search->db) ? db_last_id(search->db) : 0;
	return true;
}

static bool link_now(struct db *db, int64_t id, const struct actor *actor,
		     struct fail *why)
{
	auto_transaction *transaction = transaction_begin(db, why);
	auto_query *query = NULL;

	if (!transaction)
		return false;
	query = db_query(db, set_linked, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, actor->id);
	query_text(query, 3, actor->name);
	query_int(query, 4, moment_now());
	return query_run(query, why) && link_make(db, id, actor, why) &&
	       transaction_commit(transaction, why);
}

/* What the register refuses stays a proposal: reading goes on. */
static bool make_certain(struct link_search *search, int64_t id,
			 bool *ret_made, struct fail *why)
{
	struct actor actor;

	if (!link_rule_actor(search->db, search->source.organisation_id,
			     &actor, why))
		return false;
	*ret_made = link_now(search->db, id, &actor, why);
	if (*ret_made)
		return true;
	if (why->kind != FAIL_CONFLICT && why->kind != FAIL_INVALID &&
	    why->kind != FAIL_NOT_FOUND)
		return false;
	*why = (struct fail){ .kind = FAIL_NONE };
	return true;
}

/* Certain ones come first; once the letter joined, nothing is left to say. */
static bool write_all(struct link_search *search, struct fail *why)
{
	bool is_made = false;
	int64_t id;

	if (!clear(search->db, search->source.letter_id, why))
		return false;
	for (size_t i = 0; i < search->count; i++) {
		const struct link_candidate *one = &search->items[i];

		if (!write(search, i, &id, why))
			return false;
		if (id && one->is_certain &&
		    !make_certain(search, id, &is_made, why))
			return false;
		if (is_made && link_joins(one->kind))
			return true;
	}
	return true;
}

static bool search_all(struct link_search *search, struct fail *why)
{
	listen(search);
	return link_find_reports(search, why) && find_inner(search, why) &&
	       link_find_files(search, why) && link_find_symbol(search, why) &&
	       link_find_text(search, why) && link_find_paper(search, why) &&
	       link_find_thread(search, why) &&
	       link_find_cited(search, why) && link_find_sender(search, why);
}

bool link_find(struct db *db, int64_t letter_id, struct arena *arena,
	       struct fail *why)
{
	struct link_search search = { .db = db, .arena = arena };
	int64_t leader;

	if (!db_load_int(db, select_leader, letter_id, &leader, why) ||
	    !link_source_load(db, leader, arena, &search.source, why))
		return false;
	if (search.source.is_quarantined)
		/* nobody may know what it says */
		return clear(db, leader, why);
	if (!link_source_index(db, &search.source, why))
		return false;
	if (!search.source.is_read || !search.source.is_waiting)
		return true;
	if (!search_all(&search, why))
		return false;
	weed(&search);
	finish(&search);
	return write_all(&search, why) && link_suggest(db, leader, why);
}
