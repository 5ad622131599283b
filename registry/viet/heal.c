#include "viet/heal.h"
#include "base/bytes.h"
#include "base/text.h"
#include "viet/character.h"
#include "viet/syllable.h"
#include <string.h>

enum {
	LETTERS_MAX = 8, /* of the longest syllable, with one to spare */
	PARTS_MAX = 3,	 /* that one word may be in */
	TORN_LEAST = 3,	 /* words, before anything is done */
	TORN_SHARE = 20, /* one of so many words, too */
	LOOKED_AT_MAX = 1 << 20
};

/* A run of letters, or one other character. */
struct part {
	size_t start, end; /* bytes */
	uint32_t letters[LETTERS_MAX];
	size_t count;
	bool is_word;
};

struct reader {
	struct bytes text;
	size_t at;
};

static bool is_letter(uint32_t character)
{
	return character_class_of(character) == CHARACTER_LETTER &&
	       !character_is_digit(character);
}

static bool read_part(struct reader *reader, struct part *part)
{
	*part = (struct part){ .start = reader->at };
	while (reader->at < reader->text.size) {
		size_t before = reader->at;
		uint32_t character = character_read(reader->text, &reader->at);

		if (!is_letter(character)) {
			if (part->is_word)
				reader->at = before;
			break;
		}
		part->is_word = true;
		if (part->count < LETTERS_MAX)
			part->letters[part->count] =
				character_lower(character);
		part->count++;
	}
	part->end = reader->at;
	return part->end > part->start;
}

static bool is_legal(const struct part *part)
{
	return part->is_word && part->count < LETTERS_MAX &&
	       syllable_is_legal(part->letters, part->count);
}

static bool is_small(struct bytes text, const struct part *part)
{
	size_t at = part->start;

	return part->is_word && !character_is_upper(character_read(text, &at));
}

/* clang-format off */
/* Words that begin with a vowel and stand alone. */
static const uint32_t *const vowel_words[] = {
	U"an", U"anh", U"ao", U"ai", U"em", U"en", U"im", U"in", U"oan", U"ong",
	U"oi", U"oanh", U"um", U"ung", U"y", U"i", U"a", U"o", U"u", U"e",
	U"yên", U"yêu", U"uyên", U"êm", U"ê", U"ô", U"ôm", U"ôn", U"ông",
	U"ơ", U"ơi", U"ơn", U"ưng", U"ưu", U"ư", U"ăn", U"âm", U"ân",
	U"á", U"à", U"ạ", U"ả", U"ác", U"ách", U"ái", U"ải", U"ám", U"án",
	U"ánh", U"ảnh", U"áo", U"ảo", U"áp", U"át", U"ạt", U"ấm", U"ẩm",
	U"ấn", U"ẩn", U"ấp", U"ấy", U"ắt", U"ẵm", U"ém", U"ép", U"ế", U"ếch",
	U"ích", U"ít", U"ỉm", U"ốc", U"ốm", U"ồn", U"ổn", U"ổ", U"ống", U"ổi",
	U"ồ", U"ờ", U"ở", U"ớt", U"ú", U"ủ", U"úp", U"út", U"ủng", U"úng",
	U"ùn", U"ủi", U"uất", U"uẩn", U"uống", U"uốn", U"ủy", U"uỷ", U"uy",
	U"úy", U"uý", U"ức", U"ứng", U"ước", U"ươm", U"ướt", U"ưa", U"ý",
	U"ỷ", U"yếm", U"yếu", U"yết", U"yến", U"oán", U"oai", U"oái",
};
/* clang-format on */

static bool is_word(const struct part *part, const uint32_t *word)
{
	size_t at = 0;

	while (at < part->count && word[at] == part->letters[at])
		at++;
	return at == part->count && word[at] == 0;
}

/* The rest of a word, such as "ết" of "tiết": a syllable, but nobody's. */
static bool is_rest(const struct part *part)
{
	static const uint32_t vowels[] = U"aeiouy";

	for (size_t i = 0; vowels[i]; i++) {
		if (character_base(part->letters[0]) != vowels[i])
			continue;
		for (size_t j = 0;
		     j < sizeof vowel_words / sizeof vowel_words[0]; j++) {
			if (is_word(part, vowel_words[j]))
				return false;
		}
		return true;
	}
	return false;
}

/* Adds the letters of a part behind another's. */
static bool append(struct part *whole, const struct part *part)
{
	if (whole->count + part->count >= LETTERS_MAX)
		return false;
	for (size_t i = 0; i < part->count; i++)
		whole->letters[whole->count++] = part->letters[i];
	whole->end = part->end;
	return true;
}

/* The next word behind one blank, in small letters; false when something else
 * comes. */
static bool read_next(struct reader *reader, struct part *part)
{
	if (reader->at >= reader->text.size ||
	    reader->text.data[reader->at] != ' ')
		return false;
	reader->at++;
	return read_part(reader, part) && is_small(reader->text, part);
}

/* Whether a word and those behind it are the pieces of one. Moves past
 * them. */
static bool join(struct reader *reader, struct part *first, bool is_torn_text)
{
	struct reader look = *reader;
	struct part whole = *first, next;
	bool is_torn = !is_legal(first);

	for (size_t i = 1; i < PARTS_MAX; i++) {
		if (!read_next(&look, &next) || !append(&whole, &next))
			return false;
		is_torn |= !is_legal(&next) || (is_torn_text && is_rest(&next));
		if (is_torn && is_legal(&whole)) {
			*first = whole;
			*reader = look;
			return true;
		}
	}
	return false;
}

/* Goes over the text; adds it to *healed unless that is NULL. The number of
 * words that were torn; *ret_words: of all. */
static size_t go_over(struct bytes text, struct text *healed,
		      size_t *ret_words)
{
	struct reader reader = { .text = text };
	struct part part;
	size_t torn = 0;

	*ret_words = 0;
	while (read_part(&reader, &part)) {
		size_t start = part.start;
		bool is_joined = part.is_word &&
				 join(&reader, &part, healed != NULL);

		torn += is_joined;
		*ret_words += part.is_word;
		for (size_t i = start; healed && i < part.end; i++) {
			if (!is_joined || text.data[i] != ' ')
				text_add_char(healed, (char)text.data[i]);
		}
		if (!healed && reader.at > LOOKED_AT_MAX)
			break;
	}
	return torn;
}

char *viet_heal(const char *utf8, struct arena *arena, bool *ret_healed)
{
	struct bytes text = bytes_of(utf8);
	auto_text healed = { 0 };
	size_t words, torn = go_over(text, NULL, &words);
	bool is_torn = torn >= TORN_LEAST && torn * TORN_SHARE >= words;

	if (ret_healed)
		*ret_healed = is_torn;
	if (!is_torn)
		return arena_copy(arena, utf8);
	(void)go_over(text, &healed, &words);
	return arena_copy(arena, text_string(&healed));
}
