#include "imap/utf7.h"
#include "base/bytes.h"
#include "base/text.h"
#include <stdint.h>
#include <string.h>

enum {
	NAME_MAX_SIZE = 1000
};

static const char alphabet[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

struct writer {
	struct text text;
	uint32_t bits;
	unsigned bit_count;
	bool shifted; /* inside &...- */
};

static void add_unit(struct writer *writer, unsigned unit)
{
	if (!writer->shifted)
		text_add_char(&writer->text, '&');
	writer->shifted = true;
	writer->bits = writer->bits << 16 | unit;
	writer->bit_count += 16;
	while (writer->bit_count >= 6) {
		writer->bit_count -= 6;
		text_add_char(&writer->text,
			      alphabet[writer->bits >> writer->bit_count & 63]);
	}
}

static void leave_shift(struct writer *writer)
{
	if (!writer->shifted)
		return;
	if (writer->bit_count > 0)
		text_add_char(&writer->text,
			      alphabet[writer->bits << (6 - writer->bit_count) &
				       63]);
	text_add_char(&writer->text, '-');
	writer->bits = 0;
	writer->bit_count = 0;
	writer->shifted = false;
}

static void add_point(struct writer *writer, uint32_t point)
{
	if (point >= 0x20 && point <= 0x7e) {
		leave_shift(writer);
		text_add_char(&writer->text, (char)point);
		if (point == '&')
			text_add_char(&writer->text, '-');
	} else if (point >= 0x10000) {
		add_unit(writer, 0xd800 + ((point - 0x10000) >> 10));
		add_unit(writer, 0xdc00 + ((point - 0x10000) & 0x3ff));
	} else {
		add_unit(writer, point);
	}
}

/* `at` is at a valid UTF-8 character. */
static uint32_t next_point(const unsigned char **at)
{
	uint32_t point = *(*at)++;
	unsigned more = point >= 0xf0 ? 3 : point >= 0xe0 ? 2
				    : point >= 0xc0	  ? 1
							  : 0;

	if (more)
		point &= 0x3fu >> more;
	while (more--)
		point = point << 6 | (*(*at)++ & 0x3fu);
	return point;
}

bool utf7_of_name(const char *name, struct arena *arena,
		  const char **ret_utf7, struct fail *why)
{
	struct writer writer = { 0 };
	const unsigned char *at = (const unsigned char *)name;

	if (*name == '\0' || strlen(name) > NAME_MAX_SIZE)
		return fail(why, FAIL_INVALID,
			    "a folder name has 1 to %d bytes", NAME_MAX_SIZE);
	if (!bytes_is_utf8(bytes_of(name)))
		return fail(why, FAIL_INVALID, "a folder name is not UTF-8");
	while (*at) {
		uint32_t point = next_point(&at);
		if (point < 0x20 || (point >= 0x7f && point <= 0x9f)) {
			text_done(&writer.text);
			return fail(why, FAIL_INVALID,
				    "a folder name holds a control character");
		}
		add_point(&writer, point);
	}
	leave_shift(&writer);
	*ret_utf7 = arena_copy(arena, text_string(&writer.text));
	text_done(&writer.text);
	return true;
}
