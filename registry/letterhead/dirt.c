#include "letterhead/dirt.h"
#include "base/bytes.h"
#include "viet/character.h"
#include <string.h>

enum {
	DIRT = 20,	   /* the confidence of what is no word */
	DIRT_SIZE = 4,	   /* bytes */
	NOTHING = 5,	   /* below it nothing was seen */
	DOUBLED = 90,	   /* above it a word is right */
	DOUBLED_NEAR = 60, /* words before and behind it */
};

static bool is_blank(const char *text)
{
	return text[strspn(text, " \t\r\n\f")] == '\0';
}

/* Dirt that recognition took for a sign. */
static bool is_speck(const struct page_word *word, const struct page *page)
{
	struct bytes text = bytes_of(word->text);
	size_t at = 0;

	if (page->source != PAGE_OCR)
		return false;
	if (word->confidence < NOTHING ||
	    (word->confidence < DIRT && text.size <= DIRT_SIZE))
		return true;
	if (text.size == 2 && word->text[0] == '-')
		return strchr(".,:;|'_", word->text[1]) != NULL;
	while (at < text.size) {
		uint32_t c = character_read(text, &at);

		if ((character_class_of(c) == CHARACTER_LETTER &&
		     (c < 0x2B0 || c > 0x2FF)) ||
		    strchr("-/&+*~=", c < 0x80 ? (int)c : 'a') ||
		    (c >= 0x2010 && c <= 0x2015))
			return false;
	}
	return true;
}

static int overlap_of(int start, int end, int other_start, int other_end)
{
	return (end < other_end ? end : other_end) -
	       (start > other_start ? start : other_start);
}

/* Whether two boxes are nearly the same place. */
static bool is_same_place(const struct page_box *one,
			  const struct page_box *other)
{
	int wide = overlap_of(one->left, one->right, other->left,
			      other->right) *
		   10;
	int tall = overlap_of(one->top, one->bottom, other->top,
			      other->bottom) *
		   10;

	return wide > (one->right - one->left) * 7 &&
	       wide > (other->right - other->left) * 7 &&
	       tall > (one->bottom - one->top) * 6;
}

/* A word that was recognised twice: the one that is less sure. */
static bool is_doubled(const struct page *page, size_t at)
{
	const struct page_word *word = &page->words[at];
	size_t from = at > DOUBLED_NEAR ? at - DOUBLED_NEAR : 0;

	if (page->source != PAGE_OCR || word->confidence >= DOUBLED)
		return false;
	for (size_t i = from; i < page->count && i < at + DOUBLED_NEAR; i++) {
		const struct page_word *other = &page->words[i];

		if (i != at && other->confidence > word->confidence &&
		    is_same_place(&word->box, &other->box))
			return true;
	}
	return false;
}

bool dirt_is(const struct page *page, size_t at)
{
	return is_blank(page->words[at].text) ||
	       is_speck(&page->words[at], page) || is_doubled(page, at);
}
