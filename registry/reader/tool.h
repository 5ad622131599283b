/*
 * Tools: programs of others, for formats that no library reads. The process
 * becomes the program, in a jail of its own: it may open the program's own
 * files and nothing else, and no network, no other programs.
 */
#pragma once
#include "base/fail.h"

/* "catdoc". Reads descriptor 0, prints UTF-8 on 1. Comes back only to say why
 * it could not be: FAIL_NOT_FOUND, FAIL_BROKEN. */
bool tool_become(const char *name, struct fail *why);
