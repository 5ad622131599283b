#include "reader/pdf_text.h"
#include "base/text.h"
#include "reader/layout.h"
#include "viet/encoding.h"
#include <string.h>
#include <strings.h>

enum {
	SIDE_MAX = 200000, /* points */
	TOUCH = 25	   /* hundredths of a character */
};

/* What Poppler says about a page: characters, a box and attributes each. */
struct source {
	char *text;
	PopplerRectangle *boxes;
	guint box_count;
	GList *attributes;
	const GList *at; /* of the character last asked about */
	double width, height;
	struct arena *arena;
	struct page_word *words;
	size_t count;
	int line;
	PopplerRectangle last; /* word */
};

struct span {
	const char *start;
	size_t size;
	guint first; /* character */
	PopplerRectangle box;
};

static int scale(double value, double whole)
{
	double scaled = whole > 0 ? value / whole * PAGE_SPAN : 0;

	if (!(scaled > 0))
		return 0;
	return scaled > PAGE_SPAN ? PAGE_SPAN : (int)(scaled + 0.5);
}

static int tenths(double points)
{
	return points > 0 && points < SIDE_MAX ? (int)(points * 10 + 0.5) : 0;
}

static struct page_box scale_box(const struct source *source,
				 PopplerRectangle box)
{
	return (struct page_box){ scale(box.x1, source->width),
				  scale(box.y1, source->height),
				  scale(box.x2, source->width),
				  scale(box.y2, source->height) };
}

static const PopplerTextAttributes *attributes_of(struct source *source,
						  guint character)
{
	while (source->at) {
		const PopplerTextAttributes *found = source->at->data;

		if ((gint)character <= found->end_index)
			return found;
		source->at = source->at->next;
	}
	return NULL;
}

static bool has_part(const char *name, const char *part)
{
	return strcasestr(name, part) != NULL;
}

/* The family names of old encodings; their texts are not what they say. */
static bool is_legacy(const char *font)
{
	return has_part(font, ".Vn") || has_part(font, "VNI");
}

static bool is_plain(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)text[i] >= 0x80)
			return false;
	}
	return true;
}

static const char *normal_text(const struct span *span, const char *font,
			       struct arena *arena)
{
	const char *text = arena_copy_part(arena, span->start, span->size);

	if (is_legacy(font))
		return viet_from_font(text, font, arena);
	if (is_plain(text, span->size))
		return text;
	return viet_from_font(text, font, arena);
}

static double lower(double a, double b)
{
	return a < b ? a : b;
}

static double higher(double a, double b)
{
	return a > b ? a : b;
}

/* Half of the lower one beside the other, at least. */
static bool is_level(PopplerRectangle a, PopplerRectangle b)
{
	double common = lower(a.y2, b.y2) - higher(a.y1, b.y1);

	return common * 2 >= lower(a.y2 - a.y1, b.y2 - b.y1);
}

/* Whether characters stand together; Poppler leaves out the blank between
 * columns that it takes for one line. Text may be turned. */
static bool touches(PopplerRectangle a, PopplerRectangle b)
{
	double across = higher(b.x1 - a.x2, a.x1 - b.x2);
	double down = higher(b.y1 - a.y2, a.y1 - b.y2);
	double most = higher(lower(a.y2 - a.y1, a.x2 - a.x1),
			     lower(b.y2 - b.y1, b.x2 - b.x1)) *
			      TOUCH / 100 +
		      0.5;

	return across <= most && down <= most;
}

static void add_word(struct source *source, const struct span *span)
{
	const PopplerTextAttributes *attributes =
		attributes_of(source, span->first);
	const char *font = attributes && attributes->font_name
				   ? attributes->font_name
				   : "";
	double size = attributes ? attributes->font_size * 10 : 0;
	struct page_word *word;

	font = font ? font : "";
	if (source->count >= PDF_WORDS_MAX) {
		source->count = PDF_WORDS_MAX + 1;
		return;
	}
	source->words = arena_grow(source->arena, source->words,
				   source->count, sizeof(*word));
	word = &source->words[source->count];
	if (source->count > 0 && !is_level(source->last, span->box))
		source->line++;
	source->last = span->box;
	*word = (struct page_word){
		.text = normal_text(span, font, source->arena),
		.box = scale_box(source, span->box),
		.line = source->line,
		.size = size > 0 && size < 10000 ? (int)(size + 0.5) : 0,
		.confidence = 100,
		.bold = has_part(font, "bold") || has_part(font, "black"),
		.italic = has_part(font, "italic") || has_part(font, "oblique")
	};
	if (*word->text)
		source->count++;
}

static void widen(PopplerRectangle *box, const PopplerRectangle *by)
{
	if (by->x1 < box->x1)
		box->x1 = by->x1;
	if (by->y1 < box->y1)
		box->y1 = by->y1;
	if (by->x2 > box->x2)
		box->x2 = by->x2;
	if (by->y2 > box->y2)
		box->y2 = by->y2;
}

/* Blanks, no-break spaces, and the controls that some writers leave. */
static bool is_gap(gunichar character)
{
	return character <= 0x20 || character == 0xa0 ||
	       character == 0x3000 || character == 0x200b ||
	       (character >= 0x2000 && character <= 0x200a);
}

static void end_word(struct source *source, struct span *span)
{
	if (span->size > 0)
		add_word(source, span);
	span->size = 0;
}

static void cut_words(struct source *source)
{
	struct span span = { 0 };
	const char *at = source->text;

	for (guint i = 0; *at && i < source->box_count; i++) {
		const char *next = at + g_utf8_skip[(unsigned char)*at];
		gunichar character = g_utf8_get_char(at);

		if (is_gap(character) ||
		    (span.size > 0 &&
		     !touches(source->boxes[i - 1], source->boxes[i])))
			end_word(source, &span);
		if (!is_gap(character)) {
			if (span.size == 0)
				span = (struct span){ at, 0, i,
						      source->boxes[i] };
			widen(&span.box, &source->boxes[i]);
			span.size = (size_t)(next - span.start);
		}
		source->line += character == '\n';
		at = next;
	}
	end_word(source, &span);
}

/* Old encodings whose fonts do not say so: all words of the page tell. */
static void repair_words(struct source *source, size_t count)
{
	auto_text text = { .limit = 65536 };
	enum charset encoding;

	for (size_t i = 0; i < count && !text.over; i++) {
		text_add(&text, source->words[i].text);
		text_add_char(&text, ' ');
	}
	encoding = viet_old_encoding(text_string(&text));
	if (encoding == CHARSET_UTF8)
		return;
	for (size_t i = 0; i < count; i++)
		source->words[i].text = viet_from_encoding(
			source->words[i].text, encoding, source->arena);
}

bool pdf_text_read(PopplerPage *page_of_file, struct arena *arena,
		   struct page *page)
{
	struct source source = { .arena = arena };
	bool more;

	page->source = PAGE_TEXT_LAYER;
	poppler_page_get_size(page_of_file, &source.width, &source.height);
	page->width = tenths(source.width);
	page->height = tenths(source.height);
	source.text = poppler_page_get_text(page_of_file);
	if (source.text && *source.text &&
	    poppler_page_get_text_layout(page_of_file, &source.boxes,
					 &source.box_count)) {
		source.attributes =
			poppler_page_get_text_attributes(page_of_file);
		source.at = source.attributes;
		cut_words(&source);
	}
	poppler_page_free_text_attributes(source.attributes);
	g_free(source.boxes);
	g_free(source.text);
	more = source.count > PDF_WORDS_MAX;
	page->count = more ? PDF_WORDS_MAX : source.count;
	repair_words(&source, page->count);
	layout_order(source.words, page->count, page, arena);
	page->words = source.words;
	return more;
}
