#include "exchange/report_sheet.h"

enum {
	COLUMNS = 6,
	SENTENCES = 8
};

static const struct sheet_column columns[COLUMNS] = {
	{ "Đơn vị chủ trì", 0, SHEET_TEXT },
	{ "Được giao", 20, SHEET_FIGURE },
	{ "Đã xong", 20, SHEET_FIGURE },
	{ "Đang xử lý", 20, SHEET_FIGURE },
	{ "Quá hạn", 20, SHEET_FIGURE },
	{ "Đúng hạn", 42, SHEET_TEXT },
};

/* "4.875" */
static const char *print_count(int64_t count, struct arena *arena)
{
	if (count < 1000)
		return arena_print(arena, "%lld", (long long)count);
	return arena_print(arena, "%s.%03lld",
			   print_count(count / 1000, arena),
			   (long long)(count % 1000));
}

/* "95,4": one place, as figures are written in Vietnamese. */
static const char *print_tenths(double value, struct arena *arena)
{
	int64_t tenths = (int64_t)(value * 10 + 0.5);

	return arena_print(arena, "%s,%lld", print_count(tenths / 10, arena),
			   (long long)(tenths % 10));
}

/* "4.120/4.317 (95,4%)" */
static const char *print_share(int64_t count, int64_t of, struct arena *arena)
{
	if (of <= 0)
		return "–";
	return arena_print(arena, "%s/%s (%s%%)", print_count(count, arena),
			   print_count(of, arena),
			   print_tenths((double)count * 100 / (double)of,
					arena));
}

static const char *against(const struct report_figure *figure,
			   struct arena *arena)
{
	double change;

	if (figure->last <= 0)
		return "";
	change = (figure->value / figure->last - 1) * 100;
	return arena_print(arena, " (cùng kỳ năm trước: %s, %s %s%%)",
			   print_count((int64_t)figure->last, arena),
			   change < 0 ? "giảm" : "tăng",
			   print_tenths(change < 0 ? -change : change, arena));
}

static const char *say_count(const char *what,
			     const struct report_figure *figure,
			     struct arena *arena)
{
	return arena_print(arena, "%s: %s văn bản%s.", what,
			   print_count((int64_t)figure->value, arena),
			   against(figure, arena));
}

static const char *say_on_time(const struct report_figure *figure,
			       struct arena *arena)
{
	if (figure->of <= 0)
		return "3. Giải quyết đúng hạn: chưa có văn bản nào đến hạn.";
	return arena_print(arena,
			   "3. Giải quyết đúng hạn: %s văn bản có thời hạn.",
			   print_share(figure->count, figure->of, arena));
}

static const char *say_minutes(const struct report_figure *figure,
			       struct arena *arena)
{
	if (figure->value < 0)
		return "5. Từ lúc nhận đến lúc đăng ký: chưa có số liệu.";
	return arena_print(arena,
			   "5. Từ lúc nhận đến lúc đăng ký: %s phút (trung "
			   "vị, giờ làm việc).",
			   print_count((int64_t)(figure->value + 0.5), arena));
}

static const char *say_buckets(const struct report_buckets *buckets,
			       struct arena *arena)
{
	return arena_print(
		arena,
		"6. Văn bản có thời hạn: trong hạn %s đã giải quyết, %s đang "
		"giải quyết, %s chưa giải quyết; quá hạn %s đã giải quyết trễ, "
		"%s đang giải quyết, %s chưa giải quyết; đến hạn hôm nay %s "
		"đang giải quyết, %s chưa giải quyết.",
		print_count(buckets->in_time_done, arena),
		print_count(buckets->in_time_working, arena),
		print_count(buckets->in_time_new, arena),
		print_count(buckets->late_done, arena),
		print_count(buckets->overdue_working, arena),
		print_count(buckets->overdue_new, arena),
		print_count(buckets->today_working, arena),
		print_count(buckets->today_new, arena));
}

static void set_sentences(const struct report_print *print,
			  struct sheet *sheet, struct arena *arena)
{
	const char **lines = arena_array(arena, SENTENCES, sizeof(*lines));
	size_t count = 0;

	lines[count++] = say_count("1. Văn bản đến", &print->incoming, arena);
	lines[count++] = say_count("2. Văn bản đi", &print->outgoing, arena);
	lines[count++] = say_on_time(&print->on_time, arena);
	lines[count++] = arena_print(
		arena, "4. Quá hạn, đang xử lý: %s văn bản.",
		print_count((int64_t)print->overdue.value, arena));
	lines[count++] = say_minutes(&print->minutes_to_register, arena);
	lines[count++] = say_buckets(&print->buckets, arena);
	lines[count++] = "7. Theo đơn vị chủ trì:";
	sheet->sentences = lines;
	sheet->sentence_count = count;
}

static const char *const *row_of(const struct report_unit *unit,
				 struct arena *arena)
{
	const char **cells = arena_array(arena, COLUMNS, sizeof(*cells));
	const int64_t figures[] = { unit->assigned, unit->done, unit->working,
				    unit->overdue };

	cells[0] = unit->name;
	for (size_t i = 0; i < 4; i++)
		cells[i + 1] = arena_print(arena, "%lld",
					   (long long)figures[i]);
	cells[5] = print_share(unit->on_time, unit->counted, arena);
	return cells;
}

static const struct sheet_row *make_rows(const struct report_print *print,
					 struct arena *arena)
{
	struct report_unit all = { .name = "Toàn cơ quan" };
	struct sheet_row *rows =
		arena_array(arena, print->unit_count + 1, sizeof(*rows));

	for (size_t i = 0; i < print->unit_count; i++) {
		const struct report_unit *unit = &print->units[i];

		all.assigned += unit->assigned;
		all.done += unit->done;
		all.working += unit->working;
		all.overdue += unit->overdue;
		all.on_time += unit->on_time;
		all.counted += unit->counted;
		rows[i] = (struct sheet_row){ .cells = row_of(unit, arena) };
	}
	rows[print->unit_count] =
		(struct sheet_row){ .cells = row_of(&all, arena) };
	return rows;
}

struct sheet report_sheet(const struct report_print *print,
			  struct arena *arena)
{
	auto_text from = { 0 }, to = { 0 };
	struct sheet sheet = {
		.superior = print->superior,
		.organisation = print->organisation,
		.title = "BÁO CÁO TÌNH HÌNH GIẢI QUYẾT VĂN BẢN",
		.printed = print->printed,
		.columns = columns,
		.column_count = COLUMNS,
		.rows = make_rows(print, arena),
		.row_count = print->unit_count + 1,
		.is_portrait = true,
	};

	sheet_print_day(print->from, &from);
	sheet_print_day(print->to, &to);
	sheet.period = arena_print(arena, "từ ngày %s đến ngày %s",
				   text_string(&from), text_string(&to));
	set_sentences(print, &sheet, arena);
	return sheet;
}
