#include "uplink/uplink.h"
#include "base/fault.h"
#include "uplink/uplink_private.h"
#include <assert.h>
#include <string.h>

void uplink_open(void)
{
	CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);

	assert(code == CURLE_OK);
	(void)code;
}

static bool starts_with(const char *string, const char *start)
{
	return strncmp(string, start, strlen(start)) == 0;
}

static bool set_target(struct uplink *uplink,
		       const struct uplink_request *request, struct fail *why)
{
	const char *registry = request->registry;

	for (const char *c = request->token; *c; c++)
		if (*c < 0x21 || *c > 0x7e)
			return fail(why, FAIL_INVALID,
				    "the registry's token has odd characters");
	text_addf(&uplink->bearer, "Authorization: Bearer %s", request->token);
	if (request->ca_file)
		text_add(&uplink->ca_file, request->ca_file);
	if (starts_with(registry, "unix:") && registry[5]) {
		text_add(&uplink->socket, registry + 5);
		text_add(&uplink->base, "http://registry");
		return true;
	}
	if (starts_with(registry, "https://") ||
	    starts_with(registry, "http://127.0.0.1")) {
		text_add(&uplink->base, registry);
		while (uplink->base.size &&
		       uplink->base.string[uplink->base.size - 1] == '/')
			uplink->base.string[--uplink->base.size] = '\0';
		return true;
	}
	return fail(why, FAIL_INVALID,
		    "the registry is named unix:PATH or https://HOST, not '%s'",
		    registry);
}

struct uplink *uplink_create(const struct uplink_request *request,
			     struct fail *why)
{
	struct uplink *uplink = memory_alloc(sizeof(*uplink));

	uplink->limit = request->limit;
	if (!set_target(uplink, request, why)) {
		uplink_destroy(&uplink);
		return NULL;
	}
	upload_open_lanes(uplink, request->lanes);
	return uplink;
}

void uplink_destroy(struct uplink **uplink)
{
	struct uplink *gone = *uplink;

	if (!gone)
		return;
	upload_close_lanes(gone);
	if (gone->easy)
		curl_easy_cleanup(gone->easy);
	text_done(&gone->base);
	text_done(&gone->socket);
	text_done(&gone->bearer);
	text_done(&gone->ca_file);
	memory_free(gone);
	*uplink = NULL;
}

static size_t take_answer(char *data, size_t one, size_t size, void *context)
{
	struct text *answer = context;

	text_add_part(answer, data, one * size);
	return answer->over ? 0 : one * size;
}

static CURL *must(CURL *easy)
{
	assert(easy);
	return easy;
}

CURL *uplink_easy(struct uplink *uplink, struct text *answer)
{
	CURL *easy = must(curl_easy_init());

	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
			 (long)CURL_HTTP_VERSION_1_1);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, 10L);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, answer);
	if (uplink->socket.size)
		curl_easy_setopt(easy, CURLOPT_UNIX_SOCKET_PATH,
				 uplink->socket.string);
	if (uplink->ca_file.size)
		curl_easy_setopt(easy, CURLOPT_CAINFO, uplink->ca_file.string);
	return easy;
}

bool uplink_unreachable(CURLcode code, struct fail *why)
{
	fail(why, FAIL_REMOTE, "the registry cannot be reached: %s",
	     curl_easy_strerror(code));
	return fail_code(why, "registry.away", "Chưa kết nối được với sổ.");
}

static const char *known_code(const char *code)
{
	static const char *const codes[] = { "disk.full", "lease.lost",
					     "letter.too_large", NULL };

	for (size_t i = 0; code && codes[i]; i++)
		if (strcmp(code, codes[i]) == 0)
			return codes[i];
	return "registry.refused";
}

bool uplink_refusal(long status, const struct text *answer, struct fail *why)
{
	static const struct {
		long status;
		enum fail_kind kind;
	} kinds[] = {
		{ 400, FAIL_INVALID },
		{ 401, FAIL_DENIED },
		{ 403, FAIL_DENIED },
		{ 404, FAIL_NOT_FOUND },
		{ 409, FAIL_CONFLICT },
		{ 413, FAIL_LIMIT },
		{ 507, FAIL_LIMIT },
		{ 503, FAIL_BUSY },
	};
	struct bytes json = bytes_of(text_string(answer));
	struct fail unread = { 0 };
	auto_tree *tree = tree_parse(json, &unread);
	const struct tree *error = tree ? tree_member(tree, "error") : NULL;
	const struct tree *message =
		error ? tree_member(error, "message") : NULL;
	const char *code = error ? tree_text(error, "code", NULL) : NULL;
	enum fail_kind kind = status >= 500 ? FAIL_REMOTE : FAIL_INVALID;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (kinds[i].status == status)
			kind = kinds[i].kind;
	fail(why, kind, "the registry answers %ld: %s", status,
	     message ? tree_text(message, "en", "") : "");
	if (status == 507)
		return fail_code(why, "disk.full", "Ổ đĩa của sổ đã đầy.");
	return fail_code(why, known_code(code), NULL);
}

static struct curl_slist *json_headers(const struct uplink *uplink)
{
	struct curl_slist *list = NULL;

	list = curl_slist_append(list, uplink->bearer.string);
	list = curl_slist_append(list, "Content-Type: application/json");
	return curl_slist_append(list, "Expect:");
}

/* Sends `body` and gives the status, or 0 and why. */
static long post(struct uplink *uplink, const char *path,
		 const struct tree *body, struct text *ret_answer,
		 struct fail *why)
{
	struct curl_slist *headers = json_headers(uplink);
	auto_text json = { 0 };
	auto_text url = { 0 };
	long status = 0;
	CURLcode code;

	if (!uplink->easy)
		uplink->easy = uplink_easy(uplink, ret_answer);
	tree_print(body, &json);
	text_addf(&url, "%s/api/v1/gateway/%s", uplink->base.string, path);
	curl_easy_setopt(uplink->easy, CURLOPT_WRITEDATA, ret_answer);
	curl_easy_setopt(uplink->easy, CURLOPT_URL, url.string);
	curl_easy_setopt(uplink->easy, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(uplink->easy, CURLOPT_POSTFIELDSIZE_LARGE,
			 (curl_off_t)json.size);
	curl_easy_setopt(uplink->easy, CURLOPT_POSTFIELDS, json.string);
	curl_easy_setopt(uplink->easy, CURLOPT_TIMEOUT_MS,
			 (long)uplink->limit);
	code = curl_easy_perform(uplink->easy);
	curl_slist_free_all(headers);
	if (code == CURLE_OK)
		curl_easy_getinfo(uplink->easy, CURLINFO_RESPONSE_CODE,
				  &status);
	else
		uplink_unreachable(code, why);
	return status;
}

/* The answer as a tree, or NULL and why. */
static struct tree *ask(struct uplink *uplink, const char *path,
			const struct tree *body, struct fail *why)
{
	auto_text answer = { .limit = ANSWER_MAX };
	long status;

	fault_step(path);
	status = post(uplink, path, body, &answer, why);
	if (status == 0)
		return NULL;
	if (status < 200 || status > 299) {
		uplink_refusal(status, &answer, why);
		return NULL;
	}
	fault_step(path);
	if (answer.size == 0)
		return tree_create();
	return tree_parse(bytes_of(answer.string), why);
}

struct tree *uplink_lease(struct uplink *uplink, const char *gateway,
			  int64_t seconds, struct fail *why)
{
	auto_tree *body = tree_create();

	tree_set_text(body, "gateway", gateway);
	tree_set_int(body, "seconds", seconds);
	tree_set_int(body, "max", 1000);
	tree_set_bool(body, "wait_changed", false);
	return ask(uplink, "lease", body, why);
}

bool uplink_report(struct uplink *uplink, struct tree *body,
		   struct fail *why)
{
	auto_tree *mine = body;
	auto_tree *answer = ask(uplink, "report", mine, why);

	return answer != NULL;
}

static struct tree *body_for(const struct address *address)
{
	struct tree *body = tree_create();

	tree_set_int(body, "mailbox", address->mailbox);
	tree_set_text(body, "lease", address->lease);
	tree_set_text(body, "folder", address->folder);
	tree_set_int(body, "uidvalidity", address->uidvalidity);
	return body;
}

bool uplink_strike(struct uplink *uplink, const struct address *address,
		   const char *reason, struct strike_answer *ret_answer,
		   struct fail *why)
{
	auto_tree *body = body_for(address);
	auto_tree *answer = NULL;

	tree_set_int(body, "uid", address->uid);
	tree_set_text(body, "reason", reason);
	answer = ask(uplink, "strike", body, why);
	if (!answer)
		return false;
	ret_answer->strikes = tree_int(answer, "strikes", 0);
	ret_answer->aside = tree_bool(answer, "aside", false);
	return true;
}

bool uplink_skip(struct uplink *uplink, const struct address *address,
		 const struct skipped_letter *letters, size_t count,
		 struct fail *why)
{
	auto_tree *body = body_for(address);
	auto_tree *answer = NULL;
	struct tree *list = tree_set_list(body, "letters");

	for (size_t i = 0; i < count; i++) {
		struct tree *one = tree_add_tree(list);
		tree_set_int(one, "uid", letters[i].uid);
		tree_set_int(one, "size", letters[i].size);
		tree_set_int(one, "internaldate", letters[i].internaldate);
		tree_set_text(one, "reason", letters[i].reason);
	}
	answer = ask(uplink, "skip", body, why);
	return answer != NULL;
}

bool uplink_reconcile(struct uplink *uplink, const struct address *address,
		      const char *there, struct arena *arena,
		      struct reconcile_answer *ret_answer, struct fail *why)
{
	auto_tree *body = body_for(address);
	auto_tree *answer = NULL;

	tree_set_text(body, "uids", there);
	answer = ask(uplink, "reconcile", body, why);
	if (!answer)
		return false;
	ret_answer->missing_here =
		arena_copy(arena, tree_text(answer, "missing_here", ""));
	ret_answer->gone_there =
		arena_copy(arena, tree_text(answer, "gone_there", ""));
	return true;
}
