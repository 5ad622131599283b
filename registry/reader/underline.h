/*
 * Underlines: the line drawn close under a name in a head, with which
 * Tesseract takes the whole name for a drawing.
 */
#pragma once
#include "reader/picture.h"

/* Of a grey picture of about 300 dpi with level lines; takes away what is
 * drawn in its upper half and leaves the letters and marks that touch it. */
void underline_remove(struct Pix *grey);
