/*
 * Live updates as server-sent events. Each answer is short: what happened
 * since Last-Event-ID, and when to ask again; the browser's EventSource does
 * the asking. No connection is held and nothing is kept per browser.
 */
#include "base/moment.h"
#include "core/audit.h"
#include "core/letter.h"
#include "core/lock.h"
#include "core/notification.h"
#include "web/visit.h"
#include <stdlib.h>
#include <string.h>

enum {
	ROWS_MAX = 100
};

struct news {
	bool mailbox, entry;
	int64_t presence, unseen; /* who has what open; notifications */
	struct letter_counts counts;
	int64_t seq;
	const char *id; /* what this state is called */
};

static bool read_news(struct visit *visit, const char *last, struct news *news,
		      struct fail *why)
{
	struct audit_filter filter = { .limit = ROWS_MAX };
	struct audit_list list = { 0 };
	int64_t since = last ? strtoll(last, NULL, 10) : 0;
	const char *ignored;

	if (!audit_head(visit->db, visit->arena, &news->seq, &ignored, why) ||
	    !letter_count(visit->db, &news->counts, why) ||
	    !lock_state(visit->db, moment_now(), &news->presence, why) ||
	    !notification_count(visit->db, visit->actor.id, &news->unseen,
				why))
		return false;
	news->id = arena_print(visit->arena,
			       "%lld.%lld.%lld.%lld.%lld.%lld",
			       (long long)news->seq,
			       (long long)news->counts.todo,
			       (long long)news->counts.unread,
			       (long long)news->counts.reading,
			       (long long)news->presence,
			       (long long)news->unseen);
	if (!last || since == news->seq)
		return true;
	if (!audit_load_list(visit->db, &filter, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count && list.items[i].seq > since; i++) {
		const char *type = list.items[i].object_type;

		news->mailbox |= type && strcmp(type, "mailbox") == 0;
		news->entry |= type && strcmp(type, "entry") == 0;
	}
	return true;
}

/* Does the n-th number from the end differ? */
static bool tail_changed(const char *last, const char *now, int place)
{
	const char *names[] = { last, now };
	long long values[2] = { 0, 0 };

	for (int i = 0; i < 2; i++) {
		const char *at = names[i] + strlen(names[i]);
		for (int left = place; left > 0 && at > names[i];) {
			at--;
			left -= *at == '.';
		}
		values[i] = strtoll(*at == '.' ? at + 1 : at, NULL, 10);
	}
	return values[0] != values[1];
}

static void add_event(struct text *out, const char *name,
		      const struct news *news)
{
	text_addf(out,
		  "event: %s\ndata: {\"seq\":%lld,\"todo\":%lld,"
		  "\"quarantine\":%lld,\"unread\":%lld,"
		  "\"reading\":%lld}\n\n",
		  name, (long long)news->seq, (long long)news->counts.todo,
		  (long long)news->counts.quarantine,
		  (long long)news->counts.unread,
		  (long long)news->counts.reading);
}

bool event_list(struct visit *visit, struct fail *why)
{
	const char *last = http_request_header(visit->http, "Last-Event-ID");
	unsigned roles = visit->actor.roles;
	struct news news = { 0 };
	auto_text out = { 0 };

	if (!read_news(visit, last, &news, why))
		return false;
	text_addf(&out, "retry: 1000\nid: %s\n\n", news.id);
	if (last && strcmp(last, news.id) != 0) {
		if (access_may(roles, MAY_READ_INTAKE))
			add_event(&out, "queue", &news);
		if (news.entry)
			add_event(&out, "number", &news);
		if (tail_changed(last, news.id, 2))
			add_event(&out, "presence", &news);
		if (tail_changed(last, news.id, 1))
			add_event(&out, "notification", &news);
		if (news.mailbox && access_may(roles, MAY_READ_MAILBOXES))
			add_event(&out, "mailbox", &news);
	}
	answer_bytes(visit, "text/event-stream", text_string(&out));
	return true;
}
