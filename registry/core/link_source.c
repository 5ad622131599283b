#include "core/link_source.h"
#include "base/tree.h"
#include "store/query.h"
#include "viet/symbol.h"
#include <string.h>

enum {
	REFERENCES_MAX = 50,
	CARD_BYTES = 20000, /* a smaller image is a logo */
	MAIL_CITES = 800,   /* how sure numbers in a mail's text are */
	TEXT_CITES = 850,
	RIVAL = 700,   /* another value this sure leaves none sure */
	HEAD_MAX = 400 /* bytes in which an annex's signature stands */
};

static const char select_letter[] =
	"SELECT l.file_id, l.group_id, l.leads, l.state = 'todo',"
	"  l.received_at, coalesce(l.entry_id, 0), r.file_id IS NOT NULL,"
	"  lower(r.sender_address), r.subject, substr(r.body, 1, 20000),"
	"  r.message_id, r.in_reply_to, r.reference_ids,"
	"  coalesce(r.authentication, '[]'),"
	"  EXISTS (SELECT 1 FROM mailbox WHERE address = r.sender_address),"
	"  (SELECT min(id) FROM organisation),"
	"  (SELECT name FROM organisation ORDER BY id LIMIT 1),"
	"  l.state = 'quarantine'"
	"  FROM letter l LEFT JOIN reading r ON r.file_id = l.file_id"
	" WHERE l.id = ?1";

static const char select_summary[] =
	"SELECT s.main_file_id, s.symbol, s.document_day, s.issuer,"
	"  coalesce(s.agency_id, 0), s.subject, s.sure, f.signatures"
	"  FROM letter_summary s"
	"  LEFT JOIN file_reading f ON f.file_id = s.main_file_id"
	" WHERE s.file_id = ?1";

/* How sure the value is that the summary took. */
static const char select_confidence[] =
	"SELECT max(CASE WHEN value = ?4 THEN confidence END),"
	"  min(CASE WHEN value = ?4 THEN source IN ('name', 'mail') END),"
	"  max(CASE WHEN value <> ?4 AND field IN ('symbol', 'document_day')"
	"      THEN confidence ELSE 0 END)"
	"  FROM proposal WHERE file_id IN (?1, ?2) AND field = ?3";

static const char select_cited[] =
	"SELECT value, day, role, issuer, confidence FROM proposal"
	" WHERE file_id IN (?1, ?2) AND field = 'cited'"
	" ORDER BY position LIMIT 64";

/* Everything inside, through letters and archives. */
static const char select_files[] =
	"WITH RECURSIVE blob(id, depth) AS ("
	"  SELECT ?1, 0 UNION"
	"  SELECT p.file_id, b.depth + 1 FROM part p"
	"    JOIN blob b ON p.of_file_id = b.id WHERE b.depth < 8)"
	"SELECT p.file_id, max(p.name), max(p.type), p.bytes,"
	"  substr(f.text, 1, ?2), EXISTS (SELECT 1 FROM proposal o"
	"    WHERE o.file_id = p.file_id AND o.source = 'ocr'),"
	"  EXISTS (SELECT 1 FROM part c WHERE c.of_file_id = p.file_id)"
	"  FROM part p JOIN blob b ON b.id = p.of_file_id"
	"  LEFT JOIN file_reading f ON f.file_id = p.file_id"
	" WHERE p.class = 'file' AND p.bytes > 0"
	" GROUP BY p.file_id ORDER BY min(b.depth), min(p.position) LIMIT ?3";

static const char upsert_fact[] =
	"INSERT INTO letter_fact (letter_id, symbol_key, document_day,"
	"  agency_id, issuer, subject, sure) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
	"  ?7) ON CONFLICT (letter_id) DO UPDATE SET"
	"  symbol_key = excluded.symbol_key,"
	"  document_day = excluded.document_day,"
	"  agency_id = excluded.agency_id, issuer = excluded.issuer,"
	"  subject = excluded.subject, sure = excluded.sure";

static bool has(const struct link_source *source, const char *id)
{
	for (size_t i = 0; i < source->reference_count; i++)
		if (strcmp(source->references[i], id) == 0)
			return true;
	return false;
}

static void add_reference(struct link_source *source, const char *id,
			  struct arena *arena)
{
	if (!id || !*id || source->reference_count == REFERENCES_MAX ||
	    has(source, id))
		return;
	source->references =
		arena_grow(arena, source->references, source->reference_count,
			   sizeof(*source->references));
	source->references[source->reference_count++] = id;
}

/* References come oldest first; the nearest tells most. */
static void add_references(struct link_source *source, const char *json,
			   struct arena *arena)
{
	struct fail ignored;
	auto_tree *list = tree_parse(bytes_of(json ? json : "[]"), &ignored);
	size_t count = list ? tree_count(list) : 0;

	for (size_t i = count; i > 0; i--)
		add_reference(source,
			      arena_copy(arena, tree_text_at(list, i - 1)),
			      arena);
}

static bool load_letter(struct db *db, struct link_source *source,
			struct arena *arena, struct fail *why)
{
	auto_query *query = db_query(db, select_letter, why);

	if (!query)
		return false;
	query_int(query, 1, source->letter_id);
	if (!query_one(query, why))
		return false;
	source->file_id = query_get_int(query, 0);
	source->group_id = query_get_int(query, 1);
	source->leads = query_get_int(query, 2) != 0;
	source->is_waiting = query_get_int(query, 3) != 0;
	source->received_at = query_get_int(query, 4);
	source->entry_id = query_get_int(query, 5);
	source->is_read = query_get_int(query, 6) != 0;
	source->sender = query_get_text(query, 7, arena);
	source->subject = query_get_text(query, 8, arena);
	source->body = query_get_text(query, 9, arena);
	source->message_id = query_get_text(query, 10, arena);
	add_reference(source, query_get_text(query, 11, arena), arena);
	add_references(source, query_get_text(query, 12, arena), arena);
	source->authentication_json = query_get_text(query, 13, arena);
	source->is_ours = query_get_int(query, 14) != 0;
	source->organisation_id = query_get_int(query, 15);
	source->organisation = query_get_text(query, 16, arena);
	source->is_quarantined = query_get_int(query, 17) != 0;
	return true;
}

static bool rate(struct db *db, const struct link_source *source,
		 const char *name, struct link_field *field, struct fail *why)
{
	auto_query *query = db_query(db, select_confidence, why);

	if (!query)
		return false;
	if (!field->value || !*field->value) {
		field->value = NULL;
		field->confidence = 0;
		return true;
	}
	query_int(query, 1, source->main_file_id);
	query_int(query, 2, source->file_id);
	query_text(query, 3, name);
	query_text(query, 4, field->value);
	if (!query_one(query, why))
		return false;
	if (!query_is_null(query, 0)) {
		field->confidence = (int)query_get_int(query, 0);
		field->is_of_mail = query_get_int(query, 1) != 0;
	}
	if (query_get_int(query, 2) >= RIVAL && field->confidence >= LINK_SURE)
		field->confidence = LINK_SURE - 1;
	return true;
}

static bool is_of_document(const struct link_field *field)
{
	return field->value && !field->is_of_mail;
}

static bool load_summary(struct db *db, struct link_source *source,
			 struct arena *arena, struct fail *why)
{
	auto_query *query = db_query(db, select_summary, why);
	int fallback;

	if (!query)
		return false;
	source->symbol_key = "";
	query_int(query, 1, source->file_id);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	source->main_file_id = query_get_int(query, 0);
	source->agency_id = query_get_int(query, 4);
	source->signatures_json = query_get_text(query, 7, arena);
	fallback = query_get_int(query, 6) ? LINK_SURE : 600;
	source->symbol = (struct link_field){ query_get_text(query, 1, arena),
					      fallback, false };
	source->day = (struct link_field){ query_get_text(query, 2, arena),
					   fallback, false };
	source->issuer = (struct link_field){ query_get_text(query, 3, arena),
					      fallback, false };
	source->title = (struct link_field){ query_get_text(query, 5, arena),
					     fallback, false };
	query_done(&query);
	if (!rate(db, source, "symbol", &source->symbol, why) ||
	    !rate(db, source, "document_day", &source->day, why) ||
	    !rate(db, source, "issuer", &source->issuer, why) ||
	    !rate(db, source, "subject", &source->title, why))
		return false;
	if (source->symbol.value)
		source->symbol_key = symbol_key(source->symbol.value, arena);
	source->has_letterhead = is_of_document(&source->symbol) ||
				 is_of_document(&source->issuer) ||
				 is_of_document(&source->title);
	return true;
}

static bool load_cited(struct db *db, struct link_source *source,
		       struct arena *arena, struct fail *why)
{
	struct link_cited_list *list = &source->cited;
	auto_query *query = db_query(db, select_cited, why);

	if (!query)
		return false;
	query_int(query, 1, source->main_file_id);
	query_int(query, 2, source->file_id);
	while (query_row(query, why)) {
		const char *role = query_get_text(query, 2, arena);

		list->items = arena_grow(arena, list->items, list->count,
					 sizeof(*list->items));
		list->items[list->count++] = (struct link_cited){
			.symbol_key = symbol_key(
				query_get_text(query, 0, arena), arena),
			.day = query_get_text(query, 1, arena),
			.role = role ? role : "mentions",
			.issuer = query_get_text(query, 3, arena),
			.confidence = (int)query_get_int(query, 4),
		};
	}
	return why->kind == FAIL_NONE;
}

static bool load_files(struct db *db, struct link_source *source,
		       struct arena *arena, struct fail *why)
{
	auto_query *query = db_query(db, select_files, why);

	if (!query)
		return false;
	source->files = arena_array(arena, LINK_FILES_MAX,
				    sizeof(*source->files));
	query_int(query, 1, source->file_id);
	query_int(query, 2, LINK_TEXT_MAX);
	query_int(query, 3, LINK_FILES_MAX);
	while (source->file_count < LINK_FILES_MAX && query_row(query, why)) {
		const char *type = query_get_text(query, 2, arena);
		bool is_card = strncmp(type, "image/", 6) == 0 &&
			       query_get_int(query, 3) < CARD_BYTES;

		source->files[source->file_count++] = (struct link_file){
			.file_id = query_get_int(query, 0),
			.name = query_get_text(query, 1, arena),
			.text = query_get_text(query, 4, arena),
			.is_scanned = query_get_int(query, 5) != 0,
			.is_container = query_get_int(query, 6) != 0,
			.is_document = !is_card,
		};
	}
	return source->file_count == LINK_FILES_MAX || why->kind == FAIL_NONE;
}

/* "1234/UBND-KT; 2026-06-22T10:11:12+07:00": how an agency signs an annex. */
static void scan_head(struct link_source *source, const struct link_file *file,
		      struct arena *arena)
{
	struct link_cited_list list = { .count = 0 };
	struct link_cited_list *all = &source->cited;
	size_t size = file->text ? strnlen(file->text, HEAD_MAX) : 0;

	if (!size)
		return;
	link_cite_scan(arena_copy_part(arena, file->text, size), TEXT_CITES,
		       arena, &list);
	for (size_t i = 0; i < list.count; i++) {
		if (strcmp(list.items[i].role, "signed_with") != 0)
			continue;
		all->items = arena_grow(arena, all->items, all->count,
					sizeof(*all->items));
		all->items[all->count++] = list.items[i];
	}
}

static const char *behind_head(const char *text)
{
	size_t at = text ? strnlen(text, HEAD_MAX) : 0;

	while (at && ((unsigned char)text[at] & 0xC0) == 0x80)
		at--;
	return text ? text + at : NULL;
}

/* The document's numbers: those the letterhead found, and any others in the
 * text behind its head, where its own is. */
static void scan(struct link_source *source, struct arena *arena)
{
	struct link_cited_list *mail = &source->mail_cited;

	link_cite_scan(source->subject, MAIL_CITES, arena, mail);
	link_cite_scan(source->body, MAIL_CITES, arena, mail);
	for (size_t i = 0; i < source->file_count; i++) {
		const struct link_file *file = &source->files[i];

		link_cite_scan(file->name, MAIL_CITES, arena, mail);
		scan_head(source, file, arena);
		if (file->file_id == source->main_file_id)
			link_cite_scan(behind_head(file->text), TEXT_CITES,
				       arena, &source->cited);
		if (file->file_id == source->main_file_id && file->text &&
		    near_text_of(file->text, &source->main)) {
			source->main.file_id = file->file_id;
			source->main.is_scanned = file->is_scanned;
		}
	}
}

bool link_source_load(struct db *db, int64_t letter_id, struct arena *arena,
		      struct link_source *ret_source, struct fail *why)
{
	struct link_source source = { .letter_id = letter_id };

	if (!load_letter(db, &source, arena, why) ||
	    !load_summary(db, &source, arena, why) ||
	    !load_cited(db, &source, arena, why) ||
	    !load_files(db, &source, arena, why))
		return false;
	scan(&source, arena);
	*ret_source = source;
	return true;
}

static bool write_fact(struct db *db, const struct link_source *source,
		       struct fail *why)
{
	auto_query *query = db_query(db, upsert_fact, why);

	if (!query)
		return false;
	query_int(query, 1, source->letter_id);
	query_text(query, 2, source->symbol_key);
	query_text(query, 3, source->day.value);
	query_int_or_null(query, 4, source->agency_id);
	query_text(query, 5, source->issuer.value ? source->issuer.value : "");
	query_text(query, 6, source->title.value ? source->title.value : "");
	query_int(query, 7,
		  source->symbol.confidence >= LINK_SURE &&
			  source->day.confidence >= LINK_SURE &&
			  source->issuer.confidence >= LINK_SURE);
	return query_run(query, why);
}

bool link_source_index(struct db *db, const struct link_source *source,
		       struct fail *why)
{
	for (size_t i = 0; i < source->file_count; i++) {
		const struct link_file *file = &source->files[i];
		struct near_text near;

		if (!file->text || !near_text_of(file->text, &near))
			continue;
		near.file_id = file->file_id;
		near.is_scanned = file->is_scanned;
		if (!near_text_write(db, &near, why))
			return false;
	}
	return write_fact(db, source, why);
}
