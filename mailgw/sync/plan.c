#include "sync/plan.h"
#include <stdlib.h>

enum {
	WIDTH_FIRST = 500,
	FOUND_MAX = 4000
};

static struct uids everything(const struct folder_status *status)
{
	struct uids uids = { 0 };

	if (status->uidnext == 0)
		uids_add(&uids, 1, UINT32_MAX); /* not told */
	else if (status->uidnext > 1)
		uids_add(&uids, 1, status->uidnext - 1);
	return uids;
}

static struct uids from(uint32_t first, const struct folder_status *status)
{
	struct uids uids = everything(status);

	if (first > 1)
		uids_remove(&uids, 1, first - 1);
	return uids;
}

/* The letters that the ledger accounts for. */
static uint64_t known(const struct position *position)
{
	auto_uids all = { 0 };

	uids_add_all(&all, &position->done);
	uids_add_all(&all, &position->retry);
	uids_add_all(&all, &position->aside);
	return uids_count(&all);
}

static struct plan read(struct uids wanted, const char *remark)
{
	return (struct plan){ .kind = wanted.count ? PLAN_READ : PLAN_NOTHING,
			      .wanted = wanted,
			      .remark = remark };
}

static struct plan read_new(const struct position *position,
			    const struct folder_status *status)
{
	bool unseen = status->messages > known(position);
	uint32_t first = position->uidnext;
	struct plan plan;

	/* UIDNEXT stands still but there are more letters than we know. */
	if (first == status->uidnext && unseen)
		first = 1;
	plan = read(from(first ? first : 1, status), NULL);
	uids_remove_all(&plan.wanted, &position->done);
	uids_add_all(&plan.wanted, &position->retry);
	uids_remove_all(&plan.wanted, &position->aside);
	plan.kind = plan.wanted.count ? PLAN_READ : PLAN_NOTHING;
	return plan;
}

struct plan plan_after_status(const struct position *position,
			      const struct folder_status *status)
{
	struct plan plan;

	if (status->uidvalidity == 0)
		return (struct plan){
			.kind = PLAN_REFUSE,
			.remark = "the server names no UIDVALIDITY"
		};
	if (position->uidvalidity != status->uidvalidity) {
		plan = read(everything(status), NULL);
		plan.moved = true;
		return plan;
	}
	if (status->uidnext && status->uidnext < position->uidnext)
		return read(everything(status),
			    "UIDNEXT went backwards under the same "
			    "UIDVALIDITY: all letters are read again");
	return read_new(position, status);
}

static int by_uid(const void *a, const void *b)
{
	const struct listed_letter *left = a, *right = b;

	return (left->uid > right->uid) - (left->uid < right->uid);
}

void plan_after_list(const struct uids *asked, struct listing *listing,
		     struct uids *ret_absent)
{
	uint32_t last = 0;
	size_t kept = 0;

	uids_add_all(ret_absent, asked);
	if (listing->count > 1)
		qsort(listing->letters, listing->count,
		      sizeof(*listing->letters), by_uid);
	for (size_t i = 0; i < listing->count; i++) {
		struct listed_letter letter = listing->letters[i];
		if (letter.uid == last || !uids_has(asked, letter.uid))
			continue;
		last = letter.uid;
		uids_remove(ret_absent, letter.uid, letter.uid);
		listing->letters[kept++] = letter;
	}
	listing->count = kept;
}

uint32_t plan_list_width(uint32_t width, size_t found)
{
	if (width == 0)
		return WIDTH_FIRST;
	if (found < width / 4)
		return width > UINT32_MAX / 2 ? UINT32_MAX : width * 2;
	if (found > FOUND_MAX && width > WIDTH_FIRST)
		return width / 2;
	return width;
}

size_t plan_batch(const struct listing *listing, size_t first, uint64_t max,
		  size_t count_max)
{
	uint64_t sum = listing->letters[first].size;
	size_t count = 1;

	while (first + count < listing->count && count < count_max) {
		sum += listing->letters[first + count].size;
		if (sum > max)
			break;
		count++;
	}
	return count;
}

bool plan_is_end(uint32_t size, uint64_t total, uint32_t asked, size_t got)
{
	return got == 0 || (got < asked && total >= size);
}
