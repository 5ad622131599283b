/*
 * Casing: names that a head prints in capitals, as they are written in text.
 */
#pragma once
#include "letterhead/sheet.h"

/* "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG" gives "Sở Nông nghiệp và Môi trường", by the
 * rules of names. `is_read`: diacritics may be wrong. */
char *casing_by_rules(const char *capitals, bool is_read, struct arena *arena);
/* The letters of words that official names and subjects are full of: "tham
 * những" stays, "ngần hàng" is "ngân hàng". Capitals are kept. */
char *casing_mend_words(const char *text, struct arena *arena);
/* A recognised name with the diacritics of the words that we know. */
char *casing_mend(const char *text, struct arena *arena);
/* "PHÓ CHỦ TỊCH" gives "Phó Chủ tịch". */
char *casing_of_position(const char *capitals, struct arena *arena);
/* All small. */
char *casing_lower(const char *text, struct arena *arena);
/* The first letter a capital. */
char *casing_raise(const char *text, struct arena *arena);
/* "NGUYỄN VĂN AN" gives "Nguyễn Văn An". */
char *casing_of_person(const char *text, struct arena *arena);
