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
struct replay_letter {
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
			  const struct result *after, struct arena *arena)
{
	if (before->count != after->count) {
		say(letter, arena_print(arena, "%zu parts become %zu",
					before->count, after->count));
		return;
	}
	for (size_t i = 0; i < after->count; i++)
		compare_part(letter, &before->items[i], &after->parts[i],
			     arena);
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

static bool replay_one(struct post *post, struct replay_letter *letter,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t id = letter->job->file_id;
	struct part_list parts;
	struct reading before;
	struct result after;

	if (!reading_load(post->db, id, arena, &before, why) ||
	    !part_load_list(post->db, id, arena, &parts, why))
		return false;
	letter->replay->read++;
	if (!task_read(post, &letter->job->digest, false, arena, &after,
		       why)) {
		say(letter, why->sentence);
		return true;
	}
	compare_reading(letter, &before, &after.reading);
	compare_parts(letter, &parts, &after, arena);
	return true;
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

	post.db = store_reader_create(reading_store(desk), why);
	if (!post.db)
		return false;
	while (ok && more)
		ok = replay_page(&post, replay, &after, &more, why);
	jailed_destroy(&post.jailed);
	store_reader_destroy(&post.db);
	return ok;
}
