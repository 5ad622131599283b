#include "core/search_source.h"
#include "base/moment.h"
#include "core/flow.h"
#include "core/search_item.h"
#include "store/db.h"
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
	"       OR EXISTS (SELECT 1 FROM letter WHERE entry_id = ?1),"
	"       urgency, paper, entry.due_day, flow.due_day, flow.done_day"
	"  FROM entry LEFT JOIN flow ON flow.entry_id = entry.id"
	" WHERE id = ?1 AND state <> 'withdrawn'";
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
/* Files under the roots, however deep, each once. */
#define UNDER                                              \
	" UNION SELECT part.file_id FROM part JOIN inside" \
	"     ON part.of_file_id = inside.file_id LIMIT 1000)"
/* Their texts. A file with a secret mark has none. */
#define TEXTS                                                         \
	UNDER                                                         \
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

/* Letters about a document do not sign it. */
static const char select_entry_signed[] =
	"WITH RECURSIVE inside (file_id) AS ("
	"SELECT file_id FROM attachment"
	" WHERE entry_id = ?1 AND role <> 'correspondence'" UNDER
	" SELECT EXISTS (SELECT 1 FROM inside JOIN file_reading"
	"     ON file_reading.file_id = inside.file_id"
	"  WHERE signatures <> '[]')";

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

/* The deadline in force is the lead's, before that the sender's. */
static void read_deadline(struct query *query, struct search_item *item)
{
	const struct flow flow = {
		.due_day = query_get_text(query, 28, item->arena),
		.done_day = query_get_text(query, 29, item->arena),
	};

	if (item->is_void || strcmp(item->direction, "in") != 0)
		return;
	item->is_on_time = flow_is_on_time(item->status, &flow);
	if (flow_is_open(item->status))
		item->due_day = flow.due_day ? flow.due_day
					     : query_get_text(query, 27,
							      item->arena);
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
	item->urgency = arena_print(arena, "%lld",
				    (long long)query_get_int(query, 25));
	item->has_paper =
		strcmp(query_get_text(query, 26, arena), "none") != 0;
	read_deadline(query, item);
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

static bool add_signed(struct db *db, int64_t entry_id,
		       struct search_item *item, struct fail *why)
{
	int64_t is_signed;

	if (!db_load_int(db, select_entry_signed, entry_id, &is_signed, why))
		return false;
	search_item_word(item, 'f', is_signed ? "signed" : "");
	return true;
}

static bool add_letters(struct db *db, int64_t entry_id,
			struct search_item *item, struct fail *why)
{
	int64_t *ids = NULL;
	size_t count = 0;

	{
		auto_query *query = db_query(db, select_entry_letters, why);

		if (!query)
			return false;
		query_int(query, 1, entry_id);
		if (!query_list_ids(query, item->arena, &ids, &count, why))
			return false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!add_readings(db, ids[i], item, why))
			return false;
	}
	return true;
}

bool search_source_entry(struct db *db, int64_t id, struct search_item *item,
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
	       add_signed(db, id, item, why) &&
	       add_letters(db, id, item, why) &&
	       add_texts(db, select_entry_texts, id, item, why);
}

bool search_source_letter(struct db *db, int64_t id, struct search_item *item,
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
	search_item_tags(item);
	return add_readings(db, file_id, item, why) &&
	       add_files(db, select_names, file_id, item, why) &&
	       add_texts(db, select_letter_texts, file_id, item, why);
}
