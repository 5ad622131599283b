/*
 * Beginnings: where the name of an agency begins among the lines of a head.
 */
#pragma once
#include "letterhead/line.h"

/* "SỞ …", "ỦY BAN …", "CÔNG TY …"; not "VIÊN CHỨC", "PHÒNG, CHỐNG …". */
bool beginning_of_agency(const struct line *line, struct arena *arena);
/* Whether a word of two syllables goes over the end of the line above:
 * "TRUNG TÂM DỊCH" / "VỤ NÔNG NGHIỆP". */
bool beginning_is_torn(const struct line *above, const struct line *line,
		       struct arena *arena);
/* Whether the line is no name yet, so that the next one goes on with it. */
bool beginning_goes_on(const struct line *line, bool is_first);
