/*
 * Typefaces: the fonts of this machine, mapped before the jail closes, for
 * files that do not bring theirs. FreeType's home.
 */
#pragma once

void typeface_open(void);
