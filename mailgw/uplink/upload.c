#include "uplink/upload.h"
#include "base/fault.h"
#include "base/moment.h"
#include "uplink/uplink_private.h"
#include <assert.h>
#include <string.h>

/* --- curl's side -------------------------------------------------------- */

static size_t give(char *buffer, size_t one, size_t room, void *context)
{
	struct upload *upload = context;
	size_t size = one * room;

	if (upload->aborted)
		return CURL_READFUNC_ABORT;
	if (upload->left == 0) {
		if (upload->ended)
			return 0;
		upload->paused = true;
		return CURL_READFUNC_PAUSE;
	}
	if (size > upload->left)
		size = upload->left;
	memcpy(buffer, upload->data, size);
	upload->data += size;
	upload->left -= size;
	return size;
}

void upload_open_lanes(struct uplink *uplink, unsigned lanes)
{
	uplink->lane_count = lanes;
	if (lanes > 0)
		uplink->lanes = memory_alloc(lanes * sizeof(*uplink->lanes));
}

static void make_ready(struct uplink *uplink, struct upload *upload)
{
	if (!uplink->multi) {
		uplink->multi = curl_multi_init();
		assert(uplink->multi);
	}
	if (upload->easy)
		return;
	upload->uplink = uplink;
	upload->answer.limit = REFUSAL_MAX;
	upload->easy = uplink_easy(uplink, &upload->answer);
	curl_easy_setopt(upload->easy, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(upload->easy, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(upload->easy, CURLOPT_READDATA, upload);
	curl_easy_setopt(upload->easy, CURLOPT_PRIVATE, upload);
	curl_easy_setopt(upload->easy, CURLOPT_BUFFERSIZE, 4096L);
	curl_easy_setopt(upload->easy, CURLOPT_UPLOAD_BUFFERSIZE, 65536L);
}

static void set_free(struct upload *upload)
{
	curl_multi_remove_handle(upload->uplink->multi, upload->easy);
	curl_slist_free_all(upload->headers);
	upload->headers = NULL;
	upload->taken = false;
	upload->uplink->taken--;
}

void upload_close_lanes(struct uplink *uplink)
{
	for (unsigned i = 0; i < uplink->lane_count; i++) {
		struct upload *upload = &uplink->lanes[i];
		if (upload->taken)
			set_free(upload);
		if (upload->easy)
			curl_easy_cleanup(upload->easy);
		text_done(&upload->answer);
		text_done(&upload->lease);
	}
	if (uplink->multi)
		curl_multi_cleanup(uplink->multi);
	memory_free(uplink->lanes);
}

/* --- answers ------------------------------------------------------------ */

static enum upload_verdict verdict_of(long status, const struct fail *why)
{
	if (status == 200 || status == 201 || status == 204)
		return UPLOAD_STORED;
	if (status == 409 && strcmp(why->code, "lease.lost") == 0)
		return UPLOAD_LOST;
	if (status >= 500 || status == 401 || status == 403 || status == 408 ||
	    status == 429)
		return UPLOAD_LATER;
	return UPLOAD_NEVER;
}

static void tell(struct upload *upload, CURLcode code)
{
	struct fail why = { 0 };
	struct upload_result result = { .address = upload->request.address,
					.why = &why };
	struct upload_request request = upload->request;
	long status = 0;

	if (code == CURLE_OK)
		curl_easy_getinfo(upload->easy, CURLINFO_RESPONSE_CODE,
				  &status);
	else
		uplink_unreachable(code, &why);
	if (status != 0 && (status < 200 || status > 299))
		uplink_refusal(status, &upload->answer, &why);
	result.verdict = status ? verdict_of(status, &why) : UPLOAD_LATER;
	result.had_it = status == 200;
	if (result.verdict == UPLOAD_STORED)
		fault_step("put.answered");
	upload->left = 0;
	if (!upload->aborted)
		request.answered(request.context, &result);
	/* While the sender still holds it, it stays taken. */
	if (upload->ended)
		set_free(upload);
	else
		upload->aborted = true;
}

static void take_answers(struct uplink *uplink)
{
	CURLMsg *message;
	int more;

	while ((message = curl_multi_info_read(uplink->multi, &more))) {
		struct upload *upload = NULL;
		CURLcode code = message->data.result;
		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE,
				  (char **)&upload);
		tell(upload, code);
	}
}

static void turn(struct uplink *uplink, int wait)
{
	int running;

	curl_multi_perform(uplink->multi, &running);
	take_answers(uplink);
	if (wait > 0)
		curl_multi_poll(uplink->multi, NULL, 0, wait, NULL);
}

/* --- the sender's side -------------------------------------------------- */

static struct upload *free_lane(struct uplink *uplink)
{
	for (unsigned i = 0; i < uplink->lane_count; i++)
		if (!uplink->lanes[i].taken)
			return &uplink->lanes[i];
	return NULL;
}

static void set_target(struct upload *upload)
{
	const struct address *to = &upload->request.address;
	const struct uplink *uplink = upload->uplink;
	char *folder = curl_easy_escape(upload->easy, to->folder, 0);
	auto_text url = { 0 };
	struct curl_slist *list = NULL;

	assert(folder);
	text_addf(&url,
		  "%s/api/v1/mailboxes/%lld/letters/%u/%u"
		  "?folder=%s&internaldate=%lld&size=%u",
		  uplink->base.string, (long long)to->mailbox, to->uidvalidity,
		  to->uid, folder, (long long)upload->request.internaldate,
		  upload->request.size);
	curl_free(folder);
	text_clear(&upload->lease);
	text_addf(&upload->lease, "X-Lease: %s", to->lease);
	list = curl_slist_append(list, uplink->bearer.string);
	list = curl_slist_append(list, upload->lease.string);
	list = curl_slist_append(list, "Expect:");
	list = curl_slist_append(list, "Content-Type: message/rfc822");
	upload->headers = list;
	curl_easy_setopt(upload->easy, CURLOPT_URL, url.string);
	curl_easy_setopt(upload->easy, CURLOPT_HTTPHEADER, list);
	curl_easy_setopt(upload->easy, CURLOPT_INFILESIZE_LARGE,
			 (curl_off_t)upload->request.exactly);
}

struct upload *upload_begin(struct uplink *uplink,
			    const struct upload_request *request,
			    struct fail *why)
{
	int64_t deadline = moment_ticks() + uplink->limit;
	struct upload *upload;

	assert(uplink->lane_count > 0);
	while (!(upload = free_lane(uplink))) {
		if (moment_ticks() > deadline) {
			fail(why, FAIL_BUSY,
			     "the registry does not answer in time");
			fail_code(why, "registry.away", NULL);
			return NULL;
		}
		turn(uplink, 1000);
	}
	make_ready(uplink, upload);
	upload->request = *request;
	upload->taken = true;
	upload->paused = upload->ended = upload->aborted = false;
	upload->left = 0;
	text_clear(&upload->answer);
	uplink->taken++;
	set_target(upload);
	fault_step("put.begin");
	curl_multi_add_handle(uplink->multi, upload->easy);
	return upload;
}

bool upload_add(struct upload *upload, const void *data, size_t size)
{
	int64_t deadline = moment_ticks() + upload->uplink->limit;

	upload->data = data;
	upload->left = upload->aborted ? 0 : size;
	if (upload->paused) {
		upload->paused = false;
		curl_easy_pause(upload->easy, CURLPAUSE_CONT);
	}
	turn(upload->uplink, 0);
	while (upload->left > 0 && !upload->aborted) {
		if (moment_ticks() > deadline) {
			tell(upload, CURLE_OPERATION_TIMEDOUT);
			break;
		}
		turn(upload->uplink, 1000);
	}
	return !upload->aborted;
}

void upload_finish(struct upload *upload)
{
	upload->ended = true;
	if (upload->aborted) {
		set_free(upload);
		return;
	}
	if (upload->paused) {
		upload->paused = false;
		curl_easy_pause(upload->easy, CURLPAUSE_CONT);
	}
	turn(upload->uplink, 0);
}

void upload_abort(struct upload *upload)
{
	/* Dropping the handle closes its connection in mid-body. */
	set_free(upload);
}

static void give_up(struct uplink *uplink)
{
	for (unsigned i = 0; i < uplink->lane_count; i++) {
		struct upload *upload = &uplink->lanes[i];
		if (upload->taken && upload->ended)
			tell(upload, CURLE_OPERATION_TIMEDOUT);
	}
}

void upload_settle(struct uplink *uplink)
{
	int64_t deadline = moment_ticks() + uplink->limit;

	while (uplink->taken > 0) {
		turn(uplink, 0);
		if (uplink->taken == 0)
			break;
		if (moment_ticks() > deadline) {
			give_up(uplink);
			break;
		}
		turn(uplink, 1000);
	}
}
