#include "base/arena.h"
#include "base/descriptor.h"
#include "base/tree.h"
#include "reading/derived.h"
#include "reading/reading_private.h"
#include "reading/words.h"
#include "store/db.h"
#include <assert.h>

enum {
	DEADLINE = 20 * 1000, /* milliseconds: somebody waits */
	DEADLINE_AGAIN = 60 * 1000
};

static_assert((int)WORDS_CHUNK == (int)READING_PAGES_TOGETHER,
	      "a chunk of words is what is shown together");

struct reading_pager {
	struct post post;
};

struct reading_pager *reading_pager_create(struct reading_desk *desk,
					   struct fail *why)
{
	struct reading_pager *pager = memory_alloc(sizeof(*pager));

	pager->post = reading_post(desk);
	pager->post.deadline = DEADLINE;
	pager->post.db = store_reader_create(desk->store, why);
	if (!pager->post.db)
		reading_pager_destroy(&pager);
	return pager;
}

void reading_pager_destroy(struct reading_pager **pager)
{
	struct reading_pager *ending = *pager;

	if (!ending)
		return;
	*pager = NULL;
	jailed_destroy(&ending->post.jailed);
	store_reader_destroy(&ending->post.db);
	memory_free(ending);
}

int reading_pager_image(struct reading_pager *pager,
			const struct digest *digest, int64_t page,
			int64_t width, int64_t *ret_size, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *folder = pager->post.folder;
	const char *suffix = arena_print(arena, "p%lld.%lld", (long long)page,
					 (long long)width);
	int fd = derived_open(folder, digest, suffix, ret_size);
	struct bytes image;

	if (fd >= 0)
		return fd;
	if (!task_draw(&pager->post, digest, page, width, &image, why) ||
	    !derived_write(folder, digest, suffix, image, why))
		return -1;
	fd = derived_open(folder, digest, suffix, ret_size);
	if (fd < 0)
		fail(why, FAIL_BUSY, "the image was thrown away");
	return fd;
}

struct tree *reading_pager_words(struct reading_pager *pager,
				 const struct digest *digest, int64_t number,
				 bool recognise, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const struct task_request request = { .digest = digest,
					      .keep = true,
					      .recognise = recognise,
					      .deadline = DEADLINE_AGAIN };
	struct tree *words =
		words_read(pager->post.folder, digest, number, why);
	struct file_result result;

	if (words)
		return words;
	if (!task_read_file(&pager->post, &request, arena, &result, why))
		return NULL;
	words = words_read(pager->post.folder, digest, number, why);
	return words ? words : tree_create_list();
}
