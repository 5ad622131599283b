#include "letterhead/label.h"
#include "viet/character.h"
#include <string.h>

enum {
	LABEL_TERMS = 4,
	LABEL_FIRST = 3 /* words before "số" */
};

/* "số", "so/no" and what recognition makes of it; "No", "Ref". */
static bool is_label(const char *fold)
{
	static const char *const labels[] = { "so", "s6", "s0", "5o", "no",
					      "ref", "our" };

	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++) {
		size_t size = strlen(labels[i]);

		if (strncmp(fold, labels[i], size) == 0 &&
		    (fold[size] == '\0' ||
		     (strchr("/(-.", fold[size]) &&
		      !strpbrk(fold + size, "0123456789"))))
			return true;
	}
	return false;
}

/* A rule that ends before the label is read as a dash. */
static size_t count_dirt(const struct line *line)
{
	return line->page->source == PAGE_OCR && line->count > 2 &&
	       line->terms[0].fold[0] == '\0';
}

size_t label_count(const struct line *line)
{
	size_t dirt = count_dirt(line), first = dirt;
	const char *text;

	while (first < LABEL_FIRST && first < line->count &&
	       !is_label(line->terms[first].fold))
		first++;
	if (line_stands_at(line, "ky hieu", 0) && line->count > 2)
		return 2;
	if (first > dirt && !line_stands_at(line, "cong van", 0) &&
	    !line_stands_at(line, "van ban", 0) &&
	    !line_stands_at(line, "cv", 0))
		return 0;
	if (first == line->count || !is_label(line->terms[first].fold))
		return 0;
	/* "số 57/CT-TTg" goes on with a text */
	text = line->terms[first].word->text;
	if (first == dirt && text[0] == 's' && !strchr(text, ':') &&
	    !(line->count > first + 1 &&
	      line->terms[first + 1].word->text[0] == ':'))
		return 0;
	for (size_t i = first; i < line->count && i < first + LABEL_TERMS;
	     i++) {
		text = line->terms[i].word->text;
		if (strpbrk(text, "0123456789"))
			break;
		if (text[strlen(text) - 1] == ':')
			return i + 1;
	}
	if (line_stands_at(line, "ky hieu", first + 1))
		return first + 3;
	if (line_stands_at(line, "hieu", first + 1))
		return first + 2;
	return first + 1;
}

size_t label_size(const struct line *line)
{
	const char *text = line->terms[0].word->text;
	const char *colon = strchr(text, ':');
	size_t count = label_count(line), size = 0;

	for (size_t i = 0; i < count; i++)
		size += strlen(line->terms[i].word->text) + (i > 0);
	if (count == 0 && strncmp(line->terms[0].fold, "so", 2) == 0 && colon &&
	    colon - text <= 5)
		return (size_t)(colon - text);
	return size;
}

size_t label_past_dirt(const struct line *line, size_t label)
{
	size_t at = label_count(line);
	const char *text;

	if (label == 0 || line->page->source != PAGE_OCR || at == 0 ||
	    at + 1 >= line->count || strlen(line->terms[at].fold) > 1)
		return label;
	text = line->terms[at + 1].word->text;
	if (!character_is_digit((unsigned char)text[0]) || !strchr(text, '/'))
		return label;
	return label + 1 + strlen(line->terms[at].word->text);
}
