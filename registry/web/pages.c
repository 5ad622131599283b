/* Pages of a file: their images, and the words with their places. */
#include "base/descriptor.h"
#include "core/file.h"
#include "core/file_reading.h"
#include "core/job.h"
#include "web/views.h"
#include "web/visit.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	WIDTH_SCREEN = 1000, /* pixels */
	WIDTH_ZOOM = 2000,
	PAGE_MAX = 10000,
	TEXT_MAX = 256 * 1024 /* bytes of a text view */
};

/* One file being looked at. */
struct look {
	struct file file;
	struct file_view view;
	struct file_reading reading;
	bool is_read;
	int64_t page, width, size;
};

/* ---- what is known ---- */

static bool load_reading(struct visit *visit, struct look *look,
			 struct fail *why)
{
	why->kind = FAIL_NONE;
	look->is_read = file_reading_load(visit->db, look->file.id,
					  visit->arena, &look->reading, why);
	return look->is_read || why->kind == FAIL_NOT_FOUND;
}

static bool is_open(const char *state)
{
	return state && strcmp(state, "done") != 0 &&
	       strcmp(state, "failed") != 0;
}

static bool find_state(struct visit *visit, const struct look *look,
		       const char **ret_state, struct fail *why)
{
	const char *file, *image;

	if (!job_state(visit->db, JOB_READ_FILE, look->file.id, visit->arena,
		       &file, why) ||
	    !job_state(visit->db, JOB_RECOGNISE, look->file.id, visit->arena,
		       &image, why))
		return false;
	if (look->is_read)
		*ret_state = look->reading.reason ? "not_read"
			     : is_open(image)	  ? "recognising"
						  : "read";
	else if (!file)
		*ret_state = "not_read";
	else
		*ret_state = strcmp(file, "running") == 0  ? "reading"
			     : strcmp(file, "failed") == 0 ? "failed"
							   : "waiting";
	return true;
}

/* Files without page images are shown as text. */
static bool add_text(struct visit *visit, const struct look *look,
		     struct fail *why)
{
	const char *text = NULL;
	size_t size;

	if (look->is_read && !look->reading.images &&
	    !file_reading_text(visit->db, look->file.id, visit->arena, &text,
			       why))
		return false;
	size = text ? strlen(text) : 0;
	if (size > TEXT_MAX) {
		size = TEXT_MAX;
		while (size > 0 && ((unsigned char)text[size] & 0xC0) == 0x80)
			size--;
		text = arena_copy_part(visit->arena, text, size);
	}
	tree_set_text(visit->answer, "text", text);
	return true;
}

/* ---- words ---- */

static void add_empty_page(struct tree *list, int64_t number)
{
	struct tree *page = tree_add_tree(list);

	tree_set_int(page, "number", number);
	tree_set_int(page, "width", 0);
	tree_set_int(page, "height", 0);
	tree_set_text(page, "source", "none");
	(void)tree_set_list(page, "words");
}

static const struct tree *find_page(const struct tree *words, int64_t number)
{
	for (size_t i = 0; words && i < tree_count(words); i++)
		if (tree_int(tree_at(words, i), "number", 0) == number)
			return tree_at(words, i);
	return NULL;
}

static void add_pages(struct visit *visit, const struct look *look,
		      const struct tree *words)
{
	struct tree *list = tree_set_list(visit->answer, "pages");
	int64_t first = (look->page - 1) / READING_PAGES_TOGETHER *
			READING_PAGES_TOGETHER;

	for (int64_t i = 1; i <= READING_PAGES_TOGETHER; i++) {
		const struct tree *page = find_page(words, first + i);

		if (page)
			tree_add_copy(list, page);
		else if (first + i <= look->reading.total_pages)
			add_empty_page(list, first + i);
	}
}

/* Only a file with text has words. */
static struct tree *read_words(struct visit *visit, const struct look *look,
			       struct fail *why)
{
	const char *text, *image;

	if (!look->is_read || look->reading.reason || look->reading.secret)
		return tree_create_list();
	if (!file_reading_text(visit->db, look->file.id, visit->arena, &text,
			       why) ||
	    !job_state(visit->db, JOB_RECOGNISE, look->file.id, visit->arena,
		       &image, why))
		return NULL;
	if (!text)
		return tree_create_list();
	return reading_pager_words(visit->pager, &look->file.digest,
				   look->page,
				   image && strcmp(image, "done") == 0, why);
}

static bool write_list_view(struct db *db, void *context, struct fail *why)
{
	struct visit *visit = context;
	struct look *look = visit->own;

	return file_write_view(db, visit, &look->view, why);
}

static void done_list(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (ok)
		answer_tree(visit);
	else
		answer_fail(visit, why);
}

static bool answer_list(struct visit *visit, struct look *look,
			struct fail *why)
{
	const struct file_reading *reading = &look->reading;
	const char *state;
	auto_tree *words = read_words(visit, look, why);

	if (!words || !find_state(visit, look, &state, why))
		return false;
	present_digest(visit->answer, &look->file.digest);
	tree_set_text(visit->answer, "state", state);
	tree_set_text(visit->answer, "not_read", reading->reason);
	tree_set_text(visit->answer, "format", reading->format);
	tree_set_text(visit->answer, "type", reading->type);
	tree_set_int(visit->answer, "total_pages", reading->total_pages);
	tree_set_bool(visit->answer, "images", reading->images);
	if (!add_text(visit, look, why))
		return false;
	add_pages(visit, look, words);
	return true;
}

bool page_list(struct visit *visit, struct fail *why)
{
	struct look *look = arena_alloc(visit->arena, sizeof(*look));

	look->page = visit_query_int(visit, "from", 1);
	if (look->page < 1 || look->page > PAGE_MAX)
		return fail(why, FAIL_INVALID, "no page %lld",
			    (long long)look->page);
	if (!file_need(visit, &look->file, &look->view, why) ||
	    !load_reading(visit, look, why) || !answer_list(visit, look, why))
		return false;
	visit->own = look;
	if (views_is_new(visit->web->views, &look->view))
		visit_write_with(visit, write_list_view, done_list);
	else
		answer_tree(visit);
	return true;
}

/* ---- images ---- */

static const char *image_type(int fd)
{
	unsigned char start[3] = "";
	ssize_t size = pread(fd, start, sizeof(start), 0);

	return size == sizeof(start) && start[0] == 0xFF && start[1] == 0xD8
		       ? "image/jpeg"
		       : "image/png";
}

static void send_image(struct visit *visit, const struct look *look)
{
	const char *type = image_type(visit->fd);
	char hex[DIGEST_HEX_SIZE];
	int fd = visit->fd;

	visit->fd = -1;
	digest_print(&look->file.digest, hex);
	answer_add_safe_headers(visit->http, visit->web);
	answer_add_locked_policy(visit->http);
	http_reply_header(visit->http, "Cache-Control",
			  "private, max-age=31536000, immutable");
	http_reply_file(visit->http, type,
			arena_print(visit->arena, "\"%s-%lld-%lld\"", hex,
				    (long long)look->page,
				    (long long)look->width),
			fd, look->size);
}

static void done_image(void *context, bool ok, const struct fail *why)
{
	struct visit *visit = context;

	if (ok)
		send_image(visit, visit->own);
	else
		answer_fail(visit, why);
}

static bool read_wish(struct visit *visit, struct look *look,
		      struct fail *why)
{
	const char *width = http_request_query(visit->http, "width");
	char *end;

	look->page = strtoll(visit->parameters[1], &end, 10);
	if (*end || look->page < 1 || look->page > PAGE_MAX)
		return fail(why, FAIL_INVALID, "no page '%.40s'",
			    visit->parameters[1]);
	look->width = WIDTH_SCREEN;
	if (width && strcmp(width, "zoom") == 0)
		look->width = WIDTH_ZOOM;
	else if (width && strcmp(width, "screen") != 0)
		return fail(why, FAIL_INVALID, "width is screen or zoom");
	return true;
}

static bool check_drawable(const struct look *look, struct fail *why)
{
	const struct file_reading *reading = &look->reading;

	if (!look->is_read || !reading->images) {
		fail(why, FAIL_NOT_FOUND, "the file has no page images");
		return fail_code(why, "page.none",
				 "Tệp này không có ảnh trang.");
	}
	if (reading->total_pages && look->page > reading->total_pages)
		return fail(why, FAIL_NOT_FOUND, "the file has %lld pages",
			    (long long)reading->total_pages);
	return true;
}

bool page_show(struct visit *visit, struct fail *why)
{
	struct look *look = arena_alloc(visit->arena, sizeof(*look));

	if (!read_wish(visit, look, why) ||
	    !file_need(visit, &look->file, &look->view, why) ||
	    !load_reading(visit, look, why) || !check_drawable(look, why))
		return false;
	visit->fd = reading_pager_image(visit->pager, &look->file.digest,
					look->page, look->width, &look->size,
					why);
	if (visit->fd < 0)
		return false;
	visit->own = look;
	if (views_is_new(visit->web->views, &look->view))
		visit_write_with(visit, write_list_view, done_image);
	else
		send_image(visit, look);
	return true;
}
