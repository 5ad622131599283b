/*
 * From a request to its handler: the route, the token or session, the body,
 * then a worker or the writer. Nothing here waits on an I/O thread.
 */
#include "web/serve.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include "base/secret.h"
#include "core/substitute.h"
#include "web/visit.h"
#include <stdlib.h>
#include <string.h>

int64_t visit_id(const struct visit *visit)
{
	char *end;
	long long id = strtoll(visit->parameters[0], &end, 10);

	return *end || id < 0 ? 0 : id;
}

bool visit_need_id(const struct visit *visit, struct fail *why)
{
	return visit_id(visit) > 0 ||
	       fail(why, FAIL_NOT_FOUND, "no such id");
}

int64_t visit_query_int(struct visit *visit, const char *name,
			int64_t fallback)
{
	const char *text = http_request_query(visit->http, name);
	char *end;
	long long value;

	if (!text || !*text)
		return fallback;
	value = strtoll(text, &end, 10);
	return *end ? fallback : value;
}

bool visit_need_body(struct visit *visit, struct fail *why)
{
	if (visit->body)
		return true;
	return fail(why, FAIL_INVALID, "the body must be a json object");
}

const char *visit_token(struct visit *visit)
{
	const char *name =
		visit->web->settings.behind_tls ? "__Host-svb" : "svb";

	return http_request_cookie(visit->http, name);
}

/* X-Real-IP is set anew by the proxy (scripts/nginx.conf); from anybody else
 * than a proxy here it says nothing. */
const char *visit_address(struct visit *visit)
{
	const char *peer = http_request_peer(visit->http);
	const char *named = http_request_header(visit->http, "X-Real-IP");
	bool here = strcmp(peer, "127.0.0.1") == 0 || strcmp(peer, "::1") == 0;

	if (!visit->web->settings.behind_tls || !here || !named ||
	    strlen(named) > 45)
		return peer;
	return named;
}

static bool is_command(const struct route *route)
{
	return strncmp(route->pattern, "/api/v1/command/", 16) == 0;
}

const char *visit_origin(struct visit *visit)
{
	const char *agent = http_request_header(visit->http, "User-Agent");

	if (is_command(visit->route))
		return "command";
	if (visit->route->permission == PERMISSION_GATEWAY)
		return "gateway";
	return arena_print(visit->arena, "%s%s", visit_address(visit),
			   agent && strstr(agent, "Mobi") ? " phone" : "");
}

static bool check_program(struct visit *visit, struct fail *why)
{
	const char *sent = http_request_header(visit->http, "Authorization");
	const struct web *web = visit->web;
	bool command = is_command(visit->route);
	const char *token = command ? web->command_token : web->gateway_token;

	if (!sent || strncmp(sent, "Bearer ", 7) != 0 ||
	    !secret_equal(sent + 7, token)) {
		fail(why, FAIL_DENIED, "the token is not ours");
		return fail_code(why, "session.token", NULL);
	}
	if (is_command(visit->route) && !http_request_is_unix(visit->http))
		return fail(why, FAIL_DENIED, "commands use the socket");
	return true;
}

/* Cross-site requests carry a foreign Origin or none of our header. */
static bool check_origin(struct visit *visit, struct fail *why)
{
	enum http_method method = http_request_method(visit->http);
	const char *origin = http_request_header(visit->http, "Origin");
	const char *host = http_request_header(visit->http, "Host");
	const char *site = http_request_header(visit->http, "Sec-Fetch-Site");
	const char *ours = http_request_header(visit->http, "X-Requested-With");
	const char *name = origin ? strstr(origin, "://") : NULL;

	if (method == HTTP_GET || method == HTTP_HEAD)
		return true;
	if ((site && strcmp(site, "same-origin") != 0) ||
	    (origin && (!name || !host || strcmp(name + 3, host) != 0)) ||
	    !ours || strcmp(ours, "svb") != 0) {
		fail(why, FAIL_DENIED, "the request comes from another site");
		return fail_code(why, "request.foreign",
				 "Yêu cầu đến từ trang khác nên bị từ chối.");
	}
	return true;
}

static bool fail_session(struct fail *why)
{
	fail(why, FAIL_DENIED, "not signed in");
	return fail_code(why, "session.none",
			 "Phiên đã hết hạn. Đăng nhập lại tại đây. Nội dung "
			 "đang nhập được giữ nguyên.");
}

static bool check_person(struct visit *visit, struct fail *why)
{
	enum permission permission = visit->route->permission;
	const char *token = visit_token(visit);

	if (!check_origin(visit, why))
		return false;
	if (permission == PERMISSION_PUBLIC)
		return true;
	if (!token)
		return fail_session(why);
	if (!session_load(visit->db, token, moment_now(), visit->arena,
			  &visit->session, why))
		return why->kind == FAIL_DENIED ? fail_session(why) : false;
	visit->signed_in = true;
	visit->actor = user_actor(&visit->session.user);
	if (!substitute_extend(visit->db, &visit->actor, moment_now(),
			       visit->arena, why))
		return false;
	if (permission == PERMISSION_SIGNED_IN)
		return true;
	if (visit->session.user.must_change) {
		fail(why, FAIL_DENIED, "the one-time password must be changed");
		return fail_code(why, "password.must_change",
				 "Hãy đổi mật khẩu dùng một lần trước.");
	}
	if (access_may(visit->actor.roles, permission))
		return true;
	return fail(why, FAIL_DENIED, "you may not '%s'",
		    permission_name(permission));
}

static bool parse_body(struct visit *visit, struct fail *why)
{
	struct bytes body = http_request_body(visit->http);

	if (!body.size || visit->route->kind == ROUTE_STREAM ||
	    visit->route->handler == command_import ||
	    visit->route->handler == mailbox_import_route)
		return true;
	visit->body = tree_parse(body, why);
	return visit->body != NULL;
}

static void finish_write(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (!ok) {
		answer_fail(visit, why);
		return;
	}
	if (visit->wake_reading && visit->web->desk)
		reading_give_way(visit->web->desk);
	answer_tree(visit);
}

static bool work_write(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;

	visit->db = db;
	tree_destroy(&visit->answer);
	visit->answer = tree_create();
	visit->status = 0;
	if (visit->session.must_touch &&
	    !session_touch(db, visit_token(visit), moment_now(), why))
		return false;
	return visit->route->handler(visit, why);
}

void visit_write_with(struct visit *visit,
		      bool (*work)(struct db *db, void *context,
				   struct fail *why),
		      void (*done)(void *context, bool ok,
				   const struct fail *why))
{
	const struct writer_job job = {
		.work = work,
		.done = done,
		.context = visit,
		.no_files = visit->route->kind != ROUTE_STREAM,
		.origin = visit_origin(visit),
	};

	if (!writer_add(visit->web->writer, &job, &visit->why))
		answer_fail(visit, &visit->why);
}

void visit_write(struct visit *visit)
{
	visit_write_with(visit, work_write, finish_write);
}

/* Reading keeps a session alive too; asking for news by itself does not. */
struct touch {
	char token[SECRET_TOKEN_SIZE];
};

static bool work_touch(struct db *db, void *context, struct fail *why)
{
	struct touch *touch = context;

	return session_touch(db, touch->token, moment_now(), why);
}

static void done_touch(void *context, bool ok, const struct fail *why)
{
	(void)ok;
	(void)why;
	memory_free(context);
}

static void touch_session(struct visit *visit)
{
	const char *token = visit_token(visit);
	struct touch *touch;
	struct writer_job job = { .work = work_touch,
				  .done = done_touch,
				  .no_files = true };
	struct fail why;

	if (!visit->session.must_touch || !token ||
	    strlen(token) >= sizeof(touch->token) ||
	    visit->route->handler == event_list)
		return;
	touch = memory_alloc(sizeof(*touch));
	memcpy(touch->token, token, strlen(token));
	job.context = touch;
	if (!writer_add(visit->web->writer, &job, &why))
		memory_free(touch);
}

static bool finish_upload(struct visit *visit, struct fail *why)
{
	if (visit->upload_failed) {
		*why = visit->upload_why;
		return false;
	}
	if (!visit->upload)
		return fail(why, FAIL_INVALID, "the body has no bytes");
	return vault_upload_finish(&visit->upload, &visit->digest,
				   &visit->size, why);
}

static void run(void *own, void *argument)
{
	struct visit *visit = argument;
	struct fail *why = &visit->why;
	const struct route *route = visit->route;
	bool program = route->permission == PERMISSION_GATEWAY;

	visit->db = own;
	if (!own) {
		fail(why, FAIL_BROKEN, "no database connection");
		answer_fail(visit, why);
		return;
	}
	if (!(program || check_person(visit, why)) || !parse_body(visit, why) ||
	    (route->kind == ROUTE_STREAM && !finish_upload(visit, why))) {
		answer_fail(visit, why);
		return;
	}
	if (route->kind == ROUTE_WRITE || route->kind == ROUTE_STREAM) {
		visit_write(visit);
		return;
	}
	touch_session(visit);
	if (!route->handler(visit, why))
		answer_fail(visit, why);
	else if (route->kind == ROUTE_READ)
		answer_tree(visit);
}

static void run_slow(void *own, void *argument)
{
	struct visit *visit = argument;
	struct slow_worker *worker = own;

	visit->pager = worker ? worker->pager : NULL;
	run(worker ? worker->db : NULL, visit);
}

static bool add_work(struct visit *visit, struct fail *why)
{
	struct web *web = visit->web;

	if (visit->route->kind == ROUTE_SLOW)
		return workers_add(web->slow, run_slow, visit, why);
	return workers_add(web->workers, run, visit, why);
}

enum http_body serve_begin(void *context, struct http_request *http,
			   int64_t *ret_limit)
{
	struct web *web = context;
	struct arena *arena = http_request_arena(http);
	struct visit *visit = arena_alloc(arena, sizeof(*visit));

	visit->web = web;
	visit->http = http;
	visit->arena = arena;
	visit->fd = -1;
	visit->answer = tree_create();
	http_request_set_own(http, visit);
	visit->route = route_find(http_request_method(http),
				  http_request_path(http), visit);
	*ret_limit = web->settings.body_max;
	if (!visit->route)
		return HTTP_BODY_WHOLE;
	if (visit->route->permission == PERMISSION_GATEWAY &&
	    !check_program(visit, &visit->why))
		visit->upload_failed = true;
	if (visit->route->kind != ROUTE_STREAM)
		return HTTP_BODY_WHOLE;
	/* A person's session is looked up later, by a worker. */
	if (visit->route->permission != PERMISSION_GATEWAY &&
	    (!visit_token(visit) || !check_origin(visit, &visit->upload_why)))
		visit->upload_failed = true;
	*ret_limit = web->settings.letter_max;
	return HTTP_BODY_STREAM;
}

void serve_piece(void *context, struct http_request *http, struct bytes piece)
{
	struct web *web = context;
	struct visit *visit = http_request_own(http);

	if (visit->upload_failed)
		return;
	if (!visit->upload)
		visit->upload = vault_upload_begin(store_vault(web->store),
						   &visit->upload_why);
	if (!visit->upload ||
	    !vault_upload_add(visit->upload, piece.data, piece.size,
			      &visit->upload_why))
		visit->upload_failed = true;
}

void serve_request(void *context, struct http_request *http)
{
	struct web *web = context;
	struct visit *visit = http_request_own(http);
	bool api = strncmp(http_request_path(http), "/api/", 5) == 0;

	if (!visit->route && !api &&
	    (http_request_method(http) == HTTP_GET ||
	     http_request_method(http) == HTTP_HEAD)) {
		answer_asset(http, web);
		return;
	}
	if (!visit->route) {
		fail(&visit->why, FAIL_NOT_FOUND, "no such address");
		answer_fail(visit, &visit->why);
		return;
	}
	if (visit->route->permission == PERMISSION_GATEWAY &&
	    !check_program(visit, &visit->why)) {
		answer_fail(visit, &visit->why);
		return;
	}
	if (!add_work(visit, &visit->why))
		answer_fail(visit, &visit->why);
}

void serve_end(void *context, struct http_request *http)
{
	struct visit *visit = http_request_own(http);

	(void)context;
	if (!visit)
		return;
	descriptor_close(&visit->fd);
	vault_upload_abort(&visit->upload);
	tree_destroy(&visit->body);
	tree_destroy(&visit->answer);
}
