#include "core/user_import.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/unit.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <stdlib.h>
#include <string.h>

/* No hash begins like this: nobody signs in before a password is given. */
#define NO_PASSWORD "!"

static const char update_person[] =
	"UPDATE user_account SET name = ?2, position = ?3, email = ?4,"
	"       unit_id = ?5, version = version + 1"
	" WHERE id = ?1";

/* One row being looked at. */
struct look {
	struct db *db;
	const struct user_import *import;
	struct arena *arena;
	const char **logins; /* sorted, to find who comes twice */
	char today[DAY_SIZE];
};

bool user_edit(struct db *db, const struct user *wanted,
	       const struct actor *actor, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, update_person, why);
	auto_tree *detail = tree_create();

	if (!query)
		return false;
	query_int(query, 1, wanted->id);
	query_text(query, 2, viet_normal(wanted->name, arena));
	query_text(query, 3, viet_normal(wanted->position, arena));
	query_text(query, 4, wanted->email);
	if (wanted->unit_id)
		query_int(query, 5, wanted->unit_id);
	else
		query_null(query, 5);
	if (!query_run(query, why))
		return false;
	tree_set_text(detail, "name", wanted->name);
	tree_set_text(detail, "position", wanted->position);
	tree_set_int(detail, "unit", wanted->unit_id);
	const struct audit_act act = { "user.edit", "user", wanted->id,
				       detail };
	return audit_act(db, actor, &act, why);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_logins(struct look *look)
{
	size_t count = look->import->count;

	look->logins = arena_array(look->arena, count, sizeof(char *));
	for (size_t i = 0; i < count; i++)
		look->logins[i] = look->import->rows[i].login;
	qsort(look->logins, count, sizeof(char *), compare);
}

static bool comes_twice(const struct look *look, const char *login)
{
	const char **found = bsearch(&login, look->logins, look->import->count,
				     sizeof(char *), compare);
	const char **last = look->logins + look->import->count - 1;

	return found && ((found > look->logins && !compare(found, found - 1)) ||
			 (found < last && !compare(found, found + 1)));
}

/* As programs say it, or as people do, with or without marks. */
static unsigned read_role(const char *typed, struct arena *arena)
{
	static const char *const said[ROLE_COUNT] = {
		[ROLE_CLERK] = "van thu",
		[ROLE_LEADER] = "lanh dao",
		[ROLE_UNIT_HEAD] = "lanh dao don vi",
		[ROLE_SPECIALIST] = "chuyen vien",
		[ROLE_ADMINISTRATOR] = "quan tri",
	};
	const char *folded = viet_fold(typed, arena);

	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (!strcmp(typed, role_name((enum role)i)) ||
		    !strcmp(folded, said[i]))
			return 1u << i;
	return 0;
}

static void set_wrong(struct user_import_result *result, const char *code,
		      const char *sentence)
{
	result->kind = USER_IMPORT_WRONG;
	result->code = code;
	result->sentence = sentence;
}

static bool find_unit(struct look *look, const struct user_import_row *row,
		      struct user *wanted, struct user_import_result *result,
		      struct fail *why)
{
	struct unit unit;

	if (!*row->unit)
		return true;
	if (!unit_find(look->db, look->import->actor.organisation_id,
		       row->unit, look->today, look->arena, &unit, why))
		return false;
	wanted->unit_id = unit.id;
	if (!unit.id)
		set_wrong(result, "unit",
			  arena_print(look->arena,
				      "Không có đơn vị mang mã '%s'.",
				      row->unit));
	return true;
}

static bool same(const struct user *a, const struct user *b)
{
	return !strcmp(a->name, b->name) && !strcmp(a->position, b->position) &&
	       !strcmp(a->email, b->email) && a->unit_id == b->unit_id;
}

static bool fits_login(const char *login)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789._-";
	size_t size = strlen(login);

	return size >= 2 && size <= 64 && strspn(login, allowed) == size;
}

static void check_words(struct look *look, const struct user_import_row *row,
			struct user *wanted, struct user_import_result *result)
{
	if (!fits_login(row->login))
		set_wrong(result, "login",
			  "Tên đăng nhập gồm 2 đến 64 ký tự: chữ thường không "
			  "dấu, số, dấu chấm, gạch.");
	else if (comes_twice(look, row->login))
		set_wrong(result, "twice",
			  "Tên đăng nhập này có ở hai dòng trong bảng.");
	else if (!*row->name)
		set_wrong(result, "name", "Thiếu họ và tên.");
	else if (!wanted->roles)
		set_wrong(result, "role",
			  "Vai trò là một trong: Văn thư, Lãnh đạo, Lãnh đạo "
			  "đơn vị, Chuyên viên, Quản trị.");
}

/* *wanted is what the row asks for. */
static bool look_at(struct look *look, const struct user_import_row *row,
		    struct user *wanted, struct user_import_result *result,
		    struct fail *why)
{
	struct user had;

	*wanted = (struct user){
		.organisation_id = look->import->actor.organisation_id,
		.login = row->login,
		.name = viet_normal(row->name, look->arena),
		.position = viet_normal(row->position, look->arena),
		.email = row->email,
		.roles = read_role(row->role, look->arena),
		.must_change = true,
	};
	*result = (struct user_import_result){ .kind = USER_IMPORT_ADD };
	check_words(look, row, wanted, result);
	if (result->kind == USER_IMPORT_WRONG)
		return true;
	if (!find_unit(look, row, wanted, result, why) ||
	    !user_find(look->db, row->login, look->arena, &had, why))
		return false;
	if (!had.id || result->kind == USER_IMPORT_WRONG)
		return true;
	wanted->id = result->user_id = had.id;
	result->kind = same(&had, wanted) ? USER_IMPORT_SAME
					  : USER_IMPORT_CHANGE;
	return true;
}

static bool apply(struct look *look, const struct user *users,
		  struct user_import_result *results, struct fail *why)
{
	for (size_t i = 0; i < look->import->count; i++) {
		const struct actor *actor = &look->import->actor;
		bool ok = true;

		if (results[i].kind == USER_IMPORT_ADD)
			ok = user_add_hashed(look->db, &users[i], NO_PASSWORD,
					     actor, &results[i].user_id, why);
		else if (results[i].kind == USER_IMPORT_CHANGE)
			ok = user_edit(look->db, &users[i], actor, why);
		if (!ok)
			return false;
	}
	return true;
}

bool user_import(struct db *db, const struct user_import *import,
		 struct arena *arena, struct user_import_result *ret_results,
		 struct fail *why)
{
	struct look look = { .db = db, .import = import, .arena = arena };
	struct user *users = arena_array(arena, import->count, sizeof(*users));
	size_t wrong = 0;

	if (import->count > USER_IMPORT_MAX)
		return fail(why, FAIL_LIMIT, "%d rows at most at once",
			    USER_IMPORT_MAX);
	day_print(moment_day(moment_now()), look.today);
	sort_logins(&look);
	for (size_t i = 0; i < import->count; i++) {
		if (!look_at(&look, &import->rows[i], &users[i],
			     &ret_results[i], why))
			return false;
		wrong += ret_results[i].kind == USER_IMPORT_WRONG;
	}
	if (!import->apply)
		return true;
	if (!wrong)
		return apply(&look, users, ret_results, why);
	fail(why, FAIL_INVALID, "%zu rows are wrong", wrong);
	return fail_code(why, "import.rows",
			 "Còn dòng sai. Sửa bảng rồi nhập lại; chưa có gì "
			 "thay đổi.");
}
