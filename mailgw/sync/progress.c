#include "base/moment.h"
#include "sync/supervise_private.h"
#include <unistd.h>

enum {
	BAR_WIDTH = 24
};

struct totals {
	int64_t read, failed, all, letters, had, skipped, bytes;
	double seconds;
};

static struct totals count(const struct supervisor *supervisor)
{
	const struct board *board = supervisor->board;

	return (struct totals){
		.read = atomic_load(&board->read),
		.failed = atomic_load(&board->failed),
		.all = (int64_t)supervisor->fleet->count,
		.letters = atomic_load(&board->letters),
		.had = atomic_load(&board->had),
		.skipped = atomic_load(&board->skipped),
		.bytes = atomic_load(&board->bytes),
		.seconds = (double)(moment_ticks() - supervisor->started) /
			   1000.0,
	};
}

static void write_text(const struct text *text)
{
	(void)!write(STDOUT_FILENO, text->string, text->size);
}

static void show_bar(const struct totals *totals, bool last)
{
	int64_t done = totals->read + totals->failed;
	int64_t full = totals->all ? done * BAR_WIDTH / totals->all : BAR_WIDTH;
	auto_text line = { 0 };

	text_add(&line, "\r\033[K[");
	for (int64_t i = 0; i < BAR_WIDTH; i++)
		text_add(&line, i < full ? "#" : ".");
	text_addf(&line, "] %lld/%lld hộp thư", (long long)done,
		  (long long)totals->all);
	if (totals->failed)
		text_addf(&line, " (%lld lỗi)", (long long)totals->failed);
	text_addf(&line, ", %lld thư, %.1f MB, %.1f giây",
		  (long long)totals->letters, (double)totals->bytes / 1e6,
		  totals->seconds);
	if (last)
		text_add(&line, "\n");
	write_text(&line);
}

static void show_json(const struct totals *totals)
{
	auto_tree *tree = tree_create();
	auto_text line = { 0 };

	tree_set_text(tree, "event", "pass");
	tree_set_int(tree, "mailboxes", totals->all);
	tree_set_int(tree, "read", totals->read);
	tree_set_int(tree, "failed", totals->all - totals->read);
	tree_set_int(tree, "letters", totals->letters - totals->had);
	tree_set_int(tree, "had", totals->had);
	tree_set_int(tree, "skipped", totals->skipped);
	tree_set_int(tree, "bytes", totals->bytes);
	tree_set_real(tree, "seconds", totals->seconds);
	tree_print(tree, &line);
	text_add(&line, "\n");
	write_text(&line);
}

void progress_show(const struct supervisor *supervisor, bool last)
{
	struct totals totals = count(supervisor);

	if (supervisor->gateway->quiet)
		show_bar(&totals, last);
	else if (last)
		show_json(&totals);
}
