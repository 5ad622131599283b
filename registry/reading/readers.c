/* The threads that read: two or more for letters and files, one for images of
 * text, which uses what nobody else wants of the processor. */
#include "base/moment.h"
#include "reading/reading_private.h"
#include "store/db.h"
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
	NICE = 10, /* people and the gateway come first */
	NICE_RECOGNISE = 19,
	IDLE_MAX = 60 * 1000 /* milliseconds a recogniser is kept for nothing */
};

static bool next_job(struct reading_desk *desk, struct job *ret_job)
{
	bool found;

	desk_lock(desk);
	while (!desk->stopping && desk->waiting == 0)
		desk_wait(desk, DESK_LOOK_AGAIN);
	found = !desk->stopping;
	if (found) {
		*ret_job = desk->queue[0];
		desk->waiting--;
		memmove(desk->queue, desk->queue + 1,
			desk->waiting * sizeof(*desk->queue));
		desk->busy++;
	}
	desk_unlock(desk);
	return found;
}

static void close_post(struct post *post)
{
	jailed_destroy(&post->jailed);
	store_reader_destroy(&post->db);
}

void *desk_read_jobs(void *context)
{
	struct reading_desk *desk = context;
	struct fail why = { 0 };
	struct post post = reading_post(desk);
	struct job job;

	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	post.db = store_reader_create(desk->store, &why);
	while (post.db && next_job(desk, &job)) {
		outcome_make(desk, &post, &job);
		desk_lock(desk);
		desk->busy--;
		desk_unlock(desk);
	}
	close_post(&post);
	return NULL;
}

/* A recogniser has its models in memory: it ends when nothing comes. */
static bool next_image(struct reading_desk *desk, struct post *post,
		       struct job *ret_job)
{
	const int64_t idle = moment_ticks() + IDLE_MAX;
	bool found;

	desk_lock(desk);
	while (!desk->stopping && !desk->has_image) {
		desk_wait(desk, DESK_LOOK_AGAIN);
		if (post->jailed && !desk->has_image && moment_ticks() > idle)
			jailed_destroy(&post->jailed);
	}
	found = !desk->stopping;
	if (found) {
		*ret_job = desk->image;
		desk->has_image = false;
		desk->recognising = true;
	}
	desk_unlock(desk);
	return found;
}

void *desk_recognise(void *context)
{
	struct reading_desk *desk = context;
	struct fail why = { 0 };
	struct post post = reading_post(desk);
	struct job job;

	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICE_RECOGNISE);
	post.stop = &desk->stop;
	post.db = store_reader_create(desk->store, &why);
	while (post.db && next_image(desk, &post, &job)) {
		outcome_make(desk, &post, &job);
		desk_lock(desk);
		desk->recognising = false;
		desk->woken = true; /* perhaps there is another one */
		desk_unlock(desk);
	}
	close_post(&post);
	return NULL;
}
