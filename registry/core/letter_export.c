#include "base/text.h"
#include "base/tree.h"
#include "core/letter.h"
#include "core/letter_row.h"
#include "core/part.h"
#include "store/query.h"
#include "store/transaction.h"

static const char select_lines[] =
	"WITH line (folder_id, uidvalidity, uid, letter_id) AS ("
	"  SELECT folder_id, uidvalidity, uid, letter_id FROM ledger"
	"   WHERE letter_id IS NOT NULL"
	"  UNION ALL"
	"  SELECT folder_id, uidvalidity, uid, letter_id FROM conflict)"
	" SELECT mailbox.user, folder.name, line.uidvalidity, line.uid,"
	"   file.sha256, letter.entry_id, letter.file_id, " LETTER_FLAGS
	"  FROM line"
	"  JOIN letter ON letter.id = line.letter_id"
	"  JOIN file ON file.id = letter.file_id"
	"  JOIN folder ON folder.id = line.folder_id"
	"  JOIN mailbox ON mailbox.id = folder.mailbox_id"
	"  LEFT JOIN reading ON reading.file_id = letter.file_id"
	" ORDER BY mailbox.user, mailbox.address, folder.name,"
	"   line.uidvalidity, line.uid, file.sha256";

static void add_part(struct text *json, const struct part *part,
		     int64_t entry_id)
{
	char hex[DIGEST_HEX_SIZE];

	text_add(json, "{\"name\":");
	if (part->found_name)
		json_text_string(json, part->found_name);
	else if (part->name)
		json_text_string(json, part->name);
	else
		text_add(json, "null");
	text_add(json, ",\"type\":");
	json_text_string(json, part->type);
	digest_print(&part->digest, hex);
	text_addf(json,
		  ",\"class\":\"%s\",\"bytes\":%lld,\"sha256\":\"%s\","
		  "\"entry\":",
		  part->class, (long long)part->bytes, hex);
	if (entry_id)
		text_addf(json, "%lld}", (long long)entry_id);
	else
		text_add(json, "null}");
}

static bool print_line(struct db *db, struct query *query, struct arena *arena,
		       struct text *json, struct fail *why)
{
	struct part_list parts = { 0 };

	text_add(json, "{\"mailbox\":");
	json_text_string(json, query_get_text(query, 0, arena));
	text_add(json, ",\"folder\":");
	json_text_string(json, query_get_text(query, 1, arena));
	text_addf(json,
		  ",\"uid\":%lld,\"uidvalidity\":%lld,\"raw_sha256\":\"%s\","
		  "\"flags\":%s,\"attachments\":[",
		  (long long)query_get_int(query, 3),
		  (long long)query_get_int(query, 2),
		  query_get_text(query, 4, arena),
		  query_get_text(query, 7, arena));
	if (!part_load_list(db, query_get_int(query, 6), arena, &parts, why))
		return false;
	for (size_t i = 0; i < parts.count; i++) {
		if (i)
			text_add_char(json, ',');
		add_part(json, &parts.items[i], query_get_int(query, 5));
	}
	text_add(json, "]}");
	return true;
}

/* A large export streams: one line in memory at a time. */
bool letter_export(struct db *db,
		   bool (*each)(void *context, const char *json,
				struct fail *why),
		   void *context, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_text json = { 0 };
	auto_transaction *snapshot = transaction_begin(db, why);
	auto_query *query = snapshot ? db_query(db, select_lines, why) : NULL;

	if (!query)
		return false;
	while (query_row(query, why)) {
		text_clear(&json);
		arena_reset(arena);
		if (!print_line(db, query, arena, &json, why) ||
		    !each(context, text_string(&json), why))
			return false;
	}
	return why->kind == FAIL_NONE;
}
