/*
 * Handling in tests: a leader and a head of the fixture's unit, who instruct
 * and do.
 */
#pragma once
#include "core/instruction.h"
#include "support/register.h"

/* The fixture's people and two more. */
struct desk {
	struct fixture *f;
	struct actor leader, head;
};

static inline struct desk desk_of(struct fixture *f)
{
	struct desk desk = { .f = f };
	desk.leader = fixture_person(f, "linh", 1u << ROLE_LEADER, 0);
	desk.head = fixture_person(f, "nghia", 1u << ROLE_UNIT_HEAD,
				   f->unit_id);
	return desk;
}

static inline struct flow_change
change_of(struct desk *desk, const struct actor *actor, int64_t id)
{
	struct fixture *f = desk->f;
	struct entry entry;
	must(entry_load(f->db, id, f->arena, &entry, &f->why));
	return (struct flow_change){
		.actor = *actor,
		.entry_id = id,
		.version = entry.version,
		.now = f->now,
	};
}

static inline const char *status_of(struct fixture *f, int64_t id)
{
	struct entry entry;
	must(entry_load(f->db, id, f->arena, &entry, &f->why));
	return entry.status;
}

/* Registered at f->now, led by the unit, due on that day or (NULL) in so many
 * working days; never with neither. */
static inline int64_t give_within(struct desk *desk, const char *due,
				  int64_t days)
{
	struct fixture *f = desk->f;
	struct entry_request request = fixture_request(f);
	int64_t id = fixture_register(f, &request).id;
	const struct assignment_wish place = { .unit_id = f->unit_id,
					       .role = ASSIGNMENT_LEAD };
	const struct instruction_wish wish = {
		.text = "Giao phòng KHTC",
		.places = &place,
		.count = 1,
		.due_day = due,
		.due_days = days,
		.remind_days = 2,
	};
	struct flow_change change = change_of(desk, &desk->leader, id);
	must(instruction_give(f->db, &change, &wish, &f->why));
	return id;
}

static inline int64_t give(struct desk *desk, const char *due)
{
	return give_within(desk, due, 0);
}

static inline void complete(struct desk *desk, int64_t id)
{
	struct fixture *f = desk->f;
	const struct assignment_ending ending = { .result = "Xong" };
	struct flow_change change = change_of(desk, &desk->head, id);
	must(assignment_complete(f->db, &change, &ending, &f->why));
}

static inline void start(struct desk *desk, int64_t id)
{
	struct fixture *f = desk->f;
	struct flow_change change = change_of(desk, &desk->head, id);
	must(assignment_start(f->db, &change, 0, &f->why));
}
