/*
 * Handlers of the desk: handling, working days, rights, numbers set aside,
 * dossiers, what a person likes. For web/routes.c.
 */
#pragma once
#include "web/visit.h"

/* flow.c */
bool flow_show(struct visit *visit, struct fail *why);
bool flow_submit_route(struct visit *visit, struct fail *why);
bool flow_instruct_route(struct visit *visit, struct fail *why);
bool flow_assign_route(struct visit *visit, struct fail *why);
bool flow_start_route(struct visit *visit, struct fail *why);
bool flow_comment_route(struct visit *visit, struct fail *why);
bool flow_complete_route(struct visit *visit, struct fail *why);
bool flow_return_route(struct visit *visit, struct fail *why);
bool flow_extend_route(struct visit *visit, struct fail *why);
bool flow_remind_route(struct visit *visit, struct fail *why);
bool flow_pause_route(struct visit *visit, struct fail *why);
bool flow_resume_route(struct visit *visit, struct fail *why);
bool flow_recalled_route(struct visit *visit, struct fail *why);
bool flow_draft_route(struct visit *visit, struct fail *why);
bool extension_decide_route(struct visit *visit, struct fail *why);
bool instruction_recall_route(struct visit *visit, struct fail *why);

/* calendar.c */
bool calendar_show(struct visit *visit, struct fail *why);
bool calendar_preview_route(struct visit *visit, struct fail *why);
bool calendar_write_route(struct visit *visit, struct fail *why);
bool calendar_due_route(struct visit *visit, struct fail *why);

/* work.c */
bool work_show(struct visit *visit, struct fail *why);
/* The counts alone, for the session's answer. */
bool work_present_counts(struct visit *visit, struct tree *out,
			 struct fail *why);
bool template_list_route(struct visit *visit, struct fail *why);
bool template_add_route(struct visit *visit, struct fail *why);
bool template_set_route(struct visit *visit, struct fail *why);
bool template_remove_route(struct visit *visit, struct fail *why);
bool shared_template_list(struct visit *visit, struct fail *why);
bool shared_template_add(struct visit *visit, struct fail *why);
bool shared_template_set(struct visit *visit, struct fail *why);
bool shared_template_remove(struct visit *visit, struct fail *why);
bool substitute_list_route(struct visit *visit, struct fail *why);
bool substitute_add_route(struct visit *visit, struct fail *why);
bool substitute_end_route(struct visit *visit, struct fail *why);
bool open_work_show(struct visit *visit, struct fail *why);
bool handover_route(struct visit *visit, struct fail *why);

/* rights.c */
bool access_show(struct visit *visit, struct fail *why);
bool grant_list_route(struct visit *visit, struct fail *why);
bool grant_add_route(struct visit *visit, struct fail *why);
bool grant_end_route(struct visit *visit, struct fail *why);
bool grant_present_list(struct visit *visit, const char *kind, int64_t id,
			struct fail *why);
bool grant_add_for(struct visit *visit, const char *kind, int64_t object_id,
		   struct fail *why);
bool approval_list_route(struct visit *visit, struct fail *why);
bool approval_decide_route(struct visit *visit, struct fail *why);
bool user_roles_route(struct visit *visit, struct fail *why);
bool view_list_route(struct visit *visit, struct fail *why);

/* dashboard.c, report.c */
struct dashboard_request;
/* `from` and `to`; without them this half year. */
struct dashboard_request dashboard_period(struct visit *visit);
bool dashboard_show(struct visit *visit, struct fail *why);
bool bucket_list_route(struct visit *visit, struct fail *why);
bool report_route(struct visit *visit, struct fail *why);

/* locks.c */
bool lock_show(struct visit *visit, struct fail *why);
bool lock_set_route(struct visit *visit, struct fail *why);
bool lock_remove_route(struct visit *visit, struct fail *why);

/* reservations.c */
bool reservation_list_route(struct visit *visit, struct fail *why);
bool reservation_add_route(struct visit *visit, struct fail *why);
bool reservation_drop_route(struct visit *visit, struct fail *why);
bool dispatch_show(struct visit *visit, struct fail *why);
bool dispatch_add_route(struct visit *visit, struct fail *why);
bool dispatch_stop_route(struct visit *visit, struct fail *why);

/* dossiers.c */
bool dossier_list_route(struct visit *visit, struct fail *why);
bool dossier_show(struct visit *visit, struct fail *why);
bool dossier_add_route(struct visit *visit, struct fail *why);
bool dossier_patch(struct visit *visit, struct fail *why);
bool dossier_close_route(struct visit *visit, struct fail *why);
bool dossier_add_document_route(struct visit *visit, struct fail *why);
bool dossier_remove_document_route(struct visit *visit, struct fail *why);
bool dossier_move_document_route(struct visit *visit, struct fail *why);
bool dossier_export_route(struct visit *visit, struct fail *why);
bool dossier_grant_list(struct visit *visit, struct fail *why);
bool dossier_grant_add(struct visit *visit, struct fail *why);

/* preferences.c */
bool preference_show(struct visit *visit, struct fail *why);
bool preference_set_route(struct visit *visit, struct fail *why);
bool saved_search_list_route(struct visit *visit, struct fail *why);
bool saved_search_add_route(struct visit *visit, struct fail *why);
bool saved_search_set_route(struct visit *visit, struct fail *why);
bool saved_search_seen_route(struct visit *visit, struct fail *why);
bool saved_search_remove_route(struct visit *visit, struct fail *why);
bool notification_list_route(struct visit *visit, struct fail *why);
bool notification_seen_route(struct visit *visit, struct fail *why);
bool digest_show(struct visit *visit, struct fail *why);
