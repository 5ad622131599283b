#include "core/audit_check.h"
#include "core/audit_chain.h"
#include "store/query.h"
#include <string.h>

static const char select_rows[] =
	"SELECT seq, at, actor_id, actor_name, action, object_type,"
	"       object_id, detail, previous, hash, origin"
	"  FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2";

static struct audit_link read_link(struct query *query, struct arena *arena)
{
	return (struct audit_link){
		.seq = query_get_int(query, 0),
		.at = query_get_int(query, 1),
		.event = { .actor_id = query_get_int(query, 2),
			   .actor_name = query_get_text(query, 3, arena),
			   .action = query_get_text(query, 4, arena),
			   .object_type = query_get_text(query, 5, arena),
			   .object_id = query_get_int(query, 6),
			   .detail_json = query_get_text(query, 7, arena) },
		.previous = query_get_text(query, 8, arena),
		.origin = query_get_text(query, 10, arena),
	};
}

static void check_link(struct audit_check *check,
		       const struct audit_link *link, const char *stored)
{
	char hash[DIGEST_HEX_SIZE];

	if (link->seq != check->seq + 1)
		check->wrong(check->context, check->seq + 1, "is missing");
	else if (strcmp(link->previous, check->hash) != 0)
		check->wrong(check->context, link->seq,
			     "does not follow the row before");
	audit_chain_hash(link, hash);
	if (strcmp(hash, stored) != 0)
		check->wrong(check->context, link->seq, "was changed");
	check->seq = link->seq;
	memcpy(check->hash, stored, DIGEST_HEX_SIZE);
	check->rows++;
}

bool audit_check_on(struct db *db, struct audit_check *check, int64_t limit,
		    bool *ret_more, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, select_rows, why);
	int64_t before = check->rows;

	if (!query)
		return false;
	if (check->seq == 0)
		memset(check->hash, '0', DIGEST_HEX_SIZE - 1);
	query_int(query, 1, check->seq);
	query_int(query, 2, limit);
	while (query_row(query, why)) {
		struct audit_link link;

		arena_reset(arena);
		link = read_link(query, arena);
		check_link(check, &link, query_get_text(query, 9, arena));
	}
	*ret_more = check->rows - before == limit;
	return why->kind == FAIL_NONE;
}
