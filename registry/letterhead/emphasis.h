/*
 * Emphasis: the agency above is printed light, the issuer bold.
 */
#pragma once
#include "letterhead/sheet.h"

/* From which of the lines on all are bold. False: nothing tells. */
bool emphasis_begins(const struct sheet *sheet, const size_t *lines,
		     size_t count, size_t *ret_at);
