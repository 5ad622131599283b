/*
 * Casing: names that a head prints in capitals, as they are written in text.
 */
#pragma once
#include "letterhead/sheet.h"

enum {
	CASING_WORDS_MAX = 40
};

/* A name as a head prints it. */
struct printed {
	const char *text;		   /* in capitals */
	int confidences[CASING_WORDS_MAX]; /* of its words */
	size_t count;			   /* of words */
};

enum casing {
	CASING_TEXT, /* the text has the same name */
	CASING_NEAR, /* the text has it with other letters */
	CASING_RULES /* the text has it not */
};

/* "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG" gives "Sở Nông nghiệp và Môi trường", as the
 * document itself writes it in its text or by the rules of names. UBND and
 * HĐND are written out. */
char *casing_of_agency(const struct sheet *sheet,
		       const struct printed *printed, enum casing *ret_casing);
/* UBND and HĐND in full; the rest as it is. */
char *casing_write_out(const char *text, struct arena *arena);
/* "PHÓ CHỦ TỊCH" gives "Phó Chủ tịch". */
char *casing_of_position(const char *capitals, struct arena *arena);
/* All small. */
char *casing_lower(const char *text, struct arena *arena);
/* The first letter a capital. */
char *casing_raise(const char *text, struct arena *arena);
/* "NGUYỄN VĂN AN" gives "Nguyễn Văn An". */
char *casing_of_person(const char *text, struct arena *arena);
