#include "web/holds.h"
#include "base/moment.h"
#include "web/visit.h"
#include <pthread.h>
#include <string.h>

enum {
	HOLDS_MAX = 256, /* people at once */
	HOLD_NAME_MAX = 200,
	HOLD_FOR = 3 * 60 * 1000 /* milliseconds */
};

struct hold {
	int64_t actor_id, letter_id;
	int64_t at; /* ticks */
	char name[HOLD_NAME_MAX];
};

struct holds {
	pthread_mutex_t lock;
	struct hold holds[HOLDS_MAX];
};

struct holds *holds_create(void)
{
	struct holds *holds = memory_alloc(sizeof(*holds));

	(void)pthread_mutex_init(&holds->lock, NULL);
	return holds;
}

void holds_destroy(struct holds **holds)
{
	if (!*holds)
		return;
	(void)pthread_mutex_destroy(&(*holds)->lock);
	memory_free(*holds);
	*holds = NULL;
}

static struct hold *find_other(struct holds *holds,
			       const struct hold_request *request, int64_t now)
{
	for (size_t i = 0; i < HOLDS_MAX; i++) {
		struct hold *hold = &holds->holds[i];

		if (hold->letter_id == request->letter_id &&
		    hold->actor_id != request->actor_id &&
		    now - hold->at < HOLD_FOR)
			return hold;
	}
	return NULL;
}

/* The person's own place, else the one that is longest idle. */
static struct hold *find_place(struct holds *holds, int64_t actor_id)
{
	struct hold *oldest = &holds->holds[0];

	for (size_t i = 0; i < HOLDS_MAX; i++) {
		struct hold *hold = &holds->holds[i];

		if (hold->actor_id == actor_id)
			return hold;
		if (hold->at < oldest->at)
			oldest = hold;
	}
	return oldest;
}

static void put(struct hold *hold, const struct hold_request *request,
		int64_t now)
{
	size_t size = strlen(request->actor_name);

	if (size >= HOLD_NAME_MAX)
		size = HOLD_NAME_MAX - 1;
	*hold = (struct hold){ .actor_id = request->actor_id,
			       .letter_id = request->letter_id,
			       .at = now };
	memcpy(hold->name, request->actor_name, size);
}

const char *holds_set(struct holds *holds, const struct hold_request *request,
		      struct arena *arena)
{
	int64_t now = request->ticks ? request->ticks : moment_ticks();
	const char *by = NULL;

	(void)pthread_mutex_lock(&holds->lock);
	struct hold *other = find_other(holds, request, now);
	if (other && !request->take) {
		by = arena_copy(arena, other->name);
	} else {
		if (other)
			other->letter_id = 0;
		put(find_place(holds, request->actor_id), request, now);
	}
	(void)pthread_mutex_unlock(&holds->lock);
	return by;
}

bool letter_hold_route(struct visit *visit, struct fail *why)
{
	struct hold_request request = { .letter_id = visit_id(visit),
					.actor_id = visit->actor.id,
					.actor_name = visit->actor.name };

	if (!visit_need_body(visit, why))
		return false;
	request.take = tree_bool(visit->body, "take", false);
	if (!request.letter_id)
		return fail(why, FAIL_NOT_FOUND, "no such letter");
	tree_set_text(visit->answer, "by",
		      holds_set(visit->web->holds, &request, visit->arena));
	return true;
}
