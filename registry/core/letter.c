#include "core/letter.h"
#include "base/moment.h"
#include "core/letter_row.h"
#include "store/query.h"
#include <string.h>

static const char select_by_id[] =
	LETTER_SELECT " WHERE letter.id = ?1";
static const char select_queue[] =
	LETTER_SELECT
	" WHERE letter.leads = 1 AND letter.state = ?1 AND letter.id < ?2"
	" ORDER BY letter.id DESC LIMIT ?3";
static const char select_walk[] =
	"SELECT letter.id FROM letter LEFT JOIN letter_summary AS summary"
	"    ON summary.file_id = letter.file_id"
	" WHERE leads = 1 AND letter.state = 'todo'"
	"   AND coalesce(summary.action, 'register') = 'register'"
	" ORDER BY coalesce(urgency, 0) DESC,"
	"   coalesce(urgency, 0) = 0 AND received_at >= ?1,"
	"   received_at DESC, letter.id DESC LIMIT ?2";
static const char select_copies[] =
	LETTER_SELECT
	" WHERE letter.group_id = (SELECT group_id FROM letter WHERE id = ?1)"
	" ORDER BY letter.id LIMIT ?2";
static const char select_of_entry[] =
	LETTER_SELECT
	" WHERE letter.entry_id = ?1 ORDER BY letter.id LIMIT ?2";
static const char count_queue[] =
	"SELECT (SELECT count(*) FROM letter WHERE leads = 1 AND"
	"         state = 'todo'),"
	"       (SELECT count(*) FROM letter WHERE leads = 1 AND"
	"         state = 'quarantine'),"
	"       (SELECT count(*) FROM letter WHERE leads = 1 AND"
	"         state = 'done'),"
	"       (SELECT count(*) FROM job WHERE state IN"
	"         ('waiting', 'running') AND kind = 'read_letter'),"
	"       (SELECT count(*) FROM job WHERE state IN"
	"         ('waiting', 'running') AND kind <> 'read_letter')";
static const char select_body[] =
	"SELECT body FROM letter JOIN reading"
	"  ON reading.file_id = letter.file_id WHERE letter.id = ?1";

enum {
	PAGE_MAX = 200,
	COPIES_MAX = 1000,
	WALK_MAX = 5000
};

static const char *const state_names[LETTER_STATE_COUNT] = {
	"todo", "quarantine", "done"
};

const char *letter_state_name(enum letter_state state)
{
	return state_names[state];
}

bool letter_state_parse(const char *name, enum letter_state *ret_state)
{
	for (size_t i = 0; i < LETTER_STATE_COUNT; i++) {
		if (strcmp(state_names[i], name) == 0) {
			*ret_state = (enum letter_state)i;
			return true;
		}
	}
	return false;
}

static void read_reading(struct query *query, struct letter *letter,
			 struct arena *arena)
{
	letter->read = query_get_int(query, 18) != 0;
	letter->subject = query_get_text(query, 19, arena);
	letter->sender_name = query_get_text(query, 20, arena);
	letter->sender_address = query_get_text(query, 21, arena);
	letter->recipients_json = query_get_text(query, 22, arena);
	letter->message_id = query_get_text(query, 23, arena);
	letter->sent_at = query_get_int(query, 24);
	letter->flags_json = query_get_text(query, 25, arena);
	letter->excerpt = query_get_text(query, 26, arena);
	letter->files = query_get_int(query, 27);
}

static struct letter_brief read_brief(struct query *query, struct arena *arena)
{
	return (struct letter_brief){
		.files = query_get_int(query, 28),
		.done = query_get_int(query, 29),
		.failed = query_get_int(query, 30),
		.recognising = query_get_int(query, 31),
		.symbol = query_get_text(query, 32, arena),
		.document_day = query_get_text(query, 33, arena),
		.issuer = query_get_text(query, 34, arena),
		.agency_id = query_get_int(query, 35),
		.subject = query_get_text(query, 36, arena),
		.type = query_get_text(query, 37, arena),
		.urgency = query_get_int(query, 38),
		.due_day = query_get_text(query, 39, arena),
		.pages = query_get_int(query, 40),
		.sure = query_get_int(query, 41) != 0,
		.action = query_get_text(query, 42, arena),
		.has_document = !query_is_null(query, 43),
	};
}

static struct letter read_letter(struct query *query, struct arena *arena)
{
	struct letter letter = {
		.id = query_get_int(query, 0),
		.mailbox_id = query_get_int(query, 1),
		.mailbox = query_get_text(query, 2, arena),
		.unit = query_get_text(query, 3, arena),
		.file_id = query_get_int(query, 4),
		.bytes = query_get_int(query, 6),
		.received_at = query_get_int(query, 7),
		.taken_at = query_get_int(query, 8),
		.copies = query_get_int(query, 9),
		.state = query_get_text(query, 10, arena),
		.decision = query_get_text(query, 11, arena),
		.entry_id = query_get_int(query, 12),
		.reason = query_get_text(query, 13, arena),
		.decided_by = query_get_int(query, 14),
		.decided_name = query_get_text(query, 15, arena),
		.decided_at = query_get_int(query, 16),
		.version = query_get_int(query, 17),
	};

	(void)query_get_digest(query, 5, &letter.digest);
	read_reading(query, &letter, arena);
	letter.brief = read_brief(query, arena);
	return letter;
}

/* At most `max` rows; `next` when there may be more. */
static bool read_list(struct query *query, size_t max, struct arena *arena,
		      struct letter_list *ret_list, struct fail *why)
{
	struct letter_list list = { 0 };

	list.items = arena_array(arena, max, sizeof(*list.items));
	while (list.count < max && query_row(query, why))
		list.items[list.count++] = read_letter(query, arena);
	if (list.count < max && why->kind != FAIL_NONE)
		return false;
	if (list.count == max)
		list.next = list.items[max - 1].id;
	*ret_list = list;
	return true;
}

bool letter_load(struct db *db, int64_t id, struct arena *arena,
		 struct letter *ret_letter, struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (query_one(query, why)) {
		*ret_letter = read_letter(query, arena);
		return true;
	}
	return fail_not_found(why, "letter.not_found", "Không có thư này.",
			      "no such letter");
}

bool letter_queue(struct db *db, const struct letter_page *page,
		  struct arena *arena, struct letter_list *ret_list,
		  struct fail *why)
{
	auto_query *query = db_query(db, select_queue, why);

	if (!query)
		return false;
	if (page->limit < 1 || page->limit > PAGE_MAX)
		return fail(why, FAIL_INVALID, "a page has 1 to %d letters",
			    PAGE_MAX);
	query_text(query, 1, letter_state_name(page->state));
	query_int(query, 2, page->after > 0 ? page->after : INT64_MAX);
	query_int(query, 3, page->limit);
	return read_list(query, (size_t)page->limit, arena, ret_list, why);
}

bool letter_walk(struct db *db, int64_t now, struct arena *arena,
		 int64_t **ret_ids, size_t *ret_count, struct fail *why)
{
	auto_query *query = db_query(db, select_walk, why);

	if (!query)
		return false;
	query_int(query, 1, moment_of_day(moment_day(now)));
	query_int(query, 2, WALK_MAX);
	return query_list_ids(query, arena, ret_ids, ret_count, why);
}

bool letter_copies(struct db *db, int64_t id, struct arena *arena,
		   struct letter_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_copies, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, COPIES_MAX);
	return read_list(query, COPIES_MAX, arena, ret_list, why);
}

bool letter_of_entry(struct db *db, int64_t entry_id, struct arena *arena,
		     struct letter_list *ret_list, struct fail *why)
{
	auto_query *query = db_query(db, select_of_entry, why);

	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, COPIES_MAX);
	return read_list(query, COPIES_MAX, arena, ret_list, why);
}

bool letter_count(struct db *db, struct letter_counts *ret_counts,
		  struct fail *why)
{
	auto_query *query = db_query(db, count_queue, why);

	if (!query || !query_one(query, why))
		return false;
	*ret_counts = (struct letter_counts){
		.todo = query_get_int(query, 0),
		.quarantine = query_get_int(query, 1),
		.done = query_get_int(query, 2),
		.unread = query_get_int(query, 3),
		.reading = query_get_int(query, 4),
	};
	return true;
}

bool letter_body(struct db *db, int64_t id, struct arena *arena,
		 const char **ret_body, struct fail *why)
{
	auto_query *query = db_query(db, select_body, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (query_row(query, why)) {
		*ret_body = query_get_text(query, 0, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_body = NULL;
	return true;
}
