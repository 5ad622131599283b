#include "web/printed.h"
#include "base/moment.h"
#include "core/audit.h"
#include "core/entry_list.h"
#include "exchange/sheet.h"
#include <string.h>

static const struct printed_format formats[] = {
	{ "pdf", "application/pdf", sheet_print_pdf },
	{ "xlsx",
	  "application/vnd.openxmlformats-officedocument."
	  "spreadsheetml.sheet",
	  sheet_print_xlsx },
	{ "docx",
	  "application/vnd.openxmlformats-officedocument."
	  "wordprocessingml.document",
	  sheet_print_docx },
	{ "csv", "text/csv; charset=utf-8", sheet_print_csv },
};

const struct printed_format *printed_format_find(struct visit *visit,
						 const char *fallback)
{
	const char *name = http_request_query(visit->http, "format");

	for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++)
		if (strcmp(formats[i].name, name ? name : fallback) == 0)
			return &formats[i];
	return NULL;
}

const char *printed_status(const char *status)
{
	static const char *const words[][2] = {
		{ "registered", "Chờ trình" },
		{ "submitted", "Chờ bút phê" },
		{ "routed", "Đã chuyển" },
		{ "working", "Đang xử lý" },
		{ "done", "Hoàn thành" },
		{ "information", "Để biết" },
		{ "paused", "Tạm dừng" },
		{ "issued", "Đã ban hành" },
		{ "recalled", "Đã thu hồi" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (strcmp(status, words[i][0]) == 0)
			return words[i][1];
	return "";
}

const char *printed_when(struct visit *visit)
{
	int64_t now = moment_now(), minute;
	struct day day = moment_day(now);

	minute = (now - moment_of_day(day)) / 60;
	return arena_print(visit->arena,
			   "In từ hệ thống lúc %02d:%02d ngày %d/%d/%d, người "
			   "in: %s",
			   (int)(minute / 60), (int)(minute % 60), day.day,
			   day.month, day.year, visit->actor.name);
}

static bool write_printed(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;
	const struct printed *printed = visit->own;
	const struct audit_event event = {
		.actor_id = visit->actor.id,
		.actor_name = visit->actor.name,
		.action = printed->action,
		.object_type = printed->object_type,
		.object_id = printed->object_id,
		.detail_json = printed->detail,
	};

	if (printed->opens && !entry_opened(db, printed->object_id,
					    &visit->actor, 0, why))
		return false;
	return audit_add(db, &event, why);
}

static void send_printed(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;
	const struct printed *printed = visit->own;

	if (!ok) {
		answer_fail(visit, why);
		return;
	}
	answer_add_safe_headers(visit->http, visit->web);
	http_reply_header(visit->http, "Cache-Control", "no-store");
	if (printed->shown)
		answer_add_viewer_policy(visit->http);
	http_reply_header(visit->http, "Content-Disposition",
			  arena_print(visit->arena, "%s; filename=\"%s\"",
				      printed->shown ? "inline" : "attachment",
				      printed->name));
	http_reply(visit->http, 200, printed->type, printed->content);
}

bool printed_send(struct visit *visit, struct printed *printed,
		  const struct text *file)
{
	printed->content = (struct bytes){
		(const unsigned char *)arena_copy_part(
			visit->arena, file->string, file->size),
		file->size
	};
	visit->own = printed;
	visit_write_with(visit, write_printed, send_printed);
	return true;
}
