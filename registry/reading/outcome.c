/* One job from reading to its place in the database. */
#include "base/moment.h"
#include "core/file.h"
#include "core/infection.h"
#include "core/job.h"
#include "core/letter_summary.h"
#include "core/link.h"
#include "core/search.h"
#include "reading/reading_private.h"
#include "store/db.h"
#include "store/writer.h"
#include <string.h>
#include <unistd.h>

enum {
	RECOGNISE_DEADLINE = 10 * 60 * 1000 /* milliseconds: many pages */
};

/* What the writer needs to put one result in its place. */
struct outcome {
	struct reading_desk *desk;
	struct arena *arena;
	struct job job;
	struct result letter;
	struct file_result file;
	struct scanner_answer scan;
	bool was_scanned;
	bool ok;
	char reason[512];
};

static bool is_letter(const struct job *job)
{
	return strcmp(job->kind, JOB_READ_LETTER) == 0;
}

/* ---- writer's side ---- */

/* A letter too large for the scanner has files that are not. */
static bool write_scan(struct db *db, const struct outcome *outcome,
		       struct fail *why)
{
	const struct scanner_answer *scan = &outcome->scan;
	enum infection_state state = INFECTION_NOT_SCANNED;

	if (!outcome->was_scanned)
		return true;
	if (scan->verdict == SCANNER_CLEAN ||
	    (scan->verdict == SCANNER_TOO_LARGE && is_letter(&outcome->job)))
		state = INFECTION_CLEAN;
	else if (scan->verdict == SCANNER_FOUND)
		state = INFECTION_FOUND;
	return infection_set(db, outcome->job.file_id, state, scan->said, why);
}

static bool write_letter(struct db *db, const struct outcome *outcome,
			 struct fail *why)
{
	const struct part_request request = {
		.raw = outcome->job.digest,
		.reading = &outcome->letter.reading,
		.parts = outcome->letter.parts,
		.part_count = outcome->letter.count,
	};
	int64_t file_id;

	return part_replace_all(db, &request, &file_id, why) &&
	       file_set_verified(db, file_id, why) &&
	       search_index_file(db, file_id, why) &&
	       link_find_holders(db, file_id, why) &&
	       job_finish(db, outcome->job.id, reading_version(), why);
}

/* Of what a search finds a file by. */
static bool says_anything(const struct file_reading *reading)
{
	return reading->text ||
	       (reading->signatures_json &&
		strcmp(reading->signatures_json, "[]") != 0);
}

static bool write_file(struct db *db, const struct outcome *outcome,
		       struct fail *why)
{
	const struct file_reading_request request = {
		.digest = outcome->job.digest,
		.reading = &outcome->file.reading,
		.proposals = outcome->file.proposals,
		.parts = outcome->file.parts,
		.part_count = outcome->file.count,
	};
	int64_t file_id;

	return file_reading_replace(db, &request, &file_id, why) &&
	       file_set_verified(db, file_id, why) &&
	       job_finish(db, outcome->job.id, reading_version(), why) &&
	       letter_summary_refresh_holders(db, file_id, why) &&
	       link_find_holders(db, file_id, why) &&
	       (!says_anything(&outcome->file.reading) ||
		search_index_file(db, file_id, why));
}

static bool write_outcome(struct db *db, void *context, struct fail *why)
{
	const struct outcome *outcome = context;

	if (!write_scan(db, outcome, why))
		return false;
	if (outcome->ok)
		return is_letter(&outcome->job)
			       ? write_letter(db, outcome, why)
			       : write_file(db, outcome, why);
	return job_fail(db, outcome->job.id, outcome->reason, why) &&
	       letter_summary_refresh_holders(db, outcome->job.file_id,
					      why) &&
	       link_find_holders(db, outcome->job.file_id, why);
}

static void ring(const struct outcome *outcome)
{
	const struct reading_alarm *alarm = &outcome->desk->alarm;
	const char *secret = outcome->file.reading.secret;
	char hex[DIGEST_HEX_SIZE];

	if (!alarm->ring)
		return;
	digest_print(&outcome->job.digest, hex);
	if (outcome->ok && secret)
		alarm->ring(alarm->context, "secret", hex, secret);
	if (outcome->was_scanned && outcome->scan.verdict == SCANNER_FOUND)
		alarm->ring(alarm->context, "infected", hex,
			    outcome->scan.said);
	if (outcome->was_scanned && outcome->scan.verdict == SCANNER_FAILED)
		alarm->ring(alarm->context, "not_scanned", hex,
			    outcome->scan.said);
}

static void outcome_done(void *context, bool ok, const struct fail *why)
{
	struct outcome *outcome = context;
	struct reading_desk *desk = outcome->desk;

	(void)why;
	if (ok)
		ring(outcome);
	desk_lock(desk);
	desk->on_the_way--;
	if (!ok)
		desk->lost = true;
	/* what is inside it, or itself once more, are new jobs */
	if (!outcome->ok || outcome->letter.count || outcome->file.count ||
	    outcome->file.reading.needs_recognition)
		desk->woken = true;
	desk_unlock(desk);
	arena_destroy(&outcome->arena);
	memory_free(outcome);
}

/* ---- reading threads ---- */

static void hand_over(struct outcome *outcome)
{
	struct reading_desk *desk = outcome->desk;
	const struct writer_job job = { .work = write_outcome,
					.done = outcome_done,
					.context = outcome,
					.no_files = !outcome->ok,
					.repeatable = true };
	struct fail why = { 0 };

	desk_lock(desk);
	while (desk->on_the_way >= DESK_ON_THE_WAY_MAX)
		desk_wait(desk, DESK_LOOK_AGAIN);
	desk->on_the_way++;
	desk_unlock(desk);
	while (!writer_add(desk->writer, &job, &why)) {
		if (why.kind != FAIL_BUSY) {
			outcome_done(outcome, false, &why);
			return;
		}
		(void)usleep(10 * 1000);
	}
}

/* A blob is scanned when it is read; recognition comes after that. */
static bool scan(struct post *post, struct outcome *outcome, struct fail *why)
{
	bool again = strcmp(outcome->job.kind, JOB_RECOGNISE) == 0;

	if (!post->scanner || again || outcome->was_scanned)
		return true;
	outcome->was_scanned =
		task_scan(post, &outcome->job.digest, &outcome->scan, why);
	return outcome->was_scanned;
}

static bool read_file(struct post *post, struct outcome *outcome,
		      struct fail *why)
{
	bool recognise = strcmp(outcome->job.kind, JOB_RECOGNISE) == 0;
	const struct task_request request = {
		.digest = &outcome->job.digest,
		.keep = true,
		.recognise = recognise,
		.deadline = recognise ? RECOGNISE_DEADLINE : 0,
	};

	if (outcome->was_scanned && outcome->scan.verdict == SCANNER_FOUND) {
		file_result_refuse(&outcome->file, "infected");
		return true;
	}
	if (!task_read_file(post, &request, outcome->arena, &outcome->file,
			    why))
		return false;
	if (recognise) /* once is enough, whatever is left */
		outcome->file.reading.needs_recognition = false;
	return true;
}

static bool read_once(struct post *post, struct outcome *outcome,
		      struct fail *why)
{
	const struct task_request request = { .digest = &outcome->job.digest,
					      .keep = true };

	if (!scan(post, outcome, why))
		return false;
	return is_letter(&outcome->job)
		       ? task_read(post, &request, outcome->arena,
				   &outcome->letter, why)
		       : read_file(post, outcome, why);
}

void outcome_make(struct reading_desk *desk, struct post *post,
		  const struct job *job)
{
	struct outcome *outcome = memory_alloc(sizeof(*outcome));
	struct fail why = { 0 };

	outcome->desk = desk;
	outcome->job = *job;
	for (;;) {
		outcome->arena = arena_create(0);
		outcome->ok = read_once(post, outcome, &why);
		/* a full disk is nobody's fault: wait until there is room */
		if (outcome->ok || !why.code ||
		    strcmp(why.code, "disk.full") != 0 ||
		    desk_is_stopping(desk))
			break;
		arena_destroy(&outcome->arena);
		desk_pause(desk, DESK_PAUSE);
	}
	if (post->stop && atomic_load(post->stop) && !outcome->ok) {
		/* not its fault: it waits again from the next start on */
		arena_destroy(&outcome->arena);
		memory_free(outcome);
		return;
	}
	(void)memcpy(outcome->reason, why.sentence, sizeof(why.sentence));
	hand_over(outcome);
}
