#include "letterhead/emphasis.h"

enum {
	BOLDER = 116 /* percent: how much thicker bold strokes are at least */
};

/* Recognition tells no bold type, but its letters are thicker. */
static bool begins_by_stroke(const struct sheet *sheet, const size_t *lines,
			     size_t count, size_t *ret_at)
{
	int best = BOLDER, light = 0;

	*ret_at = 0;
	for (size_t at = 1; at < count; at++) {
		int above = sheet->lines[lines[at - 1]].stroke;
		int bold = 0;

		light = above > light ? above : light;
		for (size_t i = at; i < count; i++) {
			int own = sheet->lines[lines[i]].stroke;

			bold = i == at || own < bold ? own : bold;
		}
		if (above == 0 || bold * 100 < light * best)
			continue;
		best = bold * 100 / light;
		*ret_at = at;
	}
	return *ret_at > 0;
}

bool emphasis_begins(const struct sheet *sheet, const size_t *lines,
		     size_t count, size_t *ret_at)
{
	size_t at = 0;

	if (sheet->lines[lines[0]].page->source == PAGE_OCR)
		return begins_by_stroke(sheet, lines, count, ret_at);
	while (at < count && !sheet->lines[lines[at]].is_bold)
		at++;
	for (size_t i = at; i < count; i++) {
		if (!sheet->lines[lines[i]].is_bold)
			return false;
	}
	if (at == 0 || at == count)
		return false;
	*ret_at = at;
	return true;
}
