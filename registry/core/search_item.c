#include "core/search_item.h"
#include "base/arena.h"
#include "base/moment.h"
#include "core/search_tag.h"
#include "store/query.h"
#include "store/tokenizer.h"

enum {
	ORDER_BITS = 24,	/* of an item's id; above them is the day */
	TAGS_VERSION = 2,	/* raised with what search_item_tags() adds */
	BODY_MAX = 1024 * 1024, /* bytes of words of one item */
	PENDING_BODY_MAX = 4096
};

static const char select_item[] =
	"SELECT id FROM search_item WHERE kind = ?1 AND object_id = ?2";
static const char select_free_id[] =
	"SELECT coalesce(max(id), ?1 - 1) + 1 FROM search_item"
	" WHERE id BETWEEN ?1 AND ?2";
static const char insert_item[] =
	"INSERT INTO search_item (id, organisation_id, kind, object_id,"
	" direction, day, void, book_id, agency_id, type_id, unit_id, year,"
	" register_number, symbol_number, symbol_key, number, symbol, subject,"
	" issuer, signer, sender, files, tags) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
	" ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
	" ?21, ?22, ?23)";
/* The same numbers as above, so that one function binds both. */
static const char select_same[] =
	"SELECT count(*) FROM search_item"
	"  LEFT JOIN search_body ON search_body.id = search_item.id"
	" WHERE organisation_id = ?2 AND kind = ?3 AND object_id = ?4"
	"   AND direction = ?5 AND day = ?6 AND void = ?7 AND book_id IS ?8"
	"   AND agency_id IS ?9 AND type_id IS ?10 AND unit_id IS ?11"
	"   AND year IS ?12 AND register_number IS ?13"
	"   AND symbol_number IS ?14 AND symbol_key = ?15 AND number = ?16"
	"   AND symbol = ?17 AND subject = ?18 AND issuer = ?19"
	"   AND signer = ?20 AND sender = ?21 AND files = ?22 AND tags = ?23"
	"   AND coalesce(body, '') = ?24";
static const char insert_body[] =
	"INSERT INTO search_body (id, body) VALUES (?1, ?2)";
static const char insert_pending[] =
	"INSERT INTO search_pending (id) VALUES (?1)";
static const char count_pending[] = "SELECT count(*) FROM search_pending";
static const char insert_words[] =
	"INSERT INTO search_index (rowid, number, symbol, subject, issuer,"
	"                          signer, sender, files, body, tags)"
	" SELECT search_words.id, number, symbol, subject, issuer, signer,"
	"        sender, files, body, tags"
	"  FROM search_pending CROSS JOIN search_words"
	"    ON search_words.id = search_pending.id";
static const char delete_all_pending[] = "DELETE FROM search_pending";
static const char delete_pending[] =
	"DELETE FROM search_pending WHERE id = ?1";
static const char delete_words[] =
	"INSERT INTO search_index (search_index, rowid, number, symbol,"
	"                          subject, issuer, signer, sender, files,"
	"                          body, tags)"
	" SELECT 'delete', id, number, symbol, subject, issuer, signer,"
	"        sender, files, body, tags FROM search_source WHERE id = ?1";
static const char delete_body[] = "DELETE FROM search_body WHERE id = ?1";
static const char delete_item[] = "DELETE FROM search_item WHERE id = ?1";

static const char delete_all_words[] =
	"INSERT INTO search_index (search_index) VALUES ('delete-all')";
static const char delete_all_bodies[] = "DELETE FROM search_body";
static const char delete_all_items[] = "DELETE FROM search_item";
static const char insert_version[] =
	"INSERT INTO search_version (id, version) VALUES (1, ?1)"
	" ON CONFLICT (id) DO UPDATE SET version = excluded.version"
	" WHERE version <> excluded.version";

void search_item_done(struct search_item *item)
{
	text_done(&item->sender);
	text_done(&item->files);
	text_done(&item->tags);
	text_done(&item->body);
}

void search_item_init(struct search_item *item, const char *kind, int64_t id)
{
	*item = (struct search_item){
		.kind = kind,
		.object_id = id,
		.direction = "",
		.status = "",
		.symbol_key = "",
		.number = "",
		.symbol = "",
		.subject = "",
		.issuer = "",
		.signer = "",
		.urgency = "",
		.body = { .limit = BODY_MAX },
	};
}

void search_item_line(struct text *text, const char *line)
{
	if (!line || line[0] == '\0')
		return;
	if (text->size > 0)
		text_add_char(text, '\n');
	text_add(text, line);
}

void search_item_tag(struct search_item *item, char kind, int64_t id)
{
	if (id != 0)
		text_addf(&item->tags, " \x01%c%lld", kind, (long long)id);
}

void search_item_word(struct search_item *item, char kind, const char *word)
{
	if (word[0] != '\0')
		text_addf(&item->tags, " \x01%c%s", kind, word);
}

void search_item_tags(struct search_item *item)
{
	text_addf(&item->tags, "\x01k%c", item->kind[0]);
	search_item_word(item, 'd', item->direction);
	search_item_tag(item, 'b', item->book_id);
	search_item_tag(item, 'i', item->agency_id);
	search_item_tag(item, 't', item->type_id);
	search_item_tag(item, 'u', item->unit_id);
	search_item_tag(item, 'y', item->year);
	search_item_word(item, 's', item->status);
	search_item_word(item, 'g',
			 search_signer_key(item->signer, item->arena));
	search_item_word(item, 'h', item->urgency);
	search_deadline_add(item);
	search_item_word(item, 'f', item->has_paper ? "paper" : "");
}

void search_item_sender(struct search_item *item, const char *name,
			const char *address)
{
	auto_text line = { 0 };

	if (name)
		text_add(&line, name);
	if (address && address[0] != '\0')
		text_addf(&line, line.size > 0 ? " <%s>" : "%s", address);
	search_item_line(&item->sender, text_string(&line));
}

static bool run(struct db *db, const char *sql, int64_t id, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	return query_run(query, why);
}

/* Out of the index, whatever was there. */
bool search_item_remove(struct db *db, const char *kind, int64_t object_id,
			struct fail *why)
{
	int64_t id;

	{
		auto_query *query = db_query(db, select_item, why);

		if (!query)
			return false;
		query_text(query, 1, kind);
		query_int(query, 2, object_id);
		if (!query_row(query, why))
			return why->kind == FAIL_NONE;
		id = query_get_int(query, 0);
	}
	if (!run(db, delete_pending, id, why) ||
	    (db_changes(db) == 0 && !run(db, delete_words, id, why)))
		return false;
	return run(db, delete_body, id, why) && run(db, delete_item, id, why);
}

int64_t search_item_first_id(int64_t day_number)
{
	return (day_number > 0 ? day_number : 0) << ORDER_BITS;
}

int64_t search_item_day(int64_t id)
{
	return id >> ORDER_BITS;
}

int64_t search_item_version(void)
{
	return (int64_t)tokenizer_version() * 1000 + TAGS_VERSION;
}

/* The next id of the day. */
static bool find_id(struct db *db, const char *iso, int64_t *ret_id,
		    struct fail *why)
{
	auto_query *query = db_query(db, select_free_id, why);
	struct day day;
	int64_t first;

	if (!query)
		return false;
	first = search_item_first_id(day_parse(iso, &day) ? day_number(day)
							  : 0);
	query_int(query, 1, first);
	query_int(query, 2, first + (1 << ORDER_BITS) - 1);
	if (!query_one(query, why))
		return false;
	*ret_id = query_get_int(query, 0);
	return true;
}

/* All but the id. */
static void bind_item(struct query *query, const struct search_item *item)
{
	query_int(query, 2, item->organisation_id);
	query_text(query, 3, item->kind);
	query_int(query, 4, item->object_id);
	query_text(query, 5, item->direction);
	query_text(query, 6, item->day);
	query_int(query, 7, item->is_void);
	query_int_or_null(query, 8, item->book_id);
	query_int_or_null(query, 9, item->agency_id);
	query_int_or_null(query, 10, item->type_id);
	query_int_or_null(query, 11, item->unit_id);
	query_int_or_null(query, 12, item->year);
	query_int_or_null(query, 13, item->register_number);
	query_int_or_null(query, 14, item->symbol_number);
	query_text(query, 15, item->symbol_key);
	query_text(query, 16, item->number);
	query_text(query, 17, item->symbol);
	query_text(query, 18, item->subject);
	query_text(query, 19, item->issuer);
	query_text(query, 20, item->signer);
	query_text(query, 21, text_string(&item->sender));
	query_text(query, 22, text_string(&item->files));
	query_text(query, 23, text_string(&item->tags));
}

static bool insert_line(struct db *db, int64_t id,
			const struct search_item *item, struct fail *why)
{
	auto_query *query = db_query(db, insert_item, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	bind_item(query, item);
	return query_run(query, why);
}

static bool is_there(struct db *db, const struct search_item *item,
		     bool *ret_there, struct fail *why)
{
	auto_query *query = db_query(db, select_same, why);

	if (!query)
		return false;
	bind_item(query, item);
	query_text(query, 24, text_string(&item->body));
	if (!query_one(query, why))
		return false;
	*ret_there = query_get_int(query, 0) > 0;
	return true;
}

static bool insert_item_body(struct db *db, int64_t id,
			     const struct search_item *item, struct fail *why)
{
	auto_query *query = NULL;

	if (item->body.size == 0)
		return true;
	query = db_query(db, insert_body, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_text(query, 2, text_string(&item->body));
	return query_run(query, why);
}

static bool count_waiting(struct db *db, int64_t *ret_count, struct fail *why)
{
	auto_query *query = db_query(db, count_pending, why);

	if (!query || !query_one(query, why))
		return false;
	*ret_count = query_get_int(query, 0);
	return true;
}

bool search_item_settle(struct db *db, struct fail *why)
{
	int64_t waiting;

	if (!count_waiting(db, &waiting, why))
		return false;
	if (waiting == 0)
		return true;
	return db_run(db, insert_words, why) &&
	       db_run(db, delete_all_pending, why);
}

/* When enough wait, or one that would be slow to look at. */
static bool settle_many(struct db *db, const struct search_item *item,
			struct fail *why)
{
	int64_t waiting;

	if (!count_waiting(db, &waiting, why))
		return false;
	if (waiting < SEARCH_PENDING_MAX && item->body.size <= PENDING_BODY_MAX)
		return true;
	return search_item_settle(db, why);
}

static bool add(struct db *db, const struct search_item *item,
		struct fail *why)
{
	int64_t id;

	return find_id(db, item->day, &id, why) &&
	       insert_line(db, id, item, why) &&
	       insert_item_body(db, id, item, why) &&
	       run(db, insert_pending, id, why) && settle_many(db, item, why) &&
	       run(db, insert_version, search_item_version(), why);
}

bool search_item_put(struct db *db, const struct search_item *item,
		     struct fail *why)
{
	bool is_same;

	if (!is_there(db, item, &is_same, why))
		return false;
	if (is_same)
		return true;
	return search_item_remove(db, item->kind, item->object_id, why) &&
	       add(db, item, why);
}

bool search_item_remove_all(struct db *db, struct fail *why)
{
	return db_run(db, delete_all_words, why) &&
	       db_run(db, delete_all_pending, why) &&
	       db_run(db, delete_all_bodies, why) &&
	       db_run(db, delete_all_items, why) &&
	       run(db, insert_version, search_item_version(), why);
}
