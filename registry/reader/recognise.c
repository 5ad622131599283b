/*
 * One thread: the jail lets no other begin. libgomp asks for threads again
 * at every parallel loop of Tesseract, unless no level may be parallel.
 */
#include "reader/recognise.h"
#include "reader/layout.h"
#include "reader/scan.h"
#include "reader/stamp.h"
#include "reader/words.h"
#include "viet/fold.h"
#include <dlfcn.h>
#include <string.h>
#include <tesseract/capi.h>
#include <time.h>

enum {
	PAGE_DEADLINE = 30 * 1000, /* milliseconds of computing */
	WORDS_MAX = 5000,
	DPI = 300,
	SURE_ENOUGH = 50,
	SURE_OF_MARKS = 65,
	MARGIN = 12,	    /* pixels around a line */
	GOOD = 80,	    /* confidence */
	INK = 150,	    /* shades below are of letters */
	GOOD_WORDS_MIN = 15 /* fewer: look at the page from its other sides */
};

/* Of a page of 300 dpi: letters as high as Tesseract knows them best are read
 * better and sooner. A line is read again smaller still, so that the second
 * reading is another one. */
static const double page_scale = 0.7;
static const double line_scale = 0.55;

static TessBaseAPI *tesseract;

static void forbid_threads(void)
{
	void (*set_levels)(int) = NULL;
	void *found = dlsym(RTLD_DEFAULT, "omp_set_max_active_levels");

	if (!found)
		return;
	memcpy(&set_levels, &found, sizeof(found));
	set_levels(0);
}

void recognise_open(void)
{
	if (tesseract)
		return;
	forbid_threads();
	tesseract = TessBaseAPICreate();
	if (TessBaseAPIInit2(tesseract, NULL, "vie", OEM_LSTM_ONLY) != 0) {
		TessBaseAPIDelete(tesseract);
		tesseract = NULL;
		return;
	}
	(void)TessBaseAPISetVariable(tesseract, "tessedit_do_invert", "0");
	(void)TessBaseAPISetVariable(tesseract, "debug_file", "/dev/null");
	TessBaseAPISetPageSegMode(tesseract, PSM_AUTO);
}

void recognise_close(void)
{
	if (!tesseract)
		return;
	TessBaseAPIEnd(tesseract);
	TessBaseAPIDelete(tesseract);
	tesseract = NULL;
}

bool recognise_is_possible(void)
{
	return tesseract != NULL;
}

/* What is being read: all of a prepared picture, or a piece of it. */
struct piece {
	const struct scan *scan;
	struct Pix *picture;
	int left, top; /* of the piece, in the whole */
	double factor; /* how many times larger the whole is */
	bool is_stamp;
};

static bool has_letters(const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
		    (c >= 'a' && c <= 'z') || c == 0xc3 || c == 0xc4 ||
		    c == 0xc6 || c == 0xe1)
			return true;
	}
	return false;
}

/* What Tesseract sees in a signature, in specks and in what is left of a
 * seal: strokes like W and V, and marks that documents do not have. */
static bool is_scribble(const char *text, float confidence)
{
	static const char *const odd[] = { "⁄", "ˆ", "»", "®", "„", "°" };

	if (confidence < SURE_OF_MARKS && strpbrk(text, "^*%@+\\|~`_"))
		return true;
	if (confidence >= SURE_ENOUGH)
		return false;
	if (!has_letters(text))
		return strcmp(text, "-") != 0;
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
		if (strstr(text, odd[i]))
			return true;
	}
	return strlen(text) > 3 &&
	       strspn(text, "AaMNVvWwXxYyUu/.") == strlen(text);
}

/* The engine's fraction slash is a slash. */
static const char *word_text(const char *text, struct arena *arena)
{
	static const char fraction[] = "\xE2\x81\x84"; /* U+2044 */
	char *word = arena_copy(arena, viet_normal(text, arena));
	char *at;

	while ((at = strstr(word, fraction)) != NULL) {
		*at = '/';
		memmove(at + 1, at + 3, strlen(at + 3) + 1);
	}
	return word;
}

/* Where the word is in the whole of the prepared picture. */
static bool find_place(const TessPageIterator *at, const struct piece *piece,
		       struct spot *ret)
{
	if (!TessPageIteratorBoundingBox(at, RIL_WORD, &ret->left, &ret->top,
					 &ret->right, &ret->bottom))
		return false;
	ret->left = piece->left + (int)(ret->left * piece->factor);
	ret->right = piece->left + (int)(ret->right * piece->factor);
	ret->top = piece->top + (int)(ret->top * piece->factor);
	ret->bottom = piece->top + (int)(ret->bottom * piece->factor);
	return true;
}

/* How wide the dark runs of its rows are on average, hundredths of a pixel:
 * bold type is half as wide again. */
static int stroke_of(struct Pix *grey, const struct spot *spot)
{
	int width = pixGetWidth(grey), height = pixGetHeight(grey);
	const uint32_t *row = pixGetData(grey);
	int64_t dark = 0, runs = 0;

	if (pixGetDepth(grey) != 8 || spot->left < 0 || spot->top < 0 ||
	    spot->right > width || spot->bottom > height)
		return 0;
	row += (size_t)spot->top * (size_t)pixGetWpl(grey);
	for (int y = spot->top; y < spot->bottom; y++) {
		bool was_dark = false;

		for (int x = spot->left; x < spot->right; x++) {
			bool is_dark = GET_DATA_BYTE(row, x) < INK;

			dark += is_dark;
			runs += is_dark && !was_dark;
			was_dark = is_dark;
		}
		row += pixGetWpl(grey);
	}
	return runs > 0 ? (int)(dark * 100 / runs) : 0;
}

static int percent_of(float confidence)
{
	return confidence > 0 && confidence <= 100 ? (int)(confidence + 0.5F)
						   : 0;
}

static void add_word(const TessResultIterator *at, const struct piece *piece,
		     struct words *words)
{
	const TessPageIterator *place =
		TessResultIteratorGetPageIteratorConst(at);
	char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
	float confidence = TessResultIteratorConfidence(at, RIL_WORD);
	struct spot spot;

	if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE))
		words->line++;
	if (text && *text && strcmp(text, " ") != 0 &&
	    !is_scribble(text, confidence) &&
	    find_place(place, piece, &spot))
		words_add(words,
			  &(struct page_word){
				  .text = word_text(text, words->arena),
				  .box = scan_place(piece->scan, spot.left,
						    spot.top, spot.right,
						    spot.bottom),
				  .line = words->line,
				  .confidence = percent_of(confidence),
				  .is_stamp = piece->is_stamp,
				  .stroke = stroke_of(piece->scan->picture,
						      &spot) },
			  &spot);
	TessDeleteText(text);
}

static void take_words(const struct piece *piece, struct words *words)
{
	TessResultIterator *at = TessBaseAPIGetIterator(tesseract);

	while (at && words->count < WORDS_MAX) {
		add_word(at, piece, words);
		if (!TessResultIteratorNext(at, RIL_WORD))
			break;
	}
	if (at)
		TessResultIteratorDelete(at);
}

static int64_t used_time(void)
{
	struct timespec used = { 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
	return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

/* By the time that was computed: on a busy machine a page would be lost
 * otherwise. */
static bool is_late(void *deadline, int words)
{
	(void)words;
	return used_time() > *(const int64_t *)deadline;
}

static bool recognise(struct Pix *picture, int dpi)
{
	ETEXT_DESC *monitor = TessMonitorCreate();
	int64_t deadline = used_time() + PAGE_DEADLINE;
	int error;

	TessMonitorSetCancelFunc(monitor, is_late);
	TessMonitorSetCancelThis(monitor, &deadline);
	TessBaseAPISetImage2(tesseract, picture);
	TessBaseAPISetSourceResolution(tesseract, dpi);
	error = TessBaseAPIRecognize(tesseract, monitor);
	TessMonitorDelete(monitor);
	return error == 0;
}

static void read_piece(struct piece *piece, double scale, struct words *words)
{
	auto_picture *scaled = pixScale(piece->picture, (l_float32)scale,
					(l_float32)scale);

	piece->factor = 1 / scale;
	if (scaled && recognise(scaled, (int)(DPI * scale)))
		take_words(piece, words);
	TessBaseAPIClear(tesseract);
}

/* A part of one of the scan's pictures by itself. */
static void read_part(const struct scan *scan, struct Pix *whole,
		      const struct spot *part, double scale,
		      struct words *words)
{
	BOX *box = boxCreate(part->left - MARGIN, part->top - MARGIN,
			     part->right - part->left + 2 * MARGIN,
			     part->bottom - part->top + 2 * MARGIN);
	BOX *inside = NULL;
	auto_picture *picture =
		box ? pixClipRectangle(whole, box, &inside) : NULL;
	struct piece piece = { .scan = scan,
			       .picture = picture,
			       .is_stamp = whole == scan->stamps };

	if (picture && inside) {
		(void)boxGetGeometry(inside, &piece.left, &piece.top, NULL,
				     NULL);
		read_piece(&piece, scale, words);
	}
	boxDestroy(&inside);
	boxDestroy(&box);
}

static void read_again(const struct scan *scan, struct words *words)
{
	struct spot lines[UNREAD_MAX];
	struct spot *trusted = arena_array(words->arena, words->count + 1,
					   sizeof(*trusted));
	size_t count = words_trusted(words, trusted);

	count = unread_find(scan->picture, trusted, count, lines);
	TessBaseAPISetPageSegMode(tesseract, PSM_SINGLE_LINE);
	for (size_t i = 0; i < count; i++) {
		struct words other = { .arena = words->arena,
				       .line = words->line };

		if (words_is_read(words, &lines[i]))
			continue;
		read_part(scan, scan->picture, &lines[i], line_scale, &other);
		if (words_compare(words, &lines[i], &other))
			continue;
		other.count = 0;
		read_part(scan, scan->picture, &lines[i], page_scale, &other);
		(void)words_compare(words, &lines[i], &other);
	}
	TessBaseAPISetPageSegMode(tesseract, PSM_AUTO);
}

static void read_stamps(const struct scan *scan, struct words *words)
{
	struct words stamps = { .arena = words->arena };
	struct spot lines[STAMP_LINES_MAX];
	size_t count = scan->stamps ? stamp_find(scan->stamps, lines) : 0;

	TessBaseAPISetPageSegMode(tesseract, PSM_SINGLE_LINE);
	for (size_t i = 0; i < count; i++)
		read_part(scan, scan->stamps, &lines[i], page_scale, &stamps);
	TessBaseAPISetPageSegMode(tesseract, PSM_AUTO);
	words_append(words, &stamps);
}

static void read_picture(struct Pix *picture, struct words *words)
{
	struct scan scan;

	if (!scan_open(picture, &scan))
		return;
	read_piece(&(struct piece){ .scan = &scan, .picture = scan.picture },
		   page_scale, words);
	if (words->count > 0)
		read_again(&scan, words);
	read_stamps(&scan, words);
	scan_done(&scan);
}

/* Words that read well and lie as words do: Tesseract also reads columns of
 * words that stand on their end, out of order. */
static size_t good_words(const struct words *words, const struct Pix *picture)
{
	const int wide = pixGetWidth(picture), high = pixGetHeight(picture);
	size_t count = 0;

	for (size_t i = 0; i < words->count; i++) {
		const struct page_word *word = &words->items[i];
		const struct page_box box = word->box;

		count += word->confidence >= GOOD &&
			 (int64_t)(box.right - box.left) * wide * 2 >
				 (int64_t)(box.bottom - box.top) * high;
	}
	return count;
}

/* A page that lies on its side or its head reads badly. Gives the quarters
 * that it is to be turned by, clockwise, and its words then. */
static int find_side(struct Pix *picture, struct words *words)
{
	size_t best = good_words(words, picture);
	int found = 0;

	if (best >= GOOD_WORDS_MIN && best * 2 >= words->count)
		return 0;
	for (int quarters = 1; quarters < 4; quarters++) {
		auto_picture *turned = pixRotateOrth(picture, quarters);
		struct words other = { .arena = words->arena };
		size_t good = 0;

		if (turned) {
			read_picture(turned, &other);
			good = good_words(&other, turned);
		}
		if (good < GOOD_WORDS_MIN || good < best * 2)
			continue;
		*words = other;
		best = good;
		found = quarters;
	}
	return found;
}

/* Stamps come last: they may stand anywhere, between the words of a line. */
static void order_words(struct words *words, const struct page *page)
{
	struct page_word *ordered =
		arena_array(words->arena, words->count + 1, sizeof(*ordered));
	size_t count = 0, text;
	int block = 0;

	for (size_t i = 0; i < words->count; i++)
		if (!words->items[i].is_stamp)
			ordered[count++] = words->items[i];
	text = count;
	layout_order(ordered, text, page, words->arena);
	for (size_t i = 0; i < text; i++)
		if (ordered[i].block >= block)
			block = ordered[i].block + 1;
	for (size_t i = 0; i < words->count; i++) {
		if (!words->items[i].is_stamp)
			continue;
		ordered[count] = words->items[i];
		ordered[count++].block = block;
	}
	words->items = ordered;
}

bool recognise_page(struct Pix *picture, struct arena *arena,
		    struct page *page)
{
	struct words words = { .arena = arena };
	int width = page->width;

	if (!tesseract)
		return false;
	page->is_coarse = scan_is_coarse(picture);
	read_picture(picture, &words);
	if (find_side(picture, &words) % 2) {
		page->width = page->height;
		page->height = width;
	}
	page->source = PAGE_OCR;
	order_words(&words, page);
	page->words = words.items;
	page->count = words.count;
	return words.count > 0;
}
