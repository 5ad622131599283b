#include "reader/transfer.h"
#include <stdint.h>
#include <string.h>

enum {
	BASE64_SKIP = 64, /* white space */
	BASE64_JUNK = 65,
	UU_LINE_BYTES = 63
};

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	"abcdefghijklmnopqrstuvwxyz0123456789+/";

/* Four tables: a character in its place of a quantum, shifted. Anything that
 * is not of the alphabet sets the top bit. */
static uint32_t quantum[4][256];
static unsigned char values[256];

static void make_tables(void)
{
	if (values['A'] || values[0])
		return;
	memset(values, BASE64_JUNK, sizeof(values));
	for (size_t i = 0; alphabet[i]; i++)
		values[(unsigned char)alphabet[i]] = (unsigned char)i;
	for (const char *c = " \t\r\n="; *c; c++)
		values[(unsigned char)*c] = BASE64_SKIP;
	for (unsigned place = 0; place < 4; place++) {
		for (unsigned c = 0; c < 256; c++) {
			uint32_t value = values[c];

			quantum[place][c] =
				value < 64 ? value << (18 - 6 * place)
					   : UINT32_C(1) << 31;
		}
	}
}

/* Whole quanta without anything between them. */
static const unsigned char *decode_run(const unsigned char *in,
				       const unsigned char *end,
				       unsigned char **out)
{
	unsigned char *to = *out;

	while (end - in >= 4) {
		uint32_t q = quantum[0][in[0]] | quantum[1][in[1]] |
			     quantum[2][in[2]] | quantum[3][in[3]];

		if (q >> 31)
			break;
		to[0] = (unsigned char)(q >> 16);
		to[1] = (unsigned char)(q >> 8);
		to[2] = (unsigned char)q;
		to += 3;
		in += 4;
	}
	*out = to;
	return in;
}

static bool only_blank(const unsigned char *in, const unsigned char *end)
{
	while (in < end && values[*in] == BASE64_SKIP)
		in++;
	return in == end;
}

static struct transfer decode_base64(struct bytes body, unsigned char *out)
{
	const unsigned char *in = body.data;
	const unsigned char *end = body.data + body.size;
	unsigned char *to = out;
	struct transfer transfer = { 0 };
	uint32_t q = 0;
	unsigned count = 0;

	make_tables();
	while (in < end) {
		unsigned value;

		if (count == 0)
			in = decode_run(in, end, &to);
		if (in == end)
			break;
		value = values[*in];
		if (*in == '=' && count >= 2) {
			transfer.after_end = !only_blank(in, end);
			break;
		}
		in++;
		if (value == BASE64_JUNK)
			transfer.junk = true;
		if (value >= 64)
			continue;
		q = q << 6 | value;
		if (++count == 4) {
			*to++ = (unsigned char)(q >> 16);
			*to++ = (unsigned char)(q >> 8);
			*to++ = (unsigned char)q;
			count = 0;
		}
	}
	if (count == 2)
		*to++ = (unsigned char)(q >> 4);
	if (count == 3) {
		*to++ = (unsigned char)(q >> 10);
		*to++ = (unsigned char)(q >> 2);
	}
	transfer.size = (size_t)(to - out);
	return transfer;
}

static int hex_value(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* What an equals sign stands for; the place behind it. */
static size_t decode_equals(struct bytes body, size_t i, unsigned char **to)
{
	unsigned char c;

	if (i >= body.size)
		return i;
	c = body.data[i];
	if (c == '\n' || c == '\r') {
		const unsigned char *end =
			memchr(body.data + i, '\n', body.size - i);

		return end ? (size_t)(end - body.data) + 1 : body.size;
	}
	if (c == '=') {
		*(*to)++ = '=';
		return i + 1;
	}
	if (i + 1 < body.size && hex_value(c) >= 0 &&
	    hex_value(body.data[i + 1]) >= 0) {
		*(*to)++ = (unsigned char)(hex_value(c) * 16 +
					   hex_value(body.data[i + 1]));
		return i + 2;
	}
	*(*to)++ = '=';
	return i;
}

static struct transfer decode_quoted(struct bytes body, unsigned char *out)
{
	unsigned char *to = out;
	size_t i = 0;

	while (i < body.size) {
		const unsigned char *equals =
			memchr(body.data + i, '=', body.size - i);
		size_t run = equals ? (size_t)(equals - body.data) - i
				    : body.size - i;

		memcpy(to, body.data + i, run);
		to += run;
		i += run;
		if (equals)
			i = decode_equals(body, i + 1, &to);
	}
	return (struct transfer){ .size = (size_t)(to - out) };
}

static struct bytes line_at(struct bytes body, size_t from)
{
	const unsigned char *end =
		from < body.size
			? memchr(body.data + from, '\n', body.size - from)
			: NULL;

	return bytes_part(body, from,
			  end ? (size_t)(end - body.data) : body.size);
}

/* "begin ", three or four octal digits, a blank, in a line that ends. */
static bool is_begin(struct bytes line)
{
	size_t i = 6;

	if (line.size < 10 || memcmp(line.data, "begin ", 6) != 0)
		return false;
	while (i < 10 && i < line.size && line.data[i] >= '0' &&
	       line.data[i] <= '7')
		i++;
	return i >= 9 && i < line.size && line.data[i] == ' ';
}

static size_t uu_start(struct bytes body)
{
	size_t from = 0;

	while (from < body.size) {
		struct bytes line = line_at(body, from);

		from += line.size + 1;
		if (from <= body.size && is_begin(line))
			return from;
	}
	return 0;
}

/* One line; false when it is none. */
static bool decode_uu_line(struct bytes line, unsigned char **to)
{
	unsigned char out[UU_LINE_BYTES + 3];
	size_t want = line.size ? (line.data[0] - 32U) & 63 : 32;
	uint32_t bits = 0;
	unsigned have = 0;
	size_t size = 0;
	size_t i = 1;

	while (size < want) {
		unsigned char c = i < line.size ? line.data[i] : ' ';

		if (c == '\r')
			c = ' ';
		else if (c < 32 || c > 96)
			return false;
		bits = bits << 6 | ((c - 32U) & 63);
		have += 6;
		i++;
		if (have >= 8) {
			have -= 8;
			out[size++] = (unsigned char)(bits >> have);
		}
	}
	for (; i < line.size; i++) {
		if (!strchr(" `\r", line.data[i]) || !line.data[i])
			return false;
	}
	memcpy(*to, out, size);
	*to += size;
	return true;
}

static bool is_uu_end(struct bytes line)
{
	return (line.size == 3 && memcmp(line.data, "end", 3) == 0) ||
	       (line.size == 1 &&
		(line.data[0] == '`' || line.data[0] == ' '));
}

static struct transfer decode_uu(struct bytes body, unsigned char *out)
{
	size_t from = uu_start(body);
	unsigned char *to = out;
	struct transfer transfer = { 0 };

	/* a last line without its end, empty too, is a line */
	while (from <= body.size) {
		struct bytes line = line_at(body, from);
		size_t meant;

		from += line.size + 1;
		while (line.size && line.data[line.size - 1] == '\r')
			line.size--;
		if (is_uu_end(line))
			break;
		if (decode_uu_line(line, &to) || !line.size)
			continue;
		transfer.junk = true;
		meant = (((line.data[0] - 32U) & 63) * 4 + 5) / 3;
		decode_uu_line(bytes_part(line, 0, meant), &to);
	}
	transfer.size = (size_t)(to - out);
	return transfer;
}

static bool is_uu(const char *encoding)
{
	return strcmp(encoding, "x-uuencode") == 0 ||
	       strcmp(encoding, "uuencode") == 0 ||
	       strcmp(encoding, "x-uue") == 0 || strcmp(encoding, "uue") == 0;
}

size_t transfer_room(const char *encoding, struct bytes body)
{
	size_t lines = 1;

	if (!is_uu(encoding))
		return body.size + 4;
	for (size_t i = 0; i < body.size; i++)
		lines += body.data[i] == '\n';
	return lines * UU_LINE_BYTES + 4;
}

struct transfer transfer_decode(const char *encoding, struct bytes body,
				unsigned char *out)
{
	static const char *const plain[] = { "", "7bit", "8bit", "binary" };
	struct transfer transfer = { .size = body.size, .unknown = true };

	if (strcmp(encoding, "base64") == 0)
		return decode_base64(body, out);
	if (strcmp(encoding, "quoted-printable") == 0)
		return decode_quoted(body, out);
	if (is_uu(encoding))
		return decode_uu(body, out);
	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		if (strcmp(encoding, plain[i]) == 0)
			transfer.unknown = false;
	}
	if (body.size)
		memcpy(out, body.data, body.size);
	return transfer;
}
