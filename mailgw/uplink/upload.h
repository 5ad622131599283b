/*
 * Uploads: letters on their way to the registry, several at once. Bytes are
 * handed on as they come; how the registry answered is told later, so that
 * its group commit has something to group.
 */
#pragma once
#include "uplink/uplink.h"

enum upload_verdict {
	UPLOAD_STORED, /* durable: new, or had it already */
	UPLOAD_LATER,  /* not now: registry away, busy or disk full */
	UPLOAD_LOST,   /* the lease is somebody else's: leave the mailbox */
	UPLOAD_NEVER   /* the registry will not take this letter */
};

struct upload_result {
	struct address address;
	enum upload_verdict verdict;
	bool had_it;		/* stored before */
	const struct fail *why; /* unless stored */
};

struct upload_request {
	struct address address; /* strings live until the letter is answered */
	int64_t internaldate;
	uint32_t size;	 /* as the mail server says */
	int64_t exactly; /* bytes that will come; -1: not known */
	void (*answered)(void *context, const struct upload_result *result);
	void *context;
};

struct upload;

/* Waits for a free lane. */
struct upload *upload_begin(struct uplink *uplink,
			    const struct upload_request *request,
			    struct fail *why);
/* Returns when `data` may be forgotten. False when the registry does not take
 * any more of it; `answered` says why. */
bool upload_add(struct upload *upload, const void *data, size_t size);
void upload_finish(struct upload *upload); /* answered later */
void upload_abort(struct upload *upload);  /* never answered */
/* Until every letter is answered. */
void upload_settle(struct uplink *uplink);
