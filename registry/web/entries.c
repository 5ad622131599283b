/* The books: registering, listing, one document, editing, voiding. */
#include "base/moment.h"
#include "core/book.h"
#include "core/entry_list.h"
#include "core/series.h"
#include "core/timeline.h"
#include "core/view.h"
#include "web/flow.h"
#include "web/visit.h"
#include <string.h>

static void present_entry(struct tree *out, const struct entry *entry)
{
	tree_set_int(out, "id", entry->id);
	tree_set_text(out, "direction", direction_name(entry->direction));
	tree_set_int(out, "book", entry->book_id);
	tree_set_int(out, "year", entry->year);
	tree_set_int(out, "number", entry->number);
	tree_set_text(out, "suffix", entry->suffix);
	tree_set_text(out, "day", entry->day);
	tree_set_text(out, "state", entry->state);
	tree_set_text(out, "status", entry->status);
	tree_set_int(out, "registered_at", entry->registered_at);
	tree_set_text(out, "registered_by", entry->registered_name);
	tree_set_int(out, "letter", entry->letter_id);
	fields_print(&entry->fields, tree_set_tree(out, "fields"));
	tree_set_text(out, "type_name", entry->type_name);
	tree_set_text(out, "unit_name", entry->unit_name);
	tree_set_text(out, "duplicate_reason", entry->duplicate_reason);
	tree_set_text(out, "void_reason", entry->void_reason);
	tree_set_text(out, "void_by", entry->void_name);
	tree_set_int(out, "void_at", entry->void_at);
	tree_set_int(out, "version", entry->version);
	flow_present_line(out, entry);
}

static void present_duplicates(struct tree *list,
			       const struct duplicate_list *duplicates)
{
	for (size_t i = 0; i < duplicates->count; i++) {
		const struct duplicate *one = &duplicates->duplicates[i];
		struct tree *out = tree_add_tree(list);
		tree_set_text(out, "match", duplicate_match_name(one->match));
		tree_set_int(out, "entry", one->entry_id);
		tree_set_text(out, "direction", one->direction);
		tree_set_int(out, "year", one->year);
		tree_set_int(out, "number", one->number);
		tree_set_text(out, "suffix", one->suffix);
		tree_set_text(out, "day", one->day);
		tree_set_text(out, "issuer", one->issuer);
		tree_set_text(out, "symbol", one->symbol);
		tree_set_text(out, "document_day", one->document_day);
		tree_set_text(out, "subject", one->subject);
		tree_set_text(out, "registered_by", one->registered_name);
		tree_set_int(out, "registered_at", one->registered_at);
	}
}

static bool read_receivers(struct visit *visit, struct entry_request *request,
			   struct fail *why)
{
	const struct tree *list = tree_member(visit->body, "receivers");
	size_t count = list ? tree_count(list) : 0;
	struct entry_receiver *receivers;

	if (count > ENTRY_PARTS_MAX)
		return fail(why, FAIL_LIMIT, "too many receivers");
	receivers = arena_array(visit->arena, count, sizeof(*receivers));
	for (size_t i = 0; i < count; i++) {
		const struct tree *one = tree_at(list, i);
		receivers[i].unit_id = tree_int(one, "unit", 0);
		receivers[i].user_id = tree_int(one, "user", 0);
		receivers[i].agency_id = tree_int(one, "agency", 0);
		receivers[i].name = tree_text(one, "name", NULL);
	}
	request->receivers = receivers;
	request->receiver_count = count;
	return true;
}

static bool read_files(struct visit *visit, struct entry_request *request,
		       struct fail *why)
{
	const struct tree *list = tree_member(visit->body, "files");
	size_t count = list ? tree_count(list) : 0;
	struct attachment_choice *files;

	if (!count)
		return true;
	if (count > ENTRY_PARTS_MAX)
		return fail(why, FAIL_LIMIT, "too many files");
	files = arena_array(visit->arena, count, sizeof(*files));
	for (size_t i = 0; i < count; i++) {
		const struct tree *one = tree_at(list, i);
		files[i].name = tree_text(one, "name", NULL);
		files[i].role = attachment_role_find(
			tree_text(one, "role", i ? "annex" : "main"));
		if (!tree_need_text(one, "sha256", 64, &files[i].sha256, why))
			return false;
		if (files[i].role == ATTACHMENT_ROLE_COUNT)
			return fail(why, FAIL_INVALID, "'role' is not known");
	}
	request->files = files;
	request->file_count = count;
	return true;
}

static bool read_relations(struct visit *visit, struct entry_request *request,
			   struct fail *why)
{
	const struct tree *list = tree_member(visit->body, "relations");
	size_t count = list ? tree_count(list) : 0;
	struct relation_wish *wishes;

	if (count > ENTRY_PARTS_MAX)
		return fail(why, FAIL_LIMIT, "too many relations");
	wishes = arena_array(visit->arena, count, sizeof(*wishes));
	for (size_t i = 0; i < count; i++) {
		const struct tree *one = tree_at(list, i);
		wishes[i].kind = relation_kind_find(tree_text(one, "kind", ""));
		if (!tree_need_int(one, "entry", &wishes[i].other_id, why))
			return false;
		if (wishes[i].kind == RELATION_KIND_COUNT)
			return fail(why, FAIL_INVALID, "'kind' is not known");
	}
	request->relations = wishes;
	request->relation_count = count;
	return true;
}

static const char *body_digest(struct visit *visit)
{
	struct bytes body = http_request_body(visit->http);
	struct digest digest = digest_of(body.data, body.size);
	char hex[DIGEST_HEX_SIZE];

	digest_print(&digest, hex);
	return arena_copy(visit->arena, hex);
}

static bool read_entry(struct visit *visit, struct entry_request *request,
		       struct fail *why)
{
	const char *direction = "in";

	request->actor = visit->actor;
	request->fields = fields_empty();
	request->key = http_request_header(visit->http, "Idempotency-Key");
	if (!visit_need_body(visit, why) ||
	    !tree_may_text(visit->body, "direction", 8, &direction, why) ||
	    !tree_may_int(visit->body, "book", &request->book_id, why) ||
	    !tree_may_int(visit->body, "letter", &request->letter_id, why) ||
	    !tree_may_int(visit->body, "number", &request->number, why) ||
	    !tree_may_int(visit->body, "reservation", &request->reservation_id,
			  why) ||
	    !tree_may_text(visit->body, "suffix", 8, &request->suffix, why) ||
	    !tree_may_text(visit->body, "day", 10, &request->day, why) ||
	    !tree_may_text(visit->body, "duplicate_reason", 4000,
			   &request->duplicate_reason, why) ||
	    !fields_read(visit->body, &request->fields, why))
		return false;
	request->accept_order = tree_bool(visit->body, "accept_order", false);
	request->direction = direction_find(direction);
	if (request->direction == DIRECTION_COUNT)
		return fail(why, FAIL_INVALID, "'direction' must be in or out");
	if (request->key)
		request->request_digest = body_digest(visit);
	return read_receivers(visit, request, why) &&
	       read_files(visit, request, why) &&
	       read_relations(visit, request, why);
}

bool entry_create(struct visit *visit, struct fail *why)
{
	struct entry_request request = { 0 };
	struct entry_answer answer = { 0 };

	if (!read_entry(visit, &request, why))
		return false;
	if (!entry_register(visit->db, &request, visit->arena, &answer, why)) {
		if (answer.duplicates.count)
			present_duplicates(
				tree_set_list(tree_set_tree(visit->answer,
							    "details"),
					      "duplicates"),
				&answer.duplicates);
		return false;
	}
	visit->status = answer.is_repeated ? 200 : 201;
	present_entry(visit->answer, &answer.entry);
	return true;
}

static bool choose_book(struct visit *visit, struct book *book,
			struct fail *why)
{
	const char *direction = http_request_query(visit->http, "direction");
	int64_t id = visit_query_int(visit, "book", 0);
	enum direction wanted = direction_find(direction ? direction : "in");

	if (id)
		return book_load(visit->db, id, visit->arena, book, why);
	if (wanted == DIRECTION_COUNT)
		return fail(why, FAIL_INVALID, "'direction' must be in or out");
	return book_load_first(visit->db, visit->actor.organisation_id, wanted,
			       visit->arena, book, why);
}

bool entry_list_route(struct visit *visit, struct fail *why)
{
	struct entry_filter filter = {
		.year = visit_query_int(visit, "year",
					moment_day(moment_now()).year),
		.after = visit_query_int(visit, "after", 0),
		.after_suffix = http_request_query(visit->http, "after_suffix"),
		.limit = visit_query_int(visit, "limit", 100),
		.unit_id = visit_query_int(visit, "unit", 0),
		.agency_id = visit_query_int(visit, "agency", 0),
		.type_id = visit_query_int(visit, "type", 0),
		.from_day = http_request_query(visit->http, "from"),
		.to_day = http_request_query(visit->http, "to"),
		.state = http_request_query(visit->http, "state"),
		.status = http_request_query(visit->http, "status"),
		.viewer = &visit->actor,
	};
	char today[DAY_SIZE];
	struct entry_list list;
	struct tree *items;
	struct book book;
	int64_t total;

	if (!choose_book(visit, &book, why))
		return false;
	day_print(moment_day(moment_now()), today);
	if (visit_query_int(visit, "overdue", 0) == 1)
		filter.due_before = today;
	filter.book_id = book.id;
	if (!entry_list(visit->db, &filter, visit->arena, &list, why) ||
	    !entry_count(visit->db, &filter, &total, why))
		return false;
	items = tree_set_list(visit->answer, "items");
	for (size_t i = 0; i < list.count; i++)
		present_entry(tree_add_tree(items), &list.entries[i]);
	tree_set_int(visit->answer, "next", list.next_after);
	tree_set_text(visit->answer, "next_suffix", list.next_suffix);
	tree_set_int(visit->answer, "total", total);
	tree_set_int(visit->answer, "book", book.id);
	tree_set_text(visit->answer, "book_name", book.name);
	return true;
}

bool entry_next_number(struct visit *visit, struct fail *why)
{
	int year = moment_day(moment_now()).year;
	int64_t series, number;
	char today[DAY_SIZE];
	struct book book;

	if (!choose_book(visit, &book, why) ||
	    !series_find(visit->db, book.id,
			 visit_query_int(visit, "type", 0), year, &series,
			 why) ||
	    !series_next(visit->db, series, year, &number, why))
		return false;
	day_print(moment_day(moment_now()), today);
	tree_set_int(visit->answer, "number", number);
	tree_set_int(visit->answer, "year", year);
	tree_set_text(visit->answer, "day", today);
	tree_set_int(visit->answer, "book", book.id);
	tree_set_text(visit->answer, "book_name", book.name);
	return true;
}

static bool add_files(struct visit *visit, int64_t id, struct fail *why)
{
	struct attachment_list list;
	struct tree *out = tree_set_list(visit->answer, "files");

	if (!attachment_list(visit->db, id, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct attachment *one = &list.attachments[i];
		struct tree *file = tree_add_tree(out);
		tree_set_text(file, "sha256", one->sha256);
		tree_set_text(file, "name", one->name);
		tree_set_text(file, "type", one->type);
		tree_set_int(file, "bytes", one->bytes);
		tree_set_text(file, "role", attachment_role_name(one->role));
		tree_set_int(file, "letter", one->letter_id);
	}
	return true;
}

static bool add_relations(struct visit *visit, int64_t id, struct fail *why)
{
	struct relation_list list;
	struct tree *out = tree_set_list(visit->answer, "relations");

	if (!relation_list(visit->db, id, visit->arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		const struct relation *one = &list.relations[i];
		struct tree *item = tree_add_tree(out);
		tree_set_text(item, "kind", relation_kind_name(one->kind));
		tree_set_bool(item, "reverse", one->is_reverse);
		tree_set_int(item, "entry", one->other_id);
		tree_set_text(item, "direction", one->direction);
		tree_set_int(item, "year", one->year);
		tree_set_int(item, "number", one->number);
		tree_set_text(item, "symbol", one->symbol);
		tree_set_text(item, "subject", one->subject);
	}
	return true;
}

static bool add_timeline(struct visit *visit, int64_t id, struct fail *why)
{
	struct timeline timeline;
	struct tree *out = tree_set_list(visit->answer, "timeline");
	struct fail ignored;

	if (!timeline_load(visit->db, id, visit->arena, &timeline, why))
		return false;
	for (size_t i = 0; i < timeline.count; i++) {
		const struct timeline_event *event = &timeline.events[i];
		struct tree *item = tree_add_tree(out);
		auto_tree *detail = tree_parse(
			bytes_of(event->detail ? event->detail : "{}"),
			&ignored);
		tree_set_int(item, "at", event->at);
		tree_set_text(item, "kind", event->kind);
		tree_set_text(item, "actor", event->actor);
		if (detail)
			tree_set_copy(item, "detail", detail);
	}
	return true;
}

/* Noted after the others that wait for the writer and before whatever follows
 * this answer, so an undo comes too late. Reading does not wait for it and
 * goes on when the disk is full. */
struct opening {
	struct actor actor;
	int64_t entry_id;
	char *name, *origin;
};

static bool work_opened(struct db *db, void *context, struct fail *why)
{
	struct opening *opening = context;

	return view_note(db, opening->entry_id, &opening->actor, moment_now(),
			 why);
}

static void done_opened(void *context, bool ok, const struct fail *why)
{
	struct opening *opening = context;

	(void)ok;
	(void)why;
	memory_free(opening->name);
	memory_free(opening->origin);
	memory_free(opening);
}

static void note_opened(struct visit *visit, const struct entry *entry)
{
	struct writer_job job = { .work = work_opened,
				  .done = done_opened,
				  .no_files = true };
	struct opening *opening;
	struct fail why;

	opening = memory_alloc(sizeof(*opening));
	opening->actor = visit->actor;
	opening->name = memory_copy(visit->actor.name);
	opening->actor.name = opening->name;
	opening->actor.stands_for_count = opening->actor.also_unit_count = 0;
	opening->entry_id = entry->id;
	opening->origin = memory_copy(visit_origin(visit));
	job.origin = opening->origin;
	job.context = opening;
	if (!writer_add(visit->web->writer, &job, &why))
		done_opened(opening, false, &why);
}

bool entry_show(struct visit *visit, struct fail *why)
{
	struct entry_receivers receivers;
	struct entry entry;
	struct tree *list;

	if (!entry_load(visit->db, visit_id(visit), visit->arena, &entry,
			why) ||
	    !entry_may_open(visit->db, &entry, &visit->actor, visit->arena,
			    why) ||
	    !entry_list_receivers(visit->db, entry.id, visit->arena,
				  &receivers, why))
		return false;
	present_entry(visit->answer, &entry);
	list = tree_set_list(visit->answer, "receivers");
	for (size_t i = 0; i < receivers.count; i++)
		tree_set_text(tree_add_tree(list), "name",
			      receivers.receivers[i].name);
	if (!add_files(visit, entry.id, why) ||
	    !add_relations(visit, entry.id, why) ||
	    !add_timeline(visit, entry.id, why))
		return false;
	note_opened(visit, &entry);
	return true;
}

static struct entry_change change_of(struct visit *visit)
{
	return (struct entry_change){
		.actor = visit->actor,
		.id = visit_id(visit),
		.version = tree_int(visit->body, "version", 0),
	};
}

bool entry_patch(struct visit *visit, struct fail *why)
{
	struct entry_change change = change_of(visit);
	struct entry entry;

	if (!visit_need_body(visit, why) ||
	    !entry_load(visit->db, change.id, visit->arena, &entry, why) ||
	    !entry_may_open(visit->db, &entry, &visit->actor, visit->arena,
			    why) ||
	    !fields_read(visit->body, &entry.fields, why))
		return false;
	if (!entry_edit(visit->db, &change, &entry.fields, visit->arena, why))
		return flow_visit_explain(visit, change.id, change.version,
					  why);
	if (!entry_load(visit->db, change.id, visit->arena, &entry, why))
		return false;
	present_entry(visit->answer, &entry);
	return true;
}

bool entry_void_route(struct visit *visit, struct fail *why)
{
	struct entry_change change = change_of(visit);
	const char *reason;

	if (!visit_need_body(visit, why) ||
	    !tree_need_text(visit->body, "reason", 4000, &reason, why))
		return false;
	if (!entry_void(visit->db, &change, reason, why))
		return flow_visit_explain(visit, change.id, change.version,
					  why);
	tree_set_int(visit->answer, "id", change.id);
	return true;
}

bool entry_undo_route(struct visit *visit, struct fail *why)
{
	struct entry_change change = change_of(visit);

	if (!entry_undo(visit->db, &change, why))
		return false;
	tree_set_int(visit->answer, "id", change.id);
	return true;
}

bool duplicate_check(struct visit *visit, struct fail *why)
{
	struct duplicate_request request = {
		.organisation_id = visit->actor.organisation_id,
	};
	struct duplicate_list list;

	if (!visit_need_body(visit, why) ||
	    !tree_may_text(visit->body, "issuer", 2000, &request.issuer,
			   why) ||
	    !tree_may_text(visit->body, "symbol", 400, &request.symbol, why) ||
	    !tree_may_text(visit->body, "document_day", 10,
			   &request.document_day, why) ||
	    !tree_may_text(visit->body, "identifier", 400,
			   &request.identifier, why) ||
	    !tree_may_int(visit->body, "letter", &request.letter_id, why) ||
	    !tree_may_int(visit->body, "except", &request.except_entry, why) ||
	    !duplicate_find(visit->db, &request, visit->arena, &list, why))
		return false;
	tree_set_bool(visit->answer, "must_ask", list.must_ask);
	present_duplicates(tree_set_list(visit->answer, "duplicates"), &list);
	return true;
}
