#include "base/moment.h"
#include "core/search.h"
#include "core/search_item.h"
#include "store/query.h"
#include <string.h>

enum { /* characters that are looked at */
	LETTER_BODY_MAX = 64 * 1024,
	FILE_TEXT_MAX = 256 * 1024
};

static const char select_entry[] =
	"SELECT organisation_id, direction, day, state, book_id, agency_id,"
	"       type_id, unit_id, year, number, suffix, symbol, symbol_key,"
	"       symbol_number, subject, issuer, signer_name, receiver, note,"
	"       field, (SELECT name FROM document_type"
	"                WHERE document_type.id = type_id),"
	"       registered_by, submit_to, status,"
	"       EXISTS (SELECT 1 FROM attachment WHERE entry_id = ?1)"
	"       OR EXISTS (SELECT 1 FROM entry_letter WHERE entry_id = ?1)"
	"       OR EXISTS (SELECT 1 FROM letter WHERE entry_id = ?1)"
	"  FROM entry WHERE id = ?1 AND state <> 'withdrawn'";
static const char select_entry_receivers[] =
	"SELECT unit_id, user_id FROM entry_receiver WHERE entry_id = ?1"
	" UNION SELECT unit_id, user_id FROM assignment WHERE entry_id = ?1"
	"   AND state IN ('sent', 'working', 'done')"
	" UNION SELECT NULL, submitted_to FROM flow WHERE entry_id = ?1"
	" UNION SELECT unit_id, user_id FROM access_grant"
	" WHERE kind = 'entry' AND object_id = ?1 AND state = 'confirmed'"
	" UNION SELECT g.unit_id, g.user_id FROM dossier_document d"
	"   JOIN access_grant g ON g.kind = 'dossier'"
	"    AND g.object_id = d.dossier_id AND g.state = 'confirmed'"
	" WHERE d.entry_id = ?1"
	" ORDER BY 1, 2";
static const char select_entry_files[] =
	"SELECT DISTINCT name FROM attachment WHERE entry_id = ?1"
	" ORDER BY position, id";
/* The raw letters of an entry; of the copies of one letter, one. */
static const char select_entry_letters[] =
	"SELECT min(letter.file_id) FROM letter"
	" WHERE letter.id IN"
	"       (SELECT letter_id FROM entry_letter WHERE entry_id = ?1"
	"         UNION SELECT id FROM letter WHERE entry_id = ?1)"
	"   AND letter.state <> 'quarantine' GROUP BY letter.group_id"
	" ORDER BY letter.group_id";
static const char select_letter[] =
	"SELECT received_at, letter.file_id,"
	"       (SELECT id FROM unit WHERE code = mailbox.unit"
	"         ORDER BY valid_to DESC LIMIT 1),"
	"       (SELECT coalesce(min(id), 1) FROM organisation)"
	"  FROM letter JOIN reading ON reading.file_id = letter.file_id"
	"       JOIN mailbox ON mailbox.id = letter.mailbox_id"
	" WHERE letter.id = ?1 AND leads AND letter.state <> 'quarantine'"
	"   AND letter.entry_id IS NULL AND NOT EXISTS"
	"       (SELECT 1 FROM entry_letter JOIN letter AS copy"
	"            ON copy.id = entry_letter.letter_id"
	"         WHERE copy.group_id = letter.group_id)";

/* A raw letter and the messages inside it, however deep. */
#define INSIDE                                                \
	"WITH RECURSIVE inside (file_id) AS (SELECT ?1 UNION" \
	" SELECT part.file_id FROM part JOIN inside"          \
	"     ON part.of_file_id = inside.file_id"            \
	"  WHERE part.class = 'message' LIMIT 50) "
static const char select_readings[] =
	INSIDE
	"SELECT subject, sender_name, sender_address,"
	"       substr(body, 1, ?2), reading.file_id = ?1"
	"  FROM inside JOIN reading ON reading.file_id = inside.file_id"
	" ORDER BY 5 DESC, reading.file_id";
static const char select_names[] =
	INSIDE
	"SELECT DISTINCT part.name FROM inside"
	"  JOIN part ON part.of_file_id = inside.file_id"
	" WHERE part.class = 'file' AND part.name IS NOT NULL"
	" ORDER BY part.of_file_id <> ?1, part.of_file_id, part.position";
/* Texts of files under the roots, however deep, each once. A file with a
 * secret mark has none. */
#define TEXTS                                                         \
	" UNION SELECT part.file_id FROM part JOIN inside"            \
	"     ON part.of_file_id = inside.file_id LIMIT 1000)"        \
	" SELECT coalesce((SELECT name FROM part"                     \
	"   WHERE part.file_id = inside.file_id AND name IS NOT NULL" \
	"   ORDER BY id LIMIT 1), ''), substr(text, 1, ?2)"           \
	"  FROM inside JOIN file_reading"                             \
	"    ON file_reading.file_id = inside.file_id"                \
	" WHERE text IS NOT NULL AND secret IS NULL ORDER BY inside.file_id"
static const char select_letter_texts[] =
	"WITH RECURSIVE inside (file_id) AS (SELECT ?1" TEXTS;
static const char select_entry_texts[] =
	"WITH RECURSIVE inside (file_id) AS ("
	"SELECT file_id FROM attachment WHERE entry_id = ?1"
	" UNION SELECT file_id FROM letter WHERE state <> 'quarantine'"
	"   AND id IN (SELECT letter_id FROM entry_letter WHERE entry_id = ?1"
	"       UNION SELECT id FROM letter WHERE entry_id = ?1)" TEXTS;

#define HOLDERS                                               \
	"WITH RECURSIVE holder (file_id) AS (SELECT ?1 UNION" \
	" SELECT part.of_file_id FROM part JOIN holder"       \
	"     ON part.file_id = holder.file_id)"
static const char select_holding_entries[] =
	HOLDERS
	" SELECT DISTINCT entry_id FROM holder JOIN attachment"
	"     ON attachment.file_id = holder.file_id WHERE letter_id IS NULL";
static const char select_holding_groups[] =
	HOLDERS
	" SELECT DISTINCT letter.group_id FROM holder"
	"   JOIN letter ON letter.file_id = holder.file_id";
static const char select_group_letters[] =
	"SELECT id FROM letter WHERE group_id = ?1";
static const char select_group_entries[] =
	"SELECT entry_id FROM entry_letter WHERE letter_id IN"
	"       (SELECT id FROM letter WHERE group_id = ?1)"
	" UNION SELECT entry_id FROM letter"
	"        WHERE group_id = ?1 AND entry_id IS NOT NULL";
static const char select_group[] =
	"SELECT group_id FROM letter WHERE id = ?1";
static const char select_entry_after[] =
	"SELECT id FROM entry WHERE id > ?1 ORDER BY id LIMIT 1";
static const char select_letter_after[] =
	"SELECT id FROM letter WHERE id > ?1 ORDER BY id LIMIT 1";
static const char select_version[] =
	"SELECT (SELECT version FROM search_version WHERE id = 1),"
	"       EXISTS (SELECT 1 FROM search_item)";
struct id_list {
	int64_t *ids;
	size_t count, room;
};

static void id_list_done(struct id_list *list)
{
	memory_free(list->ids);
}

#define auto_id_list __attribute__((cleanup(id_list_done))) struct id_list

/* The first column of a statement about one id. */
static bool list_ids(struct db *db, const char *sql, int64_t id,
		     struct id_list *list, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	while (query_row(query, why)) {
		if (list->count == list->room) {
			list->room = list->room ? list->room * 2 : 8;
			list->ids = memory_grow(list->ids,
						list->room *
							sizeof *list->ids);
		}
		list->ids[list->count++] = query_get_int(query, 0);
	}
	return why->kind == FAIL_NONE;
}

/* One name a line from a statement about one id. */
static bool add_files(struct db *db, const char *sql, int64_t id,
		      struct search_item *item, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	while (query_row(query, why))
		search_item_line(&item->files,
				 query_get_text(query, 0, item->arena));
	return why->kind == FAIL_NONE;
}

static void read_entry(struct query *query, struct search_item *item)
{
	struct arena *arena = item->arena;
	const char *number = query_get_text(query, 13, arena);

	item->organisation_id = query_get_int(query, 0);
	item->direction = query_get_text(query, 1, arena);
	item->day = query_get_text(query, 2, arena);
	item->is_void = strcmp(query_get_text(query, 3, arena), "void") == 0;
	item->book_id = query_get_int(query, 4);
	item->agency_id = query_get_int(query, 5);
	item->type_id = query_get_int(query, 6);
	item->unit_id = query_get_int(query, 7);
	item->year = query_get_int(query, 8);
	item->register_number = query_get_int(query, 9);
	item->number = arena_print(arena, "%lld%s",
				   (long long)item->register_number,
				   query_get_text(query, 10, arena));
	item->symbol = query_get_text(query, 11, arena);
	item->symbol_key = query_get_text(query, 12, arena);
	for (; number && *number >= '0' && *number <= '9' &&
	       item->symbol_number < 100000000;
	     number++)
		item->symbol_number = item->symbol_number * 10 + *number - '0';
	item->subject = query_get_text(query, 14, arena);
	item->issuer = query_get_text(query, 15, arena);
	item->signer = query_get_text(query, 16, arena);
	for (int column = 17; column <= 20; column++)
		search_item_line(&item->body,
				 query_get_text(query, column, arena));
	item->status = query_get_text(query, 23, arena);
	search_item_tags(item);
	search_item_tag(item, 'p', query_get_int(query, 21));
	search_item_tag(item, 'p', query_get_int(query, 22));
}

static bool add_receivers(struct db *db, int64_t id, struct search_item *item,
			  struct fail *why)
{
	auto_query *query = db_query(db, select_entry_receivers, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	while (query_row(query, why)) {
		if (query_get_int(query, 0) != item->unit_id)
			search_item_tag(item, 'u', query_get_int(query, 0));
		search_item_tag(item, 'p', query_get_int(query, 1));
	}
	return why->kind == FAIL_NONE;
}

/* Sender and words of a raw letter and of what is inside it. Its own subject
 * is that of a letter's item; all others are words among others. */
static bool add_readings(struct db *db, int64_t file_id,
			 struct search_item *item, struct fail *why)
{
	auto_query *query = db_query(db, select_readings, why);
	bool is_letter = strcmp(item->kind, "letter") == 0;

	if (!query)
		return false;
	query_int(query, 1, file_id);
	query_int(query, 2, LETTER_BODY_MAX);
	while (query_row(query, why)) {
		const char *subject = query_get_text(query, 0, item->arena);

		if (is_letter && query_get_int(query, 4))
			item->subject = subject ? subject : "";
		else
			search_item_line(&item->body, subject);
		search_item_sender(item, query_get_text(query, 1, item->arena),
				   query_get_text(query, 2, item->arena));
		search_item_line(&item->body,
				 query_get_text(query, 3, item->arena));
	}
	return why->kind == FAIL_NONE;
}

/* Behind a mark and the name of its file, so that a hit can tell in which file
 * and on which page it is (search_item.h). */
static bool add_texts(struct db *db, const char *sql, int64_t id,
		      struct search_item *item, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, FILE_TEXT_MAX);
	while (query_row(query, why)) {
		text_add_char(&item->body, SEARCH_FILE_MARK);
		text_add(&item->body, query_get_text(query, 0, item->arena));
		text_add_char(&item->body, SEARCH_FILE_MARK);
		text_add(&item->body, query_get_text(query, 1, item->arena));
	}
	return why->kind == FAIL_NONE;
}

static bool add_letters(struct db *db, int64_t entry_id,
			struct search_item *item, struct fail *why)
{
	auto_id_list files = { .ids = NULL };

	if (!list_ids(db, select_entry_letters, entry_id, &files, why))
		return false;
	for (size_t i = 0; i < files.count; i++) {
		if (!add_readings(db, files.ids[i], item, why))
			return false;
	}
	return true;
}

/* False with FAIL_NONE when there is nothing to index. */
static bool load_entry(struct db *db, int64_t id, struct search_item *item,
		       struct fail *why)
{
	bool has_files;

	{
		auto_query *query = db_query(db, select_entry, why);

		if (!query)
			return false;
		query_int(query, 1, id);
		if (!query_row(query, why) || query_is_null(query, 9))
			return false;
		read_entry(query, item);
		has_files = query_get_int(query, 24) != 0;
	}
	if (!add_receivers(db, id, item, why))
		return false;
	if (!has_files) /* to find nothing costs tables on the side */
		return true;
	return add_files(db, select_entry_files, id, item, why) &&
	       add_letters(db, id, item, why) &&
	       add_texts(db, select_entry_texts, id, item, why);
}

bool search_index_entry(struct db *db, int64_t id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_item item;

	why->kind = FAIL_NONE;
	search_item_init(&item, "entry", id);
	item.arena = arena;
	if (!load_entry(db, id, &item, why))
		return why->kind == FAIL_NONE &&
		       search_item_remove(db, "entry", id, why);
	return search_item_put(db, &item, why);
}

static bool load_letter(struct db *db, int64_t id, struct search_item *item,
			struct fail *why)
{
	char *iso = arena_alloc(item->arena, DAY_SIZE);
	struct day day;
	int64_t file_id;

	{
		auto_query *query = db_query(db, select_letter, why);

		if (!query)
			return false;
		query_int(query, 1, id);
		if (!query_row(query, why))
			return false;
		day = moment_day(query_get_int(query, 0));
		file_id = query_get_int(query, 1);
		item->unit_id = query_get_int(query, 2);
		item->organisation_id = query_get_int(query, 3);
	}
	day_print(day, iso);
	item->day = iso;
	item->year = day.year;
	return add_readings(db, file_id, item, why) &&
	       add_files(db, select_names, file_id, item, why) &&
	       add_texts(db, select_letter_texts, file_id, item, why);
}

static bool index_letter(struct db *db, int64_t id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_item item;

	search_item_init(&item, "letter", id);
	item.arena = arena;
	if (!load_letter(db, id, &item, why))
		return why->kind == FAIL_NONE &&
		       search_item_remove(db, "letter", id, why);
	search_item_tags(&item);
	return search_item_put(db, &item, why);
}

static bool index_each(struct db *db, const struct id_list *list,
		       bool (*index)(struct db *db, int64_t id,
				     struct fail *why),
		       struct fail *why)
{
	for (size_t i = 0; i < list->count; i++) {
		if (!index(db, list->ids[i], why))
			return false;
	}
	return true;
}

static bool index_group(struct db *db, int64_t group_id, struct fail *why)
{
	auto_id_list letters = { .ids = NULL };
	auto_id_list entries = { .ids = NULL };

	return list_ids(db, select_group_letters, group_id, &letters, why) &&
	       list_ids(db, select_group_entries, group_id, &entries, why) &&
	       index_each(db, &letters, index_letter, why) &&
	       index_each(db, &entries, search_index_entry, why);
}

bool search_index_letter(struct db *db, int64_t id, struct fail *why)
{
	auto_id_list groups = { .ids = NULL };

	why->kind = FAIL_NONE;
	return list_ids(db, select_group, id, &groups, why) &&
	       index_each(db, &groups, index_group, why);
}

bool search_index_file(struct db *db, int64_t file_id, struct fail *why)
{
	auto_id_list groups = { .ids = NULL };
	auto_id_list entries = { .ids = NULL };

	why->kind = FAIL_NONE;
	return list_ids(db, select_holding_groups, file_id, &groups, why) &&
	       list_ids(db, select_holding_entries, file_id, &entries, why) &&
	       index_each(db, &groups, index_group, why) &&
	       index_each(db, &entries, search_index_entry, why);
}

/* Each id of a table in turn. */
static bool index_all(struct db *db, const char *sql,
		      bool (*index)(struct db *db, int64_t id,
				    struct fail *why),
		      struct fail *why)
{
	int64_t id = INT64_MIN;

	for (;;) {
		{
			auto_query *query = db_query(db, sql, why);

			if (!query)
				return false;
			query_int(query, 1, id);
			if (!query_row(query, why))
				return why->kind == FAIL_NONE;
			id = query_get_int(query, 0);
		}
		if (!index(db, id, why))
			return false;
	}
}

bool search_settle(struct db *db, struct fail *why)
{
	return search_item_settle(db, why);
}

bool search_rebuild(struct db *db, struct fail *why)
{
	why->kind = FAIL_NONE;
	return search_item_remove_all(db, why) &&
	       index_all(db, select_entry_after, search_index_entry, why) &&
	       index_all(db, select_letter_after, index_letter, why) &&
	       search_item_settle(db, why);
}

bool search_is_stale(struct db *db, bool *ret_stale, struct fail *why)
{
	auto_query *query = db_query(db, select_version, why);

	if (!query || !query_one(query, why))
		return false;
	*ret_stale = query_get_int(query, 1) != 0 &&
		     query_get_int(query, 0) != search_item_version();
	return true;
}
