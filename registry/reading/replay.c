#include "base/arena.h"
#include "base/text.h"
#include "core/file.h"
#include "core/job.h"
#include "reading/reading.h"
#include "reading/reading_private.h"
#include "reading/task.h"
#include "store/db.h"
#include <string.h>

/* What is held against each other, by name. */
struct replay_letter { /* or file */
	struct reading_replay *replay;
	const struct job *job;
	bool different;
};

static void say(struct replay_letter *letter, const char *sentence)
{
	char hex[DIGEST_HEX_SIZE];
	struct reading_difference difference = {
		.file_id = letter->job->file_id,
		.sha256 = hex,
		.sentence = sentence
	};

	digest_print(&letter->job->digest, hex);
	letter->different = true;
	letter->replay->each(letter->replay->context, &difference);
}

static void compare(struct replay_letter *letter, const char *what,
		    const char *before, const char *after)
{
	auto_text sentence = { 0 };

	before = before ? before : "";
	after = after ? after : "";
	if (strcmp(before, after) == 0)
		return;
	text_addf(&sentence, "%s '%.200s' becomes '%.200s'", what, before,
		  after);
	say(letter, text_string(&sentence));
}

static void compare_part(struct replay_letter *letter,
			 const struct part *before, const struct part *after,
			 struct arena *arena)
{
	const char *part = arena_print(arena, "part %s:", before->path);
	char old_hex[DIGEST_HEX_SIZE];
	char new_hex[DIGEST_HEX_SIZE];

	digest_print(&before->digest, old_hex);
	digest_print(&after->digest, new_hex);
	compare(letter, arena_print(arena, "%s path", part), before->path,
		after->path);
	compare(letter, arena_print(arena, "%s name", part), before->name,
		after->name);
	compare(letter, arena_print(arena, "%s found name", part),
		before->found_name, after->found_name);
	compare(letter, arena_print(arena, "%s type", part), before->type,
		after->type);
	compare(letter, arena_print(arena, "%s class", part), before->class,
		after->class);
	compare(letter, arena_print(arena, "%s content", part), old_hex,
		new_hex);
}

static void compare_parts(struct replay_letter *letter,
			  const struct part_list *before,
			  const struct part *after, size_t count,
			  struct arena *arena)
{
	if (before->count != count) {
		say(letter, arena_print(arena, "%zu parts become %zu",
					before->count, count));
		return;
	}
	for (size_t i = 0; i < count; i++)
		compare_part(letter, &before->items[i], &after[i], arena);
}

static void compare_reading(struct replay_letter *letter,
			    const struct reading *before,
			    const struct reading *after)
{
	compare(letter, "subject", before->subject, after->subject);
	compare(letter, "sender", before->sender_address,
		after->sender_address);
	compare(letter, "sender name", before->sender_name,
		after->sender_name);
	compare(letter, "recipients", before->recipients_json,
		after->recipients_json);
	compare(letter, "message id", before->message_id, after->message_id);
	compare(letter, "flags", before->flags_json, after->flags_json);
	if (strcmp(before->body ? before->body : "",
		   after->body ? after->body : "") != 0)
		say(letter, "the text changes");
}

static bool replay_letter(struct post *post, struct replay_letter *letter,
			  struct arena *arena, struct fail *why)
{
	int64_t id = letter->job->file_id;
	const struct task_request request = { .digest = &letter->job->digest };
	struct part_list parts;
	struct reading before;
	struct result after;

	if (!reading_load(post->db, id, arena, &before, why) ||
	    !part_load_list(post->db, id, arena, &parts, why))
		return false;
	if (!task_read(post, &request, arena, &after, why)) {
		say(letter, why->sentence);
		return true;
	}
	compare_reading(letter, &before, &after.reading);
	compare_parts(letter, &parts, after.parts, after.count, arena);
	return true;
}

static const char *print_proposal(const struct file_proposal *proposal,
				  struct arena *arena)
{
	return arena_print(arena, "%s (%s, %lld)", proposal->value,
			   proposal->source, (long long)proposal->confidence);
}

static void compare_proposals(struct replay_letter *letter,
			      const struct file_proposal_list *before,
			      const struct file_proposal_list *after,
			      struct arena *arena)
{
	size_t count = before->count > after->count ? before->count
						    : after->count;

	for (size_t i = 0; i < count; i++) {
		bool was = i < before->count;
		bool is = i < after->count;
		const struct file_proposal *named =
			is ? &after->items[i] : &before->items[i];

		compare(letter, named->field,
			was ? print_proposal(&before->items[i], arena) : NULL,
			is ? print_proposal(&after->items[i], arena) : NULL);
	}
}

static void compare_file(struct replay_letter *letter,
			 const struct file_reading *before, const char *text,
			 const struct file_reading *after)
{
	compare(letter, "format", before->format, after->format);
	compare(letter, "type", before->type, after->type);
	compare(letter, "not read", before->reason, after->reason);
	compare(letter, "secret mark", before->secret, after->secret);
	compare(letter, "flags", before->flags_json, after->flags_json);
	compare(letter, "signatures", before->signatures_json,
		after->signatures_json);
	if (before->total_pages != after->total_pages)
		say(letter, "the number of pages changes");
	if (!after->secret && strcmp(text ? text : "",
				     after->text ? after->text : "") != 0)
		say(letter, "the text changes");
}

/* Pages that were recognised are recognised again. */
static bool read_again(struct post *post, const struct digest *digest,
		       struct arena *arena, struct file_result *ret,
		       struct fail *why)
{
	struct task_request request = { .digest = digest };

	if (!task_read_file(post, &request, arena, ret, why))
		return false;
	if (!ret->reading.needs_recognition)
		return true;
	request.recognise = true;
	return task_read_file(post, &request, arena, ret, why);
}

static bool replay_file(struct post *post, struct replay_letter *letter,
			struct arena *arena, struct fail *why)
{
	int64_t id = letter->job->file_id;
	struct file_proposal_list proposals;
	struct part_list parts;
	struct file_reading before;
	struct file_result after;
	const char *text;

	if (!file_reading_load(post->db, id, arena, &before, why) ||
	    !file_reading_text(post->db, id, arena, &text, why) ||
	    !file_reading_proposals(post->db, id, arena, &proposals, why) ||
	    !part_load_list(post->db, id, arena, &parts, why))
		return false;
	if (before.reason && strcmp(before.reason, "infected") == 0)
		return true;
	if (!read_again(post, &letter->job->digest, arena, &after, why)) {
		say(letter, why->sentence);
		return true;
	}
	compare_file(letter, &before, text, &after.reading);
	if (!after.reading.secret)
		compare_proposals(letter, &proposals, &after.proposals, arena);
	compare_parts(letter, &parts, after.parts, after.count, arena);
	return true;
}

static bool replay_one(struct post *post, struct replay_letter *letter,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);

	if (strcmp(letter->job->kind, JOB_RECOGNISE) == 0)
		return true; /* with the file */
	letter->replay->read++;
	if (strcmp(letter->job->kind, JOB_READ_FILE) == 0)
		return replay_file(post, letter, arena, why);
	return replay_letter(post, letter, arena, why);
}

static bool replay_page(struct post *post, struct reading_replay *replay,
			int64_t *after, bool *ret_more, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct job_list list;

	if (!job_list_done(post->db, *after, arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++) {
		struct replay_letter letter = { replay, &list.items[i],
						false };

		if (!replay_one(post, &letter, why))
			return false;
		replay->different += letter.different;
		*after = list.items[i].id;
	}
	*ret_more = list.count > 0;
	return true;
}

bool reading_replay(struct reading_desk *desk, struct reading_replay *replay,
		    struct fail *why)
{
	struct post post = reading_post(desk);
	int64_t after = 0;
	bool more = true;
	bool ok = true;

	post.db = store_reader_create(desk->store, why);
	if (!post.db)
		return false;
	while (ok && more)
		ok = replay_page(&post, replay, &after, &more, why);
	jailed_destroy(&post.jailed);
	store_reader_destroy(&post.db);
	return ok;
}
