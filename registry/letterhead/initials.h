/*
 * Initials: codes of agencies in numbers are the first letters of their names.
 */
#pragma once
#include "letterhead/number.h"

/* Whether a group of the number stands for the agency: SNNMT for "Sở Nông
 * nghiệp và Môi trường". */
bool initials_name(const struct number *number, const char *agency,
		   struct arena *arena);
/* "SVHTTDL" of "Sở Văn hóa, Thể thao và Du lịch". */
char *initials_code(const char *agency, struct arena *arena);
