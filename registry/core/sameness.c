#include "core/sameness.h"
#include "base/text.h"
#include "viet/fold.h"
#include <stdint.h>
#include <string.h>
#include <strings.h>

enum {
	LETTERS_MAX = 400, /* of a text that are compared */
	CUES_MAX = 16,
	NAME_LIKE = 930,
	CUE_TEXT_MAX = 4000, /* bytes of a text that are looked at */
	SLOTS = 1024	     /* a power of two */
};

static const char *const cues[][CUES_MAX] = {
	[SAMENESS_FORWARD] = { "fwd:", "fw:", "chuyen tiep:", "tr:" },
	[SAMENESS_REPLY] = { "re:", "tra loi:", "tl:" },
	[SAMENESS_ANNEX] = { "phu luc", "bieu mau kem", "gui bo sung",
			     "bo sung tai lieu", "bo sung file", "tep kem",
			     "tai lieu kem theo", "file kem", "gui kem",
			     "dinh kem cong van", "kem theo cong van",
			     "kem theo van ban" },
	[SAMENESS_CORRECTION] = { "dinh chinh", "gui thay the", "thay the van",
				  "thay the cong van", "thay the ban",
				  "ban thay the", "thay the file", "gui lai",
				  "ban dung", "ban chinh xac", "sua loi",
				  "hieu chinh", "thay cho ban",
				  "thay cho van ban" },
	[SAMENESS_READ] = { "read:", "da doc:", "da xem:", "not read:",
			    "read receipt", "xac nhan da doc" },
	[SAMENESS_UNDELIVERED] = { "undelivered", "undeliverable",
				   "delivery status notification",
				   "mail delivery failed", "returned mail",
				   "delivery failure", "failure notice",
				   "khong gui duoc", "thu bi tra lai" },
};

static bool is_at_start(enum sameness_cue cue)
{
	return cue != SAMENESS_ANNEX && cue != SAMENESS_CORRECTION;
}

bool sameness_has_cue(const char *text, enum sameness_cue cue,
		      struct arena *arena)
{
	const char *folded;

	if (!text || !*text)
		return false;
	folded = viet_fold(arena_copy_part(arena, text,
					   strnlen(text, CUE_TEXT_MAX)),
			   arena);
	for (size_t i = 0; i < CUES_MAX && cues[cue][i]; i++) {
		const char *at = strstr(folded, cues[cue][i]);

		if (at && (at == folded || !is_at_start(cue)))
			return true;
	}
	return false;
}

static size_t prefix_size(const char *subject)
{
	static const char *const prefixes[] = {
		"re:",
		"fw:",
		"fwd:",
		"tr:",
		"tl:",
		"Chuyển tiếp:",
		"Trả lời:",
		"Đã đọc:",
		"Đã xem:",
		"read:",
		"not read:",
		"undelivered:",
		"undeliverable:",
	};

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t size = strlen(prefixes[i]);

		if (strncasecmp(subject, prefixes[i], size) == 0)
			return size;
	}
	if (*subject == '[' && strchr(subject, ']') &&
	    strcspn(subject, "]") < 30)
		return strcspn(subject, "]") + 1;
	return 0;
}

const char *sameness_bare_subject(const char *subject)
{
	size_t size;

	if (!subject)
		return "";
	for (;;) {
		subject += strspn(subject, " \t");
		size = prefix_size(subject);
		if (!size)
			return subject;
		subject += size;
	}
}

/* Folded, with the words that people shorten written out as one of them. */
static const char *level(const char *text, struct arena *arena)
{
	static const struct {
		const char *word, *instead;
	} words[] = {
		{ "uy ban nhan dan", "ubnd" },
		{ "hoi dong nhan dan", "hdnd" },
		{ "thanh pho ho chi minh", "tphcm" },
		{ "tp. ho chi minh", "tphcm" },
		{ "tp.hcm", "tphcm" },
		{ "thanh pho", "tp" },
		{ "nong nghiep va phat trien nong thon", "nnptnt" },
		{ "nong nghiep va ptnt", "nnptnt" },
		{ "van phong", "vp" },
	};
	const char *at = viet_fold(text, arena);
	auto_text result = { 0 };

	while (*at && result.size < LETTERS_MAX) {
		size_t i = 0, count = sizeof(words) / sizeof(words[0]);

		while (i < count && strncmp(at, words[i].word,
					    strlen(words[i].word)) != 0)
			i++;
		if (i < count) {
			text_add(&result, words[i].instead);
			at += strlen(words[i].word);
		} else {
			text_add_char(&result, *at++);
		}
	}
	return arena_copy(arena, text_string(&result));
}

static uint32_t triple(const char *at)
{
	return ((uint32_t)(unsigned char)at[0] << 16 |
		(uint32_t)(unsigned char)at[1] << 8 |
		(uint32_t)(unsigned char)at[2]) *
		       2654435761u >>
	       22;
}

/* Dice's measure over letter triples; a shared slot of the table is close
 * enough. */
static int dice(const char *a, const char *b, struct arena *arena)
{
	int *slots = arena_array(arena, SLOTS, sizeof(*slots));
	size_t size_a = strlen(a), size_b = strlen(b);
	size_t shared = 0;

	for (size_t i = 0; i + 3 <= size_a; i++)
		slots[triple(a + i) % SLOTS]++;
	for (size_t i = 0; i + 3 <= size_b; i++) {
		int *slot = &slots[triple(b + i) % SLOTS];

		if (*slot > 0) {
			(*slot)--;
			shared++;
		}
	}
	if (size_a < 3 || size_b < 3)
		return 0;
	return (int)(2000 * shared / (size_a - 2 + size_b - 2));
}

int sameness_of(const char *a, const char *b, struct arena *arena)
{
	if (!a || !b || !*a || !*b)
		return 0;
	a = level(a, arena);
	b = level(b, arena);
	if (strcmp(a, b) == 0)
		return 1000;
	return dice(a, b, arena);
}

static bool begins(const char *name, const char *with)
{
	size_t size = strlen(with);

	return strncmp(name, with, size) == 0 &&
	       (name[size] == '\0' || name[size] == ' ');
}

bool sameness_is_name(const char *a, const char *b, struct arena *arena)
{
	if (!a || !b || !*a || !*b)
		return false;
	a = level(a, arena);
	b = level(b, arena);
	return begins(a, b) || begins(b, a) || dice(a, b, arena) >= NAME_LIKE;
}
