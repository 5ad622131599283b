#include "viet/fold.h"
#include "base/bytes.h"
#include "base/text.h"
#include "viet/character.h"
#include <assert.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum {
	TEXT_MAX = INT32_MAX / 4
}; /* ICU counts in int32_t */

/* Characters that normalisation leaves alone whatever stands beside them. */
static bool is_settled(struct bytes text)
{
	size_t at = 0;

	while (at < text.size) {
		uint32_t character = character_read(text, &at);

		if (character >= 0x300 &&
		    (character < 0x1E00 || character >= 0x1F00) &&
		    (character < 0x2010 || character > 0x2027))
			return false;
	}
	return true;
}

/* ICU's NFC; what is not UTF-8 becomes U+FFFD. */
static char *compose(struct bytes text, struct arena *arena)
{
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
	int32_t room = (int32_t)text.size * 3 + 1;
	UChar *wide = memory_alloc(sizeof *wide * (text.size + 1));
	UChar *composed = memory_alloc(sizeof *composed * (size_t)room);
	int32_t size = 0;
	char *result;

	u_strFromUTF8WithSub(wide, (int32_t)text.size + 1, &size,
			     (const char *)text.data, (int32_t)text.size,
			     CHARACTER_BAD, NULL, &status);
	size = unorm2_normalize(nfc, wide, size, composed, room, &status);
	assert(U_SUCCESS(status));
	result = arena_alloc(arena, (size_t)size * 3 + 1);
	u_strToUTF8WithSub(result, size * 3 + 1, NULL, composed, size,
			   CHARACTER_BAD, NULL, &status);
	assert(U_SUCCESS(status));
	memory_free(wide);
	memory_free(composed);
	return result;
}

static bool is_quality_mark(uint32_t character)
{
	return character == 0x302 || character == 0x306;
}

/* The letter and the mark after it as one, when the tone came before the
 * circumflex or breve; 0 when not. */
static uint32_t join(uint32_t letter, uint32_t mark)
{
	uint32_t lower = character_lower(letter), both;

	if (!is_quality_mark(mark) || character_tone(lower) == 0)
		return 0;
	both = character_compose(lower, mark);
	if (both < 0x1EA0 || both > 0x1EF9)
		return 0;
	return letter == lower ? both : character_upper(both);
}

/* In place: every repair makes the text shorter. */
static char *repair_order(char *utf8)
{
	struct bytes text = bytes_of(utf8);
	uint32_t letter = 0;
	size_t at = 0, size = 0, letter_at = 0;
	uint32_t character, joined;

	while (at < text.size) {
		character = character_read(text, &at);
		joined = join(letter, character);
		if (joined)
			size = letter_at;
		letter = joined ? joined : character;
		letter_at = size;
		size += character_write(letter, utf8 + size);
	}
	utf8[size] = '\0';
	return utf8;
}

char *viet_normal(const char *utf8, struct arena *arena)
{
	struct bytes text = bytes_of(utf8);

	assert(text.size < TEXT_MAX);
	if (is_settled(text))
		return arena_copy(arena, utf8);
	return repair_order(compose(text, arena));
}

/* The letters of a key, lower case, marks joined, tones settled; a gap stays
 * as it is. */
static size_t read_letters(struct bytes text, uint32_t *letters)
{
	size_t at = 0, count = 0, word = 0;

	while (at < text.size) {
		uint32_t character = character_read(text, &at);
		enum character_class class = character_class_of(character);

		if (class == CHARACTER_SILENT)
			continue;
		if (class == CHARACTER_MARK) {
			if (count > word)
				letters[count - 1] = character_compose(
					letters[count - 1], character);
			continue;
		}
		if (class == CHARACTER_GAP)
			character_settle_tone(letters + word, count - word);
		letters[count++] = character == CHARACTER_BAD
					   ? ' '
					   : character_lower(character);
		if (class != CHARACTER_LETTER)
			word = count;
	}
	character_settle_tone(letters + word, count - word);
	return count;
}

/* Lower case may be one byte longer (Ⱥ, ȿ). */
static char *print_letters(const uint32_t *letters, size_t count,
			   struct arena *arena)
{
	char *result = arena_alloc(arena, count * CHARACTER_UTF8_SIZE + 1);
	size_t size = 0;

	for (size_t i = 0; i < count; i++)
		size += character_write(letters[i], result + size);
	result[size] = '\0';
	return result;
}

static size_t fold_letters(uint32_t *letters, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t base = character_base(letters[i]);

		if (!character_is_space(base))
			letters[kept++] = base;
		else if (kept > 0 && letters[kept - 1] != ' ')
			letters[kept++] = ' ';
	}
	return kept > 0 && letters[kept - 1] == ' ' ? kept - 1 : kept;
}

static uint32_t *letters_of(const char *utf8, size_t *ret_count)
{
	struct bytes text = bytes_of(utf8);
	uint32_t *letters = memory_alloc((text.size + 1) * sizeof *letters);

	*ret_count = read_letters(text, letters);
	return letters;
}

char *viet_key(const char *utf8, struct arena *arena)
{
	size_t count;
	uint32_t *letters = letters_of(utf8, &count);
	char *result = print_letters(letters, count, arena);

	memory_free(letters);
	return result;
}

char *viet_fold(const char *utf8, struct arena *arena)
{
	size_t count;
	uint32_t *letters = letters_of(utf8, &count);
	char *result;

	count = fold_letters(letters, count);
	result = print_letters(letters, count, arena);
	memory_free(letters);
	return result;
}

/* One byte that sorts as the letter does; gaps before digits before letters,
 * letters of other alphabets last. */
static char rank_of(uint32_t letter)
{
	static const uint32_t alphabet[] = U"aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";
	uint32_t toneless = character_toneless(letter);

	for (size_t i = 0; alphabet[i]; i++) {
		if (alphabet[i] == toneless)
			return (char)('A' + i);
	}
	if (character_is_digit(letter))
		return (char)letter;
	return character_class_of(letter) == CHARACTER_GAP ? '!' : '~';
}

static void add_sort_key(struct text *key, const uint32_t *letters,
			 size_t count)
{
	char other[CHARACTER_UTF8_SIZE];

	for (size_t i = 0; i < count; i++) {
		char rank = rank_of(letters[i]);

		text_add_char(key, rank);
		if (rank == '~')
			text_add_part(key, other,
				      character_write(letters[i], other));
	}
	text_add_char(key, ' ');
	for (size_t i = 0; i < count; i++)
		text_add_char(key, (char)('0' + character_tone(letters[i])));
}

char *viet_sort_key(const char *utf8, struct arena *arena)
{
	auto_text key = { 0 };
	size_t count;
	uint32_t *letters = letters_of(utf8, &count);

	add_sort_key(&key, letters, count);
	memory_free(letters);
	return arena_copy(arena, text_string(&key));
}

/* The last word first; the letters go to a new array. */
static uint32_t *put_given_name_first(const uint32_t *letters, size_t *count)
{
	uint32_t *moved = memory_alloc((*count + 2) * sizeof *moved);
	size_t end = *count, given, size = 0;

	while (end > 0 && character_is_space(letters[end - 1]))
		end--;
	given = end;
	while (given > 0 && !character_is_space(letters[given - 1]))
		given--;
	for (size_t i = given; i < end; i++)
		moved[size++] = letters[i];
	moved[size++] = ' ';
	for (size_t i = 0; i < given; i++) {
		if (!character_is_space(letters[i]) || moved[size - 1] != ' ')
			moved[size++] = letters[i];
	}
	while (size > 0 && character_is_space(moved[size - 1]))
		size--;
	*count = size;
	return moved;
}

char *viet_name_key(const char *utf8, struct arena *arena)
{
	auto_text key = { 0 };
	size_t count;
	uint32_t *letters = letters_of(utf8, &count);
	uint32_t *moved = put_given_name_first(letters, &count);

	add_sort_key(&key, moved, count);
	memory_free(moved);
	memory_free(letters);
	return arena_copy(arena, text_string(&key));
}
