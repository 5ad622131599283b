#include "base/moment.h"
#include "base/secret.h"
#include "core/mailbox.h"
#include "core/mailbox_row.h"
#include "store/query.h"
#include <string.h>

/* The same gateway, asking again, gets its mailboxes at once, and keeps its
 * token: the letters that are on their way stay welcome. */
static const char select_free[] =
	MAILBOX_SELECT
	" WHERE paused = 0 AND state <> 'blocked'"
	"   AND (lease_token IS NULL OR lease_until <= ?1"
	"        OR lease_holder = ?2)"
	" ORDER BY tried_at, mailbox.id LIMIT ?3";
static const char set_lease[] =
	"UPDATE mailbox SET lease_token = CASE WHEN lease_holder = ?3"
	"   THEN coalesce(lease_token, ?2) ELSE ?2 END,"
	" lease_holder = ?3, lease_until = ?4 WHERE id = ?1"
	" RETURNING lease_token";
static const char select_token[] =
	"SELECT lease_token FROM mailbox WHERE id = ?1";

enum {
	SECONDS_MIN = 10,
	SECONDS_MAX = 3600,
	LEASES_MAX = 10000
};

static bool check_request(const struct mailbox_lease_request *request,
			  struct fail *why)
{
	if (!request->gateway || !*request->gateway ||
	    strlen(request->gateway) > 200)
		return fail(why, FAIL_INVALID, "a gateway has a name");
	if (request->seconds < SECONDS_MIN || request->seconds > SECONDS_MAX)
		return fail(why, FAIL_INVALID,
			    "a lease lasts %d to %d seconds", SECONDS_MIN,
			    SECONDS_MAX);
	if (request->max < 1 || request->max > LEASES_MAX)
		return fail(why, FAIL_INVALID, "1 to %d mailboxes at a time",
			    LEASES_MAX);
	return true;
}

static bool give(struct db *db, const struct mailbox_lease_request *request,
		 struct mailbox_lease *lease, struct arena *arena,
		 struct fail *why)
{
	char token[SECRET_TOKEN_SIZE];
	auto_query *query = db_query(db, set_lease, why);

	if (!query)
		return false;
	secret_token(token);
	lease->mailbox.lease_holder = request->gateway;
	lease->mailbox.lease_until = moment_now() + request->seconds;
	query_int(query, 1, lease->mailbox.id);
	query_text(query, 2, token);
	query_text(query, 3, request->gateway);
	query_int(query, 4, lease->mailbox.lease_until);
	if (!query_one(query, why))
		return false;
	lease->token = query_get_text(query, 0, arena);
	return query_run(query, why) &&
	       mailbox_folders(db, lease->mailbox.id, arena, &lease->folders,
			       why);
}

bool mailbox_lease(struct db *db, const struct mailbox_lease_request *request,
		   struct arena *arena, struct mailbox_lease_list *ret_list,
		   struct fail *why)
{
	struct mailbox_lease_list list = { 0 };
	size_t max;
	auto_query *query = db_query(db, select_free, why);

	if (!query || !check_request(request, why))
		return false;
	max = (size_t)request->max;
	list.items = arena_array(arena, max, sizeof(*list.items));
	query_int(query, 1, moment_now());
	query_text(query, 2, request->gateway);
	query_int(query, 3, request->max);
	while (list.count < max && query_row(query, why))
		list.items[list.count++].mailbox =
			mailbox_read_row(query, arena);
	if (list.count < max && why->kind != FAIL_NONE)
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (!give(db, request, &list.items[i], arena, why))
			return false;
	*ret_list = list;
	return true;
}

/* An expired lease that nobody else took still holds. */
bool mailbox_check_lease(struct db *db, int64_t id, const char *lease,
			 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *token;
	auto_query *query = db_query(db, select_token, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return fail_not_found(why, "mailbox.not_found",
				      "Không có hộp thư này.",
				      "no such mailbox");
	token = query_get_text(query, 0, arena);
	if (token && lease && secret_equal(token, lease))
		return true;
	fail(why, FAIL_CONFLICT, "another gateway reads this mailbox now");
	return fail_code(why, "lease.lost",
			 "Hộp thư đang được một cổng thư khác đọc.");
}
