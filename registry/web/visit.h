/*
 * A visit: one request being served, from its route to its answer. For web/.
 */
#pragma once
#include "base/digest.h"
#include "base/tree.h"
#include "base/workers.h"
#include "core/access.h"
#include "core/session.h"
#include "http/server.h"
#include "reading/reading.h"
#include "store/db.h"
#include "store/vault.h"
#include "store/writer.h"
#include "web/web.h"

enum {
	PARAMETERS_MAX = 3
};

enum route_kind {
	ROUTE_READ,   /* on a worker, with a read-only connection */
	ROUTE_WRITE,  /* in the writer's transaction, answered after it */
	ROUTE_STREAM, /* the body goes to the vault, then ROUTE_WRITE */
	ROUTE_OWN,    /* replies by itself, from a worker */
	ROUTE_SLOW    /* the same, from one of the few that may take long */
};

struct views;
struct visit;

struct route {
	enum http_method method;
	const char *pattern; /* "/api/v1/letters/{id}" */
	enum permission permission;
	enum route_kind kind;
	bool (*handler)(struct visit *visit, struct fail *why);
};

struct holds;
struct web {
	struct web_settings settings;
	char *folder;
	struct store *store;
	struct writer *writer;
	struct workers *workers, *hashers, *slow;
	struct http_server *server;
	struct reading_desk *desk;
	struct clock_work *clock;
	struct views *views;
	struct holds *holds;
	char *gateway_token, *command_token, *public_key;
	int64_t organisation_id;
};

/* What a thread for slow routes has of its own. */
struct slow_worker {
	struct db *db;
	struct reading_pager *pager;
};

struct visit {
	struct web *web;
	struct http_request *http;
	struct arena *arena;
	const struct route *route;
	const char *parameters[PARAMETERS_MAX]; /* of the pattern, in order */
	struct db *db;
	struct tree *body; /* NULL: none */
	struct tree *answer;
	unsigned status; /* 0: 200 */
	struct session session;
	struct actor actor;
	bool signed_in;
	bool wake_reading;
	struct reading_pager *pager; /* ROUTE_SLOW */
	int fd;			     /* of a file to be sent; -1: none */
	struct vault_upload *upload;
	struct fail upload_why;
	bool upload_failed;
	struct digest digest;
	int64_t size;
	struct fail why;
	void *own; /* the handler's */
	struct user_login login;
	bool matched;
};

extern const struct route routes[]; /* ends with a NULL pattern */

/* NULL when no route fits; fills the parameters. */
const struct route *route_find(enum http_method method, const char *path,
			       struct visit *visit);

int64_t visit_id(const struct visit *visit); /* first parameter; 0: no id */
/* FAIL_NOT_FOUND when the first parameter is none. */
bool visit_need_id(const struct visit *visit, struct fail *why);
int64_t visit_query_int(struct visit *visit, const char *name,
			int64_t fallback);
/* FAIL_INVALID unless the body is a JSON object. */
bool visit_need_body(struct visit *visit, struct fail *why);
const char *visit_token(struct visit *visit); /* of the session's cookie */
/* Who asks: behind a proxy on this machine, whom the proxy names. */
const char *visit_address(struct visit *visit);
/* From where it is asked, as schema/010_origin.sql has it; in the arena. */
const char *visit_origin(struct visit *visit);

/* Answers: exactly one of these per visit, from any thread. */
void answer_tree(struct visit *visit);
void answer_fail(struct visit *visit, const struct fail *why);
void answer_bytes(struct visit *visit, const char *type, const char *content);
void answer_asset(struct http_request *http, const struct web *web);
void answer_add_safe_headers(struct http_request *http, const struct web *web);

void present_roles(struct tree *out, unsigned roles);
void present_digest(struct tree *out, const struct digest *digest);

/* What is known about the files of a letter: pages in proposals.c. */
struct letter;
bool present_understanding(struct visit *visit, const struct letter *letter,
			   struct fail *why);
void present_brief(struct tree *out, const struct letter *letter);
/* A JSON text as a member; an empty list when it is none. */
void present_json(struct tree *out, const char *name, const char *json);

/* A file that this person may see through `letter=` or `entry=`; fills who
 * sees what for the audit. */
struct file;
struct file_view;
bool file_need(struct visit *visit, struct file *ret_file,
	       struct file_view *ret_view, struct fail *why);
/* Writer: audits the view. */
bool file_write_view(struct db *db, struct visit *visit,
		     const struct file_view *view, struct fail *why);
void answer_add_locked_policy(struct http_request *http);
/* For the browser's own viewer, which does not run in a sandboxed document;
 * nothing else is let into this one either. */
void answer_add_viewer_policy(struct http_request *http);

/* Continues a visit in the writer; done() answers unless it says otherwise. */
void visit_write(struct visit *visit);
void visit_write_with(struct visit *visit,
		      bool (*work)(struct db *db, void *context,
				   struct fail *why),
		      void (*done)(void *context, bool ok,
				   const struct fail *why));

/* Handlers, by file. */
bool gateway_lease(struct visit *visit, struct fail *why);
bool gateway_letter(struct visit *visit, struct fail *why);
bool gateway_skip(struct visit *visit, struct fail *why);
bool gateway_strike(struct visit *visit, struct fail *why);
bool gateway_report(struct visit *visit, struct fail *why);
bool gateway_reconcile(struct visit *visit, struct fail *why);
bool session_open_route(struct visit *visit, struct fail *why);
bool session_show(struct visit *visit, struct fail *why);
bool session_close_route(struct visit *visit, struct fail *why);
bool session_password(struct visit *visit, struct fail *why);
bool intake_list(struct visit *visit, struct fail *why);
bool intake_walk(struct visit *visit, struct fail *why);
bool letter_show(struct visit *visit, struct fail *why);
bool letter_decide_route(struct visit *visit, struct fail *why);
bool letter_raw(struct visit *visit, struct fail *why);
bool file_show(struct visit *visit, struct fail *why);
bool page_list(struct visit *visit, struct fail *why);
bool page_show(struct visit *visit, struct fail *why);
bool letter_main_route(struct visit *visit, struct fail *why);
bool letter_hold_route(struct visit *visit, struct fail *why);
bool entry_create(struct visit *visit, struct fail *why);
bool entry_list_route(struct visit *visit, struct fail *why);
bool entry_show(struct visit *visit, struct fail *why);
bool entry_patch(struct visit *visit, struct fail *why);
bool entry_void_route(struct visit *visit, struct fail *why);
bool entry_undo_route(struct visit *visit, struct fail *why);
bool entry_next_number(struct visit *visit, struct fail *why);
bool duplicate_check(struct visit *visit, struct fail *why);
bool book_print_route(struct visit *visit, struct fail *why);
bool slip_print_route(struct visit *visit, struct fail *why);
bool stamp_label_route(struct visit *visit, struct fail *why);
bool list_show(struct visit *visit, struct fail *why);
bool user_list_route(struct visit *visit, struct fail *why);
bool user_import_route(struct visit *visit, struct fail *why);
bool user_lock_route(struct visit *visit, struct fail *why);
bool user_password_route(struct visit *visit, struct fail *why);
bool unit_add_route(struct visit *visit, struct fail *why);
bool unit_rename_route(struct visit *visit, struct fail *why);
bool unit_merge_route(struct visit *visit, struct fail *why);
bool series_close_route(struct visit *visit, struct fail *why);
bool numbering_show(struct visit *visit, struct fail *why);
bool series_add_route(struct visit *visit, struct fail *why);
bool series_begin_route(struct visit *visit, struct fail *why);
bool book_series_route(struct visit *visit, struct fail *why);
bool book_rename_route(struct visit *visit, struct fail *why);
bool type_add_route(struct visit *visit, struct fail *why);
bool type_rename_route(struct visit *visit, struct fail *why);
bool type_close_route(struct visit *visit, struct fail *why);
bool mailbox_list_route(struct visit *visit, struct fail *why);
bool mailbox_show(struct visit *visit, struct fail *why);
bool mailbox_add_route(struct visit *visit, struct fail *why);
bool mailbox_correct_route(struct visit *visit, struct fail *why);
bool mailbox_import_route(struct visit *visit, struct fail *why);
bool mailbox_pause(struct visit *visit, struct fail *why);
bool mailbox_resume(struct visit *visit, struct fail *why);
bool mailbox_retry_route(struct visit *visit, struct fail *why);
bool mailbox_password(struct visit *visit, struct fail *why);
bool event_list(struct visit *visit, struct fail *why);
bool audit_show(struct visit *visit, struct fail *why);
bool audit_export_route(struct visit *visit, struct fail *why);
bool command_user_add(struct visit *visit, struct fail *why);
bool command_user_reset(struct visit *visit, struct fail *why);
bool command_users(struct visit *visit, struct fail *why);
bool command_unit_add(struct visit *visit, struct fail *why);
bool command_import(struct visit *visit, struct fail *why);
bool command_jobs(struct visit *visit, struct fail *why);
bool command_export(struct visit *visit, struct fail *why);
bool command_verify(struct visit *visit, struct fail *why);
bool command_backup(struct visit *visit, struct fail *why);
bool command_replay(struct visit *visit, struct fail *why);
bool command_replay_apply(struct visit *visit, struct fail *why);
