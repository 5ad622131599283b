/*
 * registry-reader: reads hostile mail and files for the registry, in a jail.
 *
 *   registry-reader            serves requests on descriptor 3
 *   registry-reader FILE...    reads letters and files, a JSON line each
 *   registry-reader --tool X   becomes the program X, jailed
 */
#include "base/arena.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "reader/answer.h"
#include "reader/archive.h"
#include "reader/desk.h"
#include "reader/jail.h"
#include "reader/last_words.h"
#include "reader/mail.h"
#include "reader/pdf.h"
#include "reader/pdf_signature.h"
#include "reader/picture.h"
#include "reader/recognise.h"
#include "reader/sniff.h"
#include "reader/tool.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	DESK_SOCKET = 3,
	LETTER_MAX = 256 * 1024 * 1024,
	FILE_ROOM = 256 * 1024 * 1024,
	ARENA_MAX = 1024 * 1024 * 1024
};

/* Of the administrator: certificates of authorities, PEM or DER. */
static const char authorities[] = "/etc/so-van-ban/authorities";

static const char help[] =
	"usage: registry-reader [--authorities DIR] [FILE...]\n"
	"       registry-reader --tool catdoc\n"
	"\n"
	"Reads letters (RFC 5322, as an IMAP server serves them) and other\n"
	"files, and prints one JSON line for each: parts, text, envelope,\n"
	"flags; of other files pages and proposals. Without a file it\n"
	"serves the registry on descriptor 3. Either way it locks itself in\n"
	"first: no files, no network, no processes.\n"
	"\n"
	"  --authorities DIR  certificates that signatures of PDF files\n"
	"                     are checked against, PEM or DER, instead of\n"
	"                     those in /etc/so-van-ban/authorities\n"
	"  --tool NAME        becomes that program, jailed: reads descriptor\n"
	"                     0, prints text on 1\n";

static void report(const struct fail *why)
{
	log_event(LOG_LEVEL_ERROR, "reader.failed", "reason", why->sentence,
		  NULL);
}

static bool print_file(struct bytes content, const char *name,
		       struct arena *arena, struct fail *why)
{
	struct document_request request = { .content = content,
					    .name = name,
					    .recognise = true,
					    .room_size = FILE_ROOM };
	auto_text json = { .limit = ARENA_MAX };

	request.room = arena_alloc(arena, request.room_size);
	if (!answer_file(&request, arena, &json, why))
		return false;
	text_add_char(&json, '\n');
	return descriptor_write(STDOUT_FILENO, json.string, json.size, why);
}

static bool print_letter(struct bytes letter, struct arena *arena,
			 struct fail *why)
{
	struct mail_room room = { .size = letter.size * 2 + 65536,
				  .digests = true };
	auto_tree *answer = tree_create();
	auto_text json = { 0 };

	room.at = arena_alloc(arena, room.size);
	if (!mail_read(letter, room, arena, answer, why))
		return false;
	tree_print(answer, &json);
	text_add_char(&json, '\n');
	return descriptor_write(STDOUT_FILENO, json.string, json.size, why);
}

/* Whatever has no ending and is no format of its own is a letter, as in a
 * Maildir. */
static bool is_letter(struct bytes content, const char *name)
{
	enum sniff_reader kind = sniff_reader(sniff_type(content, name));
	const char *ending = strrchr(name, '.');

	if (kind == SNIFF_LETTER || (ending && strcmp(ending, ".eml") == 0))
		return true;
	return !ending && (kind == SNIFF_TEXT || kind == SNIFF_NONE ||
			   kind == SNIFF_WEB_PAGE);
}

static bool print_any(struct bytes content, const char *path,
		      struct arena *arena, struct fail *why)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;

	if (is_letter(content, name))
		return print_letter(content, arena, why);
	return print_file(content, name, arena, why);
}

/* The files are in memory before the jail closes. */
static bool read_files(char **paths, int count, struct fail *why)
{
	auto_arena *kept = arena_create(ARENA_MAX);
	struct bytes *letters =
		arena_array(kept, (size_t)count, sizeof(*letters));

	for (int i = 0; i < count; i++) {
		if (!descriptor_read_file(paths[i], LETTER_MAX, kept,
					  &letters[i], why))
			return false;
	}
	if (!jail_close(UINT64_MAX, why))
		return false;
	for (int i = 0; i < count; i++) {
		auto_arena *arena = arena_create(ARENA_MAX);

		if (!print_any(letters[i], paths[i], arena, why))
			return false;
	}
	return true;
}

/* What needs files, before the jail closes. */
static void open_all(const char *folder)
{
	last_words_open();
	mail_open();
	archive_prepare();
	picture_open();
	pdf_open();
	pdf_signature_open(folder);
	recognise_open();
}

static int read_all(char **paths, int count, const char *folder)
{
	struct fail why = { 0 };
	bool ok;

	log_open("registry-reader", LOG_LEVEL_INFO);
	open_all(folder);
	if (count > 0)
		ok = read_files(paths, count, &why);
	else
		ok = jail_close(0, &why) && desk_run(DESK_SOCKET, &why);
	recognise_close();
	if (!ok)
		report(&why);
	return ok ? 0 : 1;
}

static int become_tool(const char *name)
{
	struct fail why = { 0 };

	log_open("registry-reader", LOG_LEVEL_INFO);
	(void)tool_become(name, &why);
	report(&why);
	return 1;
}

static int print_help(bool asked)
{
	(void)fputs(help, asked ? stdout : stderr);
	return asked ? 0 : 2;
}

int main(int argc, char **argv)
{
	const char *folder = authorities;

	if (argc == 3 && strcmp(argv[1], "--tool") == 0)
		return become_tool(argv[2]);
	if (argc > 2 && strcmp(argv[1], "--authorities") == 0) {
		folder = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (argc > 1 && argv[1][0] == '-')
		return print_help(strcmp(argv[1], "--help") == 0);
	return read_all(argv + 1, argc - 1, folder);
}
