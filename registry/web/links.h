/*
 * What letters are to entries, as the API shows it and people decide it.
 */
#pragma once
#include "web/visit.h"

/* "links" of a letter. */
bool links_present(struct visit *visit, int64_t letter_id, struct fail *why);

/* "link" of a letter in the queue: the best one to an entry, or null. */
bool links_present_best(struct visit *visit, int64_t letter_id,
			struct tree *out, struct fail *why);

/* Handlers. */
bool letter_link_route(struct visit *visit, struct fail *why);
bool entry_links_show(struct visit *visit, struct fail *why);
bool relation_add_route(struct visit *visit, struct fail *why);
bool relation_remove_route(struct visit *visit, struct fail *why);
bool rule_undo_route(struct visit *visit, struct fail *why);
bool command_links_report(struct visit *visit, struct fail *why);
bool command_trust_show(struct visit *visit, struct fail *why);
bool command_trust_change(struct visit *visit, struct fail *why);
