#include "reader/encoded.h"
#include "reader/codec.h"
#include "viet/encoding.h"
#include <string.h>

enum {
	WORDS_MAX = 20000
};

/* A stretch of the header: an encoded word, or what is between two. */
struct stretch {
	struct runes content;
	struct runes charset; /* of an encoded word */
	uint32_t encoding;    /* 'q', 'b', or 0: not encoded */
	struct bytes bytes;   /* decoded */
	const char *name;     /* of the charset, lower case; NULL: none */
};

struct stretches {
	struct stretch *items;
	size_t count;
};

static bool is_line_end(uint32_t rune)
{
	return (rune >= 10 && rune <= 13) || (rune >= 0x1c && rune <= 0x1e) ||
	       rune == 0x85 || rune == 0x2028 || rune == 0x2029;
}

/* "?=" at or after `from`; line.count without one. */
static size_t find_close(struct runes line, size_t from)
{
	for (size_t i = from; i + 1 < line.count; i++) {
		if (line.at[i] == '?' && line.at[i + 1] == '=')
			return i;
	}
	return line.count;
}

/* An encoded word that starts exactly at `i`; its end, or 0. */
static size_t read_word(struct runes line, size_t i, struct stretch *ret)
{
	size_t charset_end;
	size_t close;

	if (i + 1 >= line.count || line.at[i] != '=' || line.at[i + 1] != '?')
		return 0;
	charset_end = runes_find(line, '?', i + 2);
	if (charset_end + 2 >= line.count || line.at[charset_end + 2] != '?')
		return 0;
	*ret = (struct stretch){
		.charset = runes_part(line, i + 2, charset_end),
		.encoding = rune_lower(line.at[charset_end + 1]),
	};
	if (ret->encoding != 'q' && ret->encoding != 'b')
		return 0;
	close = find_close(line, charset_end + 3);
	if (close == line.count)
		return 0;
	ret->content = runes_part(line, charset_end + 3, close);
	return close + 2;
}

static void add_plain(struct stretches *all, struct runes content, bool first)
{
	size_t from = 0;

	while (first && from < content.count &&
	       rune_is_space(content.at[from]))
		from++;
	content = runes_part(content, from, content.count);
	if (content.count && all->count < WORDS_MAX)
		all->items[all->count++] = (struct stretch){
			.content = content
		};
}

static void cut_line(struct runes line, struct stretches *all)
{
	size_t plain = 0;
	size_t i = 0;
	size_t last_close = line.count;
	bool first = true;

	/* a word that cannot close is not searched for, time and again */
	while (last_close > 1 && !(line.at[last_close - 2] == '?' &&
				   line.at[last_close - 1] == '='))
		last_close--;
	while (i < last_close) {
		struct stretch word;
		size_t end = read_word(line, i, &word);

		if (!end) {
			i++;
			continue;
		}
		add_plain(all, runes_part(line, plain, i), first);
		first = false;
		if (all->count < WORDS_MAX)
			all->items[all->count++] = word;
		plain = i = end;
	}
	add_plain(all, runes_part(line, plain, line.count), first);
}

static struct stretches cut_lines(struct runes header, struct arena *arena)
{
	size_t most = header.count < WORDS_MAX ? header.count : WORDS_MAX;
	struct stretches all = {
		arena_array(arena, most + 1, sizeof(struct stretch)), 0
	};
	size_t start = 0;

	while (start < header.count) {
		size_t end = start;

		while (end < header.count && !is_line_end(header.at[end]))
			end++;
		cut_line(runes_part(header, start, end), &all);
		if (end + 1 < header.count && header.at[end] == '\r' &&
		    header.at[end + 1] == '\n')
			end++;
		start = end + 1;
	}
	return all;
}

static bool is_all_space(struct runes runes)
{
	for (size_t i = 0; i < runes.count; i++) {
		if (!rune_is_space(runes.at[i]))
			return false;
	}
	return runes.count > 0;
}

/* White space between two encoded words goes. */
static void drop_space(struct stretches *all)
{
	size_t kept = 0;

	for (size_t i = 0; i < all->count; i++) {
		bool between = i > 0 && i + 1 < all->count &&
			       all->items[i - 1].encoding &&
			       all->items[i + 1].encoding;

		if (between && is_all_space(all->items[i].content))
			continue;
		all->items[kept++] = all->items[i];
	}
	all->count = kept;
}

static int hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct bytes decode_q(struct bytes in, struct arena *arena)
{
	unsigned char *out = arena_alloc(arena, in.size + 1);
	size_t size = 0;

	for (size_t i = 0; i < in.size; i++) {
		int high = in.data[i] == '=' && i + 2 < in.size
				   ? hex_value(in.data[i + 1])
				   : -1;
		int low = high >= 0 ? hex_value(in.data[i + 2]) : -1;

		if (low >= 0) {
			out[size++] = (unsigned char)(high * 16 + low);
			i += 2;
		} else {
			out[size++] = in.data[i] == '_' ? ' ' : in.data[i];
		}
	}
	return (struct bytes){ out, size };
}

static int base64_value(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63
					: -1;
}

/* False when the last quantum is not whole; missing padding is forgiven. */
static bool decode_b(struct bytes in, struct arena *arena,
		     struct bytes *ret_bytes)
{
	unsigned char *out = arena_alloc(arena, in.size + 1);
	size_t missing = in.size % 4 ? 4 - in.size % 4 : 0;
	unsigned quad = 0;
	unsigned pads = 0;
	unsigned left = 0;
	size_t size = 0;
	bool done = false;

	for (size_t i = 0; i < in.size + missing && !done; i++) {
		unsigned char c = i < in.size ? in.data[i] : '=';
		int value = base64_value(c);

		if (c == '=' && quad >= 2 && quad + ++pads >= 4)
			done = true;
		if (value < 0)
			continue;
		pads = 0;
		left = left << 6 | (unsigned)value;
		if (quad)
			out[size++] = (unsigned char)(left >>
						      (6 - 2 * quad));
		quad = (quad + 1) % 4;
	}
	*ret_bytes = (struct bytes){ out, size };
	return done || quad == 0;
}

static const char *lower_name(struct runes name, struct arena *arena)
{
	char *out = arena_alloc(arena, name.count + 1);

	for (size_t i = 0; i < name.count; i++) {
		if (name.at[i] >= 0x80)
			return "?"; /* no charset has this name */
		out[i] = (char)rune_lower(name.at[i]);
	}
	return out;
}

static bool decode_stretch(struct stretch *one, enum manner manner,
			   struct arena *arena)
{
	struct bytes bytes = runes_bytes(one->content, manner, arena);
	bool whole = true;

	if (one->encoding)
		one->name = lower_name(one->charset, arena);
	if (one->encoding == 'q')
		bytes = decode_q(bytes, arena);
	else if (one->encoding == 'b')
		whole = decode_b(bytes, arena, &bytes);
	one->bytes = bytes;
	return whole || manner == MANNER_PEOPLE;
}

static bool same_name(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Items `from` to `to` as one, with a blank between those without charset. */
static struct bytes join_run(const struct stretches *all, size_t from,
			     size_t to, struct arena *arena)
{
	size_t gap = all->items[from].name ? 0 : 1;
	size_t size = 0;
	unsigned char *out;

	for (size_t i = from; i < to; i++)
		size += all->items[i].bytes.size + gap;
	out = arena_alloc(arena, size + 1);
	size = 0;
	for (size_t i = from; i < to; i++) {
		struct bytes bytes = all->items[i].bytes;

		if (gap && i > from)
			out[size++] = ' ';
		if (bytes.size)
			memcpy(out + size, bytes.data, bytes.size);
		size += bytes.size;
	}
	return (struct bytes){ out, size };
}

/* Neighbours of one charset become one. */
static void join(struct stretches *all, struct arena *arena)
{
	size_t kept = 0;
	size_t from = 0;

	while (from < all->count) {
		struct stretch one = all->items[from];
		size_t to = from + 1;

		while (to < all->count &&
		       same_name(one.name, all->items[to].name))
			to++;
		one.bytes = join_run(all, from, to, arena);
		all->items[kept++] = one;
		from = to;
	}
	all->count = kept;
}

static bool to_runes(const struct stretch *one, enum manner manner,
		     struct rune_text *text)
{
	const char *name = one->name ? one->name : "us-ascii";

	if (manner == MANNER_STRICT && one->name &&
	    strcmp(name, "unknown-8bit") == 0)
		return codec_decode(one->bytes, "us-ascii", false, text) ==
		       CODEC_DONE;
	if (codec_decode(one->bytes, name, true, text) == CODEC_DONE)
		return true;
	if (manner == MANNER_STRICT)
		return false;
	text->count = 0;
	codec_decode(bytes_of(viet_from_charset(one->bytes, one->name,
						text->arena, NULL)),
		     "utf-8", false, text);
	return true;
}

static bool is_ascii_name(const char *name)
{
	return !name || strcmp(name, "us-ascii") == 0 ||
	       strcmp(name, "ascii") == 0;
}

/* What may stand beside an encoded word without a blank. */
static bool is_apart(uint32_t rune)
{
	return rune_is_space(rune) || rune == '(' || rune == ')' ||
	       rune == '\\';
}

static void add_stretch(struct rune_text *out, struct runes piece,
			const struct stretch *last, const struct stretch *one)
{
	bool was_ascii = last && is_ascii_name(last->name);
	bool ascii = is_ascii_name(one->name);
	bool space = false;

	if (last && was_ascii && ascii)
		space = true;
	else if (last && !was_ascii && ascii)
		space = !(piece.count && is_apart(piece.at[0]));
	else if (last && was_ascii && !ascii)
		space = !(out->count && is_apart(out->at[out->count - 1]));
	if (space)
		rune_add(out, ' ');
	rune_add_all(out, piece);
}

static bool has_word(const struct stretches *all)
{
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].encoding)
			return true;
	}
	return false;
}

struct runes encoded_decode(struct runes header, enum manner manner,
			    struct arena *arena)
{
	struct rune_text out = { .arena = arena };
	struct stretches all = cut_lines(header, arena);

	if (!has_word(&all))
		return header;
	drop_space(&all);
	for (size_t i = 0; i < all.count; i++) {
		if (!decode_stretch(&all.items[i], manner, arena))
			return header;
	}
	join(&all, arena);
	for (size_t i = 0; i < all.count; i++) {
		struct rune_text piece = { .arena = arena };

		if (!to_runes(&all.items[i], manner, &piece))
			return header;
		add_stretch(&out, rune_result(&piece),
			    i ? &all.items[i - 1] : NULL, &all.items[i]);
	}
	return rune_result(&out);
}
