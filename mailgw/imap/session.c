#include "imap/session.h"
#include "base/bytes.h"
#include "base/text.h"
#include "imap/session_private.h"
#include "imap/utf7.h"
#include <assert.h>
#include <string.h>

enum {
	STREAM_BUFFER = 4096,
	WORDS_MAX = 160,
	SECRET_TEXT_MAX = 4096
};

void session_allow(struct session *session, size_t bytes)
{
	assert(!session->idling);
	channel_allow(session->channel, session->command_limit, bytes);
}

void session_forget(struct session *session)
{
	if (session->arena)
		arena_reset(session->arena);
	else
		session->arena = arena_create(1024 * 1024);
}

const char *session_answer(struct session *session)
{
	const char *said = session->imap->imap_response;
	char *words;
	size_t size;

	if (!said)
		return "";
	if (!session->arena)
		session->arena = arena_create(1024 * 1024);
	size = strnlen(said, WORDS_MAX);
	words = arena_copy_part(session->arena, said, size);
	for (size_t i = 0; i < size; i++)
		if ((unsigned char)words[i] < 0x20 || words[i] == 0x7f)
			words[i] = ' ';
	if (!bytes_is_utf8(bytes_of(words)))
		for (size_t i = 0; i < size; i++)
			if ((unsigned char)words[i] >= 0x80)
				words[i] = '?';
	return words;
}

bool session_check(struct session *session, int result, const char *doing,
		   struct fail *why)
{
	const struct fail *fault = channel_fault(session->channel);

	if (result == MAILIMAP_NO_ERROR ||
	    result == MAILIMAP_NO_ERROR_AUTHENTICATED ||
	    result == MAILIMAP_NO_ERROR_NON_AUTHENTICATED)
		return true;
	session->broken = true;
	if (fault->kind != FAIL_NONE) {
		fail(why, fault->kind, "%s: %s", doing, fault->sentence);
		return fail_code(why, fault->code, fault->hint);
	}
	if (result == MAILIMAP_ERROR_MEMORY) {
		fail(why, FAIL_REMOTE, "%s: the answer does not fit in memory",
		     doing);
		return fail_code(why, "over_budget",
				 "Máy chủ thư gửi nhiều hơn mức cho phép.");
	}
	fail(why, FAIL_REMOTE, "%s: the server's answer makes no sense", doing);
	return fail_code(why, "server.garbage",
			 "Máy chủ thư trả lời sai giao thức.");
}

static bool is_refusal(struct session *session, int result)
{
	return channel_fault(session->channel)->kind == FAIL_NONE &&
	       result != MAILIMAP_ERROR_BAD_STATE &&
	       result != MAILIMAP_ERROR_STREAM &&
	       result != MAILIMAP_ERROR_PARSE &&
	       result != MAILIMAP_ERROR_FATAL &&
	       result != MAILIMAP_ERROR_PROTOCOL &&
	       result != MAILIMAP_ERROR_MEMORY;
}

/* --- opening ------------------------------------------------------------ */

static bool greet(struct session *session, struct fail *why)
{
	mailstream_low *low = channel_stream(session->channel);
	mailstream *stream = low ? mailstream_new(low, STREAM_BUFFER) : NULL;
	int result;

	if (!stream)
		return fail(why, FAIL_LIMIT, "no memory for a connection");
	session_allow(session, ANSWER_MAX);
	result = mailimap_connect(session->imap, stream);
	if (result != MAILIMAP_NO_ERROR &&
	    result != MAILIMAP_NO_ERROR_AUTHENTICATED &&
	    result != MAILIMAP_NO_ERROR_NON_AUTHENTICATED &&
	    !session->imap->imap_stream)
		session->imap->imap_stream = stream;
	return session_check(session, result, "greeting", why);
}

static bool injected(struct session *session, struct fail *why)
{
	session->broken = true;
	fail(why, FAIL_REMOTE,
	     "the server sent data before TLS began (STARTTLS injection)");
	return fail_code(why, "starttls.injected",
			 "Có dữ liệu lạ chèn trước khi mã hóa (STARTTLS).");
}

static bool start_tls(struct session *session, int64_t limit,
		      struct fail *why)
{
	struct mailimap *imap = session->imap;
	int result;

	session_allow(session, ANSWER_MAX);
	result = mailimap_starttls(imap);
	/* Debian's libetpan refuses by itself and leaves the bytes there. */
	if (channel_fault(session->channel)->kind == FAIL_NONE &&
	    imap->imap_stream && imap->imap_stream->read_buffer_len > 0)
		return injected(session, why);
	if (result == MAILIMAP_ERROR_BAD_STATE ||
	    (is_refusal(session, result) && result != MAILIMAP_NO_ERROR)) {
		session->broken = true;
		fail(why, FAIL_REMOTE, "the server refuses STARTTLS: %s",
		     session_answer(session));
		return fail_code(why, "starttls.refused",
				 "Máy chủ thư không cho mã hóa (STARTTLS).");
	}
	if (!session_check(session, result, "STARTTLS", why))
		return false;
	/* What was said in clear text is forgotten (RFC 9051 6.2.1). */
	if (imap->imap_connection_info &&
	    imap->imap_connection_info->imap_capability) {
		mailimap_capability_data_free(
			imap->imap_connection_info->imap_capability);
		imap->imap_connection_info->imap_capability = NULL;
	}
	if (channel_begin_tls(session->channel, limit, why))
		return true;
	session->broken = true;
	return false;
}

static bool refuse_plain(const struct session_request *request,
			 const struct session *session, struct fail *why)
{
	if (request->security != SESSION_PLAIN || request->plain_anywhere ||
	    channel_is_loopback(session->channel))
		return true;
	fail(why, FAIL_DENIED,
	     "a connection without TLS to '%s' is not allowed", request->host);
	return fail_code(why, "plain.refused",
			 "Không cho phép kết nối không mã hóa.");
}

static bool begin(struct session *session,
		  const struct session_request *request, struct fail *why)
{
	const struct channel_request dial = {
		.host = request->host,
		.port = request->port,
		.limit = request->connect_limit,
		.trust = request->trust,
	};

	session->channel = channel_open(&dial, why);
	if (!session->channel || !refuse_plain(request, session, why))
		return false;
	if (request->security == SESSION_TLS &&
	    !channel_begin_tls(session->channel, request->connect_limit, why))
		return false;
	session->imap = mailimap_new(0, NULL);
	if (!session->imap)
		return fail(why, FAIL_LIMIT, "no memory for a connection");
	if (!greet(session, why))
		return false;
	return request->security != SESSION_STARTTLS ||
	       start_tls(session, request->connect_limit, why);
}

struct session *session_open(const struct session_request *request,
			     struct fail *why)
{
	struct session *session = memory_alloc(sizeof(*session));

	assert(request->trust || request->security == SESSION_PLAIN);
	session->command_limit = request->command_limit;
	if (!begin(session, request, why)) {
		session->broken = true;
		session_close(&session);
	}
	return session;
}

struct session *session_adopt(int fd, int64_t command_limit,
			      struct fail *why)
{
	struct session *session = memory_alloc(sizeof(*session));

	session->command_limit = command_limit;
	session->channel = channel_adopt(fd);
	session->imap = mailimap_new(0, NULL);
	if (!session->imap || !greet(session, why)) {
		session->broken = true;
		session_close(&session);
	}
	return session;
}

static void say_goodbye(struct session *session)
{
	mailstream *stream = session->imap->imap_stream;

	if (session->broken || session->idling)
		return;
	channel_allow(session->channel, 100, 0);
	(void)mailstream_write(stream, "Z LOGOUT\r\n", 10);
	(void)mailstream_flush(stream);
}

void session_close(struct session **session)
{
	struct session *gone = *session;

	if (!gone)
		return;
	if (gone->imap) {
		if (gone->imap->imap_stream) {
			say_goodbye(gone);
			mailstream_close(gone->imap->imap_stream);
			gone->imap->imap_stream = NULL;
		}
		mailimap_free(gone->imap);
	}
	channel_close(&gone->channel);
	arena_destroy(&gone->arena);
	memory_free(gone);
	*session = NULL;
}

void session_cancel(struct session *session)
{
	channel_cancel(session->channel);
}

const char *session_protection(struct session *session)
{
	return channel_protection(session->channel);
}

size_t session_received(const struct session *session)
{
	return channel_received(session->channel);
}

/* --- logging in --------------------------------------------------------- */

/* libetpan sends what it is given: a line end would be a second command. */
static bool is_clean(const char *string)
{
	size_t size = strnlen(string, SECRET_TEXT_MAX + 1);

	if (size == 0 || size > SECRET_TEXT_MAX)
		return false;
	for (size_t i = 0; i < size; i++)
		if ((unsigned char)string[i] < 0x20 || string[i] == 0x7f)
			return false;
	return true;
}

static bool check_login(struct session *session, int result,
			struct fail *why)
{
	if (result == MAILIMAP_NO_ERROR)
		return true;
	if (!is_refusal(session, result))
		return session_check(session, result, "login", why);
	session->broken = true;
	fail(why, FAIL_DENIED, "the server refuses the login: %s",
	     session_answer(session));
	return fail_code(why, "login.refused",
			 "Máy chủ thư không nhận tên hoặc mật khẩu.");
}

bool session_login(struct session *session, const char *user,
		   const char *password, struct fail *why)
{
	if (!is_clean(user) || !is_clean(password)) {
		fail(why, FAIL_INVALID,
		     "the user name or password is empty, too long or holds "
		     "a control character");
		return fail_code(why, "login.refused",
				 "Tên hoặc mật khẩu có ký tự điều khiển.");
	}
	session_forget(session);
	session_allow(session, ANSWER_MAX);
	return check_login(session,
			   mailimap_login(session->imap, user, password), why);
}

bool session_login_token(struct session *session, const char *user,
			 const char *token, struct fail *why)
{
	if (!is_clean(user) || !is_clean(token)) {
		fail(why, FAIL_INVALID,
		     "the user name or token is empty, too long or holds a "
		     "control character");
		return fail_code(why, "login.refused", NULL);
	}
	session_forget(session);
	session_allow(session, ANSWER_MAX);
	return check_login(
		session,
		mailimap_oauth2_authenticate(session->imap, user, token), why);
}

/* --- folders ------------------------------------------------------------ */

static bool check_folder(struct session *session, int result,
			 const char *folder, struct fail *why)
{
	if (result == MAILIMAP_NO_ERROR)
		return true;
	if (!is_refusal(session, result))
		return session_check(session, result, folder, why);
	fail(why, FAIL_NOT_FOUND, "the folder '%s' cannot be opened: %s",
	     folder, session_answer(session));
	return fail_code(why, "folder.missing",
			 "Không mở được thư mục trên máy chủ thư.");
}

static struct mailimap_status_att_list *wanted_status(void)
{
	struct mailimap_status_att_list *list =
		mailimap_status_att_list_new_empty();

	mailimap_status_att_list_add(list, MAILIMAP_STATUS_ATT_MESSAGES);
	mailimap_status_att_list_add(list, MAILIMAP_STATUS_ATT_UIDNEXT);
	mailimap_status_att_list_add(list, MAILIMAP_STATUS_ATT_UIDVALIDITY);
	return list;
}

static void read_status(const struct mailimap_mailbox_data_status *data,
			struct folder_status *ret_status)
{
	clistiter *at;

	if (!data || !data->st_info_list)
		return;
	for (at = clist_begin(data->st_info_list); at; at = clist_next(at)) {
		const struct mailimap_status_info *info = clist_content(at);
		if (info->st_att == MAILIMAP_STATUS_ATT_MESSAGES)
			ret_status->messages = info->st_value;
		if (info->st_att == MAILIMAP_STATUS_ATT_UIDNEXT)
			ret_status->uidnext = info->st_value;
		if (info->st_att == MAILIMAP_STATUS_ATT_UIDVALIDITY)
			ret_status->uidvalidity = info->st_value;
	}
}

bool session_status(struct session *session, const char *folder,
		    struct folder_status *ret_status, struct fail *why)
{
	struct mailimap_mailbox_data_status *data = NULL;
	struct mailimap_status_att_list *list;
	const char *name;
	int result;

	*ret_status = (struct folder_status){ 0 };
	session_forget(session);
	if (!utf7_of_name(folder, session->arena, &name, why))
		return false;
	list = wanted_status();
	session_allow(session, ANSWER_MAX);
	result = mailimap_status(session->imap, name, list, &data);
	mailimap_status_att_list_free(list);
	read_status(data, ret_status);
	if (data)
		mailimap_mailbox_data_status_free(data);
	return check_folder(session, result, folder, why);
}

bool session_examine(struct session *session, const char *folder,
		     struct folder_status *ret_status, struct fail *why)
{
	const struct mailimap_selection_info *info;
	const char *name;
	int result;

	*ret_status = (struct folder_status){ 0 };
	session_forget(session);
	if (!utf7_of_name(folder, session->arena, &name, why))
		return false;
	session_allow(session, ANSWER_MAX);
	result = mailimap_examine(session->imap, name);
	info = session->imap->imap_selection_info;
	if (!check_folder(session, result, folder, why))
		return false;
	if (!info)
		return session_check(session, MAILIMAP_ERROR_PROTOCOL, folder,
				     why);
	ret_status->uidvalidity = info->sel_uidvalidity;
	ret_status->uidnext = info->sel_uidnext;
	ret_status->messages = info->sel_exists;
	return true;
}

/* --- idling ------------------------------------------------------------- */

bool session_may_idle(struct session *session)
{
	struct mailimap_capability_data *data = NULL;

	if (!session->imap->imap_connection_info ||
	    !session->imap->imap_connection_info->imap_capability) {
		session_allow(session, ANSWER_MAX);
		if (mailimap_capability(session->imap, &data) !=
		    MAILIMAP_NO_ERROR)
			return false;
		mailimap_capability_data_free(data);
	}
	return mailimap_has_idle(session->imap);
}

bool session_idle_begin(struct session *session, struct fail *why)
{
	int result;

	session_allow(session, ANSWER_MAX);
	result = mailimap_idle(session->imap);
	if (!session_check(session, result, "IDLE", why))
		return false;
	session->idling = true;
	/* Hundreds may idle for long: they keep only what they need. */
	arena_destroy(&session->arena);
	return true;
}

bool session_idle_end(struct session *session, struct fail *why)
{
	assert(session->idling);
	session->idling = false;
	session_allow(session, ANSWER_MAX);
	return session_check(session, mailimap_idle_done(session->imap),
			     "end of IDLE", why);
}

bool session_has_news(const struct session *session)
{
	return session->imap->imap_stream->read_buffer_len > 0 ||
	       channel_has_more(session->channel);
}

int session_fd(const struct session *session)
{
	return channel_fd(session->channel);
}
