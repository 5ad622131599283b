/*
 * The rule itself: registers what a trusted sender sent, when nothing is in
 * doubt, and takes it back.
 */
#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/entry_list.h"
#include "core/letter.h"
#include "core/link_private.h"
#include "core/trusted.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	FILES_MAX = 100
};

/* Nothing left to read, nothing odd about it, every field sure. */
static const char select_ready[] =
	"SELECT s.main_file_id, s.agency_id, s.issuer, s.symbol,"
	"  s.document_day, s.subject, s.urgency, s.due_day, s.pages,"
	"  coalesce((SELECT t.id FROM document_type t WHERE t.name = s.type"
	"    AND t.valid_to = '9999-12-31' ORDER BY t.id LIMIT 1), 0)"
	"  FROM letter l JOIN letter_summary s ON s.file_id = l.file_id"
	"  JOIN reading r ON r.file_id = l.file_id"
	" WHERE l.id = ?1 AND l.leads = 1 AND l.state = 'todo'"
	"   AND l.decision IS NULL AND r.flags = '[]'"
	"   AND s.sure = 1 AND s.done >= s.files AND s.failed = 0"
	"   AND s.recognising = 0 AND s.main_file_id IS NOT NULL"
	"   AND s.agency_id > 0 AND NOT EXISTS (SELECT 1 FROM link_proposal k"
	"    WHERE k.letter_id = l.id AND k.kind NOT IN"
	"     ('reply', 'basis', 'replaces'))";
static const char select_signer[] =
	"SELECT (SELECT value FROM proposal WHERE file_id = ?1"
	"    AND field = 'signer_name' AND confidence >= 900"
	"    ORDER BY position LIMIT 1),"
	" (SELECT value FROM proposal WHERE file_id = ?1"
	"    AND field = 'signer_position' AND confidence >= 900"
	"    ORDER BY position LIMIT 1)";
static const char select_files[] =
	"SELECT f.sha256, p.name, p.file_id = ?2 FROM part p"
	"  JOIN file f ON f.id = p.file_id"
	" WHERE p.of_file_id = ?1 AND p.class = 'file'"
	" ORDER BY p.file_id = ?2 DESC, p.position LIMIT 100";
static const char insert_mark[] =
	"INSERT INTO rule_entry (entry_id, letter_id, trusted_id, proof, at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";
static const char select_mark[] =
	"SELECT m.proof, t.value, m.at, coalesce(m.undone_at, 0), m.letter_id"
	"  FROM rule_entry m JOIN trusted_sender t ON t.id = m.trusted_id"
	" WHERE m.entry_id = ?1";
static const char set_undone[] =
	"UPDATE rule_entry SET undone_at = ?2, undone_by = ?3"
	" WHERE entry_id = ?1";
static const char clear_letter[] =
	"UPDATE entry SET letter_id = NULL WHERE id = ?1";

struct trying {
	struct db *db;
	struct arena *arena;
	struct link_source source;
	struct entry_request request;
	int64_t trusted_id, main_file_id;
	const char *proof;
	bool is_ready;
};

/* --- who sent it -------------------------------------------------------- */

static const struct trusted_sender *find(const struct trusted_list *list,
					 const char *kind, const char *value)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->items[i].kind, kind) == 0 &&
		    strcmp(list->items[i].value, value) == 0)
			return &list->items[i];
	return NULL;
}

static void trust_address(struct trying *trying,
			  const struct trusted_list *list)
{
	const char *sender = trying->source.sender;
	const char *at = sender ? strrchr(sender, '@') : NULL;
	const struct trusted_sender *known;

	if (!at)
		return;
	known = find(list, "address", viet_key(sender, trying->arena));
	if (!known || !trusted_has_dkim(trying->source.authentication_json,
					list->server, at + 1, trying->arena))
		return;
	trying->trusted_id = known->id;
	trying->proof = arena_print(trying->arena, "dkim %s", at + 1);
}

static const struct trusted_sender *find_signer(struct trying *trying,
						const struct trusted_list *list,
						const struct tree *signature)
{
	const char *name = viet_key(tree_text(signature, "name", ""),
				    trying->arena);
	const char *office = viet_key(tree_text(signature, "organisation", ""),
				      trying->arena);
	const struct trusted_sender *known = find(list, "signature", name);

	return known ? known : find(list, "signature", office);
}

/* All signatures must hold; one of them must be one that is trusted. */
static void trust_signature(struct trying *trying,
			    const struct trusted_list *list)
{
	const char *json = trying->source.signatures_json;
	struct fail ignored;
	auto_tree *all = tree_parse(bytes_of(json ? json : "[]"), &ignored);
	const struct trusted_sender *known = NULL;

	for (size_t i = 0; all && i < tree_count(all); i++) {
		const struct tree *one = tree_at(all, i);

		if (strcmp(tree_text(one, "state", ""), "signed") != 0 ||
		    !tree_bool(one, "trusted", false))
			return;
		if (!known)
			known = find_signer(trying, list, one);
	}
	if (!known || trying->trusted_id)
		return;
	trying->trusted_id = known->id;
	trying->proof = arena_print(trying->arena, "signature %s",
				    known->value);
}

/* --- what it is --------------------------------------------------------- */

static bool load_signer(struct trying *trying, struct fail *why)
{
	struct fields *fields = &trying->request.fields;
	const char *name, *position;
	auto_query *query = db_query(trying->db, select_signer, why);

	if (!query)
		return false;
	query_int(query, 1, trying->main_file_id);
	if (!query_one(query, why))
		return false;
	name = query_get_text(query, 0, trying->arena);
	position = query_get_text(query, 1, trying->arena);
	fields->signer_name = name ? name : "";
	fields->signer_position = position ? position : "";
	return true;
}

static bool load_fields(struct trying *trying, struct fail *why)
{
	struct fields *fields = &trying->request.fields;
	auto_query *query = db_query(trying->db, select_ready, why);

	if (!query)
		return false;
	query_int(query, 1, trying->source.letter_id);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	trying->main_file_id = query_get_int(query, 0);
	fields->agency_id = query_get_int(query, 1);
	fields->issuer = query_get_text(query, 2, trying->arena);
	fields->symbol = query_get_text(query, 3, trying->arena);
	fields->document_day = query_get_text(query, 4, trying->arena);
	fields->subject = query_get_text(query, 5, trying->arena);
	fields->urgency = query_get_int(query, 6);
	fields->due_day = query_get_text(query, 7, trying->arena);
	fields->pages = query_get_int(query, 8);
	fields->type_id = query_get_int(query, 9);
	fields->channel = "mail";
	trying->is_ready = fields->issuer && fields->symbol &&
			   fields->document_day && fields->subject;
	query_done(&query);
	return load_signer(trying, why);
}

/* Looked at again, each for itself: a summary may be kind. */
static bool is_sure(const struct link_source *source)
{
	const struct link_field *fields[] = { &source->symbol, &source->day,
					      &source->issuer,
					      &source->title };

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!fields[i]->value || fields[i]->is_of_mail ||
		    fields[i]->confidence < LINK_SURE)
			return false;
	return true;
}

static bool load_files(struct trying *trying, struct fail *why)
{
	struct attachment_choice *files =
		arena_array(trying->arena, FILES_MAX, sizeof(*files));
	size_t count = 0;
	auto_query *query = db_query(trying->db, select_files, why);

	if (!query)
		return false;
	query_int(query, 1, trying->source.file_id);
	query_int(query, 2, trying->main_file_id);
	while (count < FILES_MAX && query_row(query, why)) {
		bool is_main = query_get_int(query, 2) != 0;

		files[count++] = (struct attachment_choice){
			.sha256 = query_get_text(query, 0, trying->arena),
			.name = query_get_text(query, 1, trying->arena),
			.role = is_main ? ATTACHMENT_MAIN : ATTACHMENT_ANNEX,
		};
	}
	trying->request.files = count ? files : NULL;
	trying->request.file_count = count;
	return count == FILES_MAX || why->kind == FAIL_NONE;
}

/* Even a hint is near. */
static bool has_duplicate(struct trying *trying, bool *ret_has,
			  struct fail *why)
{
	const struct fields *fields = &trying->request.fields;
	struct duplicate_request question = {
		.organisation_id = trying->source.organisation_id,
		.agency_id = fields->agency_id,
		.symbol = fields->symbol,
		.document_day = fields->document_day,
		.letter_id = trying->source.letter_id,
	};
	struct duplicate_list found;

	if (!duplicate_find(trying->db, &question, trying->arena, &found, why))
		return false;
	*ret_has = found.count > 0;
	return true;
}

/* --- doing it ----------------------------------------------------------- */

static bool write_mark(struct trying *trying, int64_t entry_id,
		       struct fail *why)
{
	auto_query *query = db_query(trying->db, insert_mark, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, trying->source.letter_id);
	query_int(query, 3, trying->trusted_id);
	query_text(query, 4, trying->proof);
	query_int(query, 5, moment_now());
	return query_run(query, why);
}

static bool audit(struct trying *trying, int64_t entry_id, struct fail *why)
{
	auto_tree *detail = tree_create();

	tree_set_text(detail, "proof", trying->proof);
	const struct audit_act act = { "entry.rule", "entry", entry_id,
				       detail };
	return audit_act(trying->db, &trying->request.actor, &act, why);
}

static bool register_it(struct trying *trying, int64_t *ret_entry_id,
			struct fail *why)
{
	struct entry_answer answer;
	auto_transaction *transaction = transaction_begin(trying->db, why);

	if (!transaction ||
	    !link_rule_actor(trying->db, trying->source.organisation_id,
			     &trying->request.actor, why) ||
	    !load_files(trying, why) ||
	    !entry_register(trying->db, &trying->request, trying->arena,
			    &answer, why) ||
	    !write_mark(trying, answer.entry.id, why) ||
	    !audit(trying, answer.entry.id, why) ||
	    !transaction_commit(transaction, why))
		return false;
	*ret_entry_id = answer.entry.id;
	return true;
}

static bool try(struct trying *trying, int64_t *ret_entry_id,
		struct fail *why)
{
	bool has = true;

	trying->request = (struct entry_request){
		.direction = DIRECTION_IN,
		.fields = fields_empty(),
		.letter_id = trying->source.letter_id,
	};
	if (!load_fields(trying, why))
		return false;
	if (!trying->is_ready || !is_sure(&trying->source))
		return true;
	if (!has_duplicate(trying, &has, why))
		return false;
	if (has || register_it(trying, ret_entry_id, why))
		return true;
	/* What the register refuses is left to people. */
	if (why->kind != FAIL_CONFLICT && why->kind != FAIL_INVALID &&
	    why->kind != FAIL_NOT_FOUND)
		return false;
	*why = (struct fail){ .kind = FAIL_NONE };
	return true;
}

bool trusted_register(struct db *db, int64_t letter_id, struct arena *arena,
		      int64_t *ret_entry_id, struct fail *why)
{
	struct trying trying = { .db = db, .arena = arena };
	struct trusted_list list;

	*ret_entry_id = 0;
	if (!link_source_load(db, letter_id, arena, &trying.source, why) ||
	    !trusted_load(db, trying.source.organisation_id, arena, &list,
			  why))
		return false;
	if (!list.is_on || !trying.source.is_waiting || trying.source.is_ours)
		return true;
	trust_address(&trying, &list);
	trust_signature(&trying, &list);
	return !trying.trusted_id || try(&trying, ret_entry_id, why);
}

/* --- taking it back ----------------------------------------------------- */

static bool load_mark(struct db *db, int64_t entry_id, struct arena *arena,
		      struct trusted_mark *ret_mark, int64_t *ret_letter_id,
		      struct fail *why)
{
	struct trusted_mark mark = { .proof = NULL };
	auto_query *query = db_query(db, select_mark, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	if (query_row(query, why)) {
		mark.proof = query_get_text(query, 0, arena);
		mark.sender = query_get_text(query, 1, arena);
		mark.at = query_get_int(query, 2);
		mark.undone_at = query_get_int(query, 3);
		*ret_letter_id = query_get_int(query, 4);
		mark.may_undo = !mark.undone_at &&
				day_number(moment_day(mark.at)) ==
					day_number(moment_day(moment_now()));
	}
	*ret_mark = mark;
	return why->kind == FAIL_NONE;
}

bool trusted_mark(struct db *db, int64_t entry_id, struct arena *arena,
		  struct trusted_mark *ret_mark, struct fail *why)
{
	int64_t ignored;

	return load_mark(db, entry_id, arena, ret_mark, &ignored, why);
}

static bool check_mark(const struct trusted_mark *mark, struct fail *why)
{
	if (!mark->proof) {
		fail(why, FAIL_NOT_FOUND, "no rule registered this entry");
		return fail_code(why, "trust.no_rule",
				 "Văn bản này không do quy tắc đăng ký.");
	}
	if (mark->may_undo)
		return true;
	fail(why, FAIL_CONFLICT, "a rule's entry is undone on its day");
	return fail_code(why, "trust.late",
			 "Chỉ hoàn tác được trong ngày. Dùng Ghi hủy số.");
}

static bool run_undone(struct db *db, int64_t entry_id,
		       const struct actor *actor, struct fail *why)
{
	auto_query *query = db_query(db, set_undone, why);
	auto_query *clear = db_query(db, clear_letter, why);

	if (!query || !clear)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, moment_now());
	query_int(query, 3, actor->id);
	query_int(clear, 1, entry_id);
	return query_run(query, why) && query_run(clear, why);
}

bool trusted_undo(struct db *db, int64_t entry_id, const struct actor *actor,
		  struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct trusted_mark mark;
	struct entry entry;
	int64_t letter_id = 0;
	auto_transaction *transaction = transaction_begin(db, why);

	if (!transaction ||
	    !entry_load(db, entry_id, arena, &entry, why) ||
	    !load_mark(db, entry_id, arena, &mark, &letter_id, why) ||
	    !check_mark(&mark, why))
		return false;
	struct entry_change change = { .actor = *actor,
				       .id = entry_id,
				       .version = entry.version };
	struct letter_decision reopen = { .letter_id = letter_id,
					  .decision = "reopen",
					  .actor_id = actor->id,
					  .actor_name = actor->name };
	return entry_void(db, &change,
			  "Hoàn tác đăng ký tự động theo quy tắc", why) &&
	       letter_decide(db, &reopen, why) &&
	       run_undone(db, entry_id, actor, why) &&
	       transaction_commit(transaction, why);
}
