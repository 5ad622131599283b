#include "core/audit.h"
#include "base/digest.h"
#include "base/moment.h"
#include "core/audit_chain.h"
#include "store/db.h"
#include "store/query.h"
#include <string.h>

static const char select_head[] =
	"SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1";
static const char insert_row[] =
	"INSERT INTO audit (seq, at, actor_id, actor_name, action,"
	" object_type, object_id, detail, previous, hash, origin)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
#define ROWS                                                         \
	"SELECT seq, at, actor_id, actor_name, action, object_type," \
	"       object_id, detail, hash, origin"                     \
	"  FROM audit WHERE seq < ?1 AND seq >= ?3"                  \
	"   AND (?4 = 0 OR actor_id = ?4) AND (?5 IS NULL OR action = ?5)"
static const char select_list[] = ROWS " ORDER BY seq DESC LIMIT ?2";
static const char select_list_of_type[] =
	ROWS
	" AND object_type = ?6 AND (?7 = 0 OR object_id = ?7)"
	" ORDER BY seq DESC LIMIT ?2";
static const struct {
	const char *type, *sql;
} objects[] = {
	{ "entry",
	  "SELECT number || suffix, direction FROM entry"
	  " WHERE id = ?1" },
	{ "letter",
	  "SELECT reading.subject, '' FROM letter JOIN reading"
	  "    ON reading.file_id = letter.file_id"
	  " WHERE letter.id = ?1" },
	{ "mailbox", "SELECT address, '' FROM mailbox WHERE id = ?1" },
	{ "user", "SELECT name, '' FROM user_account WHERE id = ?1" },
	{ "unit", "SELECT name, '' FROM unit WHERE id = ?1" },
	{ "book", "SELECT name, '' FROM book WHERE id = ?1" },
	{ "dossier", "SELECT code, '' FROM dossier WHERE id = ?1" },
};
static const char select_at[] = "SELECT at FROM audit WHERE seq = ?1";

static const char no_hash[] =
	"0000000000000000000000000000000000000000"
	"000000000000000000000000";

enum {
	LIST_MAX = 500
};

/* A field is its length in decimal, a colon and its bytes, so that no two rows
 * are ever the same bytes. A reader in another language needs only this. */
static void add_text(struct text *text, const char *value)
{
	text_addf(text, "%zu:", strlen(value));
	text_add(text, value);
}

static void add_int(struct text *text, int64_t value)
{
	auto_text number = { 0 };

	text_addf(&number, "%lld", (long long)value);
	add_text(text, text_string(&number));
}

void audit_chain_hash(const struct audit_link *link,
		      char ret_hex[DIGEST_HEX_SIZE])
{
	auto_text text = { 0 };
	struct digest digest;

	text_add(&text, link->origin ? "svb-audit-2\n" : "svb-audit-1\n");
	add_int(&text, link->seq);
	add_int(&text, link->at);
	add_int(&text, link->event.actor_id);
	add_text(&text, link->event.actor_name);
	add_text(&text, link->event.action);
	add_text(&text, link->event.object_type);
	add_int(&text, link->event.object_id);
	add_text(&text, link->event.detail_json);
	if (link->origin)
		add_text(&text, link->origin);
	add_text(&text, link->previous);
	digest = digest_of(text.string, text.size);
	digest_print(&digest, ret_hex);
}

bool audit_head(struct db *db, struct arena *arena, int64_t *ret_seq,
		const char **ret_hash, struct fail *why)
{
	auto_query *query = db_query(db, select_head, why);

	if (!query)
		return false;
	if (query_row(query, why)) {
		*ret_seq = query_get_int(query, 0);
		*ret_hash = query_get_text(query, 1, arena);
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_seq = 0;
	*ret_hash = no_hash;
	return true;
}

bool audit_add(struct db *db, const struct audit_event *event,
	       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct audit_link link = { .event = *event, .origin = db_origin(db) };
	char hash[DIGEST_HEX_SIZE];
	auto_query *query = db_query(db, insert_row, why);

	if (!query || !audit_head(db, arena, &link.seq, &link.previous, why))
		return false;
	link.seq++;
	link.at = moment_now_micro();
	if (!link.event.actor_name)
		link.event.actor_name = "";
	if (!link.event.detail_json)
		link.event.detail_json = "{}";
	audit_chain_hash(&link, hash);
	query_int(query, 1, link.seq);
	query_int(query, 2, link.at);
	query_int_or_null(query, 3, event->actor_id);
	query_text(query, 4, link.event.actor_name);
	query_text(query, 5, event->action);
	query_text(query, 6, event->object_type);
	query_int_or_null(query, 7, event->object_id);
	query_text(query, 8, link.event.detail_json);
	query_text(query, 9, link.previous);
	query_text(query, 10, hash);
	query_text(query, 11, link.origin);
	return query_run(query, why);
}

bool audit_act(struct db *db, const struct actor *actor,
	       const struct audit_act *act, struct fail *why)
{
	auto_text json = { 0 };
	struct audit_event event = {
		.actor_id = actor->id,
		.actor_name = actor->name,
		.action = act->action,
		.object_type = act->object_type,
		.object_id = act->object_id,
	};

	if (act->detail) {
		tree_print(act->detail, &json);
		event.detail_json = text_string(&json);
	}
	return audit_add(db, &event, why);
}

static struct audit_row read_row(struct query *query, struct arena *arena)
{
	return (struct audit_row){
		.seq = query_get_int(query, 0),
		.at = query_get_int(query, 1),
		.actor_id = query_get_int(query, 2),
		.actor_name = query_get_text(query, 3, arena),
		.action = query_get_text(query, 4, arena),
		.object_type = query_get_text(query, 5, arena),
		.object_id = query_get_int(query, 6),
		.detail_json = query_get_text(query, 7, arena),
		.hash = query_get_text(query, 8, arena),
		.origin = query_get_text(query, 9, arena),
	};
}

/* The first row that was written at `at` or later. Rows are in the order of
 * time but where a clock was set back, so halving finds it without an index
 * that each row would have to pay for. */
static bool find_seq(struct db *db, int64_t at, int64_t *ret_seq,
		     struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *hash;
	int64_t low = 1, high, found;

	if (!audit_head(db, arena, &high, &hash, why))
		return false;
	for (high++; low < high;) {
		int64_t middle = low + (high - low) / 2;

		if (!db_load_int(db, select_at, middle, &found, why))
			return false;
		if (found < at)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_seq = low;
	return true;
}

/* Rows from *ret_first to the one before *ret_end. */
static bool find_span(struct db *db, const struct audit_filter *filter,
		      int64_t *ret_first, int64_t *ret_end, struct fail *why)
{
	*ret_first = 0;
	*ret_end = INT64_MAX;
	if (filter->from > 0 && !find_seq(db, filter->from, ret_first, why))
		return false;
	if (filter->until > 0 && !find_seq(db, filter->until, ret_end, why))
		return false;
	if (filter->before > 0 && filter->before < *ret_end)
		*ret_end = filter->before;
	return true;
}

bool audit_load_list(struct db *db, const struct audit_filter *filter,
		     struct arena *arena, struct audit_list *ret_list,
		     struct fail *why)
{
	int64_t limit = filter->limit > 0 && filter->limit < LIST_MAX
				? filter->limit
				: LIST_MAX;
	struct audit_list list = { 0 };
	int64_t first, end;
	auto_query *query = NULL;

	if (!find_span(db, filter, &first, &end, why))
		return false;
	query = db_query(
		db, filter->object_type ? select_list_of_type : select_list,
		why);
	if (!query)
		return false;
	query_int(query, 1, end);
	query_int(query, 2, limit);
	query_int(query, 3, first);
	query_int(query, 4, filter->actor_id);
	query_text(query, 5, filter->action);
	if (filter->object_type) {
		query_text(query, 6, filter->object_type);
		query_int(query, 7, filter->object_id);
	}
	list.items = arena_array(arena, (size_t)limit, sizeof(*list.items));
	while (query_row(query, why))
		list.items[list.count++] = read_row(query, arena);
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}

bool audit_find_object(struct db *db, const struct audit_row *row,
		       struct arena *arena, const char **ret_name,
		       const char **ret_direction, struct fail *why)
{
	const char *sql = NULL;
	const char *name;
	auto_query *query = NULL;

	*ret_name = *ret_direction = "";
	for (size_t i = 0; i < sizeof(objects) / sizeof(*objects); i++)
		if (strcmp(row->object_type, objects[i].type) == 0)
			sql = objects[i].sql;
	if (!sql || row->object_id == 0)
		return true;
	query = db_query(db, sql, why);
	if (!query)
		return false;
	query_int(query, 1, row->object_id);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	name = query_get_text(query, 0, arena);
	*ret_name = name ? name : "";
	*ret_direction = query_get_text(query, 1, arena);
	return true;
}
