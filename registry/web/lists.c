/* Lists that forms choose from, and the audit. */
#include "base/moment.h"
#include "core/agency.h"
#include "core/book.h"
#include "core/kind.h"
#include "core/unit.h"
#include "core/user.h"
#include "web/visit.h"
#include <string.h>

static bool list_agencies(struct visit *visit, struct tree *items,
			  struct fail *why)
{
	struct agency_list list;

	if (!agency_list(visit->db, visit->actor.organisation_id, visit->arena,
			 &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", list.agencies[i].id);
		tree_set_text(out, "name", list.agencies[i].name);
		tree_set_text(out, "short_name", list.agencies[i].short_name);
		tree_set_int(out, "uses", list.agencies[i].uses);
		tree_set_bool(out, "confirmed", list.agencies[i].is_confirmed);
	}
	return true;
}

static bool list_units(struct visit *visit, struct tree *items,
		       struct fail *why)
{
	struct unit_list list;
	char today[DAY_SIZE];

	day_print(moment_day(moment_now()), today);
	if (!unit_list(visit->db, visit->actor.organisation_id, today,
		       visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", list.units[i].id);
		tree_set_int(out, "parent", list.units[i].parent_id);
		tree_set_text(out, "name", list.units[i].name);
		tree_set_text(out, "short_name", list.units[i].short_name);
		tree_set_text(out, "code", list.units[i].code);
	}
	return true;
}

static bool list_types(struct visit *visit, struct tree *items,
		       struct fail *why)
{
	struct kind_list list;
	char today[DAY_SIZE];

	day_print(moment_day(moment_now()), today);
	if (!kind_list(visit->db, visit->actor.organisation_id, today,
		       visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", list.kinds[i].id);
		tree_set_text(out, "name", list.kinds[i].name);
		tree_set_text(out, "english", list.kinds[i].english);
		tree_set_text(out, "abbreviation", list.kinds[i].abbreviation);
		tree_set_text(out, "direction", list.kinds[i].direction);
	}
	return true;
}

static bool list_users(struct visit *visit, struct tree *items,
		       struct fail *why)
{
	struct user_list list;

	if (!user_list(visit->db, visit->actor.organisation_id, visit->arena,
		       &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", list.users[i].id);
		tree_set_text(out, "name", list.users[i].name);
		tree_set_text(out, "position", list.users[i].position);
		tree_set_int(out, "unit", list.users[i].unit_id);
		present_roles(out, list.users[i].roles);
	}
	return true;
}

static bool list_books(struct visit *visit, struct tree *items,
		       struct fail *why)
{
	struct book_list list;

	if (!book_list(visit->db, visit->actor.organisation_id, visit->arena,
		       &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct tree *out = tree_add_tree(items);
		tree_set_int(out, "id", list.books[i].id);
		tree_set_text(out, "code", list.books[i].code);
		tree_set_text(out, "name", list.books[i].name);
		tree_set_text(out, "direction",
			      direction_name(list.books[i].direction));
		tree_set_bool(out, "allows_suffix",
			      list.books[i].allows_suffix);
		tree_set_bool(out, "open", list.books[i].is_open);
	}
	return true;
}

bool list_show(struct visit *visit, struct fail *why)
{
	static const struct {
		const char *name;
		bool (*fill)(struct visit *, struct tree *, struct fail *);
	} lists[] = {
		{ "agencies", list_agencies },
		{ "units", list_units },
		{ "types", list_types },
		{ "users", list_users },
		{ "books", list_books },
	};

	for (size_t i = 0; i < sizeof(lists) / sizeof(*lists); i++)
		if (strcmp(lists[i].name, visit->parameters[0]) == 0)
			return lists[i].fill(
				visit, tree_set_list(visit->answer, "items"),
				why);
	return fail(why, FAIL_NOT_FOUND, "no list '%s'", visit->parameters[0]);
}
