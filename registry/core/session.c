#include "core/session.h"
#include "base/digest.h"
#include "store/db.h"
#include "store/query.h"
#include <string.h>

static const char insert_session[] =
	"INSERT INTO session (token_digest, user_id, created_at, seen_at, idle,"
	"                     ends_at, address, agent)"
	" VALUES (?1, ?2, ?3, ?3, ?4, ?3 + ?5, ?6, ?7)";

static const char select_session[] =
	"SELECT user_id, created_at, seen_at,"
	"       min(ends_at, seen_at + idle) AS ends"
	"  FROM session WHERE token_digest = ?1 AND ends > ?2";

static const char update_seen[] =
	"UPDATE session SET seen_at = ?2"
	" WHERE token_digest = ?1 AND seen_at < ?2";

static const char delete_session[] =
	"DELETE FROM session WHERE token_digest = ?1";

static const char delete_others[] =
	"DELETE FROM session WHERE user_id = ?1 AND token_digest <> ?2";

static const char delete_ended[] =
	"DELETE FROM session WHERE ends_at <= ?1 OR seen_at + idle <= ?1";

static struct digest digest_of_token(const char *token)
{
	return digest_of(token, strlen(token));
}

/* At most `max` bytes, not cut inside a character. */
static const char *cut(const char *text, size_t max, struct arena *arena)
{
	size_t size = text ? strlen(text) : 0;
	if (size > max) {
		size = max;
		while (size && ((unsigned char)text[size] & 0xc0) == 0x80)
			size--;
	}
	return size ? arena_copy_part(arena, text, size) : "";
}

static bool insert(struct db *db, const struct session_request *request,
		   const struct digest *digest, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_query *query = db_query(db, insert_session, why);
	if (!query)
		return false;
	query_digest(query, 1, digest);
	query_int(query, 2, request->user_id);
	query_int(query, 3, request->now);
	query_int(query, 4, request->keep ? SESSION_KEPT_IDLE : SESSION_IDLE);
	query_int(query, 5,
		  request->keep ? SESSION_KEPT_LENGTH : SESSION_LENGTH);
	query_text(query, 6, cut(request->address, 100, arena));
	query_text(query, 7, cut(request->agent, 200, arena));
	return query_run(query, why);
}

bool session_create(struct db *db, const struct session_request *request,
		    char ret_token[SECRET_TOKEN_SIZE], struct fail *why)
{
	char token[SECRET_TOKEN_SIZE];
	secret_token(token);
	struct digest digest = digest_of_token(token);
	if (request->old && !session_end(db, request->old, why))
		return false;
	if (!session_sweep(db, request->now, why) ||
	    !insert(db, request, &digest, why))
		return false;
	memcpy(ret_token, token, sizeof(token));
	return true;
}

static bool none(struct fail *why)
{
	fail(why, FAIL_DENIED, "no such session");
	return fail_code(why, "session.none",
			 "Phiên đã hết hạn. Đăng nhập lại.");
}

bool session_load(struct db *db, const char *token, int64_t now,
		  struct arena *arena, struct session *ret_session,
		  struct fail *why)
{
	struct digest digest = digest_of_token(token);
	auto_query *query = db_query(db, select_session, why);
	if (!query)
		return false;
	query_digest(query, 1, &digest);
	query_int(query, 2, now);
	if (!query_row(query, why))
		return why->kind == FAIL_NONE ? none(why) : false;
	struct session session = {
		.created_at = query_get_int(query, 1),
		.ends_at = query_get_int(query, 3),
		.must_touch = now - query_get_int(query, 2) >= SESSION_TOUCH,
	};
	if (!user_load(db, query_get_int(query, 0), arena, &session.user, why))
		return false;
	if (session.user.is_locked)
		return none(why);
	*ret_session = session;
	return true;
}

bool session_touch(struct db *db, const char *token, int64_t now,
		   struct fail *why)
{
	struct digest digest = digest_of_token(token);
	auto_query *query = db_query(db, update_seen, why);
	if (!query)
		return false;
	query_digest(query, 1, &digest);
	query_int(query, 2, now);
	return query_run(query, why);
}

bool session_end(struct db *db, const char *token, struct fail *why)
{
	struct digest digest = digest_of_token(token);
	auto_query *query = db_query(db, delete_session, why);
	if (!query)
		return false;
	query_digest(query, 1, &digest);
	return query_run(query, why);
}

bool session_end_all(struct db *db, int64_t user_id, const char *keep,
		     struct fail *why)
{
	struct digest digest = digest_of_token(keep ? keep : "");
	auto_query *query = db_query(db, delete_others, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	query_digest(query, 2, &digest);
	return query_run(query, why);
}

bool session_sweep(struct db *db, int64_t now, struct fail *why)
{
	return db_run_one(db, delete_ended, now, why);
}
