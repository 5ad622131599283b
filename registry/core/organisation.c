#include "core/organisation.h"
#include "base/moment.h"
#include "base/text.h"
#include "core/book.h"
#include "core/series.h"
#include "store/db.h"
#include "store/query.h"
#include "viet/fold.h"
#include <ctype.h>
#include <string.h>

static const char insert_organisation[] =
	"INSERT INTO organisation (name, superior, short_name, code,"
	"                          identifier, place, created_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

static const char select_by_id[] =
	"SELECT id, name, superior, short_name, code, identifier, place,"
	"       created_at"
	"  FROM organisation WHERE id = ?1";

static const char select_first[] =
	"SELECT id, name, superior, short_name, code, identifier, place,"
	"       created_at"
	"  FROM organisation ORDER BY id LIMIT 1";

/* "Sở Nông nghiệp và Môi trường" gives "SNNMT": the first letters of its
 * words, without those that only join. */
static const char *make_code(const char *name, struct arena *arena)
{
	const char *folded = viet_fold(name, arena);
	auto_text code = { .limit = 40 };
	bool at_start = true;
	for (const char *c = folded; *c; c++) {
		bool joins = at_start && (strncmp(c, "va ", 3) == 0 ||
					  strncmp(c, "cua ", 4) == 0);
		if (at_start && !joins && isalnum((unsigned char)*c))
			text_add_char(&code, (char)toupper((unsigned char)*c));
		at_start = *c == ' ' || *c == ',' || *c == '-';
	}
	return arena_copy(arena, text_string(&code));
}

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static bool insert(struct db *db, const struct organisation *wanted,
		   int64_t *ret_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *code = or_empty(wanted->code);
	auto_query *query = db_query(db, insert_organisation, why);
	if (!query)
		return false;
	if (!*code)
		code = make_code(wanted->name, arena);
	query_text(query, 1, viet_normal(wanted->name, arena));
	query_text(query, 2, viet_normal(or_empty(wanted->superior), arena));
	query_text(query, 3, viet_normal(or_empty(wanted->short_name), arena));
	query_text(query, 4, code);
	query_text(query, 5, or_empty(wanted->identifier));
	query_text(query, 6, viet_normal(or_empty(wanted->place), arena));
	query_int(query, 7, moment_now());
	if (!query_run(query, why))
		return false;
	*ret_id = db_last_id(db);
	return true;
}

static bool add_books(struct db *db, int64_t organisation_id,
		      struct fail *why)
{
	static const struct {
		const char *code, *name;
		enum direction direction;
	} books[] = {
		{ "den", "Văn bản đến", DIRECTION_IN },
		{ "di", "Văn bản đi", DIRECTION_OUT },
	};
	for (size_t i = 0; i < sizeof(books) / sizeof(books[0]); i++) {
		struct series series = {
			.organisation_id = organisation_id,
			.code = books[i].code,
			.name = books[i].name,
		};
		struct book book = {
			.organisation_id = organisation_id,
			.code = books[i].code,
			.name = books[i].name,
			.direction = books[i].direction,
			.is_open = true,
		};
		int64_t series_id, book_id;
		if (!series_add(db, &series, &series_id, why) ||
		    !book_add(db, &book, series_id, &book_id, why))
			return false;
	}
	return true;
}

bool organisation_create(struct db *db, const struct organisation *wanted,
			 int64_t *ret_id, struct fail *why)
{
	int64_t id;
	if (!or_empty(wanted->name)[0])
		return fail(why, FAIL_INVALID, "an organisation has a name");
	if (!insert(db, wanted, &id, why) || !add_books(db, id, why))
		return false;
	*ret_id = id;
	return true;
}

static struct organisation read_organisation(struct query *query,
					     struct arena *arena)
{
	return (struct organisation){
		.id = query_get_int(query, 0),
		.name = query_get_text(query, 1, arena),
		.superior = query_get_text(query, 2, arena),
		.short_name = query_get_text(query, 3, arena),
		.code = query_get_text(query, 4, arena),
		.identifier = query_get_text(query, 5, arena),
		.place = query_get_text(query, 6, arena),
		.created_at = query_get_int(query, 7),
	};
}

bool organisation_load(struct db *db, int64_t id, struct arena *arena,
		       struct organisation *ret_organisation,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	*ret_organisation = read_organisation(query, arena);
	return true;
}

bool organisation_load_first(struct db *db, struct arena *arena,
			     struct organisation *ret_organisation,
			     struct fail *why)
{
	auto_query *query = db_query(db, select_first, why);
	if (!query)
		return false;
	if (!query_one(query, why))
		return fail_not_found(why, "organisation.none",
				      "Chưa khởi tạo cơ quan.",
				      "there is no organisation yet");
	*ret_organisation = read_organisation(query, arena);
	return true;
}
