#include "viet/encoding.h"
#include "base/text.h"
#include "viet/character.h"
#include "viet/charset.h"
#include "viet/fold.h"
#include "viet/syllable.h"
#include <string.h>
#include <unicode/ucnv.h>

enum {
	MARGIN = 150, /* by which a guess must beat what came before it */
	ALL_LEGAL = 1000,
	GOOD = 500, /* what an old encoding must score to be believed */
	NAME_MAX_SIZE = 40,
	SUBSET_SIZE = 6, /* letters of "ABCDEF+" */
	BYTES_MAX = 16 << 20,
	LOOKED_AT_MAX = 16384
};

static struct bytes bytes_of_text(const struct text *text)
{
	return bytes_of(text_string(text));
}

static int score_of(enum charset charset, struct bytes bytes)
{
	auto_text text = { 0 };

	if (bytes.size > LOOKED_AT_MAX)
		bytes.size = LOOKED_AT_MAX;
	charset_read(charset, bytes, &text);
	return syllable_score(bytes_of_text(&text));
}

/* The old encoding that reads best as Vietnamese, when it does so clearly
 * better than the score given; CHARSET_COUNT when none does. What is made of
 * syllables only stays: "Bé" is not meant to be "Bộ". */
static enum charset guess_old(struct bytes bytes, int score)
{
	static const enum charset old[] = { CHARSET_TCVN3, CHARSET_VNI };
	enum charset best = CHARSET_COUNT;

	if (score >= ALL_LEGAL)
		return CHARSET_COUNT;
	for (size_t i = 0; i < sizeof old / sizeof old[0]; i++) {
		int own = score_of(old[i], bytes);

		if (own >= GOOD && own >= score + MARGIN) {
			best = old[i];
			score = own;
		}
	}
	return best;
}

static char *read_as(enum charset charset, struct bytes bytes,
		     struct arena *arena)
{
	auto_text text = { .limit = (size_t)BYTES_MAX * 4 };

	charset_read(charset, bytes, &text);
	return viet_normal(text_string(&text), arena);
}

/* The bytes that windows-1252 has for this text; false when it has not. */
static bool to_1252(struct bytes utf8, struct text *ret_bytes)
{
	size_t at = 0;
	bool is_plain = true;

	while (at < utf8.size) {
		int byte = charset_byte_1252(character_read(utf8, &at));

		if (byte < 0)
			return false;
		is_plain &= byte < 0x80;
		text_add_char(ret_bytes, (char)byte);
	}
	return !is_plain;
}

/* Whether what looks like UTF-8 holds only what such text would hold. */
static bool is_latin(struct bytes utf8)
{
	size_t at = 0;

	while (at < utf8.size) {
		uint32_t character = character_read(utf8, &at);

		if (character >= 0x80 && character < 0xA0)
			return false;
		if (character >= 0x370 &&
		    !(character >= 0x1E00 && character < 0x1F00) &&
		    !(character >= 0x2010 && character < 0x2070))
			return false;
	}
	return true;
}

char *viet_repair(const char *utf8, struct arena *arena, bool *ret_repaired)
{
	auto_text raw = { .limit = (size_t)BYTES_MAX };
	struct bytes text = bytes_of(utf8), bytes;
	enum charset old;
	int score;

	if (ret_repaired)
		*ret_repaired = false;
	if (!to_1252(text, &raw))
		return viet_normal(utf8, arena);
	bytes = bytes_of_text(&raw);
	score = syllable_score(text);
	if (bytes_is_utf8(bytes) && is_latin(bytes) &&
	    syllable_score(bytes) >= score) {
		if (ret_repaired)
			*ret_repaired = true;
		return viet_normal(text_string(&raw), arena);
	}
	old = guess_old(bytes, score);
	if (old == CHARSET_COUNT)
		return viet_normal(utf8, arena);
	if (ret_repaired)
		*ret_repaired = true;
	return read_as(old, bytes, arena);
}

enum charset viet_old_encoding(const char *utf8)
{
	auto_text raw = { .limit = (size_t)BYTES_MAX };
	enum charset old;

	if (!to_1252(bytes_of(utf8), &raw))
		return CHARSET_UTF8;
	old = guess_old(bytes_of_text(&raw), syllable_score(bytes_of(utf8)));
	return old == CHARSET_COUNT ? CHARSET_UTF8 : old;
}

char *viet_from_encoding(const char *utf8, enum charset encoding,
			 struct arena *arena)
{
	auto_text raw = { .limit = (size_t)BYTES_MAX };

	if (encoding == CHARSET_UTF8 || !to_1252(bytes_of(utf8), &raw))
		return viet_normal(utf8, arena);
	return read_as(encoding, bytes_of_text(&raw), arena);
}

/* Into what the font's capitals show. */
static char *shout(const char *utf8, struct arena *arena)
{
	auto_text text = { 0 };
	struct bytes bytes = bytes_of(utf8);
	char character[CHARACTER_UTF8_SIZE];
	size_t at = 0;

	while (at < bytes.size)
		text_add_part(&text, character,
			      character_write(character_upper(character_read(
						      bytes, &at)),
					      character));
	return arena_copy(arena, text_string(&text));
}

/* Past the tag of a subset. */
static const char *name_of_font(const char *font)
{
	for (size_t i = 0; i < SUBSET_SIZE; i++) {
		if (font[i] < 'A' || font[i] > 'Z')
			return font;
	}
	return font[SUBSET_SIZE] == '+' ? font + SUBSET_SIZE + 1 : font;
}

enum charset viet_font_encoding(const char *font_name)
{
	const char *name = name_of_font(font_name);

	if (strncasecmp(name, "VNI-", 4) == 0 ||
	    strncasecmp(name, "VNI ", 4) == 0 ||
	    (strncmp(name, "VNI", 3) == 0 && name[3] >= 'A' && name[3] <= 'Z'))
		return CHARSET_VNI;
	if (strncasecmp(name, ".Vn", 3) == 0)
		return CHARSET_TCVN3;
	/* writers of PDF leave the dot out */
	if (strncmp(name, "Vn", 2) == 0 && name[2] >= 'A' && name[2] <= 'Z')
		return CHARSET_TCVN3;
	return CHARSET_UTF8;
}

/* Whether the font shows capitals for small letters: ".VnTimeH,Bold". */
static bool is_capitals_font(const char *font)
{
	const char *name = name_of_font(font);
	size_t size = strcspn(name, ",-");

	return size > 3 && name[size - 1] == 'H';
}

char *viet_from_font(const char *utf8, const char *font, struct arena *arena)
{
	enum charset charset = viet_font_encoding(font);
	char *text = viet_from_encoding(utf8, charset, arena);

	if (charset == CHARSET_TCVN3 && is_capitals_font(font))
		return shout(text, arena);
	return text;
}

/* Of other alphabets: whatever ICU knows by that name. NULL when it does not,
 * or the bytes are not of it. */
static char *read_foreign(const char *name, struct bytes bytes,
			  struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	UConverter *converter;
	int32_t room = (int32_t)bytes.size * 3 + 16, size;
	char *utf8 = NULL;

	if (strlen(name) >= NAME_MAX_SIZE ||
	    strspn(name,
		   "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		   "0123456789-_.:") != strlen(name))
		return NULL;
	converter = ucnv_open(name, &status);
	if (U_FAILURE(status))
		return NULL;
	utf8 = memory_alloc((size_t)room + 1);
	size = ucnv_toAlgorithmic(UCNV_UTF8, converter, utf8, room,
				  (const char *)bytes.data,
				  (int32_t)bytes.size, &status);
	ucnv_close(converter);
	if (U_SUCCESS(status)) {
		char *result;

		for (int32_t i = 0; i < size; i++) {
			if (utf8[i] == '\0')
				utf8[i] = ' ';
		}
		utf8[size] = '\0';
		result = viet_normal(utf8, arena);
		memory_free(utf8);
		return result;
	}
	memory_free(utf8);
	return NULL;
}

static bool is_plain(struct bytes bytes)
{
	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.data[i] >= 0x80 || bytes.data[i] == 0 ||
		    bytes.data[i] == 0x1B)
			return false;
	}
	return true;
}

/* Charsets whose text looks like plain ASCII. */
static bool hides_in_plain(const char *name)
{
	static const char *const hidden[] = {
		"utf-7",
		"utf7",
		"utf-16",
		"utf16",
		"utf-32",
		"utf32",
		"ucs-2",
		"iso-2022",
		"hz",
	};

	for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++) {
		if (strncasecmp(name, hidden[i], strlen(hidden[i])) == 0)
			return true;
	}
	return false;
}

/* UTF-16 that says so by its first two bytes. */
static const char *mark_of(struct bytes bytes)
{
	if (bytes.size < 2)
		return NULL;
	if (bytes.data[0] == 0xFF && bytes.data[1] == 0xFE)
		return "UTF-16LE";
	return bytes.data[0] == 0xFE && bytes.data[1] == 0xFF ? "UTF-16BE"
							      : NULL;
}

/* Between the charsets of one byte: what was declared wins unless another
 * reads clearly better. */
static char *guess(struct bytes bytes, enum charset declared,
		   struct arena *arena, bool *ret_sure)
{
	int score_1258 = score_of(CHARSET_1258, bytes);
	enum charset best = declared;
	int score;
	enum charset old;

	if (declared == CHARSET_COUNT || declared == CHARSET_UTF8)
		best = score_1258 > score_of(CHARSET_1252, bytes)
			       ? CHARSET_1258
			       : CHARSET_1252;
	score = score_of(best, bytes);
	*ret_sure = best == declared && score >= 0;
	if (best == CHARSET_1252 && score_1258 >= GOOD &&
	    score_1258 >= score + MARGIN) {
		best = CHARSET_1258;
		score = score_1258;
		*ret_sure = false;
	}
	old = best == CHARSET_VISCII && score > 0 ? CHARSET_COUNT
						  : guess_old(bytes, score);
	if (old != CHARSET_COUNT && old != best) {
		best = old;
		*ret_sure = false;
	}
	return read_as(best, bytes, arena);
}

/* A few characters cut off or damaged do not make UTF-8 something else. */
static bool is_nearly_utf8(struct bytes bytes)
{
	size_t at = 0, good = 0, bad = 0;

	while (at < bytes.size) {
		uint32_t character = character_read(bytes, &at);

		if (character == CHARACTER_BAD)
			bad++;
		else if (character >= 0x80)
			good++;
	}
	return good > bad * 4;
}

static char *read_utf8(struct bytes bytes, bool is_repairable,
		       struct arena *arena, bool *ret_sure)
{
	char *utf8 = read_as(CHARSET_UTF8, bytes, arena);
	bool repaired = false;
	char *result;

	if (!is_repairable)
		return utf8;
	result = viet_repair(utf8, arena, &repaired);
	if (repaired)
		*ret_sure = false;
	return result;
}

/* U+FEFF in front says how the bytes are to be read and is not text. */
static char *without_mark(char *utf8)
{
	return strncmp(utf8, "\uFEFF", 3) == 0 ? utf8 + 3 : utf8;
}

/* Strict, but NUL is the caller's. */
static bool is_utf8(struct bytes bytes)
{
	size_t at = 0;

	while (at < bytes.size) {
		size_t start = at;

		if (character_read(bytes, &at) == CHARACTER_BAD &&
		    at == start + 1)
			return false;
	}
	return true;
}

static char *decode(struct bytes bytes, const char *name, struct arena *arena,
		    bool *ret_sure)
{
	enum charset declared = name ? charset_find(name) : CHARSET_COUNT;
	char *foreign;

	if (mark_of(bytes))
		name = mark_of(bytes);
	if (name && (mark_of(bytes) || hides_in_plain(name))) {
		foreign = read_foreign(name, bytes, arena);
		if (foreign)
			return foreign;
	}
	if (is_plain(bytes))
		return arena_copy_part(arena, (const char *)bytes.data,
				       bytes.size);
	if (is_utf8(bytes))
		return read_utf8(bytes, true, arena, ret_sure);
	if (name && declared == CHARSET_COUNT) {
		foreign = read_foreign(name, bytes, arena);
		if (foreign && score_of(CHARSET_UTF8, bytes_of(foreign)) >= 0)
			return foreign;
	}
	if (declared == CHARSET_UTF8 || is_nearly_utf8(bytes)) {
		*ret_sure = false;
		if (is_nearly_utf8(bytes))
			return read_utf8(bytes, false, arena, ret_sure);
	}
	return guess(bytes, declared, arena, ret_sure);
}

char *viet_from_charset(struct bytes bytes, const char *declared,
			struct arena *arena, bool *ret_sure)
{
	bool is_sure = true;
	char *result;

	if (bytes.size > BYTES_MAX)
		bytes.size = BYTES_MAX;
	result = bytes.size > 0 ? decode(bytes, declared, arena, &is_sure)
				: arena_copy(arena, "");
	if (ret_sure)
		*ret_sure = is_sure;
	return without_mark(result);
}
