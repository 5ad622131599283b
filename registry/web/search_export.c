/* All of what a search finds, as a table. */
#include "base/moment.h"
#include "core/kind.h"
#include "core/organisation.h"
#include "core/unit.h"
#include "exchange/sheet.h"
#include "web/printed.h"
#include "web/search.h"
#include <string.h>

enum {
	COLUMNS = 11,
	FILE_MAX = 128 * 1024 * 1024
};

static const struct sheet_column columns[COLUMNS] = {
	{ "Sổ", 14, SHEET_TEXT },
	{ "Số", 14, SHEET_NUMBER },
	{ "Ngày", 19.5, SHEET_DAY },
	{ "Số, ký hiệu văn bản", 32.5, SHEET_SYMBOL },
	{ "Tác giả", 30, SHEET_TEXT },
	{ "Tên loại", 19, SHEET_TEXT },
	{ "Trích yếu nội dung văn bản", 0, SHEET_TEXT },
	{ "Người ký", 25, SHEET_TEXT },
	{ "Đơn vị xử lý", 28, SHEET_TEXT },
	{ "Tình trạng", 19, SHEET_TEXT },
	{ "Ghi chú", 14, SHEET_TEXT },
};

struct table {
	struct visit *visit;
	struct kind_list kinds;
	struct unit_list units;
	struct sheet_row *rows;
	size_t count;
};

static bool refuse_many(struct visit *visit, struct fail *why)
{
	long long most = (long long)visit->web->settings.export_max;

	fail(why, FAIL_LIMIT, "at most %lld results are exported at once",
	     most);
	return fail_code(why, "search.export_limit",
			 "Kết quả nhiều hơn mức xuất một lần. Hãy lọc bớt.");
}

static const char *kind_name(const struct table *table, int64_t id)
{
	for (size_t i = 0; i < table->kinds.count; i++)
		if (table->kinds.kinds[i].id == id)
			return table->kinds.kinds[i].name;
	return NULL;
}

static const char *unit_name(const struct table *table, int64_t id)
{
	for (size_t i = 0; i < table->units.count; i++)
		if (table->units.units[i].id == id)
			return table->units.units[i].name;
	return NULL;
}

static const char *book_of(const struct search_hit *hit)
{
	if (strcmp(hit->kind, "letter") == 0)
		return "Thư";
	return hit->direction[0] == 'i' ? "Đến" : "Đi";
}

/* The hit goes with its page, the row stays. */
static void add_row(struct table *table, const struct search_hit *hit)
{
	struct arena *arena = table->visit->arena;
	const struct search_text *issuer =
		hit->issuer.string[0] ? &hit->issuer : &hit->sender;
	const char **cells = arena_array(arena, COLUMNS, sizeof(*cells));
	struct sheet_row *row = &table->rows[table->count++];

	cells[0] = book_of(hit);
	cells[1] = arena_copy(arena, hit->number.string);
	cells[2] = arena_copy(arena, hit->date);
	cells[3] = arena_copy(arena, hit->symbol.string);
	cells[4] = arena_copy(arena, issuer->string);
	cells[5] = kind_name(table, hit->type_id);
	cells[6] = arena_copy(arena, hit->subject.string);
	cells[7] = arena_copy(arena, hit->signer.string);
	cells[8] = unit_name(table, hit->unit_id);
	cells[9] = printed_status(hit->status);
	cells[10] = hit->is_void ? "Hủy số" : NULL;
	*row = (struct sheet_row){ .cells = cells, .struck = hit->is_void };
}

/* Page by page: of a page only its rows are kept. */
static bool find_rows(struct table *table, struct fail *why)
{
	struct visit *visit = table->visit;
	size_t most = (size_t)visit->web->settings.export_max;
	struct search_request request = search_request_of(visit);
	auto_arena *page = arena_create(0);
	struct search_answer answer;

	request.limit = SEARCH_LIMIT_MAX;
	request.after = NULL;
	do {
		arena_reset(page);
		if (!search_find(visit->db, &request, page, &answer, why))
			return false;
		for (size_t i = 0; i < answer.hit_count; i++) {
			if (table->count == most)
				return refuse_many(visit, why);
			table->rows =
				arena_grow(visit->arena, table->rows,
					   table->count, sizeof(*table->rows));
			add_row(table, &answer.hits[i]);
		}
		request.after = answer.next_after
					? arena_copy(visit->arena,
						     answer.next_after)
					: NULL;
	} while (request.after);
	return true;
}

/* What was asked for, as the address had it. */
static const char *describe(struct visit *visit, const struct table *table,
			    const struct printed_format *format)
{
	static const char *const names[] = { "q", "kind", "direction",
					     "book", "issuer", "type",
					     "unit", "year", "status",
					     "signer", "urgency",
					     "deadline", "file",
					     "from", "to" };
	auto_tree *detail = tree_create();
	auto_text json = { 0 };

	tree_set_text(detail, "format", format->name);
	tree_set_int(detail, "lines", (int64_t)table->count);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = http_request_query(visit->http, names[i]);

		if (value && *value)
			tree_set_text(detail, names[i], value);
	}
	tree_print(detail, &json);
	return arena_copy(visit->arena, text_string(&json));
}

static const char *period_of(struct visit *visit)
{
	const char *from = http_request_query(visit->http, "from");
	const char *to = http_request_query(visit->http, "to");
	auto_text words = { 0 };

	if (from && *from) {
		text_add(&words, "từ ngày ");
		sheet_print_day(from, &words);
	}
	if (to && *to) {
		text_add(&words, words.size ? " đến ngày " : "đến ngày ");
		sheet_print_day(to, &words);
	}
	return arena_copy(visit->arena, text_string(&words));
}

static bool fill(struct visit *visit, struct table *table,
		 struct sheet *sheet, struct fail *why)
{
	int64_t id = visit->actor.organisation_id;
	struct organisation organisation;

	if (!organisation_load(visit->db, id, visit->arena, &organisation,
			       why) ||
	    !kind_list(visit->db, id, NULL, visit->arena, &table->kinds,
		       why) ||
	    !unit_list(visit->db, id, NULL, visit->arena, &table->units,
		       why) ||
	    !find_rows(table, why))
		return false;
	*sheet = (struct sheet){
		.superior = organisation.superior,
		.organisation = organisation.name,
		.title = "KẾT QUẢ TRA CỨU VĂN BẢN",
		.period = period_of(visit),
		.printed = printed_when(visit),
		.columns = columns,
		.column_count = COLUMNS,
		.rows = table->rows,
		.row_count = table->count,
	};
	return true;
}

bool search_export_route(struct visit *visit, struct fail *why)
{
	const struct printed_format *format =
		printed_format_find(visit, "xlsx");
	struct printed *printed = arena_alloc(visit->arena, sizeof(*printed));
	struct table table = { .visit = visit };
	auto_text file = { .limit = FILE_MAX };
	char today[DAY_SIZE];
	struct sheet sheet;

	if (!format)
		return fail(why, FAIL_INVALID,
			    "'format' must be pdf, xlsx, docx or csv");
	if (!fill(visit, &table, &sheet, why) ||
	    !format->print(&sheet, &file, why))
		return false;
	day_print(moment_day(moment_now()), today);
	printed->name = arena_print(visit->arena, "tra-cuu-%s.%s", today,
				    format->name);
	printed->type = format->type;
	printed->action = "search.export";
	printed->object_type = "search";
	printed->detail = describe(visit, &table, format);
	return printed_send(visit, printed, &file);
}
