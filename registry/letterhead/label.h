/*
 * Labels: what stands before the number of a document.
 */
#pragma once
#include "letterhead/line.h"

/* How many terms of the line are "Số:", "Số, ký hiệu:", "Số CV:", "Số/No.:",
 * "Công văn số" and their like; 0 when there are none. */
size_t label_count(const struct line *line);
/* The same in bytes; "Số:12/QĐ" may be one word. */
size_t label_size(const struct line *line);
/* "Số T 56/CTK-XH": the bytes before the number, past what recognition made of
 * a colon; `label` when there is nothing. */
size_t label_past_dirt(const struct line *line, size_t label);
