/* Administration: people by the hundred, units over time, years of books. */
#include "base/moment.h"
#include "core/audit.h"
#include "core/book.h"
#include "core/numbering.h"
#include "core/unit_change.h"
#include "core/user_import.h"
#include "web/visit.h"
#include <string.h>

enum {
	WORDS_MAX = 400
};

/* --- people ------------------------------------------------------------- */

bool user_list_route(struct visit *visit, struct fail *why)
{
	struct user_list list;
	struct tree *items;

	if (!user_list(visit->db, visit->actor.organisation_id, visit->arena,
		       &list, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++) {
		const struct user *user = &list.users[i];
		struct tree *out = tree_add_tree(items);

		tree_set_int(out, "id", user->id);
		tree_set_text(out, "login", user->login);
		tree_set_text(out, "name", user->name);
		tree_set_text(out, "position", user->position);
		tree_set_text(out, "email", user->email);
		tree_set_int(out, "unit", user->unit_id);
		tree_set_bool(out, "locked", user->is_locked);
		tree_set_int(out, "seen_at", user->seen_at);
		present_roles(out, user->roles);
	}
	return true;
}

bool user_lock_route(struct visit *visit, struct fail *why)
{
	int64_t id = visit_id(visit);

	if (!visit_need_body(visit, why))
		return false;
	if (id == visit->actor.id) {
		fail(why, FAIL_INVALID, "nobody locks himself out");
		return fail_code(why, "user.self",
				 "Không thể tự khóa tài khoản của mình.");
	}
	return user_set_locked(visit->db, id,
			       tree_bool(visit->body, "locked", true),
			       &visit->actor, why);
}

bool user_password_route(struct visit *visit, struct fail *why)
{
	const char *password;

	if (!user_reset_password(visit->db, visit_id(visit), &visit->actor,
				 visit->arena, &password, why))
		return false;
	tree_set_text(visit->answer, "password", password);
	return true;
}

static bool read_row(const struct tree *in, struct user_import_row *row,
		     struct fail *why)
{
	*row = (struct user_import_row){ "", "", "", "", "", "" };
	return tree_may_text(in, "login", WORDS_MAX, &row->login, why) &&
	       tree_may_text(in, "name", WORDS_MAX, &row->name, why) &&
	       tree_may_text(in, "position", WORDS_MAX, &row->position, why) &&
	       tree_may_text(in, "email", WORDS_MAX, &row->email, why) &&
	       tree_may_text(in, "unit", WORDS_MAX, &row->unit, why) &&
	       tree_may_text(in, "role", WORDS_MAX, &row->role, why);
}

static void present_rows(struct tree *items,
			 const struct user_import_result *results,
			 size_t count)
{
	static const char *const kinds[] = { "add", "change", "same",
					     "wrong" };

	for (size_t i = 0; i < count; i++) {
		struct tree *out = tree_add_tree(items);

		tree_set_text(out, "kind", kinds[results[i].kind]);
		tree_set_text(out, "code", results[i].code);
		tree_set_text(out, "sentence", results[i].sentence);
		tree_set_int(out, "user", results[i].user_id);
	}
}

/* With "apply": false nothing changes; it only says what would. */
bool user_import_route(struct visit *visit, struct fail *why)
{
	struct user_import import = { .actor = visit->actor };
	struct user_import_result *results;
	struct user_import_row *rows;
	const struct tree *list;

	if (!visit_need_body(visit, why))
		return false;
	list = tree_member(visit->body, "rows");
	import.count = list ? tree_count(list) : 0;
	if (import.count > USER_IMPORT_MAX)
		return fail(why, FAIL_LIMIT, "%d rows at most at once",
			    USER_IMPORT_MAX);
	rows = arena_array(visit->arena, import.count, sizeof(*rows));
	results = arena_array(visit->arena, import.count, sizeof(*results));
	for (size_t i = 0; i < import.count; i++)
		if (!read_row(tree_at(list, i), &rows[i], why))
			return false;
	import.rows = rows;
	import.apply = tree_bool(visit->body, "apply", false);
	if (!user_import(visit->db, &import, visit->arena, results, why))
		return false;
	present_rows(tree_set_list(visit->answer, "rows"), results,
		     import.count);
	return true;
}

/* --- units -------------------------------------------------------------- */

static bool audit_unit(struct visit *visit, const char *action, int64_t id,
		       struct fail *why)
{
	const struct audit_act act = { action, "unit", id, NULL };

	return audit_act(visit->db, &visit->actor, &act, why);
}

bool unit_add_route(struct visit *visit, struct fail *why)
{
	struct unit unit = { .organisation_id = visit->actor.organisation_id };
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "code", 64, &unit.code, why) ||
	    !tree_need_text(visit->body, "name", WORDS_MAX, &unit.name, why) ||
	    !tree_may_text(visit->body, "short_name", WORDS_MAX,
			   &unit.short_name, why) ||
	    !tree_may_int(visit->body, "parent", &unit.parent_id, why) ||
	    !unit_add(visit->db, &unit, &id, why) ||
	    !audit_unit(visit, "unit.add", id, why))
		return false;
	visit->status = 201;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool unit_rename_route(struct visit *visit, struct fail *why)
{
	struct unit_change change = { .actor = visit->actor,
				      .id = visit_id(visit) };
	int64_t id;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "name", WORDS_MAX, &change.name,
			    why) ||
	    !tree_may_text(visit->body, "short_name", WORDS_MAX,
			   &change.short_name, why) ||
	    !tree_may_text(visit->body, "day", 10, &change.day, why) ||
	    !unit_rename(visit->db, &change, visit->arena, &id, why))
		return false;
	tree_set_int(visit->answer, "id", id);
	return true;
}

bool unit_merge_route(struct visit *visit, struct fail *why)
{
	struct unit_change change = { .actor = visit->actor,
				      .id = visit_id(visit) };

	if (!visit_need_body(visit, why) ||
	    !tree_need_int(visit->body, "into", &change.into_id, why) ||
	    !tree_may_text(visit->body, "day", 10, &change.day, why) ||
	    !unit_merge(visit->db, &change, visit->arena, why))
		return false;
	tree_set_int(visit->answer, "id", change.into_id);
	return true;
}

/* --- books -------------------------------------------------------------- */

/* Đóng sổ: the numbers of that year are complete. */
bool series_close_route(struct visit *visit, struct fail *why)
{
	int64_t year = 0;
	struct book book;

	if (!visit_need_body(visit, why) ||
	    !tree_need_int(visit->body, "year", &year, why) ||
	    !book_load(visit->db, visit_id(visit), visit->arena, &book, why))
		return false;
	if (year < 1900)
		return fail(why, FAIL_INVALID, "'year' is not a year");
	if (year >= moment_day(moment_now()).year) {
		fail(why, FAIL_INVALID, "the year %lld is not over",
		     (long long)year);
		return fail_code(why, "book.year_open",
				 "Chỉ đóng sổ của năm đã hết.");
	}
	return numbering_close(visit->db, &visit->actor, book.id, (int)year,
			       moment_now(), why);
}
