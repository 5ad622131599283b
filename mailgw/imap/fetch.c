#include "base/moment.h"
#include "imap/session.h"
#include "imap/session_private.h"
#include <assert.h>

/* Of one listing: letters that fit in the budget, bytes for each. */
enum {
	LISTED_MAX = 20000,
	LISTED_SIZE = 400
};

static struct mailimap_set *set_of(const struct uids *uids)
{
	struct mailimap_set *set = mailimap_set_new_empty();

	for (size_t i = 0; set && i < uids->count; i++)
		if (mailimap_set_add_interval(set, uids->ranges[i].first,
					      uids->ranges[i].last) !=
		    MAILIMAP_NO_ERROR) {
			mailimap_set_free(set);
			return NULL;
		}
	return set;
}

/* Asks and gives the answers; NULL and why when there is no good answer. */
static clist *ask(struct session *session, const struct uids *uids,
		  struct mailimap_fetch_type *type, struct fail *why)
{
	struct mailimap_set *set = set_of(uids);
	clist *answers = NULL;
	int result = MAILIMAP_ERROR_MEMORY;

	if (set && type)
		result = mailimap_uid_fetch(session->imap, set, type,
					    &answers);
	if (set)
		mailimap_set_free(set);
	if (type)
		mailimap_fetch_type_free(type);
	if (result == MAILIMAP_NO_ERROR && answers)
		return answers;
	if (answers)
		mailimap_fetch_list_free(answers);
	if (result == MAILIMAP_ERROR_UID_FETCH &&
	    channel_fault(session->channel)->kind == FAIL_NONE) {
		fail(why, FAIL_NOT_FOUND, "the server refuses FETCH: %s",
		     session_answer(session));
		fail_code(why, "fetch.refused",
			  "Máy chủ thư không đưa thư ra.");
		return NULL;
	}
	if (result == MAILIMAP_NO_ERROR)
		result = MAILIMAP_ERROR_PROTOCOL;
	session_check(session, result, "FETCH", why);
	return NULL;
}

/* --- listing ------------------------------------------------------------ */

static int64_t seconds_of(const struct mailimap_date_time *date)
{
	struct day day = { date->dt_year, date->dt_month, date->dt_day };
	int zone = date->dt_zone;
	int64_t seconds;

	if (!day_is_valid(day) || date->dt_hour < 0 || date->dt_hour > 24 ||
	    date->dt_min < 0 || date->dt_min > 60 || date->dt_sec < 0 ||
	    date->dt_sec > 60 || zone < -2400 || zone > 2400)
		return 0;
	seconds = day_number(day) * 86400 + date->dt_hour * 3600 +
		  date->dt_min * 60 + date->dt_sec;
	return seconds - ((int64_t)(zone / 100) * 3600 + zone % 100 * 60);
}

static void read_item(const struct mailimap_msg_att_item *item,
		      struct listed_letter *ret_letter)
{
	const struct mailimap_msg_att_static *fact;

	if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
		return;
	fact = item->att_data.att_static;
	if (fact->att_type == MAILIMAP_MSG_ATT_UID)
		ret_letter->uid = fact->att_data.att_uid;
	if (fact->att_type == MAILIMAP_MSG_ATT_RFC822_SIZE)
		ret_letter->size = fact->att_data.att_rfc822_size;
	if (fact->att_type == MAILIMAP_MSG_ATT_INTERNALDATE &&
	    fact->att_data.att_internal_date)
		ret_letter->internaldate =
			seconds_of(fact->att_data.att_internal_date);
}

static struct listed_letter read_letter(const struct mailimap_msg_att *answer)
{
	struct listed_letter letter = { 0 };
	clistiter *at;

	for (at = clist_begin(answer->att_list); at; at = clist_next(at))
		read_item(clist_content(at), &letter);
	return letter;
}

static struct mailimap_fetch_type *list_type(void)
{
	struct mailimap_fetch_type *type =
		mailimap_fetch_type_new_fetch_att_list_empty();

	if (!type)
		return NULL;
	mailimap_fetch_type_new_fetch_att_list_add(
		type, mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(
		type, mailimap_fetch_att_new_rfc822_size());
	mailimap_fetch_type_new_fetch_att_list_add(
		type, mailimap_fetch_att_new_internaldate());
	return type;
}

bool session_list(struct session *session, const struct uids *uids,
		  struct arena *arena, struct listing *ret_listing,
		  struct fail *why)
{
	uint64_t most = uids_count(uids);
	clist *answers;
	clistiter *at;
	int count;

	session_forget(session);
	if (most > LISTED_MAX)
		most = LISTED_MAX;
	session_allow(session, ANSWER_MAX + (size_t)most * LISTED_SIZE);
	*ret_listing = (struct listing){ 0 };
	answers = ask(session, uids, list_type(), why);
	if (!answers)
		return false;
	count = clist_count(answers);
	ret_listing->letters = arena_array(arena, (size_t)count + 1,
					   sizeof(*ret_listing->letters));
	for (at = clist_begin(answers); at; at = clist_next(at)) {
		struct listed_letter letter = read_letter(clist_content(at));
		if (letter.uid != 0)
			ret_listing->letters[ret_listing->count++] = letter;
	}
	mailimap_fetch_list_free(answers);
	return true;
}

/* --- bodies ------------------------------------------------------------- */

static struct mailimap_fetch_type *body_type(uint32_t offset, uint32_t size)
{
	struct mailimap_section *section = mailimap_section_new(NULL);
	struct mailimap_fetch_type *type =
		mailimap_fetch_type_new_fetch_att_list_empty();

	if (!section || !type)
		return NULL;
	mailimap_fetch_type_new_fetch_att_list_add(
		type, mailimap_fetch_att_new_uid());
	mailimap_fetch_type_new_fetch_att_list_add(
		type, mailimap_fetch_att_new_body_peek_section_partial(
			      section, offset, size));
	return type;
}

struct piece {
	uint32_t uid;
	const struct mailimap_msg_att_body_section *body;
};

static struct piece read_piece(const struct mailimap_msg_att *answer)
{
	struct piece piece = { 0 };
	clistiter *at;

	for (at = clist_begin(answer->att_list); at; at = clist_next(at)) {
		const struct mailimap_msg_att_item *item = clist_content(at);
		const struct mailimap_msg_att_static *fact;
		if (item->att_type != MAILIMAP_MSG_ATT_ITEM_STATIC)
			continue;
		fact = item->att_data.att_static;
		if (fact->att_type == MAILIMAP_MSG_ATT_UID)
			piece.uid = fact->att_data.att_uid;
		if (fact->att_type == MAILIMAP_MSG_ATT_BODY_SECTION)
			piece.body = fact->att_data.att_body_section;
	}
	return piece;
}

static bool take_piece(struct session *session,
		       const struct piece_request *request,
		       const struct piece *piece, struct fail *why)
{
	const struct mailimap_msg_att_body_section *body = piece->body;

	/* Answers nobody asked for are allowed (RFC 9051 7): pass them by. */
	if (!body || !uids_has(request->uids, piece->uid))
		return true;
	if (body->sec_origin_octet != request->offset ||
	    body->sec_length > request->size)
		return session_check(session, MAILIMAP_ERROR_PROTOCOL,
				     "FETCH of a piece", why);
	return request->take(request->context, piece->uid,
			     body->sec_body_part ? body->sec_body_part : "",
			     body->sec_body_part ? body->sec_length : 0, why);
}

bool session_fetch(struct session *session,
		   const struct piece_request *request, struct fail *why)
{
	bool good = true;
	clist *answers;
	clistiter *at;

	assert(request->size > 0 && request->size <= SESSION_PIECE_MAX);
	session_forget(session);
	session_allow(session, request->budget);
	answers = ask(session, request->uids,
		      body_type(request->offset, request->size), why);
	if (!answers)
		return false;
	for (at = clist_begin(answers); at && good; at = clist_next(at)) {
		struct piece piece = read_piece(clist_content(at));
		good = take_piece(session, request, &piece, why);
	}
	mailimap_fetch_list_free(answers);
	return good;
}
