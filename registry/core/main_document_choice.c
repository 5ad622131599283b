/* What people chose as the main document, and what is remembered of it. */
#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/letter_summary.h"
#include "core/link.h"
#include "core/main_document.h"
#include "letterhead/letterhead.h"
#include "store/query.h"
#include "viet/fold.h"
#include "viet/symbol.h"

static const char select_choice[] =
	"SELECT (SELECT file_id FROM main_choice WHERE letter_file_id = ?1),"
	"       (SELECT shape FROM main_habit"
	"         WHERE sender = lower(sender_address)), subject"
	"  FROM reading WHERE file_id = ?1";
static const char upsert_choice[] =
	"INSERT INTO main_choice (letter_file_id, file_id, chosen_by,"
	"  chosen_at) VALUES (?1, ?2, ?3, ?4)"
	" ON CONFLICT (letter_file_id) DO UPDATE SET"
	"  file_id = excluded.file_id, chosen_by = excluded.chosen_by,"
	"  chosen_at = excluded.chosen_at";
static const char upsert_habit[] =
	"INSERT INTO main_habit (sender, shape, format, chosen_at)"
	" VALUES (lower(?1), ?2, ?3, ?4) ON CONFLICT (sender) DO UPDATE SET"
	"  shape = excluded.shape, format = excluded.format,"
	"  chosen_at = excluded.chosen_at";

char *main_document_shape(const char *name, struct arena *arena)
{
	char *shape = viet_fold(name ? name : "", arena);
	char *to = shape;

	for (const char *from = shape; *from; from++) {
		bool digit = *from >= '0' && *from <= '9';

		if (!digit)
			*to++ = *from;
		else if (to == shape || to[-1] != '#')
			*to++ = '#';
	}
	*to = '\0';
	return shape;
}

static const char *mail_symbol(const char *subject, struct arena *arena)
{
	struct letterhead said;

	if (!subject)
		return NULL;
	said = letterhead_read_mail(subject, arena);
	for (size_t i = 0; i < said.count; i++)
		if (said.proposals[i].field == LETTERHEAD_SYMBOL)
			return symbol_key(said.proposals[i].value, arena);
	return NULL;
}

bool main_document_find(struct db *db, int64_t letter_file_id,
			const struct letter_file_list *files,
			struct arena *arena, struct main_document *ret_main,
			struct fail *why)
{
	struct main_document_request request = { .files = files->items,
						 .count = files->count };
	auto_query *query = db_query(db, select_choice, why);

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	if (query_row(query, why)) {
		request.chosen_id = query_get_int(query, 0);
		request.habit = query_get_text(query, 1, arena);
		request.mail_symbol = mail_symbol(
			query_get_text(query, 2, arena), arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_main = main_document_choose(&request, arena);
	return true;
}

static const struct letter_file *
find_file(const struct letter_file_list *files, const struct digest *digest)
{
	for (size_t i = 0; i < files->count; i++)
		if (digest_equal(&files->items[i].digest, digest))
			return &files->items[i];
	return NULL;
}

static bool write_choice(struct db *db, const struct letter *letter,
			 const struct letter_file *file,
			 const struct main_document_choice *choice,
			 struct fail *why)
{
	auto_query *query = db_query(db, upsert_choice, why);

	if (!query)
		return false;
	query_int(query, 1, letter->file_id);
	query_int(query, 2, file->file_id);
	query_int(query, 3, choice->actor.id);
	query_int(query, 4, moment_now());
	return query_run(query, why);
}

static bool write_habit(struct db *db, const struct letter *letter,
			const struct letter_file *file, struct arena *arena,
			struct fail *why)
{
	auto_query *query = NULL;

	if (!letter->sender_address || !file->name)
		return true;
	query = db_query(db, upsert_habit, why);
	if (!query)
		return false;
	query_text(query, 1, letter->sender_address);
	query_text(query, 2, main_document_shape(file->name, arena));
	query_text(query, 3, file->format ? file->format : "");
	query_int(query, 4, moment_now());
	return query_run(query, why);
}

static bool audit_choice(struct db *db,
			 const struct main_document_choice *choice,
			 const struct letter_file *file, struct fail *why)
{
	auto_tree *detail = tree_create();

	tree_set_int(detail, "file", file->file_id);
	tree_set_text(detail, "name", file->name);
	tree_set_bool(detail, "remember", choice->remember);
	const struct audit_act act = { "letter.main", "letter",
				       choice->letter_id, detail };
	return audit_act(db, &choice->actor, &act, why);
}

bool main_document_set(struct db *db,
		       const struct main_document_choice *choice,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct letter_file_list files;
	const struct letter_file *file;
	struct letter letter;

	if (!letter_load(db, choice->letter_id, arena, &letter, why) ||
	    !letter_file_list(db, letter.file_id, arena, &files, why))
		return false;
	file = find_file(&files, &choice->digest);
	if (!file)
		return fail(why, FAIL_NOT_FOUND,
			    "the letter has no such file");
	return write_choice(db, &letter, file, choice, why) &&
	       (!choice->remember ||
		write_habit(db, &letter, file, arena, why)) &&
	       audit_choice(db, choice, file, why) &&
	       letter_summary_refresh(db, letter.file_id, why) &&
	       link_find_holders(db, letter.file_id, why);
}
