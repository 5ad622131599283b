/*
 * Sheet: the lines of a document in one list, and where its head stands.
 */
#pragma once
#include "letterhead/letterhead.h"
#include "letterhead/line.h"

enum {
	SHEET_NONE = -1
};

struct sheet {
	struct arena *arena;
	struct line *lines;
	size_t count;
	struct lines stamps; /* of the pages where a head may be */
	/* The head is on this page; its lines are from `head` to `head_end`,
	 * the first that is not of the page. */
	size_t page_index;
	size_t head, head_end;
	/* Lines by their index, SHEET_NONE when there are none. */
	int state;	/* CỘNG HÒA XÃ HỘI …, ĐẢNG CỘNG SẢN VIỆT NAM */
	int motto;	/* Độc lập - Tự do - Hạnh phúc */
	int symbol;	/* Số: … */
	int day;	/* …, ngày … tháng … năm … */
	int type;	/* QUYẾT ĐỊNH */
	int about;	/* V/v … under the symbol */
	int addressee;	/* Kính gửi: */
	int body;	/* the first line that is not of the head */
	bool is_placed; /* lines have places on the page */
	bool is_party;
	bool is_issuer_known; /* a name of ours, or the text has it too */
	/* What was found. */
	struct letterhead_proposal *found;
	size_t found_count;
};

/* Lines of all pages; looks for the head on the first three. */
struct sheet sheet_of(const struct page *pages, size_t count,
		      struct arena *arena);
const struct line *sheet_line(const struct sheet *sheet, int index);
/* A stamp, a signature's text or a rule: no words of the document. */
bool sheet_is_noise(const struct line *line);
/* Whether the line stands so high on its page, in ten-thousandths; those
 * without a place by their number. */
bool sheet_is_above(const struct sheet *sheet, size_t index, int limit);

/* Adds a proposal with the terms of a line as its place and what was seen;
 * the caller changes what it gives. */
struct letterhead_proposal *sheet_propose(struct sheet *sheet,
					  enum letterhead_field field,
					  const char *value, int confidence);
void sheet_show(struct sheet *sheet, struct letterhead_proposal *proposal,
		const struct line *line, size_t from, size_t to);
/* The best proposal of the field so far; NULL: none. */
struct letterhead_proposal *sheet_find(const struct sheet *sheet,
				       enum letterhead_field field);
