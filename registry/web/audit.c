/* The audit chain for people: filtered, in words, as a table. */
#include "core/audit.h"
#include "base/moment.h"
#include "core/organisation.h"
#include "exchange/sheet.h"
#include "web/clock.h"
#include "web/printed.h"
#include <string.h>

enum {
	COLUMNS = 7,
	PAGE = 500,
	FILE_MAX = 128 * 1024 * 1024
};

static const struct sheet_column columns[COLUMNS] = {
	{ "Dòng", 16, SHEET_NUMBER },
	{ "Lúc", 34, SHEET_TEXT },
	{ "Người", 40, SHEET_TEXT },
	{ "Thao tác", 34, SHEET_TEXT },
	{ "Đối tượng", 40, SHEET_TEXT },
	{ "Nội dung", 0, SHEET_TEXT },
	{ "Từ", 34, SHEET_TEXT },
};

/* Microseconds of a day's first moment; 0 without one. */
static bool read_day(struct visit *visit, const char *name, int64_t add,
		     int64_t *ret_at, struct fail *why)
{
	const char *text = http_request_query(visit->http, name);
	struct day day;

	*ret_at = 0;
	if (!text || !*text)
		return true;
	if (!day_parse(text, &day)) {
		fail(why, FAIL_INVALID, "'%s' is not a day", name);
		return fail_code(why, "field.invalid", "Ngày chưa đúng.");
	}
	*ret_at = moment_of_day(day_from_number(day_number(day) + add)) *
		  1000000;
	return true;
}

static const char *query_word(struct visit *visit, const char *name)
{
	const char *word = http_request_query(visit->http, name);

	return word && *word ? word : NULL;
}

static bool read_filter(struct visit *visit, struct audit_filter *ret,
			struct fail *why)
{
	*ret = (struct audit_filter){
		.object_type = query_word(visit, "object_type"),
		.object_id = visit_query_int(visit, "object", 0),
		.action = query_word(visit, "action"),
		.actor_id = visit_query_int(visit, "actor", 0),
		.before = visit_query_int(visit, "before", 0),
		.limit = visit_query_int(visit, "limit", 100),
	};
	return read_day(visit, "from", 0, &ret->from, why) &&
	       read_day(visit, "to", 1, &ret->until, why);
}

static bool present_row(struct visit *visit, const struct audit_row *row,
			struct tree *out, struct fail *why)
{
	const char *name, *direction;
	struct fail ignored;
	auto_tree *detail = tree_parse(bytes_of(row->detail_json), &ignored);

	if (!audit_find_object(visit->db, row, visit->arena, &name, &direction,
			       why))
		return false;
	tree_set_int(out, "seq", row->seq);
	tree_set_int(out, "at", row->at / 1000000);
	tree_set_text(out, "actor", row->actor_name);
	tree_set_bool(out, "program", row->actor_id == 0);
	tree_set_text(out, "action", row->action);
	tree_set_text(out, "object_type", row->object_type);
	tree_set_int(out, "object", row->object_id);
	tree_set_text(out, "object_name", name);
	tree_set_text(out, "direction", direction);
	tree_set_text(out, "origin", row->origin);
	if (detail)
		tree_set_copy(out, "detail", detail);
	return true;
}

bool audit_show(struct visit *visit, struct fail *why)
{
	struct clock_chain state = clock_work_chain(visit->web->clock);
	struct audit_filter filter;
	struct audit_list list;
	struct tree *items, *chain;

	if (!read_filter(visit, &filter, why) ||
	    !audit_load_list(visit->db, &filter, visit->arena, &list, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++)
		if (!present_row(visit, &list.items[i], tree_add_tree(items),
				 why))
			return false;
	chain = tree_set_tree(visit->answer, "chain");
	tree_set_int(chain, "at", state.at);
	tree_set_int(chain, "rows", state.rows);
	tree_set_int(chain, "broken", state.broken);
	return true;
}

struct table {
	struct visit *visit;
	struct sheet_row *rows;
	size_t count;
};

/* "24/06/2026 08:17:02" in Việt Nam. */
static const char *print_at(int64_t micro, struct arena *arena)
{
	int64_t at = micro / 1000000;
	struct day day = moment_day(at);
	int64_t second = at - moment_of_day(day);

	return arena_print(arena, "%02d/%02d/%04d %02d:%02d:%02d", day.day,
			   day.month, day.year, (int)(second / 3600),
			   (int)(second / 60 % 60), (int)(second % 60));
}

static bool add_row(struct table *table, const struct audit_row *row,
		    struct fail *why)
{
	struct arena *arena = table->visit->arena;
	const char **cells = arena_array(arena, COLUMNS, sizeof(*cells));
	const char *name, *direction;

	if (!audit_find_object(table->visit->db, row, arena, &name, &direction,
			       why))
		return false;
	cells[0] = arena_print(arena, "%lld", (long long)row->seq);
	cells[1] = print_at(row->at, arena);
	cells[2] = arena_copy(arena, row->actor_name);
	cells[3] = arena_copy(arena, row->action);
	if (!*name && row->object_id)
		name = arena_print(arena, "%lld", (long long)row->object_id);
	cells[4] = arena_print(arena, "%s %s %s", row->object_type, direction,
			       name);
	cells[5] = strcmp(row->detail_json, "{}") == 0
			   ? NULL
			   : arena_copy(arena, row->detail_json);
	cells[6] = row->origin ? arena_copy(arena, row->origin) : NULL;
	table->rows = arena_grow(arena, table->rows, table->count,
				 sizeof(*table->rows));
	table->rows[table->count++] = (struct sheet_row){ .cells = cells };
	return true;
}

static bool refuse_many(const struct visit *visit, struct fail *why)
{
	fail(why, FAIL_LIMIT, "at most %lld lines are exported at once",
	     (long long)visit->web->settings.export_max);
	return fail_code(why, "audit.export_limit",
			 "Nhật ký nhiều dòng hơn mức xuất một lần. Hãy chọn"
			 " khoảng ngày ngắn hơn.");
}

/* Page by page: of a page only its rows are kept. */
static bool find_rows(struct table *table, struct fail *why)
{
	struct visit *visit = table->visit;
	size_t most = (size_t)visit->web->settings.export_max;
	auto_arena *page = arena_create(0);
	struct audit_filter filter;
	struct audit_list list;

	if (!read_filter(visit, &filter, why))
		return false;
	filter.limit = PAGE;
	do {
		arena_reset(page);
		if (!audit_load_list(visit->db, &filter, page, &list, why))
			return false;
		if (table->count + list.count > most)
			return refuse_many(visit, why);
		for (size_t i = 0; i < list.count; i++)
			if (!add_row(table, &list.items[i], why))
				return false;
		if (list.count > 0)
			filter.before = list.items[list.count - 1].seq;
	} while (list.count == PAGE);
	return true;
}

static const char *describe(const struct table *table,
			    const struct printed_format *format)
{
	static const char *const names[] = { "from", "to", "actor", "action",
					     "object_type", "object" };
	auto_tree *detail = tree_create();
	auto_text json = { 0 };

	tree_set_text(detail, "format", format->name);
	tree_set_int(detail, "lines", (int64_t)table->count);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = query_word(table->visit, names[i]);

		if (value)
			tree_set_text(detail, names[i], value);
	}
	tree_print(detail, &json);
	return arena_copy(table->visit->arena, text_string(&json));
}

bool audit_export_route(struct visit *visit, struct fail *why)
{
	const struct printed_format *format = printed_format_find(visit, "csv");
	struct printed *printed = arena_alloc(visit->arena, sizeof(*printed));
	struct table table = { .visit = visit };
	auto_text file = { .limit = FILE_MAX };
	struct organisation organisation;
	struct sheet sheet = { .title = "NHẬT KÝ",
			       .columns = columns,
			       .column_count = COLUMNS };
	char today[DAY_SIZE];

	if (!format)
		return fail(why, FAIL_INVALID,
			    "'format' must be pdf, xlsx, docx or csv");
	if (!organisation_load(visit->db, visit->actor.organisation_id,
			       visit->arena, &organisation, why) ||
	    !find_rows(&table, why))
		return false;
	sheet.superior = organisation.superior;
	sheet.organisation = organisation.name;
	sheet.printed = printed_when(visit);
	sheet.rows = table.rows;
	sheet.row_count = table.count;
	if (!format->print(&sheet, &file, why))
		return false;
	day_print(moment_day(moment_now()), today);
	printed->name = arena_print(visit->arena, "nhat-ky-%s.%s", today,
				    format->name);
	printed->type = format->type;
	printed->action = "audit.export";
	printed->object_type = "audit";
	printed->detail = describe(&table, format);
	return printed_send(visit, printed, &file);
}
