#include "viet/word.h"
#include "viet/character.h"
#include "viet/symbol.h"
#include <string.h>

enum {
	LETTERS_MAX = 62,  /* of a word that are looked at */
	CONFUSABLE_MAX = 7 /* letters of the longest syllable, "nghieng" */
};

struct letters {
	uint32_t at[LETTERS_MAX];
	size_t count;
};

struct word_reader word_reader_of(struct bytes text)
{
	return (struct word_reader){ .text = text };
}

static void letters_add(struct letters *letters, uint32_t character)
{
	if (letters->count < LETTERS_MAX)
		letters->at[letters->count++] = character_lower(character);
}

/* From reader->at over one word; letters is empty at the end of the text. */
static void read_word(struct word_reader *reader, struct letters *letters,
		      struct word *word)
{
	while (reader->at < reader->text.size) {
		size_t start = reader->at;
		uint32_t character = character_read(reader->text, &reader->at);
		enum character_class class = character_class_of(character);

		if (class == CHARACTER_SILENT)
			continue;
		if (class == CHARACTER_MARK && letters->count > 0) {
			uint32_t *last = &letters->at[letters->count - 1];

			*last = character_compose(*last, character);
		} else if (class == CHARACTER_LETTER) {
			if (letters->count == 0)
				word->start = start;
			letters_add(letters, character);
		} else if (letters->count > 0) {
			reader->at = start;
			return;
		} else if (class == CHARACTER_ALONE) {
			word->start = start;
			word->end = reader->at;
			letters_add(letters, character);
			return;
		} else {
			continue;
		}
		word->end = reader->at;
	}
}

static size_t token_add(char token[WORD_SIZE], size_t size, uint32_t character)
{
	char utf8[CHARACTER_UTF8_SIZE];
	size_t more = character_write(character, utf8);

	if (size + more >= WORD_SIZE)
		return size;
	memcpy(token + size, utf8, more);
	token[size + more] = '\0';
	return size + more;
}

static bool is_number(const struct letters *letters)
{
	for (size_t i = 0; i < letters->count; i++) {
		if (!character_is_digit(letters->at[i]))
			return false;
	}
	return true;
}

/* "mua" may be meant without diacritics: its exact form is told apart from
 * the folded form of "mùa" by a sign in front. */
static bool is_confusable(const struct letters *letters)
{
	if (letters->count > CONFUSABLE_MAX)
		return false;
	for (size_t i = 0; i < letters->count; i++) {
		if (letters->at[i] < 'a' || letters->at[i] > 'z')
			return false;
	}
	return true;
}

static void print_tokens(const struct letters *letters, struct word *word)
{
	size_t exact = 0, folded = 0, i = 0;

	word->exact[0] = word->folded[0] = word->whole[0] = '\0';
	if (is_confusable(letters))
		exact = token_add(word->exact, exact, '=');
	for (i = 0; i < letters->count; i++)
		exact = token_add(word->exact, exact, letters->at[i]);
	i = 0;
	while (is_number(letters) && i + 1 < letters->count &&
	       letters->at[i] == '0')
		i++;
	for (; i < letters->count; i++)
		folded = token_add(word->folded, folded,
				   character_base(letters->at[i]));
}

static void find_whole(struct word_reader *reader, struct word *word)
{
	if (word->start < reader->whole_until ||
	    !character_is_digit(reader->text.data[word->start]))
		return;
	if (symbol_scan(reader->text, word->start, word->whole,
			&word->whole_end))
		reader->whole_until = word->whole_end;
}

bool word_next(struct word_reader *reader, struct word *ret_word)
{
	struct letters letters = { .count = 0 };

	read_word(reader, &letters, ret_word);
	if (letters.count == 0)
		return false;
	character_settle_tone(letters.at, letters.count);
	print_tokens(&letters, ret_word);
	find_whole(reader, ret_word);
	return true;
}
