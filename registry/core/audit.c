#include "core/audit.h"
#include "base/digest.h"
#include "base/moment.h"
#include "core/audit_chain.h"
#include "store/query.h"
#include <string.h>

static const char select_head[] =
	"SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1";
static const char insert_row[] =
	"INSERT INTO audit (seq, at, actor_id, actor_name, action,"
	" object_type, object_id, detail, previous, hash)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
static const char select_list[] =
	"SELECT seq, at, actor_id, actor_name, action, object_type,"
	"       object_id, detail, hash"
	"  FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
static const char select_list_of_type[] =
	"SELECT seq, at, actor_id, actor_name, action, object_type,"
	"       object_id, detail, hash"
	"  FROM audit WHERE seq < ?1 AND object_type = ?3"
	"   AND (?4 = 0 OR object_id = ?4)"
	" ORDER BY seq DESC LIMIT ?2";

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

	text_add(&text, "svb-audit-1\n");
	add_int(&text, link->seq);
	add_int(&text, link->at);
	add_int(&text, link->event.actor_id);
	add_text(&text, link->event.actor_name);
	add_text(&text, link->event.action);
	add_text(&text, link->event.object_type);
	add_int(&text, link->event.object_id);
	add_text(&text, link->event.detail_json);
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
	struct audit_link link = { .event = *event };
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
	};
}

bool audit_load_list(struct db *db, const struct audit_filter *filter,
		     struct arena *arena, struct audit_list *ret_list,
		     struct fail *why)
{
	int64_t limit = filter->limit > 0 && filter->limit < LIST_MAX
				? filter->limit
				: LIST_MAX;
	struct audit_list list = { 0 };
	auto_query *query = db_query(
		db, filter->object_type ? select_list_of_type : select_list,
		why);

	if (!query)
		return false;
	query_int(query, 1, filter->before > 0 ? filter->before : INT64_MAX);
	query_int(query, 2, limit);
	if (filter->object_type) {
		query_text(query, 3, filter->object_type);
		query_int(query, 4, filter->object_id);
	}
	list.items = arena_array(arena, (size_t)limit, sizeof(*list.items));
	while (query_row(query, why))
		list.items[list.count++] = read_row(query, arena);
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = list;
	return true;
}
