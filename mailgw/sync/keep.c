#include "sync/keep.h"
#include "base/arena.h"
#include "base/text.h"
#include "viet/fold.h"
#include "viet/symbol.h"
#include <string.h>
#include <strings.h>

enum {
	SUBJECT_MAX = 2000
};

/* Folded words that official documents carry in their subject. */
static const char *const words[] = {
	"cong van", "v/v", "ve viec", "giay moi", "quyet dinh",
	"thong bao", "ke hoach", "bao cao", "to trinh", "chi thi",
	"nghi quyet", "huong dan", "bien ban", "hop dong", "cong dien",
	"phieu", "ho so", "du thao", "van ban", "quy che",
	"quy dinh", "thu moi", "de nghi", "giay phep", "thong tu",
	"nghi dinh", "don khieu nai", "don to cao", NULL
};

/* --- lines -------------------------------------------------------------- */

struct lines {
	struct bytes all;
	size_t at;
};

static bool next_line(struct lines *lines, struct bytes *ret_line)
{
	const unsigned char *start = lines->all.data + lines->at;
	size_t left = lines->all.size - lines->at;
	const unsigned char *end;
	size_t size;

	if (left == 0)
		return false;
	end = memchr(start, '\n', left);
	size = end ? (size_t)(end - start) : left;
	lines->at += end ? size + 1 : size;
	if (size > 0 && start[size - 1] == '\r')
		size--;
	*ret_line = (struct bytes){ start, size };
	return true;
}

static bool begins(struct bytes line, const char *start)
{
	size_t size = strlen(start);

	return line.size >= size &&
	       strncasecmp((const char *)line.data, start, size) == 0;
}

static bool holds(struct bytes line, const char *what)
{
	size_t size = strlen(what);

	for (size_t i = 0; i + size <= line.size; i++)
		if (strncasecmp((const char *)line.data + i, what, size) == 0)
			return true;
	return false;
}

/* A header line that says attachment, in the letter or in one of its parts. */
static bool says_attachment(struct bytes line)
{
	if (begins(line, "content-disposition:"))
		return holds(line, "attachment");
	if (begins(line, "content-type:"))
		return holds(line, "application/") ||
		       holds(line, "message/rfc822") ||
		       holds(line, "audio/") || holds(line, "video/") ||
		       holds(line, "image/tif");
	if (begins(line, "begin ") && line.size > 10)
		return line.data[6] >= '0' && line.data[6] <= '7' &&
		       line.data[9] == ' ';
	/* Folded headers. */
	return line.size > 0 && (line.data[0] == ' ' || line.data[0] == '\t') &&
	       (holds(line, "filename=") || holds(line, "filename*"));
}

/* --- the subject -------------------------------------------------------- */

static int digit_of(unsigned char c, bool base64)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789+/";
	static const char hexadecimal[] = "0123456789ABCDEF";
	const char *found;

	if (c == '\0')
		return -1;
	if (base64) {
		found = strchr(digits, c);
		return found ? (int)(found - digits) : -1;
	}
	found = strchr(hexadecimal, c >= 'a' && c <= 'f' ? c - 32 : c);
	return found ? (int)(found - hexadecimal) : -1;
}

static void add_base64(struct text *text, const char *at, const char *end)
{
	unsigned bits = 0, count = 0;

	for (; at < end; at++) {
		int digit = digit_of((unsigned char)*at, true);
		if (digit < 0)
			continue;
		bits = (bits << 6 | (unsigned)digit) & 0xffff;
		count += 6;
		if (count < 8)
			continue;
		count -= 8;
		if (bits >> count & 255)
			text_add_char(text, (char)(bits >> count & 255));
	}
}

static void add_quoted(struct text *text, const char *at, const char *end)
{
	for (; at < end; at++) {
		int high = -1, low = -1;
		if (*at == '=' && end - at > 2) {
			high = digit_of((unsigned char)at[1], false);
			low = digit_of((unsigned char)at[2], false);
		}
		if (high >= 0 && low >= 0 && (high || low)) {
			text_add_char(text, (char)(high * 16 + low));
			at += 2;
		} else {
			text_add_char(text, *at == '_' ? ' ' : *at);
		}
	}
}

/* An encoded word (RFC 2047) at `at`: adds it and gives what follows it. */
static const char *add_encoded(struct text *text, const char *at)
{
	const char *kind = strchr(at + 2, '?');
	const char *end;

	if (!kind || !kind[1] || kind[2] != '?')
		return NULL;
	end = strstr(kind + 3, "?=");
	if (!end)
		return NULL;
	if (kind[1] == 'B' || kind[1] == 'b')
		add_base64(text, kind + 3, end);
	else
		add_quoted(text, kind + 3, end);
	at = end + 2;
	while (*at == ' ' || *at == '\t')
		at++;
	return strncmp(at, "=?", 2) == 0 ? at : end + 2;
}

static void decode(const char *raw, struct text *ret_text)
{
	while (*raw) {
		const char *next = NULL;
		if (raw[0] == '=' && raw[1] == '?')
			next = add_encoded(ret_text, raw);
		if (next)
			raw = next;
		else
			text_add_char(ret_text, *raw++);
	}
}

static bool subject_says_document(const struct text *raw)
{
	auto_arena *arena = arena_create(1024 * 1024);
	auto_text subject = { .limit = 4 * SUBJECT_MAX };
	char key[SYMBOL_KEY_SIZE];
	const char *folded;
	struct bytes bytes;
	size_t end;

	decode(text_string(raw), &subject);
	folded = viet_fold(text_string(&subject), arena);
	for (size_t i = 0; words[i]; i++)
		if (strstr(folded, words[i]))
			return true;
	bytes = bytes_of(text_string(&subject));
	for (size_t i = 0; i < bytes.size; i++)
		if (bytes.data[i] >= '0' && bytes.data[i] <= '9' &&
		    (i == 0 || bytes.data[i - 1] < '0' ||
		     bytes.data[i - 1] > '9') &&
		    symbol_scan(bytes, i, key, &end))
			return true;
	return false;
}

static void add_subject(struct text *subject, struct bytes part)
{
	if (subject->size + part.size > SUBJECT_MAX)
		return;
	for (size_t i = 0; i < part.size; i++)
		if (part.data[i])
			text_add_char(subject, (char)part.data[i]);
}

bool keep_has_document(struct bytes letter)
{
	struct lines lines = { letter, 0 };
	auto_text subject = { .limit = SUBJECT_MAX + 8 };
	bool in_subject = false, in_header = true;
	struct bytes line;

	while (next_line(&lines, &line)) {
		if (says_attachment(line))
			return true;
		if (line.size == 0)
			in_header = false;
		if (!in_header)
			continue;
		if (begins(line, "subject:")) {
			in_subject = true;
			add_subject(&subject, bytes_part(line, 8, line.size));
		} else if (in_subject && (line.data[0] == ' ' ||
					  line.data[0] == '\t')) {
			add_subject(&subject, line);
		} else {
			in_subject = false;
		}
	}
	return subject_says_document(&subject);
}
