#include "web/views.h"
#include "base/arena.h"
#include "base/moment.h"
#include "core/file.h"
#include <pthread.h>

enum {
	SEEN_MAX = 1024,
	SEEN_FOR = 10 * 60 * 1000 /* milliseconds */
};

struct seen {
	int64_t actor_id, file_id, letter_id, entry_id;
	int64_t at; /* ticks */
};

struct views {
	pthread_mutex_t lock;
	struct seen seen[SEEN_MAX];
	size_t next;
};

struct views *views_create(void)
{
	struct views *views = memory_alloc(sizeof(*views));

	(void)pthread_mutex_init(&views->lock, NULL);
	return views;
}

void views_destroy(struct views **views)
{
	if (!*views)
		return;
	(void)pthread_mutex_destroy(&(*views)->lock);
	memory_free(*views);
	*views = NULL;
}

static bool is_same(const struct seen *seen, const struct file_view *view)
{
	return seen->actor_id == view->actor_id &&
	       seen->file_id == view->file_id &&
	       seen->letter_id == view->letter_id &&
	       seen->entry_id == view->entry_id;
}

bool views_is_new(struct views *views, const struct file_view *view)
{
	int64_t now = moment_ticks();
	bool is_new = true;

	(void)pthread_mutex_lock(&views->lock);
	for (size_t i = 0; i < SEEN_MAX && is_new; i++) {
		const struct seen *seen = &views->seen[i];

		if (is_same(seen, view) && seen->at &&
		    now - seen->at < SEEN_FOR)
			is_new = false;
	}
	if (is_new) {
		views->seen[views->next] = (struct seen){
			view->actor_id, view->file_id, view->letter_id,
			view->entry_id, now ? now : 1
		};
		views->next = (views->next + 1) % SEEN_MAX;
	}
	(void)pthread_mutex_unlock(&views->lock);
	return is_new;
}
