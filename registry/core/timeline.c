#include "core/timeline.h"
#include "base/tree.h"
#include "store/query.h"
#include <string.h>

static const char select_events[] =
	"SELECT at / 1000000, action, actor_id, actor_name, detail"
	"  FROM audit WHERE object_type = 'entry' AND object_id = ?1"
	" ORDER BY seq LIMIT 2000";

static const char select_letters[] =
	"SELECT l.received_at, m.address, r.sender_address, r.sender_name,"
	"       r.subject, l.id, k.role"
	"  FROM entry_letter k JOIN letter l ON l.id = k.letter_id"
	"  JOIN mailbox m ON m.id = l.mailbox_id"
	"  LEFT JOIN reading r ON r.file_id = l.file_id"
	" WHERE k.entry_id = ?1 ORDER BY l.received_at, l.id";

static const struct {
	const char *action, *kind;
} kinds[] = {
	{ "entry.register", "registered" },
	{ "entry.edit", "edited" },
	{ "entry.attach", "attached" },
	{ "entry.detach", "detached" },
	{ "entry.relate", "related" },
	{ "entry.unrelate", "unrelated" },
	{ "entry.open", "opened" },
	{ "entry.void", "void" },
	{ "entry.undo", "undone" },
	{ "flow.submit", "submitted" },
	{ "flow.instruct", "instruction" },
	{ "flow.route", "routed" },
	{ "flow.assign", "assigned" },
	{ "flow.start", "started" },
	{ "flow.comment", "comment" },
	{ "flow.draft", "draft" },
	{ "flow.remind", "reminder" },
	{ "flow.extend_ask", "extension_asked" },
	{ "flow.extend", "extended" },
	{ "flow.extend_refuse", "extension_refused" },
	{ "flow.return", "returned" },
	{ "flow.recall", "instruction_recalled" },
	{ "flow.recalled", "recalled" },
	{ "flow.pause", "paused" },
	{ "flow.resume", "resumed" },
	{ "flow.answer", "answered" },
	{ "flow.part_done", "part_done" },
	{ "flow.complete", "closed" },
	{ "flow.reopen", "reopened" },
	{ "flow.handover", "handover" },
	{ "dispatch.hold", "dispatched" },
	{ "dispatch.stop", "dispatch_stopped" },
	{ "grant.ask", "grant_asked" },
	{ "grant.confirm", "granted" },
	{ "grant.refuse", "grant_refused" },
	{ "grant.end", "grant_ended" },
};

/* Actions without a word of their own keep their name: "entry.route". */
static const char *kind_of(const char *action)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (strcmp(kinds[i].action, action) == 0)
			return kinds[i].kind;
	return action;
}

static struct timeline_event *add(struct timeline *timeline,
				  struct arena *arena)
{
	struct timeline_event *events = arena_grow(
		arena, timeline->events, timeline->count, sizeof(*events));
	timeline->events = events;
	return &events[timeline->count++];
}

static bool add_letters(struct db *db, int64_t entry_id, struct arena *arena,
			struct timeline *timeline, struct fail *why)
{
	auto_query *query = db_query(db, select_letters, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		auto_tree *detail = tree_create();
		auto_text json = { .limit = 0 };
		const char *name = query_get_text(query, 3, arena);
		const char *address = query_get_text(query, 2, arena);
		tree_set_text(detail, "mailbox",
			      query_get_text(query, 1, arena));
		tree_set_text(detail, "from", address);
		tree_set_text(detail, "subject",
			      query_get_text(query, 4, arena));
		tree_set_int(detail, "letter", query_get_int(query, 5));
		tree_set_text(detail, "role", query_get_text(query, 6, arena));
		tree_print(detail, &json);
		*add(timeline, arena) = (struct timeline_event){
			.at = query_get_int(query, 0),
			.kind = "mail",
			.actor = name && *name ? name
					       : (address ? address : ""),
			.detail = arena_copy(arena, text_string(&json)),
		};
	}
	return why->kind == FAIL_NONE;
}

static bool add_events(struct db *db, int64_t entry_id, struct arena *arena,
		       struct timeline *timeline, struct fail *why)
{
	auto_query *query = db_query(db, select_events, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		const char *action = query_get_text(query, 1, arena);
		*add(timeline, arena) = (struct timeline_event){
			.at = query_get_int(query, 0),
			.kind = kind_of(action),
			.actor_id = query_get_int(query, 2),
			.actor = query_get_text(query, 3, arena),
			.detail = query_get_text(query, 4, arena),
		};
	}
	return why->kind == FAIL_NONE;
}

/* Both halves come in order; letters that came later (annexes, replacements)
 * find their place among the events. Stable, and short. */
static void put_in_order(struct timeline_event *events, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct timeline_event event = events[i];
		size_t place = i;
		for (; place > 0 && events[place - 1].at > event.at; place--)
			events[place] = events[place - 1];
		events[place] = event;
	}
}

bool timeline_load(struct db *db, int64_t entry_id, struct arena *arena,
		   struct timeline *ret_timeline, struct fail *why)
{
	struct timeline timeline = { .events = NULL };
	if (!add_letters(db, entry_id, arena, &timeline, why) ||
	    !add_events(db, entry_id, arena, &timeline, why))
		return false;
	put_in_order(timeline.events, timeline.count);
	*ret_timeline = timeline;
	return true;
}
