/* zlib takes what it reads as const only when asked to */
#define ZLIB_CONST
#include "reader/pdf_unfold.h"
#include <zlib.h>

enum {
	PIECE = 32 * 1024,
	STAGES_MAX = 2
};

/* Counts what stands in strings of a content stream, as it comes. */
struct counter {
	size_t letters, bytes;
	int depth; /* of parentheses */
	bool is_escaped, is_hex;
};

struct unfolding {
	z_stream stages[STAGES_MAX];
	int count;
	const struct pdf_unfold_limits *limits;
	struct counter counter;
	struct text *text; /* instead of counting; or NULL */
};

static void count_character(struct counter *counter, unsigned char c)
{
	if (counter->depth > 0) {
		counter->letters++;
		if (counter->is_escaped)
			counter->is_escaped = false;
		else if (c == '\\')
			counter->is_escaped = true;
		else
			counter->depth += (c == '(') - (c == ')');
	} else if (c == '(') {
		counter->depth = 1;
	} else if (c == '<' || c == '>') {
		counter->is_hex = c == '<';
	} else if (counter->is_hex) {
		counter->letters++;
	}
}

/* False: enough. */
static bool take(struct unfolding *unfolding, const unsigned char *data,
		 size_t size)
{
	struct counter *counter = &unfolding->counter;

	if (unfolding->text) {
		text_add_part(unfolding->text, (const char *)data, size);
		return !unfolding->text->over;
	}
	for (size_t i = 0; i < size; i++)
		count_character(counter, data[i]);
	counter->bytes += size;
	return counter->letters <= unfolding->limits->letters &&
	       counter->bytes <= unfolding->limits->bytes;
}

static bool feed(struct unfolding *unfolding, int stage,
		 const unsigned char *data, size_t size);

/* What one stage gave goes to the next. */
static bool pass_on(struct unfolding *unfolding, int stage,
		    const unsigned char *data, size_t size)
{
	if (stage + 1 < unfolding->count)
		return feed(unfolding, stage + 1, data, size);
	return take(unfolding, data, size);
}

static bool feed(struct unfolding *unfolding, int stage,
		 const unsigned char *data, size_t size)
{
	z_stream *stream = &unfolding->stages[stage];
	unsigned char piece[PIECE];
	int error = Z_OK;

	stream->next_in = data;
	stream->avail_in = (uInt)size;
	do {
		stream->next_out = piece;
		stream->avail_out = sizeof(piece);
		error = inflate(stream, Z_NO_FLUSH);
		if (!pass_on(unfolding, stage, piece,
			     sizeof(piece) - stream->avail_out))
			return false;
	} while (error == Z_OK && stream->avail_out == 0);
	return true;
}

/* False when it stopped because there is too much. */
static bool unfold(struct unfolding *unfolding, struct bytes data)
{
	bool ok = true;

	for (int i = 0; i < unfolding->count; i++)
		ok = ok && inflateInit(&unfolding->stages[i]) == Z_OK;
	for (size_t at = 0; ok && at < data.size; at += PIECE) {
		size_t size = data.size - at < PIECE ? data.size - at : PIECE;

		ok = pass_on(unfolding, -1, data.data + at, size);
	}
	for (int i = 0; i < unfolding->count; i++)
		(void)inflateEnd(&unfolding->stages[i]);
	return ok;
}

bool pdf_unfold(struct bytes data, struct text *ret)
{
	struct unfolding unfolding = { .count = 1, .text = ret };

	return unfold(&unfolding, data);
}

bool pdf_unfold_is_over(struct bytes data, int times,
			const struct pdf_unfold_limits *limits)
{
	struct unfolding unfolding = { .count = times, .limits = limits };

	return !unfold(&unfolding, data);
}
