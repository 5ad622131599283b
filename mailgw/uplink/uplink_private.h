/*
 * Uplinks, as the files of uplink/ share them.
 */
#pragma once
#include "base/text.h"
#include "uplink/upload.h"
#include <curl/curl.h>

enum {
	ANSWER_MAX = 64 * 1024 * 1024,
	REFUSAL_MAX = 16 * 1024
};

/* One letter on its way. */
struct upload {
	struct uplink *uplink;
	CURL *easy;
	struct curl_slist *headers;
	struct text answer;
	struct text lease;
	struct upload_request request;
	const char *data;
	size_t left;
	bool taken, paused, ended, aborted;
};

struct uplink {
	struct text base;   /* "http://registry" */
	struct text socket; /* path, or empty */
	struct text bearer; /* "Authorization: Bearer ..." */
	struct text ca_file;
	int64_t limit;
	CURL *easy; /* for questions */
	CURLM *multi;
	struct upload *lanes;
	unsigned lane_count;
	unsigned taken;
};

/* What every request has. */
CURL *uplink_easy(struct uplink *uplink, struct text *answer);
/* An answer's status and JSON error as a failure. Always false. */
bool uplink_refusal(long status, const struct text *answer, struct fail *why);
bool uplink_unreachable(CURLcode code, struct fail *why);

void upload_open_lanes(struct uplink *uplink, unsigned lanes);
void upload_close_lanes(struct uplink *uplink);
