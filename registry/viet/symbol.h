/*
 * Symbols: the number and notation that a document carries ("Số, ký hiệu"),
 * such as 1234/UBND-KT, 30/2020/NĐ-CP or 15-CV/TU.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include <stdint.h>

enum {
	SYMBOL_KEY_SIZE = 64
};

struct symbol {
	int64_t number;	      /* 1234; 0 when the document carries none */
	const char *suffix;   /* "a", "bis"; "" as a rule */
	int year;	      /* 2020 in 30/2020/NĐ-CP; 0 as a rule */
	const char *notation; /* "UBND-KT", as written, without spaces */
	bool is_party;	      /* hyphen and slash change places: 15-CV/TU */
};

/* Takes "Số: 05 / UBND – KT", "số 61-BC-SNN", "695.ubnd-vx"; false when the
 * text is not a number with a notation or a bare number. */
bool symbol_parse(const char *text, struct arena *arena,
		  struct symbol *ret_symbol);
/* As the decree writes it: two digits at least, no spaces. */
char *symbol_print(const struct symbol *symbol, struct arena *arena);
/* Equal for every way of writing the same symbol: "5/ubnd-kt". Text without
 * a symbol gives its folded form; "" only for blank text. */
char *symbol_key(const char *text, struct arena *arena);

/* For running text: the key of the symbol that begins with the digit at `at`
 * and the place where it ends; false when none begins there. */
bool symbol_scan(struct bytes text, size_t at, char ret_key[SYMBOL_KEY_SIZE],
		 size_t *ret_end);
