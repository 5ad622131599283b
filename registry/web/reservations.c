/* Numbers set aside, and sending that can still be stopped. */
#include "base/moment.h"
#include "core/dispatch.h"
#include "core/reservation.h"
#include "web/desk.h"
#include "web/flow.h"

static void present_reservation(struct tree *out,
				const struct reservation *one)
{
	tree_set_int(out, "id", one->id);
	tree_set_int(out, "book", one->book_id);
	tree_set_int(out, "year", one->year);
	tree_set_int(out, "number", one->number);
	tree_set_int(out, "type", one->type_id);
	tree_set_text(out, "type_name", one->type_name);
	tree_set_int(out, "unit", one->unit_id);
	tree_set_text(out, "unit_name", one->unit_name);
	tree_set_text(out, "purpose", one->purpose);
	tree_set_text(out, "day", one->day);
	tree_set_int(out, "until", one->until);
	tree_set_text(out, "state", one->state);
	tree_set_int(out, "entry", one->entry_id);
	tree_set_text(out, "reserved_by", one->reserved_name);
	tree_set_int(out, "reserved_at", one->reserved_at);
	tree_set_text(out, "reason", one->reason);
	tree_set_text(out, "explained_by", one->explained_name);
	tree_set_int(out, "explained_at", one->explained_at);
}

bool reservation_list_route(struct visit *visit, struct fail *why)
{
	int64_t now = moment_now();
	int64_t book_id = visit_query_int(visit, "book", 0);
	int64_t year = visit_query_int(visit, "year", moment_day(now).year);
	struct tree *items = tree_set_list(visit->answer, "items");
	struct reservation_list list;
	struct book book;

	if (!book_id) {
		if (!book_load_first(visit->db, visit->actor.organisation_id,
				     DIRECTION_OUT, visit->arena, &book, why))
			return false;
		book_id = book.id;
	}
	if (!reservation_list(visit->db, book_id, year, now, visit->arena,
			      &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		present_reservation(tree_add_tree(items),
				    &list.reservations[i]);
	tree_set_int(visit->answer, "expired", list.expired);
	tree_set_int(visit->answer, "now", now);
	return true;
}

static bool answer_with(struct visit *visit, int64_t id, struct fail *why)
{
	struct reservation one;

	if (!reservation_load(visit->db, id, moment_now(), visit->arena, &one,
			      why))
		return false;
	present_reservation(visit->answer, &one);
	return true;
}

bool reservation_add_route(struct visit *visit, struct fail *why)
{
	struct reservation_wish wish = {
		.key = http_request_header(visit->http, "Idempotency-Key"),
		.now = moment_now(),
	};
	int64_t id;

	visit->status = 201;
	return visit_need_body(visit, why) &&
	       tree_need_text(visit->body, "purpose", 4000, &wish.purpose,
			      why) &&
	       tree_may_int(visit->body, "book", &wish.book_id, why) &&
	       tree_may_int(visit->body, "type", &wish.type_id, why) &&
	       tree_may_int(visit->body, "unit", &wish.unit_id, why) &&
	       tree_may_int(visit->body, "until", &wish.until, why) &&
	       reservation_add(visit->db, &wish, &visit->actor, &id, why) &&
	       answer_with(visit, id, why);
}

bool reservation_drop_route(struct visit *visit, struct fail *why)
{
	int64_t id = visit_id(visit);
	const char *reason;

	return visit_need_body(visit, why) &&
	       tree_need_text(visit->body, "reason", 4000, &reason, why) &&
	       reservation_drop(visit->db, id, reason, &visit->actor,
				moment_now(), why) &&
	       answer_with(visit, id, why);
}

static bool present_dispatch(struct visit *visit, int64_t entry_id,
			     struct fail *why)
{
	struct tree *answer = visit->answer;
	int64_t now = moment_now();
	struct dispatch one;

	if (!dispatch_load(visit->db, entry_id, now, visit->arena, &one, why))
		return false;
	tree_set_int(answer, "entry", entry_id);
	tree_set_text(answer, "state", one.state);
	tree_set_int(answer, "receivers", one.receivers);
	tree_set_int(answer, "send_at", one.send_at);
	tree_set_text(answer, "asked_by", one.asked_name);
	tree_set_int(answer, "asked_at", one.asked_at);
	tree_set_text(answer, "stopped_by", one.stopped_name);
	tree_set_int(answer, "stopped_at", one.stopped_at);
	tree_set_int(answer, "now", now);
	return true;
}

bool dispatch_show(struct visit *visit, struct fail *why)
{
	struct entry entry;

	return flow_visit_entry(visit, visit_id(visit), &entry, why) &&
	       present_dispatch(visit, entry.id, why);
}

bool dispatch_add_route(struct visit *visit, struct fail *why)
{
	struct entry entry;

	visit->status = 201;
	return flow_visit_entry(visit, visit_id(visit), &entry, why) &&
	       dispatch_add(visit->db, entry.id, &visit->actor, moment_now(),
			    why) &&
	       present_dispatch(visit, entry.id, why);
}

bool dispatch_stop_route(struct visit *visit, struct fail *why)
{
	struct entry entry;

	return flow_visit_entry(visit, visit_id(visit), &entry, why) &&
	       dispatch_stop(visit->db, entry.id, &visit->actor, moment_now(),
			     why) &&
	       present_dispatch(visit, entry.id, why);
}
