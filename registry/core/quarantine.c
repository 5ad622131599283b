#include "core/quarantine.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/letter.h"
#include "letterhead/letterhead.h"
#include "store/query.h"
#include <string.h>

static const char select_undecided[] =
	"SELECT id FROM letter WHERE file_id = ?1 AND state = 'todo'"
	"   AND (decision IS NULL OR ?2) ORDER BY id LIMIT 1";
static const char select_held[] =
	"SELECT id FROM letter WHERE file_id = ?1 AND state = 'quarantine'"
	"   AND decided_by IS NULL AND reason LIKE ?2 || '%'"
	" ORDER BY id LIMIT 1";
static const char select_mail[] =
	"SELECT subject, scan.state, scan.said FROM file"
	"  LEFT JOIN reading ON reading.file_id = file.id"
	"  LEFT JOIN scan ON scan.file_id = file.id WHERE file.id = ?1";
static const char select_scan[] =
	"SELECT said FROM scan WHERE file_id = ?1";

/* Decided before it was known, and nobody was told yet. */
static const char select_late[] =
	"SELECT id FROM letter WHERE file_id = ?1 AND state = 'done'"
	"   AND NOT EXISTS (SELECT 1 FROM audit WHERE object_type = 'letter'"
	"        AND object_id = letter.id AND action = 'letter.alarm')"
	" ORDER BY id LIMIT 1";

#define NOT_SCANNED "Chưa quét được mã độc"

/* What was found in one letter, the worst first. */
struct danger {
	const char *infected, *secret, *not_scanned;
};

/* The mail's own subject and scan. */
static bool look_at_mail(struct db *db, int64_t letter_file_id,
			 struct arena *arena, struct danger *danger,
			 struct fail *why)
{
	auto_query *query = db_query(db, select_mail, why);
	const char *subject, *state, *said;
	struct letterhead head;

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	if (!query_one(query, why))
		return false;
	subject = query_get_text(query, 0, arena);
	state = query_get_text(query, 1, arena);
	said = query_get_text(query, 2, arena);
	if (state && strcmp(state, "infected") == 0)
		danger->infected = said ? said : "?";
	if (state && strcmp(state, "failed") == 0)
		danger->not_scanned = said ? said : "?";
	if (!subject)
		return true;
	head = letterhead_read_mail(subject, arena);
	if (head.secret)
		danger->secret = arena_print(arena, "%s (tiêu đề thư)",
					     head.secret);
	return true;
}

static bool find_said(struct db *db, int64_t file_id, struct arena *arena,
		      const char **ret_said, struct fail *why)
{
	auto_query *query = db_query(db, select_scan, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	*ret_said = "?";
	if (query_row(query, why))
		*ret_said = query_get_text(query, 0, arena);
	return why->kind == FAIL_NONE;
}

static bool look_at_file(struct db *db, const struct letter_file *file,
			 struct arena *arena, struct danger *danger,
			 struct fail *why)
{
	const char *name = file->name ? file->name : "?";
	struct letterhead head = { 0 };
	const char *said;

	if (file->is_infected || file->is_not_scanned) {
		if (!find_said(db, file->file_id, arena, &said, why))
			return false;
		said = arena_print(arena, "%s (%s)", said ? said : "?", name);
		if (file->is_infected)
			danger->infected = said;
		else
			danger->not_scanned = said;
	}
	if (file->name)
		head = letterhead_read_name(file->name, arena);
	if (head.secret || file->secret)
		danger->secret = arena_print(
			arena, "%s (%s)",
			file->secret ? file->secret : head.secret, name);
	return true;
}

static bool hold(struct db *db, int64_t letter_file_id, const char *reason,
		 bool always, struct fail *why)
{
	struct letter_decision decision = { .decision = "quarantine",
					    .reason = reason,
					    .actor_name = "registry" };
	for (;;) {
		auto_query *query = db_query(db, select_undecided, why);

		if (!query)
			return false;
		query_int(query, 1, letter_file_id);
		query_int(query, 2, always);
		if (!query_row(query, why))
			return why->kind == FAIL_NONE;
		decision.letter_id = query_get_int(query, 0);
		query_done(&query);
		if (!letter_decide(db, &decision, why))
			return false;
	}
}

/* Found too late, after recognition perhaps: what a person decided stays, and
 * the audit says what should have stopped it. */
static bool tell_late(struct db *db, int64_t letter_file_id,
		      const char *reason, struct fail *why)
{
	auto_tree *detail = tree_create();
	auto_text json = { 0 };
	int64_t id;
	auto_query *query = db_query(db, select_late, why);

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	id = query_get_int(query, 0);
	query_done(&query);
	tree_set_text(detail, "reason", reason);
	tree_print(detail, &json);
	return audit_add(db,
			 &(struct audit_event){
				 .actor_name = "registry",
				 .action = "letter.alarm",
				 .object_type = "letter",
				 .object_id = id,
				 .detail_json = text_string(&json),
			 },
			 why);
}

/* The scanner is back and found nothing. */
static bool release(struct db *db, int64_t letter_file_id, struct fail *why)
{
	struct letter_decision decision = { .decision = "reopen",
					    .actor_name = "registry" };
	auto_query *query = db_query(db, select_held, why);

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	query_text(query, 2, NOT_SCANNED);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	decision.letter_id = query_get_int(query, 0);
	query_done(&query);
	return letter_decide(db, &decision, why);
}

static const char *print_reason(const struct danger *danger,
				struct arena *arena)
{
	if (danger->infected)
		return arena_print(arena, "Tệp nhiễm mã độc: %.300s.",
				   danger->infected);
	if (danger->secret)
		return arena_print(arena,
				   "Dấu độ mật: %.300s. Không mở, không "
				   "chuyển tiếp; báo văn thư phụ trách văn "
				   "bản mật.",
				   danger->secret);
	if (danger->not_scanned)
		return arena_print(arena, NOT_SCANNED ": %.300s.",
				   danger->not_scanned);
	return NULL;
}

bool quarantine_check(struct db *db, int64_t letter_file_id,
		      const struct letter_file_list *files, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct danger danger = { 0 };
	const char *reason;

	if (!look_at_mail(db, letter_file_id, arena, &danger, why))
		return false;
	for (size_t i = 0; i < files->count; i++)
		if (!look_at_file(db, &files->items[i], arena, &danger, why))
			return false;
	reason = print_reason(&danger, arena);
	if (!reason)
		return release(db, letter_file_id, why);
	if (!hold(db, letter_file_id, reason, danger.infected != NULL, why))
		return false;
	return (!danger.infected && !danger.secret) ||
	       tell_late(db, letter_file_id, reason, why);
}
