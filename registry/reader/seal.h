/*
 * Seals: the round stamp over the signature, which Tesseract takes for a
 * picture, with the signer's name in it.
 */
#pragma once
#include "reader/picture.h"

enum {
	SEALS_MAX = 3
};

struct seal {
	int x, y, radius; /* pixels of the grey picture */
};

/* Of a grey picture of about 300 dpi with level lines; gives how many. */
int seal_find(struct Pix *grey, struct seal ret_seals[SEALS_MAX]);
/* Takes its lines away and leaves the text across them. */
void seal_remove(struct Pix *grey, const struct seal *seal);
