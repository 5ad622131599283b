#include "viet/character.h"
#include <uchar.h>

struct range {
	uint32_t first, last;
	enum character_class class;
};

/* What is not here is a letter. Sorted. */
static const struct range ranges[] = {
	{ 0x00, 0x00, CHARACTER_GAP },
	{ 0x02, 0x2F, CHARACTER_GAP },
	{ 0x3A, 0x40, CHARACTER_GAP },
	{ 0x5B, 0x60, CHARACTER_GAP },
	{ 0x7B, 0xA9, CHARACTER_GAP },
	{ 0xAB, 0xAC, CHARACTER_GAP },
	{ 0xAD, 0xAD, CHARACTER_SILENT },
	{ 0xAE, 0xB9, CHARACTER_GAP },
	{ 0xBB, 0xBF, CHARACTER_GAP },
	{ 0xD7, 0xD7, CHARACTER_GAP },
	{ 0xF7, 0xF7, CHARACTER_GAP },
	{ 0x300, 0x36F, CHARACTER_MARK },
	{ 0x37E, 0x37E, CHARACTER_GAP },
	{ 0x483, 0x489, CHARACTER_MARK },
	{ 0x1AB0, 0x1AFF, CHARACTER_MARK },
	{ 0x1DC0, 0x1DFF, CHARACTER_MARK },
	{ 0x2000, 0x200A, CHARACTER_GAP },
	{ 0x200B, 0x200F, CHARACTER_SILENT },
	{ 0x2010, 0x2029, CHARACTER_GAP },
	{ 0x202A, 0x202E, CHARACTER_SILENT },
	{ 0x202F, 0x205F, CHARACTER_GAP },
	{ 0x2060, 0x206F, CHARACTER_SILENT },
	{ 0x2070, 0x20CF, CHARACTER_GAP },
	{ 0x20D0, 0x20FF, CHARACTER_MARK },
	{ 0x2100, 0x2BFF, CHARACTER_GAP },
	{ 0x2E00, 0x2E7F, CHARACTER_GAP },
	{ 0x2E80, 0x2FDF, CHARACTER_ALONE },
	{ 0x2FF0, 0x3004, CHARACTER_GAP },
	{ 0x3005, 0x3007, CHARACTER_ALONE },
	{ 0x3008, 0x3040, CHARACTER_GAP },
	{ 0x3041, 0x30FF, CHARACTER_ALONE },
	{ 0x3400, 0x4DBF, CHARACTER_ALONE },
	{ 0x4E00, 0x9FFF, CHARACTER_ALONE },
	{ 0xD800, 0xF8FF, CHARACTER_GAP },
	{ 0xF900, 0xFAFF, CHARACTER_ALONE },
	{ 0xFE00, 0xFE0F, CHARACTER_SILENT },
	{ 0xFE10, 0xFE1F, CHARACTER_GAP },
	{ 0xFE20, 0xFE2F, CHARACTER_MARK },
	{ 0xFE30, 0xFE6F, CHARACTER_GAP },
	{ 0xFEFF, 0xFEFF, CHARACTER_SILENT },
	{ 0xFF00, 0xFF0F, CHARACTER_GAP },
	{ 0xFF1A, 0xFF20, CHARACTER_GAP },
	{ 0xFF3B, 0xFF40, CHARACTER_GAP },
	{ 0xFF5B, 0xFF65, CHARACTER_GAP },
	{ 0xFFE0, 0xFFFF, CHARACTER_GAP },
	{ 0x1F000, 0x1FAFF, CHARACTER_GAP },
	{ 0x20000, 0x3FFFF, CHARACTER_ALONE },
	{ 0xE0000, 0x10FFFF, CHARACTER_SILENT },
};

enum {
	RANGE_COUNT = sizeof ranges / sizeof ranges[0]
};

/* Without tone, huyền, hỏi, ngã, sắc, nặng. */
static const char16_t toned[][7] = {
	u"aàảãáạ",
	u"ăằẳẵắặ",
	u"âầẩẫấậ",
	u"eèẻẽéẹ",
	u"êềểễếệ",
	u"iìỉĩíị",
	u"oòỏõóọ",
	u"ôồổỗốộ",
	u"ơờởỡớợ",
	u"uùủũúụ",
	u"ưừửữứự",
	u"yỳỷỹýỵ",
};

enum {
	VOWEL_COUNT = sizeof toned / sizeof toned[0]
};

static bool is_continuation(struct bytes text, size_t at)
{
	return at < text.size && (text.data[at] & 0xC0) == 0x80;
}

/* The bytes of the sequence that starts at `at`; 0 when it is none. */
static size_t sequence_size(struct bytes text, size_t at)
{
	unsigned char lead = text.data[at];
	unsigned char second = at + 1 < text.size ? text.data[at + 1] : 0;
	size_t size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3
						    : 4;

	if (lead < 0xC2 || lead > 0xF4)
		return 0;
	for (size_t i = 1; i < size; i++) {
		if (!is_continuation(text, at + i))
			return 0;
	}
	if ((lead == 0xE0 && second < 0xA0) ||
	    (lead == 0xED && second > 0x9F) ||
	    (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
		return 0;
	return size;
}

uint32_t character_read(struct bytes text, size_t *at)
{
	unsigned char lead = text.data[*at];
	uint32_t character;
	size_t size;

	if (lead < 0x80) {
		++*at;
		return lead;
	}
	size = sequence_size(text, *at);
	if (size == 0) {
		++*at;
		return CHARACTER_BAD;
	}
	character = lead & (0x7Fu >> size);
	for (size_t i = 1; i < size; i++)
		character = character << 6 | (text.data[*at + i] & 0x3Fu);
	*at += size;
	return character;
}

size_t character_write(uint32_t character, char ret_utf8[CHARACTER_UTF8_SIZE])
{
	static const unsigned char leads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
	size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3
								  : 4;

	if (character < 0x80) {
		ret_utf8[0] = (char)character;
		return 1;
	}
	for (size_t i = size - 1; i > 0; i--) {
		ret_utf8[i] = (char)(0x80u | (character & 0x3Fu));
		character >>= 6;
	}
	ret_utf8[0] = (char)(leads[size] | character);
	return size;
}

static bool is_ascii_letter(uint32_t character)
{
	return (character | 0x20) >= 'a' && (character | 0x20) <= 'z';
}

enum character_class character_class_of(uint32_t character)
{
	size_t low = 0, high = RANGE_COUNT;

	if (is_ascii_letter(character) || character_is_digit(character) ||
	    (character >= 0x1E00 && character < 0x1F00) ||
	    (character >= 0xF8 && character < 0x300))
		return CHARACTER_LETTER;
	if (character < 0x80 && character != 1)
		return CHARACTER_GAP;
	while (low < high) {
		size_t middle = (low + high) / 2;

		if (character > ranges[middle].last)
			low = middle + 1;
		else if (character < ranges[middle].first)
			high = middle;
		else
			return ranges[middle].class;
	}
	return CHARACTER_LETTER;
}

static const struct character_row *row_of(uint32_t character)
{
	if (character >= 0xC0 && character < 0x250)
		return &character_rows[character - 0xC0];
	if (character >= 0x1E00 && character < 0x1F00)
		return &character_rows[character - 0x1E00 + 0x190];
	return NULL;
}

uint32_t character_lower(uint32_t character)
{
	const struct character_row *row = row_of(character);

	if (row)
		return row->lower;
	if (character == 0x256) /* ɖ, whose capital is taken for Đ */
		return 0x111;
	if ((character >= 'A' && character <= 'Z') ||
	    (character >= 0x391 && character <= 0x3A9) ||
	    (character >= 0x410 && character <= 0x42F) ||
	    (character >= 0xFF21 && character <= 0xFF3A))
		return character + 0x20;
	if (character >= 0x400 && character <= 0x40F)
		return character + 0x50;
	return character;
}

bool character_is_upper(uint32_t character)
{
	return character_lower(character) != character;
}

uint32_t character_upper(uint32_t character)
{
	uint32_t before = character - 1;

	if ((character >= 'a' && character <= 'z') ||
	    (character >= 0xE0 && character <= 0xFE && character != 0xF7))
		return character - 0x20;
	return row_of(character) && row_of(before) &&
			       row_of(before)->lower == character
		       ? before
		       : character;
}

bool character_is_space(uint32_t character)
{
	return (character >= 9 && character <= 13) || character == ' ' ||
	       character == 0x85 || character == 0xA0 || character == 0x1680 ||
	       (character >= 0x2000 && character <= 0x200A) ||
	       character == 0x2028 || character == 0x2029 ||
	       character == 0x202F || character == 0x205F ||
	       character == 0x3000;
}

bool character_is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

uint32_t character_base(uint32_t lower)
{
	const struct character_row *row = row_of(lower);

	return row ? row->base : lower;
}

uint32_t character_toneless(uint32_t lower)
{
	const struct character_row *row = row_of(lower);

	return row ? row->toneless : lower;
}

unsigned character_tone(uint32_t lower)
{
	const struct character_row *row = row_of(lower);

	return row ? row->tone : 0;
}

/* The vowel's line in `toned`; VOWEL_COUNT when it is none. */
static size_t vowel_of(uint32_t toneless)
{
	size_t i = 0;

	while (i < VOWEL_COUNT && toned[i][0] != toneless)
		i++;
	return i;
}

uint32_t character_with_tone(uint32_t toneless, unsigned tone)
{
	size_t vowel = vowel_of(toneless);

	return vowel < VOWEL_COUNT && tone < 6 ? toned[vowel][tone] : toneless;
}

static unsigned tone_of_mark(uint32_t mark)
{
	switch (mark) {
	case 0x300:
	case 0x340:
		return 1;
	case 0x309:
		return 2;
	case 0x303:
		return 3;
	case 0x301:
	case 0x341:
		return 4;
	case 0x323:
		return 5;
	default:
		return 0;
	}
}

static uint32_t find_pair(uint32_t letter, uint32_t mark)
{
	size_t low = 0, high = CHARACTER_PAIR_COUNT;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct character_pair *pair = &character_pairs[middle];

		if (pair->letter == letter && pair->mark == mark)
			return pair->both;
		if (pair->letter < letter ||
		    (pair->letter == letter && pair->mark < mark))
			low = middle + 1;
		else
			high = middle;
	}
	return letter;
}

uint32_t character_compose(uint32_t lower, uint32_t mark)
{
	uint32_t toneless = character_toneless(lower);
	unsigned tone = tone_of_mark(mark);
	uint32_t both;

	if (vowel_of(toneless) == VOWEL_COUNT)
		return find_pair(lower, mark);
	if (tone > 0) /* of two tones the last one counts */
		return character_with_tone(toneless, tone);
	both = find_pair(toneless, mark);
	return character_with_tone(both, character_tone(lower));
}

void character_settle_tone(uint32_t *word, size_t count)
{
	uint32_t first, last;
	unsigned tone;

	if (count < 2)
		return;
	first = word[count - 2];
	tone = character_tone(word[count - 1]);
	last = character_toneless(word[count - 1]);
	if (tone == 0)
		return;
	if (!(first == 'o' && (last == 'a' || last == 'e')) &&
	    !(first == 'u' && last == 'y' &&
	      (count < 3 || word[count - 3] != 'q')))
		return;
	word[count - 2] = character_with_tone(first, tone);
	word[count - 1] = last;
}
