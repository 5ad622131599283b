#include "web/desk.h"
#include "web/links.h"
#include "web/search.h"
#include "web/visit.h"
#include <string.h>

/* Programs (gateway, commands) come over the Unix socket with their tokens;
 * commands carry PERMISSION_GATEWAY too and a path of their own, which
 * serve.c holds against the command's token. */

#define API "/api/v1"

/* clang-format off */
const struct route routes[] = {
	{ HTTP_POST, API "/gateway/lease", PERMISSION_GATEWAY, ROUTE_WRITE, gateway_lease },
	{ HTTP_PUT, API "/mailboxes/{id}/letters/{uidvalidity}/{uid}", PERMISSION_GATEWAY, ROUTE_STREAM, gateway_letter },
	{ HTTP_POST, API "/gateway/skip", PERMISSION_GATEWAY, ROUTE_WRITE, gateway_skip },
	{ HTTP_POST, API "/gateway/strike", PERMISSION_GATEWAY, ROUTE_WRITE, gateway_strike },
	{ HTTP_POST, API "/gateway/report", PERMISSION_GATEWAY, ROUTE_WRITE, gateway_report },
	{ HTTP_POST, API "/gateway/reconcile", PERMISSION_GATEWAY, ROUTE_WRITE, gateway_reconcile },
	{ HTTP_POST, API "/session", PERMISSION_PUBLIC, ROUTE_OWN, session_open_route },
	{ HTTP_GET, API "/session", PERMISSION_SIGNED_IN, ROUTE_READ, session_show },
	{ HTTP_DELETE, API "/session", PERMISSION_SIGNED_IN, ROUTE_WRITE, session_close_route },
	{ HTTP_PUT, API "/session/password", PERMISSION_SIGNED_IN, ROUTE_OWN, session_password },
	{ HTTP_GET, API "/intake", MAY_READ_INTAKE, ROUTE_READ, intake_list },
	{ HTTP_GET, API "/intake/walk", MAY_READ_INTAKE, ROUTE_READ, intake_walk },
	{ HTTP_GET, API "/letters/{id}", MAY_READ_INTAKE, ROUTE_READ, letter_show },
	{ HTTP_POST, API "/letters/{id}/decision", MAY_DECIDE_INTAKE, ROUTE_WRITE, letter_decide_route },
	{ HTTP_POST, API "/letters/{id}/main", MAY_DECIDE_INTAKE, ROUTE_WRITE, letter_main_route },
	{ HTTP_POST, API "/letters/{id}/hold", MAY_DECIDE_INTAKE, ROUTE_READ, letter_hold_route },
	{ HTTP_POST, API "/letters/{id}/links/{link}", MAY_DECIDE_INTAKE, ROUTE_WRITE, letter_link_route },
	{ HTTP_GET, API "/letters/{id}/raw", MAY_READ_INTAKE, ROUTE_OWN, letter_raw },
	{ HTTP_GET, API "/files/{sha256}", MAY_READ_DOCUMENTS, ROUTE_OWN, file_show },
	{ HTTP_GET, API "/files/{sha256}/pages", MAY_READ_DOCUMENTS, ROUTE_SLOW, page_list },
	{ HTTP_GET, API "/files/{sha256}/pages/{n}", MAY_READ_DOCUMENTS, ROUTE_SLOW, page_show },
	{ HTTP_POST, API "/entries", MAY_REGISTER, ROUTE_WRITE, entry_create },
	{ HTTP_GET, API "/entries", MAY_READ_BOOKS, ROUTE_READ, entry_list_route },
	{ HTTP_GET, API "/entries/next-number", MAY_REGISTER, ROUTE_READ, entry_next_number },
	{ HTTP_GET, API "/entries/{id}", MAY_READ_DOCUMENTS, ROUTE_READ, entry_show },
	{ HTTP_GET, API "/entries/{id}/links", MAY_READ_DOCUMENTS, ROUTE_READ, entry_links_show },
	{ HTTP_POST, API "/entries/{id}/rule-undo", MAY_VOID_ENTRIES, ROUTE_WRITE, rule_undo_route },
	{ HTTP_POST, API "/entries/{id}/relations", MAY_EDIT_ENTRIES, ROUTE_WRITE, relation_add_route },
	{ HTTP_DELETE, API "/entries/{id}/relations/{kind}/{other}", MAY_EDIT_ENTRIES, ROUTE_WRITE, relation_remove_route },
	{ HTTP_PATCH, API "/entries/{id}", MAY_EDIT_ENTRIES, ROUTE_WRITE, entry_patch },
	{ HTTP_POST, API "/entries/{id}/void", MAY_VOID_ENTRIES, ROUTE_WRITE, entry_void_route },
	{ HTTP_POST, API "/entries/{id}/undo", MAY_REGISTER, ROUTE_WRITE, entry_undo_route },
	{ HTTP_GET, API "/books/{id}/print", MAY_READ_BOOKS, ROUTE_OWN, book_print_route },
	{ HTTP_GET, API "/entries/{id}/slip", MAY_READ_DOCUMENTS, ROUTE_OWN, slip_print_route },
	{ HTTP_GET, API "/entries/{id}/label", MAY_READ_DOCUMENTS, ROUTE_OWN, stamp_label_route },
	{ HTTP_POST, API "/duplicates", MAY_REGISTER, ROUTE_READ, duplicate_check },
	{ HTTP_GET, API "/search", MAY_SEARCH, ROUTE_READ, search_show },
	{ HTTP_GET, API "/search/facets", MAY_SEARCH, ROUTE_READ, search_facet_route },
	{ HTTP_GET, API "/search/export", MAY_SEARCH, ROUTE_SLOW, search_export_route },
	{ HTTP_GET, API "/lists/{name}", MAY_READ_LISTS, ROUTE_READ, list_show },
	{ HTTP_GET, API "/users", MAY_MANAGE_USERS, ROUTE_READ, user_list_route },
	{ HTTP_POST, API "/users/import", MAY_MANAGE_USERS, ROUTE_WRITE, user_import_route },
	{ HTTP_POST, API "/users/{id}/lock", MAY_MANAGE_USERS, ROUTE_WRITE, user_lock_route },
	{ HTTP_POST, API "/users/{id}/password", MAY_MANAGE_USERS, ROUTE_WRITE, user_password_route },
	{ HTTP_POST, API "/units", MAY_MANAGE_LISTS, ROUTE_WRITE, unit_add_route },
	{ HTTP_POST, API "/units/{id}/rename", MAY_MANAGE_LISTS, ROUTE_WRITE, unit_rename_route },
	{ HTTP_POST, API "/units/{id}/merge", MAY_MANAGE_LISTS, ROUTE_WRITE, unit_merge_route },
	{ HTTP_POST, API "/books/{id}/close", MAY_MANAGE_LISTS, ROUTE_WRITE, series_close_route },
	{ HTTP_POST, API "/books/{id}/rename", MAY_MANAGE_LISTS, ROUTE_WRITE, book_rename_route },
	{ HTTP_POST, API "/books/{id}/series", MAY_MANAGE_LISTS, ROUTE_WRITE, book_series_route },
	{ HTTP_GET, API "/numbering", MAY_MANAGE_LISTS, ROUTE_READ, numbering_show },
	{ HTTP_POST, API "/series", MAY_MANAGE_LISTS, ROUTE_WRITE, series_add_route },
	{ HTTP_POST, API "/series/{id}/begin", MAY_MANAGE_LISTS, ROUTE_WRITE, series_begin_route },
	{ HTTP_POST, API "/types", MAY_MANAGE_LISTS, ROUTE_WRITE, type_add_route },
	{ HTTP_POST, API "/types/{id}/rename", MAY_MANAGE_LISTS, ROUTE_WRITE, type_rename_route },
	{ HTTP_POST, API "/types/{id}/close", MAY_MANAGE_LISTS, ROUTE_WRITE, type_close_route },
	{ HTTP_GET, API "/mailboxes", MAY_READ_MAILBOXES, ROUTE_READ, mailbox_list_route },
	{ HTTP_GET, API "/mailboxes/{id}", MAY_READ_MAILBOXES, ROUTE_READ, mailbox_show },
	{ HTTP_POST, API "/mailboxes", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_add_route },
	{ HTTP_POST, API "/mailboxes/import", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_import_route },
	{ HTTP_PUT, API "/mailboxes/{id}", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_correct_route },
	{ HTTP_POST, API "/mailboxes/{id}/pause", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_pause },
	{ HTTP_POST, API "/mailboxes/{id}/resume", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_resume },
	{ HTTP_POST, API "/mailboxes/{id}/retry", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_retry_route },
	{ HTTP_PUT, API "/mailboxes/{id}/password", MAY_MANAGE_MAILBOXES, ROUTE_WRITE, mailbox_password },
	{ HTTP_GET, API "/audit", MAY_READ_AUDIT, ROUTE_READ, audit_show },
	{ HTTP_GET, API "/audit/export", MAY_READ_AUDIT, ROUTE_SLOW, audit_export_route },
	{ HTTP_GET, API "/events", PERMISSION_SIGNED_IN, ROUTE_OWN, event_list },
	{ HTTP_GET, API "/entries/{id}/flow", MAY_READ_DOCUMENTS, ROUTE_READ, flow_show },
	{ HTTP_POST, API "/entries/{id}/submit", MAY_REGISTER, ROUTE_WRITE, flow_submit_route },
	{ HTTP_POST, API "/entries/{id}/instruct", MAY_INSTRUCT, ROUTE_WRITE, flow_instruct_route },
	{ HTTP_POST, API "/entries/{id}/assign", MAY_ASSIGN, ROUTE_WRITE, flow_assign_route },
	{ HTTP_POST, API "/entries/{id}/start", MAY_WORK, ROUTE_WRITE, flow_start_route },
	{ HTTP_POST, API "/entries/{id}/comments", MAY_WORK, ROUTE_WRITE, flow_comment_route },
	{ HTTP_POST, API "/entries/{id}/drafts", MAY_WORK, ROUTE_STREAM, flow_draft_route },
	{ HTTP_POST, API "/entries/{id}/complete", MAY_WORK, ROUTE_WRITE, flow_complete_route },
	{ HTTP_POST, API "/entries/{id}/return", MAY_WORK, ROUTE_WRITE, flow_return_route },
	{ HTTP_POST, API "/entries/{id}/extensions", MAY_WORK, ROUTE_WRITE, flow_extend_route },
	{ HTTP_POST, API "/entries/{id}/remind", MAY_WORK, ROUTE_WRITE, flow_remind_route },
	{ HTTP_POST, API "/entries/{id}/pause", MAY_INSTRUCT, ROUTE_WRITE, flow_pause_route },
	{ HTTP_POST, API "/entries/{id}/resume", MAY_INSTRUCT, ROUTE_WRITE, flow_resume_route },
	{ HTTP_POST, API "/entries/{id}/recalled", MAY_REGISTER, ROUTE_WRITE, flow_recalled_route },
	{ HTTP_POST, API "/extensions/{id}/decision", MAY_WORK, ROUTE_WRITE, extension_decide_route },
	{ HTTP_POST, API "/instructions/{id}/recall", MAY_INSTRUCT, ROUTE_WRITE, instruction_recall_route },
	{ HTTP_GET, API "/work", MAY_WORK, ROUTE_READ, work_show },
	{ HTTP_GET, API "/calendar", MAY_READ_LISTS, ROUTE_READ, calendar_show },
	{ HTTP_POST, API "/calendar/preview", MAY_MANAGE_LISTS, ROUTE_READ, calendar_preview_route },
	{ HTTP_PUT, API "/calendar", MAY_MANAGE_LISTS, ROUTE_WRITE, calendar_write_route },
	{ HTTP_GET, API "/calendar/due", MAY_READ_LISTS, ROUTE_READ, calendar_due_route },
	{ HTTP_GET, API "/templates", MAY_WORK, ROUTE_READ, template_list_route },
	{ HTTP_POST, API "/templates", MAY_WORK, ROUTE_WRITE, template_add_route },
	{ HTTP_PUT, API "/templates/{id}", MAY_WORK, ROUTE_WRITE, template_set_route },
	{ HTTP_DELETE, API "/templates/{id}", MAY_WORK, ROUTE_WRITE, template_remove_route },
	{ HTTP_GET, API "/shared-templates", MAY_MANAGE_LISTS, ROUTE_READ, shared_template_list },
	{ HTTP_POST, API "/shared-templates", MAY_MANAGE_LISTS, ROUTE_WRITE, shared_template_add },
	{ HTTP_PUT, API "/shared-templates/{id}", MAY_MANAGE_LISTS, ROUTE_WRITE, shared_template_set },
	{ HTTP_DELETE, API "/shared-templates/{id}", MAY_MANAGE_LISTS, ROUTE_WRITE, shared_template_remove },
	{ HTTP_GET, API "/substitutes", MAY_WORK, ROUTE_READ, substitute_list_route },
	{ HTTP_POST, API "/substitutes", MAY_WORK, ROUTE_WRITE, substitute_add_route },
	{ HTTP_DELETE, API "/substitutes/{id}", MAY_WORK, ROUTE_WRITE, substitute_end_route },
	{ HTTP_GET, API "/users/{id}/open-work", MAY_MANAGE_USERS, ROUTE_READ, open_work_show },
	{ HTTP_POST, API "/users/{id}/handover", MAY_MANAGE_USERS, ROUTE_WRITE, handover_route },
	{ HTTP_GET, API "/access", PERMISSION_SIGNED_IN, ROUTE_READ, access_show },
	{ HTTP_GET, API "/entries/{id}/grants", MAY_READ_DOCUMENTS, ROUTE_READ, grant_list_route },
	{ HTTP_POST, API "/entries/{id}/grants", MAY_GRANT, ROUTE_WRITE, grant_add_route },
	{ HTTP_DELETE, API "/grants/{id}", MAY_GRANT, ROUTE_WRITE, grant_end_route },
	{ HTTP_GET, API "/approvals", PERMISSION_SIGNED_IN, ROUTE_READ, approval_list_route },
	{ HTTP_POST, API "/approvals/{id}/decision", PERMISSION_SIGNED_IN, ROUTE_WRITE, approval_decide_route },
	{ HTTP_PUT, API "/users/{id}/roles", MAY_MANAGE_USERS, ROUTE_WRITE, user_roles_route },
	{ HTTP_GET, API "/entries/{id}/views", MAY_READ_AUDIT, ROUTE_READ, view_list_route },
	{ HTTP_GET, API "/dashboard", MAY_READ_REPORTS, ROUTE_READ, dashboard_show },
	{ HTTP_GET, API "/dashboard/buckets", MAY_READ_REPORTS, ROUTE_READ, bucket_list_route },
	{ HTTP_GET, API "/dashboard/report", MAY_READ_REPORTS, ROUTE_OWN, report_route },
	{ HTTP_GET, API "/locks/{kind}/{object}", MAY_WORK, ROUTE_READ, lock_show },
	{ HTTP_PUT, API "/locks/{kind}/{object}", MAY_WORK, ROUTE_WRITE, lock_set_route },
	{ HTTP_DELETE, API "/locks/{kind}/{object}", MAY_WORK, ROUTE_WRITE, lock_remove_route },
	{ HTTP_GET, API "/reservations", MAY_READ_BOOKS, ROUTE_READ, reservation_list_route },
	{ HTTP_POST, API "/reservations", MAY_REGISTER, ROUTE_WRITE, reservation_add_route },
	{ HTTP_POST, API "/reservations/{id}/unused", MAY_REGISTER, ROUTE_WRITE, reservation_drop_route },
	{ HTTP_GET, API "/entries/{id}/dispatch", MAY_READ_DOCUMENTS, ROUTE_READ, dispatch_show },
	{ HTTP_POST, API "/entries/{id}/dispatch", MAY_REGISTER, ROUTE_WRITE, dispatch_add_route },
	{ HTTP_DELETE, API "/entries/{id}/dispatch", MAY_REGISTER, ROUTE_WRITE, dispatch_stop_route },
	{ HTTP_GET, API "/dossiers", MAY_FILE, ROUTE_READ, dossier_list_route },
	{ HTTP_POST, API "/dossiers", MAY_FILE, ROUTE_WRITE, dossier_add_route },
	{ HTTP_GET, API "/dossiers/{id}", MAY_FILE, ROUTE_READ, dossier_show },
	{ HTTP_PATCH, API "/dossiers/{id}", MAY_FILE, ROUTE_WRITE, dossier_patch },
	{ HTTP_POST, API "/dossiers/{id}/close", MAY_FILE, ROUTE_WRITE, dossier_close_route },
	{ HTTP_POST, API "/dossiers/{id}/documents", MAY_FILE, ROUTE_WRITE, dossier_add_document_route },
	{ HTTP_PUT, API "/dossiers/{id}/documents/{entry}", MAY_FILE, ROUTE_WRITE, dossier_move_document_route },
	{ HTTP_DELETE, API "/dossiers/{id}/documents/{entry}", MAY_FILE, ROUTE_WRITE, dossier_remove_document_route },
	{ HTTP_GET, API "/dossiers/{id}/export", MAY_FILE, ROUTE_OWN, dossier_export_route },
	{ HTTP_GET, API "/dossiers/{id}/grants", MAY_FILE, ROUTE_READ, dossier_grant_list },
	{ HTTP_POST, API "/dossiers/{id}/grants", MAY_GRANT, ROUTE_WRITE, dossier_grant_add },
	{ HTTP_GET, API "/saved-searches", MAY_SEARCH, ROUTE_READ, saved_search_list_route },
	{ HTTP_POST, API "/saved-searches", MAY_SEARCH, ROUTE_WRITE, saved_search_add_route },
	{ HTTP_PUT, API "/saved-searches/{id}", MAY_SEARCH, ROUTE_WRITE, saved_search_set_route },
	{ HTTP_POST, API "/saved-searches/{id}/seen", MAY_SEARCH, ROUTE_WRITE, saved_search_seen_route },
	{ HTTP_DELETE, API "/saved-searches/{id}", MAY_SEARCH, ROUTE_WRITE, saved_search_remove_route },
	{ HTTP_GET, API "/preferences", PERMISSION_SIGNED_IN, ROUTE_READ, preference_show },
	{ HTTP_PUT, API "/preferences", PERMISSION_SIGNED_IN, ROUTE_WRITE, preference_set_route },
	{ HTTP_GET, API "/notifications", PERMISSION_SIGNED_IN, ROUTE_READ, notification_list_route },
	{ HTTP_POST, API "/notifications/seen", PERMISSION_SIGNED_IN, ROUTE_WRITE, notification_seen_route },
	{ HTTP_GET, API "/digest", MAY_WORK, ROUTE_READ, digest_show },
	{ HTTP_POST, API "/command/users", PERMISSION_GATEWAY, ROUTE_WRITE, command_user_add },
	{ HTTP_GET, API "/command/users", PERMISSION_GATEWAY, ROUTE_READ, command_users },
	{ HTTP_POST, API "/command/units", PERMISSION_GATEWAY, ROUTE_WRITE, command_unit_add },
	{ HTTP_POST, API "/command/passwords", PERMISSION_GATEWAY, ROUTE_WRITE, command_user_reset },
	{ HTTP_POST, API "/command/mailboxes", PERMISSION_GATEWAY, ROUTE_WRITE, command_import },
	{ HTTP_GET, API "/command/mailboxes", PERMISSION_GATEWAY, ROUTE_READ, mailbox_list_route },
	{ HTTP_POST, API "/command/mailboxes/{id}/pause", PERMISSION_GATEWAY, ROUTE_WRITE, mailbox_pause },
	{ HTTP_POST, API "/command/mailboxes/{id}/resume", PERMISSION_GATEWAY, ROUTE_WRITE, mailbox_resume },
	{ HTTP_GET, API "/command/links", PERMISSION_GATEWAY, ROUTE_READ, command_links_report },
	{ HTTP_GET, API "/command/trust", PERMISSION_GATEWAY, ROUTE_READ, command_trust_show },
	{ HTTP_POST, API "/command/trust", PERMISSION_GATEWAY, ROUTE_WRITE, command_trust_change },
	{ HTTP_GET, API "/command/jobs", PERMISSION_GATEWAY, ROUTE_READ, command_jobs },
	{ HTTP_GET, API "/command/export/{what}", PERMISSION_GATEWAY, ROUTE_OWN, command_export },
	{ HTTP_POST, API "/command/verify", PERMISSION_GATEWAY, ROUTE_READ, command_verify },
	{ HTTP_POST, API "/command/backup", PERMISSION_GATEWAY, ROUTE_READ, command_backup },
	{ HTTP_POST, API "/command/replay", PERMISSION_GATEWAY, ROUTE_READ, command_replay },
	{ HTTP_POST, API "/command/replay/apply", PERMISSION_GATEWAY, ROUTE_WRITE, command_replay_apply },
	{ HTTP_OTHER, NULL, PERMISSION_NONE, ROUTE_READ, NULL },
};
/* clang-format on */

/* Takes one segment each; a parameter is any segment but an empty one. */
static bool fits(const char *pattern, const char *path, struct visit *visit)
{
	size_t count = 0;

	while (*pattern == '/' && *path == '/') {
		size_t wanted = strcspn(++pattern, "/");
		size_t have = strcspn(++path, "/");

		if (*pattern == '{' && have && count < PARAMETERS_MAX)
			visit->parameters[count++] = arena_copy_part(
				visit->arena, path, have);
		else if (wanted != have || memcmp(pattern, path, have) != 0)
			return false;
		pattern += wanted;
		path += have;
	}
	return !*pattern && !*path;
}

const struct route *route_find(enum http_method method, const char *path,
			       struct visit *visit)
{
	enum http_method wanted = method == HTTP_HEAD ? HTTP_GET : method;

	for (const struct route *route = routes; route->pattern; route++) {
		if (route->method == wanted &&
		    fits(route->pattern, path, visit))
			return route;
	}
	return NULL;
}

void web_print_routes(struct text *ret_lines)
{
	static const char *const methods[] = { "GET", "HEAD", "POST",
					       "PUT", "PATCH", "DELETE",
					       "OTHER" };

	for (const struct route *route = routes; route->pattern; route++)
		text_addf(ret_lines, "%s %s %s\n", methods[route->method],
			  route->pattern, permission_name(route->permission));
}
