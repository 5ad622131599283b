/* Contents out of the vault: whole letters and their files. */
#include "base/descriptor.h"
#include "base/moment.h"
#include "core/assignment.h"
#include "core/draft.h"
#include "core/entry_list.h"
#include "core/file.h"
#include "core/infection.h"
#include "core/letter.h"
#include "viet/fold.h"
#include "web/visit.h"
#include <string.h>
#include <unistd.h>

struct download {
	struct file file;
	struct file_view view;
	const char *type;
	bool inline_view;
};

static bool is_plain(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	       (c >= 'a' && c <= 'z') || c == '.' || c == '-' || c == '_';
}

/* Control characters and slashes; what turns the direction of writing round
 * (U+200E, 200F, 202A to 202E, 2066 to 2069), so that "fdp.exe" looks like a
 * PDF. */
static bool is_deceit(const char *at)
{
	const unsigned char *byte = (const unsigned char *)at;

	if (*byte < 0x20 || *byte == 0x7F || *byte == '/' || *byte == '\\')
		return true;
	if (*byte != 0xE2)
		return false;
	return (byte[1] == 0x80 &&
		(byte[2] == 0x8E || byte[2] == 0x8F ||
		 (byte[2] >= 0xAA && byte[2] <= 0xAE))) ||
	       (byte[1] == 0x81 && byte[2] >= 0xA6 && byte[2] <= 0xA9);
}

/* RFC 6266: an ASCII name for old clients, the whole one as RFC 8187. */
static void add_disposition(struct visit *visit, const char *name,
			    bool inline_view)
{
	auto_text value = { 0 };

	if (!name || !*name)
		name = "tep";
	text_addf(&value, "%s; filename=\"",
		  inline_view ? "inline" : "attachment");
	for (const char *at = viet_fold(name, visit->arena); *at; at++)
		text_add_char(&value, is_plain(*at) ? *at : '_');
	text_add(&value, "\"; filename*=UTF-8''");
	for (const char *at = name; *at; at++) {
		if (is_plain(*at)) {
			text_add_char(&value, *at);
		} else if (is_deceit(at)) {
			text_add_char(&value, '_');
			at += (unsigned char)*at == 0xE2 ? 2 : 0;
		} else {
			text_addf(&value, "%%%02X", (unsigned char)*at);
		}
	}
	http_reply_header(visit->http, "Content-Disposition",
			  text_string(&value));
}

void answer_add_locked_policy(struct http_request *http)
{
	http_reply_header(
		http, "Content-Security-Policy",
		"default-src 'none'; sandbox; frame-ancestors 'none'");
}

void answer_add_viewer_policy(struct http_request *http)
{
	http_reply_header(
		http, "Content-Security-Policy",
		"default-src 'none'; object-src 'self'; frame-ancestors "
		"'self'");
}

static void send_file(struct visit *visit, struct download *download)
{
	char hex[DIGEST_HEX_SIZE];
	int fd = visit->fd;

	visit->fd = -1;
	digest_print(&download->file.digest, hex);
	answer_add_safe_headers(visit->http, visit->web);
	if (download->inline_view)
		answer_add_viewer_policy(visit->http);
	else
		answer_add_locked_policy(visit->http);
	http_reply_header(visit->http, "Cache-Control",
			  "private, max-age=3600");
	add_disposition(visit, download->view.name, download->inline_view);
	http_reply_file(visit->http, download->type,
			arena_print(visit->arena, "\"%s\"", hex), fd,
			download->file.bytes);
}

bool file_write_view(struct db *db, struct visit *visit,
		     const struct file_view *view, struct fail *why)
{
	if (view->entry_id &&
	    !entry_opened(db, view->entry_id, &visit->actor, 0, why))
		return false;
	return file_viewed(db, view, why);
}

static bool write_view(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;
	struct download *download = visit->own;

	return file_write_view(db, visit, &download->view, why);
}

static void done_view(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;
	struct download *download = visit->own;

	if (ok) {
		send_file(visit, download);
		return;
	}
	answer_fail(visit, why);
}

/* By content, never by name; what is not known is bytes. */
static const char *sniff(int fd)
{
	static const struct {
		const char *start, *type;
		size_t size;
	} kinds[] = {
		{ "%PDF-", "application/pdf", 5 },
		{ "\x89PNG\r\n\x1A\n", "image/png", 8 },
		{ "\xFF\xD8\xFF", "image/jpeg", 3 },
		{ "GIF8", "image/gif", 4 },
	};
	char start[8] = "";
	ssize_t size = pread(fd, start, sizeof(start), 0);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (size >= (ssize_t)kinds[i].size &&
		    memcmp(start, kinds[i].start, kinds[i].size) == 0)
			return kinds[i].type;
	return "application/octet-stream";
}

static bool open_download(struct visit *visit, struct download *download,
			  struct fail *why)
{
	if (!file_open(store_vault(visit->web->store), &download->file,
		       &visit->fd, why))
		return false;
	download->type = sniff(visit->fd);
	download->inline_view =
		http_request_query(visit->http, "view") &&
		strcmp(download->type, "application/octet-stream") != 0;
	download->view.actor_id = visit->actor.id;
	download->view.actor_name = visit->actor.name;
	download->view.file_id = download->file.id;
	visit->own = download;
	visit_write_with(visit, write_view, done_view);
	return true;
}

static bool fail_quarantine(struct fail *why)
{
	fail(why, FAIL_DENIED, "the letter is in quarantine");
	return fail_code(why, "letter.quarantine",
			 "Thư đang cách ly, không mở được tệp.");
}

static bool fail_infected(struct fail *why)
{
	fail(why, FAIL_DENIED, "a virus was found in the file");
	return fail_code(why, "file.infected",
			 "Tệp nhiễm mã độc, không mở được.");
}

static bool check_infection(struct visit *visit, const struct file *file,
			    struct fail *why)
{
	const char *said;

	why->kind = FAIL_NONE;
	if (infection_find(visit->db, file->id, visit->arena, &said, why))
		return fail_infected(why);
	return why->kind == FAIL_NONE;
}

bool letter_raw(struct visit *visit, struct fail *why)
{
	struct download *download =
		arena_alloc(visit->arena, sizeof(*download));
	struct letter letter;

	if (!letter_load(visit->db, visit_id(visit), visit->arena, &letter,
			 why))
		return false;
	if (strcmp(letter.state, "quarantine") == 0)
		return fail_quarantine(why);
	if (!file_load(visit->db, &letter.digest, &download->file, why) ||
	    !check_infection(visit, &download->file, why))
		return false;
	download->view.letter_id = letter.id;
	download->view.name =
		arena_print(visit->arena, "thu-%lld.eml", (long long)letter.id);
	return open_download(visit, download, why);
}

/* A file of the document or a draft of its answer; none when the issuer took
 * the document back. */
static bool is_of_entry(struct visit *visit, const struct entry *entry,
			struct fail *why)
{
	const char *sha256 = visit->parameters[0];
	struct attachment attachment;

	if (strcmp(entry->status, "recalled") == 0) {
		fail(why, FAIL_DENIED, "the issuer recalled this document");
		return fail_code(why, "entry.recalled",
				 "Nơi gửi đã thu hồi văn bản này; tệp đã"
				 " khóa.");
	}
	why->kind = FAIL_NONE;
	if (draft_has(visit->db, entry->id, sha256, why))
		return true;
	return why->kind == FAIL_NONE &&
	       attachment_find(visit->db, entry->id, sha256, visit->arena,
			       &attachment, why);
}

/* A right to the letter or entry is a right to its files. */
static bool may_open(struct visit *visit, const struct file *file,
		     const struct file_view *view, struct fail *why)
{
	struct letter letter;
	struct entry entry;

	if (view->entry_id)
		return entry_load(visit->db, view->entry_id, visit->arena,
				  &entry, why) &&
		       entry_may_open(visit->db, &entry, &visit->actor,
				      visit->arena, why) &&
		       is_of_entry(visit, &entry, why);
	if (!access_may(visit->actor.roles, MAY_READ_INTAKE) ||
	    !view->letter_id)
		return fail(why, FAIL_DENIED, "say which letter or entry");
	if (!letter_load(visit->db, view->letter_id, visit->arena, &letter,
			 why))
		return false;
	if (strcmp(letter.state, "quarantine") == 0)
		return fail_quarantine(why);
	why->kind = FAIL_NONE;
	if (file_is_of_letter(visit->db, file->id, view->letter_id, why))
		return true;
	if (why->kind != FAIL_NONE)
		return false;
	return fail(why, FAIL_NOT_FOUND, "the letter has no such file");
}

bool file_need(struct visit *visit, struct file *ret_file,
	       struct file_view *ret_view, struct fail *why)
{
	struct digest digest;

	if (!digest_parse(visit->parameters[0], &digest))
		return fail(why, FAIL_INVALID, "that is not a sha-256");
	*ret_view = (struct file_view){
		.actor_id = visit->actor.id,
		.actor_name = visit->actor.name,
		.letter_id = visit_query_int(visit, "letter", 0),
		.entry_id = visit_query_int(visit, "entry", 0),
	};
	if (!file_load(visit->db, &digest, ret_file, why) ||
	    !may_open(visit, ret_file, ret_view, why) ||
	    !check_infection(visit, ret_file, why))
		return false;
	ret_view->file_id = ret_file->id;
	return true;
}

bool file_show(struct visit *visit, struct fail *why)
{
	struct download *download =
		arena_alloc(visit->arena, sizeof(*download));

	if (!file_need(visit, &download->file, &download->view, why))
		return false;
	download->view.name = http_request_query(visit->http, "name");
	return open_download(visit, download, why);
}
