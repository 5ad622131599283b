#include "sync/letters.h"
#include "sync/keep.h"
#include <assert.h>

enum {
	BATCH_COUNT = 48,
	SKIP_MAX = 200,
	REFUSED_MAX = 64,
	BUDGET_EXTRA = 64 * 1024
};

/* A letter that is struck when the folder is done. */
struct refused {
	uint32_t uid;
	struct fail reason;
};

/* One folder being read. */
struct reading {
	struct pass *pass;
	struct position *position;
	size_t folder;
	uint32_t uidvalidity;
	struct arena *arena; /* of one listing */
	struct skipped_letter skips[SKIP_MAX];
	size_t skip_count;
	struct refused refused[REFUSED_MAX];
	size_t refused_count;
	struct fail stop; /* why the registry takes no more for now */
	/* The batch being fetched. */
	const struct listed_letter *letters;
	size_t count;
	bool *came;	 /* by index: whole and handed over */
	bool *piecemeal; /* by index: goes on after the first piece */
};

static void note_refused(struct reading *reading, uint32_t uid,
			 const char *reason)
{
	struct refused *refused;

	if (reading->refused_count == REFUSED_MAX)
		return;
	refused = &reading->refused[reading->refused_count++];
	refused->uid = uid;
	fail(&refused->reason, FAIL_INVALID, "%s", reason);
}

static struct address address_of(const struct reading *reading, uint32_t uid)
{
	return (struct address){
		.mailbox = reading->pass->mailbox->id,
		.lease = reading->pass->mailbox->lease,
		.folder = reading->position->folder,
		.uidvalidity = reading->uidvalidity,
		.uid = uid,
	};
}

static bool is_stopped(const struct reading *reading)
{
	return reading->stop.kind != FAIL_NONE;
}

/* --- skipping ----------------------------------------------------------- */

static void flush_skips(struct reading *reading)
{
	struct address address = address_of(reading, 0);
	struct fail why = { 0 };
	size_t count = reading->skip_count;

	reading->skip_count = 0;
	if (count == 0 || is_stopped(reading))
		return;
	if (!uplink_skip(reading->pass->uplink, &address, reading->skips,
			 count, &why)) {
		reading->stop = why;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		uint32_t uid = reading->skips[i].uid;
		uids_add(&reading->position->done, uid, uid);
		uids_remove(&reading->position->retry, uid, uid);
	}
	atomic_fetch_add(&reading->pass->board->skipped, (int64_t)count);
}

static void skip(struct reading *reading, const struct listed_letter *letter,
		 const char *reason)
{
	if (reading->skip_count == SKIP_MAX)
		flush_skips(reading);
	reading->skips[reading->skip_count++] = (struct skipped_letter){
		.uid = letter->uid,
		.size = letter->size,
		.internaldate = letter->internaldate,
		.reason = reason,
	};
}

static void skip_gone(struct reading *reading, const struct uids *gone)
{
	for (size_t i = 0; i < gone->count; i++)
		for (uint32_t uid = gone->ranges[i].first;; uid++) {
			struct listed_letter letter = { .uid = uid };
			skip(reading, &letter, "gone");
			if (uid == gone->ranges[i].last)
				break;
		}
}

/* --- handing over ------------------------------------------------------- */

static void take_result(void *context, const struct upload_result *result)
{
	struct reading *reading = context;
	struct pass *pass = reading->pass;
	uint32_t uid = result->address.uid;

	pass_touch(pass);
	switch (result->verdict) {
	case UPLOAD_STORED:
		uids_add(&reading->position->done, uid, uid);
		uids_remove(&reading->position->retry, uid, uid);
		pass->letters++;
		atomic_fetch_add(&pass->board->letters, 1);
		if (result->had_it)
			atomic_fetch_add(&pass->board->had, 1);
		return;
	case UPLOAD_NEVER:
		note_refused(reading, uid, result->why->sentence);
		return;
	case UPLOAD_LOST:
		pass->lost = true;
		reading->stop = *result->why;
		return;
	case UPLOAD_LATER:
		if (!is_stopped(reading))
			reading->stop = *result->why;
		return;
	}
}

static struct upload *begin_upload(struct reading *reading,
				   const struct listed_letter *letter,
				   int64_t exactly)
{
	const struct upload_request request = {
		.address = address_of(reading, letter->uid),
		.internaldate = letter->internaldate,
		.size = letter->size,
		.exactly = exactly,
		.answered = take_result,
		.context = reading,
	};

	return upload_begin(reading->pass->uplink, &request, &reading->stop);
}

static void count_bytes(struct reading *reading, size_t size)
{
	reading->pass->bytes += size;
	atomic_fetch_add(&reading->pass->board->bytes, (int64_t)size);
}

static void hand_over(struct reading *reading,
		      const struct listed_letter *letter, struct bytes body)
{
	struct upload *upload;

	pass_touch(reading->pass);
	count_bytes(reading, body.size);
	if (reading->pass->mailbox->documents_only &&
	    !keep_has_document(body)) {
		skip(reading, letter, "kept_out");
		return;
	}
	upload = begin_upload(reading, letter, (int64_t)body.size);
	if (!upload)
		return;
	(void)upload_add(upload, body.data, body.size);
	upload_finish(upload);
}

/* --- a big letter, piece by piece --------------------------------------- */

struct piece_taker {
	struct reading *reading;
	struct upload *upload;
	size_t got;
};

static bool take_piece(void *context, uint32_t uid, const void *data,
		       size_t size, struct fail *why)
{
	struct piece_taker *taker = context;

	(void)uid;
	(void)why;
	if (taker->got > 0)
		return true; /* said twice */
	taker->got = size;
	count_bytes(taker->reading, size);
	if (size > 0)
		(void)upload_add(taker->upload, data, size);
	return true;
}

static bool fetch_piece(struct reading *reading, uint32_t uid, uint64_t offset,
			struct piece_taker *taker, struct fail *why)
{
	auto_uids uids = { 0 };
	const struct piece_request request = {
		.uids = &uids,
		.offset = (uint32_t)offset,
		.size = SESSION_PIECE_MAX,
		.budget = SESSION_PIECE_MAX + BUDGET_EXTRA,
		.take = take_piece,
		.context = taker,
	};

	uids_add(&uids, uid, uid);
	pass_enter(reading->pass, SYNC_FETCHING);
	return session_fetch(reading->pass->session, &request, why);
}

static bool send_pieces(struct reading *reading,
			const struct listed_letter *letter,
			struct upload *upload, struct fail *why)
{
	uint64_t max = (uint64_t)reading->pass->gateway->settings
			       .letter_max_mb
		       << 20;
	uint64_t total = 0;
	struct piece_taker taker = { reading, upload, 1 };

	while (!is_stopped(reading) && !reading->pass->lost) {
		taker.got = 0;
		if (!fetch_piece(reading, letter->uid, total, &taker, why))
			return false;
		total += taker.got;
		if (total > max || total > UINT32_MAX - SESSION_PIECE_MAX) {
			fail(why, FAIL_LIMIT, "larger than %llu MB",
			     (unsigned long long)(max >> 20));
			return fail_code(why, "letter.too_large", NULL);
		}
		if (plan_is_end(letter->size, total, SESSION_PIECE_MAX,
				taker.got))
			break;
	}
	if (total == 0 && letter->size > 0 && !is_stopped(reading))
		return fail(why, FAIL_NOT_FOUND,
			    "the server lists the letter but gives nothing "
			    "of it");
	return true;
}

/* False only when the session is of no more use. */
static bool send_big(struct reading *reading,
		     const struct listed_letter *letter, struct fail *why)
{
	struct upload *upload = begin_upload(reading, letter, -1);
	struct fail one = { 0 };

	if (!upload)
		return true;
	pass_at(reading->pass, reading->folder, reading->uidvalidity,
		letter->uid);
	if (send_pieces(reading, letter, upload, &one)) {
		upload_finish(upload);
		return true;
	}
	upload_abort(upload);
	if (one.kind == FAIL_NOT_FOUND || one.kind == FAIL_LIMIT) {
		note_refused(reading, letter->uid, one.sentence);
		return true;
	}
	*why = one;
	return false;
}

/* --- a batch of small letters ------------------------------------------- */

static bool take_letter(void *context, uint32_t uid, const void *data,
			size_t size, struct fail *why)
{
	struct reading *reading = context;
	size_t i = 0;

	(void)why;
	while (i < reading->count && reading->letters[i].uid != uid)
		i++;
	if (i == reading->count || reading->came[i] || is_stopped(reading))
		return true;
	if (!plan_is_end(reading->letters[i].size, size, SESSION_PIECE_MAX,
			 size) ||
	    (size == 0 && reading->letters[i].size > 0)) {
		reading->piecemeal[i] = true;
		return true;
	}
	reading->came[i] = true;
	hand_over(reading, &reading->letters[i],
		  (struct bytes){ data, size });
	return true;
}

static bool fetch_batch(struct reading *reading, struct fail *why)
{
	auto_uids uids = { 0 };
	uint64_t sum = 0;
	struct piece_request request = {
		.uids = &uids,
		.size = SESSION_PIECE_MAX,
		.take = take_letter,
		.context = reading,
	};

	for (size_t i = 0; i < reading->count; i++) {
		uint32_t uid = reading->letters[i].uid;
		uids_add(&uids, uid, uid);
		sum += reading->letters[i].size;
	}
	/* Sizes are not exact everywhere; the budget is what counts. */
	request.budget = (size_t)sum + SESSION_PIECE_MAX + BUDGET_EXTRA;
	pass_enter(reading->pass, SYNC_FETCHING);
	return session_fetch(reading->pass->session, &request, why);
}

/* What did not come in the batch: gone meanwhile, or asked for alone. */
static bool look_after(struct reading *reading, struct fail *why)
{
	const struct listed_letter *letters = reading->letters;
	size_t count = reading->count;

	for (size_t i = 0; i < count && !is_stopped(reading); i++) {
		auto_uids uids = { 0 };
		struct listing listing;
		if (reading->came[i])
			continue;
		uids_add(&uids, letters[i].uid, letters[i].uid);
		if (!reading->piecemeal[i]) {
			pass_enter(reading->pass, SYNC_LISTING);
			if (!session_list(reading->pass->session, &uids,
					  reading->arena, &listing, why))
				return false;
			if (listing.count == 0) {
				skip(reading, &letters[i], "gone");
				continue;
			}
		}
		if (!send_big(reading, &letters[i], why))
			return false;
	}
	return true;
}

static bool read_batch(struct reading *reading, struct listing *listing,
		       size_t from, size_t count, struct fail *why)
{
	bool came[BATCH_COUNT] = { 0 }, piecemeal[BATCH_COUNT] = { 0 };
	struct fail one = { 0 };

	assert(count <= BATCH_COUNT);
	reading->letters = listing->letters + from;
	reading->count = count;
	reading->came = came;
	reading->piecemeal = piecemeal;
	pass_at(reading->pass, reading->folder, reading->uidvalidity,
		count == 1 ? reading->letters[0].uid : 0);
	if (!fetch_batch(reading, &one) && one.kind != FAIL_NOT_FOUND) {
		*why = one;
		return false;
	}
	return look_after(reading, why);
}

/* --- a listing ---------------------------------------------------------- */

static bool send_listing(struct reading *reading, struct listing *listing,
			 struct fail *why)
{
	struct pass *pass = reading->pass;
	bool careful = reading->position->strikes > 0 ||
		       atomic_load(&pass->cell->careful);
	size_t max = careful ? 1 : BATCH_COUNT;
	size_t i = 0;

	while (i < listing->count && !is_stopped(reading) && !pass->lost) {
		const struct listed_letter *letter = &listing->letters[i];
		size_t count = 1;
		bool good = true;
		if (board_is_barred(pass->cell, (uint32_t)reading->folder,
				    reading->uidvalidity, letter->uid)) {
			i++;
			continue;
		}
		if (letter->size > SESSION_PIECE_MAX) {
			good = send_big(reading, letter, why);
		} else {
			count = plan_batch(listing, i, SESSION_PIECE_MAX, max);
			good = read_batch(reading, listing, i, count, why);
		}
		if (!good)
			return false;
		i += count;
	}
	return true;
}

static bool read_listing(struct reading *reading, const struct uids *asked,
			 size_t *ret_found, struct fail *why)
{
	struct listing listing;
	auto_uids absent = { 0 };

	arena_reset(reading->arena);
	pass_enter(reading->pass, SYNC_LISTING);
	if (!session_list(reading->pass->session, asked, reading->arena,
			  &listing, why))
		return false;
	plan_after_list(asked, &listing, &absent);
	*ret_found = listing.count;
	/* Of those that are not there, only the ones due again matter. */
	for (size_t i = 0; i < reading->position->retry.count; i++) {
		struct uid_range due = reading->position->retry.ranges[i];
		for (uint32_t uid = due.first; uid <= due.last && uid; uid++)
			if (uids_has(&absent, uid)) {
				struct uids gone = {
					&(struct uid_range){ uid, uid }, 1, 1
				};
				skip_gone(reading, &gone);
			}
	}
	return send_listing(reading, &listing, why);
}

/* --- the folder --------------------------------------------------------- */

static void strike_refused(struct reading *reading)
{
	for (size_t i = 0; i < reading->refused_count; i++) {
		const struct refused *refused = &reading->refused[i];
		struct address address = address_of(reading, refused->uid);
		struct strike_answer answer;
		pass_touch(reading->pass);
		if (is_stopped(reading) ||
		    !uplink_strike(reading->pass->uplink, &address,
				   refused->reason.sentence, &answer,
				   &reading->stop))
			return;
		atomic_fetch_add(&reading->pass->board->struck, 1);
		if (answer.aside)
			uids_add(&reading->position->aside, refused->uid,
				 refused->uid);
	}
}

static bool read_all(struct reading *reading, struct uids *wanted,
		     struct fail *why)
{
	uint32_t width = plan_list_width(0, 0);

	while (wanted->count > 0 && !is_stopped(reading)) {
		auto_uids asked = { 0 };
		size_t found = 0;
		uids_take(wanted, width, &asked);
		if (!read_listing(reading, &asked, &found, why))
			return false;
		width = plan_list_width(width, found);
	}
	return true;
}

bool letters_read(struct pass *pass, size_t folder, struct plan *plan,
		  const struct folder_status *status, struct fail *why)
{
	struct reading *reading = memory_alloc(sizeof(*reading));
	bool good;

	reading->pass = pass;
	reading->folder = folder;
	reading->position = &pass->positions[folder];
	reading->uidvalidity = status->uidvalidity;
	reading->arena = arena_create(64 * 1024 * 1024);
	good = read_all(reading, &plan->wanted, why);
	pass_enter(pass, SYNC_SETTLING);
	upload_settle(pass->uplink);
	flush_skips(reading);
	strike_refused(reading);
	if (good && is_stopped(reading)) {
		*why = reading->stop;
		good = false;
	}
	arena_destroy(&reading->arena);
	memory_free(reading);
	return good;
}
