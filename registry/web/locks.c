/* Who has what open: people see each other, nobody is shut out. */
#include "base/moment.h"
#include "core/dossier.h"
#include "core/letter.h"
#include "core/lock.h"
#include "web/desk.h"
#include "web/flow.h"
#include <stdlib.h>
#include <string.h>

/* /locks/{kind}/{object}: only what the person may see at all. */
static bool read_place(struct visit *visit, struct lock_place *place,
		       struct fail *why)
{
	char *end;
	struct dossier dossier;
	struct letter letter;
	struct entry entry;

	place->kind = visit->parameters[0];
	place->object_id = strtoll(visit->parameters[1], &end, 10);
	if (*end || place->object_id <= 0)
		return fail(why, FAIL_INVALID, "that is no id");
	if (strcmp(place->kind, "entry") == 0)
		return flow_visit_entry(visit, place->object_id, &entry, why);
	if (strcmp(place->kind, "dossier") == 0)
		return dossier_load(visit->db, place->object_id, &visit->actor,
				    visit->arena, &dossier, why);
	if (strcmp(place->kind, "letter") != 0)
		return fail(why, FAIL_INVALID, "nothing of that kind is held");
	if (!access_may(visit->actor.roles, MAY_READ_INTAKE))
		return fail(why, FAIL_DENIED, "you may not '%s'",
			    permission_name(MAY_READ_INTAKE));
	return letter_load(visit->db, place->object_id, visit->arena, &letter,
			   why);
}

static bool present(struct visit *visit, const struct lock_place *place,
		    struct fail *why)
{
	struct lock_list list;
	struct tree *items = tree_set_list(visit->answer, "others");

	if (!lock_list(visit->db, place, moment_now(), visit->arena, &list,
		       why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out;
		if (list.locks[i].user_id == visit->actor.id)
			continue;
		out = tree_add_tree(items);
		tree_set_int(out, "user", list.locks[i].user_id);
		tree_set_text(out, "name", list.locks[i].name);
		tree_set_int(out, "since", list.locks[i].since);
		tree_set_int(out, "until", list.locks[i].until);
	}
	tree_set_bool(visit->answer, "first",
		      list.count == 0 ||
			      list.locks[0].user_id == visit->actor.id);
	tree_set_int(visit->answer, "renew", LOCK_SECONDS / 3);
	return true;
}

bool lock_show(struct visit *visit, struct fail *why)
{
	struct lock_place place;

	return read_place(visit, &place, why) && present(visit, &place, why);
}

bool lock_set_route(struct visit *visit, struct fail *why)
{
	struct lock_place place;

	return read_place(visit, &place, why) &&
	       lock_set(visit->db, &place, visit->actor.id, moment_now(),
			why) &&
	       present(visit, &place, why);
}

bool lock_remove_route(struct visit *visit, struct fail *why)
{
	struct lock_place place;

	return read_place(visit, &place, why) &&
	       lock_remove(visit->db, &place, visit->actor.id, why) &&
	       present(visit, &place, why);
}
