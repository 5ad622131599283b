/*
 * One walk from stream to stream: names between them are looked at, streams
 * are skipped. Streams of objects are unfolded and looked at too. Others are
 * unfolded only to see how much there is: a megabyte may hold a gigabyte, and
 * Poppler would keep a hundred bytes for each letter of it.
 */
#include "reader/pdf_raw.h"
#include "reader/pdf_unfold.h"
#include <string.h>

enum {
	RANGES_MAX = 32,
	OBJECT_MAX = 16 * 1024,	 /* bytes of a dictionary that is looked at */
	SUSPECT_SIZE = 8 * 1024, /* smaller ones hold 8 MB at most */
	LZW_MAX = 256 * 1024,
	LETTERS_MAX = 4 * 1000 * 1000,
	UNFOLDED_MAX = 256 * 1024 * 1024,
	OBJECTS_MAX = 4 * 1024 * 1024 /* of a stream of objects */
};

struct walk {
	struct bytes content;
	struct arena *arena;
	struct pdf_raw raw;
};

static bool starts(struct bytes content, size_t at, const char *what)
{
	size_t size = strlen(what);

	return at <= content.size && content.size - at >= size &&
	       memcmp(content.data + at, what, size) == 0;
}

static bool is_letter(struct bytes content, size_t at)
{
	unsigned char c = at < content.size ? content.data[at] : ' ';

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

/* The whole name, not the beginning of a longer one. */
static bool is_name(struct bytes content, size_t at, const char *name)
{
	return starts(content, at, name) &&
	       !is_letter(content, at + strlen(name));
}

static size_t find_name(struct bytes content, const char *name)
{
	const struct bytes what = bytes_of(name);
	size_t at = bytes_find(content, what, 0);

	while (at < content.size && is_letter(content, at + what.size))
		at = bytes_find(content, what, at + 1);
	return at;
}

static bool has_name(struct bytes content, const char *name)
{
	return find_name(content, name) < content.size;
}

/* The next whole number; false when there is none here. */
static bool read_number(struct bytes content, size_t *at, size_t *ret)
{
	size_t number = 0, start;

	while (*at < content.size && content.data[*at] &&
	       strchr(" \t\r\n\f[", content.data[*at]))
		(*at)++;
	start = *at;
	while (*at < content.size && content.data[*at] >= '0' &&
	       content.data[*at] <= '9' && *at - start < 18)
		number = number * 10 + (size_t)(content.data[(*at)++] - '0');
	*ret = number;
	return *at > start;
}

/* From the last "obj" before to the next "endobj". */
static struct bytes object_around(struct bytes content, size_t at)
{
	size_t from = at > OBJECT_MAX ? at - OBJECT_MAX : 0;
	size_t start = at, end;

	while (start > from && !starts(content, start, " obj"))
		start--;
	end = bytes_find(content, bytes_of("endobj"), at);
	return bytes_part(content, start, end);
}

static void add_range(struct walk *walk, size_t at)
{
	struct pdf_raw *raw = &walk->raw;
	struct bytes content = walk->content;
	struct pdf_signed_range range = { 0 };
	size_t place = at + strlen("/ByteRange"), zero = 0;

	if (raw->range_count == RANGES_MAX ||
	    !read_number(content, &place, &zero) ||
	    !read_number(content, &place, &range.first_size) ||
	    !read_number(content, &place, &range.second_start) ||
	    !read_number(content, &place, &range.second_size))
		return;
	range.object = object_around(content, at);
	raw->ranges = arena_grow(walk->arena, raw->ranges, raw->range_count,
				 sizeof(range));
	/* one that does not begin at the first byte signs nothing */
	if (zero != 0)
		range.first_size = 0;
	raw->ranges[raw->range_count++] = range;
}

/* Names between two streams, or inside a stream of objects. */
static void look_at_names(struct walk *walk, struct bytes text, bool is_file)
{
	const unsigned char *end = text.data + text.size;
	const unsigned char *at = text.data;

	while (at < end && (at = memchr(at, '/', (size_t)(end - at)))) {
		size_t place = (size_t)(at - text.data);

		if (is_name(text, place, "/JavaScript") ||
		    is_name(text, place, "/JS"))
			walk->raw.has_javascript = true;
		else if (is_name(text, place, "/AcroForm"))
			walk->raw.has_form = true;
		else if (is_file && is_name(text, place, "/Encrypt"))
			walk->raw.is_encrypted = true;
		else if (is_file && is_name(text, place, "/ByteRange"))
			add_range(walk, (size_t)(at - walk->content.data));
		at++;
	}
}

static int count_names(struct bytes text, const char *name)
{
	int count = 0;

	for (size_t at = find_name(text, name); at < text.size;
	     at = find_name(text, name)) {
		text = bytes_part(text, at + 1, text.size);
		count++;
	}
	return count;
}

static void look_at_objects(struct walk *walk, struct bytes data)
{
	auto_text objects = { .limit = OBJECTS_MAX };

	(void)pdf_unfold(data, &objects);
	look_at_names(walk,
		      (struct bytes){
			      (const unsigned char *)text_string(&objects),
			      objects.size },
		      false);
}

/* Pictures, fonts and files inside have other limits, and parentheses that
 * mean nothing. Who lies here meets the limits of the process. */
static bool is_no_drawing(struct bytes dictionary)
{
	static const char *const names[] = {
		"/Image", "/Length1", "/EmbeddedFile", "/Metadata",
		"/Type1C", "/CIDFontType0C", "/OpenType"
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (has_name(dictionary, names[i]))
			return true;
	}
	return false;
}

/* Whether there may be more in it than is good. */
static bool is_suspect(struct bytes dictionary, struct bytes data, int times)
{
	if (times == 0)
		return data.size > LETTERS_MAX &&
		       !has_name(dictionary, "/Filter");
	return times == 2 || data.size > SUSPECT_SIZE;
}

/* `dictionary` ends where the stream begins. */
static void look_at_stream(struct walk *walk, struct bytes dictionary,
			   struct bytes data)
{
	const struct pdf_unfold_limits limits = { LETTERS_MAX, UNFOLDED_MAX };
	int times = count_names(dictionary, "/FlateDecode") +
		    count_names(dictionary, "/Fl");

	if (has_name(dictionary, "/Encrypt"))
		walk->raw.is_encrypted = true;
	if (times > 2)
		walk->raw.unfolds_too_much = true;
	if (times > 2 || is_no_drawing(dictionary))
		return;
	if (has_name(dictionary, "/LZWDecode") && data.size > LZW_MAX)
		walk->raw.unfolds_too_much = true;
	if (times == 1 && has_name(dictionary, "/ObjStm"))
		look_at_objects(walk, data);
	if (is_suspect(dictionary, data, times) &&
	    pdf_unfold_is_over(data, times, &limits))
		walk->raw.unfolds_too_much = true;
}

/* Where the data of a stream ends: as its length says, if that is true. */
static size_t end_of(struct bytes content, struct bytes dictionary,
		     size_t start)
{
	size_t at = find_name(dictionary, "/Length"), size = 0;

	at += strlen("/Length");
	if (at < dictionary.size && read_number(dictionary, &at, &size) &&
	    size <= content.size - start &&
	    bytes_find(bytes_part(content, start + size, content.size),
		       bytes_of("endstream"), 0) <= 2)
		return start + size;
	return bytes_find(content, bytes_of("endstream"), start);
}

static size_t skip_line_end(struct bytes content, size_t at)
{
	if (at < content.size && content.data[at] == '\r')
		at++;
	if (at < content.size && content.data[at] == '\n')
		at++;
	return at;
}

struct pdf_raw pdf_raw_read(struct bytes content, struct arena *arena)
{
	struct walk walk = { .content = content, .arena = arena };
	size_t at = 0;

	while (at < content.size && !walk.raw.unfolds_too_much) {
		size_t found = bytes_find(content, bytes_of("stream"), at);
		struct bytes between = bytes_part(content, at, found);
		size_t from = between.size > OBJECT_MAX
				      ? between.size - OBJECT_MAX
				      : 0;
		size_t start, end;

		look_at_names(&walk, between, true);
		if (found >= content.size)
			break;
		start = skip_line_end(content, found + strlen("stream"));
		if (found >= 3 && starts(content, found - 3, "endstream")) {
			at = found + strlen("stream");
			continue;
		}
		between = bytes_part(between, from, between.size);
		end = end_of(content, between, start);
		look_at_stream(&walk, between, bytes_part(content, start, end));
		at = end;
	}
	return walk.raw;
}
