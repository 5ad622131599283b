#include "core/entry_row.h"
#include "core/audit.h"
#include "core/search.h"
#include "store/query.h"
#include "viet/fold.h"
#include "viet/symbol.h"

static const char delete_receivers[] =
	"DELETE FROM entry_receiver WHERE entry_id = ?1";

static const char insert_receiver[] =
	"INSERT INTO entry_receiver"
	"       (entry_id, position, unit_id, user_id, agency_id, name)"
	" VALUES (?1, ?2, ?3, ?4, ?5, coalesce(nullif(?6, ''),"
	"         (SELECT name FROM unit WHERE id = ?3),"
	"         (SELECT name FROM user_account WHERE id = ?4),"
	"         (SELECT name FROM agency WHERE id = ?5)))";

static const char select_receivers[] =
	"SELECT coalesce(group_concat(name, '; '), '') FROM ("
	"  SELECT name FROM entry_receiver WHERE entry_id = ?1"
	"   ORDER BY position)";

static const char count_agency[] =
	"UPDATE agency SET uses = max(0, uses + ?2) WHERE id = ?1";

void entry_bind_fields(struct query *query, int first,
		       const struct fields *fields)
{
	int i = first;
	query_int_or_null(query, i++, fields->agency_id);
	query_text(query, i++, fields->issuer);
	query_text(query, i++, fields->symbol);
	query_text(query, i++, fields->document_day);
	query_text(query, i++, fields->subject);
	query_int_or_null(query, i++, fields->type_id);
	query_int(query, i++, fields->urgency);
	query_text(query, i++, fields->signer_name);
	query_text(query, i++, fields->signer_position);
	query_int_or_null(query, i++, fields->pages);
	query_int_or_null(query, i++, fields->copies);
	query_text(query, i++, fields->receiver);
	query_int_or_null(query, i++, fields->unit_id);
	query_int_or_null(query, i++, fields->submit_to);
	query_text(query, i++, fields->due_day);
	query_text(query, i++, fields->note);
	query_text(query, i++, fields->channel);
	query_text(query, i++, fields->paper);
	query_text(query, i++, fields->identifier);
	query_text(query, i++, fields->field);
	query_text(query, i++, fields->language);
	query_text(query, i++, fields->keeper);
	query_text(query, i++, fields->passed_day);
	query_text(query, i++, fields->dossier_organ);
	query_int_or_null(query, i++, fields->dossier_year);
	query_text(query, i++, fields->dossier_notation);
	query_int_or_null(query, i++, fields->dossier_ordinal);
}

bool entry_note(struct db *db, const struct entry_event *event,
		struct fail *why)
{
	const struct audit_act act = { event->action, "entry", event->id,
				       event->detail };
	return audit_act(db, event->actor, &act, why) &&
	       search_index_entry(db, event->id, why);
}

static bool insert_one(struct db *db, int64_t id, int64_t position,
		       const struct entry_receiver *receiver,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *name = receiver->name ? receiver->name : "";
	auto_query *query = db_query(db, insert_receiver, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, position);
	query_int_or_null(query, 3, receiver->unit_id);
	query_int_or_null(query, 4, receiver->user_id);
	query_int_or_null(query, 5, receiver->agency_id);
	query_text(query, 6, viet_normal(name, arena));
	if (query_run(query, why))
		return true;
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_INVALID, "receiver %lld does not exist",
	     (long long)position + 1);
	return fail_code(why, "field.invalid",
			 "Có đơn vị hoặc người nhận không tồn tại.");
}

bool entry_write_receivers(struct db *db, int64_t id,
			   const struct entry_receiver *receivers,
			   size_t count, struct fail *why)
{
	auto_query *query = db_query(db, delete_receivers, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_run(query, why))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!insert_one(db, id, (int64_t)i, &receivers[i], why))
			return false;
	return true;
}

bool entry_print_receivers(struct db *db, int64_t id, struct arena *arena,
			   const char **ret_text, struct fail *why)
{
	auto_query *query = db_query(db, select_receivers, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	*ret_text = query_get_text(query, 0, arena);
	return true;
}

struct entry_symbol entry_symbol_of(const char *symbol, struct arena *arena)
{
	struct symbol parsed;
	if (!*symbol)
		return (struct entry_symbol){ "", "", "" };
	const char *key = symbol_key(symbol, arena);
	if (!symbol_parse(symbol, arena, &parsed) || parsed.number == 0)
		return (struct entry_symbol){ "", symbol, key };
	const char *notation = parsed.notation ? parsed.notation : "";
	if (parsed.year)
		notation = arena_print(arena, "%d/%s", parsed.year, notation);
	return (struct entry_symbol){
		.number = arena_print(arena, "%lld%s",
				      (long long)parsed.number,
				      parsed.suffix ? parsed.suffix : ""),
		.notation = notation,
		.key = key,
	};
}

bool entry_count_agency(struct db *db, int64_t agency_id, int change,
			struct fail *why)
{
	if (!agency_id)
		return true;
	return db_run_two(db, count_agency, agency_id, change, why);
}
