#include "core/entry_list.h"
#include "base/moment.h"
#include "core/sight.h"
#include "store/query.h"
#include <string.h>

/* clang-format off */
#define COLUMNS \
	"SELECT e.id, e.organisation_id, e.direction, e.book_id, e.series_id," \
	"       e.year, e.number, e.suffix, e.day, e.state, e.status," \
	"       e.registered_at, e.registered_by, e.letter_id," \
	"       e.symbol_number, e.symbol_notation, e.duplicate_reason," \
	"       e.void_at, e.void_by, e.void_reason, e.opened_at, e.version," \
	"       t.name, n.name, r.name, v.name," \
	"       e.agency_id, e.issuer, e.symbol, e.document_day, e.subject," \
	"       e.type_id, e.urgency, e.signer_name, e.signer_position," \
	"       e.pages, e.copies, e.receiver, e.unit_id, e.submit_to," \
	"       e.due_day, e.note, e.channel, e.paper, e.identifier, e.field," \
	"       e.language, e.keeper, e.passed_day, e.dossier_organ," \
	"       e.dossier_year, e.dossier_notation, e.dossier_ordinal," \
	"       f.due_day, (SELECT coalesce(ln.name, lp.name)" \
	"          FROM assignment l LEFT JOIN unit ln ON ln.id = l.unit_id" \
	"          LEFT JOIN user_account lp ON lp.id = l.user_id" \
	"         WHERE l.entry_id = e.id AND l.role = 'lead'" \
	"           AND l.parent_id IS NULL" \
	"           AND l.state IN ('sent', 'working', 'done'))"
#define SOURCE \
	"  FROM entry e" \
	"  LEFT JOIN document_type t ON t.id = e.type_id" \
	"  LEFT JOIN unit n ON n.id = e.unit_id" \
	"  LEFT JOIN user_account r ON r.id = e.registered_by" \
	"  LEFT JOIN user_account v ON v.id = e.void_by" \
	"  LEFT JOIN flow f ON f.entry_id = e.id"

/* ?1 book ?2 year ?3 ?4 after ?5 ?6 days ?7 ?8 numbers ?9 unit ?10 agency
 * ?11 type ?12 state ?13 status ?14 due ?15 ?16 viewer and unit
 * ?17 today */
#define FILTER \
	" WHERE e.book_id = ?1 AND e.year = ?2" \
	"   AND (e.number, e.suffix) < (?3, ?4)" \
	"   AND (?5 IS NULL OR e.day >= ?5) AND (?6 IS NULL OR e.day <= ?6)" \
	"   AND (?7 = 0 OR e.number >= ?7) AND (?8 = 0 OR e.number <= ?8)" \
	"   AND (?9 = 0 OR e.unit_id = ?9 OR EXISTS (" \
	"        SELECT 1 FROM entry_receiver w" \
	"         WHERE w.entry_id = e.id AND w.unit_id = ?9))" \
	"   AND (?10 = 0 OR e.agency_id = ?10)" \
	"   AND (?11 = 0 OR e.type_id = ?11)" \
	"   AND (?12 IS NULL OR e.state = ?12)" \
	"   AND (?13 IS NULL OR e.status = ?13)" \
	"   AND (?14 IS NULL OR (e.state = 'valid' AND e.status IN" \
	"        ('registered', 'submitted', 'routed', 'working')" \
	"        AND coalesce((SELECT w.due_day FROM flow w" \
	"             WHERE w.entry_id = e.id), e.due_day) < ?14))" \
	"   AND (?15 = 0 OR " SIGHT("?15", "?16", "?17") ")"
/* clang-format on */

static const char select_by_id[] = COLUMNS SOURCE " WHERE e.id = ?1";

static const char select_by_number[] =
	COLUMNS SOURCE
	" WHERE e.book_id = ?1 AND e.year = ?2 AND e.number = ?3"
	"   AND e.suffix = ?4";

static const char select_page[] =
	COLUMNS SOURCE FILTER
	" ORDER BY e.number DESC, e.suffix DESC LIMIT ?18";

static const char count_by_day[] =
	"SELECT e.day, count(*) FROM entry e" FILTER
	" GROUP BY e.day ORDER BY e.day DESC";

static const char count_all[] = "SELECT count(*) FROM entry e" FILTER;

static const char select_receivers[] =
	"SELECT unit_id, user_id, agency_id, name FROM entry_receiver"
	" WHERE entry_id = ?1 ORDER BY position";

/* clang-format off */
static const char select_may_open[] =
	"SELECT count(*) FROM entry e WHERE e.id = ?1"
	"   AND " SIGHT("?2", "?3", "?4");
/* clang-format on */

/* The unit that leads, and its head or the person it was given to; before
 * that the clerk. */
static const char select_handler[] =
	"SELECT coalesce(n.name, u.name), coalesce(p.name, h.name, '')"
	"  FROM assignment a"
	"  LEFT JOIN user_account p ON p.id = a.user_id"
	"  LEFT JOIN unit n ON n.id = a.unit_id"
	"  LEFT JOIN unit u ON u.id = p.unit_id"
	"  LEFT JOIN user_account h ON h.unit_id = a.unit_id"
	"   AND h.state = 'active' AND EXISTS (SELECT 1 FROM user_role r"
	"        WHERE r.user_id = h.id AND r.role = 'unit_head')"
	" WHERE a.entry_id = ?1 AND a.role = 'lead' AND a.parent_id IS NULL"
	"   AND a.state IN ('sent', 'working', 'done')"
	" ORDER BY h.id LIMIT 1";

static struct fields read_fields(struct query *query, int first,
				 struct arena *arena)
{
	int i = first;
	struct fields fields = { .agency_id = 0 };
	fields.agency_id = query_get_int(query, i++);
	fields.issuer = query_get_text(query, i++, arena);
	fields.symbol = query_get_text(query, i++, arena);
	fields.document_day = query_get_text(query, i++, arena);
	fields.subject = query_get_text(query, i++, arena);
	fields.type_id = query_get_int(query, i++);
	fields.urgency = query_get_int(query, i++);
	fields.signer_name = query_get_text(query, i++, arena);
	fields.signer_position = query_get_text(query, i++, arena);
	fields.pages = query_get_int(query, i++);
	fields.copies = query_get_int(query, i++);
	fields.receiver = query_get_text(query, i++, arena);
	fields.unit_id = query_get_int(query, i++);
	fields.submit_to = query_get_int(query, i++);
	fields.due_day = query_get_text(query, i++, arena);
	fields.note = query_get_text(query, i++, arena);
	fields.channel = query_get_text(query, i++, arena);
	fields.paper = query_get_text(query, i++, arena);
	fields.identifier = query_get_text(query, i++, arena);
	fields.field = query_get_text(query, i++, arena);
	fields.language = query_get_text(query, i++, arena);
	fields.keeper = query_get_text(query, i++, arena);
	fields.passed_day = query_get_text(query, i++, arena);
	fields.dossier_organ = query_get_text(query, i++, arena);
	fields.dossier_year = query_get_int(query, i++);
	fields.dossier_notation = query_get_text(query, i++, arena);
	fields.dossier_ordinal = query_get_int(query, i++);
	return fields;
}

static struct entry read_entry(struct query *query, struct arena *arena)
{
	return (struct entry){
		.id = query_get_int(query, 0),
		.organisation_id = query_get_int(query, 1),
		.direction = direction_find(query_get_text(query, 2, arena)),
		.book_id = query_get_int(query, 3),
		.series_id = query_get_int(query, 4),
		.year = query_get_int(query, 5),
		.number = query_get_int(query, 6),
		.suffix = query_get_text(query, 7, arena),
		.day = query_get_text(query, 8, arena),
		.state = query_get_text(query, 9, arena),
		.status = query_get_text(query, 10, arena),
		.registered_at = query_get_int(query, 11),
		.registered_by = query_get_int(query, 12),
		.letter_id = query_get_int(query, 13),
		.symbol_number = query_get_text(query, 14, arena),
		.symbol_notation = query_get_text(query, 15, arena),
		.duplicate_reason = query_get_text(query, 16, arena),
		.void_at = query_get_int(query, 17),
		.void_by = query_get_int(query, 18),
		.void_reason = query_get_text(query, 19, arena),
		.opened_at = query_get_int(query, 20),
		.version = query_get_int(query, 21),
		.type_name = query_get_text(query, 22, arena),
		.unit_name = query_get_text(query, 23, arena),
		.registered_name = query_get_text(query, 24, arena),
		.void_name = query_get_text(query, 25, arena),
		.fields = read_fields(query, 26, arena),
		.lead_due_day = query_get_text(query, 26 + FIELD_COUNT, arena),
		.lead_name = query_get_text(query, 27 + FIELD_COUNT, arena),
	};
}

static bool read_found(struct query *query, struct arena *arena,
		       struct entry *ret_entry, struct fail *why)
{
	if (query_one(query, why)) {
		*ret_entry = read_entry(query, arena);
		return true;
	}
	return fail_not_found(why, "entry.none",
			      "Không có văn bản này trong sổ.",
			      "no such entry");
}

bool entry_load(struct db *db, int64_t id, struct arena *arena,
		struct entry *ret_entry, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	return read_found(query, arena, ret_entry, why);
}

bool entry_load_number(struct db *db, const struct entry_place *place,
		       struct arena *arena, struct entry *ret_entry,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_by_number, why);
	if (!query)
		return false;
	query_int(query, 1, place->book_id);
	query_int(query, 2, place->year);
	query_int(query, 3, place->number);
	query_text(query, 4, place->suffix ? place->suffix : "");
	return read_found(query, arena, ret_entry, why);
}

static bool denied(struct db *db, const struct entry *entry,
		   struct arena *arena, struct fail *why)
{
	const char *unit = entry->unit_name, *person = entry->registered_name;
	auto_query *query = db_query(db, select_handler, why);
	if (!query)
		return false;
	query_int(query, 1, entry->id);
	if (query_row(query, why)) {
		unit = query_get_text(query, 0, arena);
		person = query_get_text(query, 1, arena);
	}
	if (!unit)
		unit = "đơn vị khác";
	if (!person || !*person)
		person = "đơn vị đó";
	fail(why, FAIL_DENIED,
	     "this document is handled by %s; ask %s for access", unit, person);
	return fail_code(why, "entry.denied",
			 arena_print(arena,
				     "Văn bản này do %s xử lý. Xin quyền xem"
				     " từ %s.",
				     unit, person));
}

bool entry_may_open(struct db *db, const struct entry *entry,
		    const struct actor *actor, struct arena *arena,
		    struct fail *why)
{
	bool is_ours = entry->organisation_id == actor->organisation_id;
	char today[DAY_SIZE];
	if (is_ours && access_sees_all(actor->roles))
		return true;
	if (!is_ours || !access_may(actor->roles, MAY_READ_DOCUMENTS))
		return denied(db, entry, arena, why);
	{
		auto_query *query = db_query(db, select_may_open, why);
		if (!query)
			return false;
		day_print(moment_day(moment_now()), today);
		query_int(query, 1, entry->id);
		query_int(query, 2, actor->id);
		query_int_or_null(query, 3, actor->unit_id);
		query_text(query, 4, today);
		if (!query_one(query, why))
			return false;
		if (query_get_int(query, 0) == 1)
			return true;
	}
	return denied(db, entry, arena, why);
}

static void bind_filter(struct query *query, const struct entry_filter *filter)
{
	const struct actor *viewer = filter->viewer;
	bool all = !viewer || access_sees_all(viewer->roles);
	char today[DAY_SIZE];
	day_print(moment_day(moment_now()), today);
	query_int(query, 1, filter->book_id);
	query_int(query, 2, filter->year);
	query_int(query, 3, filter->after ? filter->after : INT64_MAX);
	query_text(query, 4, filter->after_suffix ? filter->after_suffix : "");
	query_text(query, 5, filter->from_day);
	query_text(query, 6, filter->to_day);
	query_int(query, 7, filter->from_number);
	query_int(query, 8, filter->to_number);
	query_int(query, 9, filter->unit_id);
	query_int(query, 10, filter->agency_id);
	query_int(query, 11, filter->type_id);
	query_text(query, 12, filter->state);
	query_text(query, 13, filter->status);
	query_text(query, 14, filter->due_before);
	query_int(query, 15, all ? 0 : viewer->id);
	query_int_or_null(query, 16, all ? 0 : viewer->unit_id);
	query_text(query, 17, today);
}

bool entry_list(struct db *db, const struct entry_filter *filter,
		struct arena *arena, struct entry_list *ret_list,
		struct fail *why)
{
	int64_t limit = filter->limit ? filter->limit : 100;
	if (limit < 1 || limit > ENTRY_PAGE_MAX)
		return fail(why, FAIL_INVALID, "a page has 1 to %d lines",
			    ENTRY_PAGE_MAX);
	auto_query *query = db_query(db, select_page, why);
	if (!query)
		return false;
	bind_filter(query, filter);
	query_int(query, 18, limit + 1);
	struct entry *all = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = read_entry(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	struct entry_list list = { .entries = all, .count = count };
	if (count > (size_t)limit) {
		list.count = (size_t)limit;
		list.next_after = all[limit - 1].number;
		list.next_suffix = all[limit - 1].suffix;
	}
	*ret_list = list;
	return true;
}

bool entry_count_days(struct db *db, const struct entry_filter *filter,
		      struct arena *arena, struct entry_day_list *ret_list,
		      struct fail *why)
{
	struct entry_filter whole = *filter;
	whole.after = 0;
	auto_query *query = db_query(db, count_by_day, why);
	if (!query)
		return false;
	bind_filter(query, &whole);
	struct entry_day_count *days = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		days = arena_grow(arena, days, count, sizeof(*days));
		days[count++] = (struct entry_day_count){
			.day = query_get_text(query, 0, arena),
			.count = query_get_int(query, 1),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct entry_day_list){ days, count };
	return true;
}

bool entry_count(struct db *db, const struct entry_filter *filter,
		 int64_t *ret_count, struct fail *why)
{
	struct entry_filter whole = *filter;
	whole.after = 0;
	auto_query *query = db_query(db, count_all, why);
	if (!query)
		return false;
	bind_filter(query, &whole);
	if (!query_one(query, why))
		return false;
	*ret_count = query_get_int(query, 0);
	return true;
}

bool entry_list_receivers(struct db *db, int64_t id, struct arena *arena,
			  struct entry_receivers *ret_receivers,
			  struct fail *why)
{
	auto_query *query = db_query(db, select_receivers, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	struct entry_receiver *all = NULL;
	size_t count = 0;
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct entry_receiver){
			.unit_id = query_get_int(query, 0),
			.user_id = query_get_int(query, 1),
			.agency_id = query_get_int(query, 2),
			.name = query_get_text(query, 3, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_receivers = (struct entry_receivers){ all, count };
	return true;
}
