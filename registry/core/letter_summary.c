#include "core/letter_summary.h"
#include "base/moment.h"
#include "core/duplicate.h"
#include "core/link.h"
#include "core/quarantine.h"
#include "core/search.h"
#include "store/query.h"
#include "viet/symbol.h"
#include <stdlib.h>
#include <string.h>

static const char select_letter[] =
	"SELECT (SELECT id FROM letter WHERE file_id = ?1"
	"         ORDER BY leads DESC, id LIMIT 1),"
	"       (SELECT coalesce(min(id), 1) FROM organisation),"
	"       EXISTS (SELECT 1 FROM reading WHERE file_id = ?1)";
static const char upsert_summary[] =
	"INSERT INTO letter_summary (file_id, files, done, failed,"
	"  recognising, main_file_id, symbol, symbol_key, document_day,"
	"  issuer, agency_id, subject, type, urgency, due_day, pages, sure,"
	"  action, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
	"  ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)"
	" ON CONFLICT (file_id) DO UPDATE SET files = excluded.files,"
	"  done = excluded.done, failed = excluded.failed,"
	"  recognising = excluded.recognising,"
	"  main_file_id = excluded.main_file_id, symbol = excluded.symbol,"
	"  symbol_key = excluded.symbol_key,"
	"  document_day = excluded.document_day, issuer = excluded.issuer,"
	"  agency_id = excluded.agency_id, subject = excluded.subject,"
	"  type = excluded.type, urgency = excluded.urgency,"
	"  due_day = excluded.due_day, pages = excluded.pages,"
	"  sure = excluded.sure, action = excluded.action,"
	"  made_at = excluded.made_at";
static const char upsert_progress[] =
	"INSERT INTO letter_summary (file_id, files, done, failed,"
	"  recognising, made_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
	" ON CONFLICT (file_id) DO UPDATE SET files = excluded.files,"
	"  done = excluded.done, failed = excluded.failed,"
	"  recognising = excluded.recognising, made_at = excluded.made_at";

enum {
	LIKENESS_ENOUGH = 400 /* to call it a document */
};

static void count_files(struct letter_understanding *found)
{
	for (size_t i = 0; i < found->files.count; i++) {
		enum letter_file_state state = found->files.items[i].state;

		found->total++;
		found->failed += state == LETTER_FILE_FAILED;
		found->recognising += state == LETTER_FILE_RECOGNISING;
		found->done += state != LETTER_FILE_WAITING &&
			       state != LETTER_FILE_READING;
	}
}

static bool find_duplicates(struct db *db, int64_t letter_id,
			    const struct proposal_request *request,
			    struct letter_understanding *found,
			    struct arena *arena, struct fail *why)
{
	const struct proposal *issuer = proposal_of(&found->proposals,
						    "issuer");
	const struct duplicate_request wanted = {
		.organisation_id = request->organisation_id,
		.agency_id = issuer ? issuer->id : 0,
		.issuer = issuer ? issuer->said.value : NULL,
		.symbol = proposal_value(&found->proposals, "symbol"),
		.document_day =
			proposal_value(&found->proposals, "document_day"),
		.letter_id = letter_id,
	};
	struct duplicate_list list;

	if (!duplicate_find(db, &wanted, arena, &list, why))
		return false;
	if (!list.count || !list.must_ask)
		return true;
	found->suggestion = (struct letter_suggestion){
		.action = "attach",
		.entry_id = list.duplicates[0].entry_id,
		.reason = duplicate_match_name(list.duplicates[0].match),
		.sentence = arena_print(
			arena, "Có thể đã đăng ký: số %lld%s.",
			(long long)list.duplicates[0].number,
			list.duplicates[0].suffix),
	};
	return true;
}

/* What the rules of links think most likely. */
static bool suggest_link(struct db *db, int64_t letter_id,
			 struct letter_understanding *found,
			 struct arena *arena, struct fail *why)
{
	struct link best;

	if (!link_best(db, letter_id, arena, &best, why))
		return false;
	if (best.id)
		found->suggestion = (struct letter_suggestion){
			.action = "attach",
			.entry_id = best.entry_id,
			.reason = best.reason,
			.sentence = best.sentence,
		};
	return true;
}

static void suggest(struct letter_understanding *found)
{
	const struct letter_file *file = found->main.file;
	bool has_symbol = proposal_of(&found->proposals, "symbol") != NULL;

	if (has_symbol || (file && file->likeness >= LIKENESS_ENOUGH))
		found->suggestion = (struct letter_suggestion){
			.action = "register",
			.reason = has_symbol ? "symbol" : "likeness",
			.sentence = "Có thể thức của văn bản hành chính.",
		};
	else if (file && (file->state == LETTER_FILE_FAILED ||
			  file->state == LETTER_FILE_NOT_READ))
		found->suggestion = (struct letter_suggestion){
			.action = "register",
			.reason = "not_read",
			.sentence = "Không đọc được tệp, cần người xem.",
		};
	else if (found->total == 0)
		found->suggestion = (struct letter_suggestion){
			.action = "not_document",
			.reason = "no_file",
			.sentence = "Thư không có tệp và không có số, ký hiệu.",
		};
	else
		found->suggestion = (struct letter_suggestion){
			.action = "not_document",
			.reason = "no_letterhead",
			.sentence =
				"Không thấy thể thức văn bản, không có số, "
				"ký hiệu.",
		};
}

static bool find_organisation(struct db *db, int64_t letter_file_id,
			      int64_t *ret_letter, int64_t *ret_organisation,
			      bool *ret_read, struct fail *why)
{
	auto_query *query = db_query(db, select_letter, why);

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	if (!query_one(query, why))
		return false;
	*ret_letter = query_get_int(query, 0);
	*ret_organisation = query_get_int(query, 1);
	*ret_read = query_get_int(query, 2) != 0;
	return true;
}

bool letter_understand(struct db *db, int64_t letter_id,
		       int64_t letter_file_id, struct arena *arena,
		       struct letter_understanding *ret, struct fail *why)
{
	struct proposal_request request = { .letter_file_id = letter_file_id,
					    .files = &ret->files,
					    .main = &ret->main };
	int64_t ignored;
	bool is_read;

	*ret = (struct letter_understanding){ 0 };
	if (!find_organisation(db, letter_file_id, &ignored,
			       &request.organisation_id, &is_read, why) ||
	    !letter_file_list(db, letter_file_id, arena, &ret->files, why) ||
	    !main_document_find(db, letter_file_id, &ret->files, arena,
				&ret->main, why) ||
	    !proposal_find(db, &request, arena, &ret->proposals, why))
		return false;
	count_files(ret);
	if (!is_read || ret->done < ret->total)
		return true;
	suggest(ret);
	return find_duplicates(db, letter_id, &request, ret, arena, why) &&
	       suggest_link(db, letter_id, ret, arena, why);
}

static void bind_progress(struct query *query, int64_t letter_file_id,
			  const struct letter_understanding *found)
{
	query_int(query, 1, letter_file_id);
	query_int(query, 2, found->total);
	query_int(query, 3, found->done);
	query_int(query, 4, found->failed);
	query_int(query, 5, found->recognising);
}

static bool write_progress(struct db *db, int64_t letter_file_id,
			   const struct letter_understanding *found,
			   struct fail *why)
{
	auto_query *query = db_query(db, upsert_progress, why);

	if (!query)
		return false;
	bind_progress(query, letter_file_id, found);
	query_int(query, 6, moment_now());
	return query_run(query, why);
}

static bool is_sure(const struct proposal_list *list)
{
	static const char *const needed[] = { "symbol", "document_day",
					      "issuer", "subject" };

	for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++) {
		const struct proposal *one = proposal_of(list, needed[i]);

		if (!one || !one->sure)
			return false;
	}
	return true;
}

static void bind_fields(struct query *query,
			const struct letter_understanding *found,
			struct arena *arena)
{
	const struct proposal_list *list = &found->proposals;
	const char *symbol = proposal_value(list, "symbol");
	const struct proposal *issuer = proposal_of(list, "issuer");
	const char *urgency = proposal_value(list, "urgency");

	query_text(query, 7, symbol);
	query_text(query, 8, symbol ? symbol_key(symbol, arena) : "");
	query_text(query, 9, proposal_value(list, "document_day"));
	query_text(query, 10, issuer ? issuer->said.value : NULL);
	query_int_or_null(query, 11, issuer ? issuer->id : 0);
	query_text(query, 12, proposal_value(list, "subject"));
	query_text(query, 13, proposal_value(list, "type"));
	query_int(query, 14, urgency ? strtoll(urgency, NULL, 10) : 0);
	query_text(query, 15, proposal_value(list, "due_day"));
	query_int(query, 17, is_sure(list));
}

static bool write_summary(struct db *db, int64_t letter_file_id,
			  const struct letter_understanding *found,
			  struct arena *arena, struct fail *why)
{
	const struct letter_file *file = found->main.file;
	auto_query *query = db_query(db, upsert_summary, why);

	if (!query)
		return false;
	bind_progress(query, letter_file_id, found);
	query_int_or_null(query, 6, file ? file->file_id : 0);
	bind_fields(query, found, arena);
	query_int(query, 16, file ? file->total_pages : 0);
	query_text(query, 18, found->suggestion.action);
	query_int(query, 19, moment_now());
	return query_run(query, why);
}

bool letter_summary_refresh(struct db *db, int64_t letter_file_id,
			    struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct letter_understanding found = { 0 };
	int64_t letter_id, ignored;
	bool is_read;

	if (!find_organisation(db, letter_file_id, &letter_id, &ignored,
			       &is_read, why) ||
	    !letter_file_list(db, letter_file_id, arena, &found.files, why))
		return false;
	if (!letter_id)
		return true; /* a letter inside a letter */
	count_files(&found);
	if (is_read &&
	    !quarantine_check(db, letter_file_id, &found.files, why))
		return false;
	if (!is_read || found.done < found.total)
		return write_progress(db, letter_file_id, &found, why);
	return letter_understand(db, letter_id, letter_file_id, arena, &found,
				 why) &&
	       write_summary(db, letter_file_id, &found, arena, why);
}

bool letter_summary_refresh_holders(struct db *db, int64_t file_id,
				    struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct letter_file_holders holders;

	if (!letter_file_find_holders(db, file_id, arena, &holders, why))
		return false;
	for (size_t i = 0; i < holders.count; i++)
		if (!letter_summary_refresh(db, holders.ids[i], why))
			return false;
	return true;
}
