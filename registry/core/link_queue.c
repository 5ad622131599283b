/*
 * When letters are looked at: once all of theirs was read, and again when an
 * entry is made that may be theirs.
 */
#include "core/letter_file.h"
#include "core/link.h"
#include "core/remembered.h"
#include "core/trusted.h"
#include "store/query.h"

enum {
	AGAIN_MAX = 20 /* letters that one new entry concerns */
};

static const char select_concerned[] =
	"SELECT f.letter_id FROM entry e JOIN letter_fact f"
	"    ON f.symbol_key = e.symbol_key AND f.symbol_key <> ''"
	"  JOIN letter l ON l.id = f.letter_id AND l.state = 'todo'"
	" WHERE e.id = ?1 AND l.id IS NOT e.letter_id"
	" ORDER BY f.letter_id DESC LIMIT 20";
static const char select_read[] =
	"SELECT min(l.id) FROM letter l JOIN letter_summary s"
	"    ON s.file_id = l.file_id"
	" WHERE l.file_id = ?1 AND s.done >= s.files HAVING min(l.id) > 0";

/* A letter that the rules stumble over is left to people; reading goes on. What
 * they wrote of it so far is derived, and made anew the next time. Only when
 * the store itself fails is it not over. */
static bool pardon(struct fail *why)
{
	if (why->kind == FAIL_BROKEN || why->kind == FAIL_LIMIT ||
	    why->kind == FAIL_BUSY)
		return false;
	*why = (struct fail){ .kind = FAIL_NONE };
	return true;
}

static bool find_one(struct db *db, int64_t letter_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t entry_id;

	return (link_find(db, letter_id, arena, why) &&
		trusted_register(db, letter_id, arena, &entry_id, why) &&
		remembered_file(db, letter_id, why)) ||
	       pardon(why);
}

bool link_find_again(struct db *db, int64_t entry_id, struct fail *why)
{
	int64_t letters[AGAIN_MAX];
	size_t count = 0;
	auto_query *query = db_query(db, select_concerned, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (count < AGAIN_MAX && query_row(query, why))
		letters[count++] = query_get_int(query, 0);
	if (count < AGAIN_MAX && why->kind != FAIL_NONE)
		return false;
	query_done(&query);
	for (size_t i = 0; i < count; i++)
		if (!find_one(db, letters[i], why))
			return false;
	return true;
}

static bool find_read(struct db *db, int64_t letter_file_id,
		      int64_t *ret_letter_id, struct fail *why)
{
	auto_query *query = db_query(db, select_read, why);

	if (!query)
		return false;
	query_int(query, 1, letter_file_id);
	*ret_letter_id = 0;
	if (query_row(query, why))
		*ret_letter_id = query_get_int(query, 0);
	return why->kind == FAIL_NONE;
}

bool link_find_holders(struct db *db, int64_t file_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct letter_file_holders holders;
	int64_t letter_id;

	if (!letter_file_find_holders(db, file_id, arena, &holders, why))
		return false;
	for (size_t i = 0; i < holders.count; i++) {
		if (!find_read(db, holders.ids[i], &letter_id, why))
			return false;
		if (letter_id && !find_one(db, letter_id, why))
			return false;
	}
	return true;
}
