/*
 * Healing: text whose words were torn apart, as extraction from some PDF files
 * gives it: "v ăn b ản" for "văn bản".
 */
#pragma once
#include "base/arena.h"
#include <stdbool.h>

/* Joins what is no word alone and a word together, when enough of the text is
 * so; other text comes out as it is. *ret_healed may be NULL. */
char *viet_heal(const char *utf8, struct arena *arena, bool *ret_healed);
