/*
 * Holding the books against the law, and writing them out.
 */
#include "core/attachment.h"
#include "core/entry_list.h"
#include "core/relation.h"
#include "core/verify.h"
#include "store/query.h"

static const char count_all[] = "SELECT count(*) FROM entry";

/* Each gives one row per fault: what, and where. */
static const char *const faults[] = {
	"SELECT CASE WHEN number = before THEN 'number given twice'"
	"            ELSE 'numbers are missing before this one' END,"
	"       series || ' ' || year || ': ' || number"
	"  FROM (SELECT s.code AS series, e.year AS year, e.number AS number,"
	"               coalesce(y.first_number, 1) AS first,"
	"               lag(e.number) OVER (PARTITION BY e.organisation_id,"
	"                   e.series_id, e.year ORDER BY e.number) AS before"
	"          FROM (SELECT organisation_id, series_id, year, number"
	"                  FROM entry WHERE number IS NOT NULL AND suffix = ''"
	"                UNION ALL"
	"                SELECT organisation_id, series_id, year, number"
	"                  FROM reservation WHERE state <> 'used') e"
	"          JOIN series s ON s.id = e.series_id"
	"          LEFT JOIN series_year y"
	"            ON y.organisation_id = e.organisation_id"
	"           AND y.series_id = e.series_id AND y.year = e.year)"
	" WHERE number <> coalesce(before + 1, first)",

	"SELECT 'earlier day than the number before',"
	"       series || ' ' || year || ': ' || number"
	"  FROM (SELECT s.code AS series, e.year AS year, e.number AS number,"
	"               e.day AS day,"
	"               lag(e.day) OVER (PARTITION BY e.organisation_id,"
	"                   e.series_id ORDER BY e.year, e.number) AS before"
	"          FROM entry e JOIN series s ON s.id = e.series_id"
	"         WHERE e.number IS NOT NULL AND e.suffix = ''"
	"           AND e.id NOT IN (SELECT entry_id FROM reservation"
	"                             WHERE entry_id IS NOT NULL))"
	" WHERE day < before",

	"SELECT 'day of another year', 'entry ' || id FROM entry"
	" WHERE CAST(substr(day, 1, 4) AS INTEGER) <> year",

	"SELECT 'void without a reason', 'entry ' || id FROM entry"
	" WHERE state = 'void' AND length(void_reason) < 10",

	"SELECT 'suffix to a number that is not there', 'entry ' || e.id"
	"  FROM entry e"
	" WHERE e.suffix <> '' AND NOT EXISTS ("
	"       SELECT 1 FROM entry f"
	"        WHERE f.organisation_id = e.organisation_id"
	"          AND f.series_id = e.series_id AND f.year = e.year"
	"          AND f.number = e.number AND f.suffix = '')",

	"SELECT 'book of another organisation or direction', 'entry ' || e.id"
	"  FROM entry e LEFT JOIN book b ON b.id = e.book_id"
	" WHERE b.id IS NULL OR b.organisation_id <> e.organisation_id"
	"    OR b.direction <> e.direction",

	"SELECT 'its letter does not know it', 'entry ' || e.id"
	"  FROM entry e LEFT JOIN letter l ON l.id = e.letter_id"
	" WHERE e.letter_id IS NOT NULL AND e.state <> 'withdrawn'"
	"   AND (l.id IS NULL OR l.entry_id IS NOT e.id)",

	"SELECT 'its entry is not there', 'letter ' || l.id"
	"  FROM letter l LEFT JOIN entry e ON e.id = l.entry_id"
	" WHERE l.entry_id IS NOT NULL"
	"   AND (e.id IS NULL OR e.state = 'withdrawn')",

	"SELECT 'its file is not there', 'attachment ' || a.id"
	"  FROM attachment a LEFT JOIN file f ON f.id = a.file_id"
	"  LEFT JOIN entry e ON e.id = a.entry_id"
	" WHERE f.id IS NULL OR e.id IS NULL",

	"SELECT 'one side is not there', 'relation ' || r.id"
	"  FROM relation r LEFT JOIN entry a ON a.id = r.entry_id"
	"  LEFT JOIN entry b ON b.id = r.other_id"
	" WHERE a.id IS NULL OR b.id IS NULL",

	"SELECT 'another number in the audit', 'entry ' || e.id"
	"  FROM entry e LEFT JOIN audit u"
	"    ON u.object_type = 'entry' AND u.object_id = e.id"
	"   AND u.action = 'entry.register'"
	" WHERE e.number IS NOT NULL"
	"   AND (u.seq IS NULL"
	"        OR json_extract(u.detail, '$.number') <> e.number"
	"        OR json_extract(u.detail, '$.year') <> e.year)",
};

static const char select_for_export[] =
	"SELECT e.id, b.code, s.code, t.name, n.code, r.login, v.login"
	"  FROM entry e JOIN book b ON b.id = e.book_id"
	"  JOIN series s ON s.id = e.series_id"
	"  LEFT JOIN document_type t ON t.id = e.type_id"
	"  LEFT JOIN unit n ON n.id = e.unit_id"
	"  LEFT JOIN user_account r ON r.id = e.registered_by"
	"  LEFT JOIN user_account v ON v.id = e.void_by"
	" WHERE e.number IS NOT NULL"
	" ORDER BY e.organisation_id, b.code, e.year, e.number, e.suffix";

bool entry_verify(struct db *db, struct verify_report *report,
		  struct fail *why)
{
	const struct verify_walk walk = {
		count_all,
		faults,
		sizeof(faults) / sizeof(faults[0]),
	};
	return verify_walk(db, &walk, report, why);
}

static void print_head(struct query *query, const struct entry *entry,
		       struct arena *arena, struct tree *line)
{
	tree_set_text(line, "direction", direction_name(entry->direction));
	tree_set_text(line, "book", query_get_text(query, 1, arena));
	tree_set_text(line, "series", query_get_text(query, 2, arena));
	tree_set_int(line, "year", entry->year);
	tree_set_int(line, "number", entry->number);
	tree_set_text(line, "suffix", entry->suffix);
	tree_set_text(line, "day", entry->day);
	tree_set_text(line, "state", entry->state);
	tree_set_text(line, "status", entry->status);
	tree_set_text(line, "void_reason", entry->void_reason);
	tree_set_text(line, "duplicate_reason", entry->duplicate_reason);
	tree_set_text(line, "type", query_get_text(query, 3, arena));
	tree_set_text(line, "unit", query_get_text(query, 4, arena));
	tree_set_int(line, "registered_at", entry->registered_at);
	tree_set_text(line, "registered_by", query_get_text(query, 5, arena));
	tree_set_text(line, "void_by", query_get_text(query, 6, arena));
	fields_print(&entry->fields, tree_set_tree(line, "fields"));
}

static bool print_files(struct db *db, int64_t id, struct arena *arena,
			struct tree *line, struct fail *why)
{
	struct attachment_list files;
	if (!attachment_list(db, id, arena, &files, why))
		return false;
	struct tree *list = tree_set_list(line, "files");
	for (size_t i = 0; i < files.count; i++) {
		const struct attachment *file = &files.attachments[i];
		struct tree *item = tree_add_tree(list);
		tree_set_text(item, "role", attachment_role_name(file->role));
		tree_set_text(item, "name", file->name);
		tree_set_text(item, "type", file->type);
		tree_set_int(item, "bytes", file->bytes);
		tree_set_text(item, "sha256", file->sha256);
	}
	return true;
}

static bool print_relations(struct db *db, int64_t id, struct arena *arena,
			    struct tree *line, struct fail *why)
{
	struct relation_list relations;
	if (!relation_list(db, id, arena, &relations, why))
		return false;
	struct tree *list = tree_set_list(line, "relations");
	for (size_t i = 0; i < relations.count; i++) {
		const struct relation *relation = &relations.relations[i];
		if (relation->is_reverse)
			continue;
		struct tree *item = tree_add_tree(list);
		tree_set_text(item, "kind", relation_kind_name(relation->kind));
		tree_set_text(item, "direction", relation->direction);
		tree_set_int(item, "year", relation->year);
		tree_set_int(item, "number", relation->number);
		tree_set_text(item, "suffix", relation->suffix);
	}
	return true;
}

bool entry_export(struct db *db,
		  bool (*each)(void *context, const char *json,
			       struct fail *why),
		  void *context, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_text json = { .limit = 0 };
	auto_query *query = db_query(db, select_for_export, why);
	if (!query)
		return false;
	while (query_row(query, why)) {
		auto_tree *line = tree_create();
		struct entry entry;
		int64_t id = query_get_int(query, 0);
		if (!entry_load(db, id, arena, &entry, why))
			return false;
		print_head(query, &entry, arena, line);
		if (!print_files(db, id, arena, line, why) ||
		    !print_relations(db, id, arena, line, why))
			return false;
		text_clear(&json);
		tree_print(line, &json);
		if (!each(context, text_string(&json), why))
			return false;
		arena_reset(arena);
	}
	return why->kind == FAIL_NONE;
}
