#include "base/embedded.h"
#include "base/log.h"
#include "web/visit.h"
#include <string.h>

static const char app_policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; "
	"img-src 'self' data:; font-src 'self'; connect-src 'self'; "
	"frame-src 'self'; object-src 'self'; base-uri 'none'; "
	"form-action 'self'; frame-ancestors 'none'";

static unsigned status_of(const struct fail *why)
{
	static const unsigned statuses[FAIL_KIND_COUNT] = {
		500,
		400,
		404,
		409,
		403,
		413,
		503,
		502,
		500,
	};

	if (strcmp(why->code, "disk.full") == 0)
		return 507;
	if (strncmp(why->code, "session.", 8) == 0 ||
	    strcmp(why->code, "login.wrong") == 0)
		return 401;
	if (strcmp(why->code, "login.locked") == 0)
		return 429;
	return statuses[why->kind];
}

void answer_add_safe_headers(struct http_request *http, const struct web *web)
{
	http_reply_header(http, "X-Content-Type-Options", "nosniff");
	http_reply_header(http, "Referrer-Policy", "same-origin");
	http_reply_header(http, "Cross-Origin-Resource-Policy", "same-origin");
	if (web->settings.behind_tls)
		http_reply_header(http, "Strict-Transport-Security",
				  "max-age=31536000");
}

static void reply_json(struct visit *visit, unsigned status,
		       const struct tree *tree)
{
	auto_text json = { 0 };

	tree_print(tree, &json);
	answer_add_safe_headers(visit->http, visit->web);
	http_reply_header(visit->http, "Cache-Control", "no-store");
	http_reply(visit->http, status, "application/json",
		   bytes_of(text_string(&json)));
}

void answer_tree(struct visit *visit)
{
	reply_json(visit, visit->status ? visit->status : 200, visit->answer);
}

static const char *neutral_hint(const struct fail *why)
{
	static const char *const hints[FAIL_KIND_COUNT] = {
		"",
		"Dữ liệu gửi lên chưa đúng.",
		"Không tìm thấy.",
		"Dữ liệu đã thay đổi, hãy tải lại.",
		"Bạn chưa có quyền làm việc này.",
		"Vượt quá giới hạn cho phép.",
		"Hệ thống đang bận, hãy thử lại.",
		"Máy chủ bên kia không trả lời.",
		"Hệ thống gặp lỗi. Chưa có gì được lưu.",
	};

	return why->hint ? why->hint : hints[why->kind];
}

void answer_fail(struct visit *visit, const struct fail *why)
{
	auto_tree *tree = tree_create();
	struct tree *error = tree_set_tree(tree, "error");
	struct tree *message;
	static const char neutral[] =
		"something went wrong here; nothing was saved";
	bool broken = why->kind == FAIL_BROKEN || why->kind == FAIL_NONE;

	if (broken)
		log_event(LOG_LEVEL_ERROR, "request.broken", "request",
			  http_request_id(visit->http), "path",
			  http_request_path(visit->http), "why",
			  why->sentence, NULL);
	tree_set_text(error, "code", why->code);
	tree_set_text(error, "kind", fail_kind_name(why->kind));
	message = tree_set_tree(error, "message");
	tree_set_text(message, "vi", neutral_hint(why));
	tree_set_text(message, "en", broken ? neutral : why->sentence);
	tree_set_text(error, "request", http_request_id(visit->http));
	if (visit->answer && tree_has(visit->answer, "details"))
		tree_set_copy(error, "details",
			      tree_member(visit->answer, "details"));
	reply_json(visit, status_of(why), tree);
}

void answer_bytes(struct visit *visit, const char *type, const char *content)
{
	answer_add_safe_headers(visit->http, visit->web);
	http_reply_header(visit->http, "Cache-Control", "no-store");
	http_reply(visit->http, 200, type, bytes_of(content));
}

static const char *type_of(const char *name)
{
	static const char *const types[][2] = {
		{ ".html", "text/html; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".css", "text/css; charset=utf-8" },
		{ ".woff2", "font/woff2" },
		{ ".svg", "image/svg+xml" },
		{ ".png", "image/png" },
		{ ".json", "application/json" },
	};
	size_t size = strlen(name);

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		size_t tail = strlen(types[i][0]);
		if (size > tail && strcmp(name + size - tail, types[i][0]) == 0)
			return types[i][1];
	}
	return "application/octet-stream";
}

static const struct embedded_file *find_asset(const char *name)
{
	for (const struct embedded_file *file = embedded_assets; file->name;
	     file++)
		if (strcmp(file->name, name) == 0)
			return file;
	return NULL;
}

static void reply_asset(struct http_request *http, const char *name,
			const struct embedded_file *file)
{
	const char *accepts = http_request_header(http, "Accept-Encoding");
	const struct embedded_file *packed = find_asset(
		arena_print(http_request_arena(http), "%s.gz", name));

	if (packed && accepts && strstr(accepts, "gzip")) {
		http_reply_header(http, "Content-Encoding", "gzip");
		file = packed;
	}
	http_reply_header(http, "Vary", "Accept-Encoding");
	http_reply_static(http, 200, type_of(name),
			  (struct bytes){ file->content, file->size });
}

/* /assets/… by name with a content hash; every other path is the app. */
void answer_asset(struct http_request *http, const struct web *web)
{
	const char *path = http_request_path(http) + 1;
	const struct embedded_file *file = find_asset(path);

	answer_add_safe_headers(http, web);
	http_reply_header(http, "Content-Security-Policy", app_policy);
	if (strncmp(path, "assets/", 7) == 0 && file) {
		http_reply_header(http, "Cache-Control",
				  "public, max-age=31536000, immutable");
		reply_asset(http, path, file);
		return;
	}
	file = find_asset("index.html");
	http_reply_header(http, "Cache-Control", "no-cache");
	if (strncmp(path, "assets/", 7) == 0 || !file)
		http_reply_static(http, 404, "text/plain; charset=utf-8",
				  bytes_of("Không có trang này.\n"));
	else
		reply_asset(http, "index.html", file);
}
