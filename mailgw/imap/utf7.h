/*
 * Folder names: UTF-8 to the modified UTF-7 of IMAP (RFC 3501 5.1.3).
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"

/* FAIL_INVALID for control characters, bad UTF-8 and names over 1,000 bytes. */
bool utf7_of_name(const char *name, struct arena *arena,
		  const char **ret_utf7, struct fail *why);
